"""What each field of a listing is called, and how a value of it is written for people.

Forms, comparisons of revisions and refusals all name fields; they name them alike through here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from warehouse_hub.directory.rules.facts import Statement
from warehouse_hub.web.display import basis_label, country, day, label, number, shown
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.locale import lang

_CODED = {
    "record_class": "record_classes",
    "tenure": "tenures",
    "stage": "stages",
    "goods": "goods_classes",
    "platforms": "platforms",
    "languages": "languages",
    "grade": "evidence_grades",
    "storage_price_currency": "currencies",
    "storage_price_unit": "price_units",
}


def field_names() -> dict[str, str]:
    """The name of every field of a listing in the language of this request, in the order of forms."""
    return {
        "name_zh": _("Name in Chinese"),
        "name_en": _("Name in English"),
        "country": _("Country or region"),
        "subdivision": _("State or province"),
        "city": _("Town"),
        "city_zh": _("Town in Chinese"),
        "address": _("Address"),
        "latitude": _("Latitude"),
        "longitude": _("Longitude"),
        "geocode_precision": _("Precision of the position"),
        "hub": _("Nearest port, airport or railway hub"),
        "hub_km": _("Distance to it, in km"),
        "record_class": _("Kind of record"),
        "tenure": _("Built or leased"),
        "stage": _("State of the site"),
        "services": _("Services"),
        "goods": _("Goods handled"),
        "platforms": _("Platforms"),
        "systems": _("Systems"),
        "languages": _("Languages"),
        "opened": _("Opened"),
        "lease_end": _("Lease until"),
        "rate_hint": _("Price in words"),
        "storage_price": _("Storage price from"),
        "storage_price_currency": _("Currency of the storage price"),
        "storage_price_unit": _("Unit of the storage price"),
        "description": _("Description"),
        "grade": _("Grade of evidence"),
        "grade_date": _("Date of evidence"),
        "source": _("Source"),
        "evidence": _("Evidence"),
        "capacity": _("Capacity"),
    }


def field_name(name: str) -> str:
    """The name of one field; the basis of a capacity statement names itself."""
    return field_names().get(name) or label("bases", name)


def field_text(name: str, value: Any) -> str:
    """A value as one line of text; unknown is said to be so."""
    if value is None or value in ("", (), {}, []):
        return _("Not reported")
    if isinstance(value, Mapping):
        return _services(value) if name == "services" else _list(sorted(str(key) for key in value))
    if isinstance(value, tuple | list):
        return _list([_statement(line) if name == "capacity" else _code_text(name, line) for line in value])
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, float | int | Decimal) else _code_text(name, value)


def _code_text(name: str, value: Any) -> str:
    if name == "country":
        return country(value)
    return label(_CODED[name], value) if name in _CODED else str(value)


def _services(stated: Mapping[str, bool]) -> str:
    offered = [label("services", code) for code, has in stated.items() if has]
    refused = [
        _("%(what)s: not offered") % {"what": label("services", code)}
        for code, has in stated.items()
        if not has
    ]
    return _list([*offered, *refused])


def _statement(line: Statement) -> str:
    figure = shown(line)
    text = f"{basis_label(figure.basis, figure.unit)} {number(figure.value)} {label('units', figure.unit)}"
    return f"{text} ({day(figure.as_of)})" if figure.as_of else text


def _list(parts: list[str]) -> str:
    return ("；" if lang() == "zh" else "; ").join(parts)
