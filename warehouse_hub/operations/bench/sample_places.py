"""Where the sample's warehouses stand: the towns of the markets that exporters sell to, and their nearest port.

The one thing to get wrong: places spread evenly over the earth make every radius and every map tile cheap. A few
markets hold most warehouses, and within a market the larger towns do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from warehouse_hub.places.gazetteer import Place, default_gazetteer
from warehouse_hub.places.hubs import nearest_port

# Warehouses per hundred or so of the published directories, by country.
_MARKETS: Final = {
    "US": 34, "DE": 11, "GB": 9, "JP": 5, "FR": 4, "CA": 4, "AU": 4, "PL": 3, "ES": 3, "NL": 3,
    "IT": 2, "BE": 2, "CZ": 2, "RU": 4, "KR": 2, "MX": 2, "BR": 2, "AE": 2, "SA": 1, "TH": 2,
    "MY": 2, "ID": 2, "VN": 2, "PH": 1, "SG": 1, "TR": 1, "KZ": 1, "HU": 1, "SE": 1, "CL": 1,
    "ZA": 1, "NG": 1, "KE": 1, "EG": 1, "IN": 1, "NZ": 1,
}  # fmt: skip
_TOWNS_OF_A_MARKET: Final = 40
_LEAST_PEOPLE: Final = 20_000


@dataclass(frozen=True, slots=True)
class Town:
    """A town with its share of all warehouses, and its nearest major port with the kilometres to it."""

    place: Place
    weight: float
    port: str
    port_km: float


@cache
def towns() -> tuple[Town, ...]:
    """Some nine hundred towns; their weights add up to the weights of their markets."""
    return tuple(_towns())


def _towns() -> Iterator[Town]:
    found: dict[str, list[Place]] = {country: [] for country in _MARKETS}
    for place in default_gazetteer().largest(at_least=_LEAST_PEOPLE):
        of_market = found.get(place.country)
        if of_market is not None and place.name_zh and len(of_market) < _TOWNS_OF_A_MARKET:
            of_market.append(place)
    for country, places in found.items():
        # By the square root: a city of ten million has not a hundred times the warehouses of a town.
        people = sum(place.population**0.5 for place in places)
        for place in places:
            port, km = nearest_port(place.latitude, place.longitude)
            weight = _MARKETS[country] * place.population**0.5 / people
            yield Town(place, weight, port.name_zh or port.name, round(km, 1))
