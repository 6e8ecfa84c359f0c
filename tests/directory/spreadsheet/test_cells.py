"""What one cell says, and what it must not be taken to say."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.directory.rules.uscc import check_character, is_uscc
from warehouse_hub.directory.spreadsheet.cells import (
    code_of,
    date_of,
    flag_of,
    is_blank,
    number_of,
    text_of,
    words_of,
)

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def refused(read, cell) -> str:
    with pytest.raises(InvalidInput) as refusal:
        read(cell)
    return refusal.value.code


@pytest.mark.parametrize("cell", [91410100728654671.0, 914101007286546700, "9.14101E+17", 1.5, float("inf")])
def test_a_code_that_a_spreadsheet_has_cut_is_refused_and_not_printed_back(cell):
    assert refused(code_of, cell) == "code.lost_digits"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (12345.0, "12345"),
        (410100, "410100"),
        (" 91410100MA3X1Y2Z3K\u00a0", "91410100MA3X1Y2Z3K"),
        ("９１４１０１００MA3X", "91410100MA3X"),
        ("'00123", "00123"),
        ("未知", None),
    ],
)
def test_a_code_is_read_as_text(cell, code):
    assert code_of(cell) == code


@given(st.text(alphabet=ALPHABET, min_size=17, max_size=17), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_of_a_credit_code_is_always_noticed(body, place, other):
    code = body + check_character(body)
    assert is_uscc(code)
    changed = code[:place] + other + code[place + 1 :]
    assert is_uscc(changed) == (changed == code)


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91110000600037341L", "914403001922038216"])
def test_codes_in_use_pass_the_check(code):
    assert is_uscc(code)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-11-20",
        "2026/11/20",
        "2026.11.20",
        "2026年11月20日",
        "20261120",
        "２０２６年１１月２０日",
        "20/11/2026",
        "2026-11-20 00:00:00",
        "2026-11-20T09:30:00Z",
        "2026 - 11 - 20",
        "2026年11月20日 9:30",
    ],
)
def test_a_day_is_read_however_it_is_written(cell):
    assert date_of(cell) == date(2026, 11, 20)


def test_the_hour_behind_a_short_day_is_no_part_of_it():
    assert date_of("2026-1-1 00:00:00") == date(2026, 1, 1)


def test_a_day_from_excel_is_that_day():
    assert date_of(datetime(2026, 11, 20, 15, 0)) == date(2026, 11, 20)  # noqa: DTZ001 (a spreadsheet has no zone)
    assert date_of(46346.0) == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2026", "date.imprecise"),
        ("2026-11", "date.imprecise"),
        ("2026年11月", "date.imprecise"),
        ("2026Q4", "date.imprecise"),
        ("03/04/2026", "date.ambiguous"),
        ("2026-02-30", "date.unreadable"),
        ("soon", "date.unreadable"),
        ("2026-11-011", "date.unreadable"),
        ("2026-11-01xyz", "date.unreadable"),
        ("2026-11-01T25:00", "date.unreadable"),
        ("2026-11-01~2027-01-01", "date.unreadable"),
        ("2026年11月1日至2027年1月1日", "date.unreadable"),
    ],
)
def test_a_date_that_is_not_one_day_is_never_made_one(cell, code):
    assert refused(date_of, cell) == code


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,203,449", "1203449"),
        ("1 203 449", "1203449"),
        ("３０００", "3000"),
        (0.1, "0.1"),
        (12, "12"),
        ("-", None),
        (None, None),
    ],
)
def test_a_number_is_read_exactly(cell, number):
    assert number_of(cell) == (None if number is None else Decimal(number))


@pytest.mark.parametrize("cell", ["1,5", "about 5", True, "nan", float("inf"), "1e-400000000", "5㎡"])
def test_what_is_no_single_number_is_refused(cell):
    assert refused(number_of, cell) == "cell.not_a_number"


@pytest.mark.parametrize("cell", ["1e400000000", 1e300, "9" * 40])
def test_a_number_that_nobody_can_mean_is_refused_and_not_written_out(cell):
    assert refused(number_of, cell) == "cell.number_too_large"


@pytest.mark.parametrize("cell", ["是", "有", "Y", "yes", "✓", "√", 1, True, "Ｙ"])
def test_yes_is_yes(cell):
    assert flag_of(cell) is True


@pytest.mark.parametrize("cell", ["否", "无", "N", "no", "×", 0, False])
def test_no_is_no(cell):
    assert flag_of(cell) is False


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "未知", "n/a"])
def test_nothing_is_unknown_and_not_no(cell):
    assert flag_of(cell) is None


def test_a_remark_is_no_yes():
    assert refused(flag_of, "部分") == "cell.not_yes_or_no"


def test_a_list_is_read_whichever_mark_divides_it():
    assert words_of("一件代发、退换货;清关，保税\nFBA中转/一件代发") == (
        "一件代发",
        "退换货",
        "清关",
        "保税",
        "FBA中转",
    )


def test_namibia_is_no_empty_cell():
    assert text_of("NA") == "NA"


def test_invisible_marks_make_no_text():
    assert is_blank("\u200b \ufeff")
    assert text_of("Hamburg\u200b\u00a0 Nord") == "Hamburg Nord"
