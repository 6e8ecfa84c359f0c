"""Which sentences ask something and which offer something: neither states a need.

"洛杉矶有仓吗" and "can you recommend a warehouse in Poland" are needs in the form of questions; "海外仓怎么做账" is
not.
"""

from __future__ import annotations

from warehouse_hub.matching.reading.amounts import CONTAINER, ORDER, SPACE, Amount
from warehouse_hub.matching.reading.clauses import Passage

_SEEKING_HARD = frozenset(
    [
        "求",
        "求购",
        "求租",
        "求推荐",
        "寻",
        "寻找",
        "寻求",
        "找",
        "想找",
        "急找",
        "在找",
        "找仓",
        "找个",
        "找一个",
        "需要",
        "急需",
        "想租",
        "求仓",
        "求个",
        "求一个",
        "要租",
        "要找",
        "诚求",
        "诚找",
    ]
) | {
    "looking for",
    "need",
    "needs",
    "seeking",
    "searching for",
    "in search of",
    "want",
    "require",
    "would like to rent",
    "want to rent",
    "interested in",
}


def unstated_tokens(passage: Passage, amounts: list[Amount]) -> set[int]:
    """The tokens of sentences that state no need; all of them when the message as a whole states none."""
    ignored: set[int] = set()
    sentences: dict[int, list[int]] = {}
    for index, number in enumerate(passage.sentence):
        sentences.setdefault(number, []).append(index)
    for indices in sentences.values():
        if not _states(passage, indices, amounts):
            ignored.update(indices)
    rest = [index for index in range(len(passage)) if index not in ignored]
    if not rest or _offers(passage, rest) or not _is_about_storage(passage, rest, amounts):
        return set(range(len(passage)))
    return ignored


def _has(passage: Passage, indices: list[int], kind: str, value: str | None = None) -> bool:
    return any(passage.tokens[index].has(kind, value) for index in indices)


def _has_quantity(indices: list[int], amounts: list[Amount]) -> bool:
    held = set(indices)
    return any(amount.first in held and amount.kind in (SPACE, ORDER, CONTAINER) for amount in amounts)


def _has_destination(passage: Passage, indices: list[int]) -> bool:
    return any(
        passage.tokens[index].places
        or any(passage.tokens[index].has(kind) for kind in ("country", "set", "wide", "region"))
        for index in indices
    )


def _states(passage: Passage, indices: list[int], amounts: list[Amount]) -> bool:
    """Whether a sentence states something about a need, rather than asking."""
    seeks, stores = _has(passage, indices, "seek"), _has(passage, indices, "about")
    if _has(passage, indices, "ask_hard"):
        if _has_quantity(indices, amounts) and (seeks or stores) and _has_destination(passage, indices):
            return True
        hard = any(passage.tokens[index].text in _SEEKING_HARD for index in indices)
        comma = any(passage.tokens[index].text == "," for index in indices)
        return hard and stores and comma and _has_destination(passage, indices)
    marked = passage.tokens[indices[-1]].text == "?" or any(
        passage.tokens[index].text in ("吗", "么", "不") and _ends(passage, index) for index in indices
    )
    if not marked or seeks or not _has(passage, indices, "ask"):
        return True
    return (stores or _has_quantity(indices, amounts)) and _has_destination(passage, indices)


def _ends(passage: Passage, index: int) -> bool:
    following = passage.at(index + 1)
    return following is None or following.level > 0 or following.gap


def _offers(passage: Passage, indices: list[int]) -> bool:
    if not _has(passage, indices, "offer"):
        return False
    return not any(passage.tokens[index].text in _SEEKING_HARD for index in indices)


def _is_about_storage(passage: Passage, indices: list[int], amounts: list[Amount]) -> bool:
    if _has(passage, indices, "seek") or _has(passage, indices, "about"):
        return True
    has_terms = any(
        _has(passage, indices, kind) for kind in ("service", "goods", "platform", "record_class", "budget")
    )
    return _has_destination(passage, indices) and (has_terms or _has_quantity(indices, amounts))
