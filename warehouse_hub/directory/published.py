"""What is in print: the published wording of every listing, as values for search, matching, catalogue and pages.

Nothing here ever shows a draft; whoever needs one asks `listings`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import and_, bindparam, exists, func, select
from sqlalchemy.orm import Session

from warehouse_hub.core.errors import NotFound
from warehouse_hub.directory.models import CapacityStatement, Listing, Operator, Revision, Warehouse
from warehouse_hub.directory.revisions import FACT_FIELDS, STATEMENT_FIELDS
from warehouse_hub.directory.rules.facts import ListingFacts, Statement

_AT_A_TIME = 500
# Of the tables and not of their entities, and built once: a search that has to catch up waits for this statement, and
# preparing entities or keeping an identity map costs more than the reading.
_LISTING, _REVISION, _WAREHOUSE, _OPERATOR, _STATEMENT = (
    entity.__table__.c for entity in (Listing, Revision, Warehouse, Operator, CapacityStatement)
)
# What a listing has beside its facts, by field.
_BESIDE: Final = {
    "id": _WAREHOUSE.id,
    "dataset": _WAREHOUSE.dataset,
    "revision": _REVISION.number,
    "published_at": _LISTING.published_at,
    "site_group": _WAREHOUSE.site_group,
    "operator_id": _WAREHOUSE.operator_id,
    "operator_zh": _OPERATOR.name_zh,
    "operator_en": _OPERATOR.name_en,
    "operator_parent": _OPERATOR.parent,
    "enterprise_group": _OPERATOR.enterprise_group,
    "home_district": _OPERATOR.home_district,
}
_FIELDS: Final = (*FACT_FIELDS, *_BESIDE)
_PLACE: Final = (_LISTING.warehouse_id, _STATEMENT.position)
_PRINTED: Final = (*(_REVISION[name] for name in FACT_FIELDS), *_BESIDE.values())
_STATED: Final = tuple(_STATEMENT[name] for name in STATEMENT_FIELDS)
# Where in a row the listing begins, and a capacity statement.
_PRINTED_FROM: Final = len(_PLACE)
_STATED_FROM: Final = _PRINTED_FROM + len(_PRINTED)
_EARLIER: Final = CapacityStatement.__table__.alias()
_IS_FIRST: Final = ~exists().where(
    _EARLIER.c.revision_id == _STATEMENT.revision_id, _EARLIER.c.position < _STATEMENT.position
)
# A row for every capacity statement, and one for what has none. The facts stand in the first row only: to make values
# of them takes longer than all the rest.
_OF_IDS: Final = (
    select(*_PLACE, *_PRINTED, *_STATED)
    .select_from(Listing.__table__)
    .join(Warehouse.__table__, _WAREHOUSE.id == _LISTING.warehouse_id)
    .outerjoin(Operator.__table__, _OPERATOR.id == _WAREHOUSE.operator_id)
    .outerjoin(CapacityStatement.__table__, _STATEMENT.revision_id == _LISTING.published_revision_id)
    .outerjoin(Revision.__table__, and_(_REVISION.id == _LISTING.published_revision_id, _IS_FIRST))
    .where(
        _LISTING.state == "published",
        _LISTING.published_revision_id.is_not(None),
        _LISTING.warehouse_id.in_(bindparam("ids", expanding=True)),
    )
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


def published_at_site(session: Session, listing: PublishedListing, most: int) -> list[PublishedListing]:
    """The first `most` other listings in print whose warehouses share a building or a project with that one, by id."""
    if listing.site_group is None:
        return []
    sharing = (
        select(Warehouse.id)
        .join(Listing)
        .where(Warehouse.site_group == listing.site_group, Warehouse.dataset == listing.dataset)
        .where(Warehouse.id != listing.id, Listing.state == "published")
        .order_by(Warehouse.id)
        .limit(most)
    )
    return published_listings(session, ids=session.scalars(sharing))


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
    # Sorted here: the two databases do not collate alike.
    rows = sorted(session.execute(_OF_IDS, {"ids": ids}), key=_place)
    return [_published(list(of_one)) for _, of_one in groupby(rows, key=itemgetter(0))]


def _place(row: Sequence[Any]) -> tuple[str, int]:
    return row[0], row[1] or 0


def _published(rows: Sequence[Sequence[Any]]) -> PublishedListing:
    said = dict(zip(_FIELDS, rows[0][_PRINTED_FROM:_STATED_FROM], strict=True))
    if said["published_at"] is None:
        raise ValueError(f"listing {said['id']} is published without a date")
    capacity = tuple(Statement(*row[_STATED_FROM:]) for row in rows if row[1] is not None)
    return PublishedListing(capacity=capacity, **said)
