"""Text tables: the encoding and the separator are found out, since nobody who saves a csv is asked for either.

The one thing to get wrong: Excel in China saves GB18030, which decodes as almost anything; UTF-8 is tried first
because GB18030 text is hardly ever valid UTF-8, and not the other way round.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from pathlib import Path

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.directory.spreadsheet.table import Cell, Sheet
from warehouse_hub.press.csv_file import unguarded

SEPARATORS = (",", ";", "\t")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_LINES = 50
LONGEST_FIELD = 100_000


def read_delimited(path: Path) -> Sheet:
    """The one sheet of a csv file; records are numbered as a spreadsheet would number their rows.

    Raises InvalidInput("table.encoding_unknown" | "table.unreadable").
    """
    text = decoded(path.read_bytes())
    csv.field_size_limit(LONGEST_FIELD)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True))
    except csv.Error as error:
        raise InvalidInput("table.unreadable", name=path.name, reason=str(error)) from None
    # Our own files guard formulas and long codes with an apostrophe; whoever sends one back means what it said.
    rows: tuple[tuple[Cell, ...], ...] = tuple(tuple(map(unguarded, record)) for record in records)
    return Sheet(None, rows)


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030.

    Raises InvalidInput("table.encoding_unknown") for anything else, binary files among it.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decode(content, (encoding,))
    if content.count(0) > len(content) // 4:
        # Latin text in UTF-16 without a mark has a zero in every second byte; which one tells the byte order.
        return _decode(content, ("utf-16-be" if content[0] == 0 else "utf-16-le",))
    return _decode(content, ("utf-8", "gb18030"))


def _decode(content: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise InvalidInput("table.encoding_unknown")


def _separator(text: str) -> str:
    """The separator that divides most of the first records into the same number of parts, and into more of them."""

    def evenness(separator: str) -> tuple[float, int]:
        sample = csv.reader(text.splitlines(keepends=True)[:_SAMPLE_LINES], delimiter=separator)
        widths = Counter(len(record) for record in sample if record)
        width, often = max(widths.items(), key=lambda found: (found[1], found[0]), default=(1, 0))
        return (often / widths.total(), width) if width > 1 else (0.0, 0)

    return max(SEPARATORS, key=evenness)
