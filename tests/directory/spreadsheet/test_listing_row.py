"""A row becomes the facts of a listing, with every fault named by the header and row of the sender."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spreadsheets import table_of

from warehouse_hub.directory.rules.facts import problems_of
from warehouse_hub.directory.spreadsheet import header_words
from warehouse_hub.directory.spreadsheet.listing_row import read_listing
from warehouse_hub.directory.spreadsheet.table import Column

HEADERS = Path(header_words.__file__).with_name("listing_headers.csv")


def read(tmp_path, **columns):
    header = {"名称": "示例仓", "国家": "德国"} | columns
    table = table_of(tmp_path, list(header), list(header.values()))
    assert not table.problems
    number, record = next(table.records())
    return read_listing(number, record)


def quantities(row):
    return [(line.value, line.unit, line.basis) for line in row.facts.capacity]


def faults(row):
    return [(problem.code, problem.row, problem.column) for problem in row.problems]


def test_every_area_keeps_its_own_unit_and_basis(tmp_path):
    row = read(tmp_path, **{"面积(㎡)": 8000, "可租面积/万平方米": "0.5", "Available area (sq ft)": "12,000"})
    assert quantities(row) == [
        (Decimal(8000), "m2", "gross"),
        (Decimal(5000), "m2", "rentable"),
        (Decimal(12000), "ft2", "available"),
    ]
    assert not row.problems


def test_a_unit_in_the_cell_wins_over_the_header(tmp_path):
    row = read(
        tmp_path, **{"可租面积/万平方米": "120,000 sq ft", "现有面积": "1.2万㎡", "仓容": "３０００立方"}
    )
    assert quantities(row)[:2] == [(Decimal(12000), "m2", "gross"), (Decimal(120000), "ft2", "rentable")]
    assert (Decimal(3000), "m3", "gross") in quantities(row)


def test_an_area_without_a_unit_is_refused_and_not_guessed(tmp_path):
    row = read(tmp_path, 面积=8000)
    assert faults(row) == [("unit.missing", 2, "面积")]
    assert not row.facts.capacity


def test_a_column_of_its_own_can_give_the_unit(tmp_path):
    row = read(tmp_path, 面积=8000, 可租面积="5000㎡", 面积单位="平方英尺")
    assert quantities(row) == [(Decimal(8000), "ft2", "gross"), (Decimal(5000), "m2", "rentable")]


def test_a_printed_wording_stays_with_the_one_figure_that_it_is_about(tmp_path):
    row = read(tmp_path, 现有面积=30000, 原文面积="over 30,000 sqm leased")
    assert [line.printed for line in row.facts.capacity] == ["over 30,000 sqm leased"]


def test_a_status_that_says_how_a_site_is_held_is_a_tenure(tmp_path):
    assert (read(tmp_path, status="leased").facts.tenure, read(tmp_path, status="leased").facts.stage) == (
        "lease",
        None,
    )
    assert read(tmp_path, status="planned (MoU)").facts.stage == "planned"


def test_chi_means_square_feet_and_is_told(tmp_path):
    row = read(tmp_path, 面积="120万尺")
    assert quantities(row) == [(Decimal(1_200_000), "ft2", "gross")]
    assert row.facts.capacity[0].printed == "120万尺"
    assert [warning.code for warning in row.warnings] == ["unit.chi_read_as_square_feet"]


def test_services_are_codes_or_labels_in_either_language(tmp_path):
    row = read(tmp_path, 服务="一件代发、FBA transfer; customs，保税")
    assert row.facts.services == {"dropship": True, "fba_transfer": True, "customs": True, "bonded": True}


def test_a_column_a_service_says_yes_no_or_nothing(tmp_path):
    row = read(tmp_path, 是否保税="是", 退换货="否", 冷链=None, 海外仓融资="-")
    assert row.facts.services == {"bonded": True, "returns": False}


def test_a_service_both_listed_and_denied_is_a_problem(tmp_path):
    row = read(tmp_path, 服务="保税", 是否保税="否")
    assert [code for code, _, _ in faults(row)] == ["services.contradiction"]


def test_a_word_that_means_no_service_is_named(tmp_path):
    row = read(tmp_path, 服务="一件代发、按摩")
    assert faults(row) == [("listing.unknown_code", 2, "服务")]
    assert row.problems[0].facts["value"] == "按摩"


def test_a_month_is_no_day_so_it_is_told_and_left_unknown(tmp_path):
    row = read(tmp_path, 数据日期="2026-11", 现有面积=8000)
    assert row.facts.capacity[0].as_of is None
    assert [warning.code for warning in row.warnings] == ["date.imprecise"]
    assert not row.problems


def test_an_as_of_date_stands_with_every_statement(tmp_path):
    row = read(tmp_path, 数据日期=date(2026, 10, 31), 现有面积=8000, 可用面积平方米=100)
    assert {line.as_of for line in row.facts.capacity} == {date(2026, 10, 31)}


def test_one_name_column_takes_either_language(tmp_path):
    chinese = read(tmp_path, 名称="示例汉堡仓", 运营主体="示例启航")
    english = read(tmp_path, 名称="Demo Hamburg", 运营主体="Demo Qihang")
    assert (chinese.facts.name_zh, chinese.operator.name_zh) == ("示例汉堡仓", "示例启航")
    assert (english.facts.name_en, english.operator.name_en) == ("Demo Hamburg", "Demo Qihang")


@pytest.mark.parametrize(
    "country", ["德国", "DE", "DEU", "Germany", "德国 DE", "DE-Germany", "Germany（德国）"]
)
def test_a_country_is_a_name_or_a_code(tmp_path, country):
    assert read(tmp_path, 国家=country).facts.country == "DE"


@pytest.mark.parametrize("country", ["Georgia US", "火星", "made in Germany"])
def test_two_countries_or_none_are_no_country(tmp_path, country):
    assert faults(read(tmp_path, 国家=country)) == [("listing.unknown_country", 2, "国家")]


def test_every_fault_of_a_row_is_told_at_once(tmp_path):
    row = read(
        tmp_path,
        国家="火星",
        状态="飞行",
        面积=5,
        统一社会信用代码=914101007286546700,
        纬度="x",
    )
    assert {code for code, _, _ in faults(row)} == {
        "listing.unknown_country",
        "listing.unknown_code",
        "unit.missing",
        "code.lost_digits",
        "cell.not_a_number",
    }
    assert {column for _, _, column in faults(row)} == {"国家", "状态", "面积", "统一社会信用代码", "纬度"}


def test_a_credit_code_with_a_wrong_check_character_is_refused(tmp_path):
    assert faults(read(tmp_path, 统一社会信用代码="914403001922038217"))[0][0] == "uscc.wrong"
    assert read(tmp_path, 统一社会信用代码="91350100m000100y43").operator.uscc == "91350100M000100Y43"


def test_coordinates_in_one_cell_are_latitude_first(tmp_path):
    row = read(tmp_path, 坐标="53.55, 9.99")
    assert (row.facts.latitude, row.facts.longitude) == (53.55, 9.99)
    assert faults(read(tmp_path, 坐标="53.55")) == [("cell.not_coordinates", 2, "坐标")]


def test_what_json_can_hold_and_no_database_can_is_kept_out():
    record = {
        Column(0, "name_zh", "name_zh"): "示例\ud800仓\x00",
        Column(1, "country", "country"): "DE",
        Column(2, "source", "source"): {"url": "x"},
        Column(3, "id", "id"): 10**400,
        Column(4, "address", "address"): "长" * 3000,
        Column(5, "capacity", "capacity"): ["x", {"value": "1e400000000", "unit": "m2"}],
    }
    row = read_listing(1, record)
    assert row.facts.name_zh == "示例?仓"
    assert {code for code, _, _ in faults(row)} == {
        "listing.text_too_long",
        "cell.not_text",
        "capacity.unreadable",
        "cell.number_too_large",
        "code.lost_digits",
    }


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.text(alphabet="0123456789.,-万尺㎡ sqft/()年月日"),
    st.dates(),
    st.datetimes(),
    st.recursive(
        st.none() | st.text() | st.floats(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    ),
)
FIELDS = sorted(
    {line.split(",")[0] for line in HEADERS.read_text(encoding="utf-8").splitlines()[1:]} | {"service:bonded"}
)


@given(st.dictionaries(st.sampled_from(FIELDS), st.tuples(CELLS, st.sampled_from([None, "m2", "pallet"]))))
def test_no_cell_ever_breaks_the_reader_or_the_check_of_what_was_read(cells):
    record = {Column(i, name, name, unit): cell for i, (name, (cell, unit)) in enumerate(cells.items())}
    row = read_listing(1, record)
    assert row.problems or row.facts.country
    assert all(line.value.is_finite() for line in row.facts.capacity)
    problems_of(row.facts)


def test_statements_of_a_json_file_are_read_and_the_figures_made_from_them_are_not_read_twice():
    statement = {"value": "8000", "unit": "m2", "basis": "gross", "as_of": "2026-10-31", "shared_by": 2}
    record = {
        Column(0, "name_zh", "name_zh"): "示例仓",
        Column(1, "country", "country"): "DE",
        Column(2, "total_m2", "gross", "m2"): 8000,
        Column(3, "capacity", "capacity"): [statement],
        Column(4, "services", "services"): {"bonded": True, "cold": False, "returns": None},
    }
    row = read_listing(1, record)
    assert quantities(row) == [(Decimal(8000), "m2", "gross")]
    assert (row.facts.capacity[0].as_of, row.facts.capacity[0].shared_by) == (date(2026, 10, 31), 2)
    assert row.facts.services == {"bonded": True, "cold": False}


def test_a_size_in_a_unit_of_its_header_is_multiplied(tmp_path):
    assert quantities(read(tmp_path, **{"Size (k sq ft)": 120})) == [(Decimal(120_000), "ft2", "gross")]


def test_a_row_of_units_below_the_header_belongs_to_it(tmp_path):
    table = table_of(
        tmp_path, ["Name", "Country", "Total area"], [None, None, "(sq ft)"], ["Alpha", "US", 100_000]
    )
    rows = [read_listing(number, record) for number, record in table.records()]
    assert [row.number for row in rows] == [3]
    assert quantities(rows[0]) == [(Decimal(100_000), "ft2", "gross")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("美国 洛杉矶", ("US", "洛杉矶", None)),
        ("美国洛杉矶", ("US", "洛杉矶", None)),
        ("德国（汉堡）", ("DE", "汉堡", None)),
        ("USA, Perris", ("US", None, "Perris")),
        ("新加坡", ("SG", None, None)),
    ],
)
def test_country_and_city_in_one_column_are_taken_apart(tmp_path, text, found):
    row = read(tmp_path, **{"国家": None, "所在国家（地区）及城市": text})
    assert not row.problems
    assert (row.facts.country, row.facts.city_zh, row.facts.city) == found


def test_a_city_that_only_begins_like_a_country_is_none(tmp_path):
    row = read(tmp_path, 国家=None, 国家及城市="Indianapolis")
    assert faults(row) == [("cell.no_country_in_front", 2, "国家及城市")]


def test_yes_to_public_is_public_and_no_leaves_the_class_open(tmp_path):
    assert read(tmp_path, 是否公共仓="是").facts.record_class == "public"
    denied = read(tmp_path, 是否公共仓="否")
    assert denied.facts.record_class == "unknown"
    assert [warning.code for warning in denied.warnings] == ["cell.public_denied"]
    assert read(tmp_path, 是否公共仓=None).warnings == ()


def test_none_in_a_list_is_told_and_left_unknown(tmp_path):
    row = read(tmp_path, 服务内容="无")
    assert (row.facts.services, row.problems) == ({}, ())
    assert [warning.code for warning in row.warnings] == ["cell.none_stated"]


def test_a_wrapped_name_is_one_line_and_cannot_turn_text_around(tmp_path):
    facts = read(tmp_path, 名称="郑州\n甲\u202e仓", 地址="1 Main St\nPerris").facts
    assert (facts.name_zh, facts.address) == ("郑州甲仓", "1 Main St Perris")


def test_marks_that_turn_text_around_are_refused_from_every_source(tmp_path):
    facts = replace(read(tmp_path).facts, name_en="A\u202eB", latitude=0.0, longitude=0.0)
    assert [problem.code for problem in problems_of(facts)] == [
        "listing.zero_coordinates",
        "listing.control_characters",
    ]
