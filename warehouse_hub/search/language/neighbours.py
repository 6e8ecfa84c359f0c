"""What neighbours tell about a place: a distance said with it, the state it is in, the country of a namesake.

The one thing to get wrong: a name that several places bear is taken for the likeliest, and the others stay with it as
alternatives. Only what the text itself says makes another one likelier.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from warehouse_hub.places.gazetteer import Place
from warehouse_hub.search.language import senses
from warehouse_hub.search.language.drafts import Draft
from warehouse_hub.search.language.known_places import hub_ids
from warehouse_hub.search.language.understood import CODE_KINDS, Sense
from warehouse_hub.search.parameters import MOST_CENTRES

# A namesake that is so much smaller, and where nobody knows of a warehouse, is not worth asking about.
_COMPARABLE: Final = 10
_MOST_ALTERNATIVES: Final = 5


def settle(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with every distance joined to its place, and every place decided: filters, text or silent."""
    kept = _with_distances(drafts)
    _turn_around(kept)
    _read_states(kept)
    places = [draft for draft in kept if draft.role == "place"]
    for draft in places[MOST_CENTRES:]:
        draft.become_text()
    chosen = _chosen(kept, places[:MOST_CENTRES])
    kept = _without_said_states(kept, chosen)
    for draft in kept:
        if draft.role == "place":
            draft.senses = (*_place_senses(draft, chosen[id(draft)]), *draft.senses)
            draft.role = "filter"
        elif draft.role == "filter" and draft.places:
            draft.senses += _place_senses(draft, draft.places[0])
    return kept


def _with_distances(drafts: Sequence[Draft]) -> list[Draft]:
    kept = list(drafts)
    for draft in drafts:
        if draft.role != "distance":
            continue
        at = kept.index(draft)
        beside = [_next(kept, at, -1), _next(kept, at, 1)]
        place = next((kept[i] for i in beside if i is not None and _lacks_distance(kept[i])), None)
        if place is not None:
            place.km = draft.km
            _swallow(kept, place, draft)
            continue
        elsewhere = [other for other in kept if _lacks_distance(other)]
        if len(elsewhere) == 1:
            elsewhere[0].km, draft.role = draft.km, "silent"
        else:
            draft.become_text()
    return kept


def _turn_around(drafts: Sequence[Draft]) -> None:
    """Leave out, or take back, the one name that stands straight behind a word that says so."""
    for word, name in pairwise(drafts):
        if word.role not in ("negation", "needless"):
            continue
        if word.role == "needless" and name.role in ("filter", "place"):
            name.role = "silent"
        elif name.role == "place" or (name.role == "filter" and name.senses[0].kind not in CODE_KINDS):
            # No filter leaves out a place or an area.
            name.become_text()
            name.rest, name.kind, name.excluded = f'-"{name.rest}"', "phrase", True
        elif name.role == "filter":
            name.excluded, name.places = True, ()
        if name.excluded:
            name.start = word.start
        word.role = "silent"


def _lacks_distance(draft: Draft) -> bool:
    return draft.role == "place" and draft.km is None


def _next(drafts: Sequence[Draft], at: int, step: int) -> int | None:
    """The neighbour on one side, over words that say nothing."""
    at += step
    while 0 <= at < len(drafts) and drafts[at].role == "silent":
        at += step
    return at if 0 <= at < len(drafts) else None


def _swallow(drafts: list[Draft], place: Draft, other: Draft) -> None:
    """Make one stretch of a place and a neighbour, with what stands between them."""
    place.start, place.end = min(place.start, other.start), max(place.end, other.end)
    place.rest = f"{place.rest} {other.rest}"
    drafts[:] = [
        draft for draft in drafts if draft is place or draft.end <= place.start or draft.start >= place.end
    ]


def _read_states(drafts: Sequence[Draft]) -> None:
    """A country that is also a state ("Georgia") is the state beside a town of it or beside its own country."""
    countries = _countries(drafts)
    towns = {_land(place) for draft in drafts if draft.role == "place" for place in draft.places}
    for draft in drafts:
        states = tuple(place for place in draft.places if place.kind == "region")
        if draft.role != "filter" or draft.excluded or not states:
            continue
        own = {code for sense in draft.senses if sense.kind == "country" for code in sense.codes}
        if _land(states[0]) in towns or states[0].country in countries - own:
            draft.role = "place"


def _countries(drafts: Sequence[Draft]) -> set[str]:
    return {
        code
        for draft in drafts
        if draft.role == "filter" and not draft.excluded and draft.senses[0].kind == "country"
        for code in draft.senses[0].codes
    }


def _chosen(drafts: Sequence[Draft], places: Sequence[Draft]) -> dict[int, Place]:
    """The namesake that is taken for each place, by the id of its draft."""
    countries = _countries(drafts)
    lands = {_land(draft.places[0]) for draft in places if len(draft.places) == 1}
    lands |= {
        _land(p) for draft in places if all(p.kind == "region" for p in draft.places) for p in draft.places
    }
    return {
        id(draft): min(draft.places, key=lambda p: (_land(p) not in lands, p.country not in countries))
        for draft in places
    }


def _land(place: Place) -> tuple[str, str]:
    """The state that a place lies in, else a land of its own."""
    return place.country, place.subdivision or place.id


def _without_said_states(drafts: list[Draft], chosen: dict[int, Place]) -> list[Draft]:
    """A state that a town of it is said with is no further condition."""
    kept = list(drafts)
    for draft in drafts:
        state = chosen.get(id(draft))
        if state is None or state.kind != "region":
            continue
        at = kept.index(draft)
        inside = [
            other
            for other in kept
            if (place := chosen.get(id(other))) and place.kind != "region" and _land(place) == _land(state)
        ]
        beside = [kept[i] for i in (_next(kept, at, -1), _next(kept, at, 1)) if i is not None]
        town = next((other for other in inside if other in beside), None)
        if town is not None:
            _swallow(kept, town, draft)
        elif inside:
            draft.role = "silent"
    return kept


def _place_senses(draft: Draft, taken: Place) -> tuple[Sense, ...]:
    others = [place for place in draft.places if place is not taken and _is_notable(place, taken)]
    ambiguous = bool(others)
    return tuple(
        senses.of_place(place, draft.km, with_country=ambiguous)
        for place in (taken, *others[:_MOST_ALTERNATIVES])
    )


def _is_notable(place: Place, taken: Place) -> bool:
    if place.kind == "region" or place.id in hub_ids():
        return True
    return place.population * _COMPARABLE >= taken.population > 0
