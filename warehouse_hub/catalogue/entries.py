"""A published listing as an entry of an edition: bilingual wording, frozen with its codes.

The one thing a reader would get wrong: unknown is null, for a list too. An empty list of platforms is never
written, because it would read as "serves none".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from warehouse_hub.catalogue.pinyin import sounds
from warehouse_hub.catalogue.rules.inclusion import PRINTED_BASES, chapter_of
from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.directory.rules.facts import Statement
from warehouse_hub.directory.rules.storage_price import StoragePrice
from warehouse_hub.vocabulary.codes import (
    BASES,
    CURRENCIES,
    EVIDENCE_GRADES,
    GOODS_CLASSES,
    HOME_DISTRICTS,
    LANGUAGES,
    PLATFORMS,
    PRICE_UNITS,
    RECORD_CLASSES,
    SERVICES,
    STAGES,
    TENURES,
    UNITS,
    Code,
    CodeList,
)
from warehouse_hub.vocabulary.countries import country_label
from warehouse_hub.vocabulary.region_sets import sets_of

Label = dict[str, str]
_HUNDREDTH = Decimal("0.01")
# The vocabulary words its bases for areas; 总面积 of pallets would be nonsense.
_BASES_OF_OTHERS = {
    "gross": ("总量", "Total"),
    "rentable": ("可租", "Rentable"),
    "commissioned": ("已投入使用", "Commissioned"),
    "available": ("可用", "Available"),
}


def entry_of(listing: PublishedListing, at: date) -> dict[str, Any]:
    """The entry that an edition with cut-off date `at` prints for `listing`; region sets are those of that date."""
    city = _both(listing.city_zh, listing.city)
    return {
        "id": listing.id,
        "revision": listing.revision,
        "chapter": chapter_of(listing.grade),
        "name": _both(listing.name_zh, listing.name_en),
        "operator": _operator(listing),
        "country": _country(listing.country),
        "region_sets": list(sets_of(listing.country, at)),
        "subdivision": listing.subdivision,
        "city": city,
        "sounds": {"country": sounds(country_label(listing.country, "zh")), "city": _sound(city)},
        "address": listing.address,
        "location": _location(listing),
        "hub": {"name": listing.hub, "km": listing.hub_km} if listing.hub else None,
        "record_class": _label(RECORD_CLASSES, listing.record_class),
        "tenure": _label(TENURES, listing.tenure),
        "stage": _label(STAGES, listing.stage),
        "services": _services(listing.services),
        "goods": _labels(GOODS_CLASSES, listing.goods),
        "platforms": _labels(PLATFORMS, listing.platforms),
        "systems": list(listing.systems) or None,
        "languages": _labels(LANGUAGES, listing.languages),
        "opened": listing.opened,
        "lease_end": listing.lease_end,
        "rate_hint": listing.rate_hint,
        "storage_price": _price(listing.price),
        "description": listing.description,
        "site_group": listing.site_group,
        "capacity": [_figure(line) for line in listing.capacity if line.basis in PRINTED_BASES],
        "evidence": {
            "grade": _label(EVIDENCE_GRADES, listing.grade),
            "date": listing.grade_date,
            "source": listing.source,
            "fields": listing.evidence or None,
        },
    }


def basis_label(basis: str, unit: str) -> Label:
    """The label of a basis, worded for what `unit` measures."""
    known = UNITS.get(unit)
    if basis in _BASES_OF_OTHERS and (known is None or known.group != "area"):
        zh, en = _BASES_OF_OTHERS[basis]
        return {"code": basis, "zh": zh, "en": en}
    return _labelled(BASES, basis)


def _figure(line: Statement) -> dict[str, Any]:
    area = line.area_m2
    return {
        "value": line.value,
        "unit": _label(UNITS, line.unit),
        "basis": basis_label(line.basis, line.unit),
        "m2": None if area is None else area.quantize(_HUNDREDTH, ROUND_HALF_UP),
        "as_of": line.as_of,
        "grade": _label(EVIDENCE_GRADES, line.grade),
        "source": line.source,
        "printed": line.printed,
        "shared_by": line.shared_by,
    }


def _price(price: StoragePrice | None) -> dict[str, Any] | None:
    """As stated: an edition converts no price, because rates change after it was signed."""
    if price is None:
        return None
    return {
        "amount": price.amount,
        "currency": _labelled(CURRENCIES, price.currency),
        "unit": _labelled(PRICE_UNITS, price.unit),
    }


def _operator(listing: PublishedListing) -> dict[str, Any] | None:
    if not (listing.operator_zh or listing.operator_en):
        return None
    return {
        "id": listing.operator_id,
        **(_both(listing.operator_zh, listing.operator_en) or {}),
        "parent": listing.operator_parent,
        "home_district": _label(HOME_DISTRICTS, listing.home_district),
    }


def _location(listing: PublishedListing) -> dict[str, Any] | None:
    if listing.latitude is None or listing.longitude is None:
        return None
    return {
        "latitude": listing.latitude,
        "longitude": listing.longitude,
        "precision": listing.geocode_precision,
    }


def _services(stated: Mapping[str, bool]) -> dict[str, list[Label]] | None:
    """Offered and not offered, in the vocabulary's order; None when the operator stated nothing."""
    if not stated:
        return None
    return {
        "offered": _in_order(SERVICES, (code for code, offered in stated.items() if offered)),
        "not_offered": _in_order(SERVICES, (code for code, offered in stated.items() if not offered)),
    }


def _labels(known: CodeList[Code], codes: Iterable[str]) -> list[Label] | None:
    return _in_order(known, codes) or None


def _in_order(known: CodeList[Code], codes: Iterable[str]) -> list[Label]:
    places = {code: place for place, code in enumerate(known.codes)}
    ordered = sorted(codes, key=lambda code: (places.get(code, len(places)), code))
    return [_labelled(known, code) for code in ordered]


def _label(known: CodeList[Code], code: str | None) -> Label | None:
    return None if code is None else _labelled(known, code)


def _labelled(known: CodeList[Code], code: str) -> Label:
    return {"code": code, "zh": known.label(code, "zh"), "en": known.label(code, "en")}


def _country(code: str) -> Label:
    return {"code": code, "zh": country_label(code, "zh"), "en": country_label(code, "en")}


def _both(zh: str | None, en: str | None) -> dict[str, str | None] | None:
    return {"zh": zh or None, "en": en or None} if zh or en else None


def _sound(city: dict[str, str | None] | None) -> str | None:
    return sounds(city["zh"] or city["en"] or "") if city else None
