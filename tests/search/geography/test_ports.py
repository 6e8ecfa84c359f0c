"""The distance to the nearest major port is the one that places.hubs prints."""

from __future__ import annotations

import numpy as np
import pytest

from warehouse_hub.places.hubs import nearest_port
from warehouse_hub.search.geography.ports import port_km


def test_every_place_on_earth_is_as_far_from_a_port_as_is_printed():
    random = np.random.default_rng(4)
    latitude = np.append(random.uniform(-90, 90, 300), [90.0, -90.0, 0.0])
    longitude = np.append(random.uniform(-180, 180, 300), [0.0, 0.0, 180.0])
    printed = [nearest_port(*point)[1] for point in zip(latitude, longitude, strict=True)]
    assert np.max(np.abs(port_km(latitude, longitude) - printed)) < 0.010
    assert max(printed) < 6000


def test_a_site_at_a_port_is_near_it_and_an_unknown_one_near_none():
    km = port_km([51.4325, np.nan], [6.7652, np.nan])
    assert km[0] == pytest.approx(3, abs=1)
    assert np.isnan(km[1])
    assert len(port_km([], [])) == 0
