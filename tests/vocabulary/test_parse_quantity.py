"""Quantities as spreadsheets and public sources print them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.vocabulary.quantities import parse_quantity
from warehouse_hub.vocabulary.quantity_text import UnreadableQuantity

CHI = "unit.chi_read_as_square_feet"
FANG = "unit.fang_read_as_cubic_metres"


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,203,449 sq ft", "1203449", "ft2"),
        ("1 203 449 sq ft", "1203449", "ft2"),
        ("50,000SF", "50000", "ft2"),
        ("5000 square feet", "5000", "ft2"),
        ("25k sq ft", "25000", "ft2"),
        ("1.2M sq ft", "1200000", "ft2"),
        ("4 million sq. ft.", "4000000", "ft2"),
        ("3000平方英尺", "3000", "ft2"),
        ("12万平方米", "120000", "m2"),
        ("1.5万㎡", "15000", "m2"),
        ("0.5万平", "5000", "m2"),
        ("5千平", "5000", "m2"),
        ("两千平", "2000", "m2"),
        ("1万5千平", "15000", "m2"),
        ("1万5平米", "15000", "m2"),
        ("３０００㎡", "3000", "m2"),
        ("３，０００ m²", "3000", "m2"),
        ("93,306.24 平方米", "93306.24", "m2"),
        ("3000 (m2)", "3000", "m2"),
        ("23000sqm", "23000", "m2"),
        ("500坪", "500", "tsubo"),
        ("12亩", "12", "mu"),
        ("120000 立方米", "120000", "m3"),
        ("9,000 cubic metres", "9000", "m3"),
        ("30 CBM", "30", "m3"),
        ("500托", "500", "pallet"),
        ("80个托盘位", "80", "pallet"),
        ("500 pallets", "500", "pallet"),
        ("300单/天", "300", "order_per_day"),
        ("日均300单", "300", "order_per_day"),
        ("60 orders a day", "60", "order_per_day"),
        ("1,200 orders/day", "1200", "order_per_day"),
        ("200 SKUs", "200", "sku"),
        ("2x40HQ", "2", "container_40hq"),
        ("2 40HQ", "2", "container_40hq"),
        ("3*40’HQ", "3", "container_40hq"),
        ("3个20尺柜", "3", "container_20gp"),
        ("12.5m", "12.5", "m"),
        ("0 m2", "0", "m2"),
    ],
)
def test_what_is_printed_is_read_without_a_warning(text, value, unit):
    parsed = parse_quantity(text)
    assert (parsed.quantity.value, parsed.quantity.unit) == (Decimal(value), unit)
    assert parsed.quantity.basis is None
    assert parsed.warnings == ()


@pytest.mark.parametrize(
    ("text", "value", "unit", "warnings"),
    [
        ("120万尺", "1200000", "ft2", (CHI,)),
        ("800平方尺", "800", "ft2", (CHI,)),
        ("3个方", "3", "m3", (FANG,)),
        ("about 23,000 sqm GFA", "23000", "m2", ("quantity.approximate", "quantity.remark_ignored")),
        ("约2000平", "2000", "m2", ("quantity.approximate",)),
        ("3000多平", "3000", "m2", ("quantity.approximate",)),
        ("2000平左右", "2000", "m2", ("quantity.approximate",)),
        ("over 30,000 sqm", "30000", "m2", ("quantity.lower_bound",)),
        ("3,000+ sqm", "3000", "m2", ("quantity.lower_bound",)),
        ("1000平起", "1000", "m2", ("quantity.lower_bound",)),
        ("300平以内", "300", "m2", ("quantity.upper_bound",)),
        ("334,000 sq ft combined", "334000", "ft2", ("quantity.combined",)),
        ("120000 立方米 (also 120万尺)", "120000", "m3", ("quantity.remark_ignored",)),
        ("30,000 sqm (12,000 air cargo + 18,000 sorting)", "30000", "m2", ("quantity.remark_ignored",)),
    ],
)
def test_what_a_person_should_know_of_the_reading_is_warned_of(text, value, unit, warnings):
    parsed = parse_quantity(text)
    assert (parsed.quantity.value, parsed.quantity.unit, parsed.warnings) == (Decimal(value), unit, warnings)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "quantity.empty"),
        ("n/a", "quantity.unreadable"),
        ("待定", "quantity.unreadable"),
        ("不含3000平", "quantity.unreadable"),
        ("1.234,56 m2", "quantity.ambiguous_number"),
        ("1,5 m2", "quantity.ambiguous_number"),
        ("12,03,449 sq ft", "quantity.ambiguous_number"),
        ("12.500 m²", "quantity.ambiguous_number"),
        ("15,000 sqm; 20,000 cubic metres storage", "quantity.ambiguous"),
        ("over 1,000,000 sq ft on 77 acres", "quantity.ambiguous"),
        ("500-800托", "quantity.is_a_range"),
        ("500托到800托", "quantity.is_a_range"),
        ("25k to 40k sq ft", "quantity.is_a_range"),
        ("3000平方米/月", "quantity.is_a_rate"),
        ("-5 m2", "quantity.negative"),
        ("3000", "unit.missing"),
        ("300件/天", "unit.unknown"),
        ("55.2 acre", "unit.unknown"),
        ("20尺柜", "unit.unknown"),
        ("40HQ", "unit.unknown"),
    ],
)
def test_an_ambiguous_or_unreadable_text_is_refused_and_never_guessed(text, code):
    with pytest.raises(UnreadableQuantity) as refused:
        parse_quantity(text)
    assert refused.value.code == code
    assert refused.value.facts["text"] == text
    assert isinstance(refused.value, InvalidInput)


def test_the_unit_of_the_column_serves_a_bare_number_and_a_printed_unit_wins():
    assert parse_quantity("3,000", "m2").quantity.unit == "m2"
    assert parse_quantity("3,000 sq ft", "m2").quantity.unit == "ft2"


def test_a_numeric_cell_is_taken_as_it_is_and_a_float_never():
    assert parse_quantity(Decimal("12.345"), "m2").quantity.value == Decimal("12.345")
    assert parse_quantity(3000, "m2").quantity.value == 3000
    with pytest.raises(UnreadableQuantity, match=r"unit\.missing"):
        parse_quantity(3000)
    with pytest.raises(TypeError):
        parse_quantity(12.345, "m2")


@given(
    st.integers(min_value=0, max_value=10**9),
    st.sampled_from([("{:,} sq ft", "ft2"), ("{}㎡", "m2"), ("{:,}坪", "tsubo")]),
)
def test_every_whole_number_is_read_as_it_was_printed(value, printed):
    pattern, unit = printed
    assert parse_quantity(pattern.format(value)).quantity.value == value
    assert parse_quantity(pattern.format(value)).quantity.unit == unit


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_but_never_breaks(text):
    try:
        quantity = parse_quantity(text, "m2").quantity
    except UnreadableQuantity:
        return
    assert quantity.value >= 0
