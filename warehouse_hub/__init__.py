"""The overseas-warehouse directory and matching platform (海外仓名录与供需匹配)."""

from __future__ import annotations

__version__ = "0.1.0"
