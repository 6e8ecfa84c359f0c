"""Numbers in Chinese characters and mixed forms."""

from __future__ import annotations

from decimal import Decimal

import pytest

from warehouse_hub.vocabulary.numerals import read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十二", 12),
        ("三十", 30),
        ("一百零五", 105),
        ("一百五十公里", 150),
        ("两千五", 2500),
        ("四十五万", 450_000),
        ("一亿二千万", 120_000_000),
        ("1万亿", 10**12),
        ("3千万", 30_000_000),
        ("12万5千", 125_000),
        ("二〇二六", 2026),
        ("0.5万", 5000),
    ],
)
def test_a_number_is_read_as_it_is_said(text, value):
    number = read_number(text)
    assert number is not None
    assert number.value == Decimal(value)


@pytest.mark.parametrize("text", ["", "百货", "千万别", "几百", "m2"])
def test_a_text_that_starts_with_no_number_has_none(text):
    assert read_number(text) is None


def test_how_far_the_number_reaches_is_told():
    number = read_number("一百五十公里")
    assert number is not None
    assert number.length == len("一百五十")
