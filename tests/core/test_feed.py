"""The change feed: positions are commit order, on both databases, whoever commits first."""

from __future__ import annotations

import threading

import pytest
from builders import noon

from warehouse_hub.accounts.models import Account
from warehouse_hub.core.errors import NotFound
from warehouse_hub.core.feed import changes_since, head


def test_a_change_and_its_feed_row_commit_together_or_not_at_all(database):
    with pytest.raises(NotFound), database.unit_of_work(noon) as uow:
        uow.changed("listing", "W-1", "real")
        uow.get(Account, 1)
    with database.reading() as session:
        assert head(session) == 0


def test_a_follower_never_misses_a_transaction_that_stays_open_while_later_ones_commit(database):
    """The slow transaction registers its change first and commits last; its position must be the last."""
    slow_began, fast_done = threading.Event(), threading.Event()

    def slow() -> None:
        with database.unit_of_work(noon) as uow:
            uow.changed("listing", "slow", "real")
            uow.session.flush()
            slow_began.set()
            if database.engine.dialect.name == "postgresql":
                assert fast_done.wait(10)

    thread = threading.Thread(target=slow)
    thread.start()
    assert slow_began.wait(10)
    with database.unit_of_work(noon) as uow:
        uow.changed("listing", "fast", "real")
    with database.reading() as session:
        seen = [change.key for change in changes_since(session, 0)]
        position = head(session)
    fast_done.set()
    thread.join()
    with database.reading() as session:
        seen += [change.key for change in changes_since(session, position)]
    assert sorted(seen) == ["fast", "slow"]


def test_twenty_writers_at_once_leave_a_gapless_feed(database):
    def write(number: int) -> None:
        with database.unit_of_work(noon) as uow:
            uow.changed("listing", f"W-{number}", "real")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert [change.position for change in changes_since(session, 0)] == list(range(1, 21))
