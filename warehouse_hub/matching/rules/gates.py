"""Gates: what excludes a listing from a need, with the reason, and what only has to be confirmed.

Unknown never excludes. 不要 (an excluded service) does: whoever rules dangerous goods out does not want the site that
takes them, while 不用 (not needed) is no exclusion and never reaches this module. A place without a stated radius means
100 km around it (DEFAULT_RADIUS_KM); beside a region set, places and countries of the set only rank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from warehouse_hub.matching.need import Need
from warehouse_hub.matching.rules.candidate import Candidate, Fact, located
from warehouse_hub.matching.rules.capacity import available_in, whole_in

DEFAULT_RADIUS_KM = 100.0


class Verdict(Enum):
    """What a gate says of a listing."""

    CONFIRM = "confirm"
    FAIL = "fail"


@dataclass(frozen=True)
class Finding:
    """What one gate found; a gate that is passed outright finds nothing."""

    gate: str
    verdict: Verdict
    fact: Fact


@dataclass(frozen=True)
class Question:
    """A need with what the gates ask of it, worked out once: `allowed` countries are None where any will do."""

    need: Need
    allowed: frozenset[str] | None
    radius_km: float
    radius_countries: frozenset[str]


def question_of(need: Need, members: Mapping[str, frozenset[str]]) -> Question:
    """Prepare a need; `members` are the countries of its region sets at the day of the match."""
    in_sets = frozenset[str]().union(*(members.get(code, frozenset()) for code in need.region_sets))
    of_places = frozenset(place.country for place in need.places if place.country is not None)
    stated = frozenset(need.countries) | of_places
    anywhere = not stated and not need.region_sets
    radius = float(need.within_km) if need.within_km is not None else DEFAULT_RADIUS_KM
    bound = of_places
    if need.within_km is not None:
        # A stated radius is meant for the whole need: being elsewhere in a stated country does not help.
        bound = stated | in_sets
    elif need.region_sets:
        bound = frozenset()
    return Question(
        need, None if anywhere else stated | in_sets, radius, bound if need.places else frozenset()
    )


def findings(question: Question, candidate: Candidate) -> tuple[Finding, ...]:
    """Everything the gates find against a listing or leave to confirm, in the order of the gates."""
    return tuple(found for gate in _GATES for found in gate(question, candidate))


def _fail(gate: str, code: str, **facts: object) -> Finding:
    return Finding(gate, Verdict.FAIL, Fact(code, facts))


def _confirm(gate: str, code: str, **facts: object) -> Finding:
    return Finding(gate, Verdict.CONFIRM, Fact(code, facts))


def _kind(question: Question, candidate: Candidate) -> Iterator[Finding]:
    listing, wanted = candidate.listing, question.need.record_class
    if listing.record_class == "lead":
        yield _fail("record_class", "match.is_a_lead")
    elif wanted and listing.record_class not in wanted:
        if listing.record_class == "unknown":
            yield _confirm("record_class", "match.record_class_unknown")
        else:
            yield _fail("record_class", "match.other_record_class", record_class=listing.record_class)
    elif not wanted and listing.record_class == "self":
        yield _confirm("record_class", "match.own_use")


def _stage(_: Question, candidate: Candidate) -> Iterator[Finding]:
    stage = candidate.listing.stage
    if stage == "closed":
        yield _fail("stage", "match.closed")
    elif stage in ("planned", "under_construction"):
        yield _confirm("stage", "match.not_yet_operating", stage=stage)


def _country(question: Question, candidate: Candidate) -> Iterator[Finding]:
    country = candidate.listing.country
    if country in question.need.excluded_countries:
        yield _fail("country", "match.country_excluded", country=country)
    elif question.allowed is not None and country not in question.allowed:
        yield _fail("country", "match.other_country", country=country)


def _distance(question: Question, candidate: Candidate) -> Iterator[Finding]:
    if candidate.listing.country not in question.radius_countries:
        return
    if candidate.nearest_km is None:
        why = "match.location_imprecise" if located(candidate.listing) is None else "match.place_unlocated"
        yield _confirm("distance", why)
    elif candidate.nearest_km > question.radius_km:
        yield _fail(
            "distance",
            "match.too_far",
            place=candidate.nearest_place,
            distance_km=round(candidate.nearest_km),
            within_km=round(question.radius_km),
        )


def _services(question: Question, candidate: Candidate) -> Iterator[Finding]:
    offered = candidate.listing.services
    for service in question.need.services:
        state = offered.get(service)
        if state is False:
            yield _fail("services", "match.service_not_offered", service=service)
        elif state is None:
            yield _confirm("services", "match.service_unknown", service=service)
    for service in question.need.excluded_services:
        if offered.get(service) is True:
            yield _fail("excluded_services", "match.service_excluded", service=service)


def _goods(question: Question, candidate: Candidate) -> Iterator[Finding]:
    handled, wanted = candidate.listing.goods, question.need.goods_classes
    missing = tuple(code for code in wanted if code not in handled)
    if not missing:
        return
    # General cargo is a wide word: whoever takes it may well take furniture, but has to say so.
    if handled and len(missing) == len(wanted) and "general" not in handled:
        yield _fail("goods", "match.goods_not_handled", goods=missing)
    else:
        yield _confirm("goods", "match.goods_unknown", goods=missing)


def _platforms(question: Question, candidate: Candidate) -> Iterator[Finding]:
    served, wanted = candidate.listing.platforms, question.need.platforms
    missing = tuple(code for code in wanted if code not in served)
    if not missing:
        return
    if served and len(missing) == len(wanted):
        yield _fail("platforms", "match.platform_not_served", platforms=missing)
    else:
        yield _confirm("platforms", "match.platform_unknown", platforms=missing)


def _quantity(question: Question, candidate: Candidate) -> Iterator[Finding]:
    asked = question.need.quantity
    if asked is None:
        return
    least = asked.minimum or Decimal(0)
    available = available_in(candidate.listing.capacity, asked.unit)
    if available is not None:
        if available < least or available <= 0:
            yield _fail("quantity", "match.too_little", available=available, asked=least, unit=asked.unit)
        return
    whole = whole_in(candidate.listing.capacity, asked.unit)
    if whole is not None and whole < least:
        yield _fail("quantity", "match.site_too_small", whole=whole, asked=least, unit=asked.unit)
    else:
        yield _confirm("quantity", "match.capacity_unknown", asked=least, unit=asked.unit)


def _period(question: Question, candidate: Candidate) -> Iterator[Finding]:
    period, lease_end = question.need.period, candidate.listing.lease_end
    if period is None or lease_end is None:
        return
    if period.start is not None and lease_end < period.start:
        yield _fail("period", "match.lease_ends_before", lease_end=lease_end)
    elif period.end is not None and lease_end < period.end:
        yield _confirm("period", "match.lease_ends_within", lease_end=lease_end)


def _budget(question: Question, _: Candidate) -> Iterator[Finding]:
    if question.need.budget is not None:
        yield _confirm("budget", "match.price_to_ask")


Gate = Callable[[Question, Candidate], Iterator[Finding]]
_GATES: tuple[Gate, ...] = (
    _kind,
    _stage,
    _country,
    _distance,
    _services,
    _goods,
    _platforms,
    _quantity,
    _period,
    _budget,
)
