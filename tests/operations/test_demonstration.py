"""The fictitious directory: of realistic size and shape, the same everywhere, and marked as what it is."""

from __future__ import annotations

import hashlib
import stat
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from builders import noon

from warehouse_hub.accounts.models import Account
from warehouse_hub.accounts.service import authenticate, set_password
from warehouse_hub.core.clock import Month, civil_date
from warehouse_hub.core.errors import Forbidden
from warehouse_hub.core.feed import head
from warehouse_hub.directory.exchange_rates import keep, rates_kept, rates_on
from warehouse_hub.directory.listings import suspend
from warehouse_hub.directory.published import count_published, published_listings
from warehouse_hub.directory.rules.facts import problems_of
from warehouse_hub.monitoring.models import MonthlyReport
from warehouse_hub.operations.bundled.loading import SYSTEM, load_demo, load_real
from warehouse_hub.operations.demonstration.accounts import create_demo_accounts
from warehouse_hub.operations.demonstration.capacity import BASE_DATE
from warehouse_hub.operations.demonstration.listings import demo_listings
from warehouse_hub.operations.demonstration.operators import ACCOUNT_OPERATOR_ID, demo_operators
from warehouse_hub.operations.demonstration.prices import demo_rates
from warehouse_hub.operations.demonstration.reports import demo_reports
from warehouse_hub.vocabulary.codes import PRICE_UNITS, ROLES, SERVICES


@pytest.fixture(scope="module")
def listings():
    return demo_listings()


@pytest.fixture(scope="module")
def reports():
    return list(demo_reports())


def load(database):
    with database.unit_of_work(noon) as uow:
        return load_demo(uow)


def test_the_fictitious_directory_is_loaded_once_with_its_reports(database, listings, reports):
    assert load(database).created == len(listings)
    with database.reading() as session:
        before = head(session)
        assert session.query(MonthlyReport).count() == len(reports)
    assert load(database).unchanged == len(listings)
    with database.reading() as session:
        assert head(session) == before
        assert session.query(MonthlyReport).count() == len(reports)
        assert count_published(session, "demo") == len(listings)
        assert count_published(session, "real") == 0


def test_real_and_demonstration_stay_apart(database, listings):
    load(database)
    with database.unit_of_work(noon) as uow:
        load_real(uow)
    with database.reading() as session:
        real, demo = (published_listings(session, dataset) for dataset in ("real", "demo"))
    assert len(demo) == len(listings)
    assert not {listing.operator_id for listing in real} & {listing.operator_id for listing in demo} - {None}
    assert all(listing.id.startswith("DEMO-") for listing in demo)


def test_a_suspended_demonstration_listing_stays_suspended(database, listings):
    load(database)
    with database.unit_of_work(noon) as uow:
        suspend(uow, "DEMO-DE-0002", actor=SYSTEM, note="演示")
    assert load(database).changed == 0
    with database.reading() as session:
        assert count_published(session, "demo") == len(listings) - 1


def test_everything_fictitious_says_so(listings):
    for listing in listings:
        assert listing.facts.name_zh.startswith("示例")
        assert listing.facts.name_en.startswith("Demo ")
        assert "虚构" in listing.facts.description
        assert "fictitious" in listing.facts.source
        assert not listing.facts.rate_hint or listing.facts.rate_hint.startswith("演示价")
    assert all(
        each.name_zh.startswith("示例") and each.name_en.startswith("Demo ") for each in demo_operators()
    )


def test_prices_are_of_every_kind_and_some_have_to_be_asked_for(listings):
    priced = [listing.facts for listing in listings if listing.facts.price]
    assert {facts.storage_price_unit for facts in priced} == set(PRICE_UNITS.codes)
    assert len(priced) > 100
    assert len([listing for listing in listings if not listing.facts.price]) > 100
    # The form of the price and its words say the same, and the description that it is invented.
    assert all(facts.rate_hint and "储存价格为演示价" in facts.description for facts in priced)
    currencies = {facts.storage_price_currency for facts in priced}
    assert currencies - {rate.currency for rate in demo_rates()} == {"NZD"}


def test_demonstration_rates_stay_out_of_the_real_dataset_and_a_persons_own_rate_stays(database):
    load(database)
    own = replace(demo_rates()[0], cny_for_one=Decimal("7.77"))
    with database.unit_of_work(noon) as uow:
        keep(uow, [own], dataset="demo", actor=SYSTEM)
    load(database)
    with database.reading() as session:
        assert rates_kept(session, "real") == []
        assert rates_on(session, "demo", date(2026, 11, 23)).of(own.currency) == Decimal("7.77")


def test_it_is_the_same_on_every_machine(listings, reports):
    told = "\n".join(repr((each.warehouse_id, each.operator, each.facts)) for each in listings) + repr(
        reports
    )
    assert [listing.warehouse_id for listing in listings[:2]] == ["DEMO-US-0001", "DEMO-US-0002"]
    demo_listings.cache_clear()
    again = demo_listings()
    retold = "\n".join(repr((each.warehouse_id, each.operator, each.facts)) for each in again) + repr(
        list(demo_reports())
    )
    assert hashlib.sha256(told.encode()).digest() == hashlib.sha256(retold.encode()).digest()


def test_it_has_the_size_and_the_mixture_of_a_province(listings):
    facts = [listing.facts for listing in listings]
    classes = Counter(each.record_class for each in facts)
    assert 350 <= len(listings) <= 480
    assert len({each.country for each in facts}) >= 40
    assert 0.62 <= classes["public"] / len(facts) <= 0.78
    assert set(classes) == {"public", "self", "third_party", "unknown", "lead"}
    assert {each.grade for each in facts} == {"stated", "documented", "verified"}
    assert {"planned", "under_construction", "operating"} <= {each.stage for each in facts}
    areas = [each.area_m2("gross") for each in facts]
    assert 9_000 <= sum(areas) / len(areas) <= 15_000


def test_what_is_not_filled_in_is_as_common_as_yes_and_no(listings):
    answers = Counter(
        listing.facts.services.get(code)
        for listing in listings
        for code in SERVICES.codes
        if listing.operator
    )
    assert all(answers[answer] / answers.total() > 0.2 for answer in (True, False, None))


def test_every_service_is_offered_somewhere(listings):
    offered = {code for listing in listings for code, yes in listing.facts.services.items() if yes}
    assert offered == set(SERVICES.codes)


def test_nothing_fictitious_breaks_a_rule_of_the_directory(listings):
    assert not [problem for listing in listings for problem in problems_of(listing.facts)]


def test_hamburg_has_several_public_bonded_warehouses_with_space(listings):
    found = [
        listing.warehouse_id
        for listing in listings
        if listing.facts.city == "Hamburg"
        and listing.facts.record_class == "public"
        and listing.facts.services.get("bonded")
        and listing.facts.area_m2("available")
    ]
    assert len(found) >= 2


def test_as_of_dates_lie_within_nine_months_before_the_base_date(listings):
    dates = [line.as_of for listing in listings for line in listing.facts.capacity]
    assert max(dates) <= BASE_DATE
    assert min(dates) >= BASE_DATE - timedelta(days=275)


def test_occupied_area_is_statistical_and_never_in_a_listing(listings):
    assert not [line for listing in listings for line in listing.facts.capacity if line.basis == "occupied"]


def test_a_rentable_site_has_no_operator_and_no_services(listings):
    leads = [listing for listing in listings if listing.facts.record_class == "lead"]
    assert leads
    assert all(each.operator is None and not each.facts.services for each in leads)


def test_the_account_operator_has_several_warehouses(listings):
    assert (
        sum(each.operator is not None and each.operator.id == ACCOUNT_OPERATOR_ID for each in listings) >= 5
    )


def test_reports_cover_two_years_of_public_warehouses_in_operation(listings, reports):
    public = {each.warehouse_id for each in listings if each.facts.record_class == "public"}
    months = sorted({report.month for report in reports})
    assert (months[0], months[-1], len(months)) == ("2024-11", "2026-10", 24)
    assert {report.warehouse_id for report in reports} <= public


def test_what_is_occupied_fits_into_what_is_rentable_and_that_into_the_whole(reports):
    assert all(report.occupied_m2 <= report.rentable_m2 <= report.gross_m2 for report in reports)
    assert all(report.orders_avg_per_day <= report.orders_peak_per_day for report in reports)


def test_use_rises_towards_the_autumn_sales_and_stays_plausible(reports):
    def use(month):
        chosen = [report for report in reports if report.month == month]
        return sum(report.occupied_m2 for report in chosen) / sum(report.rentable_m2 for report in chosen)

    monthly = {month: use(month) for month in {report.month for report in reports}}
    assert all(0.55 <= value <= 0.80 for value in monthly.values())
    assert monthly["2025-11"] > monthly["2025-02"] + 0.05


def test_some_reports_are_late_some_overdue_and_some_missing(listings, reports):
    lateness = Counter(
        "on time" if days <= 0 else "late" if days <= 7 else "overdue"
        for report in reports
        for days in [(civil_date(report.submitted_at) - Month.parse(report.month).last_day).days]
    )
    assert lateness["on time"] > lateness["late"] > lateness["overdue"] > 0
    last = {report.warehouse_id for report in reports if report.month == "2026-10"}
    before = {report.warehouse_id for report in reports if report.month == "2026-09"}
    assert before - last


def passwords(path):
    return dict(line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())


def accounts(database, folder):
    with database.unit_of_work(noon) as uow:
        return create_demo_accounts(uow, folder)


def test_every_role_gets_an_account_whose_password_only_the_data_folder_knows(database, tmp_path):
    path = accounts(database, tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    told = passwords(path)
    assert set(told) == {f"{role}@demo.invalid" for role in ROLES.codes}
    assert len(set(told.values())) == 8
    with database.reading() as session:
        actors = {email: authenticate(session, email, password) for email, password in told.items()}
    assert actors["operator@demo.invalid"].operator_id == ACCOUNT_OPERATOR_ID
    assert actors["operator@demo.invalid"].datasets == actors["exporter@demo.invalid"].datasets == {"demo"}
    assert actors["editor@demo.invalid"].datasets == {"real", "demo"}
    assert all(actors[f"{role}@demo.invalid"].roles == {role} for role in ROLES.codes)


def test_accounts_keep_their_passwords_while_the_file_is_there(sqlite_database, tmp_path):
    before = passwords(accounts(sqlite_database, tmp_path))
    assert passwords(accounts(sqlite_database, tmp_path)) == before


def test_without_the_file_all_accounts_get_new_passwords(sqlite_database, tmp_path):
    path = accounts(sqlite_database, tmp_path)
    before = passwords(path)
    path.unlink()
    after = passwords(accounts(sqlite_database, tmp_path))
    assert not set(before.values()) & set(after.values())
    with sqlite_database.reading() as session:
        assert authenticate(session, "editor@demo.invalid", after["editor@demo.invalid"])
        with pytest.raises(Forbidden):
            authenticate(session, "editor@demo.invalid", before["editor@demo.invalid"])


def test_passwords_are_never_told_for_accounts_that_were_not_kept(sqlite_database, tmp_path):
    class Interrupted(Exception):
        pass

    with pytest.raises(Interrupted), sqlite_database.unit_of_work(noon) as uow:
        path = create_demo_accounts(uow, tmp_path)
        raise Interrupted
    assert not path.exists()
    told = passwords(accounts(sqlite_database, tmp_path))
    with sqlite_database.reading() as session:
        assert authenticate(session, "admin@demo.invalid", told["admin@demo.invalid"])


def test_a_password_that_its_owner_changed_is_left_alone(sqlite_database, tmp_path):
    accounts(sqlite_database, tmp_path)
    with sqlite_database.unit_of_work(noon) as uow:
        account = uow.session.query(Account).filter_by(email="admin@demo.invalid").one()
        set_password(account, "a password of my own")
    accounts(sqlite_database, tmp_path)
    with sqlite_database.reading() as session:
        assert authenticate(session, "admin@demo.invalid", "a password of my own")
