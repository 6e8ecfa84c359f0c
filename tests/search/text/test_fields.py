"""What of a listing can be found, and in which field it counts."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search.fleet import some_facts
from search.text.printed import printed, silent

from warehouse_hub.search.text import fields
from warehouse_hub.search.text.analysis import document_tokens, fold
from warehouse_hub.search.text.bm25f import FIELDS, Field, impact_of, tf_of
from warehouse_hub.search.text.concepts import EVERY_LISTING
from warehouse_hub.search.text.fields import (
    canonical_text,
    fields_of,
    fingerprint,
    indexed_text,
    term_frequencies,
)
from warehouse_hub.vocabulary.codes import SERVICES


def some_listings(count: int):
    rng = random.Random(7)
    return [printed(some_facts(rng, number), id=f"W{number:05d}") for number in range(count)]


def field_with(token: str, **changes) -> set[Field]:
    return {field for field, text in fields_of(silent(**changes)).items() if token in text.tokens}


@pytest.mark.parametrize(
    ("changes", "token", "field"),
    [
        ({"name_zh": "汴海仓"}, "汴海", Field.NAME),
        ({"name_en": "Waltershof"}, "waltershof", Field.NAME),
        ({"operator_zh": "启航"}, "启航", Field.OPERATOR),
        ({"operator_en": "Qihang"}, "qihang", Field.OPERATOR),
        ({"operator_parent": "Loctek"}, "loctek", Field.OPERATOR),
        ({}, "germany", Field.PLACE),
        ({}, "德国", Field.PLACE),
        ({"subdivision": "NW"}, "nw", Field.PLACE),
        ({"city": "Köln"}, "koln", Field.PLACE),
        ({"city_zh": "科隆"}, "科隆", Field.PLACE),
        ({"services": {"bonded": True}}, "bonded", Field.SERVICES),
        ({"services": {"bonded": True}}, "保税", Field.SERVICES),
        ({"goods": ("hair",)}, "hair", Field.SERVICES),
        ({"platforms": ("amazon",)}, "亚马", Field.SERVICES),
        ({"record_class": "public"}, "公共", Field.SERVICES),
        ({"address": "Kade 3"}, "kade", Field.DESCRIPTION),
        ({"description": "恒温"}, "恒温", Field.DESCRIPTION),
        ({"systems": ("WMS",)}, "wms", Field.DESCRIPTION),
        ({"hub": "Port of Bremen"}, "bremen", Field.DESCRIPTION),
    ],
)
def test_every_part_of_a_listing_is_found_in_its_field(changes, token, field):
    assert field_with(token, **changes) == {field}
    assert token in indexed_text(silent(**changes)).impacts


@pytest.mark.parametrize("services", [{}, {"bonded": False}])
def test_a_service_that_is_denied_or_not_stated_is_not_found(services):
    found = indexed_text(silent(services=services)).impacts
    assert not {"bonded", "保税", "service:bonded"} & set(found)


def test_codes_are_found_whatever_word_for_them_was_typed():
    found = indexed_text(printed(goods=("hair",), platforms=("amazon",))).impacts
    assert {"country:DE", "service:bonded", "goods:hair", "platform:amazon", "record_class:public"} <= set(
        found
    )
    assert "service:hazmat" not in found


def test_a_code_counts_as_its_label_does():
    found = indexed_text(silent(services={"bonded": True})).impacts
    assert found["service:bonded"] == found["bonded"]


def test_a_listing_is_found_by_its_id():
    found = indexed_text(silent(id="DEMO-DE-0007"))
    assert {"demo", "de", "0007"} <= set(found.impacts)
    assert "demo de 0007" in found.canonical


def test_a_part_of_an_id_weighs_less_than_the_same_word_in_a_field():
    part = indexed_text(silent(id="DEMO-CA-0001")).impacts["ca"]
    assert part < indexed_text(silent(subdivision="CA")).impacts["ca"]


def test_habitual_words_find_every_listing_and_still_count_where_they_are_said():
    nothing_said = indexed_text(silent()).impacts
    assert all(nothing_said[token] == 1 for token in document_tokens(EVERY_LISTING))
    assert indexed_text(silent(name_zh="汉堡海外仓")).impacts["海外"] > 1


def test_a_code_that_was_retired_is_found_as_itself():
    assert "gone_service" in indexed_text(silent(services={"gone_service": True})).canonical.replace(" ", "_")


def test_the_order_of_services_in_the_database_changes_nothing():
    one = indexed_text(silent(services={"bonded": True, "cold": True}))
    other = indexed_text(silent(services={"cold": True, "bonded": True}))
    assert (one.canonical, one.digest) == (other.canonical, other.digest)


@pytest.mark.parametrize("listing", [silent(), *some_listings(8)], ids=lambda listing: listing.id)
def test_impacts_are_the_weighted_frequencies_of_the_tokens(listing):
    expected: dict[str, float] = dict.fromkeys(document_tokens(EVERY_LISTING), 0.0)
    for field, text in fields_of(listing).items():
        weight, b, mean = FIELDS[field]
        for token in set(text.tokens):
            length = len(text.tokens)
            tf = weight * text.tokens.count(token) / ((1 - b) + b * length / mean)
            expected[token] = expected.get(token, 0.0) + tf
    for token in document_tokens(listing.id):
        expected[token] = expected.get(token, 0.0) + fields.ID_TF
    for token in fields.concepts_of(listing):
        expected[token] = fields.CONCEPT_TF
    assert term_frequencies(listing) == pytest.approx(expected)
    assert indexed_text(listing).impacts == {
        token: impact_of(tf) for token, tf in term_frequencies(listing).items()
    }


@given(st.lists(st.text("汉堡退货 ab,，é", max_size=60), min_size=4, max_size=4))
def test_every_word_of_a_listing_stands_in_its_canonical_text(texts):
    name, operator, address, description = texts
    listing = silent(name_zh=name, operator_zh=operator, address=address, description=description)
    said = indexed_text(listing)
    assert said.canonical == canonical_text(listing)
    typed = [token for token in said.impacts if ":" not in token]
    assert all(token in said.canonical for token in set(typed) - set(document_tokens(EVERY_LISTING)))
    assert all(1 <= impact <= 255 for impact in said.impacts.values())
    assert len(said.canonical.split("\n")) == len(Field) + 1


def test_a_phrase_never_reaches_from_one_field_into_the_next():
    lines = canonical_text(silent(name_zh="汉堡", operator_zh="启航", address="Kade 3")).split("\n")
    assert lines[:2] == ["汉堡 x", "启航"]
    assert lines[-2:] == ["kade 3", "w1"]


def test_fields_say_what_the_listing_says():
    listing = printed(name_zh="示例（汉港）仓", address="Am Zollhafen 7, Łódź")
    said = fields_of(listing)
    assert said[Field.NAME].canonical == "示例 汉港 仓 demo hanse waltershof"
    assert said[Field.DESCRIPTION].canonical == "am zollhafen 7 lodz"
    assert fold(SERVICES.label("bonded", "zh")) in said[Field.SERVICES].canonical


def test_two_texts_are_told_apart_by_their_digest():
    listing = printed()
    others = [
        replace(listing, name_zh="示例汉港仓库"),
        replace(listing, services={**listing.services, "cold": True}),
        replace(listing, operator_en=None),
        replace(listing, description="x"),
        replace(listing, id="W00018"),
    ]
    digests = {indexed_text(each).digest for each in [listing, *others]}
    assert len(digests) == 1 + len(others)
    assert all(0 <= digest < 2**64 for digest in digests)


def test_what_is_not_text_leaves_the_digest_as_it_is():
    listing = printed()
    moved = replace(listing, latitude=1.0, grade="verified", revision=9)
    assert indexed_text(moved).digest == indexed_text(listing).digest
    assert (indexed_text(moved).id, indexed_text(moved).revision) == (listing.id, 9)


def test_another_process_has_the_same_digest_and_fingerprint():
    said = (
        "from search.text.printed import printed\n"
        "from warehouse_hub.search.text.fields import fingerprint, indexed_text\n"
        "print(indexed_text(printed()).digest, fingerprint())"
    )
    path = os.pathsep.join(entry for entry in sys.path if entry)
    told = subprocess.run(
        [sys.executable, "-c", said],
        env={**os.environ, "PYTHONHASHSEED": "12345", "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == [str(indexed_text(printed()).digest), fingerprint()]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TEXT_VERSION", 99),
        ("K1", 1.3),
        ("ID_TF", 1.5),
        ("CONCEPT_TF", 1.5),
        ("FIELDS", {**FIELDS, Field.NAME: FIELDS[Field.NAME]._replace(weight=9.0)}),
        ("EVERY_LISTING", "仓"),
        ("analysis_digest", lambda: "other"),
        ("COUNTRIES", ()),
        ("CONCEPT_LISTS", {}),
    ],
)
def test_whatever_changes_impacts_changes_the_fingerprint(monkeypatch, name, value):
    before = fingerprint()
    monkeypatch.setattr(fields, name, value)
    assert fingerprint.__wrapped__() != before


def test_a_stuffed_description_does_not_make_a_listing_the_best():
    stuffed = indexed_text(silent(description="汉堡" * 500)).impacts["汉堡"]
    assert tf_of(stuffed) > tf_of(indexed_text(silent(description="汉堡")).impacts["汉堡"])
    named = indexed_text(silent(city_zh="汉堡", name_zh="汉堡仓")).impacts["汉堡"]
    assert (stuffed - named) / 255 < 0.15
