"""The code lists, as everything else in the API refers to them."""

from __future__ import annotations

from datetime import date

from flask import Response, request

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.vocabulary import region_sets
from warehouse_hub.vocabulary.codes import CODE_LISTS
from warehouse_hub.vocabulary.countries import COUNTRIES
from warehouse_hub.web.api.blueprint import blueprint, document
from warehouse_hub.web.context import today


@blueprint.get("/vocabulary")
@blueprint.doc(summary="Code lists with their labels", responses={304: "Not modified"})
def vocabulary() -> Response:
    """Every list in its order: code, group, label in Chinese and English."""
    lists = {
        name: [
            {"code": each.code, "zh": each.zh, "en": each.en, "group": each.group or None} for each in members
        ]
        for name, members in CODE_LISTS.items()
    }
    lists["countries"] = [
        {"code": each.code, "zh": each.zh, "en": each.en, "group": None} for each in COUNTRIES
    ]
    return document(lists)


@blueprint.get("/region-sets")
@blueprint.doc(
    summary="Countries of each region set at a date",
    responses={304: "Not modified", 422: "The date cannot be read"},
)
def sets() -> Response:
    """`at` is a date (2026-11-23), by default today in Zhengzhou; `undated` members have no known first day."""
    at = _date_asked()
    return document(
        {
            "version": region_sets.VERSION,
            "at": at.isoformat(),
            "region_sets": [
                {
                    "code": each.code,
                    "zh": each.zh,
                    "en": each.en,
                    "note_zh": each.note_zh or None,
                    "note_en": each.note_en or None,
                    "members": sorted(region_sets.members(each.code, at)),
                    "undated": sorted(region_sets.undated(each.code, at)),
                }
                for each in region_sets.REGION_SETS
            ],
        }
    )


def _date_asked() -> date:
    text = request.args.get("at")
    if text is None:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput("date.unreadable", value=text[:40]) from None
