"""Totals that count a square metre once.

Three ways to count one twice, all seen in public sources: two records of one building (a site group), one printed
figure for several tenants or cities (`shared_by` above 1), and a public warehouse with its users inside.
Quantities of different unit or basis are never added: each (unit, basis) has its own total.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from warehouse_hub.vocabulary.codes import EVIDENCE_GRADES, RECORD_CLASSES, UNITS
from warehouse_hub.vocabulary.measures import tidy
from warehouse_hub.vocabulary.quantities import Quantity

AREA = "m2"
# A total is told to the hundredth: converted areas (坪, 亩) have no end, and nobody measured further.
PLACES = 2


@dataclass(frozen=True)
class Figure:
    """One capacity statement; `source` is whose words it is, so that one printed figure is recognised as one."""

    value: Decimal
    unit: str
    basis: str
    as_of: date | None = None
    source: str | None = None
    shared_by: int = 1


@dataclass(frozen=True)
class Holding:
    """An entry as totals see it. `site_group` None means a site of its own."""

    id: str
    site_group: str | None
    record_class: str
    grade: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Total:
    """A sum over `sites` sites (a group is one), in `unit` on `basis`; areas are in m²."""

    unit: str
    basis: str
    value: Decimal
    sites: int


def totals_of(holdings: Iterable[Holding]) -> list[Total]:
    """A total for every unit and basis that somebody stated, in the order of the vocabulary.

    Of a site group, the public record speaks before the others, then the better evidence, then the smaller id;
    of one record, the newest statement. A figure that several sites share is added once.
    """
    chosen: dict[tuple[str, str], dict[tuple[object, ...], Decimal]] = {}
    spoken: set[tuple[str, str, str]] = set()
    for holding in sorted(holdings, key=_precedence):
        site = f"group:{holding.site_group}" if holding.site_group else f"site:{holding.id}"
        for figure in sorted(holding.figures, key=_newest_first):
            value, unit = _in_common_unit(figure)
            if (site, unit, figure.basis) in spoken:
                continue
            spoken.add((site, unit, figure.basis))
            key = _shared_key(figure) if figure.shared_by > 1 else (site,)
            chosen.setdefault((unit, figure.basis), {}).setdefault(key, value)
    return [
        Total(unit, basis, tidy(round(sum(values.values(), Decimal(0)), PLACES)), len(values))
        for (unit, basis), values in sorted(chosen.items(), key=lambda item: _place(*item[0]))
    ]


def _in_common_unit(figure: Figure) -> tuple[Decimal, str]:
    known = UNITS.get(figure.unit)
    if known is None or known.group != "area":
        return figure.value, figure.unit
    return Quantity(figure.value, figure.unit, figure.basis).to(AREA).value, AREA


def _shared_key(figure: Figure) -> tuple[object, ...]:
    return ("shared", figure.source, figure.value, figure.unit, figure.shared_by)


def _precedence(holding: Holding) -> tuple[int, int, str]:
    """Smaller speaks first; the vocabulary lists public first and the best grade last."""
    classes, grades = RECORD_CLASSES.codes, EVIDENCE_GRADES.codes
    rank = classes.index(holding.record_class) if holding.record_class in classes else len(classes)
    grade = grades.index(holding.grade) if holding.grade in grades else -1
    return rank, -grade, holding.id


def _newest_first(figure: Figure) -> tuple[int, Decimal]:
    return -(figure.as_of or date.min).toordinal(), -figure.value


def _place(unit: str, basis: str) -> tuple[int, str]:
    units = UNITS.codes
    return (units.index(unit) if unit in units else len(units)), basis
