from __future__ import annotations

from warehouse_hub.core.migration import is_current, migrate, migrate_down


def test_the_schema_goes_up_down_and_up_again(database):
    assert is_current(database)
    migrate_down(database)
    assert not is_current(database)
    migrate(database)
    assert is_current(database)
