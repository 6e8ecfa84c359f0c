"""The statistics of utilisation over two years of reports: one month, and all months in one go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from random import Random
from typing import Any, Final

from sqlalchemy import insert, select

from warehouse_hub.core.clock import Month, civil_date
from warehouse_hub.core.database import Database
from warehouse_hub.monitoring.models import MonthlyReport
from warehouse_hub.monitoring.service import utilisation, utilisation_series
from warehouse_hub.operations.bench.answer import FLOOR, HUB, Bench, Measured, once, timed
from warehouse_hub.operations.bench.installation import DATASET, NOW, standing_still, temporary_directory
from warehouse_hub.operations.bench.memory import resident_mb
from warehouse_hub.operations.bench.sample import sample_facts

ROWS = 400
MONTHS: Final = 24
_LAST: Final = Month(2026, 10)
_MISSING: Final = 0.04


def run(rows: int, seed: int) -> Bench:
    """Publish `rows` public warehouses with reports; the floor reads the same reports in one statement of SQL."""
    sample = [
        (key, replace(facts, record_class="public", stage="operating"))
        for key, facts in sample_facts(rows, seed=seed)
    ]
    months = [_LAST.minus(back) for back in range(MONTHS - 1, -1, -1)]
    today = civil_date(NOW)
    with temporary_directory(sample) as (database, _):
        _, filled_s = once(lambda: _report(database, [key for key, _ in sample], months, seed))
        before = resident_mb()
        with database.reading() as session:
            one, one_p50, one_p95 = timed(
                lambda: utilisation(session, _LAST, by="region_set", dataset=DATASET, today=today)
            )
            series, all_p50, all_p95 = timed(
                lambda: utilisation_series(session, DATASET, months, today=today), repeats=5
            )
            floors = [
                _floor(database, name, asked)
                for name, asked in (("one month", [_LAST]), ("24 months", months))
            ]
        added = resident_mb() - before
    results = (
        Measured(HUB, "one month", one_p50, one_p95, one.total.reporting),
        Measured(HUB, "24 months", all_p50, all_p95, sum(table.total.reporting or 0 for table in series)),
        *floors,
    )
    return Bench("statistics", rows, seed, results, memory_mb=round(added, 1), build_s={"reports": filled_s})


def _report(database: Database, keys: list[str], months: list[Month], seed: int) -> None:
    with database.unit_of_work(standing_still) as uow:
        uow.session.execute(insert(MonthlyReport), list(_reports(keys, months, Random(seed))))  # noqa: S311


def _reports(keys: list[str], months: list[Month], draw: Random) -> Iterator[dict[str, Any]]:
    for key in keys:
        rentable, use = Decimal(draw.randint(10, 400) * 100), draw.uniform(0.4, 0.95)
        for month in months:
            if draw.random() < _MISSING:
                continue
            use = min(0.98, max(0.2, use + draw.uniform(-0.03, 0.03)))
            at = datetime(month.year, month.number, month.last_day.day, 4, tzinfo=UTC)
            yield {
                "warehouse_id": key,
                "month": str(month),
                "revision": 1,
                "rentable_m2": rentable,
                "occupied_m2": (rentable * Decimal(f"{use:.4f}")).quantize(Decimal(1)),
                "submitted_at": at,
                "recorded_at": at,
            }


def _floor(database: Database, name: str, months: list[Month]) -> Measured:
    query = select(MonthlyReport.warehouse_id, MonthlyReport.rentable_m2, MonthlyReport.occupied_m2).where(
        MonthlyReport.month.in_([str(month) for month in months])
    )
    with database.reading() as session:
        found, p50, p95 = timed(lambda: session.execute(query).all())
    return Measured(FLOOR, name, p50, p95, len(found))
