"""Every engine that is compared answers the same questions alike, and one that does not is told."""

from __future__ import annotations

from dataclasses import replace

import psycopg
import pytest

from warehouse_hub.operations.bench import peers, postgres_server, search_bench
from warehouse_hub.operations.bench.kept_sample import sample_directory
from warehouse_hub.operations.bench.peer_rows import PeerRow
from warehouse_hub.operations.bench.peers import PEERS, POSTGIS, SQLITE, standing
from warehouse_hub.operations.bench.postgres_peer import PostgresPeer
from warehouse_hub.operations.bench.question import Question
from warehouse_hub.operations.bench.sample_text import AskedWord, spelled
from warehouse_hub.operations.bench.search_queries import searches
from warehouse_hub.operations.bench.sqlite_peer import SqlitePeer


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A folder in which the samples of this module stay."""
    return tmp_path_factory.mktemp("samples")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_all_engines_agree_on_totals_facets_and_orders_of_all_searches_and_on_the_map(seed, kept):
    bench = search_bench.run(2000, seed, peers=True, repeats=3, keep=kept, beside=())
    assert bench.disagreements == ()
    assert set(bench.more["missing"]) <= {POSTGIS}
    asked = {(one.engine, one.query): one.total for one in bench.results}
    for name in ("hub", *PEERS):
        searched = {
            query: total for (engine, query), total in asked.items() if engine == name and "map" not in query
        }
        assert len(searched) == 8
        assert all(searched.values()), f"{name} found nothing: {searched}"


def test_every_seed_asks_something_else(kept):
    asked = {}
    for seed in (1, 2, 3):
        with sample_directory(2000, seed, keep=kept) as directory, directory.database.reading() as session:
            asked[seed] = searches(session, 2000, seed)
    # One of the eight is the word that every listing has.
    for place in range(8):
        different = {replace(asked[seed][place].query, sort=None) for seed in asked}
        assert len(different) == (1 if asked[1][place].name == "a word in every listing" else 3)
    with sample_directory(2000, 1, keep=kept) as directory, directory.database.reading() as session:
        assert searches(session, 2000, 1) == asked[1]


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (lambda found: replace(found, total=found.total + 1), "finds"),
        (lambda found: replace(found, facets={**found.facets, "goods": {}}), "facet goods"),
        (lambda found: replace(found, ids=found.ids[:-1]), "another page"),
        (lambda found: replace(found, ids=found.ids[::-1]), "another page"),
    ],
)
def test_a_peer_that_answers_differently_is_told(fault, told, kept, monkeypatch):
    honest = SqlitePeer.search
    monkeypatch.setattr(SqlitePeer, "search", lambda self, question: fault(honest(self, question)))
    bench = search_bench.run(500, 1, peers=[SQLITE], repeats=3, keep=kept, beside=())
    assert any(told in line and SQLITE in line for line in bench.disagreements)


def test_a_peer_that_cannot_be_had_is_named_with_the_reason(kept, monkeypatch):
    monkeypatch.setattr(peers, "find_spec", lambda _: None)
    monkeypatch.setattr(postgres_server, "_binaries", _no_programs)
    monkeypatch.delenv(postgres_server.ADDRESS_VARIABLE, raising=False)
    bench = search_bench.run(300, 1, peers=["tantivy", "postgresql"], repeats=3, keep=kept, beside=())
    assert set(bench.more["missing"]) == {"tantivy", "postgresql"}
    assert all(bench.more["missing"].values())
    assert {one.engine for one in bench.results} == {"hub", "floor"}


def test_whoosh_is_not_asked_of_more_listings_than_its_searcher_can_bear(tmp_path):
    with standing(tmp_path / "rows", peers.MOST_FOR_WHOOSH + 1, tmp_path, ["whoosh"]) as found:
        assert found.engines == {}
        assert "whoosh" in found.missing


def test_a_server_that_is_named_is_used_and_left_as_it_was(postgres, monkeypatch):
    with postgres.empty_database() as url:
        monkeypatch.setenv(postgres_server.ADDRESS_VARIABLE, url)
        with postgres_server.postgres_address() as address:
            peer = PostgresPeer([_row(0, "DE", "bonded"), _row(1, "FR", "cold")], address)
            found = peer.search(_question("bonded"))
            assert (found.total, found.facets["country"], found.ids) == (1, {"DE": 1}, ("W-0",))
            peer.close()
            with psycopg.connect(address) as connection:
                left = connection.execute(
                    "SELECT count(*) FROM pg_tables WHERE tablename = 'listing'"
                ).fetchone()
    assert left == (0,)


def test_tokens_stay_different_and_whole_for_every_engine():
    tokens = ["service:bonded", "汉堡", "堡", "9号", "łódź", "abc", "ABC", "00-1"]
    written = [spelled(token) for token in tokens]
    assert len(set(written)) == len(tokens)
    assert all(each.isascii() and each.isalnum() for each in written)
    assert written == [spelled(token) for token in tokens]


def _no_programs():
    raise postgres_server.PostgresUnavailable("no server programs are installed")


def _row(number, country, tokens):
    return PeerRow(number, f"W-{number}", country, "public", 1, 1, 500, 53.5, 10.0, (1.0, 2.0, 3.0), tokens)


def _question(word):
    return Question(
        words=(AskedWord((word,), ()),),
        country=(),
        service=0,
        service_any=0,
        region=None,
        min_available_m2=None,
        circle=None,
        order="relevance",
        offset=0,
    )
