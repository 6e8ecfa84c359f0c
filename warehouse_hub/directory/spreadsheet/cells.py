"""What one cell says: text, number, date, yes or no, a list of words. Nothing is guessed; None is unknown.

The one thing to get wrong: a spreadsheet keeps only fifteen digits of a number, so an 18-digit code that was typed
into a number cell is already wrong when we see it and must be refused, not printed back.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.directory.rules.facts import LONGEST_TEXT
from warehouse_hub.directory.spreadsheet.table import Cell

# Numbers from here on may have lost digits in a spreadsheet.
_EXACT_BELOW = 10**15
LARGEST_EXPONENT = 13
# Nobody sees them, a database refuses some, and some turn around the text beside them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
# "NA" is no blank: it is Namibia.
_BLANK_WORDS = frozenset(
    {
        *("-", "--", "—", "——", "/", "\\", "?", "n/a", "#n/a", "null", "none", "nil", "unknown", "tbd"),
        *("未知", "不详", "不明", "暂无", "待定", "待确认", "未填报", "未填", "无数据"),
    }
)
_YES = frozenset(
    {
        *("是", "有", "可", "可以", "提供", "支持", "√", "✓", "✔", "☑", "●"),
        *("1", "y", "yes", "true", "t", "x", "o"),
    }
)
_NO = frozenset(
    {
        *("否", "无", "没有", "不", "不可", "不提供", "不支持"),
        *("×", "✗", "✘", "☐", "○", "0", "n", "no", "false", "f"),
    }
)
_WRAPPED_HAN = re.compile(r"(?<=[\u3400-\u9fff])\n(?=[\u3400-\u9fff])")
_SEPARATORS = re.compile(r"[、,，;；|/\n\t]+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?e\+?\d+", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([, '])\d{3})(?:\1\d{3})*(?:\.\d+)?")

_YEAR_FIRST = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})"
    r"(?:日|(?:日|[T ]|日 )([01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_AROUND_SIGNS = re.compile(r"\s*([-/.年月日])\s*")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_IMPRECISE = re.compile(
    r"\d{4}(?:年|[-/.年]\d{1,2}月?|[-/. ]?Q[1-4]|年?第?[一二三四1-4]季度)?", re.IGNORECASE
)
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)


def is_blank(cell: Cell) -> bool:
    """Whether the cell holds nothing that a person can see."""
    if cell is None or (isinstance(cell, list | dict) and not cell):
        return True
    return isinstance(cell, str) and not _visible(cell)


def text_of(cell: Cell) -> str | None:
    """The cell as one tidy line or lines of text; None for an empty cell and for words such as 未知 or n/a.

    Full-width letters become narrow, no-break spaces spaces; line breaks stay.

    Raises InvalidInput("cell.not_text") for a list or mapping of a JSON file, or "listing.text_too_long".
    """
    if isinstance(cell, list | dict):
        raise InvalidInput("cell.not_text")
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        cell = int(cell) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        cell = cell.date()
    text = "" if cell is None else _visible(str(cell))
    if len(text) > LONGEST_TEXT:
        raise InvalidInput("listing.text_too_long", most=LONGEST_TEXT)
    return None if not text or text.casefold() in _BLANK_WORDS else text


def line_of(cell: Cell) -> str | None:
    """`text_of` as one line: a name that was wrapped within its cell has no line break in it."""
    text = text_of(cell)
    return None if text is None else " ".join(_WRAPPED_HAN.sub("", text).splitlines())


def code_of(cell: Cell) -> str | None:
    """A code such as an id or an 18-digit credit code, as text without spaces.

    Raises InvalidInput("code.lost_digits") for a number that a spreadsheet no longer keeps digit by digit.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not abs(cell) < _EXACT_BELOW or cell != int(cell):
            raise InvalidInput("code.lost_digits", value=str(cell)[:40])
        return str(int(cell))
    text = text_of(cell)
    if text is None:
        return None
    bare = unicodedata.normalize("NFKC", "".join(text.split())).lstrip("'")
    if _SCIENTIFIC.fullmatch(bare):
        raise InvalidInput("code.lost_digits", value=bare)
    return bare


def number_of(cell: Cell) -> Decimal | None:
    """A plain number, with thousands separators if any; an amount with a unit is `vocabulary.quantities`' business.

    Raises InvalidInput("cell.not_a_number"), also for "1,5" which can be read in two ways, or
    "cell.number_too_large" from ten million million on.
    """
    if isinstance(cell, bool):
        raise InvalidInput("cell.not_a_number", value=str(cell))
    if isinstance(cell, int | float):
        # repr is the shortest decimal that means this float: 0.1, not 0.1000000000000000055.
        return reasonable(Decimal(repr(cell)), str(cell))
    text = text_of(cell)
    if text is None:
        return None
    plain = unicodedata.normalize("NFKC", text).strip()
    if "_" in plain:
        raise InvalidInput("cell.not_a_number", value=text[:40])
    if _GROUPED.fullmatch(plain):
        plain = re.sub("[, ']", "", plain)
    try:
        return reasonable(Decimal(plain), text)
    except InvalidOperation:
        raise InvalidInput("cell.not_a_number", value=text[:40]) from None


def reasonable(value: Decimal, text: str) -> Decimal:
    """The value, if the directory can keep it; "1e400000000" would fill the memory when it is written out."""
    if not value.is_finite() or (value and value.adjusted() < -LARGEST_EXPONENT):
        raise InvalidInput("cell.not_a_number", value=text[:40])
    if value.adjusted() >= LARGEST_EXPONENT:
        raise InvalidInput("cell.number_too_large", value=text[:40])
    return value


def date_of(cell: Cell) -> date | None:
    """A civil date that is exact to the day.

    Raises InvalidInput("date.imprecise") for a year, a quarter or a month, "date.ambiguous" for 03/04/2026,
    "date.unreadable" for anything else.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    if text is None:
        return None
    plain = _AROUND_SIGNS.sub(r"\1", " ".join(unicodedata.normalize("NFKC", text).split()))
    if plain.isdecimal() and int(plain) in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=int(plain))
    if found := _YEAR_FIRST.fullmatch(plain) or _COMPACT.fullmatch(plain):
        return _civil(int(found[1]), int(found[2]), int(found[3]), text)
    if found := _YEAR_LAST.fullmatch(plain):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if first <= 12 and second <= 12 and first != second:
            raise InvalidInput("date.ambiguous", value=text)
        return _civil(year, min(first, second), max(first, second), text)
    if _IMPRECISE.fullmatch(plain):
        raise InvalidInput("date.imprecise", value=text)
    raise InvalidInput("date.unreadable", value=text[:40])


def flag_of(cell: Cell) -> bool | None:
    """Yes, no, or None for an empty cell, which is unknown and not no.

    Raises InvalidInput("cell.not_yes_or_no").
    """
    if isinstance(cell, bool):
        return cell
    text = text_of(cell)
    if text is None:
        return None
    word = unicodedata.normalize("NFKC", text).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise InvalidInput("cell.not_yes_or_no", value=text[:40])


def words_of(cell: Cell) -> tuple[str, ...]:
    """The words of a list in one cell, each once, whichever of 、 , ; / | or a line break stands between them."""
    if isinstance(cell, list):
        parts = [text_of(part) for part in cell]
    else:
        text = text_of(cell)
        parts = [text_of(part) for part in _SEPARATORS.split(text)] if text else []
    return tuple(dict.fromkeys(part for part in parts if part))


def lines_of(cell: Cell) -> tuple[str, ...]:
    """The statements of a cell that holds one a line."""
    text = text_of(cell)
    return tuple(line for part in text.split("\n") if (line := part.strip())) if text else ()


def _visible(text: str) -> str:
    # Full-width letters and digits are narrowed; NFKC on the whole text would also break ㎡ and ½ in descriptions.
    narrow = "".join(
        chr(ord(mark) - 0xFEE0) if "！" <= mark <= "～" and mark.isalnum() else mark for mark in text
    )
    # Half of a surrogate pair, which JSON can hold, is no text that could be stored.
    whole = narrow if narrow.isascii() else narrow.encode("utf-8", "replace").decode("utf-8")
    lines = (" ".join(line.split()) for line in _INVISIBLE.sub("", whole).splitlines())
    return "\n".join(lines).strip()


def _civil(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidInput("date.unreadable", value=text[:40]) from None
