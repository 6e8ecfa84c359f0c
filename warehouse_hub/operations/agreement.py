"""Do database, index and files agree? The database is right; the others can be made from it again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from warehouse_hub.accounts.permissions import DATASETS
from warehouse_hub.catalogue.keeping import check_files, restore_files
from warehouse_hub.catalogue.service import editions
from warehouse_hub.core.database import Database
from warehouse_hub.search.freshness import agreement as search_agreement
from warehouse_hub.settings import Settings


@dataclass(frozen=True)
class Difference:
    """One disagreement: in which part ("text", "columns", "edition"), what kind, about which key."""

    part: str
    kind: str
    key: str | None
    detail: str


def differences(database: Database, settings: Settings) -> list[Difference]:
    """Everything in which the index or an edition's folder differs from the database; reads all of it."""
    found = [
        Difference(one.part, one.kind, one.id, one.detail)
        for one in search_agreement.differences(database, settings.index_dir)
    ]
    with database.reading() as session:
        for number in _published(session):
            wrong = check_files(session, number, editions_dir=settings.editions_dir)
            found += [Difference("edition", one.code, number, one.name) for one in wrong]
    return found


def repair(database: Database, settings: Settings) -> None:
    """Rebuild the index, and make every lost or damaged edition folder again from its frozen text.

    Raises Conflict("search.index_busy" | "edition.not_reproducible" | "edition.content_altered").
    """
    search_agreement.repair(database, settings.index_dir)
    with database.reading() as session:
        for number in _published(session):
            restore_files(session, number, editions_dir=Path(settings.editions_dir))


def _published(session: Session) -> list[str]:
    return [edition.number for dataset in DATASETS for edition in editions(session, dataset)]
