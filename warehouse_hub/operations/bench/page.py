"""The measured part of a page of documentation: `python -m warehouse_hub.operations.bench.page FILE` renews all of it.

The one thing to get wrong: figures of another size or another benchmark stay as they are when one is renewed, so every
section says on what machine and under what load it was measured; the machine itself is never named.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from warehouse_hub.operations.bench.table import facts_of, grid, told

BENCHES: Final = ("search", "map", "matching", "catalogue", "statistics", "http")
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
_HEADING: Final = re.compile(r"^## (\w+): ([\d,]+) listings.*$", re.MULTILINE)
_SHOWN: Final = frozenset({"engine", "query", "p50_ms", "p95_ms", "total"})

Key = tuple[int, int]


def main(page: Path) -> int:
    """Measure everything and rewrite; the number of benchmarks in which engines disagreed, whose figures stay out.

    Each benchmark runs in a process of its own, so that none is measured in the memory of the one before it.
    """
    documents, failed = [], 0
    for name in BENCHES:
        print(f"{name} …", file=sys.stderr, flush=True)  # noqa: T201
        document, agreed = _measured(name)
        failed += not agreed
        if agreed:
            documents.append(document)
    write(page, documents)
    return failed


def write(page: Path, documents: Sequence[Mapping[str, Any]]) -> None:
    """Put the figures of some runs on a page; raises ValueError where it has no place for them."""
    page.write_text(rewritten(page.read_text(encoding="utf-8"), documents), encoding="utf-8")


def rewritten(text: str, documents: Sequence[Mapping[str, Any]]) -> str:
    """The page with those figures between its markers, beside what was measured with other sizes.

    Raises ValueError where it has no markers.
    """
    before, begin, rest = text.partition(BEGIN)
    measured, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the page has no markers for what is measured")
    sections = dict(_sections(measured))
    sections |= {_key(one["bench"], one["rows"]): "\n".join(_section(one)) for one in documents}
    whole = "\n\n".join(sections[key] for key in sorted(sections))
    return f"{before}{BEGIN}\n\n{whole}\n\n{END}{after}"


def _sections(measured: str) -> Iterator[tuple[Key, str]]:
    headings = list(_HEADING.finditer(measured))
    ends = [*(heading.start() for heading in headings[1:]), len(measured)]
    for heading, end in zip(headings, ends, strict=False):
        if heading[1] in BENCHES:
            yield _key(heading[1], int(heading[2].replace(",", ""))), measured[heading.start() : end].strip()


def _key(bench: str, rows: int) -> Key:
    return BENCHES.index(bench), rows


def _measured(name: str) -> tuple[dict[str, Any], bool]:
    line = [sys.executable, "-m", "warehouse_hub.cli", "bench", name, "--json"]
    line += ["--peers"] if name == "search" else []
    outcome = subprocess.run(line, stdout=subprocess.PIPE, check=False)  # noqa: S603
    if not outcome.stdout:
        sys.exit(f"bench {name} gave no figures; its message stands above")
    return json.loads(outcome.stdout), outcome.returncode == 0


def _section(document: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {document['bench']}: {document['rows']:,} listings, seed {document['seed']}"
    yield ""
    yield from _side_by_side(document) if document["bench"] == "search" else _one_by_one(document)
    yield ""
    yield from (f"- {fact}" for fact in facts_of(document))
    yield f"- {_machine()}"


def _side_by_side(document: Mapping[str, Any]) -> Iterator[str]:
    heading, *rows = grid(document)
    yield f"| {' | '.join(heading)} |"
    yield "| --- |" + " ---: |" * (len(heading) - 1)
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _one_by_one(document: Mapping[str, Any]) -> Iterator[str]:
    yield "| engine | query | p50 ms | p95 ms | total | |"
    yield "| --- | --- | ---: | ---: | ---: | --- |"
    for one in document["results"]:
        total = "" if one["total"] is None else f"{one['total']:,}"
        extra = {name: value for name, value in one.items() if name not in _SHOWN and value is not None}
        yield (
            f"| {one['engine']} | {one['query']} | {one['p50_ms']:.3f} | {one['p95_ms']:.3f} | {total} |"
            f" {told(extra)} |"
        )


def _machine() -> str:
    load = os.getloadavg()[1]
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}; load average over five minutes at the end"
        f" of the run {load:.1f}"
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
