from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import warehouse_hub.accounts.models
import warehouse_hub.catalogue.models
import warehouse_hub.core.feed
import warehouse_hub.directory.models
import warehouse_hub.monitoring.models  # noqa: F401 - each fills the metadata
from warehouse_hub.core.entity import Base
from warehouse_hub.core.migration import is_current, migrate, migrate_down


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
