"""What tests read off a page of results."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

EVERY_FACET = {
    "country",
    "region_set",
    "city",
    "service",
    "goods",
    "platform",
    "record_class",
    "grade",
    "area_band",
}


def opened(client: FlaskClient, **parameters: object) -> str:
    """The page of the demonstration in English, with these parameters."""
    answer = client.get("/", query_string={"dataset": "demo", "lang": "en", **parameters})
    assert answer.status_code == 200
    return answer.text


def understood(page: str) -> str:
    """The part that tells what is searched for, each condition a chip to be taken off."""
    return re.search(r'id="understood"[^>]*>(.*?)<section', page, re.DOTALL)[1]


def cards(page: str) -> list[str]:
    """The ids of the listings, in their order."""
    return re.findall(r'data-card="([^"]+)"', page)
