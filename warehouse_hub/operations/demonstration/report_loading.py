"""Take down the fictitious monthly reports the way an operator's table comes in, so that every check has seen them."""

from __future__ import annotations

from dataclasses import astuple, fields

from sqlalchemy import select

from warehouse_hub.accounts.permissions import DEMO, Actor
from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.core.unit_of_work import UnitOfWork
from warehouse_hub.directory.models import Warehouse
from warehouse_hub.directory.spreadsheet.table import Column, Row, Table
from warehouse_hub.monitoring.models import MonthlyReport
from warehouse_hub.monitoring.service import import_reports
from warehouse_hub.operations.demonstration.reports import DemoReport, demo_reports


def enter_demo_reports(uow: UnitOfWork, *, actor: Actor) -> None:
    """Enter every report whose warehouse and month nobody has reported on yet; what people corrected stays.

    Raises InvalidInput("demo.reports_refused") when a figure of ours breaks a rule, which would be a fault of ours.
    """
    query = (
        select(MonthlyReport.warehouse_id, MonthlyReport.month)
        .join(Warehouse, Warehouse.id == MonthlyReport.warehouse_id)
        .where(Warehouse.dataset == DEMO)
    )
    told = {(key, month) for key, month in uow.session.execute(query)}
    missing = [report for report in demo_reports() if (report.warehouse_id, report.month) not in told]
    if not missing:
        return
    outcome = import_reports(uow, reports_table(missing), dataset=DEMO, actor=actor)
    if outcome.problems:
        raise InvalidInput("demo.reports_refused", outcome.problems)


def reports_table(reports: list[DemoReport]) -> Table:
    """The reports as the table that an operator would have sent."""
    columns = tuple(
        Column(index, spec.name, spec.name, "m2" if spec.name.endswith("_m2") else None)
        for index, spec in enumerate(fields(DemoReport))
    )
    rows = tuple(Row(number, astuple(report)) for number, report in enumerate(reports, start=2))
    return Table(columns, rows, "demo", 1)
