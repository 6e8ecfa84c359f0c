"""What is told beside results: why they stand where they stand, what was probably meant, how a word may go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.search.language.completing import Completion, completions
from warehouse_hub.search.language.suggesting import Suggestion, did_you_mean
from warehouse_hub.search.language.understood import Understood
from warehouse_hub.search.language.words import Word
from warehouse_hub.search.parts import View
from warehouse_hub.search.scale import Scale
from warehouse_hub.search.text.explain import Explanation, explain

# Words of listings that are looked through for one that is being typed.
_MOST_WORDS: Final = 500


def explained(
    understood: Understood, scale: Scale, listings: Sequence[PublishedListing]
) -> Mapping[str, Explanation]:
    """The score of each listing taken apart, as a search by that scale adds it up."""
    words = (*understood.words, *(Word(phrase.tokens) for phrase in understood.phrases))
    return {one.id: explain(one, words, scale.found_of, scale.listings, scale.now) for one in listings}


def probably_meant(view: View, text: str) -> Suggestion | None:
    """The text with its slips put right, where listings have no such word; None where nothing is likely."""

    def words() -> Sequence[tuple[str, int]]:
        return [*view.base.text.latin, *view.recent.text.latin]

    return did_you_mean(text, lambda token: view.frequency(token) > 0, words)


def going_on(view: View, text: str) -> Sequence[Completion]:
    """What the word that is being typed may become, the best first."""

    def words(prefix: str) -> Sequence[tuple[str, int]]:
        tokens = {token for part in view.parts for token in part.text.starting_with(prefix, _MOST_WORDS)}
        return [(token, view.frequency(token)) for token in sorted(tokens) if ":" not in token]

    return completions(text, words)
