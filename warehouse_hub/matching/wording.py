"""Reasons, things to confirm and exclusions as sentences in Chinese or English.

Codes of the lists are worded by their labels, so a sentence never shows "fba_transfer".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from warehouse_hub.matching.need import Need
from warehouse_hub.matching.reading.placing import Ambiguity
from warehouse_hub.matching.rules.candidate import Fact
from warehouse_hub.vocabulary.codes import (
    EVIDENCE_GRADES,
    GOODS_CLASSES,
    PLATFORMS,
    RECORD_CLASSES,
    SERVICES,
    STAGES,
    UNITS,
    Code,
    CodeList,
)
from warehouse_hub.vocabulary.countries import country_label
from warehouse_hub.vocabulary.text import format_date, format_number, translate

# Larger figures are told without decimals: nobody rents a hundredth of a square metre.
_WHOLE_FROM = 100
_LISTS: Mapping[str, CodeList[Code]] = {
    "service": SERVICES,
    "services": SERVICES,
    "goods": GOODS_CLASSES,
    "platforms": PLATFORMS,
    "record_class": RECORD_CLASSES,
    "stage": STAGES,
    "unit": UNITS,
    "grade": EVIDENCE_GRADES,
}


def worded(fact: Fact, lang: str, need: Need | None = None) -> str:
    """The sentence of a fact; a code without wording comes back as it is. `need` knows its places' Chinese names."""
    message = _messages(translate(lang)).get(fact.code)
    if message is None:
        return fact.code
    shown = {name: _shown(name, value, lang) for name, value in fact.facts.items()}
    if lang == "zh" and need is not None and "place" in shown:
        shown["place"] = next(
            (place.name_zh for place in need.places if place.name == shown["place"] and place.name_zh),
            shown["place"],
        )
    return message.format_map(_Blank(shown))


def worded_ambiguity(ambiguity: Ambiguity, lang: str) -> str:
    """The sentence that tells what a name was read as, and what else it could be."""
    facts = {"text": ambiguity.text, "taken": ambiguity.taken, "others": ambiguity.others}
    return worded(Fact(ambiguity.code, facts), lang)


def component_label(name: str, lang: str) -> str:
    """What people call a component of the score."""
    _ = translate(lang)
    return {
        "distance": _("distance"),
        "hub": _("port or airport"),
        "country": _("country or region"),
        "quantity": _("quantity"),
        "services": _("services"),
        "services_preferred": _("preferred services"),
        "excluded_services": _("excluded services"),
        "goods": _("goods"),
        "platforms": _("platforms"),
        "record_class": _("kind of record"),
        "operating": _("operating"),
        "evidence": _("evidence"),
        "freshness": _("freshness"),
        "spare_capacity": _("spare capacity"),
    }.get(name, name)


class _Blank(dict[str, str]):
    """A missing fact leaves a gap rather than failing a page."""

    def __missing__(self, key: str) -> str:
        return ""


def _shown(name: str, value: Any, lang: str) -> str:
    if isinstance(value, (tuple, list)):
        return ("、" if lang == "zh" else ", ").join(_shown(name, each, lang) for each in value)
    if isinstance(value, str):
        if name == "country":
            return country_label(value, lang)
        return _LISTS[name].label(value, lang) if name in _LISTS else value
    if isinstance(value, date):
        return format_date(lang, value)
    if value is None:
        return ""
    number = Decimal(str(value))
    return format_number(lang, round(number, 0 if abs(number) >= _WHOLE_FROM else 1))


def _messages(_: Callable[[str], str]) -> dict[str, str]:
    return {
        "match.near": _("{distance_km} km from {place}"),
        "match.in_country": _("in {country}"),
        "match.has_room": _("{available} {unit} available"),
        "match.offers": _("offers {services}"),
        "match.offers_preferred": _("also offers {services}, which you prefer"),
        "match.handles": _("handles {goods}"),
        "match.serves": _("serves {platforms}"),
        "match.is_public": _("public warehouse"),
        "match.evidence": _("evidence: {grade} {date}"),
        "match.record_class_unknown": _("whether it is a public warehouse is to be confirmed"),
        "match.own_use": _("listed for the operator's own use: ask whether it takes others' goods"),
        "match.not_yet_operating": _("not operating yet ({stage})"),
        "match.location_imprecise": _("its exact location is not stated, so the distance is to be confirmed"),
        "match.place_unlocated": _("the place could not be located, so the distance is to be confirmed"),
        "match.service_unknown": _("{service}: not stated"),
        "match.goods_unknown": _("whether it handles {goods} is to be confirmed"),
        "match.platform_unknown": _("whether it serves {platforms} is to be confirmed"),
        "match.capacity_unknown": _("no availability stated in {unit}"),
        "match.lease_ends_within": _("its lease ends on {lease_end}, within your period"),
        "match.price_to_ask": _("whether its price is within your budget is to be asked"),
        "match.is_a_lead": _("a rentable site without an operator, not a warehouse"),
        "match.other_record_class": _("is listed as: {record_class}"),
        "match.closed": _("closed"),
        "match.country_excluded": _("in {country}, which you excluded"),
        "match.other_country": _("in {country}, not where you asked"),
        "match.too_far": _("{distance_km} km from {place}, more than {within_km} km"),
        "match.service_not_offered": _("does not offer {service}"),
        "match.service_excluded": _("offers {service}, which you excluded"),
        "match.goods_not_handled": _("does not list {goods} among its goods"),
        "match.platform_not_served": _("does not list {platforms} among its platforms"),
        "match.too_little": _("{available} {unit} available, {asked} asked for"),
        "match.site_too_small": _("the whole site has {whole} {unit}, {asked} asked for"),
        "need.place_ambiguous": _("“{text}” was read as {taken}; it could also be {others}"),
        "need.region_read_as_set": _("“{text}” was read as the region set {taken}"),
        "need.region_read_as_countries": _("“{text}” was read as the countries {taken}"),
        "need.second_quantity": _("“{text}” was read over: a need has one quantity"),
        "match.lease_ends_before": _("its lease ends on {lease_end}, before your period"),
    }
