"""Headers as bureaux and operators write them."""

from __future__ import annotations

import pytest

from warehouse_hub.directory.spreadsheet.header_words import UNKNOWN_UNIT, Meaning, listing_headers
from warehouse_hub.vocabulary.codes import SERVICES

# Fields of the form with which a city bureau reviews public overseas warehouses, as it prints them.
REVIEW_FORM = {
    "海外仓名称": "name",
    "所在国": "country",
    "城市": "city",
    "详细地址": "address",
    "位置中枢": "hub",
    "区位优势": "description",
    "现有面积": "gross",
    "其中：已投入使用面积": "commissioned",
    "合同租赁面积": "gross",
    "仓库租赁合同终止时间": "lease_end",
    "海外仓业务运营开始时间": "opened",
    "日均订单量最大处理能力": "orders_per_day",
    "营销平台（境外）": "platforms",
    "物流服务": "services_logistics",
    "金融服务": "services_finance",
    "代办服务": "services_agency",
    "已采用的管理系统": "systems",
    "与电商平台的对接情况": "platforms",
    "在建面积": "!reports",
    "服务企业数量": "!reports",
    "从业人员数": "!reports",
}


@pytest.mark.parametrize(("header", "field"), REVIEW_FORM.items())
def test_the_review_forms_headers_are_understood(header, field):
    assert listing_headers().read(header).field == field


def test_the_review_forms_areas_are_square_metres():
    assert listing_headers().read("现有面积") == Meaning("gross", "m2")


def test_a_bare_area_has_no_unit_until_somebody_says_one():
    assert listing_headers().read("面积").unit is None
    assert listing_headers().read("面积（万㎡）") == Meaning("gross", "m2", 10_000)


@pytest.mark.parametrize("code", SERVICES.codes)
@pytest.mark.parametrize("frame", ["{}", "是否{}", "{}（是/否）", " {} "])
def test_every_service_is_a_column_by_its_chinese_label(code, frame):
    meaning = listing_headers().read(frame.format(SERVICES.label(code, "zh")))
    assert meaning is not None
    assert meaning.field == f"service:{code}"


@pytest.mark.parametrize("code", SERVICES.codes)
def test_every_service_is_a_column_by_its_code_and_its_english_label(code):
    for header in (code, f"service_{code}", SERVICES.label(code, "en")):
        assert listing_headers().read(header).field == f"service:{code}"


@pytest.mark.parametrize("header", ["", "  ", "（㎡）", "吉祥物", "12345"])
def test_what_nobody_knows_is_unknown(header):
    assert listing_headers().read(header) is None


@pytest.mark.parametrize(
    ("header", "unit", "factor"),
    [
        ("可租面积（公顷）", "m2", 10_000),
        ("Rentable area (10k sqm)", "m2", 10_000),
        ("Gross area ('000 sq ft)", "ft2", 1_000),
        ("Size (k sq ft)", "ft2", 1_000),
    ],
)
def test_a_multiple_of_a_unit_multiplies(header, unit, factor):
    meaning = listing_headers().read(header)
    assert (meaning.unit, meaning.factor) == (unit, factor)


@pytest.mark.parametrize(
    "header",
    ["现有面积（平方公里）", "可租面积(英亩)", "area (acres)", "area sqm (x10^6 sq yd)", "hub km (miles)"],
)
def test_a_unit_that_is_not_understood_is_never_dropped_as_a_hint(header):
    assert listing_headers().read(header) == Meaning(UNKNOWN_UNIT)


@pytest.mark.parametrize("header", ["可租面积（必填）", "可租面积（截至2026年）", "可租面积（平均）"])
def test_a_hint_beside_an_area_is_no_unit(header):
    assert listing_headers().read(header).field == "rentable"
