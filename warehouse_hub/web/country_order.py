"""Countries in the order in which people look for them: pinyin in Chinese, the alphabet in English."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from pypinyin import lazy_pinyin

from warehouse_hub.vocabulary.countries import Country
from warehouse_hub.web.locale import lang


def by_sound(countries: Iterable[Country]) -> list[Country]:
    """The countries ordered by their label in the language of this request."""
    return sorted(countries, key=_key)


def _key(country: Country) -> str:
    label = country.label(lang())
    if lang() == "zh":
        return " ".join(lazy_pinyin(label))
    # Å stands with A, not behind Z.
    return "".join(letter for letter in unicodedata.normalize("NFKD", label).casefold() if letter.isascii())
