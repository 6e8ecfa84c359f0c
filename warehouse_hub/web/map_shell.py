"""The folium page shell of a map: an empty Leaflet map whose files are ours and whose inline parts carry the nonce.

The one thing to get wrong: folium runs whatever text it is given (tooltips and popups are script templates), so
nothing that anybody typed is ever handed to it. The markers come as JSON, drawn by static/js/map.js.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

import folium
from branca.element import Figure
from flask import url_for
from markupsafe import Markup

from warehouse_hub.web.security_headers import csp_nonce

NAME = "finder"
# folium's header also holds a viewport and page-wide styles, which belong to a page of its own.
_LINK = re.compile(r"<link[^>]*/?>")
_SCRIPT = re.compile(r"<script(?: src[^>]*)?>.*?</script>", re.DOTALL)
_FARTHEST_ZOOM, _CLOSEST_ZOOM = 1, 17


@dataclass(frozen=True)
class MapShell:
    """The rendered parts of a map, to be placed in a page; `name` is its script variable.

    The scripts belong at the page's end: the list is readable before they are loaded.
    """

    name: str
    head: Markup
    body: Markup
    scripts: Markup


def map_shell() -> MapShell:
    """An empty world map for this response."""
    drawn = _drawn(
        url_for("static", filename="vendor/leaflet/leaflet.js"),
        url_for("static", filename="vendor/leaflet/leaflet.css"),
    )
    return replace(drawn, scripts=_with_nonce(drawn.scripts))


@lru_cache(maxsize=4)
def _drawn(script: str, style: str) -> MapShell:
    """The map before a nonce is put in: always the same."""
    drawn = folium.Map(
        location=[25, 20],
        zoom_start=2,
        tiles=None,
        zoom_control=False,
        # folium drops min_zoom and max_zoom when there are no tiles; the camelCase names pass straight to Leaflet.
        minZoom=_FARTHEST_ZOOM,
        maxZoom=_CLOSEST_ZOOM,
        zoomSnap=0.5,
        worldCopyJump=False,
        maxBoundsViscosity=0.8,
    )
    drawn._id = NAME  # noqa: SLF001 - folium has no public way to a fixed name
    # The names are keys of one dictionary: equal ones would drop the script.
    drawn.default_js = [("leaflet-js", script)]
    drawn.default_css = [("leaflet-css", style)]
    figure = drawn.get_root()
    if not isinstance(figure, Figure):
        raise TypeError("folium changed what a map is rooted in")
    figure.render()
    header = figure.header.render()
    started = f"<script>{figure.script.render()}</script>"
    return MapShell(
        name=drawn.get_name(),
        # Markup of folium's own making: nothing in it comes from people (see above).
        head=Markup("\n".join(_LINK.findall(header))),  # noqa: S704
        body=Markup(figure.html.render()),  # noqa: S704
        scripts=Markup("\n".join([*_SCRIPT.findall(header), started])),  # noqa: S704
    )


def _with_nonce(scripts: Markup) -> Markup:
    return scripts.replace("<script", Markup('<script nonce="%s"') % csp_nonce())
