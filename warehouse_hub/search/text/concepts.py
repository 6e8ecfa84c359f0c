"""The tokens under which codes are indexed, and the words that every listing is found by."""

from __future__ import annotations

from typing import Final

from warehouse_hub.vocabulary.codes import GOODS_CLASSES, PLATFORMS, RECORD_CLASSES, SERVICES

CONCEPT_LISTS: Final = {
    "service": SERVICES,
    "goods": GOODS_CLASSES,
    "platform": PLATFORMS,
    "record_class": RECORD_CLASSES,
}
# What every listing of this directory is, in the words people add to a query out of habit.
EVERY_LISTING: Final = "海外仓 海外仓库 海外仓储 overseas warehouse warehousing"


def concept(kind: str, code: str) -> str:
    """The token under which a code is indexed; the colon keeps it apart from anything a person can type."""
    return f"{kind}:{code}"
