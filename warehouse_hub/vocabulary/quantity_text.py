"""Reading one printed quantity: qualifiers, number, unit, remark; the words of units and qualifiers are in csv files.

The one thing a reader would get wrong: whatever could change the meaning refuses the text (a second figure, a range,
a rate, an unknown word before the number); only a remark without figures behind the unit, or one in brackets, is
passed over, with a warning.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.vocabulary.codes import UNITS, VOCABULARY, rows_of, split_words
from warehouse_hub.vocabulary.measures import kind_of, tidy
from warehouse_hub.vocabulary.numerals import read_number


class UnreadableQuantity(InvalidInput):
    """A text that is no quantity, or that could be two; the code says which, `facts["text"]` is what was given."""


@dataclass(frozen=True)
class Reading:
    value: Decimal
    unit: str
    warnings: tuple[str, ...]


_WARNED_UNITS = {
    "尺": "unit.chi_read_as_square_feet",
    "平尺": "unit.chi_read_as_square_feet",
    "平方尺": "unit.chi_read_as_square_feet",
    "方": "unit.fang_read_as_cubic_metres",
    "个方": "unit.fang_read_as_cubic_metres",
}
_DAILY = re.compile(r"日均|平均每天|每天|每日|一天|日发|日出|日单量|日处理|daily\s")
_ORDERS = re.compile(r"\s*(?:单|票|订单|orders?|parcels?|packages?)?")
_COUNTER = re.compile(r"\s*(?:[x×*]\s*|个)?\s*")
# 20尺柜 is a container, so its 20 counts no square feet.
_BOX = re.compile(r"[高小大普]?柜")
_RANGE = re.compile(r"\s*(?:-|–|—|~|到|至|to\b)\s*[\d一二两三四五六七八九十]")
_RATE = re.compile(r"\s*(?:/|每|per\b|a (?:day|week|month|year)\b)")
_FIGURE = re.compile(r"\d|[一二两三四五六七八九十][百千万]")
_REMARK = re.compile(r"[(\[](.*?)[)\]]")


def _written(text: str) -> str:
    # NFKC makes ㎡, ² and full-width digits plain; prints of feet use three kinds of apostrophe.
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub("[’′‘]", "'", re.sub(r"\s+", " ", plain)).strip()


def _unit_words() -> tuple[tuple[str, str], ...]:
    words = {
        _written(word): unit.code
        for unit in UNITS
        for word in (*unit.words_zh, *unit.words_en, unit.zh, unit.en)
    }
    return tuple(sorted(words.items(), key=lambda pair: -len(pair[0])))


_UNIT_WORDS = _unit_words()
_QUALIFIER_WORDS = tuple(
    (word, row["warning"])
    for row in rows_of(VOCABULARY / "quantity_qualifiers.csv")
    for word in split_words(row["words"])
)


def read_quantity(text: str | int | Decimal, default_unit: str | None) -> Reading:
    """See `quantities.parse_quantity`."""
    if isinstance(text, bool) or not isinstance(text, (str, int, Decimal)):
        raise TypeError("a quantity is read from text, an int or a Decimal")
    if default_unit is not None:
        kind_of(default_unit)
    if not isinstance(text, str):
        return _numeric_cell(Decimal(text), default_unit)
    try:
        return _read(_written(text), default_unit)
    except InvalidInput as refusal:
        raise UnreadableQuantity(refusal.code, **{**refusal.facts, "text": text}) from None


def _numeric_cell(value: Decimal, unit: str | None) -> Reading:
    if not value.is_finite():
        raise UnreadableQuantity("quantity.unreadable", text=str(value))
    if value < 0:
        raise UnreadableQuantity("quantity.negative", text=str(value))
    if unit is None:
        raise UnreadableQuantity("unit.missing", text=str(value))
    return Reading(tidy(value), unit, ())


def _read(text: str, default_unit: str | None) -> Reading:
    warnings: list[str] = []
    text = _without_remarks(text, warnings)
    if not text:
        raise InvalidInput("quantity.empty")
    text, daily = _without_leading(text, warnings)
    if re.match(r"[-−]\s*\d", text):
        raise InvalidInput("quantity.negative")
    number = read_number(text)
    if number is None:
        raise InvalidInput("quantity.unreadable")
    rest = text[number.length :]
    if _RANGE.match(rest):
        raise InvalidInput("quantity.is_a_range")
    rest = _without_infix(rest, warnings)
    unit, rest = _daily_unit(rest) if daily else _unit_at(rest, default_unit, warnings)
    if number.ambiguous and unit != "m":
        raise InvalidInput("quantity.ambiguous_number")
    _check_tail(rest, warnings)
    return Reading(number.value, unit, tuple(dict.fromkeys(warnings)))


def _without_remarks(text: str, warnings: list[str]) -> str:
    def passed_over(match: re.Match[str]) -> str:
        inside = match.group(1).strip()
        if any(inside == word for word, _ in _UNIT_WORDS):
            return f" {inside}"
        warnings.append("quantity.remark_ignored")
        return ""

    return _REMARK.sub(passed_over, text).strip()


def _without_leading(text: str, warnings: list[str]) -> tuple[str, bool]:
    """The text from its number on, and whether it was said to be a daily number."""
    daily = False
    while True:
        mark = _DAILY.match(text)
        qualifier = _qualifier_at(text)
        if mark:
            daily, text = True, text[mark.end() :].lstrip()
        elif qualifier:
            word, code = qualifier
            warnings.append(code)
            text = text[len(word) :].lstrip(" :")
        else:
            return text, daily


def _qualifier_at(text: str) -> tuple[str, str] | None:
    fitting = [(word, code) for word, code in _QUALIFIER_WORDS if _starts_with_word(text, word)]
    return max(fitting, key=lambda pair: len(pair[0]), default=None)


def _starts_with_word(text: str, word: str) -> bool:
    if not text.startswith(word):
        return False
    following = text[len(word) : len(word) + 1]
    return not (word[-1].isascii() and word[-1].isalnum() and following.isascii() and following.isalnum())


def _without_infix(rest: str, warnings: list[str]) -> str:
    """3000多平, 3000余平米, 3,000+ sqm, 3000左右平: the qualifier between number and unit."""
    while qualifier := _qualifier_at(rest.lstrip()):
        word, code = qualifier
        warnings.append(code)
        rest = rest.lstrip()[len(word) :]
    return rest


def _daily_unit(rest: str) -> tuple[str, str]:
    orders = _ORDERS.match(rest)
    return "order_per_day", rest[orders.end() :] if orders else rest


def _unit_at(rest: str, default_unit: str | None, warnings: list[str]) -> tuple[str, str]:
    for start in (_counter_end(rest), len(rest) - len(rest.lstrip())):
        for word, code in _UNIT_WORDS:
            if _starts_with_word(rest[start:], word):
                if _BOX.match(rest, start + len(word)):
                    raise InvalidInput("unit.unknown", unit=rest.strip())
                if word in _WARNED_UNITS:
                    warnings.append(_WARNED_UNITS[word])
                return code, rest[start + len(word) :]
    if rest.strip(" .,;:。、"):
        raise InvalidInput("unit.unknown", unit=rest.strip())
    if default_unit is None:
        raise InvalidInput("unit.missing")
    return default_unit, ""


def _counter_end(rest: str) -> int:
    counter = _COUNTER.match(rest)
    return counter.end() if counter else 0


def _check_tail(rest: str, warnings: list[str]) -> None:
    """Take qualifiers off the tail and pass over a remark; refuse what could be a second figure or a rate."""
    if _RANGE.match(rest):
        raise InvalidInput("quantity.is_a_range")
    if _RATE.match(rest):
        raise InvalidInput("quantity.is_a_rate")
    if _FIGURE.search(rest):
        raise InvalidInput("quantity.ambiguous")
    rest = _without_infix(rest, warnings)
    if rest.strip(" .,;:。、"):
        warnings.append("quantity.remark_ignored")
