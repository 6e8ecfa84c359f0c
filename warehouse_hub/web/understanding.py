"""What the search field's sentence was understood to ask, as filters of the search.

The one thing to get wrong: a sentence can hold several needs. The search page shows the first and points to the
matching page for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from warehouse_hub.matching.need import Need
from warehouse_hub.matching.reading import read_needs
from warehouse_hub.matching.wording import worded_ambiguity
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.vocabulary.quantities import Quantity
from warehouse_hub.web.context import today
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.locale import lang

ASSUMED_RADIUS_KM = 100
_AREAS = ("m2", "ft2", "tsubo", "mu")


@dataclass(frozen=True)
class Understood:
    """The needs of a sentence, what of it was not understood, and what had to be assumed (worded)."""

    needs: tuple[Need, ...] = ()
    unread: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    @property
    def conditions(self) -> bool:
        """Whether anything was understood that narrows a search."""
        return bool(self.needs) and self.applied_to(SearchQuery()) != SearchQuery()

    @property
    def is_need(self) -> bool:
        """Whether it says more than words and one condition: worth being matched, not only searched."""
        if len(self.needs) > 1:
            return True
        if not self.needs:
            return False
        stated = self.needs[0].to_json()
        return len(stated) > 1 or bool(self.needs[0].quantity)

    def applied_to(self, query: SearchQuery) -> SearchQuery:
        """`query` with the first need's conditions added and its words taken off."""
        if not self.needs:
            return query
        need = self.needs[0]
        point = query.near or next((place.point for place in need.places if place.point is not None), None)
        radius = query.within_km or float(need.within_km or ASSUMED_RADIUS_KM)
        least = query.min_available_m2 if query.min_available_m2 is not None else _least_area(need)
        return replace(
            query,
            q="",
            country=_joined(query.country, () if point else _countries(need)),
            region_set=_joined(query.region_set, need.region_sets),
            service=_joined(query.service, need.services),
            goods=_joined(query.goods, need.goods_classes),
            platform=_joined(query.platform, need.platforms),
            record_class=_joined(query.record_class, need.record_class),
            near=point,
            within_km=radius if point else None,
            min_available_m2=least,
        )

    def place_name(self, near: tuple[float, float], lang: str) -> str | None:
        """The name of the place at that point, when the sentence named it."""
        for need in self.needs:
            for place in need.places:
                # An address keeps six digits of a coordinate.
                if place.point and all(abs(a - b) < 0.01 for a, b in zip(place.point, near, strict=True)):
                    return (place.name_zh if lang == "zh" else None) or place.name
        return None


def understand(text: str) -> Understood:
    """Read a sentence of the search field; words that are no condition stay words."""
    if not text:
        return Understood()
    read = read_needs(text, today=today())
    needs = tuple(read.needs)
    assumed = []
    if needs and needs[0].within_km is None and any(place.point for place in needs[0].places):
        assumed.append(_("No distance was said: %(km)s km taken") % {"km": ASSUMED_RADIUS_KM})
    assumed += [worded_ambiguity(one, lang()) for one in read.ambiguities]
    return Understood(needs, tuple(read.unread), tuple(assumed))


def _joined(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*first, *second]))


def _countries(need: Need) -> tuple[str, ...]:
    # A place without a point still narrows to its country.
    return _joined(need.countries, tuple(place.country for place in need.places if place.country))


def _least_area(need: Need) -> float | None:
    wanted = need.quantity
    if wanted is None or wanted.minimum is None or wanted.unit not in _AREAS:
        return None
    return float(Quantity(wanted.minimum, wanted.unit, None).to("m2").value.quantize(Decimal(1)))
