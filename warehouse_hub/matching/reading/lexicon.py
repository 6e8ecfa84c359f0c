"""Every word the reader knows, found by longest match.

A key may mean several things ("georgia" is a country and a state): all its senses are kept, and whoever reads a token
asks for the kind that fits. Keys are folded; nothing here decides what a text means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse_hub.matching.reading.normalise import fold_key, is_latin

WORDS_DIR = Path(__file__).with_name("words")


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a word: what kind of thing it names, and which."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Entry:
    """The meanings of a key; `upper` ones count only where the source is written in capitals."""

    senses: tuple[Sense, ...]
    upper: bool = False
    after_number: bool = False


class Lexicon:
    """Keys with their entries, and for each beginning the lengths worth trying."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}

    def add(
        self, word: str, kind: str, value: str, *, upper: bool = False, after_number: bool = False
    ) -> None:
        """Teach one word; a second meaning joins the first, and the looser condition wins."""
        self.add_folded(fold_key(word), kind, value, upper=upper, after_number=after_number)

    def add_folded(
        self, key: str, kind: str, value: str, *, upper: bool = False, after_number: bool = False
    ) -> None:
        """As `add`, for a key that is folded already."""
        if not key:
            return
        sense = Sense(kind, value)
        known = self._entries.get(key)
        if known is None:
            self._entries[key] = Entry((sense,), upper, after_number)
            head = key[:2]
            lengths = self._lengths.get(head, ())
            if len(key) not in lengths:
                self._lengths[head] = tuple(sorted((*lengths, len(key)), reverse=True))
        else:
            senses = known.senses if sense in known.senses else (*known.senses, sense)
            self._entries[key] = Entry(senses, known.upper and upper, known.after_number and after_number)

    def get(self, key: str) -> Entry | None:
        """The entry of a folded key."""
        return self._entries.get(key)

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def items(self) -> Iterator[tuple[str, Entry]]:
        """All (key, entry) pairs."""
        return iter(self._entries.items())

    def matches(self, text: str, start: int) -> Iterator[tuple[int, Entry]]:
        """The ends and entries of all keys that stand at `start` as whole words, longest first.

        An English plural counts as its singular. Han keys need no word boundary.
        """
        for head in (text[start : start + 2], text[start : start + 1]):
            for length in self._lengths.get(head, ()):
                end = start + length
                entry = self._entries.get(text[start:end])
                if entry is None or end > len(text):
                    continue
                closed = _closed_end(text, end)
                if closed is not None:
                    yield closed, entry
            if len(head) == 1:
                return


def _closed_end(text: str, end: int) -> int | None:
    """Where the word ends that a key filled up to `end`, or None when the key is only its beginning."""
    last = text[end - 1]
    if not (is_latin(last) or last.isdigit()) or end == len(text):
        return end
    following = text[end]
    if is_latin(last):
        if following == "'" and text[end + 1 : end + 2] == "s" and _is_boundary(text, end + 2):
            return end + 2
        if following == "s" and _is_boundary(text, end + 1):
            return end + 1
        return None if is_latin(following) or following.isdigit() else end
    return None if following.isdigit() or is_latin(following) else end


def _is_boundary(text: str, end: int) -> bool:
    return end >= len(text) or not (is_latin(text[end]) or text[end].isdigit())


def word_files() -> Iterator[Path]:
    """The data files of words, in a stable order."""
    return iter(sorted(WORDS_DIR.glob("*.tsv")))


def read_word_file(path: Path) -> Iterator[tuple[str, str, str, frozenset[str]]]:
    """(word, kind, value, flags) of a word file.

    A line is `kind<TAB>value<TAB>word | word | …`, and flags may follow in a fourth column; `#` begins a comment.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) < 3:
            raise ValueError(f"{path.name}:{number}: expected kind, value and words")
        flags = frozenset(cells[3].split()) if len(cells) > 3 else frozenset()
        for word in cells[2].split(" | "):
            if word.strip():
                yield word.strip(), cells[0].strip(), cells[1].strip(), flags


def add_word_files(lexicon: Lexicon, paths: Iterable[Path]) -> None:
    """Teach a lexicon all words of the files."""
    for path in paths:
        for word, kind, value, flags in read_word_file(path):
            if kind == "omit":
                continue
            lexicon.add(word, kind, value, upper="upper" in flags, after_number="after_number" in flags)
