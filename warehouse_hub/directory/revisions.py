"""Between a listing's facts (a value) and its revision (a row): the only place where the two are mapped."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from sqlalchemy import func, select

from warehouse_hub.core.unit_of_work import UnitOfWork
from warehouse_hub.directory.models import CapacityStatement, Listing, Revision
from warehouse_hub.directory.rules.facts import ListingFacts, Statement

STATEMENT_FIELDS = tuple(spec.name for spec in fields(Statement))
FACT_FIELDS = tuple(spec.name for spec in fields(ListingFacts) if spec.name != "capacity")


def facts_of(revision: Revision) -> ListingFacts:
    """The facts that a revision states."""
    statements = tuple(statement_of(line) for line in revision.capacity)
    return ListingFacts(capacity=statements, **{name: getattr(revision, name) for name in FACT_FIELDS})


def statement_of(line: CapacityStatement) -> Statement:
    """A stored capacity statement as a value."""
    return Statement(**{name: getattr(line, name) for name in STATEMENT_FIELDS})


def write_facts(revision: Revision, facts: ListingFacts) -> None:
    """Make the revision state these facts, whatever it stated before."""
    for name in FACT_FIELDS:
        value = getattr(facts, name)
        setattr(revision, name, dict(value) if name in {"services", "evidence"} else value)
    revision.capacity = [
        CapacityStatement(position=position, **{name: getattr(line, name) for name in STATEMENT_FIELDS})
        for position, line in enumerate(facts.capacity)
    ]


def next_revision(
    uow: UnitOfWork, listing: Listing, facts: ListingFacts, *, state: str, author_id: int | None, at: datetime
) -> Revision:
    """Add the next revision of a listing, in that state."""
    last = uow.session.scalar(
        select(func.max(Revision.number)).where(Revision.warehouse_id == listing.warehouse_id)
    )
    revision = Revision(
        warehouse_id=listing.warehouse_id,
        number=(last or 0) + 1,
        state=state,
        author_id=author_id,
        created_at=at,
    )
    write_facts(revision, facts)
    uow.session.add(revision)
    uow.session.flush()
    return revision
