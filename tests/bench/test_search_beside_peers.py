"""Twenty thousand listings, every peer, one run: the same answers, and ours at least half as quick again as the
databases and Whoosh. tantivy, which is compiled whole, is held to the same answers only: at this size what Python adds
to a query outweighs the query.
"""

from __future__ import annotations

from warehouse_hub.operations.bench import search_bench
from warehouse_hub.operations.bench.peers import PEERS, POSTGIS

ROWS = 20_000
LEAST_RATIO = 1.5
ONLY_ANSWERS = {"tantivy"}


def test_ours_finds_what_every_peer_finds_and_is_quicker_than_databases():
    document = search_bench.run(ROWS, 1, peers=True, repeats=5, beside=()).to_json()
    assert document["disagreements"] == []
    assert set(document["missing"]) <= {POSTGIS}
    assert set(document["ratios"]) == set(PEERS)
    held = {engine: ratio for engine, ratio in document["ratios"].items() if engine not in ONLY_ANSWERS}
    slow = {engine: ratio for engine, ratio in held.items() if ratio < LEAST_RATIO}
    assert slow == {}, document["results"]
