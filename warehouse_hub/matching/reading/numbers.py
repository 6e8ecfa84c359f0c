"""Figures as people write them: 20,000, 25k, 0.5万, 1.2w, 两三百, 三千五, "a couple of hundred".

Two neighbouring digits before 十, 百, 千 or 万 are a range (两三百 is 200 to 300), and 几百 is no figure at all: it is
read over and gives no number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "俩": 2,
    "三": 3,
    "仨": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?![\d.,])|\d{1,12}(?:\.\d{1,6})?")
_DOTTED_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d{1,3}\.000(?![\d.])")
_LATIN_MULTIPLIERS = (("million", 10**6), ("thousand", 1000), ("hundred", 100), ("mn", 10**6), ("mil", 10**6))
_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "eighteen": 18,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_SCALES = {"hundred": 100, "thousand": 1000, "grand": 1000, "million": 10**6, "dozen": 12}
_LONGEST_RUN = 16
_WORD = re.compile(r"[a-z]{2,9}|a(?![a-z])")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that ends at `end`; `low` is None when it is vague, `multiplier` what a unit letter multiplied by."""

    low: Decimal | None
    high: Decimal | None
    end: int
    multiplier: int = 1


def read_figure(text: str, start: int) -> Figure | None:
    """The figure that begins at `start` of a folded text, or None."""
    char = text[start]
    if char.isdigit() and char.isascii():
        return _arabic(text, start)
    if char in _DIGITS or char in "十百千几数" or (char == "半" and text[start + 1 : start + 2] == "万"):
        return _chinese(text, start)
    if "a" <= char <= "z":
        return _english(text, start)
    return None


def _arabic(text: str, start: int) -> Figure | None:
    dotted = _DOTTED_THOUSANDS.match(text, start)
    found = dotted or _FIGURE.match(text, start)
    if found is None:
        return None
    printed = found[0].replace(" ", "").replace(",", "")
    value = Decimal(printed.replace(".", "")) if dotted else Decimal(printed)
    multiplier, end = _multiplier(text, found.end())
    value *= multiplier
    if multiplier == 10_000 and _is_half_said(text, end):
        return Figure(value + int(text[end]) * 1000, None, end + 1)
    return Figure(value, None, end, multiplier)


def _is_half_said(text: str, end: int) -> bool:
    """Whether one digit behind 万 counts thousands (3万5 is 35,000)."""
    digit, after = text[end : end + 1], text[end + 1 : end + 2]
    return digit.isdecimal() and not after.isdecimal() and after not in tuple(".,-~个")


def _multiplier(text: str, end: int) -> tuple[int, int]:
    """The multiplier behind a figure and where it ends."""
    total = 1
    while end < len(text) and text[end] in "百千万亿":
        total *= _POWERS.get(text[end]) or _MYRIADS[text[end]]
        end += 1
        if total > 10**12:
            break
    if total > 1:
        return total, end
    return _letter_multiplier(text, end) or _word_multiplier(text, end) or (1, end)


def _letter_multiplier(text: str, end: int) -> tuple[int, int] | None:
    """k, w (万) and, before a unit or a currency, m."""
    letter, following = text[end : end + 1], text[end + 1 : end + 3]
    closed = not ("a" <= following[:1] <= "z")
    if letter == "k" and (closed or following in ("sq", "sf", "s ", "rm", "us", "eu")):
        return 1000, end + 1
    if letter == "w" and closed:
        return 10_000, end + 1
    if letter == "m" and text[end + 1 :].lstrip(" ").startswith(("sq", "sf", "usd", "eur", "rmb")):
        return 10**6, end + 1
    if text[end : end + 2] == " k" and text[end + 2 : end + 5] in (" sq", " sf", ""):
        return 1000, end + 2
    return None


def _word_multiplier(text: str, end: int) -> tuple[int, int] | None:
    start = end + 1 if text[end : end + 1] == " " else end
    for word, value in _LATIN_MULTIPLIERS:
        after = text[start + len(word) : start + len(word) + 1]
        if text.startswith(word, start) and not ("a" <= after <= "z"):
            return value, start + len(word)
    return None


def _chinese(text: str, start: int) -> Figure | None:
    end = start
    while end < len(text) and end - start < _LONGEST_RUN and _goes_on(text, end):
        end += 1
    run = text[start:end]
    if any(char in "几数" for char in run):
        vague = len(run) > 1 or run == "几"
        return Figure(None, None, end) if vague else None
    if run in ("千", "百", "") or (run.startswith("半") and run != "半万"):
        return None
    if len(run) >= 3 and all(char in _DIGITS for char in run):  # 二〇二七
        return Figure(Decimal("".join(str(_DIGITS[char]) for char in run)), None, end)
    return _neighbours(run, start, end) or Figure(_value(run), None, end)


def _goes_on(text: str, end: int) -> bool:
    char = text[end]
    if char == "半":
        return text[end + 1 : end + 2] == "万"
    return char in _DIGITS or char in "十百千万亿几数"


def _neighbours(run: str, start: int, end: int) -> Figure | None:
    """The range that two neighbouring digits state (两三百), or None."""
    for index, (first, second) in enumerate(pairwise(run)):
        if first not in _DIGITS or second not in _DIGITS or first in "零〇" or second in "零〇":
            continue
        low, high = _value(run[: index + 1] + run[index + 2 :]), _value(run[:index] + run[index + 1 :])
        if low < high:
            return Figure(low, high, end)
        return Figure(Decimal(_DIGITS.get(run[0], 10)), None, start + 1)
    return None


def _value(run: str) -> Decimal:
    """The value of a run of Han numerals; 三千五 is 3,500 and 两万五 25,000, but 三十五 is 35."""
    if run == "半万":
        return Decimal(5000)
    total = section = 0
    digit: int | None = None
    last_power = 1
    for char in run:
        if char in _DIGITS:
            digit = _DIGITS[char]
            if char in "零〇":
                last_power = 10
        elif char in _POWERS:
            section += (1 if digit is None else digit) * _POWERS[char]
            last_power, digit = _POWERS[char], None
        else:
            section += digit or 0
            total += (section or 1) * _MYRIADS[char]
            section, digit, last_power = 0, None, _MYRIADS[char]
    if digit is not None:
        section += digit * (last_power // 10 if last_power >= 100 else 1)
    return Decimal(total + section)


def _english(text: str, start: int) -> Figure | None:
    if start > 0 and "a" <= text[start - 1] <= "z":
        return None
    total = current = 0
    end, seen, position = start, False, start
    for _ in range(8):
        found = _WORD.match(text, position)
        if found is None or (found.end() < len(text) and "a" <= text[found.end()] <= "z"):
            break
        word = found[0]
        if word in _WORDS:
            current, seen = current + _WORDS[word], True
        elif word in _SCALES:
            scale = _SCALES[word]
            if scale in {1000, 10**6}:
                total, current = total + max(current, 1) * scale, 0
            else:
                current = max(current, 1) * scale
            seen = True
        elif word == "couple" and not seen:
            current, seen = 2, True
        elif (word == "a" and position == start) or (word in ("and", "of") and seen):
            position = found.end() + 1
            continue
        else:
            break
        end, position = found.end(), found.end() + 1
        if text[found.end() : found.end() + 1] != " ":
            break
    return Figure(Decimal(total + current), None, end) if seen else None
