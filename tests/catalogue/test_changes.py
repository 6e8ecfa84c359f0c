"""What differs between two editions, read from their frozen wording."""

from __future__ import annotations

from warehouse_hub.catalogue.rules.changes import FieldChange, changes_between


def entry(key, **fields):
    return {
        "id": key,
        "revision": 1,
        "stage": {"code": "operating", "zh": "已运营", "en": "Operating"},
        **fields,
    }


def test_entries_come_go_and_change_field_by_field():
    building = {"code": "under_construction", "zh": "在建", "en": ""}
    before = [entry("A"), entry("B", stage=building), entry("C")]
    after = [entry("B"), entry("C"), entry("D")]
    found = changes_between(before, after)
    assert (found.added, found.removed) == (("D",), ("A",))
    assert found.changed == {"B": (FieldChange("stage", "under_construction", "operating"),)}


def test_a_label_that_was_reworded_is_no_change():
    renamed = {"code": "operating", "zh": "运营中", "en": "Running"}
    assert changes_between([entry("A")], [entry("A", stage=renamed, revision=7)]).changed == {}


def test_becoming_known_is_a_change():
    found = changes_between([entry("A", hub=None)], [entry("A", hub={"name": "汉堡港", "km": 5.0})])
    assert found.changed["A"] == (FieldChange("hub", None, {"name": "汉堡港", "km": 5.0}),)
