"""Files as people send them, made for a test."""

from __future__ import annotations

import csv
from pathlib import Path

import xlsxwriter

from warehouse_hub.directory.spreadsheet.reading import read_table


def xlsx(
    path: Path, *sheets: list[list], titles: tuple[str, ...] = (), merged: tuple = (), hidden: int = 0
) -> Path:
    """A workbook with one sheet for each list of rows; every title is merged over the sheet's width, above the rows.

    `merged` are (first row, first column, last row, last column, text) on the first sheet, from 0, titles included.
    """
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd", "remove_timezone": True}) as book:
        for place, rows in enumerate(sheets):
            sheet = book.add_worksheet()
            if place < hidden:
                sheet.hide()
            elif place == hidden:
                sheet.activate()
                sheet.set_first_sheet()
            width = max(len(row) for row in rows) - 1
            for number, title in enumerate(titles):
                sheet.merge_range(number, 0, number, max(1, width), title)
            for number, row in enumerate(rows, start=len(titles)):
                for column, value in enumerate(row):
                    if value is not None:
                        sheet.write(number, column, value)
            for span in merged if place == 0 else ():
                sheet.merge_range(*span)
    return path


def csv_file(path: Path, rows: list[list], *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def table_of(folder: Path, *rows: list):
    """The table in an xlsx with these rows, the header first."""
    return read_table(xlsx(folder / "sent.xlsx", list(rows)))
