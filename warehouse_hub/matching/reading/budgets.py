"""The budget: a sum of money with what it buys and for how long.

A sum that says what the goods are worth (货值, 客单价, worth) is no budget. `unit` and `period` are looked for in the
sum's own clause, in any order: 每平方米每月不超过6美元, 6刀/平/月, €5.5 per sqm pcm.
"""

from __future__ import annotations

from decimal import Decimal

from warehouse_hub.matching.need import Budget
from warehouse_hub.matching.reading.amounts import BARE, MONEY, Amount
from warehouse_hub.matching.reading.clauses import Passage

_YEN_OR_YUAN = "YEN"


def read_budget(passage: Passage, amounts: list[Amount], countries: tuple[str, ...]) -> Budget | None:
    """The first sum of a message that can be a budget, or None."""
    for amount in amounts:
        value = amount.high or amount.low
        if value is None or value <= 0:
            continue
        if amount.kind == MONEY and not _is_price_of_goods(passage, amount):
            currency: str | None = _currency(passage, amount, countries)
        elif amount.kind == BARE and _is_called_budget(passage, amount):
            currency = _currency_nearby(passage, amount)
        else:
            continue
        clause = passage.clause_range(amount.first)
        passage.read.update(range(amount.first, amount.last + 1))
        unit, period = _unit(passage, clause), _period(passage, clause, amount)
        if unit is None and period is None:
            following = _following_terms(passage, clause)
            unit, period = _unit(passage, following), _period(passage, following, amount)
        return Budget(Decimal(value), currency, unit, period)
    return None


def _currency(passage: Passage, amount: Amount, countries: tuple[str, ...]) -> str:
    code = amount.unit
    if code == _YEN_OR_YUAN:
        return "JPY" if "JP" in countries else "CNY"
    if code == "USD":
        # "US$", "A$" and "AUD $5" say whose dollar it is
        before = passage.at(amount.first - 2)
        named = before.value("currency") if before is not None else None
        return named or code
    return code


def _currency_nearby(passage: Passage, amount: Amount) -> str | None:
    for index in passage.clause_range(amount.first):
        currency = passage.tokens[index].value("currency")
        if currency is not None:
            return currency
    return None


def _is_price_of_goods(passage: Passage, amount: Amount) -> bool:
    return any(
        passage.tokens[index].has("price") and not passage.tokens[index].has("budget")
        for index in passage.clause_range(amount.first)
        if abs(index - amount.first) < 8
    )


def _is_called_budget(passage: Passage, amount: Amount) -> bool:
    before = range(max(0, amount.first - 5), amount.first)
    return any(
        passage.tokens[index].has("budget") and passage.same_clause(index, amount.first) for index in before
    )


def _unit(passage: Passage, indices: range) -> str | None:
    """What one sum buys: a unit behind 每, 一, / or per that counts no figure."""
    for index in indices:
        token, before = passage.tokens[index], passage.at(index - 1)
        unit = next((value for value in token.values("unit") if value != "other"), None)
        if token.text == "psf":
            return "ft2"
        if token.has("per_order"):
            passage.read.add(index)
            return "order"
        if unit is None or before is None:
            continue
        one = before.figure is not None and before.figure.low == 1 and before.text in ("一", "1", "one", "a")
        if before.has("each") or one or (before.has("currency") and not _counts(passage, index)):
            passage.read.update((index - 1, index))
            if unit == "container":
                return "container_40hq"
            return "order" if unit == "order_per_day" else unit
    return None


def _counts(passage: Passage, index: int) -> bool:
    following = passage.at(index + 1)
    return following is not None and following.figure is not None


def _period(passage: Passage, indices: range, amount: Amount) -> str | None:
    for index in indices:
        token, before = passage.tokens[index], passage.at(index - 1)
        period = token.value("per")
        if period in ("day", "month", "year"):
            passage.read.add(index)
            return period
        time = token.value("time")
        if time in ("day", "month", "year") and before is not None and index != amount.last:
            one = before.figure is not None and before.figure.low == 1
            if before.has("each") or one or before.has("unit") or before.has("currency"):
                passage.read.update((index - 1, index))
                return time
    return None


def _following_terms(passage: Passage, clause: range) -> range:
    """The next clause, where it holds no figure of its own ("5美元以内,每平每月")."""
    start = clause.stop
    token = passage.at(start)
    if token is None or not (token.has("each") or token.has("per")):
        return range(0)
    following = passage.clause_range(start)
    return (
        range(0)
        if any(passage.tokens[index].figure for index in following if index > start + 1)
        else following
    )
