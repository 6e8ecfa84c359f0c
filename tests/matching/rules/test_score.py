"""The score: a better fact never lowers it, and what is not stated never beats what is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matching.judged import TODAY
from matching.listings import holds, listing

from warehouse_hub.matching.need import NamedPlace, Need, QuantityRange
from warehouse_hub.matching.rules.candidate import Candidate
from warehouse_hub.matching.rules.score import COMPONENTS, score
from warehouse_hub.matching.weights import default_weights, weights_from

WEIGHTS = default_weights()
SERVICES = ("bonded", "dropship", "returns")
PLACE = NamedPlace("Duisburg", None, "DE", 51.43, 6.77)

needs = st.builds(
    Need,
    countries=st.sampled_from([(), ("DE",)]),
    region_sets=st.sampled_from([(), ("EU",)]),
    places=st.sampled_from([(), (PLACE,)]),
    services=st.lists(st.sampled_from(SERVICES), unique=True).map(tuple),
    services_preferred=st.sampled_from([(), ("relabel",)]),
    excluded_services=st.sampled_from([(), ("hazmat",)]),
    goods_classes=st.sampled_from([(), ("hair", "toys")]),
    platforms=st.sampled_from([(), ("amazon", "otto")]),
    quantity=st.sampled_from(
        [None, QuantityRange("m2", Decimal(1000)), QuantityRange("m2", None, Decimal(500))]
    ),
)
distances = st.one_of(st.none(), st.floats(0, 500))
listings = st.builds(
    lambda services, goods, platforms, grade, days, available, hub: listing(
        services=services,
        goods=tuple(goods),
        platforms=tuple(platforms),
        grade=grade,
        grade_date=None if days is None else TODAY - timedelta(days=days),
        capacity=() if available is None else (holds(available),),
        hub_km=hub,
    ),
    st.dictionaries(st.sampled_from((*SERVICES, "relabel", "hazmat")), st.booleans()),
    st.lists(st.sampled_from(["hair", "toys"]), unique=True),
    st.lists(st.sampled_from(["amazon", "otto"]), unique=True),
    st.sampled_from(["reported", "stated", "documented", "verified"]),
    st.one_of(st.none(), st.integers(0, 1000)),
    st.one_of(st.none(), st.integers(0, 50_000)),
    st.one_of(st.none(), st.floats(0, 300)),
)


def of(need, listed, km):
    return score(need, Candidate(listed, km, "Duisburg"), WEIGHTS, TODAY).score


@settings(max_examples=120, deadline=None)
@given(needs, listings, distances, st.data())
def test_a_better_fact_never_lowers_the_score(need, listed, km, data):
    before = of(need, listed, km)
    improved = data.draw(
        st.sampled_from(
            [
                replace(listed, services={**listed.services, **dict.fromkeys((*SERVICES, "relabel"), True)}),
                replace(listed, goods=("hair", "toys")),
                replace(listed, platforms=("amazon", "otto")),
                replace(listed, grade="verified"),
                replace(listed, grade_date=TODAY),
                replace(listed, hub_km=0.0),
                replace(listed, capacity=(holds(60_000),)),
                replace(listed, record_class="public", stage="operating"),
            ]
        )
    )

    assert of(need, improved, km) >= before


@settings(max_examples=60, deadline=None)
@given(needs, listings, st.floats(0, 500), st.floats(0, 500))
def test_closer_never_scores_less(need, listed, one, other):
    assert of(need, listed, min(one, other)) >= of(need, listed, max(one, other))


@settings(max_examples=60, deadline=None)
@given(needs, listings, distances)
def test_a_score_lies_between_0_and_1_and_is_the_weighted_mean_of_its_components(need, listed, km):
    scored = score(need, Candidate(listed, km, "Duisburg"), WEIGHTS, TODAY)
    total = sum(WEIGHTS.components[name] for name in scored.components)
    mean = sum(WEIGHTS.components[name] * value for name, value in scored.components.items()) / total

    assert 0 <= scored.score <= 1
    assert scored.score == pytest.approx(mean, abs=1e-4)


@pytest.mark.parametrize(
    "unstated",
    [
        {"services": {}},
        {"goods": ()},
        {"platforms": ()},
        {"capacity": ()},
        {"grade_date": None},
        {"record_class": "unknown"},
    ],
)
def test_a_listing_that_leaves_a_fact_out_ranks_below_one_that_states_it(unstated):
    need = Need(
        services=("bonded",),
        goods_classes=("hair",),
        platforms=("amazon",),
        quantity=QuantityRange("m2", Decimal(1000)),
    )

    assert of(need, listing(**unstated), 10.0) < of(need, listing(), 10.0)


def test_words_of_a_description_take_no_part():
    need = Need(services=("bonded",))
    stuffed = listing(description="bonded bonded bonded 保税 保税", name_en="Best bonded warehouse")

    assert of(need, stuffed, None) == of(need, listing(), None)


def test_every_component_has_a_weight_and_a_version_names_them(tmp_path):
    assert set(COMPONENTS) <= set(WEIGHTS.components)
    assert WEIGHTS.version
    (tmp_path / "w.json").write_text('{"version": "x", "components": {}, "grades": {}}')
    with pytest.raises(ValueError, match="no weight"):
        weights_from(tmp_path / "w.json")


def test_old_evidence_scores_as_evidence_of_no_date():
    old = listing(grade_date=date(2020, 1, 1))

    assert of(Need(), old, None) == of(Need(), listing(grade_date=None), None)
