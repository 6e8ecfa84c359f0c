"""The ground of every map on the site and the notice that stands under it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, send_file, url_for
from flask.typing import ResponseReturnValue

from warehouse_hub.core.errors import NotFound
from warehouse_hub.places.basemap import choose_basemap
from warehouse_hub.web.context import hub
from warehouse_hub.web.locale import gettext as _

blueprint = Blueprint("ground", __name__)


@dataclass(frozen=True)
class Ground:
    """`kind` is "tiles", "schematic" or "graticule"; `notice` is printed under the map ("" when nothing has to be)."""

    kind: str
    notice: str
    file: str
    tile_url: str
    tile_subdomains: str
    tile_attribution: str


def ground() -> Ground:
    """What this installation may draw below its points."""
    settings = hub().settings
    chosen = choose_basemap(settings.map, demo=settings.demo)
    own = chosen.file is not None
    return Ground(
        kind=chosen.kind,
        notice=_(chosen.notice) % {"number": chosen.approval_number} if chosen.notice else "",
        file=url_for("ground.own_file") if own else url_for("static", filename="basemap/world.geojson"),
        tile_url=chosen.tile_url or "",
        tile_subdomains=chosen.tile_subdomains,
        tile_attribution=chosen.tile_attribution,
    )


@blueprint.get("/basemap.geojson")
def own_file() -> ResponseReturnValue:
    """The base map that the settings name, where it may be shown."""
    settings = hub().settings
    chosen = choose_basemap(settings.map, demo=settings.demo)
    if chosen.kind != "schematic" or chosen.file is None:
        raise NotFound("basemap.not_configured")
    return send_file(chosen.file, mimetype="application/geo+json", max_age=3600)
