"""The score of a listing for a need: a weighted mean of visible components, each from 0 to 1.

Which components count depends on the need alone, so two listings are always measured alike. A fact nobody stated scores
0: a listing never gains by leaving something out, and a better fact never lowers a score. Text takes no part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from warehouse_hub.matching.need import Need
from warehouse_hub.matching.rules.candidate import Candidate, ListedWarehouse
from warehouse_hub.matching.rules.capacity import available_in


@dataclass(frozen=True)
class Weights:
    """The weights of the components and the scales inside them, as one dated version."""

    version: str
    components: Mapping[str, float]
    grades: Mapping[str, float]
    place_half_km: float
    hub_half_km: float
    spare_half_m2: float
    fresh_days: int


@dataclass(frozen=True)
class Scored:
    """The score and the components it is the weighted mean of."""

    score: float
    components: Mapping[str, float]


def score(need: Need, candidate: Candidate, weights: Weights, today: date) -> Scored:
    """Score one listing; `today` only ages its evidence."""
    held = _Held(need, candidate, weights, today)
    components = {
        name: min(1.0, max(0.0, measure(held)))
        for name, (counts, measure) in _COMPONENTS.items()
        if counts(need)
    }
    total = sum(weights.components[name] for name in components)
    mean = (
        sum(weights.components[name] * value for name, value in components.items()) / total if total else 0.0
    )
    return Scored(round(mean, 6), {name: round(value, 4) for name, value in components.items()})


@dataclass(frozen=True)
class _Held:
    """One listing held against one need."""

    need: Need
    candidate: Candidate
    weights: Weights
    today: date

    @property
    def listing(self) -> ListedWarehouse:
        return self.candidate.listing

    def offers(self, service: str) -> bool:
        return self.listing.services.get(service) is True


def _distance(held: _Held) -> float:
    """Halves every `place_half_km`; an unknown location is as far as can be."""
    if held.candidate.nearest_km is None:
        return 0.0
    return float(0.5 ** (held.candidate.nearest_km / held.weights.place_half_km))


def _hub(held: _Held) -> float:
    hub_km = held.listing.hub_km
    return 0.0 if hub_km is None else float(0.5 ** (max(0.0, hub_km) / held.weights.hub_half_km))


def _country(held: _Held) -> float:
    return 1.0 if held.listing.country in held.need.countries else 0.0


def _quantity(held: _Held) -> float:
    """0.5 where the need just fits, towards 1 with room to spare; more never hurts."""
    asked = held.need.quantity
    if asked is None:
        return 0.0
    available = available_in(held.listing.capacity, asked.unit)
    wanted = asked.maximum or asked.minimum or Decimal(1)
    return 0.0 if available is None else float(available / (available + wanted))


def _spare(held: _Held) -> float:
    available = available_in(held.listing.capacity, "m2")
    if available is None:
        return 0.0
    return float(available) / (float(available) + held.weights.spare_half_m2)


def _share(wanted: Sequence[str], has: Callable[[str], bool]) -> float:
    return sum(has(code) for code in wanted) / len(wanted) if wanted else 0.0


def _services(held: _Held) -> float:
    return _share(held.need.services, held.offers)


def _preferred(held: _Held) -> float:
    return _share(held.need.services_preferred, held.offers)


def _free_of(held: _Held) -> float:
    return _share(held.need.excluded_services, lambda service: held.listing.services.get(service) is False)


def _goods(held: _Held) -> float:
    return _share(held.need.goods_classes, lambda code: code in held.listing.goods)


def _platforms(held: _Held) -> float:
    return _share(held.need.platforms, lambda code: code in held.listing.platforms)


def _record_class(held: _Held) -> float:
    """Public warehouses are what the directory is for, so they lead even where nothing was asked."""
    wanted = held.need.record_class or ("public",)
    return 1.0 if held.listing.record_class in wanted else 0.0


def _operating(held: _Held) -> float:
    return 1.0 if held.listing.stage == "operating" else 0.0


def _evidence(held: _Held) -> float:
    return held.weights.grades.get(held.listing.grade, 0.0)


def _freshness(held: _Held) -> float:
    """Falls evenly from 1 on the day of the evidence to 0 after `fresh_days`."""
    day = held.listing.grade_date
    return 0.0 if day is None else 1.0 - max(0, (held.today - day).days) / held.weights.fresh_days


def _always(_: Need) -> bool:
    return True


Measure = Callable[[_Held], float]
_COMPONENTS: Mapping[str, tuple[Callable[[Need], bool], Measure]] = {
    "distance": (lambda need: any(place.point for place in need.places), _distance),
    "hub": (lambda need: not need.places, _hub),
    "country": (lambda need: bool(need.region_sets and need.countries), _country),
    "quantity": (lambda need: need.quantity is not None, _quantity),
    "services": (lambda need: bool(need.services), _services),
    "services_preferred": (lambda need: bool(need.services_preferred), _preferred),
    "excluded_services": (lambda need: bool(need.excluded_services), _free_of),
    "goods": (lambda need: bool(need.goods_classes), _goods),
    "platforms": (lambda need: bool(need.platforms), _platforms),
    "record_class": (_always, _record_class),
    "operating": (_always, _operating),
    "evidence": (_always, _evidence),
    "freshness": (_always, _freshness),
    "spare_capacity": (_always, _spare),
}
COMPONENTS = tuple(_COMPONENTS)
