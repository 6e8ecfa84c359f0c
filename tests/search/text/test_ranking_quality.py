"""Known answers come first: thousands of searches of the two bundled directories whose right answers follow from facts.

Only searches that something wrong matches too say anything about weights; the others are right in any order.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from builders import noon

from warehouse_hub.core.database import Database
from warehouse_hub.core.migration import migrate
from warehouse_hub.directory.published import PublishedListing, published_listings
from warehouse_hub.operations.bundled.loading import load_demo, load_real
from warehouse_hub.search.text.analysis import fold, pairs, runs
from warehouse_hub.search.text.bm25f import (
    CONCEPT_WEIGHT,
    FIELDS,
    GRADE_POINTS,
    Field,
    Weighing,
    score_table,
)
from warehouse_hub.search.text.concepts import concept
from warehouse_hub.search.text.fields import canonical_text, fields_of, indexed_text
from warehouse_hub.vocabulary.codes import EVIDENCE_GRADES, GOODS_CLASSES, PLATFORMS, SERVICES
from warehouse_hub.vocabulary.countries import country_label

LANGS = ("zh", "en")
CODES = {"service": SERVICES, "goods": GOODS_CLASSES, "platform": PLATFORMS}
# The reader of queries leaves these out beside other words.
HABIT = frozenset(
    (
        "海外仓",
        "海外仓库",
        "仓库",
        "仓储",
        "overseas",
        "warehouse",
        "warehouses",
        "warehousing",
        "and",
        "for",
        "of",
    )
)
Right = Callable[[PublishedListing], bool]


@dataclass(frozen=True)
class Search:
    """What is typed: texts, some of which name a code; `right` tells its answers."""

    kind: str
    said: tuple[tuple[str, str | None], ...]
    right: Right


class Directory:
    """One dataset, searched by going through the impacts of every listing."""

    def __init__(self, listings: list[PublishedListing]) -> None:
        self.searches = searches(listings)
        self.right = [
            np.fromiter(map(search.right, listings), np.bool_, len(listings)) for search in self.searches
        ]
        self.listings = listings
        self._points = np.array(
            [GRADE_POINTS[EVIDENCE_GRADES.codes.index(listing.grade)] for listing in listings], np.int64
        )
        # Equals in an order that has nothing to do with what is right.
        self._tie = np.array([hashlib.blake2b(listing.id.encode()).digest()[0] for listing in listings])

    def hits(self) -> Iterator[tuple[Search, np.ndarray, int]]:
        """Every search with whether each of its results, the best first, is right, and how many are right at all."""
        impacts: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(len(self.listings), np.uint8))
        for row, listing in enumerate(self.listings):
            for token, impact in indexed_text(listing).impacts.items():
                impacts[token][row] = impact
        tables = {
            token: score_table(int(np.count_nonzero(found)), len(found))[found].astype(np.float64)
            for token, found in impacts.items()
        }
        nowhere = np.zeros(len(self.listings))
        for search, right in zip(self.searches, self.right, strict=True):
            scores, found = np.zeros(len(right)), np.ones(len(right), np.bool_)
            for tokens, instead in words_of(search):
                parts = np.array([tables.get(token, nowhere) for token in tokens])
                best = np.where(parts.all(axis=0), parts.mean(axis=0), 0.0)
                for token in instead:
                    np.maximum(best, CONCEPT_WEIGHT * tables.get(token, nowhere), out=best)
                scores += best
                found &= best > 0
            rows = np.flatnonzero(found)
            order = np.lexsort((self._tie[rows], -(scores + self._points)[rows]))
            yield search, right[rows[order]], int(right.sum())


def words_of(search: Search) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The words that are typed: the tokens of each, and the code that it may stand for."""
    for text, code in search.said:
        said = [run for run in runs(fold(text)) if run[0] not in HABIT]
        for run, is_cjk in said:
            tokens = (tuple(pairs(run)) or (run,)) if is_cjk else (run,)
            # A name of several words is not one word for its code.
            yield tokens, (code,) if code and len(said) == 1 else ()


@pytest.fixture(scope="module")
def directories(tmp_path_factory):
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('quality') / 'hub.sqlite'}")
    migrate(database)
    with database.unit_of_work(noon) as uow:
        load_demo(uow)
    with database.unit_of_work(noon) as uow:
        load_real(uow)
    with database.reading() as session:
        found = [Directory(published_listings(session, dataset)) for dataset in ("real", "demo")]
    database.dispose()
    return found


def searches(listings: list[PublishedListing]) -> list[Search]:
    """Every search that somebody who knows one of every other listing could type, each once."""
    found = [search for listing in listings[::2] for lang in LANGS for search in known_from(listing, lang)]
    return list({(search.kind, search.said): search for search in found}.values())


def known_from(known: PublishedListing, lang: str) -> Iterator[Search]:
    """What somebody who looks for this listing, or for ones like it, types in one language."""
    return (
        search
        for search in (*by_name(known, lang), *by_code(known, lang))
        if all(text for text, _ in search.said)
    )


def by_name(known: PublishedListing, lang: str) -> Iterator[Search]:
    name = known.name_zh if lang == "zh" else known.name_en
    city, operator = city_of(known, lang), operator_of(known, lang)
    yield typed(f"name {lang}", name, right=lambda other: name in (other.name_zh, other.name_en))
    yield typed(f"city {lang}", city, right=lambda other: same_city(other, known))
    yield typed("state", known.subdivision, right=lambda other: other.subdivision == known.subdivision)
    yield typed(
        f"operator and city {lang}",
        operator,
        city,
        right=lambda other: same_city(other, known) and same_operator(other, known),
    )
    number = re.search(r"\b\d+$", known.name_en or "")
    if number is not None:
        yield typed(
            f"city and number {lang}",
            city,
            number[0] + ("号仓" if lang == "zh" else ""),
            right=lambda other: same_city(other, known) and (other.name_en or "").endswith(f" {number[0]}"),
        )
    brand = re.search("[A-Z][a-z]{4,}", (known.operator_en or "").replace("Demo ", ""))
    if brand is not None:
        yield typed(
            f"brand and country {lang}",
            brand[0],
            country_of(known, lang),
            right=lambda other: other.country == known.country and brand[0] in (other.operator_en or ""),
        )


def by_code(known: PublishedListing, lang: str) -> Iterator[Search]:
    for kind, codes in CODES.items():
        for code in held(known, kind)[:3]:

            def holds(other: PublishedListing, *, kind: str = kind, code: str = code) -> bool:
                return code in held(other, kind)

            label = (codes.label(code, lang), concept(kind, code))
            for about, words, same in (
                ("city", city_of(known, lang), same_city),
                ("operator", operator_of(known, lang), same_operator),
                ("country", country_of(known, lang), same_country),
            ):
                yield typed(
                    f"{about} and {kind} {lang}",
                    words,
                    label,
                    right=lambda other, same=same, holds=holds: same(other, known) and holds(other),
                )


def typed(kind: str, *said: str | tuple[str, str] | None, right: Right) -> Search:
    return Search(
        kind, tuple(text if isinstance(text, tuple) else (text or "", None) for text in said), right
    )


def held(listing: PublishedListing, kind: str) -> tuple[str, ...]:
    if kind == "goods":
        return listing.goods
    if kind == "platform":
        return listing.platforms
    return tuple(sorted(code for code, stated in listing.services.items() if stated))


def city_of(listing: PublishedListing, lang: str) -> str | None:
    return listing.city_zh if lang == "zh" else listing.city


def operator_of(listing: PublishedListing, lang: str) -> str | None:
    name = listing.operator_zh if lang == "zh" else listing.operator_en
    # Without that word, which is left out, it is the name of its sister enterprises too.
    return None if name is None or re.search("海外仓|Overseas", name) else name


def country_of(listing: PublishedListing, lang: str) -> tuple[str, str]:
    return country_label(listing.country, lang), concept("country", listing.country)


def same_city(one: PublishedListing, other: PublishedListing) -> bool:
    return (one.country, one.city) == (other.country, other.city)


def same_country(one: PublishedListing, other: PublishedListing) -> bool:
    return one.country == other.country


def same_operator(one: PublishedListing, other: PublishedListing) -> bool:
    return one.operator_id is not None and one.operator_id == other.operator_id


@dataclass(frozen=True)
class Quality:
    """Means over the kinds of searches: reciprocal rank, nDCG of ten, and the pairs of a right and a wrong result in
    the right order; `recall` is of single answers.
    """

    searches: int
    reciprocal_rank: float
    gain: float
    order: float
    recall: float


def quality(directories: list[Directory], *, only_contested: bool) -> Quality:
    by_kind: dict[str, list[tuple[float, ...]]] = defaultdict(list)
    for directory in directories:
        for search, hits, right in directory.hits():
            if not only_contested or hits.any() != hits.all():
                by_kind[search.kind].append((*figures(hits, right), hits.sum() / right))
    means = np.mean([np.mean(one, axis=0) for one in by_kind.values()], axis=0)
    return Quality(sum(map(len, by_kind.values())), *means.tolist())


def figures(hits: np.ndarray, right: int) -> tuple[float, float, float]:
    top = np.flatnonzero(hits[:10])
    best = sum(1 / math.log2(place + 2) for place in range(min(10, right)))
    gain = sum(1 / math.log2(place + 2) for place in top.tolist()) / best
    wrong_before = np.cumsum(~hits)[hits].sum()
    pairs_ = int(hits.sum()) * int((~hits).sum())
    return (1 / (1 + top[0]) if len(top) else 0.0), gain, 1 - wrong_before / pairs_ if pairs_ else 1.0


def test_known_answers_come_first(directories):
    measured = quality(directories, only_contested=False)
    assert measured.searches > 7000
    assert measured.recall > 0.998
    assert measured.reciprocal_rank > 0.997
    assert measured.gain > 0.997
    assert measured.order > 0.996


def test_where_something_wrong_is_found_too_the_right_comes_first(directories):
    measured = quality(directories, only_contested=True)
    assert measured.searches > 500
    assert measured.reciprocal_rank > 0.97
    assert measured.gain > 0.958
    assert measured.order > 0.875


def test_the_weights_earn_their_place(directories, monkeypatch):
    tuned = quality(directories, only_contested=True)
    for field in Field:
        monkeypatch.setitem(FIELDS, field, Weighing(1.0, 0.3, FIELDS[field].mean))
    alike = quality(directories, only_contested=True)
    assert tuned.gain > alike.gain + 0.01
    assert tuned.order > alike.order + 0.02


def test_the_mean_lengths_are_those_of_the_bundled_directories(directories):
    listings = [listing for directory in directories for listing in directory.listings]
    lengths = [{field: len(text.tokens) for field, text in fields_of(one).items()} for one in listings]
    for field in Field:
        assert FIELDS[field].mean == pytest.approx(np.mean([one[field] for one in lengths]), rel=0.1)


def test_pairs_of_characters_find_every_chinese_word_and_hardly_anything_else(directories):
    listings = [listing for directory in directories for listing in directory.listings]
    texts = [canonical_text(listing) for listing in listings]
    tokens = [indexed_text(listing).impacts.keys() for listing in listings]
    words = {fold(word) for codes in CODES.values() for code in codes for word in code.words_zh}
    found = right = 0
    for word in words:
        # Every listing is found by 海外仓 and 仓库, whether it says so or not.
        if len(word) > 1 and "仓" not in word and [*runs(word)] == [(word, True)]:
            holding = {row for row, text in enumerate(texts) if word in text}
            matching = {row for row, said in enumerate(tokens) if said >= set(pairs(word))}
            assert holding <= matching
            found, right = found + len(matching), right + len(holding)
    assert right > 0.998 * found > 0
