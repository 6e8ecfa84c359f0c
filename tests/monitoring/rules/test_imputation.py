"""What stands in for a missing report, and when nothing does."""

from __future__ import annotations

import numpy as np
import pytest

from warehouse_hub.monitoring.rules.imputation import impute

NAN = np.nan


def filled(occupied, *, rentable=1_000.0, narrow=None, expected=True):
    occupied = np.array(occupied, dtype=float)
    areas = np.where(np.isnan(occupied), NAN, rentable)
    wide = np.zeros(occupied.shape[1], dtype=int)
    narrow = wide if narrow is None else np.array(narrow)
    return impute(areas, occupied, narrow, wide, np.full(occupied.shape, expected))


def test_two_months_are_filled_in_and_the_third_is_not_available():
    done = filled([[100, 500], [110, NAN], [121, NAN], [133.1, NAN]])
    assert done.occupied[:, 1].tolist() == pytest.approx([500, 550, 605, NAN], nan_ok=True)
    assert done.imputed[:, 1].tolist() == [False, True, True, False]


def test_after_a_report_the_count_begins_again():
    done = filled([[100, 500], [100, NAN], [100, 400], [100, NAN], [100, NAN], [100, NAN]])
    assert done.imputed[:, 1].tolist() == [False, True, False, True, True, False]


def test_a_site_that_never_reported_is_never_filled_in():
    assert np.isnan(filled([[100, NAN], [100, NAN]]).occupied[:, 1]).all()


def test_a_class_of_fewer_than_three_responders_takes_the_wider_ratio():
    before, after = [100, 100, 100, 100, 100], [200, 100, 100, 100, NAN]
    small = filled([before, after], narrow=[1, 0, 0, 0, 1])
    assert small.occupied[1, 4] == pytest.approx(125)
    large = filled([[*before, 100, 100], [*after, 200, 200]], narrow=[1, 0, 0, 0, 1, 1, 1])
    assert large.occupied[1, 4] == pytest.approx(200)


def test_an_estimate_never_exceeds_the_rentable_area():
    assert filled([[100, 900], [300, NAN]]).occupied[1, 1] == 1_000


def test_a_month_in_which_nobody_reported_stays_empty():
    assert np.isnan(filled([[100, 900], [NAN, NAN]]).occupied[1]).all()


def test_a_half_report_is_a_missing_one():
    done = impute(
        np.array([[10.0, 10.0], [10.0, NAN]]),
        np.array([[5.0, 5.0], [5.0, 9.0]]),
        np.zeros(2, int),
        np.zeros(2, int),
        np.ones((2, 2), bool),
    )
    assert done.imputed[1].tolist() == [False, True]
    assert done.occupied[1, 1] == 5


def test_a_site_that_had_not_opened_is_not_filled_in():
    assert np.isnan(filled([[100, 500], [110, NAN]], expected=False).occupied[1, 1])
