"""Whoosh's own searcher over the index that our engine reads: text alone, for the index holds no filters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh.query import And, Or, Term

from warehouse_hub.operations.bench.search_queries import PAGE_LENGTH
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.search.reading import Word, read_query
from warehouse_hub.search.whoosh_index import INDEX_NAME
from warehouse_hub.search.whoosh_library import FileIndex, FileStorage


class WhooshPeer:
    """Opened once; the index must hold one dataset only, since nothing here tells datasets apart."""

    def __init__(self, index_dir: Path) -> None:
        folder = index_dir / (index_dir / "current").read_text(encoding="utf-8")
        self._searcher = FileIndex(FileStorage(str(folder)), indexname=INDEX_NAME).searcher()

    def search(self, query: SearchQuery) -> int:
        """How many listings hold the words; twenty are ranked on the way."""
        words = [_query(word) for word in read_query(query.q)]
        return len(self._searcher.search(And(words), limit=PAGE_LENGTH))

    def close(self) -> None:
        self._searcher.close()


def _query(word: Word) -> Any:
    every = And([Term("text", token) for token in word.tokens])
    return Or([every, *(Term("text", token) for token in word.instead)])
