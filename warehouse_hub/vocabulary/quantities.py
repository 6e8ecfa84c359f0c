"""A quantity is a value with its unit and its basis; a bare number is never stored, compared or added.

The one thing a reader would get wrong: `==` asks whether two quantities are *written* alike, as the dataclass does;
whether 121 坪 is as large as 400 m² is asked with `compare`, which refuses what cannot be compared. A basis that is
not stated (None) is another basis than any stated one: say what it is with `on` first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.vocabulary.codes import BASES
from warehouse_hub.vocabulary.measures import decimal_of, kind_of, size_of
from warehouse_hub.vocabulary.quantity_text import read_quantity


class IncomparableQuantities(InvalidInput):
    """Two quantities of different kind ("quantity.different_kind") or basis ("quantity.different_basis")."""


@dataclass(frozen=True)
class Quantity:
    """`value` is an exact Decimal, `unit` a code of UNITS, `basis` a code of BASES or None where none is stated.

    Raises InvalidInput("unit.unknown" | "basis.unknown" | "quantity.not_finite"); a float is a TypeError.
    """

    value: Decimal
    unit: str
    basis: str | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.value, Decimal):
            raise TypeError("a quantity takes a Decimal")
        if not self.value.is_finite():
            raise InvalidInput("quantity.not_finite")
        if self.basis is not None and self.basis not in BASES:
            raise InvalidInput("basis.unknown", basis=self.basis)
        kind_of(self.unit)

    @property
    def kind(self) -> str:
        return kind_of(self.unit)

    @property
    def size(self) -> Fraction:
        """The exact size in the reference unit of the kind (m² for areas)."""
        return Fraction(self.value) * size_of(self.unit)

    def on(self, basis: str | None) -> Quantity:
        return replace(self, basis=basis)

    def to(self, unit: str) -> Quantity:
        """The same quantity in `unit`, exact; only a result without end (坪, 亩, m² to ft²) is rounded, at 28 digits.

        Raises IncomparableQuantities when `unit` measures something else.
        """
        if unit == self.unit:
            return self
        if kind_of(unit) != self.kind:
            raise IncomparableQuantities("quantity.different_kind", units=(self.unit, unit))
        return replace(self, value=decimal_of(self.size / size_of(unit)), unit=unit)

    def compare(self, other: Quantity) -> int:
        """-1, 0 or 1 by exact size. Raises IncomparableQuantities."""
        self._must_match(other)
        return (self.size > other.size) - (self.size < other.size)

    def __lt__(self, other: Quantity) -> bool:
        return self.compare(other) < 0

    def __le__(self, other: Quantity) -> bool:
        return self.compare(other) <= 0

    def __gt__(self, other: Quantity) -> bool:
        return self.compare(other) > 0

    def __ge__(self, other: Quantity) -> bool:
        return self.compare(other) >= 0

    def __add__(self, other: Quantity) -> Quantity:
        """The sum in this quantity's unit, computed exactly and rounded once. Raises IncomparableQuantities."""
        self._must_match(other)
        return replace(self, value=decimal_of((self.size + other.size) / size_of(self.unit)))

    def __sub__(self, other: Quantity) -> Quantity:
        """As `+`; the result may be negative."""
        self._must_match(other)
        return replace(self, value=decimal_of((self.size - other.size) / size_of(self.unit)))

    def _must_match(self, other: Quantity) -> None:
        if self.kind != other.kind:
            raise IncomparableQuantities("quantity.different_kind", units=(self.unit, other.unit))
        if self.basis != other.basis:
            raise IncomparableQuantities("quantity.different_basis", bases=(self.basis, other.basis))


@dataclass(frozen=True)
class ParsedQuantity:
    """What was read, and the codes of what a person should be told about the reading."""

    quantity: Quantity
    warnings: tuple[str, ...] = ()


def parse_quantity(text: str | int | Decimal, default_unit: str | None = None) -> ParsedQuantity:
    """Read one quantity as a spreadsheet cell or a public source prints it; the basis is left unstated.

    "1,203,449 sq ft", "12万平方米", "３０００㎡", "over 30,000 sqm leased", "500坪", "日均300单". `default_unit`
    serves a number without a unit; a printed unit wins. A numeric cell is passed as it is (int or Decimal, no float).

    Warnings: `quantity.approximate`, `quantity.lower_bound`, `quantity.upper_bound`, `quantity.combined` (one figure
    for several), `quantity.remark_ignored`, `unit.chi_read_as_square_feet`, `unit.fang_read_as_cubic_metres`.

    Raises UnreadableQuantity: `quantity.empty`, `quantity.unreadable`, `quantity.ambiguous_number`,
    `quantity.ambiguous` (a second figure), `quantity.is_a_range`, `quantity.is_a_rate`, `quantity.negative`,
    `unit.missing`, `unit.unknown`.
    """
    reading = read_quantity(text, default_unit)
    return ParsedQuantity(Quantity(reading.value, reading.unit), reading.warnings)
