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
    from whoosh.codec.whoosh3 import LENGTHS_COLUMN, W3Codec
    from whoosh.columns import VarBytesColumn
    from whoosh.fields import COLUMN, ID, TEXT, Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.formats import Frequency
    from whoosh.index import TOC, FileIndex, clean_files
    from whoosh.reading import SegmentReader, TermNotFound
    from whoosh.system import pack_uint
    from whoosh.util.numeric import byte_to_length, length_to_byte
    from whoosh.writing import SegmentWriter

__all__ = [
    "COLUMN",
    "ID",
    "LENGTHS_COLUMN",
    "TEXT",
    "TOC",
    "FileIndex",
    "FileStorage",
    "Frequency",
    "IDAnalyzer",
    "Schema",
    "SegmentReader",
    "SegmentWriter",
    "TermNotFound",
    "VarBytesColumn",
    "W3Codec",
    "byte_to_length",
    "clean_files",
    "length_to_byte",
    "pack_uint",
]
