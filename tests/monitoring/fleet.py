"""A small public fleet with its reports, for tests of what is published about it."""

from __future__ import annotations

from decimal import Decimal

from builders import EDITOR, hamburg_bonded, noon, publish, square_metres

from warehouse_hub.core.clock import Month
from warehouse_hub.core.database import Database
from warehouse_hub.monitoring.service import enter_report

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)


def station(
    database: Database, key: str, country: str, group: str | None, rentable: int = 1_000, **facts
) -> None:
    """Put a warehouse in print; `group` is also its operator, None leaves the operator unknown."""
    dataset = facts.pop("dataset", "demo")
    site_group = facts.pop("site_group", None)
    sizes = (square_metres(rentable, "rentable"),) if rentable else ()
    wording = hamburg_bonded(country=country, name_en=key, capacity=sizes, **facts)
    owner = f"OP-{group}" if group else None
    publish(database, key, wording, dataset=dataset, operator_id=owner, group=group, site_group=site_group)


def report(database: Database, key: str, month: Month, occupied, rentable=1_000, **more) -> None:
    """One report, entered by the bureau."""
    values = {"rentable_m2": Decimal(str(rentable)), "occupied_m2": Decimal(str(occupied))}
    with database.unit_of_work(noon) as uow:
        enter_report(uow, key, month, values, EDITOR, **more)


def europe(database: Database) -> None:
    """Germany has four groups, Poland three, Ireland three, Denmark one; all in October, 600 of 1,000 m² each."""
    for country, groups in {"DE": "ABCD", "PL": "EFG", "IE": "HIJ", "DK": "K"}.items():
        for group in groups:
            key = f"{country}-{group}"
            station(
                database,
                key,
                country,
                group,
                rentable={"DE": 4_000, "PL": 3_000, "IE": 2_000, "DK": 1_000}[country],
            )
            size = {"DE": 4_000, "PL": 3_000, "IE": 2_000, "DK": 1_000}[country]
            report(database, key, OCTOBER, size * 6 // 10, size)
