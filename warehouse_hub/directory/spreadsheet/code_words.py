"""Codes out of a list that a person wrote freely: "1.一件代发 2.FBA中转", "代发和退换货", "dropship & returns".

The one thing to get wrong: a known word may hold any of these marks itself, "pick & pack" or "returns and exchanges";
so a text is looked up whole first, then taken apart at the coarsest mark, and what is unknown is named, never dropped.
"""

from __future__ import annotations

import re

from warehouse_hub.vocabulary.codes import Code, CodeList

_NUMBERING = re.compile(r"(?:^|(?<=[\s。;；]))(?:\d{1,2}\s*[.、)）:：]\s*|[(（]\d{1,2}[)）]\s*)|[①-⑳]")
_TRAILING = re.compile(r"(?:等等?|等(?:服务|业务|平台|项目|各类服务)|etc\.?|…+|[.。])+$", re.IGNORECASE)
# The coarsest first: within one part, the finer marks may belong to a word.
_MARKS = (
    re.compile(r"[。.+＋·•]|(?<=\s)-(?=\s)"),
    re.compile(r"\s+(?:and|&)\s+|[和及与&]|以及", re.IGNORECASE),
    re.compile(r"\s+"),
)


def codes_in(
    text: str, known: CodeList[Code], passed_over: frozenset[str] = frozenset()
) -> tuple[list[str], list[str]]:
    """(codes, the words that are unknown) of one part of a list."""
    found: list[str] = []
    unknown: list[str] = []
    for part in _NUMBERING.split(text):
        bare = part.strip()
        if bare:
            codes = _codes(bare, known, passed_over)
            if codes is None:
                unknown.append(bare)
            else:
                found += codes
    return found, unknown


def _codes(text: str, known: CodeList[Code], passed_over: frozenset[str]) -> list[str] | None:
    """The codes of a text, None when any of it is unknown."""
    for wording in (text, _TRAILING.sub("", text).strip()):
        if wording.casefold() in passed_over:
            return []
        if code := known.find(wording) if wording else None:
            return [code]
    for mark in _MARKS:
        parts = [part.strip() for part in mark.split(_TRAILING.sub("", text)) if part.strip()]
        if len(parts) > 1:
            read = [_codes(part, known, passed_over) for part in parts]
            if all(codes is not None for codes in read):
                return [code for codes in read for code in codes or ()]
    return None
