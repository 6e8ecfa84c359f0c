"""When the search field holds more than a search: somebody's need, which the matching layer reads.

What is typed is a search first, and the words that mean no filter are looked for. It is taken as a need only

- where it holds several needs, or
- where nothing is found for those words, and the need reader leaves fewer of their letters unread.

So a name that some listing bears is never talked away, and 我们郑州做假发的 is not looked for in warehouses. Then the
need's conditions become filters of the address, so that every one can be taken off by itself, and the sentence stays
in the field as `said` without narrowing again. The one thing to get wrong: a sentence can hold several needs. The
search page shows the first and points to the matching page for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from warehouse_hub.matching.need import Need
from warehouse_hub.matching.reading import read_needs
from warehouse_hub.matching.wording import worded_ambiguity
from warehouse_hub.search.language.understood import Understood
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.vocabulary.quantities import Quantity
from warehouse_hub.web.context import today
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.locale import lang
from warehouse_hub.web.need_chips import amounts

ASSUMED_RADIUS_KM = 100
_AREAS = ("m2", "ft2", "tsubo", "mu")


@dataclass(frozen=True)
class NeedRead:
    """The needs of a text, what of it was not understood, and what had to be assumed (worded)."""

    needs: tuple[Need, ...] = ()
    unread: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    @property
    def is_several(self) -> bool:
        return len(self.needs) > 1

    @property
    def is_worth_matching(self) -> bool:
        """Whether it states what a list cannot weigh: several needs, an amount, a budget or a time."""
        return self.is_several or any(need.quantity or need.budget or need.period for need in self.needs)

    def is_meant(self, understood: Understood, found: int) -> bool:
        """Whether the text is this need rather than the search it is `understood` as, which finds so many."""
        if not self._narrows:
            return False
        left = (piece for piece in understood.pieces if piece.kind == "word" and not piece.excluded)
        reads_more = sum(map(len, self.unread)) < sum(len(piece.text) for piece in left)
        return self.is_several or (not found and reads_more)

    @property
    def _narrows(self) -> bool:
        return bool(self.needs) and self.applied_to(SearchQuery()) != SearchQuery()

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
            not_country=_joined(query.not_country, need.excluded_countries),
            not_service=_joined(query.not_service, need.excluded_services),
            near=point,
            within_km=radius if point else None,
            min_available_m2=least,
        )

    @cached_property
    def beside(self) -> tuple[tuple[str, str], ...]:
        """What the first need states that narrows no list, each with its kind: pallets, a budget, a time."""
        if not self.needs:
            return ()
        need = self.needs[0]
        return tuple(amounts(replace(need, quantity=None) if _least_area(need) is not None else need))

    def place_name(self, near: tuple[float, float]) -> str | None:
        """The name of the place at that point, when the text named it."""
        for need in self.needs:
            for place in need.places:
                # An address keeps six digits of a coordinate.
                if place.point and all(abs(a - b) < 0.01 for a, b in zip(place.point, near, strict=True)):
                    return (place.name_zh if lang() == "zh" else None) or place.name
        return None


def read_need(text: str) -> NeedRead:
    """What need somebody's text states; of an empty one none."""
    if not text:
        return NeedRead()
    read = read_needs(text, today=today())
    needs = tuple(read.needs)
    assumed = []
    if needs and needs[0].within_km is None and any(place.point for place in needs[0].places):
        assumed.append(_("No distance was said: %(km)s km taken") % {"km": ASSUMED_RADIUS_KM})
    assumed += [worded_ambiguity(one, lang()) for one in read.ambiguities]
    return NeedRead(needs, tuple(read.unread), tuple(assumed))


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
