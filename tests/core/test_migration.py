from __future__ import annotations

from datetime import date
from decimal import Decimal

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from builders import EDITOR, hamburg_bonded, noon, publish
from sqlalchemy import inspect, text

import warehouse_hub.accounts.mailed_tokens
import warehouse_hub.accounts.models
import warehouse_hub.accounts.repeated_requests
import warehouse_hub.catalogue.models
import warehouse_hub.core.feed
import warehouse_hub.core.jobs
import warehouse_hub.directory.models
import warehouse_hub.monitoring.models
import warehouse_hub.outbox.models  # noqa: F401 - each fills the metadata
from warehouse_hub.accounts.models import Account
from warehouse_hub.accounts.service import create_account
from warehouse_hub.catalogue.service import prepare
from warehouse_hub.core.clock import Month
from warehouse_hub.core.entity import Base
from warehouse_hub.core.migration import is_current, migrate, migrate_down
from warehouse_hub.directory.exchange_rates import keep, rates_kept
from warehouse_hub.directory.published import published_listings
from warehouse_hub.directory.rules.exchange import Rate
from warehouse_hub.directory.rules.storage_price import StoragePrice
from warehouse_hub.monitoring.service import enter_report


def test_the_schema_goes_up_down_and_up_again(database):
    assert is_current(database)
    migrate_down(database)
    assert not is_current(database)
    migrate(database)
    assert is_current(database)


def test_the_schema_is_what_the_models_say(database):
    """A model that changed without a migration would show here, on both databases."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []


def test_prices_and_rates_come_and_go_while_the_listings_stay(database):
    price = {
        "storage_price": Decimal("0.45"),
        "storage_price_currency": "USD",
        "storage_price_unit": "m3_day",
    }
    publish(database, "W-1", hamburg_bonded(**price))
    with database.unit_of_work(noon) as uow:
        keep(
            uow,
            [Rate("USD", date(2026, 11, 1), Decimal("7.0123456789"), "test")],
            dataset="real",
            actor=EDITOR,
        )
    migrate_down(database, "0003")
    assert "exchange_rate" not in inspect(database.engine).get_table_names()
    migrate(database)
    with database.reading() as session:
        (listing,) = published_listings(session)
        assert (listing.name_zh, listing.available_m2, listing.price) == ("示例汉港仓", 3200, None)
        assert rates_kept(session, "real") == []
    publish(database, "W-1", hamburg_bonded(**price))
    with database.reading() as session:
        assert published_listings(session)[0].price == StoragePrice(Decimal("0.45"), "USD", "m3_day")


def test_the_schema_goes_down_step_by_step_and_up_again_with_rows_in_it(database):
    with database.unit_of_work(noon) as uow:
        create_account(
            uow,
            email="li@example.invalid",
            name="李",
            password="long enough!",
            roles=["editor"],
            datasets=["real"],
        )
    publish(database, "W-1", hamburg_bonded())
    with database.unit_of_work(noon) as uow:
        prepare(uow, "2026-11", dataset="real", actor=EDITOR)
        figures = {"gross_m2": Decimal(8000), "rentable_m2": Decimal(6400), "occupied_m2": Decimal(3200)}
        enter_report(uow, "W-1", Month(2026, 10), figures, EDITOR)
    for revision in ("0003", "0002", "0001"):
        migrate_down(database, revision)
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT name_zh FROM revision")).scalars().all() == ["示例汉港仓"]
    migrate(database)
    with database.reading() as session:
        assert session.query(Account).one().name == "李"
        assert len(published_listings(session)) == 1
    migrate_down(database)
    migrate(database)
    assert is_current(database)
