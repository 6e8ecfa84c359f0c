"""What `check` finds when index, columns and database do not say the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from builders import NOON, hamburg_bonded, publish
from search.fleet import publish_fleet
from sqlalchemy import text

from warehouse_hub.directory.published import published_listings
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.freshness.agreement import Difference, differences, repair
from warehouse_hub.search.freshness.follower import IndexFollower
from warehouse_hub.search.rows.cities import Cities
from warehouse_hub.search.segments.store import SegmentStore


def test_nothing_differs_while_the_worker_only_lags(database, index_dir):
    publish_fleet(database, 10)
    IndexFollower(database, index_dir).catch_up()
    engine = SearchEngine(database, index_dir)
    publish(database, "X1", hamburg_bonded())
    assert differences(database, index_dir, engine) == []


def test_a_missing_index_is_told(sqlite_database, index_dir):
    publish_fleet(sqlite_database, 3)
    assert differences(sqlite_database, index_dir) == [Difference("index", "unusable", detail="missing")]
    assert repair(sqlite_database, index_dir) == 3
    assert differences(sqlite_database, index_dir) == []


def test_what_the_index_lacks_has_too_much_or_has_old_is_told(sqlite_database, index_dir):
    publish_fleet(sqlite_database, 5)
    IndexFollower(sqlite_database, index_dir).catch_up()
    with sqlite_database.reading() as session:
        listings = {listing.id: listing for listing in published_listings(session)}
    ghost = replace(listings["W00002"], id="GHOST")
    old = replace(listings["W00003"], revision=9, description="said before", published_at=NOON)
    store = SegmentStore(index_dir)
    with store.writing():
        wrong = store.write(
            [[listings["W00000"], listings["W00002"], old, listings["W00004"], ghost]], Cities()
        )
        store.publish([wrong], [np.zeros(0, np.uint32)], store.check().point)
    found = differences(sqlite_database, index_dir)
    assert sorted((each.part, each.kind, each.id) for each in found) == [
        ("columns", "stale", "W00003"),
        ("index", "extra", "GHOST"),
        ("index", "missing", "W00001"),
        ("text", "stale", "W00003"),
    ]
    repair(sqlite_database, index_dir)
    assert differences(sqlite_database, index_dir) == []


def test_a_change_behind_the_back_of_the_feed_is_told(sqlite_database, index_dir):
    publish_fleet(sqlite_database, 5)
    IndexFollower(sqlite_database, index_dir).catch_up()
    engine = SearchEngine(sqlite_database, index_dir)
    engine.view()
    with sqlite_database.engine.begin() as connection:
        connection.execute(
            text("UPDATE revision SET country = 'FR', city = 'Lyon' WHERE warehouse_id = 'W00002'")
        )
        connection.execute(text("UPDATE listing SET state = 'suspended' WHERE warehouse_id = 'W00003'"))
    found = differences(sqlite_database, index_dir, engine)
    assert {(each.part, each.kind, each.id, each.detail) for each in found} == {
        ("columns", "stale", "W00002", "country, city"),
        ("text", "stale", "W00002", "revision 1, in print 1"),
        ("index", "extra", "W00003", ""),
    }
