"""Conversions are exact; what cannot be compared is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse_hub.core.errors import HubError, InvalidInput
from warehouse_hub.vocabulary.quantities import IncomparableQuantities, Quantity

AREAS = st.sampled_from(["m2", "ft2", "tsubo", "mu"])
VALUES = st.decimals(min_value=0, max_value=10**9, places=2)


def m2(value, basis=None):
    return Quantity(Decimal(value), "m2", basis)


def test_square_feet_convert_exactly():
    assert Quantity(Decimal(1203449), "ft2").to("m2").value == Decimal("111804.07058496")


def test_a_square_metre_result_comes_back_to_the_same_square_feet():
    assert Quantity(Decimal("0.09290304"), "m2").to("ft2").value == 1


def test_tsubo_and_mu_are_fractions_of_a_square_metre():
    assert Quantity(Decimal(121), "tsubo").to("m2").value == 400
    assert Quantity(Decimal(3), "mu").to("m2").value == 2000
    assert Quantity(Decimal(121), "tsubo").compare(m2(400)) == 0
    assert Quantity(Decimal(1), "mu") > m2("666.6666666666666666666666666")


@given(VALUES, AREAS, AREAS)
def test_there_and_back_is_the_same_to_twenty_digits(value, unit, other):
    back = Quantity(value, unit).to(other).to(unit).value
    assert abs(back - value) <= abs(value) * Decimal("1e-20")


@given(VALUES, VALUES)
def test_a_larger_number_of_tsubo_stays_larger_in_any_unit(left, right):
    first, second = Quantity(left, "tsubo"), Quantity(right, "tsubo")
    assert first.compare(second) == (left > right) - (left < right)


@given(VALUES, AREAS, VALUES, AREAS)
def test_order_does_not_depend_on_which_side_asks(left, unit, right, other):
    assert Quantity(left, unit).compare(Quantity(right, other)) == -Quantity(right, other).compare(
        Quantity(left, unit)
    )


def test_areas_of_two_units_add_in_the_unit_of_the_first():
    total = m2(100) + Quantity(Decimal(1000), "ft2")
    assert (total.value, total.unit) == (Decimal("192.90304"), "m2")
    assert (m2(100) - m2(30)).value == 70


@pytest.mark.parametrize(
    "other", ["m3", "pallet", "order_per_day", "sku", "container_40hq", "container_20gp", "m"]
)
def test_an_area_is_never_compared_with_anything_else(other):
    stranger = Quantity(Decimal(1), other)
    for attempt in (m2(1).compare, m2(1).__add__, m2(1).__lt__, m2(1).__sub__):
        with pytest.raises(IncomparableQuantities, match=r"quantity\.different_kind") as refused:
            attempt(stranger)
        assert refused.value.facts == {"units": ("m2", other)}
    with pytest.raises(IncomparableQuantities):
        m2(1).to(other)


def test_two_bases_are_never_added_or_compared_nor_is_an_unstated_one():
    for left, right in ((m2(1, "gross"), m2(1, "rentable")), (m2(1), m2(1, "rentable"))):
        with pytest.raises(IncomparableQuantities, match=r"quantity\.different_basis"):
            left + right
        with pytest.raises(IncomparableQuantities, match=r"quantity\.different_basis"):
            assert left <= right


def test_a_basis_that_is_said_makes_them_comparable():
    assert m2(1).on("rentable") < m2(2, "rentable")


def test_the_refusal_is_one_that_a_person_is_told():
    assert issubclass(IncomparableQuantities, HubError)


def test_a_float_is_a_programming_error():
    with pytest.raises(TypeError):
        Quantity(1.5, "m2")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((Decimal(1), "furlong"), "unit.unknown"),
        ((Decimal(1), "m2", "roughly"), "basis.unknown"),
        ((Decimal("NaN"), "m2"), "quantity.not_finite"),
    ],
)
def test_a_quantity_of_nothing_known_is_refused(arguments, code):
    with pytest.raises(InvalidInput, match=code):
        Quantity(*arguments)
