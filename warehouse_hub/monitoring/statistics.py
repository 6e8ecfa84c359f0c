"""Utilisation as it is published: every figure that leaves here has passed disclosure control.

The one thing a reader would get wrong: whatever breakdown is asked for, all of them are decided together, since
whoever reads one table can read the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from warehouse_hub.core.clock import Month, civil_date, utc_now
from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.directory.models import Warehouse
from warehouse_hub.monitoring.books import Books
from warehouse_hub.monitoring.models import MonthlyReport
from warehouse_hub.monitoring.register import listed_sites, reports_in_force
from warehouse_hub.monitoring.rules.deadlines import DEFAULT_DEADLINES, DeadlineRule
from warehouse_hub.monitoring.rules.publication import Publication, publications
from warehouse_hub.monitoring.rules.sites import BREAKDOWNS, PUBLIC, TOTAL, admission_order, counted
from warehouse_hub.monitoring.rules.utilisation import LOW_COVERAGE, Flag, Levels, breaks
from warehouse_hub.monitoring.tables import NOT_AVAILABLE, PUBLISHED, WITHHELD, Cell, UtilisationTable

# A change needs the month before; that month's own change and its imputed values need two more.
LEAD_IN = 3


def utilisation(
    session: Session,
    month: Month,
    *,
    by: str,
    dataset: str,
    today: date | None = None,
    deadlines: DeadlineRule = DEFAULT_DEADLINES,
) -> UtilisationTable:
    """The published utilisation of one month, by region_set, country, record_class or district.

    A month without any report gives a table in which everything is not available (note "no_reports"). The figures are
    those of the reports in force now. Raises InvalidInput("statistics.unknown_breakdown").
    """
    tables = utilisation_series(session, dataset, [month], by=by, today=today, deadlines=deadlines)
    return tables[0]


def utilisation_series(
    session: Session,
    dataset: str,
    months: Sequence[Month],
    *,
    by: str = "region_set",
    today: date | None = None,
    deadlines: DeadlineRule = DEFAULT_DEADLINES,
) -> list[UtilisationTable]:
    """The same for consecutive months, oldest first, read and decided in one go.

    Raises InvalidInput("statistics.unknown_breakdown" | "statistics.months_not_consecutive").
    """
    if by not in BREAKDOWNS:
        raise InvalidInput("statistics.unknown_breakdown", by=by[:40], known=list(BREAKDOWNS))
    if any(after != before.following() for before, after in pairwise(months)):
        raise InvalidInput("statistics.months_not_consecutive")
    if not months:
        return []
    sites = counted(listed_sites(session, dataset))
    period = [*(months[0].minus(back) for back in range(LEAD_IN, 0, -1)), *months]
    books = Books(sites, period, reports_in_force(session, sites, period, dataset))
    on = today or civil_date(utc_now())
    decided = publications(books.views, admission_order(sites, books.keys), first=LEAD_IN)
    return [
        _table(books, LEAD_IN + place, decided[place], by, dataset, on, deadlines)
        for place in range(len(months))
    ]


def months_with_reports(session: Session, dataset: str) -> list[Month]:
    """The months for which at least one report of the dataset is in force, oldest first."""
    query = (
        select(MonthlyReport.month)
        .join(Warehouse, MonthlyReport.warehouse_id == Warehouse.id)
        .where(Warehouse.dataset == dataset)
        .distinct()
    )
    return sorted(Month.parse(text) for text in session.scalars(query))


def _table(
    books: Books,
    place: int,
    printed: Publication,
    by: str,
    dataset: str,
    today: date,
    deadlines: DeadlineRule,
) -> UtilisationTable:
    month = books.period[place]
    now, changes = books.levels(place), books.changes(place)
    broken = breaks(books.levels(place - 1), now)
    revised = books.revised_after(place, deadlines.last_late_day(month))
    provisional = deadlines.is_provisional(month, today)
    cells = []
    for row, key in enumerate(books.keys):
        listed = int(now.warehouses[row])
        if not now.reporting[row]:
            cells.append(Cell(key.code, listed, NOT_AVAILABLE))
        elif not printed.levels[row]:
            cells.append(Cell(key.code, listed, WITHHELD, (Flag.CONFIDENTIAL,)))
        else:
            marks = {
                Flag.IMPUTED: now.imputed_share[row] > 0,
                Flag.PROVISIONAL: provisional,
                Flag.REVISED: revised[row],
                Flag.LOW_RELIABILITY: now.coverage[row] < LOW_COVERAGE,
                Flag.BREAK: broken[row],
            }
            flags = tuple(flag for flag in Flag if marks.get(flag))
            cells.append(
                _published(key.code, row, now, changes[row], flags, change_printed=printed.changes[row])
            )
    shown = [cell for key, cell in zip(books.keys, cells, strict=True) if key.by == by]
    total = next(cell for key, cell in zip(books.keys, cells, strict=True) if key.by == TOTAL)
    return UtilisationTable(
        month, by, dataset, total, tuple(shown), _notes(books, place, by, [total, *shown])
    )


def _published(
    code: str, row: int, now: Levels, change: float, flags: tuple[Flag, ...], *, change_printed: bool
) -> Cell:
    return Cell(
        code=code,
        warehouses=int(now.warehouses[row]),
        state=PUBLISHED,
        flags=flags,
        reporting=int(now.reporting[row]),
        rentable_m2=_decimal(now.rentable[row], 2),
        occupied_m2=_decimal(now.occupied[row], 2),
        utilisation=_decimal(now.utilisation[row], 6),
        change_pp=_decimal(change, 4) if change_printed else None,
        change_withheld=not change_printed and not np.isnan(change),
        coverage=_decimal(now.coverage[row], 6),
        imputed_share=_decimal(now.imputed_share[row], 6),
    )


def _notes(books: Books, place: int, by: str, cells: Sequence[Cell]) -> tuple[str, ...]:
    told = {
        "no_reports": not books.heard_from(place),
        "some_withheld": any(cell.withheld for cell in cells),
        "some_changes_withheld": any(cell.change_withheld for cell in cells),
        "some_imputed": any(Flag.IMPUTED in cell.flags for cell in cells),
        "region_sets_overlap": by == "region_set",
        "other_classes_not_in_total": by == "record_class"
        and any(cell.code not in {"", PUBLIC} for cell in cells),
    }
    return tuple(code for code, holds in told.items() if holds)


def _decimal(value: float, places: int) -> Decimal | None:
    if np.isnan(value):
        return None
    # Minus zero is no figure.
    return Decimal(f"{value:.{places}f}") + 0
