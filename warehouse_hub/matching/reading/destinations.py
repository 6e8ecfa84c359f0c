"""Where the storage is to be: countries, region sets and places, without homes, origins and rejected places.

Storage abroad is never in mainland China, so a Chinese town is always where somebody is or ships from. A region said in
passing (美西, 欧洲) steps back behind a country or town in it that is named as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from warehouse_hub.matching.need import NamedPlace
from warehouse_hub.matching.reading.clauses import Passage
from warehouse_hub.matching.reading.origins import GEO_KINDS, Origin, is_turned_down, origin
from warehouse_hub.matching.reading.placenames import town_of
from warehouse_hub.matching.reading.placing import HOME, Ambiguity, choose, is_state_here, is_supported
from warehouse_hub.matching.reading.polarity import Mode
from warehouse_hub.matching.reading.tokens import Token
from warehouse_hub.places.gazetteer import Place
from warehouse_hub.vocabulary.region_sets import members

# Words behind a country that make it a language, a plug or a frontier.
_NOT_A_DESTINATION = frozenset(
    [
        *("边境", "边界", "边", "语"),
        *("border", "speaking", "language", "speaker", "speakers", "plug", "plugs"),
    ]
)
# In Europe, though not in the Union: naming one of them is as exact as naming a member.
_EUROPE_BESIDES = frozenset({"GB", "CH", "NO", "RS", "UA", "BA", "AL"})


@dataclass(frozen=True, slots=True)
class Found:
    """One destination that a token names; `weight` is "place", "country", "set", "wide", "region" or "site"."""

    index: int
    weight: str
    countries: tuple[str, ...] = ()
    place: Place | None = None
    region_set: str | None = None
    excluded: bool = False


@dataclass(frozen=True)
class Destinations:
    """All destinations of a message in order, and the names that were ambiguous."""

    found: tuple[Found, ...]
    ambiguities: tuple[Ambiguity, ...]


def read_destinations(
    passage: Passage, modes: dict[int, Mode], ignored: set[int], today: date
) -> Destinations:
    """The destinations of a message; tokens in `ignored` sentences take no part."""
    stated = _stated_countries(passage, modes)
    ambiguities: list[Ambiguity] = []
    wanted: list[Found] = []
    origins: list[Found] = []
    left: list[Found] = []
    for index, token in enumerate(passage.tokens):
        if index in ignored or not (token.places or any(token.has(kind) for kind in GEO_KINDS)):
            continue
        one = _one(passage, index, stated, ambiguities)
        if one is None:
            continue
        passage.read.add(index)
        whence = origin(passage, index)
        if modes.get(index) in (Mode.EXCLUDED, Mode.NEEDLESS):
            if one.weight in ("country", "region") and one.countries != (HOME,):
                wanted.append(replace(one, excluded=True))
        elif one.countries == (HOME,) or whence is Origin.STRONG:
            continue
        elif whence is Origin.WEAK:
            origins.append(one)
        else:
            (left if is_turned_down(passage, index) else wanted).append(one)
    kept = _without_shadowed(_settled(wanted, origins, left), passage, today)
    return Destinations(tuple(sorted(kept, key=lambda one: one.index)), tuple(ambiguities))


def _stated_countries(passage: Passage, modes: dict[int, Mode]) -> set[str]:
    """The countries that a message names outright, which decide between places of one name."""
    stated = {
        token.value("country") or token.value("site") or ""
        for index, token in enumerate(passage.tokens)
        if modes.get(index) is not Mode.EXCLUDED
        and all(place.country == token.value("country") for place in token.places[:1])
    }
    return stated - {"", HOME}


def _settled(wanted: list[Found], origins: list[Found], left: list[Found]) -> list[Found]:
    """What is wanted; where nothing is, a weak origin after all, or the country of the place that was left."""
    turned_down = {one.place.id for one in left if one.place is not None}
    mentions = [one for one in wanted if one.place is not None and one.place.id in turned_down] + left
    kept = [one for one in wanted if one not in mentions]
    exact = [one for one in kept if not one.excluded and one.weight != "site"]
    qualifiers = [one for one in exact if one.weight == "country" and _qualifies_one_of(one, mentions)]
    if len(qualifiers) < len(exact):
        kept = [one for one in kept if one not in qualifiers]
    if exact:
        return kept
    if origins:
        return [*kept, *origins]
    return [*kept, *(Found(one.index, "country", one.countries) for one in left if one.countries)]


def _qualifies_one_of(country: Found, mentions: list[Found]) -> bool:
    """Whether a country only says where a place lies that was turned down (德国汉堡太贵)."""
    return any(abs(one.index - country.index) == 1 and one.countries == country.countries for one in mentions)


def named_places(found: Iterable[Found]) -> tuple[NamedPlace, ...]:
    """The places among destinations as a need holds them, each once."""
    places = dict.fromkeys(town_of(one.place) for one in found if one.place is not None)
    unique = {(place.name, place.country): place for place in reversed(places)}
    return tuple(
        NamedPlace(place.name, place.name_zh, place.country, place.latitude, place.longitude)
        for place in places
        if unique.get((place.name, place.country)) is place
    )


def _one(passage: Passage, index: int, stated: set[str], ambiguities: list[Ambiguity]) -> Found | None:
    """What one token names, or None where its word means something else here."""
    token, following = passage.tokens[index], passage.at(index + 1)
    if following is not None and following.text in _NOT_A_DESTINATION:
        return None
    country = token.value("country")
    if token.places and (country is None or is_state_here(passage, index, stated)):
        ordinary = token.cautious or any(sense.kind not in GEO_KINDS for sense in token.senses)
        if ordinary and not is_supported(passage, index, stated):
            return None
        place = choose(passage, index, stated, ambiguities)
        return None if place is None else Found(index, "place", (place.country,), place)
    return _area(index, token, ambiguities)


def _area(index: int, token: Token, ambiguities: list[Ambiguity]) -> Found | None:
    """The country, region set or region that a token names."""
    found: Found | None = None
    if (code := token.value("country")) is not None:
        found = Found(index, "country", (code,))
    elif (code := token.value("set")) is not None:
        found = Found(index, "set", region_set=code)
    elif (code := token.value("wide")) is not None:
        ambiguities.append(Ambiguity("need.region_read_as_set", token.text, code))
        found = Found(index, "wide", region_set=code)
    elif (code := token.value("region")) is not None:
        ambiguities.append(Ambiguity("need.region_read_as_countries", token.text, code))
        found = Found(index, "region", tuple(code.split(",")))
    elif (code := token.value("site")) is not None:
        found = Found(index, "site", (code,))
    return found


def _without_shadowed(found: list[Found], passage: Passage, today: date) -> list[Found]:
    """Without regions, states and shop markets that something more exact stands for."""
    exact = [one for one in found if not one.excluded and one.weight in ("country", "place")]
    countries = {code for one in exact for code in one.countries}
    others = bool(exact) or any(one.weight in ("set", "wide", "region") and not one.excluded for one in found)
    kept = []
    for one in found:
        if one.excluded:
            kept.append(one)
        elif (
            (one.weight == "region" and countries & set(one.countries))
            or (one.weight == "wide" and countries & _wide_members(one.region_set or "", today))
            or (one.weight == "site" and others)
        ):
            continue
        elif one.place is not None and _qualifies(one, exact, passage):
            kept.append(Found(one.index, "country", one.countries))
        else:
            kept.append(one)
    return kept


def _qualifies(region: Found, exact: list[Found], passage: Passage) -> bool:
    """Whether a state only says where a town named besides lies (加州洛杉矶, "Dallas, Texas")."""
    if region.place is None or region.place.kind != "region":
        return False
    for one in exact:
        town = one.place
        if town is None or town.kind == "region" or town.country != region.place.country:
            continue
        first, last = sorted((one.index, region.index))
        between = passage.tokens[first + 1 : last]
        joined = any(token.has("join") or token.text == "、" for token in between)
        if len(between) <= 2 and not joined:
            return True
        if town.subdivision == region.place.subdivision and not _is_listed(region.index, passage):
            return True
    return False


def _is_listed(index: int, passage: Passage) -> bool:
    """Whether a name is one of several that are joined by "or", "and" or a stroke."""
    return any(
        token is not None and token.has("join") for token in (passage.at(index - 1), passage.at(index + 1))
    )


def _wide_members(code: str, today: date) -> frozenset[str]:
    held = members(code, today)
    return held | _EUROPE_BESIDES if code == "EU" else held
