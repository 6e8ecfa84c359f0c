"""CSV that Excel reads, and that does nothing when it does."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse_hub.press.columns import DICTIONARY, Column, dictionary_rows
from warehouse_hub.press.csv_file import csv_bytes, guarded, unguarded

COLUMNS = (
    Column("code", "代码", "Code", "code"),
    Column("name", "名称", "Name"),
    Column("x", "经度", "X", "coordinate"),
)


def read(content):
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", " =1", "＝1", "'=1"]
)
def test_a_formula_is_written_as_text(text):
    cell = read(csv_bytes(COLUMNS, [{"name": text}]))[1][1]
    assert cell == f"'{text}"
    assert unguarded(cell) == text


def test_a_negative_number_stays_a_number():
    row = read(csv_bytes(COLUMNS, [{"x": -118.2, "name": Decimal("-5.50"), "code": None}]))[1]
    assert row == ["", "-5.5", "-118.2"]


@pytest.mark.parametrize("code", ["914101050000000000", "0371"])
def test_a_code_of_digits_keeps_its_digits(code):
    assert read(csv_bytes(COLUMNS, [{"code": code}]))[1][0] == f"'{code}"


def test_chinese_quotes_commas_and_line_breaks_survive():
    row = {"name": '郑州,"海外仓"\n二号', "code": "Łódź", "x": date(2026, 11, 23)}
    assert read(csv_bytes(COLUMNS, [row]))[1] == ["Łódź", row["name"], "2026-11-23"]


def test_lines_end_as_rfc_4180_asks():
    assert csv_bytes(COLUMNS, []) == b"\xef\xbb\xbfcode,name,x\r\n"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_guard_can_always_be_taken_off(text):
    assert unguarded(guarded(text)) == text


def test_the_data_dictionary_has_a_row_a_column():
    rows = read(csv_bytes(DICTIONARY, dictionary_rows(COLUMNS)))
    assert [row[0] for row in rows] == ["column", "code", "name", "x"]
    assert rows[1][1:4] == ["代码", "Code", "code"]
