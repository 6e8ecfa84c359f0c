"""The compiled loops of geography."""

from __future__ import annotations

import numpy as np
from search.geography.atlas import in_map_order, world

from warehouse_hub.search.geography.candidates import Candidates
from warehouse_hub.search.geography.distance import centres_of, distances, page_distances, within_km
from warehouse_hub.search.geography.inside import inside_box, inside_polygon
from warehouse_hub.search.geography.ports import port_km
from warehouse_hub.search.geography.shapes import Box, Circle, Polygon
from warehouse_hub.search.geography.spans import spans_of
from warehouse_hub.search.geography.warm import warm
from warehouse_hub.search.kernels.compiled import compiled_forms


def forms() -> dict[str, int]:
    return {
        name: count
        for name, count in compiled_forms().items()
        if name.startswith("warehouse_hub.search.geography.")
    }


def test_whoever_asks_for_places_does_not_wait_for_the_compiler():
    warm()
    warmed = forms()
    assert len(warmed) == 8
    assert set(warmed.values()) == {1}
    places, morton = in_map_order(world(500))
    circle = Circle(50, 8, 900)
    spans = spans_of(morton, circle.boxes())
    listed = np.arange(0, 500, 7, dtype=np.uint32)
    for candidates in (
        Candidates.every(500),
        Candidates.in_spans(spans),
        Candidates.listed(listed),
        Candidates.listed_in(listed, spans),
        Candidates.listed(listed[:0]),
    ):
        for radius in (900, 900.5, np.float64(17_000)):
            within_km(places, candidates, [(50, 8), (51.5, -0.1)], radius)
        distances(places, candidates, centres_of([(50, 8)]))
        page_distances(places, candidates, centres_of([(50, 8)]), 10, 500)
        inside_box(places.latitude, places.longitude, candidates, Box(0, 40, 20, 60))
        inside_polygon(places.latitude, places.longitude, candidates, Polygon(((40, 0), (60, 10), (40, 20))))
    port_km(places.latitude, places.longitude)
    assert forms() == warmed
