"""Put a whole folder in place at once: whoever looks sees all of it or none of it, also after a power cut.

The one thing a reader would get wrong: a rename cannot replace a folder that has files, so an older folder of the
same name is moved aside first; between the two renames there is none, which its readers treat as "not there yet".
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_PARTIAL = ".partial-"
_REPLACED = ".replaced-"
_LOCK = ".lock"


def place_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Make `target` a folder with exactly `files` (plain names to contents), atomically and durably.

    Everything is written beside it, flushed to disk, then renamed. A run that was killed leaves a hidden sibling
    that the next run for the same folder sweeps away. Two runs for one folder take turns. Raises ValueError for a
    name that is not a plain file name and OSError when the disk refuses; then `target` is as it was.
    """
    for name in files:
        if Path(name).name != name or name.startswith("."):
            raise ValueError(f"{name!r} is not a plain file name")
    target.parent.mkdir(parents=True, exist_ok=True)
    with _turn(target):
        sweep(target)
        partial = Path(tempfile.mkdtemp(prefix=f".{target.name}{_PARTIAL}", dir=target.parent))
        try:
            for name, content in files.items():
                _write(partial / name, content)
            partial.chmod(0o755)  # mkdtemp makes it private; editions are read by the web server
            _flush_folder(partial)
            _rename(partial, target)
        finally:
            shutil.rmtree(partial, ignore_errors=True)


def sweep(target: Path) -> list[Path]:
    """Remove what killed runs for `target` left beside it; returns what was there.

    Only for a caller that holds the turn, or knows that nobody is writing.
    """
    marks = (f".{target.name}{_PARTIAL}", f".{target.name}{_REPLACED}")
    left = sorted(path for path in target.parent.iterdir() if path.name.startswith(marks))
    for path in left:
        shutil.rmtree(path)
    return left


@contextmanager
def _turn(target: Path) -> Iterator[None]:
    # The kernel gives the lock back when its holder is killed; the file itself stays and means nothing.
    with (target.parent / f".{target.name}{_LOCK}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _rename(partial: Path, target: Path) -> None:
    replaced = target.parent / f"{partial.name.replace(_PARTIAL, _REPLACED)}"
    moved = target.exists()
    if moved:
        target.rename(replaced)
    try:
        partial.rename(target)
    except OSError:
        if moved:
            replaced.rename(target)
        raise
    _flush_folder(target.parent)
    shutil.rmtree(replaced, ignore_errors=True)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
