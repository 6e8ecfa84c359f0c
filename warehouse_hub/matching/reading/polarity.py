"""How a thing that is named is meant: wanted, preferred, not needed, or ruled out.

不用 is not 不要: who needs no cold store does not mind one, so it is no exclusion. A marker reaches forward to the end
of its clause; where nothing follows it to apply to, it reaches back (德国除外, "returns a plus").
"""

from __future__ import annotations

from enum import Enum

from warehouse_hub.matching.reading.clauses import Passage
from warehouse_hub.matching.reading.tokens import CLAUSE, Token

ITEM_KINDS = ("service", "goods", "platform", "record_class", "country", "set", "wide", "region", "site")
_REQUIRED_AFTER = frozenset({"needed", "required", "necessary", "need", "require"})


class Mode(Enum):
    """How an item is meant."""

    WANTED = "wanted"
    PREFERRED = "preferred"
    NEEDLESS = "needless"
    EXCLUDED = "excluded"


_MARKERS = (("no", Mode.EXCLUDED), ("needless", Mode.NEEDLESS), ("prefer", Mode.PREFERRED))


def read_modes(passage: Passage) -> dict[int, Mode]:
    """The mode of every item that is not simply wanted, by token index."""
    modes: dict[int, Mode] = {}
    current: Mode | None = None
    marker, hits = -1, 0
    for index, token in enumerate(passage.tokens):
        if token.level >= CLAUSE or token.text == ":" or (hits and passage.is_spaced(index)):
            current, hits = None, 0
        if token.level >= CLAUSE:
            continue
        chosen = _marker(passage, index)
        if chosen is not None:
            mode, forward = chosen
            if forward:
                current, marker, hits = mode, index, 0
            else:
                _reach_back(passage, index, mode, modes)
                current, hits = None, 0
            passage.read.add(index)
            continue
        if is_item(token):
            if current is not None:
                modes[index] = _softened(passage, index, current)
                hits += 1
            continue
        if current is not None and token.has("want") and (hits or index > marker + 1):
            current, hits = None, 0
    return modes


def is_item(token: Token) -> bool:
    """Whether the token names something that can be wanted or not."""
    return bool(token.places) or any(sense.kind in ITEM_KINDS for sense in token.senses)


def _marker(passage: Passage, index: int) -> tuple[Mode, bool] | None:
    """(mode, whether it reaches forward) when the token is a marker here."""
    token = passage.tokens[index]
    if token.has("soften"):
        return None
    for kind, mode in _MARKERS:
        forward = _reaches_forward(passage, index, token.values(kind))
        if forward is not None:
            return mode, forward
    return None


def _reaches_forward(passage: Passage, index: int, values: tuple[str, ...]) -> bool | None:
    """True for a marker of what follows, False for one of what stands before, None for no marker."""
    if "besides" in values:
        return None if _adds(passage, index) else True
    if "near" in values:
        following = passage.at(index + 1)
        touches = following is not None and is_item(following)
        return True if touches and not (passage.tokens[index + 1].gap and values != ("near",)) else None
    if "scope" in values and _item_ahead(passage, index):
        return True
    return False if "after" in values else None


def _adds(passage: Passage, index: int) -> bool:
    """Whether 除了 means "besides": 还 or 也 follows in the sentence."""
    indices = [at for at in passage.sentence_range(index) if at > index]
    excludes = any(passage.tokens[at].text in ("都行", "都可以", "其他", "其余", "都") for at in indices)
    return not excludes and any(passage.tokens[at].has("also") for at in indices)


def _item_ahead(passage: Passage, index: int) -> bool:
    """Whether an item stands within the reach of a marker."""
    for at in range(index + 1, len(passage)):
        token = passage.tokens[at]
        if token.level >= CLAUSE or token.text == ":" or (passage.is_spaced(at) and at > index + 1):
            return False
        if is_item(token):
            return True
        if at > index + 1 and (token.has("want") or any(token.has(kind) for kind, _ in _MARKERS)):
            return False
        if token.figure is not None:
            return False
    return False


def _reach_back(passage: Passage, index: int, mode: Mode, modes: dict[int, Mode]) -> None:
    strangers = 0
    for at in range(index - 1, -1, -1):
        token = passage.tokens[at]
        if token.level >= CLAUSE:
            return
        if is_item(token):
            modes.setdefault(at, mode)
        elif (token.has("want") and mode is not Mode.PREFERRED) or (
            token.has("want") and token.text not in ("做", "有", "能做", "支持", "提供", "with", "also")
        ):
            return
        elif not token.is_known:
            strangers += 1
            if strangers > 2 and mode is not Mode.PREFERRED:
                return
        if passage.is_spaced(at):
            return


def _softened(passage: Passage, index: int, mode: Mode) -> Mode:
    """ "No returns needed" asks for no returns, it does not rule them out."""
    if mode is Mode.EXCLUDED:
        for at in range(index + 1, min(index + 4, len(passage))):
            token = passage.tokens[at]
            if token.level >= CLAUSE:
                break
            if token.text in _REQUIRED_AFTER or token.has("fine"):
                return Mode.NEEDLESS
    return mode
