"""Figures with what they count: areas, pallets, orders, kilometres, spans of time, sums of money.

"2000平" and "约2000平" state a least amount, "300平以内" a greatest, "500到800托" both; a multiplier behind the second
figure of a range holds for the first as well (3-5万 is 30,000 to 50,000).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from warehouse_hub.matching.reading.clauses import Passage
from warehouse_hub.matching.reading.numbers import Figure
from warehouse_hub.matching.reading.tokens import CLAUSE, Token

SPACE, ORDER, CONTAINER, DISTANCE, TIME, MONEY, OTHER, BARE = (
    "space",
    "order",
    "container",
    "distance",
    "time",
    "money",
    "other",
    "bare",
)


_COUNTED = {
    "order": (ORDER, "order"),
    "order_per_day": (ORDER, "order_per_day"),
    "container": (CONTAINER, "container_40hq"),
    "container_40hq": (CONTAINER, "container_40hq"),
    "container_20gp": (CONTAINER, "container_20gp"),
}
# Words that bound a figure from either side; the others of their kind only follow it.
_EITHER_SIDE = frozenset(
    [
        *("不超过", "不到", "上限", "最多", "至多", "顶多", "撑死", "起步", "保底", "打底"),
        *("at most", "max", "max.", "maximum", "limit", "cap", "min", "minimum", "at least", "initially"),
    ]
)


@dataclass(frozen=True, slots=True)
class Amount:
    """Tokens [first, last] state `low` to `high` of `unit`; `bound` is min, max or "" where nothing was said."""

    kind: str
    unit: str
    low: Decimal | None
    high: Decimal | None
    bound: str
    first: int
    last: int
    grows: bool = False

    @property
    def minimum(self) -> Decimal | None:
        """The least amount stated."""
        return None if self.bound == "max" and self.high is None else self.low

    @property
    def maximum(self) -> Decimal | None:
        """The greatest amount stated."""
        return self.high if self.high is not None else (self.low if self.bound == "max" else None)


def find_amounts(passage: Passage) -> list[Amount]:
    """All amounts of a message in order; figures that belong to dates are no amounts."""
    found: list[Amount] = []
    index = 0
    while index < len(passage):
        token = passage.tokens[index]
        if token.figure is None:
            index += 1
            continue
        amount = _amount(passage, index)
        found.append(amount)
        index = amount.last + 1
    return [_with_carried_unit(amount, index, found, passage) for index, amount in enumerate(found)]


def _skip_filler(passage: Passage, index: int) -> int:
    """Past 多, 左右 and the like between a figure and its unit."""
    while (token := passage.at(index)) is not None and not token.level and token.has("filler"):
        index += 1
    return index


def _amount(passage: Passage, first: int) -> Amount:
    figure = passage.tokens[first].figure
    if figure is None:
        raise ValueError("no figure there")
    low, high, last = figure.low, figure.high, first
    kind, unit, after = _unit_at(passage, _skip_filler(passage, first + 1))
    second = _range_second(passage, after + 1 if kind else first + 1, first)
    if second is not None and high is None and low is not None:
        top = _range_top(passage, figure, second, (kind, unit))
        if top is not None:
            low, high, kind, unit, after = top
            last = second
    if kind:
        last = max(last, after)
    bound, last = _bound(passage, first, last)
    money = _money_before(passage, first)
    if money and kind in ("", SPACE, OTHER, ORDER, TIME):
        # "$5 sqm": the unit belongs to the price, which reads it again
        kind, unit, last = MONEY, money, last if not kind or high is not None else first
    elif not kind:
        kind, unit = _unit_before(passage, first) or (BARE, "")
    return Amount(kind, unit, low, high, bound, first, last, _grows(passage, first))


def _range_top(
    passage: Passage, figure: Figure, second: int, stated: tuple[str, str]
) -> tuple[Decimal, Decimal, str, str, int] | None:
    """(low, high, kind, unit, last token) of a range whose second figure stands at `second`, or None."""
    other, low = passage.tokens[second].figure, figure.low
    kind, unit, after = _unit_at(passage, _skip_filler(passage, second + 1))
    if other is None or other.low is None or low is None or (stated[0] and kind and stated != (kind, unit)):
        return None
    top = other.high or other.low
    if figure.multiplier == 1 and other.multiplier > 1 and low < top / other.multiplier:
        low *= other.multiplier
    if low > top:
        return None
    if not kind:
        return low, top, *stated, second
    return low, top, kind, unit, after


def _range_second(passage: Passage, index: int, first: int) -> int | None:
    """Where the second figure of a range stands, if one follows."""
    joiner, following = passage.at(index), passage.at(index + 1)
    if following is not None and following.has("cmp", "about") and following.figure is None:
        following = passage.at(index + 2)
        offset = 2
    else:
        offset = 1
    if joiner is None or following is None:
        return None
    if not joiner.has("rangeto") and joiner.text not in ("-", "~", "--", "、"):
        return None
    if following.figure is None and following.text in ("$", "€", "£") and passage.at(index + 2) is not None:
        following, offset = passage.tokens[index + 2], 2
    if following.figure is None:
        return None
    if joiner.text == "and" and not _between_before(passage, first):
        return None
    return index + offset


def _between_before(passage: Passage, first: int) -> bool:
    return any(passage.tokens[index].has("between") for index in range(max(0, first - 3), first))


def _unit_at(passage: Passage, index: int) -> tuple[str, str, int]:
    """(kind, unit, index of the unit) when a unit stands at `index`, else ("", "", index)."""
    token = passage.at(index)
    if token is None or token.level >= CLAUSE:
        return "", "", index
    unit = _unit_of(token)
    if unit is None:
        return "", "", index
    return (*unit, index)


def _unit_of(token: Token) -> tuple[str, str] | None:
    units = token.values("unit")
    counted = [_COUNTED.get(unit, (SPACE, unit)) for unit in units if unit != "other"]
    others = [
        (kind, value)
        for kind, sense in ((DISTANCE, "distance"), (MONEY, "currency"), (TIME, "time"))
        for value in token.values(sense)
    ]
    if token.has("distance"):
        return others[0]
    found = [*counted, *others, *((OTHER, unit) for unit in units)]
    return found[0] if found else None


_LINKING = frozenset({"个", "数", "量", "数量", "=", "is", "of", ":", "x", "*"})


def _unit_before(passage: Passage, first: int) -> tuple[str, str] | None:
    """A unit that is said before its figure: 托盘位50个, 面积2000, orders per day: 60."""
    for back in (1, 2, 3):
        token = passage.at(first - back)
        if token is None or token.level >= CLAUSE:
            return None
        if token.text in ("面积", "area", "floor area", "size"):
            return SPACE, "m2"
        unit, times = _unit_of(token), passage.tokens[first - 1].text in ("x", "*")
        if unit is not None and (
            (unit[0] in (SPACE, ORDER, DISTANCE) and (back == 1 or not token.text.isascii()))
            or (unit[0] == CONTAINER and times)
        ):
            return unit
        if token.has("per", "day") and any(char in token.text for char in "单发出量") and back == 1:
            return ORDER, "order_per_day"
        if not (token.has("cmp") or token.text in _LINKING):
            return None
    return None


def _money_before(passage: Passage, first: int) -> str | None:
    token = passage.at(first - 1)
    if token is not None and token.text == ":":
        token = passage.at(first - 2)
    if token is None:
        return None
    currency = token.value("currency")
    return currency if currency is not None and token.text not in ("元", "块", "刀", "欧", "镑") else None


def _bound(passage: Passage, first: int, last: int) -> tuple[str, int]:
    """Whether the amount is a least or a greatest one, and the last token that says so."""
    for index in range(last + 1, last + 4):
        token = passage.at(index)
        if token is None or token.level >= CLAUSE:
            break
        bound = token.value("behind")
        if bound is None and token.has("cmp", "max") and _ends_clause(passage, index):
            bound = "max"
        if bound is not None and not _bounds_next(passage, index):
            return bound, index
        if not (token.has("cmp", "about") or token.text in ("个", "多", "余", "的", "位")):
            break
    return _bound_before(passage, first), last


def _bounds_next(passage: Passage, index: int) -> bool:
    """Whether a word that may stand before or behind a figure belongs to the next one ("20 plts max 5 m²")."""
    following = passage.at(index + 1)
    return passage.tokens[index].has("cmp") and following is not None and following.figure is not None


def _bound_before(passage: Passage, first: int) -> str:
    for index in range(first - 1, max(-1, first - 5), -1):
        token = passage.tokens[index]
        if token.level >= CLAUSE:
            return ""
        for bound in token.values("cmp"):
            if bound in ("max", "min") and (token.value("behind") is None or token.text in _EITHER_SIDE):
                return bound
        if token.figure is not None or (token.has("unit") and not token.has("per")):
            return ""
    return ""


def _ends_clause(passage: Passage, index: int) -> bool:
    following = passage.at(index + 1)
    return following is None or following.level >= CLAUSE or following.figure is None


def _grows(passage: Passage, first: int) -> bool:
    for back in range(1, 5):
        token = passage.at(first - back)
        if token is None or token.level >= CLAUSE or token.figure is not None:
            return False
        if token.has("grow"):
            return True
    return False


def _with_carried_unit(amount: Amount, index: int, found: list[Amount], passage: Passage) -> Amount:
    """A figure without a unit that bounds the amount before it takes that amount's unit ("20 plts, up to 100")."""
    if amount.kind != BARE or index == 0 or not (amount.bound == "max" or amount.grows):
        return amount
    before = found[index - 1]
    near = passage.sentence[before.first] == passage.sentence[amount.first]
    if before.kind not in (SPACE, ORDER) or not near or amount.low is None or before.low is None:
        return amount
    if any(passage.tokens[at].has("budget") for at in range(before.last + 1, amount.first)):
        return amount
    return replace(amount, kind=before.kind, unit=before.unit) if amount.low > before.low else amount
