"""What our index makes of a listing and of a query, for peers to index and to look up: the same tokens for all.

The one place that knows how the product analyses text. Whoever changes the analysis changes the two imports of search
here, and no peer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.search.language.understanding import understand
from warehouse_hub.search.text.fields import indexed_text

# A token with such an impact, one of a name mostly, counts for more than others; a peer hears of it as a repetition.
_STRONG: Final = 160


@dataclass(frozen=True)
class AskedWord:
    """One word of a query, found where all of `tokens` stand, or any one of `instead`; spelled for peers."""

    tokens: tuple[str, ...]
    instead: tuple[str, ...]


def listing_tokens(listing: PublishedListing) -> Mapping[str, int]:
    """The tokens that our index holds of a listing, spelled for peers, and how often to write each."""
    impacts = indexed_text(listing).impacts
    return {spelled(token): 2 if impact >= _STRONG else 1 for token, impact in impacts.items()}


def asked_words(text: str) -> tuple[AskedWord, ...]:
    """The words of a query's text as our engine reads them, nothing in it a filter: all of them must be found."""
    return tuple(
        AskedWord(tuple(map(spelled, word.tokens)), tuple(map(spelled, word.instead)))
        for word in understand(text, literal=True).words
    )


def spelled(token: str) -> str:
    """A token as a few letters and digits of ASCII, which no engine cuts in two and which all keep in little room.

    The same in one process for the listings and for the queries; another process numbers otherwise.
    """
    if token.isascii() and token.isalnum():
        return token
    number = _NUMBERS.setdefault(token, len(_NUMBERS))
    # No word of the sample begins so.
    return f"zq{number:x}"


_NUMBERS: Final[dict[str, int]] = {}
