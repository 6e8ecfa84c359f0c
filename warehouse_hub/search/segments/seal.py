"""The seal of a commit: feed position, format, segments, and size and checksum of every file that belongs to it.

A commit becomes visible by one rename of the file `current`, which names its seal; everything else was forced to
disk before. So whatever a crash leaves behind, position and files never disagree.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from warehouse_hub.search.freshness.feed_point import FeedPoint

_CHUNK: Final = 1 << 20
_AT_ONCE: Final = 2


class IndexUnusable(Exception):
    """The index is missing, damaged, or of another format: answer from the database and rebuild."""


@dataclass(frozen=True)
class SealedFile:
    """What a file must be: its size in bytes and its CRC-32."""

    size: int
    crc: int


@dataclass(frozen=True)
class SealedSegment:
    """One segment of a commit and the files it consists of."""

    name: str
    rows: int
    files: tuple[str, ...]


@dataclass(frozen=True)
class Seal:
    """One commit. `deleted` names the file with the rows that count no longer, numbered across all segments."""

    number: int
    format: str
    point: FeedPoint
    segments: tuple[SealedSegment, ...]
    deleted: str
    files: Mapping[str, SealedFile]


def write_seal(path: Path, seal: Seal) -> None:
    """Put the seal in place in one step, on disk."""
    content = asdict(seal)
    content["crc"] = zlib.crc32(_canonical(content))
    write_whole(path, json.dumps(content))


def read_seal(path: Path) -> Seal:
    """Raises FileNotFoundError, or IndexUnusable for a seal that was tampered with or is of another version."""
    try:
        content: dict[str, Any] = json.loads(path.read_bytes())
        if content.pop("crc") != zlib.crc32(_canonical(content)):
            raise IndexUnusable("seal damaged")
        segments = (
            SealedSegment(one["name"], one["rows"], tuple(one["files"])) for one in content["segments"]
        )
        files = {name: SealedFile(**facts) for name, facts in content["files"].items()}
        return Seal(
            content["number"],
            content["format"],
            FeedPoint(**content["point"]),
            tuple(segments),
            content["deleted"],
            files,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as broken:
        raise IndexUnusable("seal unreadable") from broken


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that readers see the old text or the new one, also after a power cut."""
    pending = path.with_name(f"{path.name}.pending")
    with pending.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    pending.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def seal_files(folder: Path, names: Iterable[str], known: Mapping[str, SealedFile]) -> dict[str, SealedFile]:
    """Checksum the files not yet known and force them to disk; files of an index never change once written."""
    return {name: known.get(name) or _sealed(folder / name) for name in sorted(set(names))}


class Verifier:
    """Checks files against a seal, each file once as long as its time and size stay as they were."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, int, int, int], int] = {}

    def verify(self, folder: Path, seal: Seal) -> None:
        """Raises IndexUnusable for a file that differs, FileNotFoundError for one that is gone."""
        keys = {name: _facts(folder / name) for name in seal.files}
        unseen = [name for name, key in keys.items() if key not in self._seen]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            found = dict(zip(unseen, pool.map(lambda name: _crc(folder / name), unseen), strict=True))
        seen = {key: found[name] if name in found else self._seen[key] for name, key in keys.items()}
        for name, expected in seal.files.items():
            if keys[name][1] != expected.size or seen[keys[name]] != expected.crc:
                raise IndexUnusable(f"file damaged: {name}")
        self._seen = seen


def _facts(path: Path) -> tuple[str, int, int, int]:
    facts = path.stat()
    return str(path), facts.st_size, facts.st_mtime_ns, facts.st_ino


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
