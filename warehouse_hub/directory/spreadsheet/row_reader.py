"""Reads the cells of one row by field and collects what is wrong with them, by the headers that the person wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from warehouse_hub.core.errors import InvalidInput, Problem
from warehouse_hub.directory.spreadsheet.cells import is_blank, text_of, words_of
from warehouse_hub.directory.spreadsheet.code_words import codes_in
from warehouse_hub.directory.spreadsheet.table import Cell, Column
from warehouse_hub.vocabulary.codes import Code, CodeList

Read = TypeVar("Read")
# "None of these" is no code of any list, and an empty list is "not stated".
_NONE_WORDS = frozenset({"无", "没有", "none", "no", "nil"})
_BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）")


class RowReader:
    """One row: its cells by field, and the problems and warnings found while reading them."""

    def __init__(self, number: int, record: Mapping[Column, Cell]) -> None:
        self.number = number
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self._cells: dict[str, list[tuple[Column, Cell]]] = {}
        for column, cell in record.items():
            self._cells.setdefault(column.field, []).append((column, cell))

    def filled(self, field: str) -> list[tuple[Column, Cell]]:
        """The columns of that field that hold something here; an area can be given in two units."""
        return [(column, cell) for column, cell in self._cells.get(field, []) if not is_blank(cell)]

    def starting(self, prefix: str) -> list[tuple[Column, Cell]]:
        """The filled columns of every field that starts so."""
        return [found for field in self._cells if field.startswith(prefix) for found in self.filled(field)]

    def cell(self, field: str) -> Cell:
        """The first filled cell of that field, or None."""
        filled = self.filled(field)
        return filled[0][1] if filled else None

    def value(self, field: str, read: Callable[[Cell], Read]) -> Read | None:
        """The field's cell as `read` understands it; a refusal becomes a problem and the value unknown."""
        try:
            return read(self.cell(field))
        except InvalidInput as refusal:
            self.problem(refusal.code, field, **refusal.facts)
            return None

    def coded(self, field: str, known: CodeList[Code]) -> str | None:
        """The code that the cell means, written as a code, a label or a synonym."""
        text = self.value(field, text_of)
        if text is None:
            return None
        # "planned (MoU)" is planned, with a remark.
        code = known.find(text) or known.find(_BRACKETS.sub("", text))
        if code is None:
            self.problem("listing.unknown_code", field, value=text[:60])
        return code

    def codes(
        self, field: str, known: CodeList[Code], passed_over: frozenset[str] = frozenset()
    ) -> tuple[str, ...]:
        """The codes that a list in one cell means, each once; `passed_over` are words that say nothing of a code."""
        cell = self.cell(field)
        whole = known.find(cell) if isinstance(cell, str) else None
        if whole:
            return (whole,)
        words = self.value(field, words_of) or ()
        if len(words) == 1 and words[0].casefold() in _NONE_WORDS:
            self.warn("cell.none_stated", field, value=words[0])
            return ()
        found: list[str] = []
        for word in words:
            codes, unknown = codes_in(word, known, passed_over)
            found += codes
            for each in unknown:
                self.problem("listing.unknown_code", field, value=each[:60])
        return tuple(dict.fromkeys(found))

    def problem(self, code: str, field: str, **facts: Any) -> None:
        self.problems.append(Problem(code, self.number, self._header(field), facts))

    def warn(self, code: str, field: str, **facts: Any) -> None:
        self.warnings.append(Problem(code, self.number, self._header(field), facts))

    def _header(self, field: str) -> str:
        columns = self.filled(field) or self._cells.get(field, [])
        return columns[0][0].header if columns else field
