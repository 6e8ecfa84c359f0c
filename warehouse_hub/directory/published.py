"""What is in print: the published wording of every listing, as values for search, matching, catalogue and pages.

Nothing here ever shows a draft; whoever needs one asks `listings`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import Session

from warehouse_hub.core.errors import NotFound
from warehouse_hub.directory.models import CapacityStatement, Listing, Operator, Revision, Warehouse
from warehouse_hub.directory.revisions import FACT_FIELDS, STATEMENT_FIELDS
from warehouse_hub.directory.rules.facts import ListingFacts, Statement

_AT_A_TIME = 500
_FACTS: Final = tuple(getattr(Revision, name) for name in FACT_FIELDS)
_STATED: Final = tuple(getattr(CapacityStatement, name) for name in STATEMENT_FIELDS)
# What a listing has beside its facts, by field, and last what joins its capacity statements to it.
_BESIDE: Final = {
    "id": Warehouse.id,
    "dataset": Warehouse.dataset,
    "revision": Revision.number,
    "published_at": Listing.published_at,
    "site_group": Warehouse.site_group,
    "operator_id": Warehouse.operator_id,
    "operator_zh": Operator.name_zh,
    "operator_en": Operator.name_en,
    "operator_parent": Operator.parent,
    "enterprise_group": Operator.enterprise_group,
    "home_district": Operator.home_district,
}
_LISTED: Final = (*_BESIDE.values(), Revision.id.label("revision_id"))
_FIELDS: Final = (*FACT_FIELDS, *_BESIDE)
# Built once, and columns instead of entities: a search reads its results with them, and building the statement or
# keeping an identity map costs more than the reading.
_OF_IDS: Final = (
    select(*_FACTS, *_LISTED)
    .select_from(Listing)
    .join(Revision, Listing.published_revision_id == Revision.id)
    .join(Warehouse, Listing.warehouse_id == Warehouse.id)
    .outerjoin(Operator, Warehouse.operator_id == Operator.id)
    .where(Listing.state == "published", Listing.warehouse_id.in_(bindparam("ids", expanding=True)))
)
_STATED_IN: Final = (
    select(CapacityStatement.revision_id, *_STATED)
    .where(CapacityStatement.revision_id.in_(bindparam("revisions", expanding=True)))
    .order_by(CapacityStatement.revision_id, CapacityStatement.position)
)


@dataclass(frozen=True, kw_only=True)
class PublishedListing(ListingFacts):
    """A listing as the public sees it, with its operator, which may be unknown for a reported site."""

    id: str
    dataset: str
    revision: int
    published_at: datetime
    site_group: str | None
    operator_id: str | None
    operator_zh: str | None
    operator_en: str | None
    operator_parent: str | None
    enterprise_group: str | None
    home_district: str | None

    @property
    def total_m2(self) -> Decimal | None:
        """Gross area in m², or None when nobody stated it."""
        return self.area_m2("gross")

    @property
    def rentable_m2(self) -> Decimal | None:
        """Rentable area in m², or None when nobody stated it."""
        return self.area_m2("rentable")

    @property
    def available_m2(self) -> Decimal | None:
        """The area that the operator offers now in m², or None when it has not said."""
        return self.area_m2("available")

    def name(self, lang: str) -> str:
        """The name in that language, else in the other one: every listing has at least one."""
        first, second = (self.name_zh, self.name_en) if lang == "zh" else (self.name_en, self.name_zh)
        return first or second or self.id

    def operator(self, lang: str) -> str | None:
        """The operator's name in that language, else in the other one; None when the operator is unknown."""
        first, second = (
            (self.operator_zh, self.operator_en) if lang == "zh" else (self.operator_en, self.operator_zh)
        )
        return first or second


def published_listings(
    session: Session, dataset: str | None = None, ids: Iterable[str] | None = None
) -> list[PublishedListing]:
    """Every listing in print, ordered by id; of one dataset, or only those among `ids`, when asked."""
    if ids is None:
        return [listing for batch in published_in_batches(session, dataset) for listing in batch]
    wanted = sorted(set(ids))
    slices = (wanted[start : start + _AT_A_TIME] for start in range(0, len(wanted), _AT_A_TIME))
    found = (_load(session, part) for part in slices)
    return [listing for batch in found for listing in batch if dataset in (None, listing.dataset)]


def published_in_batches(session: Session, dataset: str | None = None) -> Iterator[list[PublishedListing]]:
    """The same, a few hundred at a time and ordered by id, so that memory stays bounded."""
    after = ""
    while True:
        keys = select(Listing.warehouse_id).where(Listing.state == "published", Listing.warehouse_id > after)
        if dataset is not None:
            keys = keys.join(Warehouse).where(Warehouse.dataset == dataset)
        ids = list(session.scalars(keys.order_by(Listing.warehouse_id).limit(_AT_A_TIME)))
        if not ids:
            return
        yield _load(session, ids)
        after = ids[-1]


def published_places(session: Session) -> list[tuple[str, tuple[float, float] | None]]:
    """The id of every listing in print with its latitude and longitude, None where they are not known."""
    query = (
        select(Listing.warehouse_id, Revision.latitude, Revision.longitude)
        .join(Revision, Listing.published_revision_id == Revision.id)
        .where(Listing.state == "published")
    )
    rows = sorted((id_, latitude, longitude) for id_, latitude, longitude in session.execute(query))
    return [
        (id_, None if latitude is None or longitude is None else (latitude, longitude))
        for id_, latitude, longitude in rows
    ]


def published_listing(session: Session, warehouse_id: str) -> PublishedListing:
    """The one listing in print with that id; raises NotFound("listing.not_found")."""
    found = _load(session, [warehouse_id])
    if not found:
        raise NotFound("listing.not_found", key=warehouse_id[:80])
    return found[0]


def count_published(session: Session, dataset: str) -> int:
    """How many listings of a dataset are in print."""
    query = select(func.count()).select_from(Listing).join(Warehouse)
    return session.scalar(query.where(Listing.state == "published", Warehouse.dataset == dataset)) or 0


def _load(session: Session, ids: list[str]) -> list[PublishedListing]:
    rows = session.execute(_OF_IDS, {"ids": ids}).all()
    stated = _capacity(session, [row[-1] for row in rows])
    found = [_published(row, stated.get(row[-1], ())) for row in rows]
    # Sorted here: the two databases do not collate alike.
    return sorted(found, key=lambda listing: listing.id)


def _capacity(session: Session, revisions: list[int]) -> dict[int, tuple[Statement, ...]]:
    found: dict[int, list[Statement]] = {}
    for revision, *values in session.execute(_STATED_IN, {"revisions": revisions}):
        found.setdefault(revision, []).append(Statement(*values))
    return {revision: tuple(lines) for revision, lines in found.items()}


def _published(row: Row[Any], capacity: tuple[Statement, ...]) -> PublishedListing:
    stated = dict(zip(_FIELDS, row, strict=False))
    if stated["published_at"] is None:
        raise ValueError(f"listing {stated['id']} is published without a date")
    return PublishedListing(capacity=capacity, **stated)
