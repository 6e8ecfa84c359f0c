"""Files of every kind become one table with the row numbers that the sender sees."""

from __future__ import annotations

import json
import zipfile

import pytest
import xlsxwriter
from openpyxl import Workbook
from spreadsheets import csv_file, table_of, xlsx

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.directory.spreadsheet import reading
from warehouse_hub.directory.spreadsheet.reading import read_table

HEADER = ["海外仓名称", "所在国", "城市"]
ROWS = [HEADER, ["示例汉堡仓", "德国", "汉堡"], ["示例佩里斯仓", "美国", "Perris, CA"]]


def cells(table, field):
    column = next(column for column in table.columns if column.field == field)
    return [record[column] for _, record in table.records()]


def refused(path) -> str:
    with pytest.raises(InvalidInput) as refusal:
        read_table(path)
    return refusal.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_whatever_its_encoding_and_separator(tmp_path, encoding, delimiter):
    rows = (
        [["name", "country", "city"], ["Demo Hamburg 示例", "DE", "Hamburg"]]
        if encoding == "utf-16-le"
        else ROWS
    )
    table = read_table(csv_file(tmp_path / "sent.csv", rows, encoding=encoding, delimiter=delimiter))
    assert cells(table, "name") == [row[0] for row in rows[1:]]
    assert [row.number for row in table.rows] == list(range(2, len(rows) + 1))


def test_commas_inside_texts_do_not_make_a_semicolon_table_a_comma_table(tmp_path):
    rows = [
        ["name", "country", "address"],
        *[[f"n{i}", "US", "1 Demo St, Perris, CA, 92571"] for i in range(20)],
    ]
    table = read_table(csv_file(tmp_path / "sent.csv", rows, delimiter=";"))
    assert table.fields == {"name", "country", "address"}
    assert len(table.rows) == 20


def test_rows_keep_their_own_numbers_beneath_titles_and_around_blank_lines(tmp_path):
    rows = [HEADER, ROWS[1], [None] * 3, ROWS[2], [None] * 3, ["", "  ", "\u00a0"]]
    path = xlsx(tmp_path / "sent.xlsx", rows, titles=("郑州市海外仓名录（2026年）", "填报单位：示例企业"))
    table = read_table(path)
    assert table.header_number == 3
    assert [row.number for row in table.rows] == [4, 6]


def test_a_header_of_two_rows_under_a_merged_word_is_one_header(tmp_path):
    rows = [
        ["海外仓名称", "所在国", "海外仓面积（㎡）", None, None, "是否提供", None],
        [None, None, "现有面积", "可租面积", "可用面积", "保税", "退换货"],
        ["示例汉堡仓", "德国", 8000, 6400, 3200, "是", "否"],
    ]
    merged = (
        (0, 0, 1, 0, "海外仓名称"),
        (0, 1, 1, 1, "所在国"),
        (0, 2, 0, 4, "海外仓面积（㎡）"),
        (0, 5, 0, 6, "是否提供"),
    )
    table = read_table(xlsx(tmp_path / "sent.xlsx", rows, merged=merged))
    assert table.fields == {
        "name",
        "country",
        "gross",
        "rentable",
        "available",
        "service:bonded",
        "service:returns",
    }
    assert cells(table, "rentable") == [6400]
    assert [row.number for row in table.rows] == [3]


def test_the_sheet_that_names_most_fields_is_read_and_the_others_are_told(tmp_path):
    cover = [["说明"], ["请填写第二页"]]
    other = [["名称", "国家"], ["x", "德国"]]
    table = read_table(xlsx(tmp_path / "sent.xlsx", cover, other, ROWS))
    assert table.sheet == "Sheet3"
    assert [note.facts["sheets"] for note in table.notes if note.code == "table.other_sheets_left_out"] == [
        ["Sheet2"]
    ]


def test_a_hidden_sheet_is_not_read(tmp_path):
    table = read_table(
        xlsx(tmp_path / "sent.xlsx", [[*HEADER, "状态"], ["旧", "德国", "x", "在建"]], ROWS, hidden=1)
    )
    assert table.sheet == "Sheet2"


def test_a_formula_counts_by_its_value(tmp_path):
    path = tmp_path / "sent.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["name", "country", "Area (sqm)"])
        sheet.write_row(1, 0, ["Demo", "DE"])
        sheet.write_formula(1, 2, "=SUM(1000,234)", value=1234)
    assert cells(read_table(path), "gross") == [1234]


def test_headers_say_their_unit_in_many_ways(tmp_path):
    header = [
        "Name",
        "Country",
        "面积(㎡)",
        "可租面积/万平方米",
        "Available area, sq ft",
        "托盘位（个）",
        "Volume [cbm]",
    ]
    table = table_of(tmp_path, header, ["Demo", "DE", 1, 2, 3, 4, 5])
    units = {column.field: (column.unit, column.factor) for column in table.columns}
    assert units["gross"] == ("m2", 1)
    assert units["rentable"] == ("m2", 10_000)
    assert units["available"] == ("ft2", 1)
    assert units["pallets"] == ("pallet", 1)
    assert units["volume"] == ("m3", 1)


def test_one_area_in_two_units_is_two_columns_and_not_a_doubled_one(tmp_path):
    table = table_of(tmp_path, ["Name", "Country", "Area (sqm)", "Area (sq ft)"], ["Demo", "US", 100, 1076])
    assert not table.problems


def test_two_columns_for_one_field_are_a_problem_and_an_unknown_column_is_only_told(tmp_path):
    table = table_of(tmp_path, ["名称", "仓库名称", "国家", "吉祥物"], ["a", "b", "德国", "熊"])
    assert [(problem.code, problem.column, problem.facts["first"]) for problem in table.problems] == [
        ("column.duplicate", "仓库名称", "名称")
    ]
    assert [(note.code, note.column) for note in table.notes] == [("column.unknown", "吉祥物")]


def test_statistical_and_confidential_columns_are_left_aside_by_name(tmp_path):
    table = table_of(tmp_path, ["名称", "国家", "已占用面积(㎡)", "联系电话"], ["a", "德国", 5, "1"])
    assert table.fields == {"name", "country"}
    assert {note.code for note in table.notes} == {"column.reports", "column.confidential"}


def test_a_json_list_counts_its_objects_from_one(tmp_path):
    path = tmp_path / "sent.json"
    path.write_text(
        json.dumps([{"name": "Demo", "country": "DE"}, {"name": "Demo 2", "country": "PL", "city": "x"}])
    )
    table = read_table(path)
    assert [row.number for row in table.rows] == [1, 2]
    assert cells(table, "city") == [None, "x"]


def test_a_geojson_point_gives_latitude_and_longitude_the_right_way_round(tmp_path):
    point = {"type": "Point", "coordinates": [9.99, 53.55]}
    feature = {
        "type": "Feature",
        "id": "W-1",
        "geometry": point,
        "properties": {"name": "Demo", "country": "DE"},
    }
    path = tmp_path / "sent.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    table = read_table(path)
    assert (cells(table, "id"), cells(table, "latitude"), cells(table, "longitude")) == (
        ["W-1"],
        [53.55],
        [9.99],
    )


def test_an_empty_file_and_an_empty_workbook_are_empty(tmp_path):
    (tmp_path / "empty.csv").touch()
    assert refused(tmp_path / "empty.csv") == "table.empty"
    Workbook().save(tmp_path / "empty.xlsx")
    assert refused(tmp_path / "empty.xlsx") == "table.empty"


def test_a_table_without_a_header_says_so(tmp_path):
    assert refused(csv_file(tmp_path / "sent.csv", [["1", "2"], ["3", "4"]])) == "table.no_header"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("sent.pdf", b"%PDF-1.7 ...", "table.wrong_type"),
        ("sent.csv", b"%PDF-1.7 ...", "table.wrong_type"),
        ("sent.xls", b"<html><table></table></html>", "table.wrong_type"),
        ("sent.xlsx", b"not a workbook", "table.corrupt"),
        ("sent.xlsx", b"PK\x03\x04 cut off", "table.corrupt"),
        ("sent.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "table.corrupt"),
        ("sent.csv", b"name,country\n\xff\xfe\x81 \xff", "table.encoding_unknown"),
        ("sent.csv", b'name,country\n"open,DE\n', "table.unreadable"),
        ("sent.json", b"{", "table.not_json"),
        ("sent.json", b'"text"', "table.not_a_list_of_objects"),
        ("sent.json", b"[1]", "table.not_a_list_of_objects"),
        ("sent.json", b"[" * 100_000, "table.not_json"),
    ],
)
def test_what_is_no_table_is_refused_by_name(tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    assert refused(tmp_path / name) == code


def test_a_missing_file_is_refused(tmp_path):
    assert refused(tmp_path / "nowhere.csv") == "table.not_found"


def test_a_workbook_cut_short_is_corrupt(tmp_path):
    path = xlsx(tmp_path / "sent.xlsx", ROWS)
    path.write_bytes(path.read_bytes()[:-200])
    assert refused(path) == "table.corrupt"


def test_an_encrypted_workbook_asks_for_no_password_but_says_so(tmp_path):
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1000 + "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "sent.xlsx").write_bytes(content)
    assert refused(tmp_path / "sent.xlsx") == "table.password_protected"


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    assert refused(csv_file(tmp_path / "sent.csv", ROWS)) == "table.too_large"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(7):
            archive.writestr(f"xl/worksheets/sheet{part}.xml", b"\x00" * (100 * 2**20))
    assert path.stat().st_size < 1_000_000
    assert refused(path) == "table.unpacks_too_large"


@pytest.mark.parametrize("value", ["x", 1, True])
def test_one_value_in_the_farthest_cell_does_not_fill_the_memory(tmp_path, value):
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write(1_048_575, 16_383, value)
    assert refused(path) == "table.too_many_cells"


def test_formats_without_values_down_to_the_last_row_do_no_harm(tmp_path):
    path = tmp_path / "formatted.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, grey = book.add_worksheet(), book.add_format({"bg_color": "#eeeeee"})
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        for number in range(10_000):
            sheet.write_blank(1_000_000 - number, 2, None, grey)
    assert len(read_table(path).rows) == 2
