"""One row of a table of warehouses, read into a listing's facts; every fault of the row is kept, not only the first.

Nothing is guessed: an area without a unit is refused, a date that is not exact to the day is left unknown and told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from warehouse_hub.core.errors import InvalidInput, Problem
from warehouse_hub.directory.rules.facts import GEOCODE_PRECISIONS, ListingFacts
from warehouse_hub.directory.rules.uscc import is_uscc
from warehouse_hub.directory.spreadsheet.capacity_cells import read_capacity
from warehouse_hub.directory.spreadsheet.cells import (
    code_of,
    date_of,
    flag_of,
    line_of,
    number_of,
    text_of,
    words_of,
)
from warehouse_hub.directory.spreadsheet.coordinates import latitude_of, longitude_of, pair_of
from warehouse_hub.directory.spreadsheet.row_reader import RowReader
from warehouse_hub.directory.spreadsheet.service_cells import read_services
from warehouse_hub.directory.spreadsheet.table import Cell, Column
from warehouse_hub.places.names import is_han
from warehouse_hub.vocabulary.codes import (
    CURRENCIES,
    EVIDENCE_GRADES,
    GOODS_CLASSES,
    HOME_DISTRICTS,
    LANGUAGES,
    PLATFORMS,
    PRICE_UNITS,
    RECORD_CLASSES,
    STAGES,
    TENURES,
)
from warehouse_hub.vocabulary.countries import find_country

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_KILOMETRES = re.compile(r"\s*(?:km|公里|千米)\.?$", re.IGNORECASE)


@dataclass(frozen=True)
class OperatorClaim:
    """What a row says about the enterprise that runs the warehouse."""

    name_zh: str | None = None
    name_en: str | None = None
    uscc: str | None = None
    parent: str | None = None
    home_district: str | None = None
    enterprise_group: str | None = None

    @property
    def named(self) -> bool:
        """Whether it says which enterprise it is at all."""
        return bool(self.name_zh or self.name_en or self.uscc)


@dataclass(frozen=True)
class ListingRow:
    """A row as read. `warehouse_id` is None where the table gives no id; the place is as written, not yet located."""

    number: int
    warehouse_id: str | None
    facts: ListingFacts
    operator: OperatorClaim
    site_group: str | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def read_listing(number: int, record: Mapping[Column, Cell]) -> ListingRow:
    """Read row `number`; a field that cannot be read is unknown in `facts` and named in `problems`."""
    row = RowReader(number, record)
    name_zh, name_en = _names(row, "name")
    operator_zh, operator_en = _names(row, "operator")
    country, city_zh, city = _country_and_city(row)
    latitude, longitude = _coordinates(row)
    tenure, stage = _tenure_and_stage(row)
    grade = row.coded("grade", EVIDENCE_GRADES) or "stated"
    source = row.value("source", text_of)
    facts = ListingFacts(
        country=country,
        name_zh=name_zh,
        name_en=name_en,
        subdivision=row.value("subdivision", line_of),
        city=city,
        city_zh=city_zh,
        address=row.value("address", line_of),
        latitude=latitude,
        longitude=longitude,
        geocode_precision=_precision(row),
        hub=row.value("hub", line_of),
        hub_km=_kilometres(row),
        record_class=_record_class(row),
        tenure=tenure,
        stage=stage,
        services=read_services(row),
        goods=row.codes("goods", GOODS_CLASSES),
        platforms=row.codes("platforms", PLATFORMS),
        systems=row.value("systems", words_of) or (),
        languages=row.codes("languages", LANGUAGES),
        opened=_day(row, "opened"),
        lease_end=_day(row, "lease_end"),
        rate_hint=row.value("rate_hint", text_of),
        storage_price=row.value("storage_price", number_of),
        storage_price_currency=row.coded("storage_price_currency", CURRENCIES),
        storage_price_unit=row.coded("storage_price_unit", PRICE_UNITS),
        description=row.value("description", text_of),
        grade=grade,
        grade_date=_day(row, "grade_date"),
        source=source,
        capacity=read_capacity(row, as_of=_day(row, "as_of"), grade=grade, source=source),
    )
    claim = OperatorClaim(
        name_zh=operator_zh,
        name_en=operator_en,
        uscc=_uscc(row),
        parent=row.value("operator_parent", line_of),
        home_district=row.coded("home_district", HOME_DISTRICTS),
        enterprise_group=row.value("enterprise_group", line_of),
    )
    site_group = row.value("site_group", line_of)
    key = _id(row)
    return ListingRow(number, key, facts, claim, site_group, tuple(row.problems), tuple(row.warnings))


def _names(row: RowReader, field: str) -> tuple[str | None, str | None]:
    """(Chinese, English) from columns of one language each and from one column of either."""
    zh, en = row.value(f"{field}_zh", line_of), row.value(f"{field}_en", line_of)
    either = row.value(field, line_of)
    if either and is_han(either):
        zh = zh or either
    else:
        en = en or either
    return zh, en


def _id(row: RowReader) -> str | None:
    key = row.value("id", code_of)
    if key and not _ID.fullmatch(key):
        row.problem("id.unreadable", "id", value=key[:60])
        return None
    return key


def _uscc(row: RowReader) -> str | None:
    code = row.value("operator_uscc", code_of)
    if code and not is_uscc(code.upper()):
        row.problem("uscc.wrong", "operator_uscc", value=code[:40])
        return None
    return code.upper() if code else None


def _country(row: RowReader) -> str:
    text = row.value("country", text_of)
    if text is None:
        row.problem("cell.missing", "country")
        return ""
    # "美国 US" and "South Africa (南非)" say one country twice; "Georgia US" says two.
    parts = [*re.split(r"[/|()\[\]（）-]+", text), *text.split()]
    named = {find_country(text)} - {None} or {find_country(part) for part in parts if part.strip()} - {None}
    if len(named) == 1 and (found := named.pop()):
        return found
    row.problem("listing.unknown_country", "country", value=text[:60])
    return ""


def _country_and_city(row: RowReader) -> tuple[str, str | None, str | None]:
    """(country, city in Chinese, in English), from a column each or from one of both, "美国 洛杉矶"."""
    city_zh, city = _names(row, "city")
    text = None if row.filled("country") else row.value("country_and_city", line_of)
    if text is None:
        return _country(row), city_zh, city
    for end in range(len(text), 1, -1):
        # "Indianapolis" does not begin with India.
        whole_word = not (
            text[end - 1 : end + 1].isascii() and text[end - 1 : end + 1].isalnum() and end < len(text)
        )
        if whole_word and (country := find_country(text[:end])):
            rest = text[end:].strip(" ,，、/·-—:：()（）") or None
            return (
                (country, city_zh or rest, city)
                if rest and is_han(rest)
                else (country, city_zh, city or rest)
            )
    row.problem("cell.no_country_in_front", "country_and_city", value=text[:60])
    return "", city_zh, city


def _record_class(row: RowReader) -> str:
    """The class as written, or "public" from a column that asks whether it is; a no leaves the class open."""
    stated = row.coded("record_class", RECORD_CLASSES)
    public = row.value("is_public", flag_of)
    if stated is None and public is False:
        row.warn("cell.public_denied", "is_public")
    return stated or ("public" if public else "unknown")


def _tenure_and_stage(row: RowReader) -> tuple[str | None, str | None]:
    """A column "status" says how a site is held as often as how far it is: "leased" is a tenure."""
    tenure, status = row.coded("tenure", TENURES), row.value("stage", text_of)
    held = TENURES.find(status) if status and not STAGES.find(status) else None
    if held:
        return tenure or held, None
    return tenure, row.coded("stage", STAGES)


def _precision(row: RowReader) -> str:
    text = row.value("geocode_precision", text_of)
    if text is None:
        return "unknown"
    if text.casefold() not in GEOCODE_PRECISIONS:
        row.problem("listing.unknown_code", "geocode_precision", value=text[:40])
        return "unknown"
    return text.casefold()


def _coordinates(row: RowReader) -> tuple[float | None, float | None]:
    if row.filled("coordinates"):
        return row.value("coordinates", pair_of) or (None, None)
    return row.value("latitude", latitude_of), row.value("longitude", longitude_of)


def _kilometres(row: RowReader) -> float | None:
    def read(cell: Cell) -> float | None:
        number = number_of(_KILOMETRES.sub("", cell) if isinstance(cell, str) else cell)
        return None if number is None else float(number)

    return row.value("hub_km", read)


def _day(row: RowReader, field: str) -> date | None:
    """A date exact to the day; another is told and left unknown, since a first of the month would be invented."""
    try:
        return date_of(row.cell(field))
    except InvalidInput as refusal:
        if refusal.code == "date.imprecise":
            row.warn(refusal.code, field, **refusal.facts)
        else:
            row.problem(refusal.code, field, **refusal.facts)
        return None
