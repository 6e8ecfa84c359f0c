"""A latitude or a longitude as people write it: 34.05, 34.05°N, 北纬34.05, 34°03′08″N; and both in one cell.

The one thing to get wrong: "118.24 W" is minus 118.24, and a cell that names a hemisphere tells which of two it is,
whatever the order; a hemisphere of the other axis is a slip that is refused.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.directory.spreadsheet.cells import number_of, text_of
from warehouse_hub.directory.spreadsheet.table import Cell

LATITUDE, LONGITUDE = "latitude", "longitude"
_HEMISPHERES = {
    "N": (LATITUDE, 1),
    "S": (LATITUDE, -1),
    "E": (LONGITUDE, 1),
    "W": (LONGITUDE, -1),
    "北纬": (LATITUDE, 1),
    "南纬": (LATITUDE, -1),
    "东经": (LONGITUDE, 1),
    "西经": (LONGITUDE, -1),
}
_VALUE = (
    r"(?P<{0}degrees>\d{{1,3}}(?:\.\d+)?)\s*[°度]?\s*"
    r"(?:(?P<{0}minutes>\d{{1,2}}(?:\.\d+)?)\s*['分]\s*)?(?:(?P<{0}seconds>\d{{1,2}}(?:\.\d+)?)\s*[\"秒]\s*)?"
)
_ANGLE = re.compile(
    rf"(?P<before>[NSEW北南东西][纬经]?)\s*:?\s*{_VALUE.format('b_')}|{_VALUE.format('a_')}(?P<after>[NSEW])",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s,;、/()]*")
_QUOTES = str.maketrans({"º": "°", "′": "'", "’": "'", "‘": "'", "″": '"', "”": '"', "“": '"'})


def latitude_of(cell: Cell) -> float | None:
    """The latitude in degrees, None for an empty cell. Raises InvalidInput as `number_of` or "cell.not_coordinates"."""
    return _of(cell, LATITUDE)


def longitude_of(cell: Cell) -> float | None:
    """The longitude in degrees, as `latitude_of`."""
    return _of(cell, LONGITUDE)


def pair_of(cell: Cell) -> tuple[float | None, float | None]:
    """(latitude, longitude) of one cell; without hemispheres the latitude stands first.

    Raises InvalidInput("cell.not_coordinates").
    """
    text = text_of(cell)
    if text is None:
        return None, None
    named = dict(_angles(text))
    if len(named) == 2:
        return float(named[LATITUDE]), float(named[LONGITUDE])
    parts = [part for part in re.split(r"[\s,，;；]+", text.strip("()[]（） ")) if part]
    try:
        latitude, longitude = (number_of(part) for part in parts)
    except (InvalidInput, ValueError):
        raise InvalidInput("cell.not_coordinates", value=text[:40]) from None
    return None if latitude is None else float(latitude), None if longitude is None else float(longitude)


def _of(cell: Cell, axis: str) -> float | None:
    text = text_of(cell)
    found = _angles(text) if text and isinstance(cell, str) else []
    if not found:
        number = number_of(cell)
        return None if number is None else float(number)
    if len(found) > 1 or found[0][0] != axis:
        raise InvalidInput("cell.not_coordinates", value=str(text)[:40])
    return float(found[0][1])


def _angles(text: str) -> list[tuple[str, Decimal]]:
    """(axis, angle) of every angle with a hemisphere; none when anything else stands in the text."""
    plain = unicodedata.normalize("NFKC", text.translate(_QUOTES)).translate(_QUOTES).replace("''", '"')
    found, end = [], 0
    for match in _ANGLE.finditer(plain):
        if not _BETWEEN.fullmatch(plain, end, match.start()):
            return []
        angle = _angle(match)
        if angle is None:
            return []
        found.append(angle)
        end = match.end()
    return found if _BETWEEN.fullmatch(plain, end) else []


def _angle(match: re.Match[str]) -> tuple[str, Decimal] | None:
    side = "b_" if match["before"] else "a_"
    hemisphere = _HEMISPHERES.get((match["before"] or match["after"]).upper())
    degrees, minutes, seconds = (
        Decimal(match[f"{side}{part}"] or 0) for part in ("degrees", "minutes", "seconds")
    )
    if hemisphere is None or minutes >= 60 or seconds >= 60:
        return None
    axis, sign = hemisphere
    return axis, sign * round(degrees + minutes / 60 + seconds / 3600, 7)
