"""The columns of a table that is published in several forms: one definition for csv, xlsx and the data dictionary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Cell = str | int | float | Decimal | date | None
Row = Mapping[str, Cell]
Kind = Literal["text", "code", "integer", "number", "coordinate", "date"]


@dataclass(frozen=True)
class Column:
    """A column: its key in files for machines, its labels in files for people.

    `width` is in characters of the default font. `unit` is what a figure is in; `note` says how to read it.
    A cell of a code column is text whatever it looks like: 914101050000000000 is no number.
    """

    key: str
    zh: str
    en: str
    kind: Kind = "text"
    width: int = 14
    unit: str = ""
    note_zh: str = ""
    note_en: str = ""


DICTIONARY = (
    Column("column", "列名", "Column"),
    Column("zh", "中文名", "Chinese label"),
    Column("en", "英文名", "English label"),
    Column("type", "类型", "Type"),
    Column("unit", "单位", "Unit"),
    Column("note_zh", "说明", "Note in Chinese"),
    Column("note_en", "英文说明", "Note in English"),
)


def dictionary_rows(columns: Sequence[Column]) -> list[Row]:
    """The data dictionary of `columns`, a row a column, under the columns `DICTIONARY`."""
    return [
        {
            "column": column.key,
            "zh": column.zh,
            "en": column.en,
            "type": column.kind,
            "unit": column.unit,
            "note_zh": column.note_zh,
            "note_en": column.note_en,
        }
        for column in columns
    ]
