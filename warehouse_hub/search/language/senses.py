"""The filters that words can mean, with their labels and with a text that means each of them alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from warehouse_hub.places.gazetteer import Place
from warehouse_hub.search.language.amounts import Bounds
from warehouse_hub.search.language.known_places import places_meant
from warehouse_hub.search.language.reach import Circle, reach_of
from warehouse_hub.search.language.understood import Sense
from warehouse_hub.search.text.analysis import fold
from warehouse_hub.vocabulary.codes import (
    EVIDENCE_GRADES,
    GOODS_CLASSES,
    PLATFORMS,
    RECORD_CLASSES,
    SERVICES,
    CodeList,
)
from warehouse_hub.vocabulary.countries import COUNTRIES, Countries, country_label
from warehouse_hub.vocabulary.region_sets import REGION_SETS

LISTS: Final[Mapping[str, CodeList[Any] | Countries]] = {
    "country": COUNTRIES,
    "region_set": REGION_SETS,
    "service": SERVICES,
    "goods": GOODS_CLASSES,
    "platform": PLATFORMS,
    "record_class": RECORD_CLASSES,
    "grade": EVIDENCE_GRADES,
}


def of_codes(kind: str, codes: tuple[str, ...]) -> Sense:
    """The filter for codes of one list."""
    members = [LISTS[kind].get(code) for code in codes]
    return Sense(
        kind,
        codes,
        "、".join(member.zh for member in members),
        ", ".join(member.en for member in members),
        f"{kind}:{','.join(codes)}",
    )


@lru_cache(maxsize=1024)
def of_place(place: Place, km: float | None = None, *, with_country: bool = False) -> Sense:
    """The filter for the surroundings of a place, or for the land of a state; `with_country` tells namesakes apart."""
    zh, en = _names(place, with_country=with_country)
    reach = reach_of(place) if km is None else Circle((place.latitude, place.longitude), km)
    if not isinstance(reach, Circle):
        return Sense("region", reach, zh, en, _unmistakable(place, None))
    return Sense("near", reach, *_within(zh, en, reach.km), _unmistakable(place, reach.km))


def of_point(latitude: float, longitude: float, km: float) -> Sense:
    """The filter for the surroundings of a point."""
    point = f"{latitude:g},{longitude:g}"
    return Sense(
        "near",
        Circle((latitude, longitude), km),
        *_within(point, point, km),
        f"near:{latitude},{longitude} {km:g}km",
    )


def of_town(place: Place) -> Sense:
    """The filter for listings in a town, as they name it themselves."""
    zh, en = _names(place, with_country=True)
    code = f"{place.country}/{fold(place.name)}"
    return Sense("city", (code,), zh, en, f'city:"{en}"')


def of_town_called(name: str) -> Sense:
    """The filter for listings in any town of a name."""
    return Sense("city", (fold(name),), name, name, f'city:"{name}"')


def of_area(bounds: Bounds) -> Sense:
    """The filter for the available area."""
    least, most = _square_metres(bounds.least), _square_metres(bounds.most)
    if bounds.most is None:
        said, written = f"≥ {least} m²", f">={least}"
    elif bounds.least is None:
        said, written = f"≤ {most} m²", f"<={most}"
    else:
        said, written = f"{least}–{most} m²", f"{least}-{most}"
    return Sense("area", bounds, f"可用 {said}", f"{said} available", f"area:{written.replace(',', '')}")


def distinct(senses: Iterable[Sense]) -> tuple[Sense, ...]:
    """The senses, each value once."""
    return tuple({(sense.kind, sense.value): sense for sense in senses}.values())


def _within(zh: str, en: str, km: float) -> tuple[str, str]:
    return f"{zh} {km:g} 公里内", f"within {km:g} km of {en}"


def _names(place: Place, *, with_country: bool) -> tuple[str, str]:
    zh, en = place.name_zh or place.name, place.name
    if not with_country:
        return zh, en
    return f"{zh}（{country_label(place.country, 'zh')}）", f"{en}, {country_label(place.country, 'en')}"


def _unmistakable(place: Place, km: float | None) -> str:
    radius = "" if km is None else f" {km:g}km"
    for beside in (country_label(place.country, "en"), place.subdivision):
        name = f"{place.name}, {beside}"
        if beside and [found.id for found in places_meant(name)] == [place.id]:
            return f'near:"{name}"{radius}'
    return f"near:{place.latitude},{place.longitude}{radius or ' 100km'}"


def _square_metres(area: float | None) -> str:
    return "" if area is None else f"{area:,.2f}".rstrip("0").rstrip(".")
