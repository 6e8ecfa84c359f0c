"""What the rules of matching read of a listing, and how one fact is told to people later.

A missing service is unknown, not False; an empty list of goods or platforms is unknown, not "none".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol


class CapacityLine(Protocol):
    """A stated capacity; `shared_by` above 1 means that the figure covers several sites together."""

    @property
    def value(self) -> Decimal: ...
    @property
    def unit(self) -> str: ...
    @property
    def basis(self) -> str: ...
    @property
    def as_of(self) -> date | None: ...
    @property
    def shared_by(self) -> int: ...


class ListedWarehouse(Protocol):
    """The facts of a published listing that matching decides on."""

    @property
    def id(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...
    @property
    def geocode_precision(self) -> str: ...
    @property
    def hub_km(self) -> float | None: ...
    @property
    def record_class(self) -> str: ...
    @property
    def stage(self) -> str | None: ...
    @property
    def services(self) -> Mapping[str, bool]: ...
    @property
    def goods(self) -> Sequence[str]: ...
    @property
    def platforms(self) -> Sequence[str]: ...
    @property
    def lease_end(self) -> date | None: ...
    @property
    def grade(self) -> str: ...
    @property
    def grade_date(self) -> date | None: ...
    @property
    def capacity(self) -> Sequence[CapacityLine]: ...


@dataclass(frozen=True)
class Candidate:
    """A listing with its distance to the nearest place of the need; None when either point is unknown."""

    listing: ListedWarehouse
    nearest_km: float | None = None
    nearest_place: str | None = None


@dataclass(frozen=True)
class Fact:
    """A code with the facts that fill its wording: a reason, something to confirm, or why a listing is out."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As the command and the API answer it."""
        return {"code": self.code, "facts": plain(self.facts)}


def plain(value: Any) -> Any:
    """Facts as JSON has them: numbers, text, lists; dates as year-month-day."""
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(each) for each in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def located(listing: ListedWarehouse) -> tuple[float, float] | None:
    """(latitude, longitude) when it is good enough to measure from; the middle of a country is not."""
    if (
        listing.latitude is None
        or listing.longitude is None
        or listing.geocode_precision not in ("address", "city")
    ):
        return None
    return (listing.latitude, listing.longitude)
