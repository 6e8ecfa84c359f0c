"""Lines of a table that are no records: totals, hints on how to fill it in, an example, who filled it in.

The one thing to get wrong: a record must never be taken for one of these. So a totals line holds nothing but figures
beside its word, and hints and examples only count above the first record.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from warehouse_hub.directory.spreadsheet.cells import is_blank
from warehouse_hub.directory.spreadsheet.table import Cell

_TOTALS = re.compile(
    r"(?:本[页表])?(?:合|总|小|共|累)\s*计(?:\s*[:(].*)?|(?:grand |sub[- ]?)?totals?\s*:?",
    re.IGNORECASE | re.DOTALL,
)
_FIGURE = re.compile(r"[+-]?[\d.]")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>")
_EXAMPLE = re.compile(r"例如?|e\.g\.", re.IGNORECASE)
_EXAMPLE_START = re.compile(r"(?:示例|样例|范例|例如?|e\.g\.|example)\s*:", re.IGNORECASE)
_FOOTNOTE = re.compile(
    r"(?:备注|注|说明|填表说明|填[表报]人|审核人?|复核人?|制表人?|单位负责人|负责人|联系人|联系电话|填[表报]日期|"
    r"notes?|remarks?|prepared by|filled in by|source)\s*\d*\s*:",
    re.IGNORECASE,
)


def aside_code(cells: Sequence[Cell], *, before_records: bool) -> str | None:
    """Why a line is no record ("row.total_left_out" …), or None for a record. `cells` are all of the line's."""
    filled = [cell for cell in cells if not is_blank(cell)]
    if not filled or not isinstance(filled[0], str):
        return None
    texts = [_plain(cell) for cell in filled]
    if _TOTALS.fullmatch(texts[0]) and all(_FIGURE.match(text) for text in texts[1:]):
        return "row.total_left_out"
    if _FOOTNOTE.match(texts[0]):
        return "row.footnote_left_out"
    if before_records and all(_BRACKETED.fullmatch(text) for text in texts):
        return "row.hint_left_out"
    if before_records and (_EXAMPLE.fullmatch(texts[0]) or _EXAMPLE_START.match(texts[0])):
        return "row.example_left_out"
    return None


def _plain(cell: Cell) -> str:
    return " ".join(unicodedata.normalize("NFKC", str(cell)).split())
