"""The unified social credit code 统一社会信用代码 and its check character (GB 32100-2015)."""

from __future__ import annotations

LENGTH = 18
# Without I, O, S, V and Z, which are easily taken for digits.
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {mark: value for value, mark in enumerate(_ALPHABET)}


def is_uscc(code: str) -> bool:
    """Whether `code` (upper case) has 18 allowed characters and the right last one."""
    if len(code) != LENGTH or any(mark not in _VALUES for mark in code):
        return False
    return check_character(code[:-1]) == code[-1]


def check_character(body: str) -> str:
    """The 18th character for the first 17: 31 less the sum of values weighted by powers of 3, modulo 31."""
    total = sum(_VALUES[mark] * pow(3, place, 31) for place, mark in enumerate(body))
    return _ALPHABET[-total % 31]
