"""Paging through everything while the directory changes: what nobody touched is on exactly one page."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import noon
from search.agreement.brute_force import in_print, kept
from search.agreement.editor import Editor

from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.freshness.follower import IndexFollower
from warehouse_hub.search.query import SearchQuery

HAMBURG = (53.55, 9.99)
ORDERS = {
    "relevance": SearchQuery(sort="relevance"),
    "relevance of a word": SearchQuery(q="琥珀", literal=True, sort="relevance"),
    "relevance of two words": SearchQuery(q="麒麟 zephyrdock", literal=True, sort="relevance"),
    "distance": SearchQuery(sort="distance", near=HAMBURG),
    "distance of several": SearchQuery(near=HAMBURG, also_near=((33.74, -118.26),), within_km=9_000.0),
    "available": SearchQuery(sort="available"),
    "price": SearchQuery(sort="price"),
    "price of a pallet": SearchQuery(sort="price", price_unit="pallet_month", q="琥珀", literal=True),
    "freshness": SearchQuery(sort="freshness"),
    "name": SearchQuery(sort="name", not_country=("US",)),
}
# More than there are, so that a page that never ends fails instead of hanging.
MOST_PAGES = 600


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("order", ORDERS)
def test_what_is_not_touched_is_neither_skipped_nor_repeated(sqlite_database, index_dir, order, seed):
    rng = random.Random(f"{order} {seed}")
    query = replace(ORDERS[order], limit=rng.choice([1, 2, 5]))
    editor = Editor(sqlite_database, rng)
    for _ in range(12):
        editor.enter(30)
    untouched = set(rng.sample(sorted(editor.in_print), len(editor.in_print) * 2 // 3))
    for id_ in untouched:
        del editor.in_print[id_]
    follower = IndexFollower(sqlite_database, index_dir)
    follower.catch_up()
    engines = [SearchEngine(sqlite_database, index_dir, clock=noon) for _ in range(2)]
    expected = {listing.id for listing in kept(in_print(sqlite_database), query)} & untouched
    assert len(expected) > query.limit

    shown, cursor = [], None
    for _ in range(MOST_PAGES):
        page = rng.choice(engines).search(replace(query, cursor=cursor), facets=())
        shown += [item.id for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
        change(editor, shown[-1], follower, rng)
    else:
        pytest.fail("the pages never end")
    assert {id_: times for id_, times in Counter(shown).items() if id_ in untouched} == dict.fromkeys(
        expected, 1
    )


def change(editor: Editor, last_shown: str, follower: IndexFollower, rng: random.Random) -> None:
    """What happens between two pages: edits, at times of the very listing that the next page begins after."""
    for _ in range(rng.randrange(4)):
        editor.step()
    if last_shown in editor.in_print and rng.random() < 0.7:
        rng.choice([editor.withdraw, editor.reword])(last_shown)
    if rng.random() < 0.2:
        rng.choice([follower.catch_up, follower.rebuild])()


@pytest.mark.parametrize("order", ORDERS)
def test_pages_go_on_when_all_that_they_showed_left_and_every_score_changed(
    sqlite_database, index_dir, order
):
    editor = Editor(sqlite_database, random.Random(order))
    for _ in range(12):
        editor.enter(30)
    query = replace(ORDERS[order], limit=3)
    now = noon()
    engine = SearchEngine(sqlite_database, index_dir, clock=lambda: now)
    expected = engine.match_ids(query)
    assert len(expected) > query.limit

    shown, cursor = [], None
    for _ in range(MOST_PAGES):
        page = engine.search(replace(query, cursor=cursor), facets=())
        cursor = page.next_cursor
        shown += [item.id for item in page.items]
        if cursor is None:
            break
        editor.withdraw(*(item.id for item in page.items))
        editor.enter(4)
        # Words become more or less rare with every listing, and what is in print grows older.
        now += timedelta(days=20)
    else:
        pytest.fail("the pages never end")
    assert [id_ for id_ in shown if id_ in set(expected)] == expected


@pytest.mark.parametrize("order", ORDERS)
def test_the_pages_of_different_processes_fit_together(sqlite_database, index_dir, order):
    """One engine has all from the feed, one has half of it from disk, and one all, as after a restart."""
    editor = Editor(sqlite_database, random.Random(4))
    for _ in range(4):
        editor.enter(30)
    engines = [SearchEngine(sqlite_database, index_dir / "never written", clock=noon)]
    for folder in ("older", "newer"):
        for _ in range(4):
            editor.enter(30)
        IndexFollower(sqlite_database, index_dir / folder).catch_up()
        engines.append(SearchEngine(sqlite_database, index_dir / folder, clock=noon))
    query = replace(ORDERS[order], limit=3)
    everything = engines[0].match_ids(query)
    shown, cursor = [], None
    for number in range(MOST_PAGES):
        page = engines[number % 3].search(replace(query, cursor=cursor), facets=())
        assert page.total == len(everything)
        shown += [item.id for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert shown == everything
    assert len(everything) > 2 * query.limit
