"""A listing in print as the text it is found by.

A service that is False or not stated adds nothing: whoever searches 保税 must never be shown a warehouse that has
said it offers none.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.search.analysis import ANALYSIS_VERSION, document_tokens
from warehouse_hub.search.reading import CONCEPT_LISTS, EVERY_LISTING, concept
from warehouse_hub.vocabulary.codes import Code, CodeList
from warehouse_hub.vocabulary.countries import COUNTRIES, country_label

DOCUMENT_VERSION: Final = 1
# A word of a name counts as often as it would in a description that repeats it so many times.
NAME, ID, OPERATOR, PLACE, LABEL, REST = 4, 4, 3, 3, 2, 1
MOST_TIMES: Final = 255


@dataclass(frozen=True)
class IndexedText:
    """Weighted token counts of one listing; `digest` tells two texts apart without keeping them."""

    id: str
    revision: int
    tokens: Mapping[str, int]

    @property
    def length(self) -> int:
        return sum(self.tokens.values())

    @property
    def digest(self) -> str:
        lines = "\n".join(f"{token}\t{count}" for token, count in sorted(self.tokens.items()))
        return hashlib.blake2b(lines.encode(), digest_size=6).hexdigest()


def indexed_text(listing: PublishedListing) -> IndexedText:
    """The tokens of a listing with their weights, each at most 255."""
    counts: Counter[str] = Counter()
    for text, weight in _texts(listing):
        for token in document_tokens(text):
            counts[token] += weight
    counts.update(_concepts(listing))
    tokens = {token: min(count, MOST_TIMES) for token, count in counts.items()}
    return IndexedText(listing.id, listing.revision, tokens)


@cache
def fingerprint() -> str:
    """Changes whenever the same listing could give other tokens: code, weights, or a label of the vocabulary."""
    labels = [repr((kind, code)) for kind, codes in CONCEPT_LISTS.items() for code in codes]
    countries = [repr(country) for country in COUNTRIES]
    weights = (NAME, ID, OPERATOR, PLACE, LABEL, REST, MOST_TIMES, EVERY_LISTING)
    said = "\n".join([repr((ANALYSIS_VERSION, DOCUMENT_VERSION, weights)), *labels, *countries])
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


def _texts(listing: PublishedListing) -> Iterator[tuple[str, int]]:
    yield listing.id, ID
    yield EVERY_LISTING, REST
    yield from _weighted(NAME, listing.name_zh, listing.name_en)
    yield from _weighted(OPERATOR, listing.operator_zh, listing.operator_en, listing.operator_parent)
    yield country_label(listing.country, "zh"), PLACE
    yield country_label(listing.country, "en"), PLACE
    yield from _weighted(PLACE, listing.subdivision, listing.city, listing.city_zh, listing.hub)
    yield from _weighted(REST, listing.address, listing.description, *listing.systems)
    for kind, code in _held(listing):
        for lang in ("zh", "en"):
            yield _list(kind).label(code, lang), LABEL


def _weighted(weight: int, *texts: str | None) -> Iterator[tuple[str, int]]:
    return ((text, weight) for text in texts if text)


def _held(listing: PublishedListing) -> Iterator[tuple[str, str]]:
    """The codes that hold of a listing, with the list they are of."""
    yield from (("service", code) for code, stated in listing.services.items() if stated is True)
    yield from (("goods", code) for code in listing.goods)
    yield from (("platform", code) for code in listing.platforms)
    yield "record_class", listing.record_class


def _concepts(listing: PublishedListing) -> list[str]:
    return [concept("country", listing.country), *(concept(kind, code) for kind, code in _held(listing))]


def _list(kind: str) -> CodeList[Code]:
    return CONCEPT_LISTS[kind]
