"""What the statistics read: the listed sites with their enterprise groups, and the reports in force, as arrays.

The one thing a reader would get wrong: the sites are those in print today, with today's record class and stage, also
for an earlier month. Only `opened` and the region sets go by the month.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import Float, cast, select
from sqlalchemy.orm import Session

from warehouse_hub.core.clock import Month, civil_date
from warehouse_hub.directory.models import CapacityStatement, Listing, Operator, Revision, Warehouse
from warehouse_hub.directory.rules.facts import Statement
from warehouse_hub.monitoring.models import MonthlyReport
from warehouse_hub.monitoring.rules.imputation import Figures
from warehouse_hub.monitoring.rules.sites import Site


@dataclass(frozen=True)
class ReportedMonths:
    """The reports in force, months by sites; NaN was not stated. `corrected` is when the newest correction came."""

    rentable: Figures
    occupied: Figures
    corrected: dict[tuple[int, int], date]


def listed_sites(session: Session, dataset: str) -> list[Site]:
    """Every warehouse of the dataset that is in print, ordered by id.

    Without an enterprise group, operators of one parent are one group (the safe side), else each operator is its own.
    """
    registered = _registered_areas(session, dataset)
    query = (
        select(
            Warehouse.id,
            Warehouse.site_group,
            Operator.id,
            Operator.enterprise_group,
            Operator.parent,
            Operator.home_district,
            Revision.id,
            Revision.country,
            Revision.record_class,
            Revision.stage,
            Revision.opened,
        )
        .join(Listing, Listing.warehouse_id == Warehouse.id)
        .join(Revision, Listing.published_revision_id == Revision.id)
        .outerjoin(Operator, Warehouse.operator_id == Operator.id)
        .where(Listing.state == "published", Warehouse.dataset == dataset)
    )
    sites = [
        Site(
            id=key,
            country=country,
            record_class=record_class,
            stage=stage,
            group=_group(operator_id, group, parent),
            district=district,
            site_group=site_group,
            opened=opened,
            registered_m2=registered.get(revision_id),
        )
        for key, site_group, operator_id, group, parent, district, revision_id, country, record_class, stage, opened
        in session.execute(query)
    ]  # fmt: skip
    return sorted(sites, key=lambda site: site.id)


def reports_in_force(
    session: Session, sites: Sequence[Site], months: Sequence[Month], dataset: str
) -> ReportedMonths:
    """The areas that the sites reported for `months`: of each report the newest revision."""
    rentable = np.full((len(months), len(sites)), np.nan)
    occupied = rentable.copy()
    place_of = {site.id: place for place, site in enumerate(sites)}
    row_of = {str(month): row for row, month in enumerate(months)}
    report = MonthlyReport
    wanted = (
        select(
            report.warehouse_id,
            report.month,
            cast(report.rentable_m2, Float),
            cast(report.occupied_m2, Float),
        )
        .join(Warehouse, report.warehouse_id == Warehouse.id)
        .where(Warehouse.dataset == dataset, report.month.in_(row_of))
    )
    firsts = [each for each in session.execute(wanted.where(report.revision == 1)) if each[0] in place_of]
    if firsts:
        keys, named, areas, takens = zip(*firsts, strict=True)
        where = [row_of[month] for month in named], [place_of[key] for key in keys]
        rentable[where] = np.array(areas, dtype=float)
        occupied[where] = np.array(takens, dtype=float)
    corrected = {}
    corrections = wanted.add_columns(report.recorded_at).where(report.revision > 1).order_by(report.revision)
    for key, month, area, taken, at in session.execute(corrections):
        if key in place_of:
            found = row_of[month], place_of[key]
            # A correction that leaves a figure out withdraws it.
            rentable[found], occupied[found] = (np.nan if each is None else each for each in (area, taken))
            corrected[found] = civil_date(at)
    return ReportedMonths(rentable, occupied, corrected)


def _registered_areas(session: Session, dataset: str) -> dict[int, float]:
    """Published revision -> its own rentable area in m²; one that several sites share is nobody's own."""
    query = (
        select(
            CapacityStatement.revision_id,
            CapacityStatement.value,
            CapacityStatement.unit,
            CapacityStatement.as_of,
        )
        .join(Listing, Listing.published_revision_id == CapacityStatement.revision_id)
        .join(Warehouse, Listing.warehouse_id == Warehouse.id)
        .where(
            Warehouse.dataset == dataset,
            Listing.state == "published",
            CapacityStatement.basis == "rentable",
            CapacityStatement.shared_by == 1,
        )
        .order_by(CapacityStatement.revision_id, CapacityStatement.position)
    )
    areas: dict[int, tuple[date, float]] = {}
    for revision_id, value, unit, as_of in session.execute(query):
        area = Statement(value, unit, "rentable").area_m2
        known = areas.get(revision_id)
        if area is not None and (known is None or (as_of or date.min) > known[0]):
            areas[revision_id] = (as_of or date.min, float(area))
    return {revision_id: area for revision_id, (_, area) in areas.items()}


def _group(operator_id: str | None, group: str | None, parent: str | None) -> str | None:
    if operator_id is None:
        return None
    named = (group or parent or "").strip()
    return f"group:{named}" if named else f"operator:{operator_id}"
