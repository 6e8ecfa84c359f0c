"""The programming interface under /api/v1: the same services as the pages, as JSON."""

from __future__ import annotations

from warehouse_hub.web.api import (
    editions,
    needs,
    operations,
    statistics,
    suggestions,
    vocabulary,
    warehouses,
)
from warehouse_hub.web.api.blueprint import blueprint

__all__ = [
    "blueprint",
    "editions",
    "needs",
    "operations",
    "statistics",
    "suggestions",
    "vocabulary",
    "warehouses",
]
