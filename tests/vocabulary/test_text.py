"""Texts, figures and dates in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from warehouse_hub.core.clock import Month
from warehouse_hub.vocabulary import text
from warehouse_hub.vocabulary.quantities import Quantity
from warehouse_hub.vocabulary.text import (
    format_area,
    format_area_summary,
    format_date,
    format_instant,
    format_month,
    format_number,
    format_percent,
    format_quantity,
    language_of,
    ntranslate,
    translate,
)

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Warehouses"
msgstr "海外仓"

msgid "%(number)s day"
msgid_plural "%(number)s days"
msgstr[0] "%(number)s 天"

msgid "%(number)s sites"
msgstr "%(number)s 个仓"

#, fuzzy
msgid "Draft"
msgstr "草稿?"
"""


@pytest.fixture
def chinese_catalogue(tmp_path, monkeypatch):
    folder = tmp_path / "zh" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(PO, encoding="utf-8")
    monkeypatch.setattr(text, "LOCALE_FOLDER", tmp_path)


@pytest.mark.usefixtures("chinese_catalogue")
def test_a_message_is_translated_from_the_po_alone():
    assert translate("zh")("Warehouses") == "海外仓"
    assert translate("en")("Warehouses") == "Warehouses"


@pytest.mark.usefixtures("chinese_catalogue")
def test_a_missing_or_unconfirmed_translation_shows_the_english():
    assert translate("zh")("Never translated") == "Never translated"
    assert translate("zh")("Draft") == "Draft"


@pytest.mark.usefixtures("chinese_catalogue")
def test_plurals_follow_the_language():
    assert ntranslate("zh")("%(number)s day", "%(number)s days", 1) == "%(number)s 天"
    assert ntranslate("zh")("%(number)s site", "%(number)s sites", 3) == "%(number)s 个仓"
    assert ntranslate("en")("%(number)s day", "%(number)s days", 1) == "%(number)s day"
    assert ntranslate("en")("%(number)s day", "%(number)s days", 2) == "%(number)s days"


def test_without_a_catalogue_the_text_stays_english(tmp_path, monkeypatch):
    monkeypatch.setattr(text, "LOCALE_FOLDER", tmp_path)
    assert translate("zh")("Warehouses") == "Warehouses"


@pytest.mark.parametrize(
    ("tag", "language"), [("en-GB", "en"), ("EN", "en"), ("zh-CN", "zh"), ("fr", "zh"), (None, "zh")]
)
def test_whoever_does_not_ask_for_english_gets_chinese(tag, language):
    assert language_of(tag) == language


def test_an_area_stands_in_whole_square_metres():
    assert format_area("zh", Decimal("93306.24")) == "93,306 m²"
    assert format_area("en", Decimal("93306.50")) == "93,307 m²"


def test_a_headline_area_counts_in_myriads_in_chinese_only():
    assert format_area_summary("zh", Decimal("93306.24")) == "9.33万平方米"
    assert format_area_summary("zh", Decimal(9999)) == "9,999 m²"
    assert format_area_summary("en", Decimal("93306.24")) == "93,306 m²"


@pytest.mark.parametrize(
    "written",
    [
        format_number,
        format_area,
        format_area_summary,
        format_quantity,
        format_percent,
        format_date,
        format_month,
        format_instant,
    ],
)
def test_an_unknown_value_is_said_to_be_unknown_and_zero_is_not(written):
    assert written("zh", None) == "未填报"
    assert written("en", None) == "not reported"
    assert format_area("zh", Decimal(0)) == "0 m²"


def test_numbers_keep_their_digits_unless_told_how_many():
    assert format_number("en", Decimal("1203449.125")) == "1,203,449.125"
    assert format_number("zh", Decimal("1203449.125"), 2) == "1,203,449.13"
    assert format_number("zh", Decimal(300), 1) == "300.0"


def test_a_quantity_is_shown_in_its_own_unit():
    assert format_quantity("en", Quantity(Decimal(1203449), "ft2")) == "1,203,449 sq ft"
    assert format_quantity("zh", Quantity(Decimal(300), "order_per_day")) == "300 单/天"


def test_ratios_and_dates_are_written_as_each_language_writes_them():
    assert format_percent("zh", Decimal("0.7345")) == "73.5%"
    assert format_date("zh", date(2026, 11, 3)) == "2026年11月3日"
    assert format_date("en", date(2026, 11, 3)) == "3 Nov 2026"
    assert format_month("zh", Month(2026, 11)) == "2026年11月"
    assert format_month("en", Month(2026, 11)) == "November 2026"


def test_an_instant_is_shown_on_the_clocks_of_zhengzhou():
    late_in_london = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
    assert format_instant("zh", late_in_london) == "2026年11月23日 01:30"
    with pytest.raises(TypeError):
        format_date("zh", late_in_london)
