"""Lists of services as people write them in one cell."""

from __future__ import annotations

import pytest

from warehouse_hub.directory.spreadsheet.code_words import codes_in
from warehouse_hub.vocabulary.codes import PLATFORMS, SERVICES


@pytest.mark.parametrize(
    "text",
    [
        "1.一件代发 2.FBA中转 3.退换货",
        "①一件代发②FBA中转③退换货",
        "一件代发 FBA中转 退换货",
        "一件代发+FBA中转+退换货",
        "一件代发。FBA中转。退换货。",
        "一件代发和FBA中转及退换货等",
        "dropship & FBA prep and returns",
    ],
)
def test_whatever_stands_between_the_services_they_are_all_read(text):
    assert codes_in(text, SERVICES) == (["dropship", "fba_transfer", "returns"], [])


@pytest.mark.parametrize("text", ["pick & pack", "returns and exchanges", "pick and pack"])
def test_a_word_that_holds_a_separator_stays_one_word(text):
    codes, unknown = codes_in(text, SERVICES)
    assert (len(codes), unknown) == (1, [])


def test_what_is_unknown_is_named_and_never_dropped():
    assert codes_in("一件代发和占卜", SERVICES) == ([], ["一件代发和占卜"])
    assert codes_in("Temu and Shein", PLATFORMS) == (["temu", "shein"], [])
