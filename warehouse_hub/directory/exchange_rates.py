"""The exchange rates that the bureau keeps: taken in from a table, listed, and looked up for a day.

Nothing is fetched and none ships with the product. Rates of the two datasets never meet: prices that are real are
only ever ordered by rates that are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from warehouse_hub.accounts.permissions import Actor, Remit
from warehouse_hub.accounts.service import record
from warehouse_hub.core.errors import InvalidInput, Problem
from warehouse_hub.core.unit_of_work import UnitOfWork
from warehouse_hub.directory.importing import ImportReport
from warehouse_hub.directory.models import ExchangeRate
from warehouse_hub.directory.rules.exchange import Rate, Rates, rate_problems
from warehouse_hub.directory.spreadsheet.rate_row import RATE_COLUMNS, RateRow, rate_headers, read_rate
from warehouse_hub.directory.spreadsheet.table import Table

FEED_TOPIC = "exchange_rate"
PERMISSION = "keep_exchange_rates"


def import_rates(uow: UnitOfWork, table: Table, *, dataset: str, actor: Actor) -> ImportReport:
    """Keep every rate of a table (read with `rate_headers()`), or none where any row has a problem.

    Another rate of the same currency and day is put in its place, which the audit trail tells; repeating the same
    table changes nothing. Raises Forbidden.
    """
    actor.must(PERMISSION, Remit(dataset))
    if faults := [*table.problems, *_missing_columns(table)]:
        return ImportReport(len(table.rows), 0, 0, 0, tuple(faults), table.notes)
    rows = [_checked(read_rate(number, cells), table) for number, cells in table.records()]
    problems = [problem for row in rows for problem in row.problems] + list(_repeated(rows))
    if problems:
        problems.sort(key=lambda problem: problem.row or 0)
        return ImportReport(len(rows), 0, 0, 0, tuple(problems), table.notes)
    rates = [row.rate for row in rows if row.rate is not None]
    created, changed = keep(uow, rates, dataset=dataset, actor=actor)
    return ImportReport(len(rows), created, changed, len(rates) - created - changed, (), table.notes)


def keep(uow: UnitOfWork, rates: Sequence[Rate], *, dataset: str, actor: Actor) -> tuple[int, int]:
    """Keep these rates and tell (how many are new, how many others they replace).

    Searches order prices by them after the commit. Raises Forbidden, or InvalidInput("rate.refused") with every
    problem and nothing kept.
    """
    actor.must(PERMISSION, Remit(dataset))
    problems = [
        problem for rate in rates for problem in rate_problems(rate.currency, rate.cny_for_one, rate.source)
    ]
    if problems:
        raise InvalidInput("rate.refused", problems)
    of_these = select(ExchangeRate).where(
        ExchangeRate.dataset == dataset, ExchangeRate.currency.in_({rate.currency for rate in rates})
    )
    known = {(held.currency, held.valid_from): held for held in uow.session.scalars(of_these)}
    created = changed = 0
    for rate in rates:
        held = known.get((rate.currency, rate.valid_from))
        before = None if held is None else _rate(held)
        if before == rate:
            continue
        if held is None:
            created += 1
            held = known[rate.currency, rate.valid_from] = ExchangeRate(dataset=dataset, **vars(rate))
            uow.session.add(held)
        else:
            changed += 1
            held.cny_for_one, held.source = rate.cny_for_one, rate.source
        record(uow, actor, "rate.keep", rate.currency, dataset, **_told(before, rate))
    if created or changed:
        # The feed tells processes that hold rates in memory, as it does for listings.
        uow.changed(FEED_TOPIC, dataset, dataset)
    return created, changed


def rates_kept(session: Session, dataset: str) -> list[Rate]:
    """Every rate of a dataset, by currency and the newest first."""
    held = [
        _rate(each) for each in session.scalars(select(ExchangeRate).where(ExchangeRate.dataset == dataset))
    ]
    held.sort(key=lambda rate: rate.valid_from, reverse=True)
    return sorted(held, key=lambda rate: rate.currency)


def rates_on(session: Session, dataset: str, day: date) -> Rates:
    """Of each currency the newest rate on a civil date: one from that day counts, one from the next does not."""
    newest = (
        select(ExchangeRate.currency, func.max(ExchangeRate.valid_from).label("valid_from"))
        .where(ExchangeRate.dataset == dataset, ExchangeRate.valid_from <= day)
        .group_by(ExchangeRate.currency)
        .subquery()
    )
    held = select(ExchangeRate).join(
        newest,
        (ExchangeRate.currency == newest.c.currency) & (ExchangeRate.valid_from == newest.c.valid_from),
    )
    found = map(_rate, session.scalars(held.where(ExchangeRate.dataset == dataset)))
    return Rates({rate.currency: rate for rate in found})


def _rate(held: ExchangeRate) -> Rate:
    return Rate(held.currency, held.valid_from, held.cny_for_one, held.source)


def _told(before: Rate | None, rate: Rate) -> dict[str, str]:
    told = {
        "valid_from": rate.valid_from.isoformat(),
        "cny_for_one": str(rate.cny_for_one),
        "source": rate.source,
    }
    return (
        told
        if before is None
        else {**told, "before": str(before.cny_for_one), "before_source": before.source}
    )


def _checked(row: RateRow, table: Table) -> RateRow:
    """The row held to the rules, each fault under the header that the person wrote."""
    if row.rate is None:
        return row
    header = {column.field: column.header for column in reversed(table.columns)}
    faults = (
        replace(problem, row=row.number, column=header.get(problem.column or "", problem.column))
        for problem in rate_problems(row.rate.currency, row.rate.cny_for_one, row.rate.source)
    )
    return replace(row, problems=(*row.problems, *faults))


def _repeated(rows: Iterable[RateRow]) -> Iterator[Problem]:
    first: dict[tuple[str, date], int] = {}
    for row in rows:
        if row.rate is None:
            continue
        key = row.rate.currency, row.rate.valid_from
        if key in first:
            facts = {"first": first[key], "key": f"{key[0]} {key[1]}"}
            yield Problem("row.repeats_a_key", row.number, facts=facts)
        first.setdefault(key, row.number)


def _missing_columns(table: Table) -> Iterator[Problem]:
    for field in RATE_COLUMNS:
        if field not in table.fields:
            facts = {"field": field, "words": rate_headers().words_of(field)}
            yield Problem("column.missing", table.header_number, facts=facts)
