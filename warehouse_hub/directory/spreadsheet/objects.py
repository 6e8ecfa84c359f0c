"""JSON tables: a list of objects, or a GeoJSON FeatureCollection whose points become coordinates.

Rows count the objects from 1, since a JSON file has no rows that a person sees.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from warehouse_hub.core.errors import InvalidInput, Problem
from warehouse_hub.directory.spreadsheet.delimited import decoded
from warehouse_hub.directory.spreadsheet.table import Sheet


def read_objects(path: Path) -> Sheet:
    """One sheet with every key that occurs as a header, numbered 0, above the objects.

    Raises InvalidInput("table.not_json" | "table.not_a_list_of_objects").
    """
    try:
        document = json.loads(decoded(path.read_bytes()))
    except (ValueError, RecursionError):
        raise InvalidInput("table.not_json", name=path.name) from None
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        objects = _of_features(document.get("features"))
    else:
        objects = _listed(document)
    headers = tuple(dict.fromkeys(key for each in objects for key in each))
    rows = tuple(tuple(each.get(key) for key in headers) for each in objects)
    return Sheet(None, (headers, *rows), first_number=0)


def _listed(document: Any) -> list[dict[str, Any]]:
    """The objects of a list, or of the one list that an envelope such as {"items": [...]} holds."""
    if isinstance(document, dict):
        lists = [value for value in document.values() if isinstance(value, list)]
        document = lists[0] if len(lists) == 1 else None
    if not isinstance(document, list):
        raise InvalidInput("table.not_a_list_of_objects")
    strangers = [number for number, each in enumerate(document, start=1) if not isinstance(each, dict)]
    if strangers:
        problems = [Problem("table.not_an_object", row=number) for number in strangers]
        raise InvalidInput("table.not_a_list_of_objects", problems)
    return document


def _of_features(features: Any) -> list[dict[str, Any]]:
    if not isinstance(features, list):
        raise InvalidInput("table.not_a_list_of_objects")
    objects = []
    for number, feature in enumerate(features, start=1):
        if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
            problem = Problem("table.not_an_object", row=number)
            raise InvalidInput("table.not_a_list_of_objects", [problem])
        properties = dict(feature.get("properties") or {})
        if "id" in feature:
            properties.setdefault("id", feature["id"])
        objects.append({**properties, **_coordinates(feature.get("geometry"), number)})
    return objects


def _coordinates(geometry: Any, number: int) -> dict[str, Any]:
    if geometry is None:
        return {}
    point = (
        geometry.get("coordinates")
        if isinstance(geometry, dict) and geometry.get("type") == "Point"
        else None
    )
    if not isinstance(point, list) or len(point) not in (2, 3):
        raise InvalidInput("table.not_a_point", [Problem("table.not_a_point", row=number, column="geometry")])
    # GeoJSON puts the longitude first.
    return {"latitude": point[1], "longitude": point[0]}
