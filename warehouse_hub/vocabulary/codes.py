"""The closed code lists: what is stored is the code, what is shown is the label, what people write is a word.

The one thing a reader would get wrong: a label is not always safe to look for inside running text (电子 stands in
电子商务), so whoever reads free text uses `phrases()`, and whoever reads a whole cell uses `find()`.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from warehouse_hub.core.errors import NotFound
from warehouse_hub.vocabulary.folding import fold

VOCABULARY = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Code:
    """One member of a list: `group` is "" where the list has no groups."""

    code: str
    zh: str
    en: str
    group: str = ""
    words_zh: tuple[str, ...] = ()
    words_en: tuple[str, ...] = ()

    def label(self, lang: str) -> str:
        """The label in `lang`; anything but "en" is Chinese, the first language of the product."""
        return self.en if lang == "en" else self.zh


C = TypeVar("C", bound=Code)


class CodeList(Generic[C]):
    """A closed list in the order of its file, which is the order people see."""

    def __init__(self, name: str, members: tuple[C, ...]) -> None:
        self.name = name
        self._members = {member.code: member for member in members}
        self._cells = {fold(text): member.code for member in members for text in _cell_texts(member)}

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self._members)

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups in file order, each once."""
        return tuple(dict.fromkeys(member.group for member in self))

    def __iter__(self) -> Iterator[C]:
        return iter(self._members.values())

    def __len__(self) -> int:
        return len(self._members)

    def __contains__(self, code: object) -> bool:
        return code in self._members

    def get(self, code: str) -> C:
        """The member `code`. Raises NotFound("vocabulary.unknown_code")."""
        member = self._members.get(code)
        if member is None:
            raise NotFound("vocabulary.unknown_code", list=self.name, unknown=code)
        return member

    def of_group(self, group: str) -> tuple[C, ...]:
        return tuple(member for member in self if member.group == group)

    def label(self, code: str, lang: str) -> str:
        """The label of `code`; a code this version no longer has is shown as itself.

        A frozen edition can name a code that was retired since, and must still print.
        """
        member = self._members.get(code)
        return code if member is None else member.label(lang)

    def find(self, text: str) -> str | None:
        """The code a whole cell means: a code, a label or a word, whatever its case, width or accents; else None."""
        return self._cells.get(fold(text))

    def phrases(self, lang: str) -> tuple[tuple[str, str], ...]:
        """(word, code) of one language, the longest first, to be looked for inside running text."""
        pairs = [(word, member.code) for member in self for word in _words(member, lang)]
        return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def _words(member: Code, lang: str) -> tuple[str, ...]:
    return member.words_en if lang == "en" else member.words_zh


def _cell_texts(member: Code) -> tuple[str, ...]:
    return (*member.words_en, *member.words_zh, member.en, member.zh, member.code)


def split_words(cell: str) -> tuple[str, ...]:
    """The words of one cell of a vocabulary file, which are separated by |."""
    return tuple(word for word in cell.split("|") if word)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def code_from(row: dict[str, str]) -> Code:
    return Code(
        row["code"],
        row["zh"],
        row["en"],
        row["group"],
        split_words(row["words_zh"]),
        split_words(row["words_en"]),
    )


def load(name: str, path: Path, build: Callable[[dict[str, str]], C]) -> CodeList[C]:
    """Read one list; a broken file fails at import, where a test sees it, not at the first page."""
    return CodeList(name, tuple(build(row) for row in rows_of(path)))


def _list(name: str) -> CodeList[Code]:
    return load(name, VOCABULARY / "lists" / f"{name}.csv", code_from)


SERVICES = _list("services")
GOODS_CLASSES = _list("goods_classes")
PLATFORMS = _list("platforms")
RECORD_CLASSES = _list("record_classes")
TENURES = _list("tenures")
STAGES = _list("stages")
EVIDENCE_GRADES = _list("evidence_grades")
HOME_DISTRICTS = _list("home_districts")
BASES = _list("bases")
UNITS = _list("units")
ROLES = _list("roles")
LANGUAGES = _list("languages")
AREA_BANDS = _list("area_bands")
# ISO 4217; where a price is stored as a place in the list, as search does, the list is part of what is stored.
CURRENCIES = _list("currencies")
PRICE_UNITS = _list("price_units")

CODE_LISTS: dict[str, CodeList[Code]] = {
    each.name: each
    for each in (
        SERVICES,
        GOODS_CLASSES,
        PLATFORMS,
        RECORD_CLASSES,
        TENURES,
        STAGES,
        EVIDENCE_GRADES,
        HOME_DISTRICTS,
        BASES,
        UNITS,
        ROLES,
        LANGUAGES,
        AREA_BANDS,
        CURRENCIES,
        PRICE_UNITS,
    )
}
