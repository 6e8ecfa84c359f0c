"""The seal of a commit: feed position, format, and size and checksum of every file that belongs to it.

It is written before the table of contents that makes the commit visible and is found by that table's generation,
so whichever of the two a crash leaves behind, position and files never disagree. Whoosh itself neither checks its
files nor forces them to disk.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from warehouse_hub.search.feed_point import FeedPoint
from warehouse_hub.search.text_index import TextIndexUnusable

_CHUNK: Final = 1 << 20


@dataclass(frozen=True)
class SealedFile:
    """What a file must be: its size in bytes and its CRC-32."""

    size: int
    crc: int


@dataclass(frozen=True)
class Seal:
    """What one generation of the index consists of, and how far along the feed it is."""

    format: str
    point: FeedPoint
    files: dict[str, SealedFile]


def seal_path(folder: Path, generation: int) -> Path:
    return folder / f"seal-{generation}.json"


def seal_files(folder: Path, names: Iterable[str], known: dict[str, SealedFile]) -> dict[str, SealedFile]:
    """Checksum the files not yet known and force them to disk; files of an index never change once written."""
    return {name: known.get(name) or _sealed(folder / name) for name in sorted(names)}


def write_seal(path: Path, seal: Seal) -> None:
    """Put the seal in place in one step, on disk."""
    content = asdict(seal)
    content["crc"] = zlib.crc32(_canonical(content))
    write_whole(path, json.dumps(content))


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that readers see the old text or the new one, also after a power cut."""
    pending = path.with_name(f"{path.name}.pending")
    with pending.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    pending.replace(path)


def read_seal(path: Path) -> Seal:
    """Raises FileNotFoundError, or TextIndexUnusable for a seal that was tampered with or is of another version."""
    try:
        content: dict[str, Any] = json.loads(path.read_bytes())
        if content.pop("crc") != zlib.crc32(_canonical(content)):
            raise TextIndexUnusable("seal damaged")
        files = {name: SealedFile(**facts) for name, facts in content["files"].items()}
        return Seal(content["format"], FeedPoint(**content["point"]), files)
    except (ValueError, KeyError, TypeError, AttributeError) as broken:
        raise TextIndexUnusable("seal unreadable") from broken


class Verifier:
    """Checks files against a seal, each file once as long as its time and size stay as they were."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, int, int, int], int] = {}

    def verify(self, folder: Path, seal: Seal) -> None:
        """Raises TextIndexUnusable for a file that differs, FileNotFoundError for one that is gone."""
        seen: dict[tuple[str, int, int, int], int] = {}
        for name, expected in seal.files.items():
            facts = (folder / name).stat()
            key = (str(folder / name), facts.st_size, facts.st_mtime_ns, facts.st_ino)
            seen[key] = self._seen[key] if key in self._seen else _crc(folder / name)
            if facts.st_size != expected.size or seen[key] != expected.crc:
                raise TextIndexUnusable(f"file damaged: {name}")
        self._seen = seen


def _canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True).encode()


def _sealed(path: Path) -> SealedFile:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
    return SealedFile(path.stat().st_size, _crc(path))


def _crc(path: Path) -> int:
    crc = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            crc = zlib.crc32(chunk, crc)
    return crc
