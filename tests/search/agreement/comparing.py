"""What an engine said, held against what going through the listings gives."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from search.agreement.brute_force import answer, kilometres, misplaced, place_of

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.query import SearchQuery

MOST_FEATURES = 2_000


@dataclass(frozen=True)
class Said:
    """One search as an engine answered it: the first page, and the ids of all pages in order."""

    total: int
    without_coordinates: int
    facets: dict[str, dict[str, int]]
    page: list[tuple[str, float, float | None]]
    ids: list[str]
    map: dict[str, Any] | None = None

    @classmethod
    def by(cls, engine: SearchEngine, query: SearchQuery) -> Said:
        found = engine.search(query)
        return cls(
            total=found.total,
            without_coordinates=found.without_coordinates,
            facets={name: dict(counts) for name, counts in found.facets.items()},
            page=[(item.id, item.score, item.distance_km) for item in found.items],
            ids=engine.match_ids(query),
        )


def disagreements(listings: Sequence[PublishedListing], query: SearchQuery, said: Said) -> list[str]:
    """Everything in an answer that going through the listings does not bear out; empty when all is well."""
    expected = answer(listings, query)
    by_id = {listing.id: listing for listing in listings}
    found = [
        *_differs("total", said.total, expected.total),
        *_differs("ids", sorted(said.ids), sorted(expected.ids)),
        *_differs("without coordinates", said.without_coordinates, expected.without_coordinates),
        *_facets_differ(said.facets, expected.facets),
        *_differs("page", [id_ for id_, _, _ in said.page], said.ids[: query.limit]),
    ]
    if found:
        return found
    in_order = [by_id[id_] for id_ in said.ids]
    found += [f"order {query.order}: {pair}" for pair in misplaced(in_order, query)]
    found += [
        f"distance of {id_}: {km} for {kilometres(by_id[id_], query)}"
        for id_, _, km in said.page
        if km != kilometres(by_id[id_], query)
    ]
    scores = [score for _, score, _ in said.page]
    if query.order == "relevance":
        found += _differs("scores", scores, sorted(scores, reverse=True))
    if said.map is not None:
        found += _map_differs(in_order, expected.without_coordinates, said.map)
    return found


def alike(said: Said) -> Said:
    """The answer with what may differ between processes left out: the last digits of bubbles, and their order."""
    if said.map is None:
        return said
    features = [
        [each["properties"], [round(degrees, 6) for degrees in each["geometry"]["coordinates"]]]
        for each in said.map["features"]
    ]
    for properties, _ in features:
        properties["bounds"] = [round(degrees, 6) for degrees in properties.get("bounds", [])]
    drawn = sorted(features, key=lambda feature: json.dumps(feature, sort_keys=True))
    return replace(said, map={**said.map, "features": drawn})


def _differs(what: str, said: object, expected: object) -> list[str]:
    if isinstance(said, list) and isinstance(expected, list) and said != expected:
        extra, missing = Counter(said) - Counter(expected), Counter(expected) - Counter(said)
        if extra or missing:
            return [f"{what}: extra {sorted(extra.elements())}, missing {sorted(missing.elements())}"]
    return [] if said == expected else [f"{what}: said {said}, expected {expected}"]


def _facets_differ(said: dict[str, dict[str, int]], expected: dict[str, dict[str, int]]) -> list[str]:
    counted = {
        name: {code: count for code, count in counts.items() if count} for name, counts in said.items()
    }
    names = expected.keys() | counted.keys()
    return [each for name in sorted(names) for each in _differs(name, counted.get(name), expected.get(name))]


def _map_differs(results: list[PublishedListing], unplaced: int, drawn: dict[str, Any]) -> list[str]:
    placed = [listing for listing in results if listing.latitude is not None]
    features = [feature["properties"] for feature in drawn["features"]]
    classes = Counter()
    for each in features:
        classes.update(each["by_record_class"])
    by_id = {listing.id: listing for listing in placed}
    shown = {id_: each["geometry"]["coordinates"] for each in drawn["features"] for id_ in _ids(each)}
    return [
        *_differs("map total", drawn["total"], len(placed)),
        *_differs("map counts", sum(each["count"] for each in features), len(placed)),
        *_differs("map classes", dict(classes), dict(Counter(each.record_class for each in placed))),
        *_differs("map without coordinates", drawn["without_coordinates"], unplaced),
        *_differs("map ids", sorted(shown.keys() - by_id.keys()), []),
        *(["more than 2,000 features"] if len(features) > MOST_FEATURES else []),
        *(
            each
            for id_ in sorted(shown.keys() & by_id.keys())
            for each in _differs(
                f"place of {id_}", _turned(*shown[id_][::-1]), _turned(*place_of(by_id[id_]))
            )
        ),
    ]


def _turned(latitude: float, longitude: float) -> tuple[float, float]:
    """180 and -180 are one meridian."""
    return latitude, 180.0 if longitude == -180.0 else longitude


def _ids(feature: dict[str, Any]) -> list[str]:
    return feature["properties"]["ids"]
