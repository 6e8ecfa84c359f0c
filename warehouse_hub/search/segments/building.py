"""Writing a segment: one pass over listings that gives its columns, ids, names, texts and postings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import tee
from pathlib import Path
from typing import Final

import numpy as np

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.search.rows.cities import Cities
from warehouse_hub.search.rows.listing_rows import columns_of
from warehouse_hub.search.rows.schema import TYPES, Arrays, empty_arrays
from warehouse_hub.search.rows.stored import TextsFile, write_rows
from warehouse_hub.search.segments.seal import SealedSegment
from warehouse_hub.search.text.fields import indexed_text
from warehouse_hub.search.text.port import TextEngine

ROWS: Final = ".rows"
TEXTS: Final = ".texts"


def write_segment(
    folder: Path,
    name: str,
    engine: TextEngine,
    batches: Iterable[Sequence[PublishedListing]],
    cities: Cities,
) -> SealedSegment:
    """Write the files of a segment whose rows are the listings in their order; memory is bounded by the columns.

    New towns are added to `cities`, and the file keeps those, so segments must be opened in the order of writing.
    """
    first_city = len(cities)
    with ExitStack() as stack:
        texts = stack.enter_context(TextsFile(folder / f"{name}{TEXTS}"))
        rows = _Rows(cities, texts)
        ids, tokens = tee(rows.each(batches))
        made = engine.write(folder, name, (id_ for id_, _ in ids), (text for _, text in tokens))
    write_rows(folder / f"{name}{ROWS}", rows.columns(), rows.ids, rows.names, cities.since(first_city))
    return SealedSegment(name, len(rows.ids), (*made, f"{name}{ROWS}", f"{name}{TEXTS}"))


class _Rows:
    """Takes listings in and hands their tokens on."""

    def __init__(self, cities: Cities, texts: TextsFile) -> None:
        self.ids: list[str] = []
        self.names: list[str] = []
        self._cities = cities
        self._texts = texts
        self._batches: list[Arrays] = [empty_arrays(0)]

    def each(self, batches: Iterable[Sequence[PublishedListing]]) -> Iterator[tuple[str, Mapping[str, int]]]:
        for batch in batches:
            texts = [indexed_text(listing) for listing in batch]
            self._batches.append(columns_of(batch, [text.digest for text in texts], self._cities))
            for listing, text in zip(batch, texts, strict=True):
                self.ids.append(listing.id)
                self.names.append(listing.name("zh"))
                self._texts.add(text.canonical)
                yield listing.id, text.impacts

    def columns(self) -> Arrays:
        return {name: np.concatenate([batch[name] for batch in self._batches]) for name in TYPES}
