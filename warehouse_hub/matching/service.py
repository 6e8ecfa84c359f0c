"""Match a need against the listings in print: who fits and why, what is left to confirm, and who fails by one thing.

The order is complete and repeatable: the score, then the id. Distances rank by haversine and are printed as geodesics,
so a listing at the very edge of a radius may print a distance half a per cent past it.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from warehouse_hub.directory.published import PublishedListing, published_listings
from warehouse_hub.matching.need import Need
from warehouse_hub.matching.rules.candidate import Candidate, Fact, located, plain
from warehouse_hub.matching.rules.gates import Finding, Question, Verdict, findings, question_of
from warehouse_hub.matching.rules.reasons import reasons
from warehouse_hub.matching.rules.score import Scored, Weights, score
from warehouse_hub.matching.weights import default_weights
from warehouse_hub.places.distance import geodesic_km, haversine_km
from warehouse_hub.vocabulary.region_sets import members

MOST_NEAR_MISSES = 20
# A site farther away than this many times the radius misses the place altogether and not nearly.
NEARLY_WITHIN = 5


@dataclass(frozen=True)
class Match:
    """One listing held against a need; `distance_km` is to the nearest place of the need."""

    id: str
    score: float
    components: dict[str, float]
    reasons: tuple[Fact, ...]
    to_confirm: tuple[Fact, ...]
    distance_km: float | None

    def to_json(self) -> dict[str, Any]:
        """As the command and the API answer it."""
        return {
            "id": self.id,
            "score": self.score,
            "components": self.components,
            "reasons": [fact.to_json() for fact in self.reasons],
            "to_confirm": [fact.to_json() for fact in self.to_confirm],
            "distance_km": self.distance_km,
        }


@dataclass(frozen=True)
class NearMiss:
    """A listing that a single gate excludes, and by what."""

    id: str
    score: float
    gate: str
    excluded_by: Fact

    def to_json(self) -> dict[str, Any]:
        """As the command and the API answer it; `excluded_by` is the code, its facts stand beside it."""
        return {
            "id": self.id,
            "score": self.score,
            "gate": self.gate,
            "excluded_by": self.excluded_by.code,
            "facts": plain(self.excluded_by.facts),
        }


@dataclass(frozen=True)
class MatchResult:
    """`total` listings fit; `items` are the best of them and `near_misses` the best of those that nearly do."""

    need: Need
    total: int
    items: tuple[Match, ...]
    near_misses: tuple[NearMiss, ...]
    weights_version: str

    def to_json(self) -> dict[str, Any]:
        """As the command and the API answer it."""
        return {
            "need": self.need.to_json(),
            "total": self.total,
            "items": [item.to_json() for item in self.items],
            "near_misses": [miss.to_json() for miss in self.near_misses],
            "weights_version": self.weights_version,
        }


def match(
    source: Session | Sequence[PublishedListing],
    need: Need,
    *,
    dataset: str,
    today: date,
    limit: int = 20,
    weights: Weights | None = None,
) -> MatchResult:
    """Rank the published listings of one dataset for a need.

    `source` is a session, from which all listings of the dataset are read, or listings that were read before. Listings
    in other countries and out of reach are no near misses: nothing but another need would bring them in.
    """
    listings = _listings(source, dataset)
    chosen = weights or default_weights()
    question = question_of(need, {code: members(code, today) for code in need.region_sets})
    fitting: list[tuple[float, str, Candidate, tuple[Finding, ...], Scored]] = []
    missing: list[tuple[float, str, Finding]] = []
    for candidate in _candidates(question, listings):
        found = findings(question, candidate)
        failed = [one for one in found if one.verdict is Verdict.FAIL]
        if len(failed) > 1:
            continue
        scored = score(need, candidate, chosen, today)
        if failed and _misses_altogether(question, candidate, failed[0]):
            continue
        if failed:
            missing.append((-scored.score, candidate.listing.id, failed[0]))
        else:
            fitting.append((-scored.score, candidate.listing.id, candidate, found, scored))
    best = heapq.nsmallest(limit, fitting, key=lambda one: one[:2])
    nearly = heapq.nsmallest(min(limit, MOST_NEAR_MISSES), missing, key=lambda one: one[:2])
    return MatchResult(
        need,
        len(fitting),
        tuple(_match(need, candidate, found, scored) for _, _, candidate, found, scored in best),
        tuple(NearMiss(key, -negative, one.gate, one.fact) for negative, key, one in nearly),
        chosen.version,
    )


def _misses_altogether(question: Question, candidate: Candidate, failed: Finding) -> bool:
    far = candidate.nearest_km is not None and candidate.nearest_km > NEARLY_WITHIN * question.radius_km
    return failed.gate == "distance" and far


def _listings(source: Session | Sequence[PublishedListing], dataset: str) -> Sequence[PublishedListing]:
    if isinstance(source, Session):
        return published_listings(source, dataset)
    return [listing for listing in source if listing.dataset == dataset]


def _candidates(question: Question, listings: Sequence[PublishedListing]) -> list[Candidate]:
    """The listings that could fit or nearly fit, each with its distance to the nearest place of the need."""
    places = [place for place in question.need.places if place.point is not None]
    if not places or not listings:
        return [Candidate(listing) for listing in listings if _in_reach(question, listing, None)]
    points = [located(listing) or (np.nan, np.nan) for listing in listings]
    latitudes, longitudes = (np.array(axis, dtype=np.float64) for axis in zip(*points, strict=True))
    table = np.stack([haversine_km(*(place.point or (0.0, 0.0)), latitudes, longitudes) for place in places])
    table = np.where(np.isnan(table), np.inf, table)
    nearest, distances = table.argmin(axis=0), table.min(axis=0)
    found = []
    for listing, index, distance in zip(listings, nearest.tolist(), distances.tolist(), strict=True):
        km = distance if np.isfinite(distance) else None
        if _in_reach(question, listing, km):
            found.append(Candidate(listing, km, None if km is None else places[index].name))
    return found


def _in_reach(question: Question, listing: PublishedListing, km: float | None) -> bool:
    if question.allowed is None or listing.country in question.allowed:
        return True
    return km is not None and km <= question.radius_km


def _match(need: Need, candidate: Candidate, found: tuple[Finding, ...], scored: Scored) -> Match:
    distance = _printed_km(need, candidate)
    exact = Candidate(candidate.listing, distance, candidate.nearest_place)
    return Match(
        candidate.listing.id,
        scored.score,
        dict(scored.components),
        reasons(need, exact),
        tuple(one.fact for one in found),
        distance,
    )


def _printed_km(need: Need, candidate: Candidate) -> float | None:
    """The geodesic to the nearest place in kilometres, to a tenth."""
    here = located(candidate.listing)
    if here is None or candidate.nearest_km is None:
        return None
    points = [place.point for place in need.places if place.name == candidate.nearest_place and place.point]
    return round(min(geodesic_km(here, point) for point in points), 1) if points else None
