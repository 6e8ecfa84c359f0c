"""A listing as JSON."""

from __future__ import annotations

import json

from builders import hamburg_bonded, publish, square_metres

from warehouse_hub.directory.published import published_listing
from warehouse_hub.directory.representation import listing_json


def test_figures_are_numbers_with_unit_basis_and_date_and_unknown_is_null(sqlite_database):
    publish(
        sqlite_database, "W-1", hamburg_bonded(capacity=(square_metres("3200.5", "available"),), address=None)
    )
    with sqlite_database.reading() as session:
        told = json.loads(json.dumps(listing_json(published_listing(session, "W-1"))))
    assert told["available_m2"] == 3200.5
    assert told["total_m2"] is None
    assert told["street_address"] is None
    assert "cold" not in told["services"]
    line = told["capacity"][0]
    assert (line["unit"], line["basis"], line["as_of"], line["m2"]) == (
        "m2",
        "available",
        "2026-11-01",
        3200.5,
    )
