"""Twenty thousand listings, every peer, one run: the same answers, ours at least half as quick again.

On a machine that others share a run can be hurt in one engine and not in another. A peer that seems too near is
measured again, at most twice: the bound has to be kept once, finding the same every time.
"""

from __future__ import annotations

from collections.abc import Collection

from warehouse_hub.operations.bench import search_bench
from warehouse_hub.operations.bench.peers import PEERS, POSTGIS

ROWS = 20_000
LEAST_RATIO = 1.5
MOST_RUNS = 3


def test_ours_finds_what_every_peer_finds_and_is_quicker(tmp_path):
    told = []
    near: Collection[str] = PEERS
    for _ in range(MOST_RUNS):
        document = search_bench.run(ROWS, 1, peers=near, repeats=5, keep=tmp_path, beside=()).to_json()
        assert document["disagreements"] == []
        assert set(document["missing"]) <= {POSTGIS}
        assert set(document["ratios"]) == set(near)
        told.append(document["ratios"])
        near = [engine for engine, ratio in document["ratios"].items() if ratio < LEAST_RATIO]
        if not near:
            return
    raise AssertionError(f"less than {LEAST_RATIO} times as fast as {near}: {told}, {document['results']}")
