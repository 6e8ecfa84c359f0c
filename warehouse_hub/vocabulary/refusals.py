"""The words for every refusal: codes with facts in, a sentence in the reader's language out.

A code without words would reach people as a code, so a test holds refusals.csv to the codes that the code raises.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

LONGEST_FACT = 80
_FILE = Path(__file__).with_name("refusals.csv")


def refusal_text(code: str, facts: Mapping[str, Any], lang: str) -> str:
    """The sentence for `code` in "zh" or "en" with its facts filled in; the code itself when it has no words."""
    wording = _wordings().get(code)
    if wording is None:
        return code
    return _Forgiving("、" if lang == "zh" else ", ").vformat(wording[lang], (), facts)


def known_codes() -> frozenset[str]:
    """Every code that has words."""
    return frozenset(_wordings())


@cache
def _wordings() -> dict[str, dict[str, str]]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: {"zh": row["zh"], "en": row["en"]} for row in csv.DictReader(file)}


class _Forgiving(Formatter):
    """Fills in facts as plain text: a missing one is left blank, and none is ever looked into or padded."""

    def __init__(self, between: str) -> None:
        self._between = between

    def get_field(self, field_name: str, args: Any, kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        return self._shown(kwargs.get(field_name, "")), field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        return str(value)

    def _shown(self, fact: Any) -> str:
        if isinstance(fact, (list, tuple, set, frozenset)):
            # A list is ours, and cut short it would be wrong; what somebody typed may be of any length.
            return self._between.join(str(part) for part in fact)
        if isinstance(fact, float) and fact.is_integer():
            fact = f"{fact:,.0f}"
        text = " ".join(str(fact).split())
        return text if len(text) <= LONGEST_FACT else f"{text[:LONGEST_FACT]}…"
