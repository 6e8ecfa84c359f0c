"""Frozen content: the same bytes for the same content, always."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse_hub.press.freeze import canonical, decimal_text, digest, thaw

SCALARS = st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text("abc名", max_size=3), inner)
)


def test_the_order_of_keys_makes_no_difference():
    assert canonical({"b": 1, "a": {"d": 1, "c": 2}}) == canonical({"a": {"c": 2, "d": 1}, "b": 1})


@pytest.mark.parametrize("written", ["33500", "33500.0", "33500.000000", "3.35E+4", "+33500"])
def test_one_number_has_one_frozen_text_however_it_was_written(written):
    assert canonical(Decimal(written)) == '"33500"'


@pytest.mark.parametrize(
    ("written", "kept"), [("-0", "0"), ("0E+3", "0"), ("0.10", "0.1"), ("1E-7", "0.0000001")]
)
def test_a_decimal_is_plain(written, kept):
    assert decimal_text(Decimal(written)) == kept


def test_an_instant_is_utc_wherever_it_was_read():
    shanghai = timezone(timedelta(hours=8))
    here, there = datetime(2026, 11, 23, 12, tzinfo=shanghai), datetime(2026, 11, 23, 4, tzinfo=UTC)
    assert canonical(here) == canonical(there) == '"2026-11-23T04:00:00Z"'
    assert canonical(date(2026, 11, 23)) == '"2026-11-23"'


def test_chinese_is_itself_and_not_an_escape():
    assert canonical({"市": "郑州"}) == '{"市":"郑州"}'


@pytest.mark.parametrize("value", [{1: 2}, {"a": {1, 2}}, b"bytes", object()])
def test_what_has_no_one_form_is_refused(value):
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize(
    "value",
    [float("nan"), Decimal("inf"), datetime(2026, 1, 1), "\ud800"],  # noqa: DTZ001
)
def test_what_cannot_be_read_back_alike_is_refused(value):
    with pytest.raises(ValueError):  # noqa: PT011
        canonical({"value": value})


@given(VALUES)
def test_what_was_frozen_thaws_to_itself_and_freezes_to_the_same_bytes(value):
    text = canonical(value)
    assert thaw(text) == value
    assert canonical(thaw(text)) == text
    assert digest(text) == digest(text.encode())
