"""How values are written on a page: filters and functions that every template may use.

The one thing to get wrong: None is "not reported" and is written as such by the template; no filter here turns
None into 0 or into an empty place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask import Flask

from warehouse_hub.core.clock import civil_date
from warehouse_hub.vocabulary import codes
from warehouse_hub.vocabulary.countries import country_label
from warehouse_hub.vocabulary.quantities import Quantity
from warehouse_hub.vocabulary.text import format_number
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.locale import lang

if TYPE_CHECKING:
    from warehouse_hub.directory.published import PublishedListing
    from warehouse_hub.directory.rules.facts import Statement

# What an exporter asks first, first.
DECIDING_BASES = ("available", "rentable", "commissioned", "gross", "occupied")
_FINEST_AREA = Decimal(1)


@dataclass(frozen=True)
class ShownFigure:
    """A capacity statement as a page shows it: areas in m², other units as they were stated."""

    value: Decimal
    unit: str
    basis: str
    as_of: date | None
    grade: str
    source: str | None
    printed: str | None
    shared_by: int

    @property
    def converted(self) -> bool:
        """Whether the source printed it in another unit or wording."""
        return bool(self.printed)


def shown(statement: Statement) -> ShownFigure:
    """The statement with areas converted to whole square metres."""
    value, unit = statement.value, statement.unit
    if statement.area_m2 is not None:
        value, unit = statement.area_m2.quantize(_FINEST_AREA), "m2"
    return ShownFigure(
        value,
        unit,
        statement.basis,
        statement.as_of,
        statement.grade,
        statement.source,
        statement.printed if statement.unit != "m2" else None,
        statement.shared_by,
    )


def deciding_figure(listing: PublishedListing) -> ShownFigure | None:
    """The capacity that a card leads with: what is available, else the widest area that was stated; or None."""
    areas = [line for line in listing.capacity if line.area_m2 is not None]
    for basis in DECIDING_BASES:
        of_basis = sorted(
            (line for line in areas if line.basis == basis),
            key=lambda line: line.as_of or date.min,
            reverse=True,
        )
        if of_basis:
            return shown(of_basis[0])
    return shown(listing.capacity[0]) if listing.capacity else None


def area_m2(value: Decimal, unit: str) -> Decimal:
    """An area in m²."""
    return Quantity(value, unit, None).to("m2").value


def label(code_list: str, code: str) -> str:
    """The label of a code in the language of this request; a code that is not listed stands for itself."""
    known: codes.CodeList[codes.Code] = getattr(codes, code_list.upper())
    return known.label(code, lang()) if code in known else code


def basis_label(basis: str, unit: str) -> str:
    """What a figure on that basis is called: 总面积 is a word for areas only, not for pallet positions."""
    known = codes.UNITS.get(unit)
    if known is None or known.group == "area":
        return label("bases", basis)
    return {
        "gross": _("Total capacity"),
        "rentable": _("Rentable capacity"),
        "commissioned": _("Commissioned capacity"),
        "occupied": _("Occupied capacity"),
        "available": _("Available capacity"),
    }.get(basis, basis)


def number(value: Decimal | float | None, decimals: int | None = None) -> str:
    """A number with thousands separators."""
    if value is None:
        raise ValueError("an unknown number has no figure")
    if decimals is not None:
        return f"{value:,.{decimals}f}"
    if isinstance(value, int):
        # Both languages part thousands alike; a page writes hundreds of counts.
        return f"{value:,}"
    return format_number(lang(), value)


def signed(value: Decimal | float, decimals: int = 1) -> str:
    """A change with its sign, a real minus."""
    return f"{value:+,.{decimals}f}".replace("-", "−")


def percent(ratio: Decimal | float, decimals: int = 1) -> str:
    """A ratio as per cent: 0.714 is 71.4%."""
    return f"{float(ratio) * 100:.{decimals}f}%"


def day(value: date | datetime) -> str:
    """A civil date of Zhengzhou, 2026-11-23."""
    return (civil_date(value) if isinstance(value, datetime) else value).isoformat()


def kilometres(value: float) -> str:
    """A distance as a figure: one decimal below ten."""
    return f"{value:,.1f}" if value < 10 else f"{value:,.0f}"


def file_size(octets: int) -> str:
    """4.8 MB, 612 kB."""
    return f"{octets / 1e6:.1f} MB" if octets >= 1_000_000 else f"{max(1, round(octets / 1000))} kB"


def frozen_number(value: Any) -> str:
    """A number as an edition keeps it (a text, to the last digit), in whole units with thousands separators."""
    return format_number(lang(), Decimal(str(value)), 0)


def country(code: str) -> str:
    """The reviewed name of a country or region."""
    return country_label(code, lang())


def place(listing: PublishedListing) -> str:
    """Country and town in the language of this request: 德国·汉堡, Hamburg, Germany."""
    town = (listing.city_zh or listing.city) if lang() == "zh" else (listing.city or listing.city_zh)
    if lang() == "zh":
        return "·".join(part for part in (country(listing.country), town) if part)
    return ", ".join(part for part in (town, country(listing.country)) if part)


def install(app: Flask) -> None:
    """Give the templates of `app` these filters and functions."""
    filters: dict[str, Any] = {
        "number": number,
        "signed": signed,
        "percent": percent,
        "day": day,
        "kilometres": kilometres,
        "file_size": file_size,
        "country": country,
        "frozen_number": frozen_number,
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.globals.update(
        label=label, basis_label=basis_label, place=place, deciding_figure=deciding_figure, shown=shown
    )
