"""Tokens as a reader sees them: each with its clause and sentence, and who has already been understood."""

from __future__ import annotations

from dataclasses import dataclass, field

from warehouse_hub.matching.reading.normalise import Folded, is_han
from warehouse_hub.matching.reading.tokens import CLAUSE, SENTENCE, Token


@dataclass
class Passage:
    """The tokens of one message with the clause and the sentence number of each; `read` are those understood."""

    folded: Folded
    tokens: tuple[Token, ...]
    clause: list[int] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    read: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        clause = sentence = 0
        for token in self.tokens:
            self.clause.append(clause)
            self.sentence.append(sentence)
            if token.level >= CLAUSE:
                clause += 1
            if token.level >= SENTENCE or (token.text == "." and token.level):
                sentence += 1

    def __len__(self) -> int:
        return len(self.tokens)

    def at(self, index: int) -> Token | None:
        """The token at an index, or None outside the message."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def same_clause(self, first: int, second: int) -> bool:
        """Whether no comma or full stop stands between two tokens."""
        return self.clause[first] == self.clause[second]

    def clause_range(self, index: int) -> range:
        """The indices of the clause a token stands in."""
        return _run(self.clause, index)

    def sentence_range(self, index: int) -> range:
        """The indices of the sentence a token stands in."""
        return _run(self.sentence, index)

    def is_spaced(self, index: int) -> bool:
        """Whether white space between two Han words stands before a token, which ends a phrase in Chinese."""
        token, before = self.tokens[index], self.at(index - 1)
        return token.gap and before is not None and is_han(before.text[-1])

    def source(self, first: int, last: int) -> str:
        """What the person wrote from one token to another, both included."""
        return self.folded.source_of(self.tokens[first].start, self.tokens[last].end)


def _run(numbers: list[int], index: int) -> range:
    """The indices around `index` that have its number."""
    first = last = index
    while first > 0 and numbers[first - 1] == numbers[index]:
        first -= 1
    while last + 1 < len(numbers) and numbers[last + 1] == numbers[index]:
        last += 1
    return range(first, last + 1)
