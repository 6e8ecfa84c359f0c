"""Keep published editions whole on disk: compare their folders with the record, and make a lost one again.

The one thing a reader would get wrong: a folder that agrees with its own manifest can still be the wrong one; what
it has to agree with is the record in the database.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from warehouse_hub.catalogue.files import files_of
from warehouse_hub.catalogue.service import edition, intact_text
from warehouse_hub.core.errors import Conflict
from warehouse_hub.press.folder import place_folder
from warehouse_hub.press.freeze import digest
from warehouse_hub.press.manifest import Discrepancy, verify


def check_files(session: Session, number: str, *, editions_dir: Path) -> list[Discrepancy]:
    """How the folder of a published edition differs from its manifest and from the record; empty when it does not."""
    found = edition(session, number)
    folder = editions_dir / found.number
    wrong = verify(folder)
    if wrong:
        return wrong
    # The folder agrees with itself; a folder that was replaced as a whole does not agree with the record.
    on_disk = {file.name: _hash_of(folder / file.name) for file in found.files}
    return [
        Discrepancy("file.hash", file.name, file.sha256, on_disk[file.name])
        for file in found.files
        if on_disk[file.name] != file.sha256
    ]


def restore_files(session: Session, number: str, *, editions_dir: Path) -> bool:
    """Make the folder of a published edition again where it is missing or damaged; True when it was.

    The files are made from the frozen text and must have the recorded hashes: when they have not (another version
    of a library, an altered record), nothing is written. Raises Conflict("edition.not_reproducible" |
    "edition.content_altered") and NotFound("edition.not_found").
    """
    found = edition(session, number)
    if not check_files(session, number, editions_dir=editions_dir):
        return False
    if found.published_at is None:
        raise ValueError(f"edition {number} is published without a date")
    files = files_of(intact_text(found), published_at=found.published_at)
    recorded = {file.name: file.sha256 for file in found.files}
    made = {name: digest(content) for name, content in files.items()}
    if made != recorded:
        names = sorted(name for name in made.keys() | recorded.keys() if made.get(name) != recorded.get(name))
        raise Conflict("edition.not_reproducible", number=number, files=names)
    place_folder(editions_dir / found.number, files)
    return True


def _hash_of(path: Path) -> str | None:
    return digest(path.read_bytes()) if path.is_file() else None
