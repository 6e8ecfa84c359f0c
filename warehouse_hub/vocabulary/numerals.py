"""Numbers as people and sources print them: 1,203,449 · 1 203 449 · 12万 · 1.5万 · 两千五 · 25k · 1.2 million.

The one thing a reader would get wrong: a separator that could mean two things is refused, not guessed. "1,5" and
"12,03,449" are refused here; "12.500" is read as a decimal with `ambiguous` set, and the caller decides by the unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.vocabulary.measures import tidy

_DIGITS = {digit: Decimal(value) for value, digit in enumerate("零一二三四五六七八九")} | {
    "〇": Decimal(0),
    "两": Decimal(2),
}
_TENS = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
_MYRIADS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_WORDS = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "mn": 1_000_000, "million": 1_000_000}

_LITERAL = re.compile(r"\d{1,3}(?: \d{3})+(?![\d])(?:\.\d+)?|\d+(?:[,'.]\d+)*")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:([, '])\d{3})(?:\1\d{3})*(?:\.\d+)?")
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
# A bare m is a metre; it is a million only where an area follows ("1.2M sq ft", "2 msf").
_WORD = re.compile(r"\s*(k(?![a-z])|thousand|million|mn(?![a-z])|m(?=\s*s[qf]))")
_MARK = re.compile(r"\s*([十百千万亿])")


@dataclass(frozen=True)
class ReadNumber:
    """`length` characters were read; `ambiguous` marks three decimals that may be a thousands group ("12.500")."""

    value: Decimal
    length: int
    ambiguous: bool = False


def read_number(text: str) -> ReadNumber | None:
    """The number `text` (NFKC, lower case) starts with, or None when it starts with none.

    Raises InvalidInput("quantity.ambiguous_number") for separators that can be read in two ways.
    """
    tokens, end = _tokens(text)
    if not tokens:
        return None
    ambiguous = len(tokens) == 1 and _AMBIGUOUS.fullmatch(tokens[0]) is not None
    value = _evaluate(tokens)
    word = _WORD.match(text, end)
    if word:
        value, end, ambiguous = value * _WORDS[word.group(1)], word.end(), False
    return ReadNumber(tidy(value), end, ambiguous)


def _tokens(text: str) -> tuple[list[str], int]:
    found: list[str] = []
    end = 0
    while end < len(text):
        literal = _LITERAL.match(text, end)
        mark = _MARK.match(text, end)
        if literal and not (found and found[-1][0].isascii()):
            found.append(literal.group())
            end = literal.end()
        elif mark and (found or text[end] == "十"):
            found.append(mark.group(1))
            end = mark.end()
        elif text[end] in _DIGITS:
            found.append(text[end])
            end += 1
        else:
            break
    return found, end


def _literal(token: str) -> Decimal:
    if _PLAIN.fullmatch(token):
        return Decimal(token)
    if _GROUPED.fullmatch(token):
        return Decimal(re.sub("[, ']", "", token))
    raise InvalidInput("quantity.ambiguous_number", text=token)


def _evaluate(tokens: list[str]) -> Decimal:
    if len(tokens) > 1 and all(token in _DIGITS for token in tokens):
        return Decimal("".join(str(_DIGITS[token]) for token in tokens))
    if any(_is_figure(left) and _is_figure(right) and left not in "零〇" for left, right in pairwise(tokens)):
        raise InvalidInput("quantity.ambiguous_number", text="".join(tokens))
    total = section = Decimal(0)
    pending: Decimal | None = None
    last_mark = Decimal(1)
    for token in tokens:
        if token in _TENS:
            section += (Decimal(1) if pending is None else pending) * _TENS[token]
            pending, last_mark = None, _TENS[token]
        elif token in _MYRIADS:
            # 一亿二千万: 万 counts its own section, 亿 all that stands before it.
            last_mark = _MYRIADS[token]
            before = total if last_mark > _MYRIADS["万"] else Decimal(0)
            total += (section + (pending or 0)) * last_mark + before * (last_mark - 1)
            section, pending = Decimal(0), None
        else:
            pending = _DIGITS[token] if token in _DIGITS else _literal(token)
    if pending is not None and _is_colloquial(tokens):
        pending *= last_mark / 10
    return total + section + (pending or 0)


def _is_figure(token: str) -> bool:
    return token in _DIGITS or token[0].isdigit()


def _is_colloquial(tokens: list[str]) -> bool:
    """两千五 is 2500 and 1万5 is 15000: one digit straight after a mark counts tenths of that mark."""
    if len(tokens) < 2:
        return False
    mark, digit = tokens[-2:]
    return (mark in _MYRIADS or mark in ("百", "千")) and len(digit) == 1 and _is_figure(digit)
