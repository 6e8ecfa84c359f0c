"""What a peer loads of a listing, written to a file once, so that every peer is given the very same.

The one thing to get wrong: reading the directory and cutting text into tokens is work of ours; a peer's time to build
begins after it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.operations.bench.circle import in_space
from warehouse_hub.operations.bench.question import goods_bits, service_bits
from warehouse_hub.operations.bench.sample_text import listing_tokens


class PeerRow(NamedTuple):
    """One listing: `services` and `goods` as bits, `place` in kilometres along the axes of the earth, `tokens` with a
    space between and written as often as they count.
    """

    row: int
    id: str
    country: str
    record_class: str
    services: int
    goods: int
    available_m2: int | None
    latitude: float | None
    longitude: float | None
    place: tuple[float, float, float] | None
    tokens: str


def write_rows(listings: Iterable[PublishedListing], file: Path) -> int:
    """Write one line for every listing, numbered from 0, and tell how many."""
    row = -1
    with file.open("w", encoding="utf-8") as lines:
        for row, listing in enumerate(listings):
            tokens = " ".join(token for token, times in listing_tokens(listing).items() for _ in range(times))
            lines.write(json.dumps(_row(row, listing, tokens)))
            lines.write("\n")
    return row + 1


def read_rows(file: Path, most: int | None = None) -> Iterator[PeerRow]:
    """The rows of a file in order, the first `most` of them where that is given."""
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number == most:
                return
            yield PeerRow(*json.loads(line))


def place_rows(listings: Iterable[PublishedListing]) -> Iterator[PeerRow]:
    """The rows of listings whose text nobody will search."""
    return (_row(row, listing, "") for row, listing in enumerate(listings))


def _row(row: int, listing: PublishedListing, tokens: str) -> PeerRow:
    available = listing.available_m2
    place = None
    if listing.latitude is not None and listing.longitude is not None:
        x, y, z = in_space(listing.latitude, listing.longitude)
        place = float(x), float(y), float(z)
    return PeerRow(
        row,
        listing.id,
        listing.country,
        listing.record_class,
        service_bits(code for code, stated in listing.services.items() if stated is True),
        goods_bits(listing.goods),
        None if available is None else int(available),
        listing.latitude,
        listing.longitude,
        place,
        tokens,
    )
