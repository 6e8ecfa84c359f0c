"""GeoJSON as RFC 7946 has it."""

from __future__ import annotations

import json

import pytest

from warehouse_hub.press.geojson_file import Place, geojson_bytes


def test_longitude_comes_first_and_facts_stand_beside():
    content = geojson_bytes([Place("A", 9.99371234, 53.5511, {"name": "汉堡"})], {"number": "DEMO-2026-11"})
    document = json.loads(content)
    assert document["type"] == "FeatureCollection"
    assert document["number"] == "DEMO-2026-11"
    assert document["features"][0]["geometry"] == {"type": "Point", "coordinates": [9.993712, 53.5511]}
    assert "汉堡".encode() in content


def test_an_unknown_place_has_no_geometry_and_is_not_at_zero():
    document = json.loads(geojson_bytes([Place("A", None, None, {})], {}))
    assert document["features"][0]["geometry"] is None


@pytest.mark.parametrize(("longitude", "latitude"), [(53.5, 99.9), (181.0, 0.0), (float("nan"), 1.0)])
def test_a_place_that_is_not_on_earth_is_refused(longitude, latitude):
    with pytest.raises(ValueError, match="no place on Earth"):
        geojson_bytes([Place("A", longitude, latitude, {})], {})
