"""What an xlsx file would become, known before it is unpacked: a zip bomb or a far-off cell would fill the memory.

The one thing to get wrong: the reader lays a sheet out as a full rectangle, so one value in XFD1048576 costs seventeen
thousand million cells, and the dimension that the file declares need not be true. So the cell addresses are read.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from warehouse_hub.core.errors import InvalidInput

MOST_UNPACKED_BYTES = 600 * 2**20
MOST_CELLS = 10_000_000
MOST_ROWS = 200_000
_CHUNK = 1 << 20
# A cell that closes itself holds only a format; the reader leaves it out.
_ADDRESS = re.compile(
    rb"""<(?:\w+:)?c\s(?:[^<>]*?\s)?r\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["'](?:[^<>]*[^/<>])?>"""
)


def check_archive(path: Path) -> None:
    """Let a workbook pass that can be read in bounded memory.

    Raises InvalidInput("table.unpacks_too_large" | "table.too_many_cells" | "table.corrupt").
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED_BYTES:
                raise InvalidInput("table.unpacks_too_large", most=MOST_UNPACKED_BYTES)
            for entry in archive.infolist():
                # A workbook may keep its sheets under any name.
                if entry.filename.lower().endswith(".xml"):
                    _check_sheet(archive, entry)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise InvalidInput("table.corrupt", name=path.name) from error


def _check_sheet(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    rows = columns = 0
    for letters, number in _addresses(archive, entry):
        rows = max(rows, number)
        columns = max(columns, letters)
        if rows > MOST_ROWS or rows * columns > MOST_CELLS:
            raise InvalidInput("table.too_many_cells", rows=rows, columns=columns, most=MOST_CELLS)


def _addresses(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[tuple[int, int]]:
    """(column, row) of every cell with a value, both from 1."""
    kept = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            kept += chunk
            end = 0
            for found in _ADDRESS.finditer(kept):
                yield _column_number(found[1]), int(found[2])
                end = found.end()
            kept = kept[max(end, len(kept) - 4096) :]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
