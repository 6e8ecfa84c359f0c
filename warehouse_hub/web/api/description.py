"""What the OpenAPI document says beyond the operations themselves: parameters, bodies, and the shape of errors.

The one thing to get wrong: parameters are read by `SearchQuery.from_params`, not by a schema of this file; a test
holds the two lists of names together.
"""

from __future__ import annotations

from typing import Any

from warehouse_hub.monitoring.rules.sites import BREAKDOWNS
from warehouse_hub.search.conditions import FACETS
from warehouse_hub.search.query import SORTS
from warehouse_hub.vocabulary.codes import (
    AREA_BANDS,
    EVIDENCE_GRADES,
    GOODS_CLASSES,
    PLATFORMS,
    PRICE_UNITS,
    RECORD_CLASSES,
    SERVICES,
    CodeList,
)
from warehouse_hub.vocabulary.region_sets import REGION_SETS

PROBLEM = "Problem"


def _parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema or {"type": "string"}}


def _codes(name: str, description: str, known: CodeList[Any] | None = None) -> dict[str, Any]:
    items: dict[str, Any] = (
        {"type": "string"} if known is None else {"type": "string", "enum": list(known.codes)}
    )
    return {
        "name": name,
        "in": "query",
        "description": description,
        "schema": {"type": "array", "items": items},
        "style": "form",
        "explode": True,
    }


DATASET = _parameter("dataset", "real (default) or demo, never both", type="string", enum=["real", "demo"])
SEARCH = (
    _parameter(
        "q",
        "words in Chinese or English, read as the search field reads them: names of places, services and the like are"
        ' filters, as are key:value, -word, "a phrase" and begin*',
        type="string",
        maxLength=500,
    ),
    _parameter("literal", "1: nothing in q is a filter, all of it is words", type="string", enum=["0", "1"]),
    _codes("country", "ISO 3166-1 alpha-2; repeated: any of them"),
    _codes("region_set", "repeated: any of them", REGION_SETS),
    _codes("city", "US/los angeles, or a bare name for that city in any country; repeated: any of them"),
    _codes("service", "repeated: all of them", SERVICES),
    _codes("service_any", "repeated: any of them", SERVICES),
    _codes("goods", "repeated: any of them", GOODS_CLASSES),
    _codes("platform", "repeated: any of them", PLATFORMS),
    _codes("record_class", "repeated: any of them", RECORD_CLASSES),
    _codes("grade", "grade of evidence; repeated: any of them", EVIDENCE_GRADES),
    _codes("area_band", "band of the available area, lower end included; repeated: any of them", AREA_BANDS),
    _codes("not_country", "repeated: none of them"),
    _codes("not_region_set", "repeated: none of them", REGION_SETS),
    _codes("not_service", "repeated: none of them", SERVICES),
    _codes("not_goods", "repeated: none of them", GOODS_CLASSES),
    _codes("not_platform", "repeated: none of them", PLATFORMS),
    _codes("not_record_class", "repeated: none of them", RECORD_CLASSES),
    _codes("ids", "only these listings"),
    _parameter("min_available_m2", "least available area in m²", type="number", minimum=0),
    _parameter("max_available_m2", "most available area in m²", type="number", minimum=0),
    _codes("near", "latitude,longitude in degrees; repeated: distances are from the nearest of them"),
    _parameter("within_km", "only about a place that near or q names", type="number", minimum=0),
    _parameter("port_within_km", "at most so far from a major port", type="number", minimum=0),
    _parameter("bbox", "west,south,east,north in degrees", type="string"),
    _parameter(
        "located", "1: only what has coordinates, 0: only what has none", type="string", enum=["0", "1"]
    ),
    _parameter(
        "polygon",
        "corners as latitude,longitude;latitude,longitude;... read even-odd; over the antimeridian with longitudes"
        " beyond 180",
        type="string",
    ),
    DATASET,
)
PAGED = (
    _parameter(
        "sort",
        "the order; by default relevance, or distance from a place where no words are looked for",
        type="string",
        enum=list(SORTS),
    ),
    _parameter(
        "price_unit",
        "what sort=price compares, m3_day by default; without effect on another order",
        type="string",
        enum=list(PRICE_UNITS.codes),
    ),
    _parameter("limit", "rows a page", type="integer", minimum=1, maximum=100, default=20),
    _parameter("cursor", "next_cursor of the answer before", type="string"),
    _parameter("facets", f"1 adds every count; or some of: {', '.join(FACETS)}", type="string"),
    _parameter("explain", "1 adds to each item how its score comes about", type="string", enum=["0", "1"]),
    _parameter("format", "json by default", type="string", enum=["json", "geojson", "csv"]),
)
PARAMETERS: dict[tuple[str, str], tuple[dict[str, Any], ...]] = {
    ("/api/v1/warehouses", "get"): (*SEARCH, *PAGED),
    ("/api/v1/warehouses/{warehouse_id}", "get"): (DATASET,),
    ("/api/v1/suggestions", "get"): (
        _parameter("q", "what is typed so far", type="string", maxLength=500),
        DATASET,
    ),
    ("/api/v1/map", "get"): (
        *SEARCH,
        _parameter("zoom", "the zoom of the map", type="integer", minimum=0, maximum=22, default=2),
    ),
    ("/api/v1/needs/read", "post"): (),
    ("/api/v1/matches", "post"): (DATASET,),
    ("/api/v1/statistics/utilisation", "get"): (
        _parameter("month", "2026-10; by default the newest with a report", type="string"),
        _parameter("by", "the breakdown", type="string", enum=list(BREAKDOWNS), default="region_set"),
        _parameter("format", "json by default", type="string", enum=["json", "csv"]),
        DATASET,
    ),
    ("/api/v1/editions", "get"): (DATASET,),
    ("/api/v1/editions/{number}", "get"): (DATASET,),
    ("/api/v1/editions/{before}/diff/{after}", "get"): (DATASET,),
    ("/api/v1/region-sets", "get"): (
        _parameter("at", "a date; by default today in Zhengzhou", type="string", format="date"),
    ),
}
_TEXT = {"type": "string", "description": "a message in Chinese or English", "maxLength": 5000}
BODIES: dict[str, dict[str, Any]] = {
    "/api/v1/needs/read": {"type": "object", "required": ["text"], "properties": {"text": _TEXT}},
    "/api/v1/matches": {
        "type": "object",
        "description": "either text or need",
        "properties": {
            "text": _TEXT,
            "need": {"type": "object", "description": "a need as /needs/read answers it"},
            "limit": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
        },
    },
}
_PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "for people, in the language of `lang`"},
        "code": {"type": "string", "description": "stable, for programs"},
        "instance": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}


def completed(spec: Any) -> Any:
    """The generated document with parameters, bodies and the problem schema of every error put in."""
    spec.setdefault("components", {}).setdefault("schemas", {})[PROBLEM] = _PROBLEM_SCHEMA
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            if method == "parameters":
                continue
            operation.setdefault("parameters", []).extend(PARAMETERS.get((path, method), ()))
            if path in BODIES:
                content = {"application/json": {"schema": BODIES[path]}}
                operation["requestBody"] = {"required": True, "content": content}
            operation["responses"].setdefault("200", {"description": "The answer"})
            for status, told in operation["responses"].items():
                if status >= "400":
                    told["content"] = {
                        "application/problem+json": {"schema": {"$ref": f"#/components/schemas/{PROBLEM}"}}
                    }
                elif status == "200" and not told.get("content"):
                    told["content"] = {"application/json": {"schema": {}}}
            operation["responses"].setdefault("default", _unexpected())
    return spec


def _unexpected() -> dict[str, Any]:
    return {
        "description": "Anything else that went wrong",
        "content": {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{PROBLEM}"}}},
    }
