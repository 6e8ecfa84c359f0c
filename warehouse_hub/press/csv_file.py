"""Tables as CSV: RFC 4180, UTF-8 with a byte order mark so that Excel reads Chinese, inert in a spreadsheet.

The one thing a reader would get wrong: a guarded cell carries one apostrophe in front, which `unguarded` takes off
again; numbers are never guarded, so a longitude of -118.2 stays a number.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from warehouse_hub.press.columns import Cell, Column, Row
from warehouse_hub.press.freeze import decimal_text

GUARD = "'"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Excel shows a dozen digits as 9.14E+17 and keeps fifteen of them; it drops the zero of 0371.
_LOOKS_LIKE_A_NUMBER_BUT_IS_A_CODE = re.compile(r"\d{12,}|0\d+", re.ASCII)


def csv_bytes(columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    """A table with the columns' keys as its first line; a cell that a row lacks, or None, is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.key for column in columns])
    writer.writerows([cell_text(row.get(column.key)) for column in columns] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def cell_text(cell: Cell) -> str:
    """One cell as CSV has it, guarded when a spreadsheet would calculate it or mangle it."""
    match cell:
        case None:
            return ""
        case str():
            return guarded(cell)
        case Decimal():
            return decimal_text(cell)
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def guarded(text: str) -> str:
    """`text`, with an apostrophe in front when a spreadsheet would take it for a formula or a number.

    A text that already begins with an apostrophe before such a start gets another, so that nothing is lost.
    """
    bare = text.lstrip(GUARD)
    dangerous = bare.lstrip(" ").startswith(_FORMULA_STARTS) or bare.startswith(_FORMULA_STARTS)
    return GUARD + text if dangerous or _LOOKS_LIKE_A_NUMBER_BUT_IS_A_CODE.fullmatch(bare) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text.startswith(GUARD) and guarded(text[1:]) == text else text
