"""What a listing says, as one value: the facts of a revision, compared and checked without a database.

Unknown is None, or a missing key among the services; it is never 0 and never False.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from warehouse_hub.core.errors import Problem
from warehouse_hub.directory.rules.storage_price import StoragePrice, price_problems
from warehouse_hub.vocabulary.codes import (
    BASES,
    EVIDENCE_GRADES,
    GOODS_CLASSES,
    LANGUAGES,
    PLATFORMS,
    RECORD_CLASSES,
    SERVICES,
    STAGES,
    TENURES,
    UNITS,
    Code,
    CodeList,
)
from warehouse_hub.vocabulary.countries import COUNTRIES, is_overseas
from warehouse_hub.vocabulary.measures import kind_of
from warehouse_hub.vocabulary.quantities import Quantity

GEOCODE_PRECISIONS = ("address", "city", "region", "country", "unknown")
LONGEST_TEXT = 2000
# Capacity lines bear a grade each; the others are evidence themselves.
_SELF_GRADED = frozenset({"capacity", "grade", "grade_date", "source", "evidence"})
# The marks that turn the direction of writing around also turn what stands beside them on a page.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_KNOWN_COUNTRIES = frozenset(country.code for country in COUNTRIES)


@dataclass(frozen=True)
class Statement:
    """A capacity as somebody stated it: never a bare number.

    `printed` keeps the wording of a public source. `shared_by` is how many tenants or sites one printed figure
    covers together; 1 means that it is this warehouse's own.
    """

    value: Decimal
    unit: str
    basis: str
    as_of: date | None = None
    grade: str = "stated"
    source: str | None = None
    printed: str | None = None
    shared_by: int = 1

    @cached_property
    def area_m2(self) -> Decimal | None:
        """The same quantity in m², or None when it is no area."""
        if self.unit == "m2":
            return self.value
        if kind_of(self.unit) != "area":
            return None
        return Quantity(self.value, self.unit, self.basis).to("m2").value


@dataclass(frozen=True)
class ListingFacts:
    """Everything that a listing says about a warehouse, apart from who operates it."""

    country: str
    name_zh: str | None = None
    name_en: str | None = None
    subdivision: str | None = None
    city: str | None = None
    city_zh: str | None = None
    address: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geocode_precision: str = "unknown"
    hub: str | None = None
    hub_km: float | None = None
    record_class: str = "unknown"
    tenure: str | None = None
    stage: str | None = None
    services: Mapping[str, bool] = field(default_factory=dict)
    goods: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    opened: date | None = None
    lease_end: date | None = None
    rate_hint: str | None = None
    storage_price: Decimal | None = None
    storage_price_currency: str | None = None
    storage_price_unit: str | None = None
    description: str | None = None
    grade: str = "stated"
    grade_date: date | None = None
    source: str | None = None
    evidence: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    capacity: tuple[Statement, ...] = ()

    @property
    def price(self) -> StoragePrice | None:
        """What storing costs at least; None where nobody stated it, which is a question and not a price of 0."""
        amount, currency, unit = self.storage_price, self.storage_price_currency, self.storage_price_unit
        if amount is None or currency is None or unit is None:
            return None
        return StoragePrice(amount, currency, unit)

    def said(self, name: str) -> tuple[str, date | None]:
        """Evidence grade and date of one field: its own mark where it has one, else that of the whole wording."""
        mark = self.evidence.get(name)
        if mark is None:
            return self.grade, self.grade_date
        day = mark.get("date")
        return mark["grade"], date.fromisoformat(day) if day else None

    def area_m2(self, basis: str) -> Decimal | None:
        """The stated area on that basis in m², the latest as-of date first; None when nobody stated one."""
        stated = [line for line in self.capacity if line.basis == basis and line.area_m2 is not None]
        stated.sort(key=lambda line: line.as_of or date.min, reverse=True)
        return stated[0].area_m2 if stated else None


def in_own_words(before: ListingFacts, after: ListingFacts, day: date) -> ListingFacts:
    """`after` with the fields that differ marked as the operator's own word of `day`.

    What was left alone keeps who said it and when: changing a name does not renew the evidence of a lease.
    """
    own = {"grade": "stated", "date": day.isoformat()}
    restated = {
        change.field: own for change in changes_between(before, after) if change.field not in _SELF_GRADED
    }
    return replace(
        after, grade=before.grade, grade_date=before.grade_date, evidence={**before.evidence, **restated}
    )


@dataclass(frozen=True)
class FieldChange:
    """One field that differs between two revisions."""

    field: str
    before: Any
    after: Any


def changes_between(before: ListingFacts, after: ListingFacts) -> list[FieldChange]:
    """The fields that differ, in the order of the listing's fields."""
    pairs = (
        (spec.name, getattr(before, spec.name), getattr(after, spec.name)) for spec in fields(ListingFacts)
    )
    return [FieldChange(name, old, new) for name, old, new in pairs if old != new]


def problems_of(facts: ListingFacts) -> list[Problem]:
    """Everything that forbids these facts from standing in the directory; empty when nothing does."""
    return [
        *_place_problems(facts),
        *_code_problems(facts),
        *_capacity_problems(facts.capacity),
        *price_problems(facts.storage_price, facts.storage_price_currency, facts.storage_price_unit),
        *_text_problems(facts),
    ]


def _place_problems(facts: ListingFacts) -> list[Problem]:
    found = []
    if facts.country not in _KNOWN_COUNTRIES:
        found.append(Problem("listing.unknown_country", column="country", facts={"value": facts.country}))
    elif not is_overseas(facts.country):
        found.append(Problem("listing.not_overseas", column="country", facts={"country": facts.country}))
    if not (facts.name_zh or facts.name_en):
        found.append(Problem("listing.no_name", column="name"))
    latitude, longitude = facts.latitude, facts.longitude
    if (latitude is None) != (longitude is None):
        found.append(Problem("listing.half_a_coordinate", column="latitude"))
    if latitude == 0 and longitude == 0:
        # Nothing stands in the Gulf of Guinea: an empty cell was written as a figure.
        found.append(Problem("listing.zero_coordinates", column="latitude"))
    if latitude is not None and not -90 <= latitude <= 90:
        found.append(Problem("listing.latitude_out_of_range", column="latitude", facts={"value": latitude}))
    if longitude is not None and not -180 <= longitude <= 180:
        found.append(
            Problem("listing.longitude_out_of_range", column="longitude", facts={"value": longitude})
        )
    return found


def _code_problems(facts: ListingFacts) -> list[Problem]:
    single: list[tuple[str, str | None, CodeList[Code]]] = [
        ("record_class", facts.record_class, RECORD_CLASSES),
        ("tenure", facts.tenure, TENURES),
        ("stage", facts.stage, STAGES),
        ("grade", facts.grade, EVIDENCE_GRADES),
    ]
    several: list[tuple[str, tuple[str, ...], CodeList[Code]]] = [
        ("services", tuple(facts.services), SERVICES),
        ("goods", facts.goods, GOODS_CLASSES),
        ("platforms", facts.platforms, PLATFORMS),
        ("languages", facts.languages, LANGUAGES),
    ]
    asked = [(column, code, known) for column, code, known in single if code is not None]
    asked += [(column, code, known) for column, codes, known in several for code in codes]
    return [
        Problem("listing.unknown_code", column=column, facts={"value": code})
        for column, code, known in asked
        if code not in known
    ]


def _capacity_problems(capacity: tuple[Statement, ...]) -> list[Problem]:
    found = []
    areas: dict[str, Decimal] = {}
    for line in capacity:
        if line.unit not in UNITS or line.basis not in BASES:
            found.append(Problem("capacity.unknown_unit", column="capacity", facts={"value": line.unit}))
            continue
        if not line.value.is_finite() or line.value < 0:
            found.append(Problem("capacity.negative", column=line.basis, facts={"value": str(line.value)}))
            continue
        area = line.area_m2
        if area is not None and line.shared_by == 1:
            areas[line.basis] = area
    for smaller, larger in (
        ("occupied", "rentable"),
        ("available", "rentable"),
        ("rentable", "gross"),
        ("commissioned", "gross"),
    ):
        if smaller in areas and larger in areas and areas[smaller] > areas[larger]:
            told = {"smaller": smaller, "larger": larger, "a": str(areas[smaller]), "b": str(areas[larger])}
            found.append(Problem("capacity.part_exceeds_whole", column=smaller, facts=told))
    return found


def _text_problems(facts: ListingFacts) -> list[Problem]:
    texts = ("name_zh", "name_en", "city", "city_zh", "address", "hub", "rate_hint", "description")
    found = []
    for column in texts:
        text = getattr(facts, column)
        if text is None:
            continue
        if len(text) > LONGEST_TEXT:
            found.append(Problem("listing.text_too_long", column=column, facts={"most": LONGEST_TEXT}))
        if _CONTROLS.search(text):
            found.append(Problem("listing.control_characters", column=column))
    return found
