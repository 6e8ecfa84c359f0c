"""Read a file into a table, whatever it was saved as; the content decides, the file's ending only helps.

The one thing to get wrong: an xls that is really HTML, or a csv named xlsx, is common; the ending is no proof.
"""

from __future__ import annotations

from pathlib import Path

from warehouse_hub.core.errors import InvalidInput, Problem
from warehouse_hub.directory.spreadsheet.asides import aside_code
from warehouse_hub.directory.spreadsheet.cells import is_blank
from warehouse_hub.directory.spreadsheet.delimited import read_delimited
from warehouse_hub.directory.spreadsheet.header_row import Header, columns_of, find_header
from warehouse_hub.directory.spreadsheet.header_words import HeaderWords, listing_headers
from warehouse_hub.directory.spreadsheet.objects import read_objects
from warehouse_hub.directory.spreadsheet.table import Row, Sheet, Table
from warehouse_hub.directory.spreadsheet.workbook import is_workbook, read_workbook

MOST_BYTES = 50 * 2**20
MOST_ROWS = 200_000
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".json", ".geojson")
_OTHER_KINDS = (
    b"%PDF",
    b"<!DOCTYPE",
    b"<html",
    b"<?xml",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"{\\rtf",
    b"Rar!",
    b"7z\xbc",
)


def read_table(path: Path, words: HeaderWords | None = None) -> Table:
    """The table in a file, with the sheet that names most fields when there are several.

    `words` says what headers mean; left out, they are those of warehouses. Rows without any value are left out,
    and so are, with a note, totals, hints, examples and footnotes; every row keeps its own number. Columns for one
    field twice are in `problems`, unknown columns in `notes`.

    Raises InvalidInput("table.not_found" | "table.empty" | "table.too_large" | "table.wrong_type" | "table.corrupt" |
    "table.password_protected" | "table.unpacks_too_large" | "table.too_many_cells" | "table.too_many_rows" |
    "table.encoding_unknown" | "table.unreadable" | "table.not_json" | "table.not_a_list_of_objects" |
    "table.no_header").
    """
    sheets = _sheets(path)
    words = words or listing_headers()
    headers = [(sheet, header) for sheet in sheets if (header := find_header(sheet, words))]
    if not headers:
        filled = any(not is_blank(cell) for sheet in sheets for row in sheet.rows for cell in row)
        raise InvalidInput("table.no_header" if filled else "table.empty", name=path.name)
    sheet, header = max(headers, key=lambda found: found[1].understood)
    others = [other.name for other, _ in headers if other is not sheet]
    return _table(sheet, header, others)


def _sheets(path: Path) -> list[Sheet]:
    if not path.is_file():
        raise InvalidInput("table.not_found", name=path.name)
    size = path.stat().st_size
    if size == 0:
        raise InvalidInput("table.empty", name=path.name)
    if size > MOST_BYTES:
        raise InvalidInput("table.too_large", name=path.name, bytes=size, most=MOST_BYTES)
    with path.open("rb") as file:
        start = file.read(512)
    ending = path.suffix.lower()
    if is_workbook(start):
        return read_workbook(path)
    if ending not in ENDINGS or start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_OTHER_KINDS):
        raise InvalidInput("table.wrong_type", name=path.name, known=list(ENDINGS))
    if ending in {".xlsx", ".xlsm", ".xls"}:
        raise InvalidInput("table.corrupt", name=path.name)
    return [read_objects(path) if ending in {".json", ".geojson"} else read_delimited(path)]


def _table(sheet: Sheet, header: Header, others: list[str | None]) -> Table:
    columns, problems, notes = columns_of(header)
    rows: list[Row] = []
    for place, cells in enumerate(sheet.rows[header.last_row + 1 :], start=header.last_row + 1):
        values = tuple(cells[column.index] if column.index < len(cells) else None for column in columns)
        if all(is_blank(value) for value in values):
            continue
        number = sheet.first_number + place
        if code := aside_code(cells, before_records=not rows):
            notes = (*notes, Problem(code, number))
        else:
            rows.append(Row(number, values))
    if not rows:
        notes = (*notes, Problem("table.no_rows"))
    if len(rows) > MOST_ROWS:
        raise InvalidInput("table.too_many_rows", rows=len(rows), most=MOST_ROWS)
    if others:
        notes = (*notes, Problem("table.other_sheets_left_out", facts={"sheets": others}))
    return Table(columns, tuple(rows), sheet.name, sheet.first_number + header.last_row, problems, notes)
