"""Workbooks (xlsx, xls): values only, never formulas, with merged ranges kept for finding the header row."""

from __future__ import annotations

import zipfile
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.directory.spreadsheet.archive import MOST_CELLS, check_archive
from warehouse_hub.directory.spreadsheet.table import Cell, Sheet, Span

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A compound file that holds this stream is an encrypted xlsx; names in it are UTF-16.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def is_workbook(content_start: bytes) -> bool:
    """Whether a file starts like an xlsx (a zip) or an xls (a compound file)."""
    return content_start.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE))


def read_workbook(path: Path) -> list[Sheet]:
    """Every visible sheet that holds anything; all of them when none is visible.

    Raises InvalidInput("table.password_protected" | "table.corrupt" | "table.unpacks_too_large" |
    "table.too_many_cells").
    """
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(_OLE) and _ENCRYPTED in path.read_bytes():
        raise InvalidInput("table.password_protected", name=path.name)
    if zipfile.is_zipfile(path) or start.startswith(b"PK"):
        check_archive(path)
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            shown = [
                sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible
            ] or list(book.sheet_names)
            return [_sheet(book.get_sheet_by_name(name)) for name in shown]
    except PasswordError:
        raise InvalidInput("table.password_protected", name=path.name) from None
    except (CalamineError, OSError) as error:
        raise InvalidInput("table.corrupt", name=path.name) from error


def _sheet(sheet: CalamineSheet) -> Sheet:
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise InvalidInput("table.too_many_cells", rows=sheet.total_height, columns=sheet.total_width)
    rows: tuple[tuple[Cell, ...], ...] = ()
    if sheet.height:
        rows = tuple(tuple(row) for row in sheet.to_python(skip_empty_area=False))
    spans = tuple(Span(*start, *end) for start, end in sheet.merged_cell_ranges or ())
    return Sheet(sheet.name, rows, merged=spans)
