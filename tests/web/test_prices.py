"""Prices as people meet them: stated and compared on the search page, told on the entry, entered in the form."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import builders
import pytest
from web.search_page import cards, opened
from web.test_desks import WAREHOUSE, edited
from web_site import send

from warehouse_hub.directory.exchange_rates import keep
from warehouse_hub.directory.rules.exchange import Rate

API = "/api/v1/warehouses"


def priced(amount: str, currency: str, unit: str = "m3_day", **more):
    return builders.hamburg_bonded(
        storage_price=Decimal(amount), storage_price_currency=currency, storage_price_unit=unit, **more
    )


def set_rate(site, currency: str, cny: str, *, dataset: str = "demo") -> None:
    rate = Rate(currency, date(2026, 11, 2), Decimal(cny), "示例公告第7号")
    with site.database.unit_of_work(builders.noon) as uow:
        keep(uow, [rate], dataset=dataset, actor=builders.EDITOR)


@pytest.fixture
def market(site):
    """Two prices that compare by a rate, one of another unit, one without a rate, and two entries without a price."""
    site.publish_demo("DEMO-P-YUAN", priced("4", "CNY"))
    site.publish_demo("DEMO-P-DOLLAR", priced("0.45", "USD", rate_hint="出库另计"))
    site.publish_demo("DEMO-P-PALLET", priced("60", "CNY", "pallet_month"))
    site.publish_demo("DEMO-P-BAHT", priced("9", "THB"))
    set_rate(site, "USD", "7.1")
    return site


def card_of(page: str, id_: str) -> str:
    return page.split(f'data-card="{id_}"')[1].split("</li>", maxsplit=1)[0]


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_lowest_price_comes_first_and_what_does_not_compare_last(market):
    page = opened(market.client(), sort="price")
    assert cards(page)[:2] == ["DEMO-P-DOLLAR", "DEMO-P-YUAN"]
    assert set(cards(page)[2:]) == {"DEMO-P-PALLET", "DEMO-P-BAHT", "DEMO-DE-0001", "DEMO-US-0001"}


def test_a_converted_price_stands_beside_the_stated_one_with_its_rate_and_day(market):
    page = market.client().get("/?dataset=demo&sort=price&lang=zh").text
    dollar = text_of(card_of(page, "DEMO-P-DOLLAR"))
    assert "0.45 美元/m³·天" in dollar
    assert "约合 3.20 人民币元/m³·天" in dollar
    assert "1 美元 = 7.1 人民币元，2026-11-02 起" in dollar
    assert "约合" not in text_of(card_of(page, "DEMO-P-YUAN"))
    assert "没有该币种的汇率，未参与比较" in text_of(card_of(page, "DEMO-P-BAHT"))
    assert "按其他单位计价，未参与比较" in text_of(card_of(page, "DEMO-P-PALLET"))
    assert "须询价" in text_of(card_of(page, "DEMO-DE-0001"))


def test_on_another_order_prices_are_shown_as_stated_and_nothing_is_said_of_comparing(market):
    page = opened(market.client(), sort="name")
    assert "USD 0.45 per m³ and day" in text_of(card_of(page, "DEMO-P-DOLLAR"))
    assert "about CNY" not in page
    assert "not compared" not in page
    assert 'name="price_unit"' not in page


def test_the_unit_is_chosen_beside_the_order_without_a_script(market):
    page = opened(market.client(), sort="price")
    choice = re.search(r'<select[^>]* name="price_unit">(.*?)</select>', page)[1]
    assert re.findall(r'value="(\w+)"( selected)?', choice) == [
        ("m3_day", " selected"),
        ("m2_month", ""),
        ("pallet_month", ""),
    ]
    by_pallet = opened(market.client(), sort="price", price_unit="pallet_month")
    assert cards(by_pallet)[0] == "DEMO-P-PALLET"
    # The form of the order carries its own two fields and none of them twice.
    form = re.search(r'<form class="sort".*?</form>', by_pallet, re.DOTALL)[0]
    assert not re.search(r'type="hidden" name="(sort|price_unit)"', form)
    # Another order chosen in that form leaves the unit in it.
    assert market.client().get("/?dataset=demo&sort=name&price_unit=pallet_month").status_code == 200
    assert market.client().get("/?dataset=demo&sort=price&price_unit=acre").status_code == 422


def test_the_next_pages_and_the_filters_keep_the_unit(market):
    for number in range(12):
        market.publish_demo(f"DEMO-Q-{number:02}", priced(str(number + 1), "CNY", "m2_month"))
    page = opened(market.client(), sort="price", price_unit="m2_month")
    assert cards(page) == [f"DEMO-Q-{number:02}" for number in range(10)]
    following = re.search(r'href="([^"]*page=2[^"]*)"', page)[1].replace("&amp;", "&")
    assert cards(market.client().get(following).text)[:2] == ["DEMO-Q-10", "DEMO-Q-11"]
    filters = re.search(r'<form[^>]*id="facet-form".*?</form>', page, re.DOTALL)[0]
    assert '<input type="hidden" name="price_unit" value="m2_month">' in filters


def test_an_entry_tells_its_price_with_the_rate_of_today_and_where_that_is_from(market):
    page = text_of(market.client().get("/warehouses/DEMO-P-DOLLAR?lang=en").text)
    assert "Storage price from USD 0.45 per m³ and day" in page
    assert "about CNY 3.20 per m³ and day" in page
    assert "1 USD = 7.1 CNY from 2026-11-02" in page
    assert "示例公告第7号" in page
    assert "Price in words 出库另计" in page
    asked = text_of(market.client().get("/warehouses/DEMO-DE-0001?lang=en").text)
    assert "Price Ask no price stated" in asked


def test_real_prices_know_nothing_of_demonstration_rates(market):
    builders.publish(market.database, "CNW-P", priced("0.45", "USD"))
    page = text_of(market.client().get("/?sort=price&lang=en").text)
    assert "no exchange rate, not compared" in page
    assert "about CNY" not in page


def test_the_api_tells_a_price_as_stated_and_in_yuan(market):
    items = market.client().get(API, query_string={"dataset": "demo", "sort": "price"}).json["items"]
    dollar, yuan = items[:2]
    assert {name: dollar[name] for name in dollar if name.startswith("storage_price")} == {
        "storage_price": 0.45,
        "storage_price_currency": "USD",
        "storage_price_unit": "m3_day",
        "storage_price_cny": 3.195,
        "storage_price_rate": {"cny_for_one": 7.1, "valid_from": "2026-11-02", "source": "示例公告第7号"},
    }
    assert (yuan["storage_price_cny"], yuan["storage_price_rate"]) == (4, None)
    asked = next(item for item in items if item["id"] == "DEMO-DE-0001")
    assert {asked[name] for name in asked if name.startswith("storage_price")} == {None}
    one = market.client().get(f"{API}/DEMO-P-DOLLAR?dataset=demo").json
    assert (one["storage_price"], one["storage_price_cny"]) == (0.45, 3.195)


def test_the_api_pages_by_price_and_refuses_an_unknown_unit(market):
    seen, body = (
        [],
        market.client().get(API, query_string={"dataset": "demo", "sort": "price", "limit": 2}).json,
    )
    while body:
        seen += [item["id"] for item in body["items"]]
        body = market.client().get(body["next"]).json if body["next"] else None
    assert len(seen) == len(set(seen)) == 6
    refused = market.client().get(API, query_string={"sort": "price", "price_unit": "acre"})
    assert refused.status_code == 422
    assert [each["code"] for each in refused.json["errors"]] == ["filter.unknown_price_unit"]


def test_a_price_goes_from_the_form_through_review_to_the_search(site):
    operator, editor = site.signed_in("operator"), site.signed_in("editor")
    stated = {"storage_price": "0.62", "storage_price_currency": "EUR", "storage_price_unit": "m3_day"}
    assert edited(operator, **stated, then="submit").status_code == 302
    page = "/bureau/review/DEMO-DE-0001"
    diff = text_of(editor.get(page).text)
    for told in ("储存价格（起）", "0.62", "欧元", "m³·天"):
        assert told in diff
    assert send(editor, f"{page}/approve", form_on=page).status_code == 302
    assert cards(opened(site.client(), sort="price"))
    assert "EUR 0.62 per m³ and day" in text_of(opened(site.client(), sort="price"))
    assert 'value="0.62"' in operator.get(WAREHOUSE).text


@pytest.mark.parametrize(
    ("typed", "field", "problem"),
    [
        ({"storage_price": "0.62"}, "storage_price_currency", "金额、币种和单位要一起填"),
        ({"storage_price_unit": "m3_day", "storage_price_currency": "EUR"}, "storage_price", "要一起填"),
        (
            {"storage_price": "0", "storage_price_unit": "m3_day", "storage_price_currency": "EUR"},
            "storage_price",
            "要大于 0",
        ),
        (
            {"storage_price": "NaN", "storage_price_unit": "m3_day", "storage_price_currency": "EUR"},
            "storage_price",
            "这不是数字",
        ),
        (
            {"storage_price": "sNaN", "storage_price_unit": "m3_day", "storage_price_currency": "EUR"},
            "storage_price",
            "这不是数字",
        ),
    ],
)
def test_half_a_price_is_told_beside_its_field_and_what_was_typed_stays(site, typed, field, problem):
    answer = edited(site.signed_in("operator"), **typed, then="draft")
    assert answer.status_code == 422
    told = re.search(rf'id="{field}-error">(.*?)</span>', answer.text, re.DOTALL)[1]
    assert problem in text_of(told)
    for name, value in typed.items():
        assert f'value="{value}"' in answer.text, name
