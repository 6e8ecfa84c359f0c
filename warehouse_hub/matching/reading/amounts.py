"""Figures with what they count: areas, pallets, orders, kilometres, spans of time, sums of money.

"2000平" and "约2000平" state a least amount, "300平以内" a greatest, "500到800托" both; a multiplier behind the second
figure of a range holds for the first as well (3-5万 is 30,000 to 50,000).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from warehouse_hub.matching.reading.clauses import Passage
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
    while (token := passage.at(index)) is not None and (
        token.text in ("多", "余", "来", "个", "or so", "odd", "几", "-", "大", "标准", "or more", "of")
        and not token.level
        and (token.text != "-" or index + 1 < len(passage))
        or (token.has("cmp", "about") and not token.has("about") and token.text in ("左右", "上下", "大约", "~", "or so"))
    ):
        index += 1
        if index > len(passage):
            break
    return index


def _amount(passage: Passage, first: int) -> Amount:
    tokens = passage.tokens
    figure = tokens[first].figure
    assert figure is not None  # noqa: S101 (the caller found it)
    low, high, last = figure.low, figure.high, first
    kind, unit, after = _unit_at(passage, _skip_filler(passage, first + 1))
    second = _range_second(passage, after + 1 if kind else first + 1, first)
    if second is not None and high is None and low is not None:
        other = tokens[second].figure
        second_kind, second_unit, second_after = _unit_at(passage, _skip_filler(passage, second + 1))
        same = not kind or not second_kind or (kind, unit) == (second_kind, second_unit)
        if other is not None and other.low is not None and same:
            top = other.high or other.low
            if figure.multiplier == 1 and other.multiplier > 1 and low < top / other.multiplier:
                low *= other.multiplier
            if low <= top:
                high, last = top, second
                if second_kind:
                    kind, unit, after = second_kind, second_unit, second_after
                else:
                    after = second
    if kind:
        last = max(last, after)
    bound, last = _bound(passage, first, last)
    if not kind:
        unit_before = _unit_before(passage, first)
        if unit_before is not None:
            kind, unit = unit_before
        money = _money_before(passage, first)
        if money:
            kind, unit = MONEY, money
    elif kind != MONEY and (money := _money_before(passage, first)) and kind in (SPACE, OTHER, ORDER, TIME):
        # "$5 sqm": the unit belongs to the price, which reads it again
        kind, unit, last = MONEY, money, first if high is None else second or first
    return Amount(kind or BARE, unit, low, high, bound, first, last, _grows(passage, first))


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
    if (factor := token.value("distance")) is not None:
        return DISTANCE, factor
    values = token.values("unit")
    for unit in values:
        if unit in ("container_40hq", "container_20gp", "container"):
            return CONTAINER, "container_40hq" if unit == "container" else unit
        if unit in ("order", "order_per_day"):
            return ORDER, unit
        if unit != "other":
            return SPACE, unit
    if (currency := token.value("currency")) is not None:
        return MONEY, currency
    if (time := token.value("time")) is not None:
        return TIME, time
    return (OTHER, "other") if values else None


def _unit_before(passage: Passage, first: int) -> tuple[str, str] | None:
    """A unit that is said before its figure: 托盘位50个, 面积2000, orders per day: 60."""
    for back in (1, 2, 3):
        token = passage.at(first - back)
        if token is None or token.level >= CLAUSE:
            return None
        if token.text in ("面积", "area", "floor area", "size"):
            return SPACE, "m2"
        unit = _unit_of(token)
        if unit is not None and unit[0] in (SPACE, ORDER, DISTANCE) and (back == 1 or not token.text.isascii()):
            return unit
        if token.has("per", "day") and any(char in token.text for char in "单发出量") and back == 1:
            return ORDER, "order_per_day"
        if not (token.has("cmp") or token.text in ("个", "数", "量", "数量", "=", "is", "of")):
            return None
    return None


def _money_before(passage: Passage, first: int) -> str | None:
    token = passage.at(first - 1)
    if token is None:
        return None
    currency = token.value("currency")
    return currency if currency is not None and token.text not in ("元", "块", "刀", "欧", "镑") else None


def _bound(passage: Passage, first: int, last: int) -> tuple[str, int]:
    """Whether the amount is a least or a greatest one, and the last token that says so."""
    bound = ""
    index = last + 1
    for _ in range(3):
        token = passage.at(index)
        if token is None or token.level >= CLAUSE:
            break
        compared = [value for value in token.values("cmp")]
        if "max" in compared and token.text not in ("max", "maximum", "under", "within", "up to", "less than") or (
            "max" in compared and _ends_clause(passage, index)
        ):
            return "max", index
        if "min" in compared and token.text not in ("from", "over", "above", "more than", "at least", "start with", "超过", "大于", "最低", "最小"):
            if token.text in ("起", "起租", "起步", "以上", "往上", "打底", "+", "plus", "or more", "and up", "or above", "min", "minimum", "起的", "以上的", "及以上", "initially", "to start", "to begin with", "and above", "起订"):
                return "min", index
        if token.has("cmp", "about") or token.text in ("个", "多", "余", "的", "位"):
            index += 1
            continue
        break
    for back in range(1, 5):
        token = passage.at(first - back)
        if token is None or token.level >= CLAUSE:
            break
        compared = [value for value in token.values("cmp")]
        if "max" in compared and token.text not in ("以内", "以下", "内", "之内"):
            bound = "max"
            break
        if "min" in compared and token.text not in ("以上", "起", "+"):
            bound = "min"
            break
        if token.figure is not None or token.has("unit") and not token.has("per"):
            break
    return bound, last


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
