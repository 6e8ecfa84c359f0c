"""Rewrite the measured part of a page of documentation: `python -m warehouse_hub.operations.bench.page FILE`.

Each benchmark runs in a process of its own, so that none is measured in the memory of the one before it. The page
names the number of cores and the version of Python, never the machine.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

BENCHES: Final = ("search", "map", "matching", "catalogue", "statistics", "http")
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def main(page: Path) -> int:
    """Measure and rewrite; the number of benchmarks in which engines disagreed, which leave the page as it was."""
    text = page.read_text(encoding="utf-8")
    documents, failed = [], 0
    for name in BENCHES:
        print(f"{name} …", file=sys.stderr, flush=True)  # noqa: T201
        document, agreed = _measured(name)
        documents.append(document)
        failed += not agreed
    if not failed:
        page.write_text(rewritten(text, documents), encoding="utf-8")
    return failed


def rewritten(text: str, documents: Sequence[Mapping[str, Any]]) -> str:
    """The page with fresh figures between its markers; raises ValueError where it has none."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the page has no markers for what is measured")
    parts = [_machine(), *("\n".join(_section(document)) for document in documents)]
    return f"{before}{BEGIN}\n\n{chr(10).join(f'{part}{chr(10)}' for part in parts)}\n{END}{after}"


def _measured(name: str) -> tuple[dict[str, Any], bool]:
    line = [sys.executable, "-m", "warehouse_hub.cli", "bench", name, "--json"]
    outcome = subprocess.run(line, stdout=subprocess.PIPE, check=False)  # noqa: S603
    if not outcome.stdout:
        sys.exit(f"bench {name} gave no figures; its message stands above")
    return json.loads(outcome.stdout), outcome.returncode == 0


def _machine() -> str:
    load = os.getloadavg()[1]
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}; load average over five minutes at the end"
        f" of the run {load:.1f}."
    )


def _section(document: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {document['bench']}: {document['rows']:,} listings, seed {document['seed']}"
    yield ""
    yield "| engine | query | p50 ms | p95 ms | total | |"
    yield "| --- | --- | ---: | ---: | ---: | --- |"
    for one in document["results"]:
        total = "" if one["total"] is None else f"{one['total']:,}"
        extra = {name: value for name, value in one.items() if name not in _SHOWN and value is not None}
        yield (
            f"| {one['engine']} | {one['query']} | {one['p50_ms']:.3f} | {one['p95_ms']:.3f} | {total} |"
            f" {_told(extra)} |"
        )
    yield ""
    facts = {
        name: value for name, value in document.items() if name not in _APART and value not in (None, {})
    }
    yield "; ".join(_fact(name, value) for name, value in facts.items()) + "."


_SHOWN: Final = frozenset({"engine", "query", "p50_ms", "p95_ms", "total"})
_APART: Final = frozenset({"bench", "rows", "seed", "results", "disagreements"})


def _fact(name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{name}: {_told(value)}"
    return f"{name} {value}"


def _told(facts: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{name} {' + '.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in facts.items()
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
