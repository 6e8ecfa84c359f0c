"""The words for conditions of a search: what kind each is, and what it says, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Collection

from warehouse_hub.search.language.amounts import Bounds
from warehouse_hub.search.language.understood import Piece, Sense
from warehouse_hub.search.parameters import Point
from warehouse_hub.vocabulary.region_sets import REGION_SETS
from warehouse_hub.web.display import country, kilometres, label, number
from warehouse_hub.web.engine import city_names
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.locale import lang
from warehouse_hub.web.wording import marked

_LISTS = {
    "service": "services",
    "goods": "goods_classes",
    "platform": "platforms",
    "record_class": "record_classes",
    "grade": "evidence_grades",
    "area_band": "area_bands",
}


_TITLES = {
    "country": marked("Country or region"),
    "region_set": marked("Region"),
    "city": marked("City"),
    "service": marked("Service"),
    "service_any": marked("Any of"),
    "goods": marked("Goods"),
    "platform": marked("Platform"),
    "record_class": marked("Kind of record"),
    "grade": marked("Evidence"),
    "area_band": marked("Available area"),
    "area": marked("Available"),
    "near": marked("Place"),
    "region": marked("Place"),
}


def kind_title(kind: str) -> str:
    """What a kind of condition is called: a parameter's name, or the kind of a typed piece."""
    return _(_TITLES.get(kind, marked("Words")))


def code_text(kind: str) -> Callable[[str], str]:
    """How the codes of a parameter are written."""
    if kind == "country":
        return country
    if kind == "region_set":
        return lambda code: REGION_SETS.label(code, lang())
    if kind == "city":
        return lambda code: city_texts([code])[code]
    code_list = _LISTS["service" if kind == "service_any" else kind]
    return lambda code: label(code_list, code)


def city_texts(codes: Collection[str]) -> dict[str, str]:
    """The cities by their codes; of two with one name each is told apart by its country."""
    named = {code: names[lang() == "en"] for code, names in city_names(codes).items()}
    written = list(named.values())
    return {
        code: _("%(city)s (%(country)s)") % {"city": name, "country": country(code[:2])}
        if written.count(name) > 1 and "/" in code
        else name
        for code, name in named.items()
    }


def negated(text: str) -> str:
    return _("not %(what)s") % {"what": text}


def area_text(least: float | None, most: float | None) -> str:
    """Bounds of an area in m²."""
    if least is not None and most is not None:
        return _("%(least)s to %(most)s m²") % {"least": number(least), "most": number(most)}
    if most is not None:
        return _("at most %(area)s m²") % {"area": number(most)}
    return _("at least %(area)s m²") % {"area": number(least)}


def circle_text(centre: Point, km: float | None, name: str | None = None) -> str:
    """The surroundings of a point, which may have a name."""
    place = name or f"{centre[0]:g}, {centre[1]:g}"
    if km is None:
        return _("near %(place)s") % {"place": place}
    return _("within %(km)s km of %(place)s") % {"km": kilometres(km), "place": place}


def sense_text(meant: Piece | Sense) -> str:
    """What a typed text means, without "not"."""
    if isinstance(meant.value, Bounds):
        return area_text(meant.value.least, meant.value.most)
    return meant.label_en if lang() == "en" else meant.label_zh
