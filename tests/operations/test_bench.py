"""The benchmarks answer what they promise, on the terminal, as a document and on a page."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from warehouse_hub.cli import main
from warehouse_hub.cli.benching import PEERS
from warehouse_hub.operations.bench import peers
from warehouse_hub.operations.bench.answer import Bench, Measured
from warehouse_hub.operations.bench.hub_engine import build_index
from warehouse_hub.operations.bench.kept_sample import sample_directory
from warehouse_hub.operations.bench.page import BEGIN, END, rewritten
from warehouse_hub.operations.bench.sqlite_peer import SqlitePeer
from warehouse_hub.operations.bench.table import lines_of
from warehouse_hub.operations.bench.visibility import visibility


@pytest.fixture(scope="module")
def search_answer():
    result = CliRunner().invoke(main, ["bench", "search", "--rows", "400", "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_benchmark_answers_in_the_promised_shape(search_answer):
    assert {"bench", "rows", "seed", "results", "ratios", "floor_ratio", "memory_mb", "build_s"} <= set(
        search_answer
    )
    assert (search_answer["bench"], search_answer["rows"], search_answer["seed"]) == ("search", 400, 1)
    assert all(
        {"engine", "query", "p50_ms", "p95_ms", "total"} <= set(one) for one in search_answer["results"]
    )
    assert search_answer["floor_ratio"] > 0


def test_without_peers_a_search_is_compared_with_the_floor_alone(search_answer):
    assert {one["engine"] for one in search_answer["results"]} == {"hub", "floor"}
    assert search_answer["ratios"] == {}
    searched = [
        one for one in search_answer["results"] if "map" not in one["query"] and one["engine"] == "hub"
    ]
    assert len(searched) == 8
    assert all(one["total"] > 0 for one in searched)


def test_a_search_tells_what_a_fresh_process_costs(search_answer):
    fresh = search_answer["fresh_process"]
    assert 0 < fresh["first_search_s"] < 600
    assert fresh["bare_mb"] > 10
    assert search_answer["memory_mb"] == pytest.approx(fresh["private_mb"] + fresh["shared_mb"], abs=0.11)


def test_a_search_tells_how_many_clients_two_processes_bear(search_answer):
    clients = search_answer["clients"]
    assert clients["2x1_per_s"] > 0
    assert clients["2x4_per_s"] > 0
    assert clients["share"] == pytest.approx(clients["2x4_per_s"] / clients["2x1_per_s"], abs=0.01)


def test_a_search_tells_how_much_longer_the_stock_writer_takes(search_answer):
    assert search_answer["build_ratio"]["listings"] == 400
    assert search_answer["build_ratio"]["with_reading"] > 0
    assert search_answer["build_ratio"]["from_tokens"] > 1


@pytest.mark.parametrize("run", ["made", "kept"])
def test_an_edit_is_seen_by_another_process_with_and_without_others_before_it(tmp_path, run):
    """Also after other processes have opened the directory and closed it again."""
    if run == "kept":
        with sample_directory(120, 1, keep=tmp_path):
            pass
    with sample_directory(120, 1, keep=tmp_path) as directory:
        build_index(directory.database, directory.folder / "index")
        read = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT 1 FROM listing').fetchone()"
        subprocess.run([sys.executable, "-c", read, directory.file], check=True)
        seen = visibility(directory.database, directory.folder / "index", edits=5, overlay=40)
    assert seen.overlay == 40
    assert 0 < seen.p50_ms <= seen.p95_ms < 60_000
    assert 0 < seen.p50_ms_with_overlay <= seen.p95_ms_with_overlay < 60_000


def test_engines_that_find_different_things_fail_the_benchmark_and_are_not_written_down(
    monkeypatch, tmp_path
):
    honest = SqlitePeer.grid
    monkeypatch.setattr(SqlitePeer, "grid", lambda self, *asked: (honest(self, *asked)[0] + 1, 1))
    page = tmp_path / "page.md"
    page.write_text(f"{BEGIN}\n{END}\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["bench", "map", "--rows", "50", "--write", str(page)])
    assert result.exit_code == 1
    assert "sqlite_grid" in result.stderr
    assert page.read_text(encoding="utf-8") == f"{BEGIN}\n{END}\n"


def test_too_few_listings_for_the_searches_are_refused_in_one_line():
    result = CliRunner().invoke(main, ["bench", "search", "--rows", "1"])
    assert result.exit_code == 1
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [["matching", "--keep", "x"], ["map", "--peer", "tantivy"], ["map", "--repeats", "5"]]
)
def test_what_a_benchmark_cannot_do_is_bad_usage(arguments):
    assert CliRunner().invoke(main, ["bench", *arguments]).exit_code == 2


@pytest.mark.parametrize("name", ["map", "matching", "catalogue", "statistics"])
def test_every_other_benchmark_runs_on_a_small_sample(name):
    result = CliRunner().invoke(main, ["bench", name, "--rows", "60", "--json"])
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert answer["floor_ratio"] > 0
    assert any(one["engine"] == "hub" for one in answer["results"])


def test_the_command_knows_every_peer_that_there_is():
    assert PEERS == peers.PEERS


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


def test_what_is_not_compared_weighs_in_no_ratio():
    results = (
        Measured("hub", "a", 1.0, 1.0, 3),
        Measured("peer", "a", 8.0, 8.0, 3),
        Measured("hub", "map", 1.0, 1.0, 3),
        Measured("peer", "map", 2.0, 2.0, 3),
    )
    assert Bench("search", 3, 1, results, compared=frozenset({"a"})).to_json()["ratios"] == {"peer": 8.0}


def test_a_table_has_a_line_for_each_query_and_shows_totals_that_differ():
    results = (Measured("hub", "a", 1.25, 2.0, 3), Measured("peer", "a", 8.0, 9.0, 4))
    lines = list(
        lines_of(Bench("search", 1000, 1, results, more={"missing": {"other": "not here"}}).to_json())
    )
    line = next(line for line in lines if line.startswith("a "))
    assert "3 or 4" in line
    assert "1.250 (2.000)" in line
    assert "8.000 (9.000)" in line
    assert any("other not here" in line for line in lines)


def test_fresh_figures_replace_the_old_ones_and_nothing_else_of_the_page():
    bench = Bench("map", 1_000, 1, (Measured("hub", "world", 1.5, 2.0, 7),)).to_json()
    page = f"# Title\n{BEGIN}\nold figures\n{END}\nafterword\n"
    written = rewritten(page, [bench])
    assert written.startswith("# Title\n")
    assert written.endswith("afterword\n")
    assert "old figures" not in written
    assert "| hub | world | 1.500 | 2.000 | 7 |" in written
    assert rewritten(written, [bench]).count("| hub | world |") == 1


def test_figures_of_another_size_stay_on_the_page_and_all_are_in_order():
    page = f"{BEGIN}\n{END}\n"
    for name, rows in (("search", 1_000_000), ("map", 500), ("search", 100_000)):
        page = rewritten(page, [_bench(name, rows, 1.0)])
    page = rewritten(page, [_bench("search", 1_000_000, 7.0)])
    headings = [line for line in page.splitlines() if line.startswith("## ")]
    assert headings == [
        "## search: 100,000 listings, seed 1",
        "## search: 1,000,000 listings, seed 1",
        "## map: 500 listings, seed 1",
    ]
    assert page.count("7.000 (7.000)") == 1
    assert page.count("1.000 (1.000)") == 1


def test_a_page_without_markers_is_refused():
    with pytest.raises(ValueError, match="markers"):
        rewritten("# Title\n", [_bench("map", 10, 1.0)])


def _bench(name, rows, ms):
    return Bench(name, rows, 1, (Measured("hub", "a", ms, ms, 7),)).to_json()
