"""A benchmark's outcome as a table: a row for each query, a column for each engine, then what it all comes to.

The one thing to get wrong: engines below one another hide what is compared; here one line holds one query.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

# Told by words of their own.
_APART: Final = frozenset(
    {"bench", "rows", "seed", "results", "disagreements", "ratios", "floor_ratio", "memory_mb"}
)


def grid(document: Mapping[str, Any]) -> list[list[str]]:
    """The medians in milliseconds with the 95th percentile in brackets; the first row names the engines.

    Where engines found different totals, all of them stand there.
    """
    results = document["results"]
    engines = list(dict.fromkeys(one["engine"] for one in results))
    rows = [["", "total", *engines]]
    for query in dict.fromkeys(one["query"] for one in results):
        found = {one["engine"]: one for one in results if one["query"] == query}
        totals = dict.fromkeys(one["total"] for one in found.values() if one["total"] is not None)
        times = [_time(found[engine]) if engine in found else "" for engine in engines]
        rows.append([query, " or ".join(f"{total:,}" for total in totals), *times])
    return rows


def lines_of(document: Mapping[str, Any]) -> Iterator[str]:
    """A whole outcome, as `Bench.to_json` gives it, for a terminal."""
    yield f"{document['bench']}: {document['rows']:,} listings, seed {document['seed']}"
    rows = grid(document)
    wide = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for name, *others in rows:
        cells = [cell.rjust(width) for cell, width in zip(others, wide[1:], strict=True)]
        yield "  ".join([name.ljust(wide[0]), *cells]).rstrip()
    yield from facts_of(document)


def facts_of(document: Mapping[str, Any]) -> Iterator[str]:
    """Everything but the single figures, a line each."""
    if document["ratios"]:
        yield f"times as long as ours, geometric mean: {told(document['ratios'])}"
    if document["floor_ratio"] is not None:
        yield f"ours over the floor, geometric mean: {document['floor_ratio']}"
    if document["memory_mb"] is not None:
        yield f"memory: {document['memory_mb']} MB"
    for name, value in document.items():
        if name not in _APART and value not in (None, {}):
            yield f"{name.replace('_', ' ')}: {told(value)}"


def told(value: Any) -> str:
    """A figure, several of them, or figures by name, on one line."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {told(each)}" for name, each in value.items())
    if isinstance(value, list):
        return " + ".join(map(str, value))
    return str(value)


def _time(one: Mapping[str, Any]) -> str:
    return f"{one['p50_ms']:.3f} ({one['p95_ms']:.3f})"
