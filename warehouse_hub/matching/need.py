"""What an exporter asks for, as one frozen value.

Absent means not stated: an empty tuple or None is never "none wanted". Numbers are Decimal inside, so that 80.47 and
0.1 survive the way through JSON unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

NEED_UNITS = (
    "m2",
    "ft2",
    "tsubo",
    "mu",
    "m3",
    "pallet",
    "order_per_day",
    "container_40hq",
    "container_20gp",
)


@dataclass(frozen=True)
class NamedPlace:
    """A destination by name; without coordinates it narrows to its country only."""

    name: str
    name_zh: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def point(self) -> tuple[float, float] | None:
        """(latitude, longitude), or None when either is missing."""
        if self.latitude is None or self.longitude is None:
            return None
        return (self.latitude, self.longitude)


@dataclass(frozen=True)
class QuantityRange:
    """How much is asked for, in the unit the person wrote; at least one bound is stated."""

    unit: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None


@dataclass(frozen=True)
class Budget:
    """The most the person will pay; whatever was not said stays None."""

    maximum: Decimal | None = None
    currency: str | None = None
    unit: str | None = None
    period: str | None = None


@dataclass(frozen=True)
class Period:
    """First and last day of storage, both included."""

    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Need:
    """One need. Lists of codes are in the order they were stated."""

    countries: tuple[str, ...] = ()
    excluded_countries: tuple[str, ...] = ()
    region_sets: tuple[str, ...] = ()
    places: tuple[NamedPlace, ...] = ()
    within_km: Decimal | None = None
    services: tuple[str, ...] = ()
    services_preferred: tuple[str, ...] = ()
    excluded_services: tuple[str, ...] = ()
    goods_classes: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    record_class: tuple[str, ...] = ()
    quantity: QuantityRange | None = None
    budget: Budget | None = None
    period: Period | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is stated."""
        return all(not getattr(self, field.name) for field in fields(self))

    def to_json(self) -> dict[str, Any]:
        """The need as plain JSON values; keys that were not stated are absent."""
        whole = {field.name: _plain(getattr(self, field.name)) for field in fields(self)}
        return {name: value for name, value in whole.items() if value not in (None, [], {})}


_JSON_NAMES = {"minimum": "min", "maximum": "max"}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, (NamedPlace, QuantityRange, Budget, Period)):
        whole: Mapping[str, Any] = {
            _JSON_NAMES.get(field.name, field.name): _plain(getattr(value, field.name))
            for field in fields(value)
        }
        return {name: part for name, part in whole.items() if part is not None}
    return value
