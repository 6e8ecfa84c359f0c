"""The search page: a sentence or words, filters with counts, the list beside the map."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from warehouse_hub.directory.published import published_listings
from warehouse_hub.search.language.understood import FILTER_KINDS
from warehouse_hub.vocabulary.countries import COUNTRIES
from warehouse_hub.web.condition_text import kind_title
from warehouse_hub.web.context import reading
from warehouse_hub.web.finding import find
from warehouse_hub.web.ground import ground
from warehouse_hub.web.locale import dataset, lang
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.map_shell import map_shell

blueprint = Blueprint("home", __name__)
MOST_TOLD = 20

# By dataset and language; each finds something in the bundled data, which a test holds.
EXAMPLES = {
    ("demo", "zh"): ("汉堡港300公里内要个保税仓，2000平左右，一件代发", "洛杉矶 FBA中转", "东盟 公共仓"),
    ("demo", "en"): (
        "bonded space near Hamburg, 2,000 m², dropshipping",
        "Los Angeles FBA transfer",
        "ASEAN public warehouse",
    ),
    ("real", "zh"): ("洛杉矶附近的海外仓", "英国 京东物流", "乐歌 佩里斯"),
    ("real", "en"): ("warehouse near Los Angeles", "United Kingdom JD Logistics", "Lecangs Perris"),
}


@blueprint.get("/")
def search() -> ResponseReturnValue:
    """The whole page; it works without script, which only saves reloading it."""
    return render_template(
        "public/home.html",
        found=find(),
        shell=map_shell(),
        ground=ground(),
        map_source=url_for("api.features", dataset=None),
        map_words=_map_words(),
        kinds={kind: kind_title(kind) for kind in FILTER_KINDS},
        examples=EXAMPLES[dataset(), lang()],
    )


@blueprint.get("/results")
def results() -> ResponseReturnValue:
    """The parts of the search page that a filter or a moved map changes."""
    response = make_response(render_template("public/results.html", found=find()))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("/told")
def told() -> ResponseReturnValue:
    """What the map tells of the listings at one place: `ids`, repeated, at most 20 are told."""
    ids = request.args.getlist("ids")[:MOST_TOLD]
    with reading() as session:
        found = published_listings(session, dataset(), ids)
    response = make_response(render_template("public/told.html", listings=found))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _map_words() -> dict[str, Any]:
    return {
        "countries": _country_names(lang()),
        "cluster": _("{count} warehouses here, zoom in"),
        "here": _("{count} at this place"),
        "loading": _("Loading"),
        "failed": _("The map could not be loaded. The list is complete."),
    }


@lru_cache(maxsize=2)
def _country_names(language: str) -> dict[str, str]:
    return {each.code: each.label(language) for each in COUNTRIES}
