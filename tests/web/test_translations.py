"""No English slips into a Chinese page: every source text of the web has its Chinese one, in a sorted file."""

from __future__ import annotations

import re

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from warehouse_hub.core.resources import resource
from warehouse_hub.vocabulary.text import LOCALE_FOLDER, ntranslate, translate

KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "marked": None, "_marked": None}
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")


def source_texts() -> set[str]:
    """Singular texts, and the plural of those that count."""
    found = set()
    folders = (
        (resource("templates").parent / "warehouse_hub" / "web", [("**.py", "python")], {}),
        (
            resource("templates"),
            [("print/**", "ignore"), ("**.html", "jinja2")],
            {"**.html": {"silent": "false", "newstyle_gettext": "true"}},
        ),
    )
    for folder, methods, options in folders:
        for _file, _line, message, _comments, _context in extract_from_dir(
            folder, method_map=methods, options_map=options, keywords=KEYWORDS
        ):
            found.add(message[1] if isinstance(message, tuple) else message)
    return found


def test_every_text_of_pages_and_forms_has_a_chinese_one():
    zh = translate("zh")
    assert (
        sorted(text for text in source_texts() if zh(text) == text and re.search("[A-Za-z]{2}", text)) == []
    )


def test_a_translation_keeps_the_places_to_fill_in():
    with (LOCALE_FOLDER / "zh" / "LC_MESSAGES" / "messages.po").open("rb") as lines:
        messages = [message for message in read_po(lines) if message.id]
    wrong = [
        message.id
        for message in messages
        if sorted(PLACEHOLDER.findall(message.id)) != sorted(PLACEHOLDER.findall(message.string))
    ]
    assert wrong == []


def test_the_catalogue_is_sorted_and_says_nothing_twice():
    with (LOCALE_FOLDER / "zh" / "LC_MESSAGES" / "messages.po").open(encoding="utf-8") as lines:
        ids = [line[7:-2].replace('\\"', '"') for line in lines if line.startswith("msgid ")][1:]
    assert ids == sorted(set(ids))


def test_one_and_many_differ_in_english_and_share_a_form_in_chinese():
    for number, english in ((1, "%(n)s warehouse"), (2, "%(n)s warehouses")):
        assert ntranslate("en")("%(n)s warehouse", "%(n)s warehouses", number) == english
        assert ntranslate("zh")("%(n)s warehouse", "%(n)s warehouses", number) == "%(n)s 座海外仓"
