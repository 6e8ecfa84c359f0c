"""Totals that count a square metre once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from warehouse_hub.catalogue.rules.totals import Figure, Holding, totals_of


def holding(key, *figures, group=None, record_class="public", grade="stated"):
    return Holding(key, group, record_class, grade, figures)


def gross(value, unit="m2", **more):
    return Figure(Decimal(value), unit, "gross", **more)


def told(*holdings):
    return {(total.unit, total.basis): (total.value, total.sites) for total in totals_of(holdings)}


def test_areas_add_up_in_square_metres_whatever_they_were_printed_in():
    assert told(holding("a", gross(1000)), holding("b", gross(10000, "ft2"))) == {
        ("m2", "gross"): (Decimal("1929.03"), 2)
    }


def test_units_and_bases_are_never_added():
    figures = (gross(1000), Figure(Decimal(800), "m2", "rentable"), gross(500, "pallet"), gross(120000, "m3"))
    assert told(holding("a", *figures)) == {
        ("m2", "gross"): (1000, 1),
        ("m2", "rentable"): (800, 1),
        ("m3", "gross"): (120000, 1),
        ("pallet", "gross"): (500, 1),
    }


def test_two_records_of_one_building_count_once():
    press = holding("CNW001", gross(1203449, "ft2"), group="perris", grade="reported")
    other = holding("CNW002", gross(120000, "m3"), gross(1200000, "ft2"), group="perris", grade="reported")
    counted = told(press, other)
    assert counted[("m2", "gross")] == (Decimal("111804.07"), 1)
    assert counted[("m3", "gross")] == (120000, 1)


def test_of_one_building_the_public_record_speaks_then_the_better_evidence():
    user = holding("a", gross(300), group="g", record_class="third_party", grade="verified")
    press = holding("b", gross(900), group="g", grade="reported")
    checked = holding("c", gross(1000), group="g", grade="documented")
    assert told(user, press, checked) == {("m2", "gross"): (1000, 1)}


def test_a_figure_that_several_sites_share_counts_once():
    shared = gross(334000, "ft2", source="https://re-nj.com/29", shared_by=2)
    own = gross(1000, source="https://re-nj.com/29")
    once = Decimal("31029.62")
    assert told(holding("a", shared), holding("b", shared), holding("c", own)) == {
        ("m2", "gross"): (once + 1000, 2)
    }


def test_the_same_shared_figure_of_another_source_is_another_figure():
    one = gross(100, source="x", shared_by=2)
    two = gross(100, source="y", shared_by=2)
    assert told(holding("a", one), holding("b", two)) == {("m2", "gross"): (200, 2)}


def test_the_newest_statement_of_a_site_counts():
    old, new = gross(900, as_of=date(2024, 1, 1)), gross(700, as_of=date(2026, 11, 1))
    assert told(holding("a", old, new)) == {("m2", "gross"): (700, 1)}


def test_nothing_stated_is_no_total_and_not_zero():
    assert totals_of([holding("a"), holding("b")]) == []


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=8), st.randoms())
def test_the_order_of_the_entries_makes_no_difference(values, chance):
    holdings = [holding(str(n), gross(value), group=str(n % 3)) for n, value in enumerate(values)]
    shuffled = list(holdings)
    chance.shuffle(shuffled)
    assert told(*holdings) == told(*shuffled)
