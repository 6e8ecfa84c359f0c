"""Which map may lie under the points: decided here once, for the site, the edition and its offline page.

Borders are what needs approval, not points: without a map approval number (审图号) a public map outside demonstration
mode has no land and no borders, only a graticule, and an edition leaves its map out.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from warehouse_hub.settings import MapSettings

BasemapKind = Literal["tiles", "schematic", "graticule"]

# msgids; the templates translate them
SCHEMATIC_NOTICE = "Schematic map · no map approval number configured"
APPROVAL_NOTICE = "Map approval number: %(number)s"


@dataclass(frozen=True)
class Basemap:
    """What a map draws below its points and prints under itself.

    `notice` is a msgid that has to be shown when it is not None; its only parameter is `number`. `file` is the GeoJSON
    of an own basemap, or None for the bundled `static/basemap/world.geojson`; it matters to "schematic" alone.
    `in_editions` is whether a frozen edition may contain the map.
    """

    kind: BasemapKind
    tile_url: str | None = None
    tile_subdomains: str = ""
    tile_attribution: str = ""
    approval_number: str | None = None
    file: Path | None = None
    notice: str | None = None

    @property
    def in_editions(self) -> bool:
        return self.kind != "graticule"


def choose_basemap(settings: MapSettings, *, demo: bool) -> Basemap:
    """Tiles with their approval number; else a schematic map that has a number or is a demonstration; else none.

    A tile address without a number is not used, and a number of blanks is no number.
    """
    number = (settings.tile_approval_number or "").strip() or None
    if number is not None and settings.tile_url:
        return Basemap(
            kind="tiles",
            tile_url=settings.tile_url,
            tile_subdomains=settings.tile_subdomains,
            tile_attribution=settings.tile_attribution,
            approval_number=number,
            notice=APPROVAL_NOTICE,
        )
    if number is not None and settings.basemap_file is not None:
        return Basemap(
            kind="schematic", approval_number=number, file=settings.basemap_file, notice=APPROVAL_NOTICE
        )
    if demo:
        return Basemap(kind="schematic", file=settings.basemap_file, notice=SCHEMATIC_NOTICE)
    return Basemap(kind="graticule")
