"""Judged needs: a text with what should be read from it, and the score of a reading over many."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from warehouse_hub.matching.f1 import Score, score
from warehouse_hub.matching.reading import read_needs

TODAY = date(2026, 11, 23)
_HERE = Path(__file__).parent


def judged(name: str) -> Iterator[dict[str, Any]]:
    """The judged needs of a file beside this one."""
    for line in (_HERE / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def read(text: str) -> list[dict[str, Any]]:
    """The needs in a text, as JSON."""
    return [need.to_json() for need in read_needs(text, today=TODAY).needs]


def the_need(text: str) -> dict[str, Any]:
    """The one need in a text, its places by name."""
    (need,) = read(text)
    return need | {"places": [place["name"] for place in need.get("places", [])]}


def score_of(name: str) -> Score:
    """The score over a file of judged needs."""
    return sum((score(read(each["text"]), each["expect"]) for each in judged(name)), Score())
