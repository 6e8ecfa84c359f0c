"""Conditions on the text of a listing: words and phrases.

The one thing to get wrong: a phrase is looked for in the canonical spelling of a text, so both must be made by
`canonical`; and a Latin word at its end must end there too: "art" does not stand in "part".
"""

from __future__ import annotations

from dataclasses import dataclass

from warehouse_hub.search.text.analysis import LONGEST_TOKEN, fold, pairs, runs


@dataclass(frozen=True)
class Word:
    """Found where all of `tokens` stand, or any one of `instead`; with a `prefix`, where a token begins with it."""

    tokens: tuple[str, ...]
    instead: tuple[str, ...] = ()
    prefix: str | None = None


@dataclass(frozen=True)
class Phrase:
    """Neighbours exactly as written; `text` is canonical and not empty."""

    text: str

    @property
    def tokens(self) -> tuple[str, ...]:
        """Tokens that every text with this phrase has; a text can have them all and not the phrase."""
        found = (pairs(run) or [run] if is_cjk else [run[:LONGEST_TOKEN]] for run, is_cjk in runs(self.text))
        return tuple(dict.fromkeys(token for tokens in found for token in tokens))

    def stands_in(self, text: str) -> bool:
        """Whether a canonical text, or several on lines of their own, has the phrase."""
        start = text.find(self.text)
        while start >= 0:
            if not (_is_inside_word(text, start) or _is_inside_word(text, start + len(self.text))):
                return True
            start = text.find(self.text, start + 1)
        return False


def canonical(text: str) -> str:
    """The spelling in which phrases are compared: folded runs of one script, joined by single spaces."""
    return " ".join(run for run, _ in runs(fold(text)))


def _is_inside_word(text: str, at: int) -> bool:
    """Whether a Latin word goes on over this place. Runs are parted by spaces, so its neighbours are of one script."""
    around = text[max(0, at - 1) : at + 1]
    return len(around) == 2 and not around.isspace() and next(runs(around), ("", True)) == (around, False)
