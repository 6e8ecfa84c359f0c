"""A need handed in as JSON: checked whole, so that every fault is told at once.

A bare string in `places` is accepted as a name without coordinates; everything else must have the documented shape.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from warehouse_hub.core.errors import InvalidInput, Problem
from warehouse_hub.matching.need import NEED_UNITS, Budget, NamedPlace, Need, Period, QuantityRange
from warehouse_hub.vocabulary.codes import GOODS_CLASSES, PLATFORMS, RECORD_CLASSES, SERVICES
from warehouse_hub.vocabulary.countries import COUNTRIES
from warehouse_hub.vocabulary.region_sets import REGION_SETS

_MOST_ITEMS = 300  # longer lists than there are countries are a mistake or an attack
_BUDGET_PERIODS = ("day", "month", "year")


def need_from_json(value: object) -> Need:
    """The need that a JSON document states.

    Raises InvalidInput("need.invalid") with one problem a fault: `need.not_an_object`, `need.unknown_field`,
    `need.not_a_list`, `need.unknown_code`, `need.not_a_number`, `need.not_a_date`, `need.out_of_range`,
    `need.place_without_name`, `need.range_reversed`. `column` is the path of the field ("quantity.min").
    """
    checked = _Checked()
    need = checked.need(value)
    if checked.problems:
        raise InvalidInput("need.invalid", checked.problems)
    return need


def _known_codes() -> dict[str, Callable[[str], bool]]:
    countries = {country.code for country in COUNTRIES}
    regions = frozenset(REGION_SETS.codes)
    return {
        "countries": countries.__contains__,
        "excluded_countries": countries.__contains__,
        "region_sets": regions.__contains__,
        "services": SERVICES.__contains__,
        "services_preferred": SERVICES.__contains__,
        "excluded_services": SERVICES.__contains__,
        "goods_classes": GOODS_CLASSES.__contains__,
        "platforms": PLATFORMS.__contains__,
        "record_class": RECORD_CLASSES.__contains__,
    }


class _Checked:
    """Reads a document and gathers what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def fault(self, column: str, code: str, **facts: Any) -> None:
        self.problems.append(Problem(f"need.{code}", column=column or None, facts=facts))

    def need(self, value: object) -> Need:
        document = self.object_at(value, "", (*Need.__dataclass_fields__,))
        codes = {name: self.codes(document, name, known) for name, known in _known_codes().items()}
        return Need(
            **codes,
            places=self.places(document.get("places")),
            within_km=self.number(document.get("within_km"), "within_km", above_zero=True),
            quantity=self.quantity(document.get("quantity")),
            budget=self.budget(document.get("budget")),
            period=self.period(document.get("period")),
        )

    def object_at(self, value: object, column: str, allowed: tuple[str, ...]) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            self.fault(column, "not_an_object")
            return {}
        for name in value:
            if name not in allowed:
                self.fault(f"{column}.{name}".lstrip(".")[:80], "unknown_field")
        return value

    def items(self, value: object, column: str) -> list[Any]:
        if value is None:
            return []
        if not isinstance(value, (list, tuple)) or len(value) > _MOST_ITEMS:
            self.fault(column, "not_a_list", most=_MOST_ITEMS)
            return []
        return list(value)

    def codes(
        self, document: Mapping[str, Any], column: str, known: Callable[[str], bool]
    ) -> tuple[str, ...]:
        kept: dict[str, None] = {}
        for item in self.items(document.get(column), column):
            if isinstance(item, str) and known(item):
                kept[item] = None
            else:
                self.fault(column, "unknown_code", value=str(item)[:80])
        return tuple(kept)

    def number(
        self, value: object, column: str, *, above_zero: bool = False, bounds: tuple[int, int] | None = None
    ) -> Decimal | None:
        if value is None:
            return None
        number = _decimal(value)
        if number is None:
            self.fault(column, "not_a_number", value=str(value)[:80])
            return None
        low, high = bounds or (0, 10**12)
        if not low <= number <= high or (above_zero and number == 0):
            self.fault(column, "out_of_range", value=str(value)[:80])
            return None
        return number

    def choice(self, value: object, column: str, allowed: tuple[str, ...]) -> str | None:
        if value is None or (isinstance(value, str) and value in allowed):
            return value
        self.fault(column, "unknown_code", value=str(value)[:80])
        return None

    def places(self, value: object) -> tuple[NamedPlace, ...]:
        return tuple(
            place
            for index, item in enumerate(self.items(value, "places"))
            if (place := self.place(item, f"places.{index}")) is not None
        )

    def place(self, value: object, column: str) -> NamedPlace | None:
        if isinstance(value, str):
            value = {"name": value}
        fields = self.object_at(value, column, (*NamedPlace.__dataclass_fields__,))
        name = fields.get("name")
        if not isinstance(name, str) or not name.strip():
            self.fault(f"{column}.name", "place_without_name")
            return None
        latitude = self.number(fields.get("latitude"), f"{column}.latitude", bounds=(-90, 90))
        longitude = self.number(fields.get("longitude"), f"{column}.longitude", bounds=(-180, 180))
        name_zh, country = fields.get("name_zh"), fields.get("country")
        if country is not None and not (isinstance(country, str) and _known_codes()["countries"](country)):
            self.fault(f"{column}.country", "unknown_code", value=str(country)[:80])
            country = None
        return NamedPlace(
            name=name.strip()[:200],
            name_zh=name_zh[:200] if isinstance(name_zh, str) else None,
            country=country,
            latitude=None if latitude is None else float(latitude),
            longitude=None if longitude is None else float(longitude),
        )

    def quantity(self, value: object) -> QuantityRange | None:
        if value is None:
            return None
        fields = self.object_at(value, "quantity", ("min", "max", "unit"))
        minimum = self.number(fields.get("min"), "quantity.min")
        maximum = self.number(fields.get("max"), "quantity.max", above_zero=True)
        unit = self.choice(fields.get("unit"), "quantity.unit", NEED_UNITS)
        if unit is None:
            if fields and not self.problems:
                self.fault("quantity.unit", "unknown_code", value="")
            return None
        if minimum is not None and maximum is not None and minimum > maximum:
            self.fault("quantity", "range_reversed")
        return QuantityRange(unit, minimum, maximum) if (minimum, maximum) != (None, None) else None

    def budget(self, value: object) -> Budget | None:
        if value is None:
            return None
        fields = self.object_at(value, "budget", ("max", "currency", "unit", "period"))
        currency = fields.get("currency")
        if currency is not None and not (
            isinstance(currency, str) and len(currency) == 3 and currency.isascii() and currency.isupper()
        ):
            self.fault("budget.currency", "unknown_code", value=str(currency)[:80])
            currency = None
        return Budget(
            maximum=self.number(fields.get("max"), "budget.max"),
            currency=currency,
            unit=self.choice(fields.get("unit"), "budget.unit", (*NEED_UNITS, "order")),
            period=self.choice(fields.get("period"), "budget.period", _BUDGET_PERIODS),
        )

    def period(self, value: object) -> Period | None:
        if value is None:
            return None
        fields = self.object_at(value, "period", ("start", "end"))
        start = self.day(fields.get("start"), "period.start")
        end = self.day(fields.get("end"), "period.end")
        if start is not None and end is not None and start > end:
            self.fault("period", "range_reversed")
        return Period(start, end) if start or end else None

    def day(self, value: object, column: str) -> date | None:
        if value is None:
            return None
        try:
            return date.fromisoformat(value)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            self.fault(column, "not_a_date", value=str(value)[:80])
            return None


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, int) and abs(value) > 10**15:
        return None
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    return number if number.is_finite() else None
