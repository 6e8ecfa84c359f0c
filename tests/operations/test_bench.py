"""The benchmarks answer what they promise, over a sample that stands in the directory as an import would leave it."""

from __future__ import annotations

import json

import pytest
from builders import EDITOR, noon
from click.testing import CliRunner

from warehouse_hub.cli import main
from warehouse_hub.directory.mass_publication import Wording, publish_many
from warehouse_hub.directory.published import published_listings
from warehouse_hub.operations.bench.answer import Bench, Measured
from warehouse_hub.operations.bench.installation import DATASET, temporary_directory
from warehouse_hub.operations.bench.page import BEGIN, END, rewritten
from warehouse_hub.operations.bench.sample import sample_facts
from warehouse_hub.operations.bench.sqlite_peer import SqlitePeer


@pytest.fixture(scope="module")
def search_answer():
    result = CliRunner().invoke(main, ["bench", "search", "--rows", "500", "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_every_engine_finds_as_many_listings_as_ours(search_answer):
    totals: dict[str, set[int]] = {}
    for one in search_answer["results"]:
        if one["total"] is not None:
            totals.setdefault(one["query"], set()).add(one["total"])
    assert len(totals) == 8
    assert all(len(found) == 1 for found in totals.values())
    assert all(found != {0} for found in totals.values())
    assert search_answer["disagreements"] == []


def test_a_benchmark_answers_in_the_promised_shape(search_answer):
    assert {"bench", "rows", "seed", "results", "ratios", "floor_ratio", "memory_mb", "build_s"} <= set(
        search_answer
    )
    assert (search_answer["bench"], search_answer["rows"], search_answer["seed"]) == ("search", 500, 1)
    assert {one["engine"] for one in search_answer["results"]} == {"hub", "sqlite_fts5", "whoosh", "floor"}
    assert all(
        {"engine", "query", "p50_ms", "p95_ms", "total"} <= set(one) for one in search_answer["results"]
    )
    assert all(value > 0 for value in search_answer["ratios"].values())


def test_engines_that_find_different_things_fail_the_benchmark(monkeypatch):
    honest = SqlitePeer.search
    monkeypatch.setattr(
        SqlitePeer, "search", lambda self, asked: (honest(self, asked)[0] + 1, *honest(self, asked)[1:])
    )
    result = CliRunner().invoke(main, ["bench", "search", "--rows", "50"])
    assert result.exit_code == 1
    assert "sqlite_fts5" in result.stderr


def test_a_sample_stands_in_the_directory_as_if_it_had_been_imported(sqlite_database):
    sample = list(sample_facts(40, seed=3))
    with sqlite_database.unit_of_work(noon) as uow:
        publish_many(uow, [Wording(key, facts) for key, facts in sample], dataset=DATASET, actor=EDITOR)
    with sqlite_database.reading() as session:
        imported = published_listings(session, DATASET)
    with temporary_directory(sample) as (database, _), database.reading() as session:
        loaded = published_listings(session, DATASET)
    assert [_without_operator(each) for each in loaded] == [_without_operator(each) for each in imported]


def test_the_same_seed_gives_the_same_listings_and_another_seed_others():
    assert list(sample_facts(30, seed=1)) == list(sample_facts(30, seed=1))
    assert list(sample_facts(30, seed=1)) != list(sample_facts(30, seed=2))


@pytest.mark.parametrize("name", ["map", "matching", "catalogue", "statistics"])
def test_every_other_benchmark_runs_on_a_small_sample(name):
    result = CliRunner().invoke(main, ["bench", name, "--rows", "60", "--json"])
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert answer["floor_ratio"] > 0
    assert any(one["engine"] == "hub" for one in answer["results"])


def test_a_ratio_is_the_peer_over_ours_on_the_queries_that_both_were_asked():
    results = (
        Measured("hub", "a", 1.0, 1.0, 3),
        Measured("hub", "b", 100.0, 100.0, 3),
        Measured("peer", "a", 8.0, 8.0, 3),
        Measured("hub_part", "a", 0.5, 0.5, 9),
        Measured("floor", "columns", 0.1, 0.1),
    )
    answer = Bench("search", 3, 1, results).to_json()
    assert answer["ratios"] == {"peer": 8.0}
    assert answer["floor_ratio"] == 100.0


def test_fresh_figures_replace_the_old_ones_and_nothing_else_of_the_page():
    bench = Bench("map", 1_000, 1, (Measured("hub", "world", 1.5, 2.0, 7),)).to_json()
    page = f"# Title\n{BEGIN}\nold figures\n{END}\nafterword\n"
    written = rewritten(page, [bench])
    assert written.startswith("# Title\n")
    assert written.endswith("afterword\n")
    assert "old figures" not in written
    assert "| hub | world | 1.500 | 2.000 | 7 |" in written
    assert rewritten(written, [bench]).count("| hub | world |") == 1


def _without_operator(listing):
    left_out = {
        "operator_id",
        "operator_zh",
        "operator_en",
        "operator_parent",
        "enterprise_group",
        "home_district",
    }
    known = {name: getattr(listing, name) for name in listing.__dataclass_fields__}
    return {name: value for name, value in known.items() if name not in {*left_out, "published_at"}}
