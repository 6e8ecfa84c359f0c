"""The pass over rows: every combination of filters and facets against NumPy masks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search.kernels import plain

from warehouse_hub.search.kernels.conditions import (
    CITY,
    COUNTRY,
    GOODS,
    RECORD_CLASS,
    REGION,
    SERVICES,
    Conditions,
    ScanColumns,
)
from warehouse_hub.search.kernels.scan import count_rows, count_spans, scan_rows, scan_spans

EVERY_FACET = 511
CITIES = 9
COUNTRIES = np.array([0, 5, 6, 300, 675, 676])
BITS = np.array([0, 1, 2, 7, 8, 63])


def table(size, passing):
    passes = np.zeros(size, np.uint8)
    passes[list(passing)] = 1
    return passes


def columns_of(rows, seed, *, ordered=False):
    """Rows of few different values, so that every filter divides them; in order, neighbours are alike."""
    chance = np.random.default_rng(seed)

    def words():
        held = np.zeros(rows, np.uint64)
        for bit in BITS.tolist():
            held |= (chance.random(rows) < 0.5).astype(np.uint64) << np.uint64(bit)
        return held

    def amounts():
        return np.where(chance.random(rows) < 0.3, np.nan, chance.choice([0.0, 10.0, 50.0, np.inf], rows))

    country = COUNTRIES[chance.choice(len(COUNTRIES), rows)].astype(np.uint16)
    return ScanColumns(
        status=chance.choice(3, rows, p=[0.1, 0.8, 0.1]).astype(np.uint8),
        country=np.sort(country) if ordered else country,
        city=chance.choice(CITIES, rows).astype(np.uint32),
        record_class=chance.choice([0, 1, 255], rows).astype(np.uint8),
        grade=chance.choice(3, rows).astype(np.uint8),
        area_band=chance.choice(3, rows).astype(np.uint8),
        services=words(),
        goods=words(),
        platforms=words(),
        available_m2=amounts(),
        port_km=amounts(),
    )


def mask():
    return st.sampled_from([0, 0, 1, 2, 3, 1 << 63, 128, 4])


def maybe(strategy, otherwise):
    return st.one_of(st.just(otherwise), strategy)


def passing(size, values):
    return maybe(st.sets(st.sampled_from(values)).map(lambda some: table(size, some)), None)


@st.composite
def conditions(draw):
    countries, codes = COUNTRIES.tolist(), [0, 1, 2, 255]
    return Conditions(
        status=draw(st.sampled_from([1, 1, 1, 2])),
        country=draw(passing(677, countries)),
        region=draw(passing(677, countries)),
        city=draw(passing(CITIES, range(CITIES))),
        record_class=draw(passing(256, codes)),
        grade=draw(passing(256, codes)),
        area_band=draw(passing(256, codes)),
        services_all=draw(mask()),
        goods_any=draw(mask()),
        platforms_any=draw(mask()),
        country_allowed=draw(passing(677, countries)),
        record_class_allowed=draw(passing(256, codes)),
        services_any=draw(mask()),
        services_none=draw(mask()),
        goods_none=draw(mask()),
        platforms_none=draw(mask()),
        least_available_m2=draw(st.sampled_from([-np.inf, -np.inf, 0.0, 10.0, np.inf])),
        most_available_m2=draw(st.sampled_from([np.inf, np.inf, 50.0])),
        most_port_km=draw(st.sampled_from([np.inf, np.inf, 10.0])),
    )


@st.composite
def parts(draw):
    rows = draw(st.sampled_from([0, 1, 5, 60, 300, 1023, 1024, 1025, 2600]))
    return columns_of(rows, draw(st.integers(0, 50)), ordered=draw(st.booleans()))


@st.composite
def spans_of(draw, rows):
    """Spans in ascending order that do not overlap, some of them empty."""
    edges = sorted(draw(st.lists(st.integers(0, rows), min_size=2, max_size=8)))
    return np.array([edges[place : place + 2] for place in range(0, len(edges) - 1, 2)], np.int64)


def rows_in(spans):
    return np.concatenate([np.arange(first, end) for first, end in spans.tolist()]).astype(np.uint32)


def assert_counts(counts, expected):
    for name, values in expected.items():
        assert getattr(counts, name).tolist() == values.tolist(), name


@settings(max_examples=300)
@given(st.data(), parts(), conditions(), st.integers(0, EVERY_FACET))
def test_spans_are_filtered_and_counted_as_masks_would(data, columns, asked, wanted):
    spans = data.draw(spans_of(len(columns.status)))
    kept, counts = scan_spans(columns, asked, wanted, spans, CITIES)
    expected, expected_counts = plain.scan(columns, asked, wanted, rows_in(spans), CITIES)
    assert kept.dtype == np.uint32
    assert kept.tolist() == expected.tolist()
    assert_counts(counts, expected_counts)


@settings(max_examples=300)
@given(st.data(), parts(), conditions(), st.integers(0, EVERY_FACET))
def test_listed_rows_are_filtered_and_counted_as_masks_would(data, columns, asked, wanted):
    chance = np.random.default_rng(data.draw(st.integers(0, 20)))
    share = data.draw(st.sampled_from([0.0, 0.01, 0.5, 1.0]))
    rows = np.flatnonzero(chance.random(len(columns.status)) < share).astype(np.uint32)
    scores = chance.integers(-9, 9, len(rows)).astype(np.int32)
    km = chance.random(len(rows))
    kept, counts = scan_rows(columns, asked, wanted, rows, scores, km, CITIES)
    expected, expected_counts = plain.scan(columns, asked, wanted, rows, CITIES)
    places = np.searchsorted(rows, expected)
    assert kept.rows.tolist() == expected.tolist()
    assert kept.scores.tolist() == scores[places].tolist()
    assert kept.km.tolist() == km[places].tolist()
    assert_counts(counts, expected_counts)


@given(st.data(), parts(), conditions())
def test_a_list_of_all_rows_of_the_spans_gives_what_the_spans_give(data, columns, asked):
    spans = data.draw(spans_of(len(columns.status)))
    rows, counts = scan_spans(columns, asked, EVERY_FACET, spans, CITIES)
    kept, same_counts = scan_rows(columns, asked, EVERY_FACET, rows_in(spans), cities=CITIES)
    assert kept.rows.tolist() == rows.tolist()
    assert (len(kept.scores), len(kept.km)) == (0, 0)
    assert_counts(counts, same_counts._asdict())
    assert count_spans(columns, asked, spans) == len(rows)
    assert count_rows(columns, asked, rows_in(spans)) == len(rows)


def blank(rows, **columns):
    none = {name: np.zeros(rows, kind) for name, kind in KINDS.items()}
    none["status"][:] = 1
    return ScanColumns(**(none | {name: np.array(values, KINDS[name]) for name, values in columns.items()}))


KINDS = {
    "status": np.uint8,
    "country": np.uint16,
    "city": np.uint32,
    "record_class": np.uint8,
    "grade": np.uint8,
    "area_band": np.uint8,
    "services": np.uint64,
    "goods": np.uint64,
    "platforms": np.uint64,
    "available_m2": np.float64,
    "port_km": np.float64,
}


def test_a_facet_counts_what_one_would_get_by_choosing_that_value_instead():
    columns = blank(5, country=[1, 1, 2, 2, 2], services=[1, 0, 1, 1, 0], goods=[1, 1, 1, 0, 1])
    asked = Conditions(1, country=table(677, [1]), services_all=1, goods_none=2)
    kept, counts = scan_spans(columns, asked, COUNTRY | SERVICES | RECORD_CLASS, np.array([[0, 5]]))
    assert kept.tolist() == [0]
    # Country 2 with the service: rows 2 and 3. Row 4 has neither.
    assert (counts.country[1], counts.country[2]) == (1, 2)
    # In country 1 one row holds the service, the other holds nothing that could be counted.
    assert counts.services[0] == 1
    assert counts.record_class[0] == 1


def test_a_filter_of_no_facet_is_never_lifted():
    columns = blank(3, country=[1, 2, 3])
    asked = Conditions(1, country_allowed=table(677, [1, 2]), country=table(677, [1]))
    counts = scan_spans(columns, asked, COUNTRY | REGION, np.array([[0, 3]]))[1]
    assert counts.country[:4].tolist() == [0, 1, 1, 0]
    assert counts.region[:4].tolist() == [0, 1, 0, 0]


def test_the_own_filter_of_a_facet_that_is_not_counted_still_filters():
    columns = blank(4, country=[1, 1, 2, 2], services=[1, 1, 1, 1])
    counts = scan_spans(columns, Conditions(1, country=table(677, [1])), SERVICES, np.array([[0, 4]]))[1]
    assert counts.services[0] == 2
    assert counts.country.sum() == 0


def test_an_unknown_area_is_not_enough_and_an_unknown_distance_is_not_near():
    nan = float("nan")
    columns = blank(3, available_m2=[nan, 5.0, 50.0], port_km=[1.0, nan, 1.0])
    whole = np.array([[0, 3]])
    assert scan_spans(columns, Conditions(1, least_available_m2=0.0), 0, whole)[0].tolist() == [1, 2]
    assert scan_spans(columns, Conditions(1, most_available_m2=10.0), 0, whole)[0].tolist() == [1]
    assert scan_spans(columns, Conditions(1, most_port_km=9.0), 0, whole)[0].tolist() == [0, 2]
    assert scan_spans(columns, Conditions(1), 0, whole)[0].tolist() == [0, 1, 2]


def test_every_bit_of_very_many_rows_is_counted():
    rows = 70_000
    columns = blank(rows, services=np.full(rows, 2**64 - 1, np.uint64), goods=np.arange(rows))
    counts = scan_spans(columns, Conditions(1), SERVICES | GOODS, np.array([[0, rows]]))[1]
    assert counts.services.tolist() == [rows] * 64
    assert counts.goods[0] == rows // 2
    assert counts.goods[16] == rows - 65536


def test_a_block_counts_in_full_when_each_of_its_rows_is_kept_or_fails_one_filter():
    held = [0] * 10 + [1] * 1014
    columns = blank(1024, services=held, country=held)
    asked = Conditions(1, services_all=1)
    rows, counts = scan_spans(columns, asked, SERVICES | COUNTRY, np.array([[0, 1024]]))
    assert len(rows) == 1014
    assert counts.services[0] == 1014
    assert counts.country[:2].tolist() == [0, 1014]


def test_a_number_that_damaged_columns_hold_is_no_country_and_no_city():
    columns = blank(3, country=[60_000, 676, 1], city=[4_000_000_000, 1, 1])
    whole = np.array([[0, 3]])
    kept, counts = scan_spans(columns, Conditions(1), COUNTRY | REGION | CITY, whole, 2)
    assert kept.tolist() == [0, 1, 2]
    assert counts.country.sum() == 2
    assert counts.city.tolist() == [0, 2]
    assert scan_spans(columns, Conditions(1, country=table(677, [1])), 0, whole)[0].tolist() == [2]
    assert scan_spans(columns, Conditions(1, city=table(2, [0, 1])), 0, whole)[0].tolist() == [1, 2]


def test_rows_outside_the_columns_and_rows_out_of_order_are_refused():
    columns = blank(3)
    for span in ([0, 4], [-1, 2], [2, 1]):
        with pytest.raises(IndexError):
            scan_spans(columns, Conditions(1), 0, np.array([span]))
    with pytest.raises(IndexError):
        scan_rows(columns, Conditions(1), 0, np.array([1, 3], np.uint32))
    for rows in ([2, 1], [1, 1]):
        with pytest.raises(ValueError, match="ascend"):
            scan_rows(columns, Conditions(1), 0, np.array(rows, np.uint32))


def test_columns_tables_and_scores_of_a_wrong_length_are_refused():
    columns, whole = blank(3), np.array([[0, 3]])
    with pytest.raises(ValueError, match="677 numbers"):
        scan_spans(columns, Conditions(1, country=np.ones(676, np.uint8)), 0, whole)
    with pytest.raises(ValueError, match="256 numbers"):
        scan_spans(columns, Conditions(1, grade=np.ones(4, np.uint8)), 0, whole)
    with pytest.raises(ValueError, match="1 values beside 2 rows"):
        scan_rows(columns, Conditions(1), 0, np.array([0, 1], np.uint32), np.ones(1, np.int32))
    with pytest.raises(ValueError, match="one length"):
        scan_spans(columns._replace(port_km=np.zeros(2)), Conditions(1), 0, whole)
