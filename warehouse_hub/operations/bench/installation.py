"""A directory in a folder of its own, filled with a sample; never the installation that the environment names.

Rows go in as `mass_publication.publish_many` would leave them, but without its comparisons with what stands already,
which a first load of a million does not need, and without audit lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from warehouse_hub.core.database import Database
from warehouse_hub.core.migration import migrate
from warehouse_hub.core.unit_of_work import UnitOfWork
from warehouse_hub.directory.listings import FEED_TOPIC
from warehouse_hub.directory.models import CapacityStatement, Listing, Operator, Revision, Warehouse
from warehouse_hub.directory.revisions import FACT_FIELDS, STATEMENT_FIELDS
from warehouse_hub.directory.rules.facts import ListingFacts
from warehouse_hub.operations.bench.bulk_rows import BulkRows

DATASET: Final = "demo"
OPERATORS: Final = 400
NOW: Final = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
_AT_A_TIME: Final = 5000
_BESIDE_FACTS: Final = ("id", "warehouse_id", "number", "state", "created_at", "decided_at")

Sample = Iterable[tuple[str, ListingFacts]]


def standing_still() -> datetime:
    """The clock of every benchmark."""
    return NOW


@contextmanager
def temporary_directory(sample: Sample = ()) -> Iterator[tuple[Database, Path]]:
    """A migrated SQLite database with the sample in print, and the folder that it stands in; gone afterwards."""
    with TemporaryDirectory(prefix="warehouse-hub-bench-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'hub.sqlite'}")
        try:
            migrate(database)
            put_in_print(database, sample)
            yield database, Path(folder)
        finally:
            database.dispose()


def put_in_print(database: Database, sample: Sample) -> None:
    """Add the listings of a sample, which the directory must not hold yet, to the demonstration dataset.

    A few thousand a commit, so memory stays bounded; half a minute for 100,000, five for a million.
    """
    left = iter(sample)
    while part := list(islice(left, _AT_A_TIME)):
        with database.unit_of_work(standing_still) as uow:
            _insert_operators(uow.session)
            _insert(uow, part)


def operator_of(number: int) -> str:
    """The operator of the sample's listing with that number."""
    return f"BENCH-OP-{number % OPERATORS}"


def _insert_operators(session: Session) -> None:
    if session.get(Operator, operator_of(0)) is not None:
        return
    rows = [
        {
            "id": operator_of(number),
            "dataset": DATASET,
            "name_zh": f"示例企业{number}",
            "name_en": f"Demo Operator {number}",
            "enterprise_group": f"BENCH-G-{number}",
            "home_district": ("airport", "economic_development", "jinshui")[number % 3],
            "created_at": NOW,
        }
        for number in range(OPERATORS)
    ]
    session.execute(insert(Operator), rows)


def _insert(uow: UnitOfWork, part: list[tuple[str, ListingFacts]]) -> None:
    session = uow.session
    first = (session.scalar(select(func.max(Revision.id))) or 0) + 1
    numbered = [(first + place, key, facts) for place, (key, facts) in enumerate(part)]
    connection = session.connection()
    BulkRows(connection, Warehouse, ("id", "dataset", "operator_id", "created_at")).add(
        (key, DATASET, operator_of(number), NOW) for number, key, _ in numbered
    )
    BulkRows(connection, Revision, (*_BESIDE_FACTS, *FACT_FIELDS)).add(
        (number, key, 1, "accepted", NOW, NOW, *(getattr(facts, name) for name in FACT_FIELDS))
        for number, key, facts in numbered
    )
    BulkRows(connection, CapacityStatement, ("revision_id", "position", *STATEMENT_FIELDS)).add(
        (number, position, *(getattr(line, name) for name in STATEMENT_FIELDS))
        for number, _, facts in numbered
        for position, line in enumerate(facts.capacity)
    )
    listed = ("warehouse_id", "state", "published_revision_id", "published_at", "version")
    BulkRows(connection, Listing, listed).add(
        (key, "published", number, NOW, 1) for number, key, _ in numbered
    )
    for _, key, _ in numbered:
        uow.changed(FEED_TOPIC, key, DATASET)
