"""Fifty threads search while ten edit: each answer is that of a state that stood during the request."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

from builders import EDITOR, noon
from search.agreement.brute_force import Answer, answer
from search.agreement.history import History, State
from search.agreement.invented import box, invented_facts

from warehouse_hub.core.database import Database
from warehouse_hub.directory.listings import suspend
from warehouse_hub.directory.mass_publication import Wording, publish_many
from warehouse_hub.search.engine import SearchEngine, SearchResult
from warehouse_hub.search.freshness.follower import IndexFollower
from warehouse_hub.search.query import SearchQuery

SEARCHING, EDITING = 50, 10
LISTINGS = 120
SECONDS = 4.0
PAUSE_S = 0.05
QUERIES = (
    SearchQuery(limit=100),
    SearchQuery(sort="freshness", limit=30),
    SearchQuery(q="琥珀", literal=True, limit=100),
    SearchQuery(q="zephyrdock", literal=True, sort="name"),
    SearchQuery(country=("DE", "US"), area_band=("unknown", "lt1000"), limit=100),
    SearchQuery(region_set=("RCEP",), not_service=("hazmat",), sort="available"),
    SearchQuery(service_any=("cold", "bonded"), min_available_m2=1000.0),
    SearchQuery(near=(53.55, 9.99), also_near=((33.74, -118.26),), within_km=600.0, limit=100),
    SearchQuery(bbox=box(-20.0, 33.0, 30.0, 60.0), grade=("verified", "stated")),
)


@dataclass(frozen=True)
class Request:
    """One search as a thread saw it, with the first page of what it found or with all of it."""

    begun: float
    ended: float
    query: SearchQuery
    said: SearchResult | list[str]


def test_every_answer_is_that_of_a_state_during_the_request(database, index_dir, processes):
    rng = random.Random(7)
    with database.unit_of_work(noon) as uow:
        wordings = [Wording(f"W{number:05d}", invented_facts(rng, number)) for number in range(LISTINGS)]
        publish_many(uow, wordings, dataset="real", actor=EDITOR)
    IndexFollower(database, index_dir).catch_up()
    engine = SearchEngine(database, index_dir, clock=noon)
    for query in QUERIES:
        engine.search(query)
    history = History(database)
    with processes.folding(database, index_dir), ThreadPoolExecutor(SEARCHING + EDITING) as pool:
        until = time.monotonic() + SECONDS
        editing = [pool.submit(edit, database, history, number, until) for number in range(EDITING)]
        searching = [pool.submit(search, engine, number, until) for number in range(SEARCHING)]
        edits = sum(each.result() for each in editing)
        requests = [request for each in searching for request in each.result()]
    assert edits >= EDITING
    states = history.states()
    expected = cache(lambda number, query: answer(states[number].values(), query))
    for request in requests:
        seen = history.between(request.begun, request.ended)
        assert any(is_said(expected(number, request.query), request) for number in seen), (
            f"none of the states {seen} of {len(states)} answers {request.query} as it was answered;"
            f" those that do: {alike(states, request)}; unlike {seen[-1]}: {differing(states[seen[-1]], request)}"
        )


def alike(states: list[State], request: Request) -> list[int]:
    return [
        number
        for number, state in enumerate(states)
        if is_said(answer(state.values(), request.query), request)
    ]


def differing(state: State, request: Request) -> set[str]:
    said = request.said if isinstance(request.said, list) else [item.id for item in request.said.items]
    return answer(state.values(), request.query).ids ^ set(said)


def is_said(expected: Answer, request: Request) -> bool:
    if isinstance(request.said, list):
        return sorted(request.said) == sorted(expected.ids)
    page = [item.id for item in request.said.items]
    counted = {
        name: {code: count for code, count in counts.items() if count}
        for name, counts in request.said.facets.items()
    }
    return (
        request.said.total == expected.total
        and len(page) == len(set(page)) == min(expected.total, request.query.limit)
        and expected.ids.issuperset(page)
        and request.said.without_coordinates == expected.without_coordinates
        and counted == expected.facets
    )


def search(engine: SearchEngine, number: int, until: float) -> list[Request]:
    rng, done = random.Random(number), []
    while not done or time.monotonic() < until:
        query = rng.choice(QUERIES)
        ask = rng.choice([engine.search, engine.match_ids])
        begun = time.monotonic()
        said = ask(query)
        done.append(Request(begun, time.monotonic(), query, said))
    return done


def edit(database: Database, history: History, number: int, until: float) -> int:
    """Reword, enter and take out listings that no other thread touches, several at once; tell how often."""
    rng, done = random.Random(number), 0
    own = [f"W{each:05d}" for each in range(number, LISTINGS, EDITING)]
    while not done or time.monotonic() < until:
        gone, *reworded = rng.sample(own, rng.randint(2, 4))
        entered = [f"E{number}-{done}"]
        ids = [gone, *reworded, *entered]
        with history.committing(ids) as commits_now, database.unit_of_work(noon) as uow:
            wordings = [Wording(id_, invented_facts(rng, done)) for id_ in [*reworded, *entered]]
            publish_many(uow, wordings, dataset="real", actor=EDITOR)
            suspend(uow, gone, actor=EDITOR, note="test")
            commits_now()
        own = [id_ for id_ in [*own, *entered] if id_ != gone]
        done += 1
        time.sleep(PAUSE_S)
    return done
