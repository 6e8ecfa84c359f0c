"""Texts to index, and the index that Whoosh's own writer makes of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from whoosh.analysis import IDAnalyzer
from whoosh.codec.whoosh3 import W3Codec
from whoosh.columns import VarBytesColumn
from whoosh.fields import COLUMN, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.system import pack_uint
from whoosh.writing import SegmentWriter

Text = Mapping[str, int]


def bilingual(count: int, seed: int = 1, tokens: int = 40) -> list[Text]:
    """Seeded texts in Chinese and English whose words are as unequally common as words are; every ninth is short."""
    rng = random.Random(seed)
    chinese = [a + b for a in "海外仓库洛杉矶汉堡一件代发带电" for b in "仓储退货换标头程尾派清关保税中转"]
    english = [
        f"{word}{ending}" for word in ["ware", "fulfil", "bond", "cold", "port"] for ending in range(60)
    ]
    words = rng.sample(chinese + english, len(chinese) + len(english))
    common = [1 / (place + 1) for place in range(len(words))]
    return [
        {
            word: rng.randint(1, 255) if rng.random() < 0.1 else rng.randint(1, 20)
            for word in rng.choices(words, common, k=rng.randint(0, 3) if row % 9 == 0 else tokens)
        }
        for row in range(count)
    ]


def ids_of(count: int, start: int = 0) -> list[str]:
    return [f"REAL-德-{number}" for number in range(start, start + count)]


class WeightedTokens(TEXT):
    """Text that comes as impacts, for Whoosh's own writer."""

    def __init__(self) -> None:
        super().__init__(analyzer=IDAnalyzer(), phrase=False)

    def index(self, value: Text, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for token, impact in value.items():
            yield token.encode(), impact, float(impact), pack_uint(impact)


def stock_index(
    folder: Path, segments: Sequence[tuple[Sequence[Text], set[int]]], *, block_size: int = 128
) -> FileIndex:
    """An index by Whoosh's own writer and codec: a segment for each of the texts, with rows deleted from it."""
    folder.mkdir()
    codec = W3Codec(blocklimit=block_size)
    index = FileIndex.create(
        FileStorage(str(folder)), Schema(id=COLUMN(VarBytesColumn()), text=WeightedTokens()), "MAIN"
    )
    first = 0
    for texts, _ in segments:
        writer = SegmentWriter(index, codec=codec, compound=False)
        for id_, text in zip(ids_of(len(texts), first), texts, strict=True):
            writer.add_document(id=id_.encode(), text=text)
        writer.commit(merge=False)
        first += len(texts)
    writer = SegmentWriter(index, codec=codec, compound=False)
    first = 0
    for texts, deleted in segments:
        for row in deleted:
            writer.delete_document(first + row)
        first += len(texts)
    writer.commit(merge=False)
    return index
