"""Which place a name means: by the countries and states said beside it, else the best known of that name.

A name that several countries share is taken and reported as ambiguous, never taken in silence.
"""

from __future__ import annotations

from dataclasses import dataclass

from warehouse_hub.matching.reading.clauses import Passage
from warehouse_hub.places.gazetteer import Place

HOME = "CN"
_COMPARABLE = 8  # a namesake with an eighth of the people is a serious candidate


@dataclass(frozen=True)
class Ambiguity:
    """A name that could be several things, what was taken, and what else it could have been."""

    code: str
    text: str
    taken: str
    others: tuple[str, ...] = ()


def is_state_here(passage: Passage, index: int, stated: set[str]) -> bool:
    """Whether a name that is a country and a state ("Georgia") means the state: its own country or a town is near."""
    token = passage.tokens[index]
    regions = [place for place in token.places if place.country != token.value("country")]
    if not regions or token.value("country") in stated:
        return False
    towns = [
        place
        for at in (index - 1, index - 2, index + 1)
        if (near := passage.at(at))
        for place in near.places[:3]
    ]
    return any(
        region.country in stated
        or any(town.country == region.country and town.kind != "region" for town in towns)
        for region in regions
    )


def is_supported(passage: Passage, index: int, stated: set[str]) -> bool:
    """Whether the text bears out a name that is also an ordinary word."""
    token = passage.tokens[index]
    if any(place.country in stated for place in token.places) and (
        not token.text.isascii() or passage.source(index, index)[:1].isupper()
    ):
        return True
    if not token.text.isascii() or not passage.source(index, index)[:1].isupper():
        return False
    before, after = passage.at(index - 1), passage.at(index + 1)
    if (
        before is not None
        and (before.has("near") or before.text in ("to", "from", "and", "/", "or"))
        and len(token.text) > 3
    ):
        return True
    beyond = passage.at(index + 2)
    return any(
        each is not None and (each.has("state") or each.has("country"))
        for each in (after, beyond if after and after.level else None)
    )


def choose(passage: Passage, index: int, stated: set[str], ambiguities: list[Ambiguity]) -> Place | None:
    token = passage.tokens[index]
    candidates = list(token.places)
    state = _state_beside(passage, index)
    if state is not None:
        within = [place for place in candidates if place.subdivision == state and place.kind != "region"]
        candidates = within or candidates
    abroad = [place for place in candidates if place.country in stated]
    if abroad:
        candidates = abroad
    if not candidates:
        return None
    best = candidates[0]
    rivals = [
        place
        for place in candidates[1:]
        if place.country != best.country
        and place.population * _COMPARABLE >= best.population
        and place.population
    ]
    if rivals and best.country != HOME:
        others = tuple(f"{place.name},{place.country}" for place in rivals)
        ambiguities.append(
            Ambiguity("need.place_ambiguous", token.text, f"{best.name},{best.country}", others)
        )
    return best


def _state_beside(passage: Passage, index: int) -> str | None:
    """The state that stands behind a town ("Ontario, CA") or before it (加州安大略)."""
    for at in (index + 1, index + 2, index - 1):
        token = passage.at(at)
        if token is None or (at == index + 2 and passage.tokens[index + 1].text != ","):
            continue
        state = token.value("state")
        if state is not None:
            passage.read.add(at)
            return state
        regions = [place for place in token.places if place.kind == "region"]
        if regions:
            return regions[0].subdivision
    return None
