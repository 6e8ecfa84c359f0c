"""Points with their ids, places at the antimeridian and the poles, and the form of GeoJSON."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from search.map.map_samples import located, source_of

from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.map.features import MOST_IDS_OF_A_POINT, map_of


@pytest.mark.parametrize("zoom", [0, 7, 22])
def test_listings_at_one_place_are_a_point_with_their_ids(zoom):
    names = [f"W{number:03}" for number in range(250)]
    part = located([53.5511] * 250, [9.9937] * 250, record_class=[0] * 200 + [4] * 50, ids=names)
    (point,) = map_of(source_of(part), None, zoom, 0).features
    assert (point.latitude, point.longitude, point.count, point.bounds) == (53.5511, 9.9937, 250, None)
    assert point.by_record_class == {"public": 200, "lead": 50}
    assert point.ids == tuple(names[:MOST_IDS_OF_A_POINT])
    few = replace(part, rows=np.array([7, 3, 240], "u4"), ordered=False)
    assert map_of(source_of(few), None, zoom, 0).features[0].ids == ("W003", "W007", "W240")


def test_a_place_with_others_out_of_the_box_is_no_point():
    """Its bubble holds them too, wherever the map is scrolled to."""
    part = located([10.0, 10.0], [20.0, 20.0001])
    box = Box(19.9999, 9.9, 20.00005, 10.1)
    (bubble,) = map_of(source_of(part), box, 10, 0).features
    assert (bubble.count, bubble.ids, bubble.bounds) == (1, (), Box(20.0, 10.0, 20.0, 10.0))


def test_bounds_run_across_the_antimeridian():
    part = located([-17.0, -17.5, -17.0], [179.9, -179.8, 179.95])
    (bubble,) = map_of(source_of(part), None, 4, 0).features
    assert (bubble.count, bubble.ids) == (3, ())
    assert bubble.bounds == Box(179.9, -17.5, -179.8, -17.0)
    opened = map_of(source_of(part), bubble.bounds, 12, 0)
    assert (opened.total, len(opened.features)) == (3, 3)


def test_the_antimeridian_itself_is_one_place_on_the_map():
    part = located([10.0, 10.0, 10.0], [180.0, -180.0, 180.0])
    (bubble,) = map_of(source_of(part), None, 22, 0).features
    assert bubble.bounds == Box(180.0, 10.0, -180.0, 10.0)
    assert map_of(source_of(part), bubble.bounds, 22, 0).total == 3


@pytest.mark.parametrize("latitude", [90.0, -90.0])
@pytest.mark.parametrize("zoom", [0, 5, 22])
def test_a_pole_has_no_neighbours_beyond_it(latitude, zoom):
    part = located([latitude, latitude, -latitude], [10.0, 100.0, 10.0])
    drawn = map_of(source_of(part), Box(0, latitude - 1, 50, latitude + 1), zoom, 0)
    assert [(one.latitude, one.longitude, one.count) for one in drawn.features] == [(latitude, 10.0, 1)]


def test_the_map_as_geojson():
    part = located(
        [53.5511, 53.5511, 10.0, 10.0], [9.9937, 9.9937, -10.0, -10.5], record_class=[0, 4, 2, 2], ids="ABCD"
    )
    bubble, point = map_of(source_of(part), None, 6, 0).geojson()["features"]
    if bubble["properties"]["kind"] == "point":
        bubble, point = point, bubble
    assert point == {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [9.9937, 53.5511]},
        "properties": {
            "kind": "point",
            "count": 2,
            "by_record_class": {"public": 1, "lead": 1},
            "ids": ["A", "B"],
        },
    }
    longitude, latitude = bubble["geometry"]["coordinates"]
    assert (longitude, latitude) == pytest.approx((-10.25, 10.0), abs=1e-6)
    assert bubble["properties"] == {
        "kind": "cluster",
        "count": 2,
        "by_record_class": {"third_party": 2},
        "ids": [],
        "bounds": [-10.5, 10.0, -10.0, 10.0],
    }


@pytest.mark.parametrize("parts", [[], [located([], [])], [located([], []), located([], [], ordered=False)]])
@pytest.mark.parametrize("box", [None, Box(0, 0, 1, 1)])
def test_an_empty_map(parts, box):
    assert map_of(lambda _: parts, box, 9, 3).geojson() == {
        "type": "FeatureCollection",
        "features": [],
        "total": 0,
        "without_coordinates": 3,
        "zoom": 9,
    }
