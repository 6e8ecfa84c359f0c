"""The three examples of the module's docstring, computed by hand, and what must never be confused."""

from __future__ import annotations

import numpy as np
import pytest

from warehouse_hub.monitoring.rules.imputation import impute, reported
from warehouse_hub.monitoring.rules.publication import MonthView
from warehouse_hub.monitoring.rules.utilisation import breaks, change_pp, levels

NAN = np.nan
RENTABLE = np.array([[10_000, 1_000, 4_000, 5_000], [10_000, 1_000, 4_000, NAN]])
OCCUPIED = np.array([[5_000, 800, 2_950, 2_000], [6_000, 900, 3_000, NAN]])
REGISTERED = np.array([10_000, 1_000, 4_000, 5_000], dtype=float)
ONE_CLASS = np.zeros(4, dtype=int)
EVERYWHERE = np.ones((2, 4), dtype=bool)


def view(members, stated, imputed=None) -> MonthView:
    stated = np.asarray(stated, dtype=bool)
    blank = np.zeros_like(stated) if imputed is None else imputed
    return MonthView(np.asarray(members, dtype=bool), stated, blank, np.arange(len(stated)))


def test_utilisation_is_the_ratio_of_sums_and_not_the_mean_of_rates():
    only_three = view([[1, 1, 1]], [1, 1, 1])
    now = levels(only_three, RENTABLE[1, :3], OCCUPIED[1, :3], REGISTERED[:3], np.ones(3))
    assert now.utilisation[0] == pytest.approx(9_900 / 15_000) == pytest.approx(0.66)


def test_a_missing_report_is_imputed_by_the_growth_of_its_class_and_lowers_the_coverage():
    done = impute(RENTABLE, OCCUPIED, ONE_CLASS, ONE_CLASS, EVERYWHERE)
    now = levels(
        view([[1, 1, 1, 1]], reported(RENTABLE, OCCUPIED)[1], done.imputed[1]),
        done.rentable[1],
        done.occupied[1],
        REGISTERED,
        np.ones(4),
    )
    assert done.occupied[1, 3] == pytest.approx(2_262.857, abs=0.001)
    assert now.utilisation[0] == pytest.approx(0.608143, abs=1e-6)
    assert now.coverage[0] == pytest.approx(0.75)
    assert now.imputed_share[0] == pytest.approx(0.25)
    assert now.reporting[0] == 3


def test_the_change_compares_only_those_who_reported_twice():
    stated = reported(RENTABLE, OCCUPIED)
    before, now = view([[1, 1, 1, 1]], stated[0]), view([[1, 1, 1, 1]], stated[1])
    change = change_pp(before, now, (RENTABLE[0], OCCUPIED[0]), (RENTABLE[1], OCCUPIED[1]))
    assert change[0] == pytest.approx(7.6667, abs=1e-4)


def test_zero_occupied_is_a_figure_and_no_report_is_none():
    two = view([[1, 0], [0, 1]], [1, 0])
    now = levels(two, np.array([1_000, NAN]), np.array([0.0, NAN]), np.array([1_000.0, 1_000.0]), np.ones(2))
    assert now.utilisation[0] == 0
    assert np.isnan(now.utilisation[1])
    assert np.isnan(now.occupied[1])


def test_a_site_without_a_registered_area_counts_in_the_coverage_with_what_it_reports():
    one = view([[1, 1]], [1, 0])
    now = levels(one, np.array([1_000, NAN]), np.array([500, NAN]), np.array([NAN, 3_000]), np.ones(2))
    assert now.coverage[0] == pytest.approx(0.25)


def test_a_series_is_broken_when_the_counted_area_moves_by_more_than_half():
    one = view([[1]], [1])
    small, large = (
        levels(one, np.array([area]), np.array([1.0]), np.array([NAN]), np.ones(1))
        for area in (1_000.0, 1_501.0)
    )
    assert breaks(small, large).tolist() == [True]
    assert breaks(small, small).tolist() == [False]
