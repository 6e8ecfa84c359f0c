"""The parts of Whoosh 2.7.4 that are used, imported in one place.

Freshly compiled on a new Python it gives SyntaxWarnings of two kinds, and exactly those are ignored; forks of Whoosh
return stale and doubled documents and are no replacement.
"""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    for _message in ('"is" with', '"is not" with', "invalid escape sequence"):
        for _category in (SyntaxWarning, DeprecationWarning):
            warnings.filterwarnings("ignore", message=_message, category=_category)
    from whoosh.analysis import IDAnalyzer
    from whoosh.codec.whoosh3 import (
        W3Codec,
        W3LeafMatcher,
        W3PerDocReader,
        W3Segment,
        W3TermInfo,
        W3TermsReader,
    )
    from whoosh.columns import VarBytesColumn
    from whoosh.fields import COLUMN, TEXT, Schema
    from whoosh.filedb.filestore import FileStorage, RamStorage
    from whoosh.filedb.filetables import HashWriter, OrderedHashWriter
    from whoosh.filedb.structfile import BufferFile, StructFile
    from whoosh.index import TOC, FileIndex
    from whoosh.reading import TermNotFound
    from whoosh.system import pack_uint
    from whoosh.util.numeric import byte_to_length, length_to_byte
    from whoosh.util.numlists import GrowableArray

__all__ = [
    "COLUMN",
    "TEXT",
    "TOC",
    "BufferFile",
    "FileIndex",
    "FileStorage",
    "GrowableArray",
    "HashWriter",
    "IDAnalyzer",
    "OrderedHashWriter",
    "RamStorage",
    "Schema",
    "StructFile",
    "TermNotFound",
    "VarBytesColumn",
    "W3Codec",
    "W3LeafMatcher",
    "W3PerDocReader",
    "W3Segment",
    "W3TermInfo",
    "W3TermsReader",
    "byte_to_length",
    "length_to_byte",
    "pack_uint",
]
