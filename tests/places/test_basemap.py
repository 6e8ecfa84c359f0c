"""No borders are published without an approval number."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from warehouse_hub.core.resources import resource
from warehouse_hub.places.basemap import choose_basemap
from warehouse_hub.settings import MapSettings

TIANDITU = "https://t{s}.tianditu.example/vec_w/{z}/{x}/{y}"


def test_tiles_need_their_approval_number_and_print_it():
    basemap = choose_basemap(
        MapSettings(tile_url=TIANDITU, tile_approval_number="GS(2024)0650号"), demo=False
    )
    assert (basemap.kind, basemap.approval_number) == ("tiles", "GS(2024)0650号")
    assert basemap.notice is not None
    assert basemap.in_editions


@pytest.mark.parametrize("number", [None, "", "  "])
def test_without_a_number_the_public_map_has_no_land_and_no_borders(number):
    basemap = choose_basemap(MapSettings(tile_url=TIANDITU, tile_approval_number=number), demo=False)
    assert basemap.kind == "graticule"
    assert basemap.tile_url is None
    assert not basemap.in_editions


def test_a_demonstration_without_a_number_shows_a_schematic_map_that_says_so():
    basemap = choose_basemap(MapSettings(tile_url=TIANDITU), demo=True)
    assert basemap.kind == "schematic"
    assert basemap.tile_url is None
    assert basemap.notice == "Schematic map · no map approval number configured"


def test_an_own_basemap_file_with_a_number_is_published_under_it():
    settings = MapSettings(basemap_file=Path("own.geojson"), tile_approval_number="GS(2024)0650号")
    basemap = choose_basemap(settings, demo=False)
    assert (basemap.kind, basemap.file) == ("schematic", Path("own.geojson"))
    assert basemap.approval_number == "GS(2024)0650号"


def test_the_bundled_number_of_nobody_does_not_approve_the_bundled_map():
    basemap = choose_basemap(MapSettings(tile_approval_number="GS(2024)0650号"), demo=False)
    assert basemap.kind == "graticule"


def test_the_bundled_map_is_its_authors_file_byte_for_byte():
    content = resource("static", "basemap", "world.geojson").read_bytes()
    licences = Path(__file__).parents[2] / "docs" / "licences.md"
    assert hashlib.sha256(content).hexdigest() in licences.read_text(encoding="utf-8")
    assert len(content) < 350_000


def test_the_bundled_map_draws_china_whole_and_kosovo_within_serbia():
    features = json.loads(resource("static", "basemap", "world.geojson").read_bytes())["features"]
    china = [feature for feature in features if feature["properties"]["iso_a2"] == "CN"]
    assert len(china) == 1
    rings = [piece[0] for piece in china[0]["geometry"]["coordinates"]]
    assert any(121 < x < 121.7 and 23 < y < 25 for ring in rings for x, y in ring), "Taiwan"
    assert any(y < 5 for ring in rings for _, y in ring), "the dashes in the South China Sea"
    assert not {"TW", "HK", "MO", "XK"} & {feature["properties"]["iso_a2"] for feature in features}
