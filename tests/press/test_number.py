"""Edition numbers, as officers write them."""

from __future__ import annotations

from datetime import date

import pytest

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.press.number import IssueNumber, Period

WRITTEN = ["ZZHWC-2026-11", "ZZHWC-2026-Q4", "ZZHWC-2026-11-R1", "DEMO-2026-11", "DEMO-2026-Q1-R12"]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_number_is_printed_as_it_was_read(text):
    assert str(IssueNumber.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "ZZHWC", "ZZHWC-2026-13", "ZZHWC-2026-Q5", "ZZHWC-2026-11-R0", "zzhwc-2026-11", "../2026-11", "A-0000-01",
     "ZZHWC-2026-11-R1/..", "ZZHWC-２０２６-11"],
)  # fmt: skip
def test_what_is_no_number_is_refused(text):
    with pytest.raises(InvalidInput) as refused:
        IssueNumber.parse(text)
    assert refused.value.code == "number.unreadable"


def test_a_quarter_runs_from_its_first_to_its_last_day():
    quarter = Period.parse("2026-q4")
    assert (quarter.first_day, quarter.last_day) == (date(2026, 10, 1), date(2026, 12, 31))
    assert (quarter.label("zh"), quarter.label("en")) == ("2026年第四季度", "Fourth quarter of 2026")
    assert Period.parse("2024-02").last_day == date(2024, 2, 29)


def test_an_issue_is_compared_with_the_newest_earlier_one_of_its_own_line():
    others = [
        "ZZHWC-2026-09",
        "ZZHWC-2026-10",
        "ZZHWC-2026-10-R1",
        "ZZHWC-2026-Q3",
        "DEMO-2026-10",
        "ZZHWC-2026-12",
    ]
    published = [IssueNumber.parse(text) for text in others]
    assert str(IssueNumber.parse("ZZHWC-2026-11").preceding(published)) == "ZZHWC-2026-10-R1"
    assert str(IssueNumber.parse("ZZHWC-2026-10-R2").preceding(published)) == "ZZHWC-2026-10-R1"
    assert str(IssueNumber.parse("ZZHWC-2026-Q4").preceding(published)) == "ZZHWC-2026-Q3"
    assert IssueNumber.parse("ZZHWC-2026-09").preceding(published) is None


def test_a_correction_of_a_correction_counts_on():
    assert str(IssueNumber.of("ZZHWC", "2026-11", 1).corrected()) == "ZZHWC-2026-11-R2"
