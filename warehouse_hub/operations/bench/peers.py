"""Which engines are compared with ours, and how each comes by the sample.

The one thing to get wrong: a peer that cannot be had on a machine is named with the reason, never left out in silence;
a comparison that nobody sees is missing reads like one that was won.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from warehouse_hub.operations.bench.answer import once
from warehouse_hub.operations.bench.peer_rows import read_rows
from warehouse_hub.operations.bench.postgres_peer import PostgresPeer
from warehouse_hub.operations.bench.postgres_server import PostgresUnavailable, postgres_address
from warehouse_hub.operations.bench.question import Peer
from warehouse_hub.operations.bench.sqlite_peer import SqlitePeer
from warehouse_hub.operations.bench.whoosh_peer import WhooshPeer
from warehouse_hub.operations.bench.whoosh_stock import building

TANTIVY, SQLITE, POSTGRES, WHOOSH = "tantivy", "sqlite_fts5", "postgresql", "whoosh"
POSTGIS: Final = "postgis"
PEERS: Final = (TANTIVY, SQLITE, POSTGRES, WHOOSH)
# Beyond, its writer takes minutes and its searcher seconds a search.
MOST_FOR_WHOOSH: Final = 100_000


class PeerUnavailable(Exception):
    """What keeps a peer from taking part."""


@dataclass
class Standing:
    """The engines that stand, the seconds that each took to build, and why others could not be had."""

    engines: dict[str, Peer] = field(default_factory=dict)
    build_s: dict[str, float] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)


@contextmanager
def standing(rows: Path, count: int, folder: Path, wanted: Collection[str]) -> Iterator[Standing]:
    """Those of `wanted` that can be had, each filled with the `count` rows of a file; gone afterwards."""
    with ExitStack() as stack:
        found = Standing()
        whoosh = _begun(stack, found, rows, count, folder) if WHOOSH in wanted else None
        makers: dict[str, Callable[[], Peer]] = {
            TANTIVY: lambda: _tantivy(rows, folder),
            SQLITE: lambda: SqlitePeer(read_rows(rows), folder / "peer.sqlite"),
            POSTGRES: lambda: _postgres(stack, found, rows),
        }
        for name, make in makers.items():
            if name not in wanted:
                continue
            try:
                found.engines[name], found.build_s[name] = once(make)
            except PeerUnavailable as reason:
                found.missing[name] = str(reason)
        if whoosh is not None:
            found.build_s[WHOOSH] = whoosh.result()
            found.engines[WHOOSH] = WhooshPeer(read_rows(rows), folder / WHOOSH)
        for engine in found.engines.values():
            stack.callback(engine.close)
        yield found


def _begun(stack: ExitStack, found: Standing, rows: Path, count: int, folder: Path) -> Future[float] | None:
    """Whoosh's writer takes longer than all others together, so it works in a process beside them."""
    if count > MOST_FOR_WHOOSH:
        found.missing[WHOOSH] = f"asked up to {MOST_FOR_WHOOSH:,} listings"
        return None
    return stack.enter_context(building(rows, folder / WHOOSH))


def _tantivy(rows: Path, folder: Path) -> Peer:
    if find_spec("tantivy") is None:
        raise PeerUnavailable("the package tantivy is not installed")
    module = import_module("warehouse_hub.operations.bench.tantivy_peer")
    peer: Peer = module.TantivyPeer(read_rows(rows), folder / TANTIVY)
    return peer


def _postgres(stack: ExitStack, found: Standing, rows: Path) -> Peer:
    try:
        address = stack.enter_context(postgres_address())
    except PostgresUnavailable as reason:
        raise PeerUnavailable(str(reason)) from None
    peer = PostgresPeer(read_rows(rows), address)
    if not peer.has_postgis:
        found.missing[POSTGIS] = f"not installed; {POSTGRES} looks for circles in a GiST index of points"
    return peer
