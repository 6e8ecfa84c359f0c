"""The sample is spread as a directory is, the same for one seed, and stands in print as an import would leave it."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from builders import EDITOR, noon
from sqlalchemy import select

from warehouse_hub.core.feed import Change
from warehouse_hub.directory.mass_publication import Wording, publish_many
from warehouse_hub.directory.models import CapacityStatement, Listing, Revision, Warehouse
from warehouse_hub.directory.published import published_listings
from warehouse_hub.directory.rules.facts import problems_of
from warehouse_hub.operations.bench import kept_sample
from warehouse_hub.operations.bench.installation import (
    DATASET,
    _insert_operators,
    operator_of,
    put_in_print,
    temporary_directory,
)
from warehouse_hub.operations.bench.kept_sample import sample_directory
from warehouse_hub.operations.bench.sample import sample_facts
from warehouse_hub.operations.bench.sample_words import WORDS_OF_A_LANGUAGE, chinese_words, english_words
from warehouse_hub.search.text.fields import indexed_text

ROWS = 3000
# Who entered a row and when differs between the two ways in; so do numbers that a database gives.
NOT_COMPARED = {"id", "revision_id", "published_revision_id", "author_id", "decided_by", "at"}


@pytest.fixture(scope="module")
def sample():
    return list(sample_facts(ROWS, seed=1))


@pytest.fixture(scope="module")
def in_print(sample):
    with temporary_directory(sample) as (database, _), database.reading() as session:
        yield published_listings(session, DATASET)


def test_the_same_seed_gives_the_same_listings_and_another_seed_others():
    assert list(sample_facts(30, seed=1)) == list(sample_facts(30, seed=1))
    assert [facts for _, facts in sample_facts(30, seed=1)] != [
        facts for _, facts in sample_facts(30, seed=2)
    ]


def test_a_larger_sample_begins_with_the_smaller_one(sample):
    assert list(sample_facts(1200, seed=1)) == sample[:1200]


def test_the_directory_refuses_nothing_of_the_sample(sample):
    assert [problem for _, facts in sample for problem in problems_of(facts)] == []


def test_a_few_markets_hold_most_warehouses_and_towns_differ(sample):
    countries = Counter(facts.country for _, facts in sample)
    assert countries["US"] > ROWS // 5
    assert len(countries) > 30
    towns = Counter((facts.country, facts.city) for _, facts in sample)
    assert len(towns) > 400
    assert towns.most_common(1)[0][1] < ROWS // 20


def test_warehouses_stand_around_their_towns_and_some_have_no_place(sample):
    placed = [facts for _, facts in sample if facts.latitude is not None]
    assert 0.88 * ROWS < len(placed) < 0.97 * ROWS
    assert len({(facts.latitude, facts.longitude) for facts in placed}) > 0.99 * len(placed)


def test_words_are_drawn_by_zipfs_law_from_thousands_in_both_languages(sample):
    said = Counter(
        word for _, facts in sample for word in (facts.description or "").split(" Also ")[1][:-1].split()
    )
    assert len(chinese_words()) == len(english_words()) == WORDS_OF_A_LANGUAGE
    assert len(said) > 1500
    # The hundred most common words are more than a third of all, and yet none stands in every tenth listing.
    most = [count for _, count in said.most_common(100)]
    assert sum(most) > said.total() / 3
    assert most[0] < ROWS / 10


def test_a_listing_has_between_a_hundred_and_two_hundred_distinct_tokens(in_print):
    found = [len(indexed_text(listing).impacts) for listing in in_print[:300]]
    assert 100 < np.mean(found) < 200


def test_areas_are_log_normal(sample):
    logs = np.log([float(facts.capacity[0].value) for _, facts in sample])
    skew = float(np.mean(((logs - logs.mean()) / logs.std()) ** 3))
    assert 0.8 < logs.std() < 1.3
    assert abs(skew) < 0.3


def test_a_sample_stands_in_the_directory_as_an_import_would_leave_it(sqlite_database, tmp_path):
    sample = list(sample_facts(200, seed=3))
    wordings = [
        Wording(key, facts, operator_id=operator_of(number))
        for number, (key, facts) in enumerate(sample, start=1)
    ]
    with temporary_directory() as (imported, _), temporary_directory(sample) as (loaded, _):
        with imported.unit_of_work(noon) as uow:
            _insert_operators(uow.session)
            publish_many(uow, wordings, dataset=DATASET, actor=EDITOR)
        for entity in (Warehouse, Listing, Revision, CapacityStatement, Change):
            assert _rows(loaded, entity) == _rows(imported, entity), entity.__tablename__
        with imported.reading() as one, loaded.reading() as other:
            assert published_listings(other, DATASET) == published_listings(one, DATASET)


def test_listings_can_be_added_to_a_directory_that_has_some():
    sample = list(sample_facts(60, seed=1))
    with temporary_directory(sample[:20]) as (database, _):
        put_in_print(database, sample[20:])
        with database.reading() as session:
            assert [one.id for one in published_listings(session)] == [key for key, _ in sample]


def test_a_sample_that_was_kept_is_copied_and_never_written_to(tmp_path, monkeypatch):
    with sample_directory(50, 1, keep=tmp_path) as first:
        assert first.filled_s is not None
        (kept,) = tmp_path.glob("*.sqlite")
        before = kept.read_bytes()
    monkeypatch.setattr(kept_sample, "put_in_print", _nothing_is_made_anew)
    with sample_directory(50, 1, keep=tmp_path) as second:
        assert second.filled_s is None
        with second.database.unit_of_work(noon) as uow:
            assert [one.id for one in published_listings(uow.session)] == [
                key for key, _ in sample_facts(50, seed=1)
            ]
            uow.session.delete(uow.session.scalars(select(Change)).first())
    assert kept.read_bytes() == before
    assert list(tmp_path.iterdir()) == [kept]


def test_a_kept_sample_with_an_older_schema_is_made_anew(tmp_path, monkeypatch):
    with sample_directory(20, 1, keep=tmp_path):
        pass
    monkeypatch.setattr(kept_sample, "is_current", lambda _: False)
    with sample_directory(20, 1, keep=tmp_path) as again:
        assert again.filled_s is not None
        with again.database.reading() as session:
            assert len(published_listings(session)) == 20


def test_two_sizes_and_two_seeds_are_kept_apart(tmp_path):
    for rows, seed in ((10, 1), (10, 2), (20, 1)):
        with (
            sample_directory(rows, seed, keep=tmp_path) as directory,
            directory.database.reading() as session,
        ):
            assert [one.name_zh for one in published_listings(session)] == [
                facts.name_zh for _, facts in sample_facts(rows, seed=seed)
            ]
    assert len(list(tmp_path.glob("*.sqlite"))) == 3


def _nothing_is_made_anew(*_):
    raise AssertionError("the sample was made anew")


def _rows(database, entity):
    """The rows of a table as they stand in it, those columns left out that tell who put them there."""
    names = [column.name for column in entity.__table__.columns if column.name not in NOT_COMPARED]
    order = list(entity.__table__.primary_key.columns)
    with database.reading() as session:
        found = session.execute(select(*(entity.__table__.c[name] for name in names)).order_by(*order))
        return [dict(zip(names, row, strict=True)) for row in found]
