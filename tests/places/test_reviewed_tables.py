"""The hand-made tables are the product's word; the gazetteer that ships must say the same."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from warehouse_hub.places.gazetteer import GAZETTEER_FILE, common_words, default_gazetteer
from warehouse_hub.places.names import normalise_name


def _rows(name: str) -> list[dict[str, str]]:
    with (Path(GAZETTEER_FILE).parent / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_supplement_row_is_found_by_its_names_and_aliases():
    for row in _rows("supplement.csv"):
        for name in filter(None, [row["name"], row["name_zh"], *row["aliases"].split(";")]):
            found = {place.id for place in default_gazetteer().find(name, country=row["country"])}
            assert row["id"] in found, (row["id"], name)


def test_the_supplement_covers_the_world_with_a_source_in_every_row():
    rows = _rows("supplement.csv")
    assert len(rows) >= 250
    assert len({row["country"] for row in rows}) >= 60
    assert all(row["source"] for row in rows)
    assert all(row["name_zh"] for row in rows if row["kind"] != "region")
    assert len({row["id"] for row in rows}) == len(rows)


def test_a_port_lies_near_its_town_or_a_town_of_its_country():
    ports = default_gazetteer().of_kind("port", supplement_only=True)
    assert len(ports) > 50
    for port in ports:
        town = default_gazetteer().town_of(port)
        assert town.country == port.country
        # Yangshan and Nansha lie further from the middle of their cities than any other port
        assert abs(town.latitude - port.latitude) < 0.7


@pytest.mark.parametrize("table", ["names_zh.csv", "disputed.csv"])
def test_every_reviewed_row_stands_in_the_gazetteer(table):
    for row in _rows(table):
        if not row["geonameid"]:
            continue
        place = default_gazetteer().get(f"geonames:{row['geonameid']}")
        assert place is not None, row
        reviewed = (place.name_zh, row["name_zh"]) if "name_zh" in row else (place.country, row["reviewed"])
        assert reviewed[0] == reviewed[1], row


def test_the_ordinary_words_are_written_as_they_are_looked_up():
    assert all(normalise_name(word) == word for word in common_words())
