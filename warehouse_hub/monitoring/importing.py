"""Load a table of monthly reports: all of it, or nothing and a list of every fault.

The one thing a reader would get wrong: a row is held against the month before it, which may stand in the same file
further down; so rows are judged by month, not in the order in which they were written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import insert, select

from warehouse_hub.accounts.permissions import Actor, Remit
from warehouse_hub.accounts.service import record
from warehouse_hub.core.clock import Month
from warehouse_hub.core.errors import Problem
from warehouse_hub.core.unit_of_work import UnitOfWork
from warehouse_hub.directory.importing import ImportReport
from warehouse_hub.directory.models import Warehouse
from warehouse_hub.directory.spreadsheet.table import Table
from warehouse_hub.monitoring.models import MonthlyReport
from warehouse_hub.monitoring.report_row import ReportRow, read_report, report_headers
from warehouse_hub.monitoring.reports import figures_of, newest
from warehouse_hub.monitoring.rules.checks import FIGURE_FIELDS, ReportFigures, month_problem, problems_of

REQUIRED = ("warehouse_id", "month", "rentable_m2", "occupied_m2")
_AT_A_TIME = 500


@dataclass(frozen=True)
class _Known:
    """What is in force for a warehouse and a month."""

    revision: int
    figures: ReportFigures
    reason: str | None


_Key = tuple[str, Month]


def import_reports(
    uow: UnitOfWork,
    table: Table,
    *,
    dataset: str,
    actor: Actor,
    dry_run: bool = False,
    skip_bad_rows: bool = False,
) -> ImportReport:
    """Take down the reports of a table (read with `report_headers()`); repeating the same table changes nothing.

    A report that differs from the one in force becomes its next revision ("changed"). Any problem keeps everything
    out, unless `skip_bad_rows`; a problem of the table itself always does. Nothing is written before all rows were
    checked. An operator reports for its own warehouses only; others are unknown to it. Raises Forbidden.
    """
    actor.must("enter_reports", Remit(dataset, actor.operator_id))
    if faults := [*table.problems, *_missing_columns(table)]:
        return ImportReport(len(table.rows), 0, 0, 0, tuple(faults), table.notes)
    rows = [read_report(number, cells) for number, cells in table.records()]
    warnings = (*table.notes, *(warning for row in rows for warning in row.warnings))
    problems = [problem for row in rows for problem in row.problems]
    keyed, refused = _keyed(rows, _own_warehouses(uow, dataset, actor), Month.of(uow.today()))
    known = _in_force(uow, keyed)
    accepted, faulty = _plausible(keyed, known, table)
    problems = sorted([*problems, *refused, *faulty], key=lambda problem: problem.row or 0)
    if problems and not skip_bad_rows:
        return ImportReport(len(rows), 0, 0, 0, tuple(problems), warnings)

    new = {key: row for key, row in accepted.items() if key not in known}
    changed = {key: row for key, row in accepted.items() if key in known and _differs(row, known[key])}
    if not dry_run and (new or changed):
        _take_down(uow, new | changed, known, actor)
        record(uow, actor, "report.import", dataset, dataset, created=len(new), changed=len(changed))
    unchanged = len(accepted) - len(new) - len(changed)
    return ImportReport(len(rows), len(new), len(changed), unchanged, tuple(problems), warnings)


def _missing_columns(table: Table) -> Iterator[Problem]:
    for field in REQUIRED:
        if field not in table.fields:
            facts = {"field": field, "words": report_headers().words_of(field)}
            yield Problem("column.missing", table.header_number, facts=facts)


def _own_warehouses(uow: UnitOfWork, dataset: str, actor: Actor) -> frozenset[str]:
    query = select(Warehouse.id, Warehouse.operator_id).where(Warehouse.dataset == dataset)
    found: Iterable[tuple[str, str | None]] = uow.session.execute(query)
    return frozenset(
        key for key, owner in found if actor.may("enter_reports", Remit(dataset, owner, warehouse_id=key))
    )


def _keyed(
    rows: Sequence[ReportRow], own: frozenset[str], present: Month
) -> tuple[dict[_Key, ReportRow], list[Problem]]:
    """The rows without a fault by what they report on, each once, and what is wrong with the others."""
    keyed: dict[_Key, ReportRow] = {}
    first: dict[_Key, int] = {}
    problems = []
    for row in rows:
        if row.warehouse_id is None or row.month is None:
            continue
        key = (row.warehouse_id, row.month)
        if key in first:
            facts: dict[str, Any] = {"first": first[key], "key": f"{row.warehouse_id} {row.month}"}
            problems.append(Problem("row.repeats_a_key", row.number, facts=facts))
            continue
        first[key] = row.number
        if row.warehouse_id not in own:
            problems.append(
                Problem("report.unknown_warehouse", row.number, facts={"key": row.warehouse_id[:80]})
            )
        elif early := month_problem(row.month, present):
            problems.append(replace(early, row=row.number))
        elif not row.problems:
            keyed[key] = row
    return keyed, problems


def _in_force(uow: UnitOfWork, keyed: Iterable[_Key]) -> dict[_Key, _Known]:
    """The reports in force for the rows' months and the months before them."""
    ids, months = {key for key, _ in keyed}, {month for _, month in keyed}
    asked = sorted(months | {month.previous() for month in months})
    found = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), _AT_A_TIME):
        for (key, month), report in newest(uow.session, wanted[start : start + _AT_A_TIME], asked).items():
            found[key, Month.parse(month)] = _Known(report.revision, figures_of(report), report.reason)
    return found


def _plausible(
    keyed: dict[_Key, ReportRow], known: dict[_Key, _Known], table: Table
) -> tuple[dict[_Key, ReportRow], list[Problem]]:
    header_of = {column.field: column.header for column in reversed(table.columns)}
    accepted: dict[_Key, ReportRow] = {}
    problems = []
    for key in sorted(keyed):
        row, before = keyed[key], (key[0], key[1].previous())
        last = accepted[before].figures if before in accepted else None
        if last is None and before in known:
            last = known[before].figures
        found = problems_of(row.figures, last, row.reason)
        problems += [
            replace(each, row=row.number, column=header_of.get(each.column or "", each.column))
            for each in found
        ]
        if not found:
            accepted[key] = row
    return accepted, problems


def _differs(row: ReportRow, known: _Known) -> bool:
    return row.figures != known.figures or row.reason != known.reason


def _take_down(uow: UnitOfWork, rows: dict[_Key, ReportRow], known: dict[_Key, _Known], actor: Actor) -> None:
    now = uow.now()
    uow.session.execute(
        insert(MonthlyReport),
        [
            {
                "warehouse_id": key[0],
                "month": str(key[1]),
                "revision": known[key].revision + 1 if key in known else 1,
                **{name: getattr(row.figures, name) for name in FIGURE_FIELDS},
                "reason": row.reason,
                "submitted_at": row.submitted_at or now,
                "recorded_at": now,
                "recorded_by": actor.id,
            }
            for key, row in rows.items()
        ],
    )
