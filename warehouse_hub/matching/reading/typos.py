"""Misspelt words put right before they are read, a slip or two away from a word that matters here.

Only vocabulary words, countries and large towns are corrected to, only from words that mean nothing, and never from
words too short to tell (shp and the like are listed as variants). A Han slip must sound the same (洛衫矶, 一件待发), or
be one character of four in the name of a place.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from pypinyin.pinyin_dict import pinyin_dict

from warehouse_hub.matching.reading.lexicon import WORDS_DIR, Lexicon
from warehouse_hub.matching.reading.normalise import Folded, is_han, is_latin
from warehouse_hub.matching.reading.placenames import Atlas
from warehouse_hub.matching.reading.tokens import Token

_TARGET_KINDS = frozenset(
    {"service", "goods", "platform", "record_class", "country", "set", "about", "region"}
)
_SHORTEST, _TWO_SLIPS, _LONGEST = 6, 9, 20
_LARGE_TOWN = 400_000
_MOST_CORRECTIONS = 40
_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvvnnnm")
_FUNCTION_CHARS = frozenset(
    "的了是在有和就都也很吧呢啊哈呀嘛哦我你他她们这那个些么给把被让跟可能会想请谢好多少前后上下里中之以于而且"
)
_ALIKE_SOUNDS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"))


class Corrector:
    """Knows every word of a lexicon and an atlas, and what a misspelt one was meant to be."""

    def __init__(self, lexicon: Lexicon, atlas: Atlas) -> None:
        common = _common_words()
        self._known: set[str] = set(common)
        targets: set[str] = set()
        self._han: dict[str, list[tuple[str, bool]]] = {}
        for key, entry in lexicon.items():
            words = [word for word in key.replace("'", " ").split() if word.isascii()]
            self._known.update(words)
            if any(sense.kind in _TARGET_KINDS for sense in entry.senses):
                targets.update(word for word in words if len(word) >= _SHORTEST - 1 and word.isalpha())
                self._add_han(key, is_place=False)
        for key, named in atlas.names.items():
            if key.isascii():
                self._known.update(key.split())
            large = any(
                place.population >= _LARGE_TOWN and place.country != "CN" for place in named.places[:1]
            )
            if large and not named.cautious:
                if key.isascii():
                    targets.update(word for word in key.split() if len(word) >= _SHORTEST and word.isalpha())
                else:
                    self._add_han(key, is_place=True)
        targets -= common
        self._slips: dict[str, set[str]] = {}
        for target in targets:
            for form in _deletions(target, 2 if len(target) >= _TWO_SLIPS else 1):
                self._slips.setdefault(form, set()).add(target)

    def _add_han(self, key: str, *, is_place: bool) -> None:
        if 3 <= len(key) <= 6 and all(is_han(char) for char in key):
            for place in range(len(key)):
                self._han.setdefault(f"{key[:place]}?{key[place + 1 :]}", []).append((key, is_place))

    def latin(self, word: str) -> str | None:
        """The one word that `word` is a slip away from, or None."""
        if (
            len(word) < _SHORTEST - 1
            or word in self._known
            or (word.endswith("s") and word[:-1] in self._known)
        ):
            return None
        for ending in ("ing", "ed", "er", "ers", "ly"):
            if word.endswith(ending) and (
                word[: -len(ending)] in self._known or word[: -len(ending)] + "e" in self._known
            ):
                return None
        allowed = 2 if len(word) >= _TWO_SLIPS else 1
        close: dict[int, set[str]] = {}
        for form in _deletions(word, allowed):
            for target in self._slips.get(form, ()):
                distance = _distance(word, target, allowed)
                if distance <= (2 if len(target) >= _TWO_SLIPS else 1) and target[0] == word[0]:
                    close.setdefault(distance, set()).add(target)
        for distance in sorted(close):
            if len(close[distance]) == 1:
                return next(iter(close[distance]))
            return None
        return None

    def han(self, text: str, unread: set[int]) -> Iterator[tuple[int, int, str]]:
        """(start, end, correction) of slips among the characters at `unread` positions."""
        taken = -1
        for position in sorted(unread):
            if position < taken:
                continue
            for length in (6, 5, 4, 3):
                for start in range(max(0, position - length + 1), position + 1):
                    window = text[start : start + length]
                    if len(window) < length or not all(is_han(char) for char in window):
                        continue
                    offset = position - start
                    for key, is_place in self._han.get(f"{window[:offset]}?{window[offset + 1 :]}", ()):
                        if (is_place and length >= 4) or _sounds_alike(window[offset], key[offset]):
                            taken = start + length
                            yield start, start + length, key
                            break
                    if taken > position:
                        break
                if taken > position:
                    break


def correct(folded: Folded, tokens: tuple[Token, ...], corrector: Corrector) -> Folded:
    """The text with its slips put right; the same object when there are none."""
    edits: list[tuple[int, int, str]] = []
    unread: set[int] = set()
    for token in tokens:
        if token.is_known:
            continue
        if is_latin(token.text[0]):
            meant = corrector.latin(token.text)
            if meant is not None:
                edits.append((token.start, token.end, meant))
        elif is_han(token.text[0]):
            unread.update(range(token.start, token.end))
    unread -= {at for at in unread if folded.text[at] in _FUNCTION_CHARS}
    edits.extend(corrector.han(folded.text, unread))
    for start, end, meant in sorted(edits, reverse=True)[:_MOST_CORRECTIONS]:
        folded = folded.with_replaced(start, end, meant)
    return folded


def _deletions(word: str, most: int) -> set[str]:
    forms = {word}
    frontier = {word}
    for _ in range(most):
        frontier = {form[:at] + form[at + 1 :] for form in frontier for at in range(len(form))}
        forms |= frontier
    return forms


def _distance(first: str, second: str, most: int) -> int:
    """Edits (insert, delete, replace, swap of neighbours) between two words; most + 1 when there are more."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, char in enumerate(first, 1):
        previous, row = row, [i] + [0] * len(second)
        for j, other in enumerate(second, 1):
            row[j] = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (char != other))
            if i > 1 and j > 1 and char == second[j - 2] and first[i - 2] == other:
                row[j] = min(row[j], before[j - 2] + 1)
        before = previous
    return row[-1]


@functools.lru_cache(maxsize=10_000)
def _sound(char: str) -> frozenset[str]:
    sounds = set()
    for spelt in pinyin_dict.get(ord(char), "").split(","):
        plain = spelt.translate(_TONES)
        for longer, shorter in _ALIKE_SOUNDS:
            plain = plain.replace(longer, shorter)
        sounds.add(plain)
    return frozenset(sounds - {""})


def _sounds_alike(first: str, second: str) -> bool:
    return first != second and bool(_sound(first) & _sound(second))


def _common_words() -> frozenset[str]:
    lines = (WORDS_DIR / "common_english.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
