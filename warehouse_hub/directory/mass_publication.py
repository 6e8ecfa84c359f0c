"""Put wordings in print at once, without a review: the path of imports and bundled data.

The one thing to get wrong: a warehouse that is out of print (suspended, withdrawn) must not come back because it
still stands in somebody's file; nor may a bundled file overwrite what people have since worded themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.exc import StaleDataError

from warehouse_hub.accounts.permissions import Actor, Remit
from warehouse_hub.accounts.service import record
from warehouse_hub.core.errors import Conflict, InvalidInput
from warehouse_hub.core.unit_of_work import UnitOfWork
from warehouse_hub.directory.listings import FEED_TOPIC
from warehouse_hub.directory.models import Listing, Revision, Warehouse
from warehouse_hub.directory.revisions import facts_of, write_facts
from warehouse_hub.directory.rules.facts import ListingFacts, changes_between, problems_of

_AT_A_TIME = 500


class Standing(StrEnum):
    """How a wording stands to what the directory holds already."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OUT_OF_PRINT = "out_of_print"
    OTHER_DATASET = "other_dataset"


@dataclass(frozen=True)
class Wording:
    """What is to stand in print for one warehouse. `operator_id` None leaves an operator that is known already."""

    warehouse_id: str
    facts: ListingFacts
    operator_id: str | None = None
    site_group: str | None = None


def standings(uow: UnitOfWork, wordings: Sequence[Wording], *, dataset: str) -> dict[str, Standing]:
    """How each wording stands, by warehouse id; reads only."""
    found: dict[str, Standing] = {}
    for part in _slices(wordings):
        held = _held(uow, part)
        found.update(
            (each.warehouse_id, _standing(held.get(each.warehouse_id), each, dataset)) for each in part
        )
    return found


def publish_many(uow: UnitOfWork, wordings: Sequence[Wording], *, dataset: str, actor: Actor) -> None:
    """Put every new or changed wording in print and tell the change feed; an unchanged one is not touched.

    Raises Forbidden, InvalidInput("listing.refused") with every problem before anything is written, and Conflict
    ("listing.out_of_print" | "warehouse.other_dataset" | "listing.changed_meanwhile").
    """
    actor.must("import_listings", Remit(dataset))
    if problems := [problem for each in wordings for problem in problems_of(each.facts)]:
        raise InvalidInput("listing.refused", problems)
    for part in _slices(wordings):
        held = _held(uow, part)
        numbers = _last_numbers(uow, held)
        try:
            held |= _enter_new(uow, [each for each in part if each.warehouse_id not in held], dataset)
            for each in part:
                last = numbers.get(each.warehouse_id, 0)
                _publish(uow, each, held[each.warehouse_id], last, dataset=dataset, actor=actor)
            uow.session.flush()
        except (IntegrityError, StaleDataError):
            raise Conflict("listing.changed_meanwhile", key=part[0].warehouse_id) from None


def _enter_new(uow: UnitOfWork, wordings: Sequence[Wording], dataset: str) -> dict[str, Listing]:
    """Warehouses that the directory has not, written before the revisions that refer to them; and their listings.

    The listings are not written yet: they would be written once without and once with their revision.
    """
    warehouses = [
        Warehouse(
            id=each.warehouse_id,
            dataset=dataset,
            operator_id=each.operator_id,
            site_group=each.site_group,
            created_at=uow.now(),
        )
        for each in wordings
    ]
    uow.session.add_all(warehouses)
    uow.session.flush()
    listings = [Listing(warehouse=each, state="draft", version=0) for each in warehouses]
    uow.session.add_all(listings)
    return {listing.warehouse.id: listing for listing in listings}


def _publish(
    uow: UnitOfWork, wording: Wording, listing: Listing, last: int, *, dataset: str, actor: Actor
) -> None:
    standing = _standing(listing, wording, dataset)
    if standing is Standing.UNCHANGED:
        return
    if standing is Standing.OUT_OF_PRINT:
        raise Conflict("listing.out_of_print", key=wording.warehouse_id)
    if standing is Standing.OTHER_DATASET:
        raise Conflict("warehouse.other_dataset", key=wording.warehouse_id)
    at = uow.now()
    listing.warehouse.site_group = wording.site_group
    listing.warehouse.operator_id = wording.operator_id or listing.warehouse.operator_id
    revision = Revision(
        warehouse_id=wording.warehouse_id,
        number=last + 1,
        state="accepted",
        author_id=actor.id,
        created_at=at,
        decided_by=actor.id,
        decided_at=at,
    )
    write_facts(revision, wording.facts)
    uow.session.add(revision)
    listing.state, listing.published_revision, listing.published_at = "published", revision, at
    listing.version += 1
    uow.changed(FEED_TOPIC, wording.warehouse_id, dataset)
    record(uow, actor, "listing.import", wording.warehouse_id, dataset, revision=revision.number)


def _standing(listing: Listing | None, wording: Wording, dataset: str) -> Standing:
    if listing is None:
        return Standing.NEW
    if listing.dataset != dataset:
        return Standing.OTHER_DATASET
    if listing.state in {"suspended", "withdrawn"}:
        return Standing.OUT_OF_PRINT
    published = listing.published_revision
    same = (
        published is not None
        and wording.operator_id in (None, listing.operator_id)
        and wording.site_group == listing.warehouse.site_group
        and not changes_between(facts_of(published), wording.facts)
    )
    return Standing.UNCHANGED if same else Standing.CHANGED


def worded_by_people(uow: UnitOfWork, ids: Sequence[str]) -> frozenset[str]:
    """Those among `ids` that a person has touched: worded, drafted, suspended or withdrawn."""
    found: set[str] = set()
    for start in range(0, len(ids), _AT_A_TIME):
        query = (
            select(Listing.warehouse_id)
            .outerjoin(Revision, Listing.published_revision_id == Revision.id)
            .where(Listing.warehouse_id.in_(ids[start : start + _AT_A_TIME]))
            .where((Listing.state != "published") | Revision.author_id.is_not(None))
        )
        found.update(uow.session.scalars(query))
    return frozenset(found)


def _held(uow: UnitOfWork, wordings: Sequence[Wording]) -> dict[str, Listing]:
    query = (
        select(Listing)
        .where(Listing.warehouse_id.in_([each.warehouse_id for each in wordings]))
        .options(
            selectinload(Listing.warehouse),
            selectinload(Listing.published_revision).selectinload(Revision.capacity),
        )
    )
    return {listing.warehouse_id: listing for listing in uow.session.scalars(query)}


def _last_numbers(uow: UnitOfWork, held: Mapping[str, Listing]) -> dict[str, int]:
    query = (
        select(Revision.warehouse_id, func.max(Revision.number))
        .where(Revision.warehouse_id.in_(list(held)))
        .group_by(Revision.warehouse_id)
    )
    return {row[0]: row[1] for row in uow.session.execute(query)} if held else {}


def _slices(wordings: Sequence[Wording]) -> Iterator[Sequence[Wording]]:
    for start in range(0, len(wordings), _AT_A_TIME):
        yield wordings[start : start + _AT_A_TIME]
