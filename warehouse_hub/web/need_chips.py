"""A need as short labelled texts: what was understood, one chip a condition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from warehouse_hub.matching.need import Budget, Need, Period, QuantityRange
from warehouse_hub.vocabulary.region_sets import REGION_SETS
from warehouse_hub.web.display import country, day, label, number
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.locale import lang


def need_chips(need: Need) -> list[tuple[str, str]]:
    """(kind, text) of everything the need states, in the order in which people ask."""
    return [*_places(need), *_codes(need), *amounts(need)]


def _places(need: Need) -> Iterator[tuple[str, str]]:
    for place in need.places:
        name = (place.name_zh if lang() == "zh" else None) or place.name
        if need.within_km is None:
            yield _("Place"), name
        else:
            yield (
                _("Place"),
                _("within %(km)s km of %(place)s") % {"km": number(need.within_km), "place": name},
            )


def _codes(need: Need) -> Iterator[tuple[str, str]]:
    lists: tuple[tuple[str, tuple[str, ...], Callable[[str], str]], ...] = (
        (_("Country or region"), need.countries, country),
        (_("Region"), need.region_sets, lambda code: REGION_SETS.label(code, lang())),
        (_("Not in"), need.excluded_countries, country),
        (_("Service"), need.services, lambda code: label("services", code)),
        (_("Preferred"), need.services_preferred, lambda code: label("services", code)),
        (_("Without"), need.excluded_services, lambda code: label("services", code)),
        (_("Goods"), need.goods_classes, lambda code: label("goods_classes", code)),
        (_("Platform"), need.platforms, lambda code: label("platforms", code)),
        (_("Kind of record"), need.record_class, lambda code: label("record_classes", code)),
    )
    for kind, codes, write in lists:
        for code in codes:
            yield kind, write(code)


def amounts(need: Need) -> Iterator[tuple[str, str]]:
    """(kind, text) of how much, when and for how much money."""
    if need.quantity is not None:
        yield _("Amount"), _quantity(need.quantity)
    if need.period is not None:
        yield _("Time"), _period(need.period)
    if need.budget is not None:
        yield _("Budget"), _budget(need.budget)


def _quantity(asked: QuantityRange) -> str:
    unit = label("units", asked.unit)
    if asked.minimum is not None and asked.maximum is not None:
        return f"{_plain(asked.minimum)}–{_plain(asked.maximum)} {unit}"
    if asked.minimum is not None:
        return _("at least %(amount)s") % {"amount": f"{_plain(asked.minimum)} {unit}"}
    return _("at most %(amount)s") % {"amount": f"{_plain(asked.maximum or Decimal(0))} {unit}"}


def _period(asked: Period) -> str:
    if asked.start is not None and asked.end is not None:
        return _("%(start)s to %(end)s") % {"start": day(asked.start), "end": day(asked.end)}
    if asked.start is not None:
        return _("from %(start)s") % {"start": day(asked.start)}
    return _("until %(end)s") % {"end": day(asked.end)} if asked.end is not None else ""


def _budget(asked: Budget) -> str:
    per = {"day": _("a day"), "month": _("a month"), "year": _("a year")}
    parts = [
        asked.currency or "",
        _plain(asked.maximum) if asked.maximum is not None else "",
        f"/ {label('units', asked.unit)}" if asked.unit else "",
        per.get(asked.period or "", ""),
    ]
    return _("at most %(amount)s") % {"amount": " ".join(part for part in parts if part)}


def _plain(value: Decimal) -> str:
    return number(value)
