"""A need as JSON, there and back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from matching.judged import TODAY, judged

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.matching.need import Need, QuantityRange
from warehouse_hub.matching.need_json import need_from_json
from warehouse_hub.matching.reading import read_needs


def test_every_need_that_is_read_survives_the_way_through_json():
    needs = [
        need for each in judged("needs_written.jsonl") for need in read_needs(each["text"], today=TODAY).needs
    ]
    assert len(needs) > 100
    for need in needs:
        assert need_from_json(need.to_json()) == need


def test_what_is_not_stated_is_absent():
    assert Need(countries=("DE",)).to_json() == {"countries": ["DE"]}


def test_figures_are_not_lost_in_floats():
    need = need_from_json({"within_km": 80.47, "quantity": {"min": 0.1, "unit": "m3"}})

    assert need.within_km == Decimal("80.47")
    assert need.quantity == QuantityRange("m3", Decimal("0.1"))
    assert need.to_json() == {"within_km": 80.47, "quantity": {"unit": "m3", "min": 0.1}}


@pytest.mark.parametrize(
    ("document", "column", "code"),
    [
        ([], None, "need.not_an_object"),
        ({"colour": "red"}, "colour", "need.unknown_field"),
        ({"services": "bonded"}, "services", "need.not_a_list"),
        ({"services": ["teleport"]}, "services", "need.unknown_code"),
        ({"countries": ["XX"]}, "countries", "need.unknown_code"),
        ({"within_km": "far"}, "within_km", "need.not_a_number"),
        ({"within_km": True}, "within_km", "need.not_a_number"),
        ({"within_km": -1}, "within_km", "need.out_of_range"),
        ({"quantity": {"min": float("nan"), "unit": "m2"}}, "quantity.min", "need.not_a_number"),
        ({"quantity": {"min": 5, "max": 1, "unit": "m2"}}, "quantity", "need.range_reversed"),
        ({"quantity": {"min": 5, "unit": "acre"}}, "quantity.unit", "need.unknown_code"),
        ({"places": [{"country": "DE"}]}, "places.0.name", "need.place_without_name"),
        ({"places": [{"name": "X", "latitude": 91}]}, "places.0.latitude", "need.out_of_range"),
        ({"period": {"start": "tomorrow"}}, "period.start", "need.not_a_date"),
        ({"budget": {"max": 5, "currency": "dollars"}}, "budget.currency", "need.unknown_code"),
    ],
)
def test_a_need_that_cannot_be_read_is_refused_with_the_field_and_the_fault(document, column, code):
    with pytest.raises(InvalidInput) as refused:
        need_from_json(document)

    assert (column, code) in [(problem.column, problem.code) for problem in refused.value.problems]


def test_all_faults_are_told_at_once():
    with pytest.raises(InvalidInput) as refused:
        need_from_json({"services": ["x"], "countries": ["YY"], "within_km": "z"})

    assert len(refused.value.problems) == 3
