"""A listing in print as the text it is found by: five fields, its id, and the codes that hold of it.

A service that is False or not stated adds nothing: whoever searches 保税 must never be shown a warehouse that has
said it offers none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.search.text.analysis import Analysed, analyse, analysis_digest, document_tokens
from warehouse_hub.search.text.bm25f import FIELDS, K1, STEPS, Field, impacts_of, share
from warehouse_hub.search.text.concepts import CONCEPT_LISTS, EVERY_LISTING, concept
from warehouse_hub.vocabulary.countries import COUNTRIES, country_label

TEXT_VERSION: Final = 2
# What stands in no field has a term frequency of its own. An id is found by all its parts together and each of them
# alone is a weak word (CA in DEMO-CA-0001 is not California); a code counts as its label does; and what every listing
# is found by says nothing about one.
ID_TF: Final = 1.0
CONCEPT_TF: Final = 2.0
EVERY_LISTING_TF: Final = 0.0
# As many as a large directory has operators or towns that are named again and again; some megabytes.
_REMEMBERED: Final = 8192


@dataclass(frozen=True)
class IndexedText:
    """What is kept of a listing's text: impacts by token, 1 to 255, and the canonical text."""

    id: str
    revision: int
    impacts: Mapping[str, int]
    canonical: str

    @property
    def digest(self) -> int:
        """An unsigned number of 64 bits that tells two texts apart without keeping them.

        The order of the tokens is part of it: it is the same for the same listing in every process.
        """
        said = hashlib.blake2b("\t".join(self.impacts).encode(), digest_size=8)
        said.update(bytes(self.impacts.values()))
        said.update(self.canonical.encode())
        return int.from_bytes(said.digest(), "big")


def fields_of(listing: PublishedListing) -> dict[Field, Analysed]:
    """All five fields with their tokens, repeats kept, and their canonical text; empty where nothing is said."""
    return {
        Field.NAME: _together(listing.name_zh, listing.name_en),
        Field.OPERATOR: _operator(listing.operator_zh, listing.operator_en, listing.operator_parent),
        Field.PLACE: _place(listing.country, listing.subdivision, listing.city, listing.city_zh),
        Field.SERVICES: _joined([_label(kind, code) for kind, code in held_codes(listing)]),
        # The port next to a warehouse is not where it stands: 杜伊斯堡 first finds what is in Duisburg.
        Field.DESCRIPTION: _joined(
            [_surroundings(listing.hub, *listing.systems), _together(listing.address, listing.description)]
        ),
    }


def canonical_text(listing: PublishedListing) -> str:
    """The text in which phrases are looked for, a line for each field and a last one for the id.

    A line is the folded runs of its field joined by single spaces, empty where nothing is said.
    """
    return _canonical(fields_of(listing), analyse(listing.id))


def indexed_text(listing: PublishedListing) -> IndexedText:
    """The tokens of a listing with their impacts, and its canonical text."""
    fields, said_id = fields_of(listing), analyse(listing.id)
    frequencies = _frequencies(fields, said_id, concepts_of(listing))
    impacts = dict(zip(frequencies, impacts_of(frequencies.values()), strict=True))
    return IndexedText(listing.id, listing.revision, impacts, _canonical(fields, said_id))


def term_frequencies(listing: PublishedListing) -> dict[str, float]:
    """The weighted term frequency of every token that a listing is found by, before it is kept as an impact."""
    return _frequencies(fields_of(listing), analyse(listing.id), concepts_of(listing))


def held_codes(listing: PublishedListing) -> list[tuple[str, str]]:
    """The codes that hold of a listing, each with the list it is of."""
    # Services are sorted: databases do not keep the order of the keys alike.
    return [
        *[("service", code) for code in sorted(listing.services) if listing.services[code] is True],
        *[("goods", code) for code in listing.goods],
        *[("platform", code) for code in listing.platforms],
        ("record_class", listing.record_class),
    ]


def concepts_of(listing: PublishedListing) -> list[str]:
    """The concept tokens of a listing."""
    return [
        _concept("country", listing.country),
        *[_concept(kind, code) for kind, code in held_codes(listing)],
    ]


@cache
def fingerprint() -> str:
    """Changes whenever the same listing could give other tokens or impacts: by code, a weight, a label or a library."""
    labels = [(kind, code.code, code.zh, code.en) for kind, codes in CONCEPT_LISTS.items() for code in codes]
    weights = (*FIELDS.items(), K1, STEPS, ID_TF, CONCEPT_TF, EVERY_LISTING_TF, EVERY_LISTING)
    said = repr((TEXT_VERSION, analysis_digest(), weights, labels, list(COUNTRIES)))
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


def _frequencies(
    fields: Mapping[Field, Analysed], said_id: Analysed, concepts: Iterable[str]
) -> dict[str, float]:
    found = dict(_every_listing())
    known = found.get
    for field, (tokens, _) in fields.items():
        part = share(field, len(tokens))
        for token in tokens:
            found[token] = known(token, 0.0) + part
    for token in said_id.tokens:
        found[token] = known(token, 0.0) + ID_TF
    for token in concepts:
        found[token] = CONCEPT_TF
    return found


def _canonical(fields: Mapping[Field, Analysed], said_id: Analysed) -> str:
    return "\n".join([*[text.canonical for text in fields.values()], said_id.canonical])


def _together(*texts: str | None) -> Analysed:
    return _joined([analyse(text) for text in texts if text])


def _joined(texts: Iterable[Analysed]) -> Analysed:
    tokens: list[str] = []
    lines: list[str] = []
    for text in texts:
        if text.canonical:
            tokens += text.tokens
            lines.append(text.canonical)
    return Analysed(tuple(tokens), " ".join(lines))


@lru_cache(_REMEMBERED)
def _operator(*names: str | None) -> Analysed:
    return _together(*names)


@lru_cache(_REMEMBERED)
def _place(country: str, *names: str | None) -> Analysed:
    return _together(country_label(country, "zh"), country_label(country, "en"), *names)


@lru_cache(_REMEMBERED)
def _surroundings(*texts: str | None) -> Analysed:
    return _together(*texts)


@lru_cache(_REMEMBERED)
def _label(kind: str, code: str) -> Analysed:
    codes = CONCEPT_LISTS[kind]
    return _together(codes.label(code, "zh"), codes.label(code, "en"))


_concept = lru_cache(_REMEMBERED)(concept)


@cache
def _every_listing() -> Mapping[str, float]:
    return dict.fromkeys(document_tokens(EVERY_LISTING), EVERY_LISTING_TF)
