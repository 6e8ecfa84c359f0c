"""Every compiled loop of geography once, on next to nothing: else the first to ask for places waits for it."""

from __future__ import annotations

import numpy as np

from warehouse_hub.search.geography.candidates import Candidates
from warehouse_hub.search.geography.distance import PlaceColumns, auxiliary, within_km
from warehouse_hub.search.geography.inside import inside_box, inside_polygon
from warehouse_hub.search.geography.shapes import Box, Polygon
from warehouse_hub.search.geography.spans import spans_of


def warm() -> None:
    """Load what is compiled already, compile what is not."""
    degrees = np.zeros(1), np.zeros(1)
    everything, world = Candidates.every(1), Box(-180.0, -90.0, 180.0, 90.0)
    spans_of(np.zeros(1, np.uint64), [world])
    within_km(PlaceColumns(*degrees, *auxiliary(*degrees)), everything, [(1.0, 1.0)], 1.0)
    inside_box(*degrees, everything, world)
    inside_polygon(*degrees, everything, Polygon(((0.0, 0.0),)))
