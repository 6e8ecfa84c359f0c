"""Disclosure control against an attacker who combines every published figure, of one month and of several."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from monitoring.attacker import isolated

from warehouse_hub.monitoring.rules.disclosure import Ledger
from warehouse_hub.monitoring.rules.publication import MonthView, panel, publications


def ledger(*rows: str, groups: str) -> Ledger:
    """Rows of x and . over warehouses whose groups are letters; ? is unknown."""
    letters = [ord(letter) if letter != "?" else -1 for letter in groups]
    return Ledger(np.array([[mark == "x" for mark in row] for row in rows]), np.array(letters))


def admitted(*rows: str, groups: str) -> list[bool]:
    book = ledger(*rows, groups=groups)
    return [book.admit(place) for place in range(len(rows))]


def test_three_groups_may_be_in_print_and_two_may_not():
    assert admitted("xxx", groups="ABC") == [True]
    assert admitted("xxx", groups="ABA") == [False]


def test_a_warehouse_of_an_unknown_group_protects_nobody():
    assert admitted("xxx", groups="AB?") == [False]
    assert admitted("xxxx", groups="ABC?") == [True]
    assert admitted("x", groups="?") == [False]


def test_the_smallest_other_country_goes_too_when_the_set_and_all_others_stand():
    # The set, Germany, Poland, Ireland, Denmark: Denmark has one group, and the set less the others would tell it.
    rows = ("xxxxxxxxxx", "xxx.......", "...xxx....", "......xxx.", ".........x")
    assert admitted(*rows, groups="ABCDEFGHIJ") == [True, True, True, False, False]


def test_two_withheld_cells_of_two_groups_are_too_few_together():
    rows = ("xxxxxxxx", "xxx.....", "...xxx..", "......x.", ".......x")
    assert admitted(*rows, groups="ABCDEFGH") == [True, True, False, False, False]


def test_a_region_set_that_differs_from_another_by_one_country_is_withheld():
    assert admitted("xxxxxxxx", "xxxxxxx.", "xxxx....", groups="ABCDEFGH") == [True, False, True]


def test_a_country_table_and_overlapping_sets_are_never_differenced():
    # A u B and B u C stand, A and C stand: (A u B) - A = (B u C) - C = B, which has two groups.
    assert admitted("xxxxx...", "...xxxxx", "xxx.....", ".....xxx", groups="ABCDEFGH") == [
        True,
        True,
        False,
        False,
    ]


def test_the_same_cell_in_two_tables_is_in_print_in_both_or_in_neither():
    assert admitted("xxxx", "xxxx", groups="ABCD") == [True, True]
    assert admitted("xx", "xx", groups="AB") == [False, False]


@st.composite
def families(draw):
    """Warehouses in countries, countries in overlapping sets, operators with a home district."""
    size = draw(st.integers(4, 16))
    owners = draw(st.lists(st.sampled_from([-1, 0, 1, 2, 3, 4, 5, 6]), min_size=size, max_size=size))
    countries = draw(st.lists(st.integers(0, 4), min_size=size, max_size=size))
    districts = draw(st.lists(st.integers(0, 2), min_size=size, max_size=size))
    sets = draw(st.lists(st.sets(st.integers(0, 4), min_size=1, max_size=4), max_size=3))
    rows = [[True] * size]
    rows += [[country in each for country in countries] for each in sets]
    rows += [[country == code for country in countries] for code in range(5)]
    rows += [[district == code for district in districts] for code in range(3)]
    return np.array(rows), np.array(owners)


def equation(mask, weight=1) -> dict:
    return {int(place): Fraction(weight) for place in np.flatnonzero(mask)}


@settings(max_examples=150, deadline=None)
@given(families())
def test_no_combination_of_a_months_tables_is_about_fewer_than_three_groups(family):
    rows, owners = family
    book = Ledger(rows, owners)
    printed = [equation(row) for place, row in enumerate(rows) if row.any() and book.admit(place)]
    owner = {place: None if group < 0 else int(group) for place, group in enumerate(owners)}
    assert isolated(printed, owner) is None


@settings(max_examples=60, deadline=None)
@given(families())
def test_nothing_is_withheld_that_could_be_printed_beside_the_rest(family):
    rows, owners = family
    book = Ledger(rows, owners)
    kept = [row.any() and book.admit(place) for place, row in enumerate(rows)]
    owner = {place: None if group < 0 else int(group) for place, group in enumerate(owners)}
    printed = [equation(row) for row, keep in zip(rows, kept, strict=True) if keep]
    for row, keep in zip(rows, kept, strict=True):
        if row.any() and not keep:
            assert isolated([*printed, equation(row)], owner) is not None


@st.composite
def months(draw):
    """Four months of one family; in each somebody is silent, and some of the silent are imputed."""
    rows, owners = draw(families())
    size = len(owners)
    marks = draw(
        st.lists(st.lists(st.sampled_from("rrrrrim"), min_size=size, max_size=size), min_size=4, max_size=4)
    )
    views = []
    for line in marks:
        stated = np.array([mark == "r" for mark in line])
        views.append(
            MonthView(rows, stated, np.array([mark == "i" for mark in line]), np.where(stated, owners, -1))
        )
    views[0] = MonthView(rows, views[0].reported, np.zeros(size, bool), views[0].groups)
    return views, owners


def unknowns_of(views, place, site, ratios) -> dict:
    """What stands for a site in a month: its own value, or an older one times ratios that the attacker knows."""
    weight = Fraction(1)
    while place >= 0 and not views[place].reported[site]:
        weight *= ratios[place]
        place -= 1
    return {(place, site): weight} if place >= 0 else {("never", site): weight}


def printed_equations(views, publications) -> list[dict]:
    """All levels and changes of all months as equations over reported values, with awkward known weights."""
    ratios = [Fraction(place + 7, 5) for place in range(len(views))]
    found = []
    for place, printed in enumerate(publications):
        view = views[place]
        for cell in np.flatnonzero(printed.levels):
            level: dict = {}
            for site in np.flatnonzero(view.levels[cell]):
                level |= unknowns_of(views, place, int(site), ratios)
            found.append(level)
        for cell in np.flatnonzero(printed.changes):
            both = np.flatnonzero(panel(views[place - 1], view)[cell])
            now = {(place, int(site)): Fraction(1, 100 + place) for site in both}
            found.append(now | {(place - 1, int(site)): -Fraction(1, 99 + place) for site in both})
    return found


@settings(max_examples=60, deadline=None)
@given(months())
def test_no_combination_over_months_with_changes_and_imputed_values_is_about_fewer_than_three_groups(
    given_months,
):
    views, owners = given_months
    printed = publications(views, range(len(views[0].members)))
    equations = printed_equations(views, printed)
    owner = {
        unknown: None if owners[unknown[1]] < 0 else int(owners[unknown[1]])
        for each in equations
        for unknown in each
    }
    assert isolated(equations, owner) is None


def test_a_newcomer_is_not_given_away_by_the_change_of_the_others():
    rows = np.ones((1, 5), dtype=bool)
    groups = np.arange(5)
    before = MonthView(rows, np.array([1, 1, 1, 1, 0], bool), np.zeros(5, bool), groups)
    now = MonthView(rows, np.ones(5, bool), np.zeros(5, bool), groups)
    assert publications([before, now], [0])[1].levels.all()
    assert not publications([before, now], [0])[1].changes.any()


def test_a_month_is_decided_alike_alone_and_in_a_series():
    source = np.random.default_rng(5)
    rows = source.random((6, 40)) < 0.6
    rows[0] = True
    groups = source.integers(0, 12, 40)
    views = []
    for _ in range(8):
        stated = source.random(40) < 0.9
        views.append(
            MonthView(rows, stated, ~stated & (source.random(40) < 0.5), np.where(stated, groups, -1))
        )
    series = publications(views, range(6))
    for place in range(2, 8):
        alone = publications(views[place - 2 : place + 1], range(6), first=2)[0]
        assert (alone.levels == series[place].levels).all()
        assert (alone.changes == series[place].changes).all()


@pytest.mark.parametrize("sites", [400, 10_000])
def test_a_large_family_is_decided_and_its_total_stands(sites):
    source = np.random.default_rng(sites)
    countries, districts = source.integers(0, 50, sites), source.integers(0, 12, sites)
    rows = np.array(
        [
            np.ones(sites, bool),
            *(countries == code for code in range(50)),
            *(districts == code for code in range(12)),
        ]
    )
    book = Ledger(rows, source.integers(0, sites // 3, sites))
    assert book.admit(0)
    assert sum(book.admit(place) for place in range(1, len(rows))) > 40
