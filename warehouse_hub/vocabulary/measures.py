"""What a unit measures and its exact size, as fractions.

The one thing a reader would get wrong: 1 tsubo is 400/121 m² and 1 mu is 2000/3 m²; neither is a finite decimal, so
exact work is done in fractions and a Decimal is only what is stored and shown. Two container sizes are two
kinds: nobody's stock of forty-foot boxes converts into twenty-foot ones.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.vocabulary.codes import UNITS

# Sizes in the first unit of the kind. 1 ft = 0.3048 m exactly.
_SIZES = {
    "m2": Fraction(1),
    "ft2": Fraction(3048, 10000) ** 2,
    "tsubo": Fraction(400, 121),
    "mu": Fraction(2000, 3),
}

DIGITS = 28


def kind_of(unit: str) -> str:
    """What `unit` measures (area, volume, pallets ...). Raises InvalidInput("unit.unknown")."""
    if unit not in UNITS:
        raise InvalidInput("unit.unknown", unit=unit)
    return UNITS.get(unit).group


def size_of(unit: str) -> Fraction:
    """One `unit` in the reference unit of its kind (m² for areas; every other kind has one unit)."""
    kind_of(unit)
    return _SIZES.get(unit, Fraction(1))


def decimal_of(value: Fraction) -> Decimal:
    """`value` as a Decimal: exact where it has at most 28 significant digits, else rounded half to even there."""
    with localcontext() as context:
        context.prec = DIGITS
        return tidy(Decimal(value.numerator) / Decimal(value.denominator))


def tidy(value: Decimal) -> Decimal:
    """The same number without an exponent and without trailing zeros: 1.2E+5 and 120000.0 become 120000."""
    if value == value.to_integral_value():
        return Decimal(int(value))
    return Decimal(format(value, "f").rstrip("0"))
