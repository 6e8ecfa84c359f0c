from __future__ import annotations

from decimal import Decimal

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from builders import EDITOR, hamburg_bonded, noon, publish

import warehouse_hub.accounts.models
import warehouse_hub.catalogue.models
import warehouse_hub.core.feed
import warehouse_hub.directory.models
import warehouse_hub.monitoring.models  # noqa: F401 - each fills the metadata
from warehouse_hub.accounts.models import Account
from warehouse_hub.accounts.service import create_account
from warehouse_hub.catalogue.service import prepare
from warehouse_hub.core.clock import Month
from warehouse_hub.core.entity import Base
from warehouse_hub.core.migration import is_current, migrate, migrate_down
from warehouse_hub.directory.published import published_listings
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
    for revision in ("0002", "0001"):
        migrate_down(database, revision)
    with database.reading() as session:
        assert [listing.name_zh for listing in published_listings(session)] == ["示例汉港仓"]
    migrate(database)
    with database.reading() as session:
        assert session.query(Account).one().name == "李"
        assert len(published_listings(session)) == 1
    migrate_down(database)
    migrate(database)
    assert is_current(database)
