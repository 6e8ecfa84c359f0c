"""Countries and regions of ISO 3166-1 with reviewed names; the field's label is 国家（地区）.

The one thing a reader would get wrong: the names are not Babel's. They were taken from it once and reviewed
against Chinese practice (中国台湾, 中国香港, 中国澳门, 福克兰群岛（马尔维纳斯）), and lie in countries.csv so that no
upgrade of a library changes a name in print. Kosovo is not a member of the list: China does not recognise it and
ISO 3166-1 assigns no code, so XK and its names are read as Serbia.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from warehouse_hub.core.errors import NotFound
from warehouse_hub.vocabulary.codes import VOCABULARY, rows_of, split_words
from warehouse_hub.vocabulary.folding import fold

HOME = "CN"


@dataclass(frozen=True)
class Country:
    """`words` are further names in either language; `code` and `alpha3` are ISO 3166-1.

    `cell_words` name the country in a column of countries only: in a sentence "Wales" may be New South Wales.
    """

    code: str
    zh: str
    en: str
    words: tuple[str, ...]
    alpha3: str
    cell_words: tuple[str, ...] = ()

    def label(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


class Countries:
    """The list in code order."""

    def __init__(self, members: tuple[Country, ...]) -> None:
        self._members = {member.code: member for member in members}
        self._cells = {
            fold(text): member.code
            for member in members
            for text in (*member.words, *member.cell_words, member.en, member.zh, member.alpha3, member.code)
        }

    def __iter__(self) -> Iterator[Country]:
        return iter(self._members.values())

    def __len__(self) -> int:
        return len(self._members)

    def __contains__(self, code: object) -> bool:
        return code in self._members

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self._members)

    def get(self, code: str) -> Country:
        """The country `code`. Raises NotFound("country.unknown")."""
        if code not in self._members:
            raise NotFound("country.unknown", country=code)
        return self._members[code]

    def find(self, text: str) -> str | None:
        return self._cells.get(fold(text))


COUNTRIES = Countries(
    tuple(
        Country(
            row["code"],
            row["zh"],
            row["en"],
            split_words(row["words"]),
            row["alpha3"],
            split_words(row["cell_words"]),
        )
        for row in rows_of(VOCABULARY / "countries.csv")
    )
)


def country_label(iso2: str, lang: str) -> str:
    """The reviewed name of `iso2`; a code that is in no list (bad data from outside) is shown as itself."""
    code = iso2 if iso2 in COUNTRIES else COUNTRIES.find(iso2)
    return iso2 if code is None else COUNTRIES.get(code).label(lang)


def find_country(text: str) -> str | None:
    """The ISO code a whole cell means: alpha-2, alpha-3, a name or a synonym in zh or en, else None.

    Case, width, accents and punctuation do not matter. It reads cells, not sentences: "us" and "it" are countries here.
    """
    return COUNTRIES.find(text)


def is_overseas(iso2: str) -> bool:
    """Whether a warehouse there can be an overseas warehouse: everything outside the customs territory of CN.

    Hong Kong, Macao and Taiwan are 境外, so they count, though they are parts of China and labelled so.
    """
    return iso2 != HOME
