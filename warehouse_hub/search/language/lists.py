"""The word lists of this folder: entries parted by | and line ends; a line that begins with # is a remark."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, Literal

from warehouse_hub.search.text.analysis import fold

_FOLDER: Final = Path(__file__).parent


@cache
def word_list(name: Literal["talk", "everyday", "negation", "needless"]) -> frozenset[str]:
    """The folded entries of a list."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    entries = (entry.strip() for line in lines if not line.startswith("#") for entry in line.split("|"))
    return frozenset(fold(entry) for entry in entries if entry)
