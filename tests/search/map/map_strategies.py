"""What random maps are drawn from: how many results, how far apart, at which zoom, in which box."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from search.map.plain_map import EVERYWHERE

from warehouse_hub.search.geography.shapes import Box

# The first example may have to wait for the compiler.
relaxed = settings(deadline=None, max_examples=60)
seeds = st.integers(0, 1000)
spreads = st.sampled_from([0.0001, 0.001, 0.02, 0.2])
zooms = st.integers(0, 22)
boxes = st.sampled_from(
    [
        None,
        EVERYWHERE,
        Box(-10, 40, 30, 60),
        Box(170, -45, -170, 45),
        Box(10, -90, 9, 90),
        Box(-180, 60, 180, 90),
        Box(0, -90, 180, -60),
        Box(180, -90, -180, 90),
        Box(50, 0, 51, 1),
    ]
)
