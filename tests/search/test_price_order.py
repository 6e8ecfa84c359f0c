"""The order by price: what compares and by which rates, what stands last, and that a new rate counts at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from builders import EDITOR, hamburg_bonded, noon, publish

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.directory.exchange_rates import keep, rates_on
from warehouse_hub.directory.models import ExchangeRate
from warehouse_hub.directory.rules.exchange import Rate
from warehouse_hub.search.cursor import Cursor
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.freshness.follower import IndexFollower
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.search.rows.listing_rows import listing_key

BY_PRICE = SearchQuery(sort="price")


def priced(amount: str, currency: str = "CNY", unit: str = "m3_day"):
    return hamburg_bonded(
        storage_price=Decimal(amount), storage_price_currency=currency, storage_price_unit=unit
    )


def set_rate(database, currency: str, cny: str, *, day: date = date(2026, 11, 1), dataset: str = "real"):
    with database.unit_of_work(noon) as uow:
        keep(uow, [Rate(currency, day, Decimal(cny), "test")], dataset=dataset, actor=EDITOR)


@pytest.fixture
def engine(database, index_dir):
    publish(database, "FIVE-YUAN", priced("5"))
    publish(database, "HALF-DOLLAR", priced("0.5", "USD"))
    publish(database, "ONE-BAHT", priced("1", "THB"))
    publish(database, "A-PALLET", priced("0.1", unit="pallet_month"))
    publish(database, "ASK", hamburg_bonded())
    return SearchEngine(database, index_dir, clock=noon)


def by_key(*ids: str) -> list[str]:
    return sorted(ids, key=listing_key)


def test_without_rates_only_prices_in_yuan_compare_and_the_others_stand_last(engine):
    unknown = by_key("HALF-DOLLAR", "ONE-BAHT", "A-PALLET", "ASK")
    assert engine.match_ids(BY_PRICE) == ["FIVE-YUAN", *unknown]


def test_a_rate_counts_from_the_next_search_on_and_another_in_its_place_too(database, engine):
    engine.match_ids(BY_PRICE)
    set_rate(database, "USD", "7")
    unknown = by_key("ONE-BAHT", "A-PALLET", "ASK")
    assert engine.match_ids(BY_PRICE) == ["HALF-DOLLAR", "FIVE-YUAN", *unknown]
    set_rate(database, "USD", "11")
    assert engine.match_ids(BY_PRICE) == ["FIVE-YUAN", "HALF-DOLLAR", *unknown]
    assert engine.search(BY_PRICE).rates.of("USD") == 11
    assert engine.search(SearchQuery(sort="name")).rates is None


def test_another_unit_has_an_order_of_its_own(engine):
    assert engine.match_ids(replace(BY_PRICE, price_unit="pallet_month"))[0] == "A-PALLET"


def test_the_order_is_the_same_from_the_index_on_disk(database, index_dir, engine):
    set_rate(database, "USD", "7")
    IndexFollower(database, index_dir).catch_up()
    stored = SearchEngine(database, index_dir, clock=noon)
    assert stored.match_ids(BY_PRICE) == engine.match_ids(BY_PRICE)
    publish(database, "ONE-YUAN", priced("1"))
    assert stored.match_ids(BY_PRICE)[:3] == ["ONE-YUAN", "HALF-DOLLAR", "FIVE-YUAN"]


def test_a_rate_of_the_demonstration_never_orders_real_prices(database, engine):
    before = engine.match_ids(BY_PRICE)
    for currency in ("USD", "THB"):
        set_rate(database, currency, "0.0001", dataset="demo")
    assert engine.match_ids(BY_PRICE) == before


def test_the_day_of_a_search_is_the_one_in_zhengzhou(database, index_dir, engine):
    set_rate(database, "USD", "7", day=date(2026, 11, 24))
    late = datetime(2026, 11, 23, 15, 59, tzinfo=UTC)
    assert SearchEngine(database, index_dir, clock=lambda: late).match_ids(BY_PRICE)[0] == "FIVE-YUAN"
    midnight = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    assert SearchEngine(database, index_dir, clock=lambda: midnight).match_ids(BY_PRICE)[0] == "HALF-DOLLAR"


def test_later_pages_go_by_the_rates_of_the_first_page(database, index_dir, engine):
    """Half a dollar is 3.5 yuan on the first page's day and 50 from the next day on."""
    set_rate(database, "USD", "7")
    set_rate(database, "USD", "100", day=date(2026, 11, 24))
    moments = [noon()]
    engine = SearchEngine(database, index_dir, clock=lambda: moments[-1])
    expected, shown, cursor = engine.match_ids(BY_PRICE), [], None
    for day in range(24, 30):
        page = engine.search(replace(BY_PRICE, limit=1, cursor=cursor))
        shown += [item.id for item in page.items]
        cursor = page.next_cursor
        moments.append(datetime(2026, 11, day, 4, tzinfo=UTC))
        if cursor is None:
            break
    assert shown == expected
    assert expected[0] == "HALF-DOLLAR"
    assert engine.match_ids(BY_PRICE)[0] == "FIVE-YUAN"


def test_equal_prices_stand_in_the_order_of_their_keys(database, engine):
    set_rate(database, "USD", "10")
    equal = by_key("FIVE-YUAN", "HALF-DOLLAR")
    assert engine.match_ids(BY_PRICE)[:2] == equal


def test_the_same_price_in_two_currencies_is_a_tie_although_their_product_is_no_exact_number(
    database, engine
):
    set_rate(database, "EUR", "3")
    publish(database, "A", priced("0.3"))
    for number in range(5):
        publish(database, f"T{number}", priced("0.1", "EUR"))
    equal = by_key("A", *(f"T{number}" for number in range(5)))
    assert engine.match_ids(BY_PRICE)[:6] == equal


def test_a_page_that_would_go_by_other_rates_than_the_first_is_refused(database, engine):
    set_rate(database, "USD", "7")
    first = engine.search(replace(BY_PRICE, limit=1))
    following = replace(BY_PRICE, limit=1, cursor=first.next_cursor)
    assert [item.id for item in first.items] == ["HALF-DOLLAR"]
    set_rate(database, "USD", "100", day=date(2027, 1, 1))
    set_rate(database, "USD", "9", day=date(2020, 1, 1))
    assert [item.id for item in engine.search(following).items] == ["FIVE-YUAN"]
    set_rate(database, "USD", "20")
    with pytest.raises(InvalidInput) as refused:
        engine.search(following)
    assert [problem.code for problem in refused.value.problems] == ["cursor.other_rates"]


def test_no_cursor_looks_into_the_rates_of_days_to_come(database, engine):
    set_rate(database, "USD", "7")
    set_rate(database, "USD", "55.5", day=date(2030, 1, 1))
    shown = Cursor.read(engine.search(replace(BY_PRICE, limit=1)).next_cursor)
    ahead = replace(shown, now=datetime(2033, 1, 1, tzinfo=UTC).timestamp(), key=0.0)
    with pytest.raises(InvalidInput) as refused:
        engine.search(replace(BY_PRICE, cursor=ahead.written()))
    assert [problem.code for problem in refused.value.problems] == ["cursor.invalid"]


def test_of_a_long_history_only_the_rates_in_force_are_read(database):
    days = [date(2020, 1, 1) + timedelta(days=number) for number in range(400)]
    rates = [Rate(currency, day, Decimal(7), "test") for currency in ("USD", "EUR") for day in days]
    with database.unit_of_work(noon) as uow:
        keep(uow, rates, dataset="real", actor=EDITOR)
    with database.reading() as session:
        found = rates_on(session, "real", days[300])
        held = [one for one in session.identity_map.values() if isinstance(one, ExchangeRate)]
        assert len(held) <= 2
    assert {rate.valid_from for rate in found.by_currency.values()} == {days[300]}
