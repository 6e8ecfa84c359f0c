"""The table of reports comes and goes while the directory beside it stands full."""

from __future__ import annotations

from monitoring.fleet import OCTOBER, report, station
from sqlalchemy import inspect, text

from warehouse_hub.core.migration import migrate, migrate_down


def test_the_reports_table_goes_up_and_down_with_rows_in_it(database):
    station(database, "W1", "DE", "A")
    report(database, "W1", OCTOBER, 500)
    migrate_down(database, "0002")
    assert "monthly_report" not in inspect(database.engine).get_table_names()
    migrate(database)
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM warehouse")).scalar() == 1
        assert connection.execute(text("SELECT count(*) FROM monthly_report")).scalar() == 0
