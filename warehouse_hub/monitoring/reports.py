"""Monthly reports: entered, corrected, looked up. Only aggregates of them ever become public (see `statistics`).

The one thing a reader would get wrong: a report is whole. A figure that is left out of a correction is no longer
stated; it does not keep its old value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from warehouse_hub.accounts.permissions import Actor
from warehouse_hub.accounts.service import record
from warehouse_hub.core.clock import Month
from warehouse_hub.core.entity import plain
from warehouse_hub.core.errors import Conflict, InvalidInput, NotFound, Problem
from warehouse_hub.core.unit_of_work import UnitOfWork
from warehouse_hub.directory.models import Warehouse
from warehouse_hub.monitoring.models import MonthlyReport
from warehouse_hub.monitoring.rules.checks import FIGURE_FIELDS, ReportFigures, month_problem, problems_of


def enter_report(
    uow: UnitOfWork,
    warehouse_id: str,
    month: Month,
    values: Mapping[str, Decimal | None],
    actor: Actor,
    *,
    reason: str | None = None,
    submitted_at: datetime | None = None,
    expected_revision: int | None = None,
) -> MonthlyReport:
    """Take down a warehouse's report; the same again changes nothing, anything else is a further revision.

    `values` are the fields of `ReportFigures`; `expected_revision` is the one that the writer saw (0 for none).
    Raises NotFound, Forbidden, Conflict("report.changed_meanwhile"), and InvalidInput("report.refused") with every
    problem. The audit trail says who reported, never what.
    """
    warehouse = uow.get(Warehouse, warehouse_id)
    actor.must("enter_reports", warehouse)
    figures = figures_from(values)
    reason = (reason or "").strip() or None
    standing = newest(uow.session, [warehouse_id], [month, month.previous()])
    now, before = (
        standing.get((warehouse_id, str(month))),
        standing.get((warehouse_id, str(month.previous()))),
    )
    revision = now.revision if now else 0
    if expected_revision is not None and expected_revision != revision:
        raise Conflict("report.changed_meanwhile", key=warehouse_id, month=str(month), revision=revision)
    problems = problems_of(figures, figures_of(before) if before else None, reason)
    if early := month_problem(month, Month.of(uow.today())):
        problems.insert(0, early)
    if problems:
        raise InvalidInput("report.refused", problems, key=warehouse_id, month=str(month))
    if now is not None and figures_of(now) == figures and now.reason == reason:
        return now
    report = MonthlyReport(
        warehouse_id=warehouse_id,
        month=str(month),
        revision=revision + 1,
        **{name: getattr(figures, name) for name in FIGURE_FIELDS},
        reason=reason,
        submitted_at=submitted_at or uow.now(),
        recorded_at=uow.now(),
        recorded_by=actor.id,
    )
    uow.session.add(report)
    uow.session.flush()
    action = "report.correct" if revision else "report.enter"
    record(uow, actor, action, warehouse_id, warehouse.dataset, month=str(month), revision=revision + 1)
    return report


def reports_of(session: Session, warehouse_id: str, actor: Actor) -> list[MonthlyReport]:
    """Every statement of a warehouse, newest month first and in it the newest revision first.

    Raises NotFound("warehouse.not_found"), Forbidden.
    """
    _readable(session, warehouse_id, actor)
    query = select(MonthlyReport).where(MonthlyReport.warehouse_id == warehouse_id)
    return list(session.scalars(query.order_by(MonthlyReport.month.desc(), MonthlyReport.revision.desc())))


def report_in_force(session: Session, warehouse_id: str, month: Month, actor: Actor) -> MonthlyReport | None:
    """The newest statement for one month, or None when there is none. Raises NotFound, Forbidden."""
    _readable(session, warehouse_id, actor)
    return newest(session, [warehouse_id], [month]).get((warehouse_id, str(month)))


def newest(
    session: Session, warehouse_ids: Iterable[str], months: Iterable[Month]
) -> dict[tuple[str, str], MonthlyReport]:
    """(warehouse, "YYYY-MM") -> the report in force, unguarded: for services that have asked the actor."""
    query = (
        select(MonthlyReport)
        .where(
            MonthlyReport.warehouse_id.in_(list(warehouse_ids)),
            MonthlyReport.month.in_([str(month) for month in months]),
        )
        .order_by(MonthlyReport.revision)
    )
    return {(report.warehouse_id, report.month): report for report in session.scalars(query)}


def figures_of(report: MonthlyReport) -> ReportFigures:
    """What a report states."""
    return ReportFigures(**{name: getattr(report, name) for name in FIGURE_FIELDS})


def figures_from(values: Mapping[str, Decimal | None]) -> ReportFigures:
    """The values as they will be kept, with six places. Raises InvalidInput("report.refused") for unknown fields."""
    if strange := [name for name in values if name not in FIGURE_FIELDS]:
        raise InvalidInput(
            "report.refused", [Problem("report.unknown_field", column=name[:60]) for name in strange]
        )
    return ReportFigures(**{name: kept(value) for name, value in values.items()})


def kept(value: Decimal | None) -> Decimal | None:
    """The value as the database keeps it; what is no reasonable number stays as it is, for the checks to refuse."""
    if value is None or not value.is_finite() or value.adjusted() > len("1000000000000"):
        return value
    return plain(value)


def _readable(session: Session, warehouse_id: str, actor: Actor) -> None:
    warehouse = session.get(Warehouse, warehouse_id)
    if warehouse is None:
        raise NotFound("warehouse.not_found", key=warehouse_id[:80])
    actor.must("read_reports", warehouse)
