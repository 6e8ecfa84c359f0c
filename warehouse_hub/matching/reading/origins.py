"""Homes, origins and places that were turned down: named in a message, and no destinations.

"从宁波" and "from Ningbo" are weak: "ship from Germany" can be where the storage is, so a weak origin counts only when
a destination is named besides. "150 km from Warsaw" measures and is no origin at all.
"""

from __future__ import annotations

from enum import Enum

from warehouse_hub.matching.reading.clauses import Passage
from warehouse_hub.matching.reading.tokens import CLAUSE, Token

GEO_KINDS = ("country", "set", "wide", "region", "site", "state")
# What makes a town abroad a home; behind a Chinese one anything does, since storage is never there.
_HOME_AFTER = frozenset(
    [
        *("工厂", "厂家", "的工厂", "的厂", "出口", "起运", "装柜", "始发", "集货", "出运", "开出"),
        *("factory", "manufacturer", "exporter", "headquarters", "hq", "plant", "based"),
    ]
)
# "Turkish textile exporter here": who somebody is, a word or two behind the country.
_TRADES = frozenset(
    {"exporter", "manufacturer", "factory", "supplier", "trading company", "exporters", "trader"}
)
_WEAK_AFTER = frozenset({"出口", "起运"})
_SHIPPED_TO = frozenset({"到", "发往", "to", "运到", "运往"})
_MEASURING = frozenset(
    [
        *("away", "far", "drive", "drive from", "minutes", "hours", "fulfil", "deliver", "dispatch", "serve"),
        *("distribute", "local", "operate", "storage"),
    ]
)


class Origin(Enum):
    """How surely a place is where somebody is or ships from."""

    NONE = 0
    WEAK = 1
    STRONG = 2


def origin(passage: Passage, index: int) -> Origin:
    """Whether the place at a token is a home or an origin."""
    before = _marker_before(passage, index)
    if before is not None:
        token = passage.tokens[before]
        if token.has("home", "strong"):
            return Origin.STRONG
        if token.has("home", "weak") and not _is_measured_from(passage, before):
            return Origin.WEAK
    after = passage.at(index + 1)
    if after is None or after.level >= CLAUSE:
        return Origin.NONE
    if after.text in _HOME_AFTER and after.has("home", "after"):
        return Origin.WEAK if after.text in _WEAK_AFTER else Origin.STRONG
    following = [at for at in passage.clause_range(index) if index + 1 < at < index + 4]
    if any(passage.tokens[at].text in _TRADES for at in following):
        return Origin.STRONG
    beyond = passage.at(index + 2)
    shipped = after.text in _SHIPPED_TO and beyond is not None and (beyond.places or beyond.has("country"))
    return Origin.WEAK if shipped else Origin.NONE


def is_turned_down(passage: Passage, index: int) -> bool:
    """Whether the place at a token is one that somebody leaves, left, or was let down by (汉堡那家跑路了)."""
    for at in range(index - 1, max(-1, index - 4), -1):
        token = passage.tokens[at]
        if token.level >= CLAUSE or token.has("want") or token.has("seek"):
            if token.has("reject", "before"):
                return True
            break
        if token.has("reject", "before"):
            return True
    for at in range(index + 1, min(len(passage), index + 9)):
        token = passage.tokens[at]
        if token.level >= CLAUSE or (token.has("seek") and not token.has("reject")):
            return False
        if token.has("reject", "after") and not token.has("soften"):
            return True
    return False


def _marker_before(passage: Passage, index: int) -> int | None:
    """The token before a place, and before the places it is listed with ("based in Ningbo and Yiwu")."""
    back = index - 1
    while back >= 0 and (passage.same_clause(back, index) or passage.tokens[back].text == ","):
        if not _is_passed_over(passage.tokens[back]):
            break
        back -= 1
    if back < 0 or not passage.same_clause(back, index) or passage.tokens[back].level >= CLAUSE:
        return None
    return back


def _is_passed_over(token: Token) -> bool:
    named = bool(token.places) or any(token.has(kind) for kind in GEO_KINDS)
    return named or token.has("join") or token.text in ("the", "的", ":", ",")


def _is_measured_from(passage: Passage, index: int) -> bool:
    """Whether "from" measures a distance ("150 km from Warsaw") or says where to deliver from."""
    if passage.tokens[index].text not in ("from", "out of", "距", "离", "从"):
        return False
    return any(
        passage.tokens[at].has("distance") or passage.tokens[at].text in _MEASURING
        for at in range(max(0, index - 3), index)
    )
