"""A published table as a value and as JSON; the command and the API print the same document.

The one thing a reader would get wrong: three things look empty and are not alike. A withheld cell (flag c) has
figures that must not be printed; a cell that is not available has none; 0 is a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from warehouse_hub.core.clock import Month
from warehouse_hub.monitoring.rules.sites import TOTAL, UNKNOWN_DISTRICT
from warehouse_hub.monitoring.rules.utilisation import Flag
from warehouse_hub.vocabulary.codes import HOME_DISTRICTS, RECORD_CLASSES
from warehouse_hub.vocabulary.countries import country_label
from warehouse_hub.vocabulary.region_sets import REGION_SETS
from warehouse_hub.vocabulary.region_sets import VERSION as REGION_SETS_VERSION
from warehouse_hub.vocabulary.text import translate

PUBLISHED, WITHHELD, NOT_AVAILABLE = "published", "withheld", "not_available"


@dataclass(frozen=True)
class Cell:
    """One line of a table. Areas in m², ratios as fractions of one, the change in percentage points; None is not shown.

    A published cell may have its change withheld, where it would tell what one newcomer or one drop-out reported.
    `warehouses` are the listed ones, which the directory shows anyway. `state` is published, withheld or not_available.
    """

    code: str
    warehouses: int
    state: str
    flags: tuple[Flag, ...] = ()
    reporting: int | None = None
    rentable_m2: Decimal | None = None
    occupied_m2: Decimal | None = None
    utilisation: Decimal | None = None
    change_pp: Decimal | None = None
    coverage: Decimal | None = None
    imputed_share: Decimal | None = None
    change_withheld: bool = False

    @property
    def withheld(self) -> bool:
        return self.state == WITHHELD


@dataclass(frozen=True)
class UtilisationTable:
    """One month by one breakdown, with the total of all public warehouses.

    `notes` are codes of what a page says beside it.
    """

    month: Month
    by: str
    dataset: str
    total: Cell
    cells: tuple[Cell, ...]
    notes: tuple[str, ...] = ()

    @property
    def available(self) -> bool:
        """Whether anything of it is in print."""
        return any(cell.state == PUBLISHED for cell in (self.total, *self.cells))


def cell_label(by: str, code: str, lang: str) -> str:
    """The name of a cell in "zh" or "en"."""
    if by == TOTAL:
        return translate(lang)("All public warehouses")
    if by == "country":
        return country_label(code, lang)
    if by == "region_set":
        return REGION_SETS.label(code, lang)
    if by == "record_class":
        return RECORD_CLASSES.label(code, lang)
    return translate(lang)("Not stated") if code == UNKNOWN_DISTRICT else HOME_DISTRICTS.label(code, lang)


def table_to_json(table: UtilisationTable, lang: str = "zh") -> dict[str, Any]:
    """The document that the command prints and the API answers; null is not shown, and `state` says why."""
    return {
        "month": str(table.month),
        "by": table.by,
        "dataset": table.dataset,
        "available": table.available,
        "total": _cell(TOTAL, table.total, lang),
        "cells": [_cell(table.by, cell, lang) for cell in table.cells],
        "suppressed": [cell.code for cell in table.cells if cell.withheld],
        "notes": list(table.notes),
        "region_sets_version": REGION_SETS_VERSION,
    }


def _cell(by: str, cell: Cell, lang: str) -> dict[str, Any]:
    return {
        "code": cell.code,
        "label": cell_label(by, cell.code, lang),
        "state": cell.state,
        "withheld": cell.withheld,
        "flags": [str(flag) for flag in cell.flags],
        "warehouses": cell.warehouses,
        "reporting": cell.reporting,
        "rentable_m2": _number(cell.rentable_m2),
        "occupied_m2": _number(cell.occupied_m2),
        "utilisation": _number(cell.utilisation),
        "change_pp": _number(cell.change_pp),
        "change_withheld": cell.change_withheld or cell.withheld,
        "coverage": _number(cell.coverage),
        "imputed_share": _number(cell.imputed_share),
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
