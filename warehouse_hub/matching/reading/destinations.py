"""Where the storage is to be: countries, region sets and places, without homes, origins and rejected places.

Storage abroad is never in mainland China, so a Chinese town is always where somebody is or ships from. A region said in
passing (美西, 欧洲) steps back behind a country or town in it that is named as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from warehouse_hub.matching.need import NamedPlace
from warehouse_hub.matching.reading.clauses import Passage
from warehouse_hub.matching.reading.placenames import town_of
from warehouse_hub.matching.reading.polarity import Mode
from warehouse_hub.matching.reading.tokens import CLAUSE
from warehouse_hub.places.gazetteer import Place
from warehouse_hub.vocabulary.region_sets import members

_HOME = "CN"
_GEO_KINDS = ("country", "set", "wide", "region", "site", "state")
_FOREIGN_HOME_AFTER = frozenset(
    [
        "工厂",
        "厂家",
        "的工厂",
        "的厂",
        "出口",
        "起运",
        "装柜",
        "始发",
        "集货",
        "出运",
        "开出",
        "factory",
        "manufacturer",
        "exporter",
        "headquarters",
        "hq",
        "plant",
        "based",
    ]
)
_SPEAKING = frozenset(
    {"边境", "边界", "边", "border", "speaking", "language", "speaker", "speakers", "plug", "plugs", "语"}
)
_COMPARABLE = 8  # a namesake with an eighth of the people is a serious candidate


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
class Ambiguity:
    """A name that could be several things, what was taken, and what else it could have been."""

    code: str
    text: str
    taken: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Destinations:
    """All destinations of a message in order, and the names that were ambiguous."""

    found: tuple[Found, ...]
    ambiguities: tuple[Ambiguity, ...]


def read_destinations(
    passage: Passage, modes: dict[int, Mode], ignored: set[int], today: date
) -> Destinations:
    """The destinations of a message; tokens in `ignored` sentences take no part."""
    stated = {
        token.value("country") or ""
        for index, token in enumerate(passage.tokens)
        if token.has("country") and not token.places and modes.get(index) is not Mode.EXCLUDED
    }
    stated |= {token.value("site") or "" for token in passage.tokens if token.has("site")}
    found: list[Found] = []
    weak: list[Found] = []
    rejected: list[Found] = []
    ambiguities: list[Ambiguity] = []
    for index, token in enumerate(passage.tokens):
        if index in ignored or not (token.places or any(token.has(kind) for kind in _GEO_KINDS)):
            continue
        one = _one(passage, index, stated - {"", _HOME}, ambiguities)
        if one is None:
            continue
        passage.read.add(index)
        mode = modes.get(index, Mode.WANTED)
        if mode is Mode.EXCLUDED or mode is Mode.NEEDLESS:
            if one.weight in ("country", "region") and one.countries != (_HOME,):
                found.append(Found(index, one.weight, one.countries, excluded=True))
            continue
        if one.countries == (_HOME,):
            continue
        home = _home(passage, index)
        if home == "strong":
            continue
        if home == "weak":
            weak.append(one)
        elif _is_rejected(passage, index):
            rejected.append(one)
        else:
            found.append(one)
    turned_down = {one.place.id for one in rejected if one.place is not None}
    found = [one for one in found if one.place is None or one.place.id not in turned_down]
    wanted = [one for one in found if not one.excluded and one.weight != "site"]
    if not wanted and weak:
        found.extend(weak)
    elif not wanted and rejected:
        found.extend(
            Found(one.index, "country", one.countries)
            for one in rejected
            if one.weight in ("country", "place")
        )
    kept = _without_shadowed(found, passage, today)
    return Destinations(tuple(sorted(kept, key=lambda one: one.index)), tuple(ambiguities))


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
    token = passage.tokens[index]
    following = passage.at(index + 1)
    if following is not None and following.text in _SPEAKING:
        return None
    country = token.value("country")
    if token.places and (country is None or _is_state_here(passage, index, stated)):
        if any(sense.kind not in _GEO_KINDS for sense in token.senses) and not _is_supported(
            passage, index, stated
        ):
            return None
        if token.cautious and not _is_supported(passage, index, stated):
            return None
        place = _choose(passage, index, stated, ambiguities)
        return None if place is None else Found(index, "place", (place.country,), place)
    if country is not None:
        return Found(index, "country", (country,))
    if (code := token.value("set")) is not None:
        return Found(index, "set", region_set=code)
    if (code := token.value("wide")) is not None:
        ambiguities.append(Ambiguity("need.region_read_as_set", token.text, code))
        return Found(index, "wide", region_set=code)
    if (listed := token.value("region")) is not None:
        ambiguities.append(Ambiguity("need.region_read_as_countries", token.text, listed))
        return Found(index, "region", tuple(listed.split(",")))
    if (site := token.value("site")) is not None:
        return Found(index, "site", (site,))
    return None


def _is_state_here(passage: Passage, index: int, stated: set[str]) -> bool:
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


def _is_supported(passage: Passage, index: int, stated: set[str]) -> bool:
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


def _choose(passage: Passage, index: int, stated: set[str], ambiguities: list[Ambiguity]) -> Place | None:
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
    if rivals and best.country != _HOME:
        others = tuple(f"{place.name},{place.country}" for place in rivals)
        ambiguities.append(
            Ambiguity("need.place_ambiguous", token.text, f"{best.name},{best.country}", others)
        )
    return best


def _state_beside(passage: Passage, index: int) -> str | None:
    """The state that stands behind a town ("Ontario, CA") or before it (加州安大略)."""
    for at in (index + 1, index + 2, index - 1):
        token = passage.at(at)
        if token is None or (at == index + 2 and not (passage.tokens[index + 1].text == ",")):
            continue
        state = token.value("state")
        if state is not None:
            passage.read.add(at)
            return state
        regions = [place for place in token.places if place.kind == "region"]
        if regions:
            return regions[0].subdivision
    return None


def _home(passage: Passage, index: int) -> str:
    """ "strong" for a home or origin, "weak" for what is one only if a destination is named besides."""
    back = index - 1
    while (back >= 0 and passage.same_clause(back, index)) or (
        back >= 0 and passage.tokens[back].text == ","
    ):
        token = passage.tokens[back]
        if (
            token.places
            or any(token.has(kind) for kind in _GEO_KINDS)
            or token.has("join")
            or token.text in ("the", "的", ":")
        ):
            back -= 1
            continue
        break
    before = passage.at(back)
    directly = before is not None and (passage.same_clause(back, index) and before.level < CLAUSE)
    if directly and before is not None:
        values = before.values("home")
        if "strong" in values:
            return "strong"
        if "weak" in values and not _is_measured_from(passage, back):
            return "weak"
    after = passage.at(index + 1)
    if after is not None and after.level < CLAUSE:
        if after.text in _FOREIGN_HOME_AFTER and after.has("home", "after"):
            return "strong" if after.text not in ("出口", "起运") else "weak"
        if after.has("anchor") and not after.has("near"):
            beyond = passage.at(index + 2)
            if (
                beyond is not None
                and (beyond.places or beyond.has("country"))
                and after.text in ("到", "发往", "to", "运到", "运往")
            ):
                return "weak"
    return ""


def _is_measured_from(passage: Passage, index: int) -> bool:
    """Whether "from" measures a distance ("150 km from Warsaw") or opens a range ("from March")."""
    if passage.tokens[index].text not in ("from", "out of", "距", "离", "从"):
        return False
    for at in range(index - 1, max(-1, index - 4), -1):
        token = passage.tokens[at]
        if token.has("distance") or token.text in (
            "away",
            "far",
            "drive",
            "drive from",
            "minutes",
            "hours",
            "fulfil",
            "deliver",
            "dispatch",
            "serve",
            "distribute",
            "local",
            "operate",
            "storage",
        ):
            return True
    return False


def _is_rejected(passage: Passage, index: int) -> bool:
    for at in range(index - 1, max(-1, index - 4), -1):
        token = passage.tokens[at]
        if token.level >= CLAUSE:
            break
        if token.has("reject", "before"):
            return True
        if token.has("want") or token.has("seek"):
            break
    for at in range(index + 1, min(len(passage), index + 9)):
        token = passage.tokens[at]
        if token.level >= CLAUSE or (token.has("seek") and not token.has("reject")):
            return False
        if token.has("reject", "after") and not token.has("soften"):
            return True
    return False


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
    return held | {"GB", "CH", "NO", "RS", "UA", "BA", "AL"} if code == "EU" else held
