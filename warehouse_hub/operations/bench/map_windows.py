"""The parts of the map that are measured, and how ours and others count them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from warehouse_hub.operations.bench.answer import HUB, Measured, timed
from warehouse_hub.operations.bench.hub_engine import HubEngine
from warehouse_hub.operations.bench.question import Box, MapPeer

_HAMBURG: Final = (53.55, 9.99)
_TILE_DEGREES: Final = 360 / 256 * 52


@dataclass(frozen=True)
class Window:
    """A part of the map at a zoom; the box is west, south, east, north in degrees, None for the world."""

    name: str
    zoom: int
    box: Box | None

    @property
    def cell(self) -> float:
        """The width in degrees of a cell of a grid that is about as coarse as our bubbles."""
        return float(_TILE_DEGREES / 2**self.zoom)


WINDOWS: Final = (
    Window("map, world", 2, None),
    Window("map, country", 6, (5.8, 47.2, 15.1, 55.1)),
    Window(
        "map, street", 15, (_HAMBURG[1] - 0.03, _HAMBURG[0] - 0.02, _HAMBURG[1] + 0.03, _HAMBURG[0] + 0.02)
    ),
)


def drawn(hub: HubEngine, peers: Mapping[str, object], repeats: int) -> Iterator[Measured]:
    """Every window by every engine that can, one window after the other; totals are listings with a place in it."""
    for window in WINDOWS:
        (total, features), p50, p95 = timed(partial(hub.map, window.box, window.zoom), repeats=repeats)
        yield Measured(HUB, window.name, p50, p95, total, {"features": features})
        for name, peer in peers.items():
            if isinstance(peer, MapPeer):
                (total, cells), p50, p95 = timed(partial(peer.grid, window.box, window.cell), repeats=repeats)
                yield Measured(name, window.name, p50, p95, total, {"features": cells})
