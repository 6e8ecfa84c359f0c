"""Reading needs and matching them over a sample.

No judged answers ship with the product, so `ndcg_at_10` and `recall_at_20` are None: unknown, not 0.
`constraint_violations` counts results in an excluded or unasked country or that state an asked service as not offered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from warehouse_hub.core.clock import civil_date
from warehouse_hub.directory.published import PublishedListing, published_listings
from warehouse_hub.matching.need import Need
from warehouse_hub.matching.reading import read_needs
from warehouse_hub.matching.service import MatchResult, match
from warehouse_hub.operations.bench.answer import FLOOR, HUB, Bench, Measured, once, timed
from warehouse_hub.operations.bench.installation import (
    DATASET,
    NOW,
    put_in_print,
    standing_still,
    temporary_directory,
)
from warehouse_hub.operations.bench.memory import resident_mb
from warehouse_hub.operations.bench.sample import sample_facts
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.query import SearchQuery

ROWS = 3_000
READING: Final = "hub_reading"
LISTINGS: Final = "hub_listings"
_NEEDS: Final = (
    ("a bonded store near Hamburg", "我们做假发的，想在汉堡附近找2000平的保税仓，一件代发，不做危险品"),
    ("Los Angeles, in English", "Need 500 sqm near Los Angeles with returns and FBA transfer for furniture"),
    ("EU countries but one", "欧盟范围内找大件仓，除了波兰，300平以上，要退货换标"),
    ("services alone", "找一个能一件代发的海外仓，能贴标"),
)


def run(rows: int, seed: int) -> Bench:
    """Read four needs and match each over the whole sample, with the filter on columns as the floor."""
    today = civil_date(NOW)
    _, reader_s = once(lambda: read_needs(_NEEDS[0][1], today=today))
    with temporary_directory() as (database, folder):
        _, filled_s = once(lambda: put_in_print(database, sample_facts(rows, seed=seed)))
        engine = SearchEngine(database, folder / "index", clock=standing_still)
        before = resident_mb()
        with database.reading() as session:
            listings = published_listings(session, DATASET)
            _, p50, p95 = timed(lambda: published_listings(session, DATASET))
        results = [Measured(LISTINGS, "all listings from the database", p50, p95, len(listings))]
        held_mb = resident_mb() - before
        for name, text in _NEEDS:
            reading, p50, p95 = timed(lambda text=text: read_needs(text, today=today))  # type: ignore[misc]
            results.append(Measured(READING, name, p50, p95, len(reading.needs)))
            for need in reading.needs[:1]:
                found, p50, p95 = timed(lambda need=need: _matched(listings, need))  # type: ignore[misc]
                results.append(Measured(HUB, name, p50, p95, found.total, _quality(found, listings)))
                query = _query(need)
                kept, p50, p95 = timed(lambda query=query: engine.find(query))  # type: ignore[misc]
                results.append(Measured(FLOOR, name, p50, p95, kept.total))
    return Bench(
        "matching",
        rows,
        seed,
        tuple(results),
        memory_mb=round(held_mb, 1),
        build_s={"database": filled_s, "first_reading": reader_s},
    )


def _matched(listings: Sequence[PublishedListing], need: Need) -> MatchResult:
    return match(listings, need, dataset=DATASET, today=civil_date(NOW))


def _query(need: Need) -> SearchQuery:
    """What a plain filter makes of the need: countries, region sets and all services."""
    wanted = need.countries or tuple(place.country for place in need.places if place.country)
    query = SearchQuery(dataset=DATASET, country=tuple(dict.fromkeys(wanted)), service=need.services)
    return replace(query, region_set=need.region_sets)


def _quality(found: MatchResult, listings: Sequence[PublishedListing]) -> dict[str, float | int | None]:
    need, by_id = found.need, {listing.id: listing for listing in listings}
    shown = [by_id[item.id] for item in found.items]
    return {
        "ndcg_at_10": None,
        "recall_at_20": None,
        "constraint_violations": sum(_violates(need, listing) for listing in shown),
        "zero_results": int(found.total == 0),
    }


def _violates(need: Need, listing: PublishedListing) -> bool:
    elsewhere = bool(need.countries) and not need.places and listing.country not in need.countries
    refused = any(listing.services.get(code) is False for code in need.services)
    return elsewhere or refused or listing.country in need.excluded_countries
