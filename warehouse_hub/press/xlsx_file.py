"""Tables as an Excel workbook for people: bilingual header, frozen panes, filters, ready to print, and its notes.

The one thing a reader would get wrong: every text is written as text. XlsxWriter turns "=…" into a formula and
"https://…" into a link by itself unless it is told not to, and a code of 18 digits into a float.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from warehouse_hub.core.clock import CIVIL_ZONE
from warehouse_hub.press.columns import Cell, Column, Row

FONT = "Microsoft YaHei"
_INK, _PLATE, _LINE, _MUTED = "#17212D", "#17375C", "#D9D5CB", "#5F6976"
_NUMBER_FORMATS = {
    "integer": "#,##0",
    "number": "#,##0.0#####",
    "coordinate": "0.000000",
    "date": "yyyy-mm-dd",
}
_A4 = 9


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook; `frozen_columns` stay in view when scrolling sideways."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    frozen_columns: int = 1


@dataclass(frozen=True)
class Notes:
    """The last sheet: headings, each with its paragraphs."""

    title: str
    sections: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True)
class Imprint:
    """What a workbook says of itself; `issued` is its fixed creation date, so that its bytes never change.

    `running_head` is printed on top of every page.
    """

    title: str
    issuer: str
    issued: datetime
    running_head: str


def xlsx_bytes(imprint: Imprint, sheets: Sequence[Sheet], notes: Notes) -> bytes:
    """A workbook of `sheets` and then `notes`; the same input gives the same bytes."""
    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    workbook = xlsxwriter.Workbook(content, options)
    workbook.set_properties(
        {
            "title": imprint.title,
            "author": imprint.issuer,
            "company": imprint.issuer,
            "created": imprint.issued.astimezone(CIVIL_ZONE).replace(tzinfo=None),
        }
    )
    formats = _formats(workbook)
    for sheet in sheets:
        _table(workbook.add_worksheet(sheet.title), sheet, imprint, formats)
    _notes(workbook.add_worksheet(notes.title), notes, imprint, formats)
    workbook.close()
    return content.getvalue()


def _formats(workbook: Any) -> dict[str, Any]:
    body = {"font_name": FONT, "font_size": 10, "font_color": _INK, "valign": "top"}
    ruled = {**body, "bottom": 1, "bottom_color": _LINE}
    white = {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": _PLATE,
        "text_wrap": True,
        "valign": "vcenter",
    }
    formats = {
        "header": workbook.add_format({**body, **white, "border": 1, "border_color": "#FFFFFF"}),
        "text": workbook.add_format({**ruled, "text_wrap": True}),
        "code": workbook.add_format({**ruled, "num_format": "@"}),
        "title": workbook.add_format({**body, "bold": True, "font_size": 16, "font_color": _PLATE}),
        "heading": workbook.add_format({**body, "bold": True, "font_size": 11, "font_color": _PLATE}),
        "paragraph": workbook.add_format({**body, "text_wrap": True}),
    }
    for kind, number_format in _NUMBER_FORMATS.items():
        align = "left" if kind == "date" else "right"
        formats[kind] = workbook.add_format({**ruled, "num_format": number_format, "align": align})
    return formats


def _table(page: Any, sheet: Sheet, imprint: Imprint, formats: dict[str, Any]) -> None:
    for index, column in enumerate(sheet.columns):
        unit = f"\n{column.unit}" if column.unit else ""
        page.write_string(0, index, f"{column.zh}\n{column.en}{unit}", formats["header"])
        page.set_column(index, index, column.width)
    page.set_row(0, 60 if any(column.unit for column in sheet.columns) else 44)
    for line, row in enumerate(sheet.rows, start=1):
        for index, column in enumerate(sheet.columns):
            cell = row.get(column.key)
            _write(page, line, index, cell, formats[_format_of(column, cell)])
    page.freeze_panes(1, sheet.frozen_columns)
    page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    page.repeat_rows(0)
    page.repeat_columns(0, max(sheet.frozen_columns - 1, 0))
    _print_set_up(page, imprint, landscape=True)


def _format_of(column: Column, cell: Cell) -> str:
    """The format's name; a whole number must not end in a lonely decimal point."""
    whole = isinstance(cell, int | Decimal) and cell == int(cell)
    return "integer" if column.kind == "number" and whole else column.kind


def _write(page: Any, row: int, column: int, cell: Cell, cell_format: Any) -> None:
    match cell:
        case None:
            page.write_blank(row, column, None, cell_format)
        case str():
            page.write_string(row, column, cell, cell_format)
        case date():
            page.write_datetime(row, column, cell, cell_format)
        case _:
            page.write_number(row, column, float(cell), cell_format)


def _notes(page: Any, notes: Notes, imprint: Imprint, formats: dict[str, Any]) -> None:
    page.set_column(0, 0, 96)
    page.hide_gridlines(2)
    page.write_string(0, 0, imprint.title, formats["title"])
    page.set_row(0, 28)
    row = 1
    for heading, paragraphs in notes.sections:
        page.write_string(row + 1, 0, heading, formats["heading"])
        row += 2
        for paragraph in paragraphs:
            page.write_string(row, 0, paragraph, formats["paragraph"])
            page.set_row(row, 16 * (1 + _printed_width(paragraph) // 100))
            row += 1
    _print_set_up(page, imprint, landscape=False)


def _printed_width(text: str) -> int:
    """Columns that a text takes: a Chinese character is two wide."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def _print_set_up(page: Any, imprint: Imprint, *, landscape: bool) -> None:
    page.set_paper(_A4)
    if landscape:
        page.set_landscape()
    page.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    page.fit_to_pages(1, 0)
    # An ampersand begins a code in a header; doubled it is itself.
    head = imprint.running_head.replace("&", "&&")
    page.set_header(f'&L&"{FONT}"&9&K{_MUTED[1:]}{head}')
    page.set_footer(f'&L&"{FONT}"&9&K{_MUTED[1:]}{imprint.issuer.replace("&", "&&")}&R&9&P / &N')
