"""The word files beside the reader, which people edit."""

from __future__ import annotations

import pytest

from warehouse_hub.matching.reading.lexicon import read_word_file, word_files
from warehouse_hub.places.gazetteer import default_gazetteer
from warehouse_hub.vocabulary.codes import GOODS_CLASSES, PLATFORMS, RECORD_CLASSES, SERVICES
from warehouse_hub.vocabulary.countries import COUNTRIES
from warehouse_hub.vocabulary.region_sets import REGION_SETS

KNOWN = {
    "service": SERVICES.codes,
    "goods": GOODS_CLASSES.codes,
    "platform": PLATFORMS.codes,
    "record_class": RECORD_CLASSES.codes,
    "country": COUNTRIES.codes,
    "site": COUNTRIES.codes,
    "set": REGION_SETS.codes,
    "wide": REGION_SETS.codes,
}


def lines():
    return [line for path in word_files() for line in read_word_file(path)]


@pytest.mark.parametrize("kind", KNOWN)
def test_every_word_stands_for_a_code_that_exists(kind):
    values = {value for _, found, value, _ in lines() if found == kind}

    assert values
    assert values - set(KNOWN[kind]) == set()


def test_every_region_is_made_of_countries():
    codes = {code for _, kind, value, _ in lines() if kind == "region" for code in value.split(",")}

    assert codes - set(COUNTRIES.codes) == set()


def test_a_line_without_three_cells_is_named(tmp_path):
    (tmp_path / "broken.tsv").write_text("service\tbonded\n")

    with pytest.raises(ValueError, match=r"broken\.tsv:1"):
        list(read_word_file(tmp_path / "broken.tsv"))


def test_colloquial_places_that_the_gazetteer_lacks_are_few():
    values = {value for _, kind, value, _ in lines() if kind == "place"}
    missing = {
        value
        for value in values
        if not default_gazetteer().find(value.rsplit(",", 1)[0], country=value.rsplit(",", 1)[1])
    }

    assert missing == set()
