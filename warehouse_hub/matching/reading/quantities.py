"""Which of the amounts of a message is the quantity of storage.

A need has one quantity. Floor area is taken before pallets, pallets before volume, that before orders a day; what is
passed over is reported. Containers that come every week are traffic, not stock, and count only when nothing else does.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from warehouse_hub.matching.need import QuantityRange
from warehouse_hub.matching.reading.amounts import CONTAINER, ORDER, SPACE, Amount
from warehouse_hub.matching.reading.clauses import Passage

_RANKS = {
    "m2": 0,
    "ft2": 0,
    "tsubo": 0,
    "mu": 0,
    "pallet": 1,
    "m3": 2,
    "container_40hq": 3,
    "container_20gp": 3,
}
_ORDERS = 4
_TRAFFIC = 6
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 90, "year": 365}
_PIECE_WORDS = (
    "单件",
    "每件",
    "单个",
    "each",
    "per piece",
    "per unit",
    "per item",
    "单票",
    "每票",
    "层高",
    "净高",
)


def read_quantity(passage: Passage, amounts: list[Amount]) -> tuple[QuantityRange | None, list[Amount]]:
    """The quantity among `amounts`, and those amounts that are quantities too but were passed over."""
    ranked: list[tuple[int, Amount]] = []
    for amount in amounts:
        rated = _rated(passage, amount)
        if rated is not None:
            ranked.append(rated)
    if not ranked:
        return None, []
    best = min(rank for rank, _ in ranked)
    unit = next(amount.unit for rank, amount in ranked if rank == best)
    chosen = [amount for rank, amount in ranked if rank == best and amount.unit == unit]
    for amount in amounts:
        if amount.kind in (SPACE, ORDER, CONTAINER):
            passage.read.update(range(amount.first, amount.last + 1))
    passed_over = [amount for _, amount in ranked if amount.unit != unit]
    return _merged(unit, chosen), passed_over


def _rated(passage: Passage, amount: Amount) -> tuple[int, Amount] | None:
    """(rank, amount) of what can be the quantity, a rate of orders brought to a day; None for anything else."""
    if amount.low is None or amount.low <= 0 or _is_of_a_piece(passage, amount):
        return None
    if amount.kind == SPACE and amount.unit in _RANKS:
        return _RANKS[amount.unit], amount
    if amount.kind == CONTAINER:
        return (_TRAFFIC if _per(passage, amount) else _RANKS[amount.unit]), amount
    return _orders_a_day(passage, amount) if amount.kind == ORDER else None


def _orders_a_day(passage: Passage, amount: Amount) -> tuple[int, Amount] | None:
    if amount.unit == "order_per_day":
        return _ORDERS, amount
    per = _per(passage, amount)
    if per is None or amount.low is None:
        return None
    high = None if amount.high is None else _whole(amount.high / _DAYS[per])
    return _ORDERS, replace(amount, unit="order_per_day", low=_whole(amount.low / _DAYS[per]), high=high)


def _whole(value: Decimal) -> Decimal:
    return max(Decimal(1), value.quantize(Decimal(1)))


def _is_of_a_piece(passage: Passage, amount: Amount) -> bool:
    """Whether the amount is the size of one piece, not of the stock."""
    before = [passage.tokens[at] for at in range(max(0, amount.first - 2), amount.first)]
    if any(token.text in _PIECE_WORDS for token in before):
        return True
    after = passage.at(amount.last + 1)
    return after is not None and after.text in (
        "each",
        "apiece",
        "/pc",
        "一件",
        "per piece",
        "per carton",
        "一个",
    )


def _per(passage: Passage, amount: Amount) -> str | None:
    """The period over which an amount is counted, said before it (日均) or behind it (a day)."""
    for index in (*range(amount.last + 1, amount.last + 4), *range(amount.first - 1, amount.first - 6, -1)):
        token = passage.at(index)
        if token is None or not passage.same_clause(index, amount.first):
            continue
        per = token.value("per")
        if per is not None:
            return per
        before = passage.at(index - 1)
        if (time := token.value("time")) is not None and before is not None and before.has("each"):
            return time
    return None


def _merged(unit: str, amounts: list[Amount]) -> QuantityRange:
    """One range of all amounts of the unit: the first is the base, a later bound or growth completes it."""
    first = amounts[0]
    minimum, maximum = first.minimum, first.maximum
    for later in amounts[1:]:
        top = later.maximum if later.maximum is not None else later.low
        if maximum is None and top is not None and (later.grows or later.bound == "max" or later.high):
            if minimum is None or top > minimum:
                maximum = top
        elif minimum is None and later.bound == "min" and later.low is not None and maximum is not None:
            minimum = later.low if later.low < maximum else None
    return QuantityRange(unit, minimum, maximum)


def read_radius(passage: Passage, amounts: list[Amount]) -> Decimal | None:
    """The radius around the places of a need in kilometres, miles converted (1 mile is 1.609344 km)."""
    for amount in amounts:
        if amount.kind == "distance" and amount.low is not None and amount.low > 0:
            passage.read.update(range(amount.first, amount.last + 1))
            km = (amount.high or amount.low) * Decimal(amount.unit)
            return km.quantize(Decimal("0.01")).normalize() if amount.unit != "1" else km
    return None
