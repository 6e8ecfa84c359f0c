"""The manifest of a published folder: the SHA-256 and the size of every other file in it, and their check.

The one thing a reader would get wrong: a manifest proves that a folder is whole and unaltered, not who made it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse_hub.press.freeze import digest, frozen

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
_ALGORITHM = "SHA-256"


@dataclass(frozen=True)
class Discrepancy:
    """One way in which a folder differs from its manifest.

    `code` is "manifest.missing", "manifest.unreadable", "file.missing", "file.extra", "file.size" or "file.hash".
    """

    code: str
    name: str
    expected: str | None = None
    found: str | None = None


def manifest_bytes(publication: str, files: Mapping[str, bytes], **facts: Any) -> bytes:
    """The manifest of `files` (name to content) as JSON, with `facts` about the publication beside."""
    listed = [
        {"name": name, "sha256": digest(content), "size": len(content)}
        for name, content in sorted(files.items())
    ]
    document = {"publication": publication, **frozen(facts), "algorithm": _ALGORITHM, "files": listed}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def verify(folder: Path) -> list[Discrepancy]:
    """Everything in which `folder` differs from its own manifest; empty means whole and unaltered.

    Needs no database. A file that the manifest does not name is a discrepancy too; only a signature may stand
    beside it.
    """
    try:
        content = (folder / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return [Discrepancy("manifest.missing", MANIFEST)]
    listed = _listed(content)
    if listed is None:
        return [Discrepancy("manifest.unreadable", MANIFEST)]
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}
    extra = found - set(listed) - {MANIFEST, SIGNATURE}
    wrong = [_compare(folder / name, name, *listed[name]) for name in sorted(listed)]
    return [each for each in wrong if each] + [Discrepancy("file.extra", name) for name in sorted(extra)]


def _listed(content: bytes) -> dict[str, tuple[str, int]] | None:
    """name -> (hash, size), or None when the manifest is not one that we write."""
    try:
        document = json.loads(content)
        listed = {str(row["name"]): (str(row["sha256"]), int(row["size"])) for row in document["files"]}
    except (ValueError, KeyError, TypeError):
        return None
    # A name is a plain file beside the manifest: never a way out of the folder.
    plain = all(name and Path(name).name == name for name in listed)
    return listed if plain and document.get("algorithm") == _ALGORITHM else None


def _compare(path: Path, name: str, expected: str, size: int) -> Discrepancy | None:
    if not path.is_file():
        return Discrepancy("file.missing", name)
    found_size = path.stat().st_size
    if found_size != size:
        return Discrepancy("file.size", name, str(size), str(found_size))
    with path.open("rb") as content:
        found = hashlib.file_digest(content, "sha256").hexdigest()
    return None if found == expected else Discrepancy("file.hash", name, expected, found)
