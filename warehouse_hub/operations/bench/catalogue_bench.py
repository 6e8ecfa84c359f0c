"""An edition from what is in print: freezing its content, making every file, and what the PDF takes of that."""

from __future__ import annotations

from dataclasses import replace

from warehouse_hub.accounts.permissions import DATASETS, Actor
from warehouse_hub.catalogue.files import draft_pdf, files_of
from warehouse_hub.catalogue.service import intact_text, prepare
from warehouse_hub.operations.bench.answer import FLOOR, HUB, Bench, Measured, once, timed
from warehouse_hub.operations.bench.installation import DATASET, NOW, standing_still, temporary_directory
from warehouse_hub.operations.bench.memory import resident_mb
from warehouse_hub.operations.bench.sample import sample_facts
from warehouse_hub.press.freeze import thaw
from warehouse_hub.press.json_file import json_bytes

ROWS = 400
_EDITOR = Actor(None, "bench", "bench", frozenset({"editor"}), None, frozenset(DATASETS))
_REPEATS = 3


def run(rows: int, seed: int) -> Bench:
    """Prepare an edition of `rows` public warehouses and make its files; the floor writes its content as JSON."""
    sample = (
        (key, replace(facts, record_class="public", stage="operating"))
        for key, facts in sample_facts(rows, seed=seed)
    )
    with temporary_directory(sample) as (database, _), database.unit_of_work(standing_still) as uow:
        issue, prepared_s = once(lambda: prepare(uow, "2026-11", dataset=DATASET, actor=_EDITOR))
        entries, text = issue.counts["entries"], intact_text(issue)
        before = resident_mb()
        files, all_p50, all_p95 = timed(lambda: files_of(text, published_at=NOW), repeats=_REPEATS)
        _, pdf_p50, pdf_p95 = timed(lambda: draft_pdf(text, prepared_at=NOW), repeats=_REPEATS)
        _, least_p50, least_p95 = timed(lambda: json_bytes(thaw(text)), repeats=_REPEATS)
        added = resident_mb() - before
    results = (
        Measured(HUB, "all files", all_p50, all_p95, entries, {"bytes": sum(map(len, files.values()))}),
        Measured("hub_pdf", "all files", pdf_p50, pdf_p95, entries, {"bytes": len(files["catalogue.pdf"])}),
        Measured(FLOOR, "content as JSON", least_p50, least_p95, entries),
    )
    return Bench(
        "catalogue",
        rows,
        seed,
        results,
        memory_mb=round(added, 1),
        build_s={"prepare": prepared_s, "files": all_p50 / 1000, "pdf": pdf_p50 / 1000},
        more={"pdf_share": round(pdf_p50 / all_p50, 3)},
    )
