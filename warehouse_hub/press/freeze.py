"""Freeze a publication's content: canonical JSON, the same bytes for the same content, always.

The one thing a reader would get wrong: 33500, 33500.0 and 3.35E+4 are one Decimal to a person and three texts to
Python; frozen, they are "33500". Decimals are strings, so that no reader turns them into floats.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any


def canonical(value: object) -> str:
    """The canonical JSON text of `value`: keys sorted, no white space, UTF-8 characters as themselves.

    Decimals become plain strings ("33500", "0.5"), dates ISO strings, instants UTC strings ending in Z. Raises
    TypeError for anything without one obvious form (sets, bytes, keys that are no strings) and ValueError for
    naive instants, numbers that are not finite and text that is not valid Unicode.
    """
    plain = frozen(value)
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    text.encode("utf-8")  # a lone surrogate fails here, not in the file of a published edition
    return text


def frozen(value: object) -> Any:
    """`value` with only what JSON has: what `thaw(canonical(value))` gives back."""
    if isinstance(value, Mapping):
        return {_key(key): frozen(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [frozen(item) for item in value]
    return _scalar(value)


def thaw(text: str) -> Any:
    """The content of a frozen text; decimals and dates stay the strings they were frozen as."""
    return json.loads(text)


def digest(content: str | bytes) -> str:
    """The SHA-256 of the bytes (of UTF-8 for text), in lower-case hexadecimal."""
    return hashlib.sha256(content.encode("utf-8") if isinstance(content, str) else content).hexdigest()


def decimal_text(value: Decimal) -> str:
    """A decimal in its shortest plain notation; never an exponent, never a negative zero."""
    if not value.is_finite():
        raise ValueError("a number that is not finite cannot be frozen")
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _scalar(value: object) -> Any:
    match value:
        case None | bool() | str() | int():
            return value
        case float():
            return _finite(value)
        case Decimal():
            return decimal_text(value)
        case datetime():
            return _instant(value)
        case date():
            return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError("a number that is not finite cannot be frozen")
    return value


def _instant(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("naive datetime")
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a key that is {type(key).__name__} has no canonical form")
    return key
