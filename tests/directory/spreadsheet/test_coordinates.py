"""Where something stands, in the ways in which people copy it from a map."""

from __future__ import annotations

import pytest

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.directory.spreadsheet.coordinates import latitude_of, longitude_of, pair_of


@pytest.mark.parametrize(
    "cell",
    [
        34.05,
        "34.05",
        "34.05N",
        "34.05° N",
        "N34.05",
        "北纬34.05",
        "北纬34.05度",
        "３４．０５",
        "34°03′00″N",
        "34°3'N",
    ],
)
def test_a_latitude_is_read_however_it_is_written(cell):
    assert latitude_of(cell) == pytest.approx(34.05, abs=1e-6)


@pytest.mark.parametrize(
    "cell", ["118.24W", "W 118.24", "西经118.24", "118°14′24″W", "118º14'24''w", -118.24]
)
def test_west_is_negative(cell):
    assert longitude_of(cell) == pytest.approx(-118.24, abs=1e-6)


@pytest.mark.parametrize(
    "cell",
    [
        "34.05, -118.24",
        "34.05，-118.24",
        "北纬34.05，西经118.24",
        "34.05° N, 118.24° W",
        "118.24W 34.05N",
        "N34.05 W118.24",
        "34°03'00\"N 118°14'24\"W",
    ],
)
def test_both_in_one_cell(cell):
    assert pair_of(cell) == (pytest.approx(34.05, abs=1e-6), pytest.approx(-118.24, abs=1e-6))


@pytest.mark.parametrize("cell", ["118.24W", "34°61'N", "53,55", "north", "34.05N 35.05N"])
def test_a_hemisphere_of_the_other_axis_or_an_impossible_angle_is_refused(cell):
    with pytest.raises(InvalidInput):
        latitude_of(cell)


def test_an_empty_cell_is_no_place():
    assert (latitude_of(None), longitude_of("未知"), pair_of("")) == (None, None, (None, None))
