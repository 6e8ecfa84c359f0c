"""Storage prices come in with a table, whole or not at all, and come back as they were."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from builders import EDITOR, hamburg_bonded, noon, publish
from directory.imported import counts, load, printed
from spreadsheets import table_of

from warehouse_hub.catalogue.table import COLUMNS
from warehouse_hub.directory.mass_publication import Wording, publish_many
from warehouse_hub.directory.representation import listing_json
from warehouse_hub.directory.rules.storage_price import StoragePrice
from warehouse_hub.directory.spreadsheet.header_words import listing_headers
from warehouse_hub.directory.spreadsheet.reading import read_table

PRICE_HEADER = [
    "编号",
    "海外仓名称",
    "运营主体",
    "所在国",
    "城市",
    "储存价格",
    "储存价格币种",
    "储存价格单位",
]


def test_a_price_is_read_from_its_three_columns_in_codes_or_words(sqlite_database, tmp_path):
    rows = [
        ["W-1", "示例汉堡仓", "示例启航有限公司", "德国", "汉堡", 0.45, "USD", "m3_day"],
        ["W-2", "示例罗兹仓", "示例启航有限公司", "波兰", "Łódź", "1,200", "波兰兹罗提", "每平米每月"],
        ["W-3", "示例塔什干仓", "示例丝路有限公司", "乌兹别克斯坦", "塔什干", None, None, None],
    ]
    assert counts(load(sqlite_database, table_of(tmp_path, PRICE_HEADER, *rows))) == (3, 3, 0, 0)
    found = printed(sqlite_database)
    assert found["W-1"].price == StoragePrice(Decimal("0.45"), "USD", "m3_day")
    assert found["W-2"].price == StoragePrice(Decimal(1200), "PLN", "m2_month")
    assert found["W-3"].price is None
    assert counts(load(sqlite_database, table_of(tmp_path, PRICE_HEADER, *rows))) == (3, 0, 0, 3)


def test_half_a_price_and_a_price_that_is_none_are_told_by_row_and_header(sqlite_database, tmp_path):
    rows = [
        ["W-1", "示例汉堡仓", "示例启航有限公司", "德国", "汉堡", 0.45, None, "m3_day"],
        ["W-2", "示例汉堡二仓", "示例启航有限公司", "德国", "汉堡", 0, "EUR", "m3_day"],
        ["W-3", "示例汉堡三仓", "示例启航有限公司", "德国", "汉堡", "面议", "EUR", "m3_day"],
        ["W-4", "示例汉堡四仓", "示例启航有限公司", "德国", "汉堡", 3, "金币", "每亩"],
    ]
    report = load(sqlite_database, table_of(tmp_path, PRICE_HEADER, *rows))
    assert [(problem.row, problem.column, problem.code) for problem in report.problems] == [
        (2, "储存价格币种", "price.incomplete"),
        (3, "储存价格", "price.not_positive"),
        (4, "储存价格", "cell.not_a_number"),
        (5, "储存价格币种", "listing.unknown_code"),
        (5, "储存价格单位", "listing.unknown_code"),
    ]
    assert not printed(sqlite_database)


def test_a_column_of_currencies_beside_a_price_in_words_is_no_half_price(sqlite_database, tmp_path):
    header = ["编号", "海外仓名称", "运营主体", "所在国", "城市", "价格", "币种"]
    row = ["W-1", "示例汉堡仓", "示例启航有限公司", "德国", "汉堡", "面议", "EUR"]
    assert load(sqlite_database, table_of(tmp_path, header, row)).problems == ()
    assert (printed(sqlite_database)["W-1"].rate_hint, printed(sqlite_database)["W-1"].price) == (
        "面议",
        None,
    )


def test_a_listing_as_the_api_tells_it_comes_back_with_its_price_as_it_was(sqlite_database, tmp_path):
    price = {
        "storage_price": Decimal("12.0001"),
        "storage_price_currency": "KZT",
        "storage_price_unit": "pallet_month",
    }
    publish(sqlite_database, "W-1", hamburg_bonded(**price))
    publish(sqlite_database, "W-2", hamburg_bonded(name_zh="示例无价仓", name_en="Demo without a price"))
    before = printed(sqlite_database)
    file = tmp_path / "listings.json"
    file.write_text(json.dumps([listing_json(listing) for listing in before.values()]), encoding="utf-8")
    with sqlite_database.unit_of_work(noon) as uow:
        publish_many(uow, [Wording("W-1", hamburg_bonded())], dataset="real", actor=EDITOR)
    assert printed(sqlite_database)["W-1"].price is None
    assert load(sqlite_database, read_table(file)).problems == ()
    after = printed(sqlite_database)
    assert {key: listing.price for key, listing in after.items()} == {
        key: listing.price for key, listing in before.items()
    }


@pytest.mark.parametrize("column", [column for column in COLUMNS if column.key.startswith("storage_price")])
def test_the_price_columns_of_an_edition_are_headers_of_an_import(column):
    assert [listing_headers().read(text).field for text in (column.key, column.zh)] == [column.key] * 2
