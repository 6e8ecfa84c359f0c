"""The bands of available areas."""

from __future__ import annotations

import pytest

from warehouse_hub.vocabulary.area_bands import area_band
from warehouse_hub.vocabulary.codes import AREA_BANDS


@pytest.mark.parametrize(
    ("available", "band"),
    [
        (None, "unknown"),
        (0.0, "lt1000"),
        (999.99, "lt1000"),
        (1000.0, "1000-3000"),
        (2999.99, "1000-3000"),
        (3000.0, "3000-10000"),
        (10_000.0, "10000-30000"),
        (29_999.0, "10000-30000"),
        (30_000.0, "gte30000"),
        (1e9, "gte30000"),
    ],
)
def test_a_band_holds_its_lower_end(available, band):
    assert area_band(available) == band
    assert band in AREA_BANDS
