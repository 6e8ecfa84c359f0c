"""Facts as sentences."""

from __future__ import annotations

from decimal import Decimal

import pytest

from warehouse_hub.matching.need import NamedPlace, Need
from warehouse_hub.matching.rules.candidate import Fact
from warehouse_hub.matching.wording import worded

LOS_ANGELES = NamedPlace("Los Angeles", "洛杉矶", "US", 34.05, -118.24)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_endless_decimals_reach_the_reader(lang):
    room = Fact("match.has_room", {"available": Decimal("64475.82339609323692"), "unit": "ft2"})
    assert "64,476" in worded(room, lang)


def test_a_place_is_named_in_the_language_of_the_sentence():
    near = Fact("match.near", {"place": "Los Angeles", "distance_km": 3.3})
    need = Need(places=(LOS_ANGELES,))
    assert "洛杉矶" in worded(near, "zh", need)
    assert "Los Angeles" in worded(near, "en", need)
