"""Places as GeoJSON (RFC 7946): WGS 84, longitude first, a feature without a known place has a null geometry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from warehouse_hub.press.json_file import json_bytes

# Six decimals are a tenth of a metre; more would claim an accuracy that nobody has.
_DECIMALS = 6


@dataclass(frozen=True)
class Place:
    """A feature: `longitude` and `latitude` in degrees, both None where the place is not known."""

    id: str
    longitude: float | None
    latitude: float | None
    properties: Mapping[str, object]


def geojson_bytes(places: Iterable[Place], facts: Mapping[str, object]) -> bytes:
    """A FeatureCollection; `facts` about the publication stand beside it as foreign members.

    Raises ValueError for coordinates that are not on Earth.
    """
    features = [_feature(place) for place in places]
    return json_bytes({"type": "FeatureCollection", **facts, "features": features})


def _feature(place: Place) -> dict[str, object]:
    return {
        "type": "Feature",
        "id": place.id,
        "geometry": _geometry(place.longitude, place.latitude),
        "properties": dict(place.properties),
    }


def _geometry(longitude: float | None, latitude: float | None) -> dict[str, object] | None:
    if longitude is None or latitude is None:
        return None
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise ValueError(f"{longitude}, {latitude} is no place on Earth")
    return {"type": "Point", "coordinates": [round(longitude, _DECIMALS), round(latitude, _DECIMALS)]}
