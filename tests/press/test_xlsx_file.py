"""Workbooks for people: text stays text, numbers are numbers, and a page can be printed."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from warehouse_hub.press.columns import Column
from warehouse_hub.press.xlsx_file import Imprint, Notes, Sheet, xlsx_bytes

COLUMNS = (
    Column("name", "名称", "Name", width=30),
    Column("code", "统一社会信用代码", "USCC", "code"),
    Column("area", "面积", "Area", "number", unit="m²"),
    Column("day", "日期", "Date", "date"),
)
ROW = {
    "name": '=HYPERLINK("http://x")',
    "code": "914101050000000000",
    "area": Decimal("8000.5"),
    "day": date(2026, 11, 1),
}
IMPRINT = Imprint("海外仓名录", "郑州市商务局", datetime(2026, 11, 23, 4, tzinfo=UTC), "海外仓名录 & DEMO")


def workbook(rows=(ROW,)):
    return xlsx_bytes(
        IMPRINT, [Sheet("名录", COLUMNS, list(rows))], Notes("说明", [("来源", ["https://example.com/a"])])
    )


@pytest.fixture
def sheet():
    return openpyxl.load_workbook(io.BytesIO(workbook()))["名录"]


def test_the_header_has_both_languages_and_the_unit(sheet):
    assert [cell.value for cell in sheet[1]] == [
        "名称\nName",
        "统一社会信用代码\nUSCC",
        "面积\nArea\nm²",
        "日期\nDate",
    ]


def test_a_formula_and_a_code_of_eighteen_digits_are_text(sheet):
    assert (sheet["A2"].value, sheet["A2"].data_type) == (ROW["name"], "s")
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("914101050000000000", "s")
    assert sheet["A2"].hyperlink is None


def test_numbers_and_dates_are_theirs(sheet):
    assert sheet["C2"].value == 8000.5
    assert sheet["D2"].value.date() == date(2026, 11, 1)
    assert sheet["D2"].number_format == "yyyy-mm-dd"


def test_the_sheet_is_ready_to_use_and_to_print(sheet):
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:D2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 9
    assert sheet.column_dimensions["A"].width > 29
    assert "海外仓名录 && DEMO" in zipfile.ZipFile(io.BytesIO(workbook())).read(
        "xl/worksheets/sheet1.xml"
    ).decode().replace("&amp;", "&")


def test_the_font_has_chinese(sheet):
    assert {cell.font.name for row in sheet for cell in row} == {"Microsoft YaHei"}


def test_an_unknown_cell_is_blank_and_not_zero():
    sheet = openpyxl.load_workbook(io.BytesIO(workbook([{"name": "x"}])))["名录"]
    assert sheet["C2"].value is None


def test_notes_and_sources_stand_on_a_sheet_of_their_own():
    notes = openpyxl.load_workbook(io.BytesIO(workbook()))["说明"]
    assert [row[0].value for row in notes.iter_rows() if row[0].value] == [
        "海外仓名录",
        "来源",
        "https://example.com/a",
    ]


def test_the_same_table_gives_the_same_bytes_at_any_time():
    content = workbook()
    properties = openpyxl.load_workbook(io.BytesIO(content)).properties
    assert properties.created == datetime(2026, 11, 23, 12)  # noqa: DTZ001
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(content)).infolist()} == {
        (1980, 1, 1, 0, 0, 0)
    }
    assert workbook() == content
