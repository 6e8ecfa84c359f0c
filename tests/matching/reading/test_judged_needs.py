"""How well needs are read, over two files of judged messages."""

from __future__ import annotations

import statistics
import sys
import time

from matching.judged import TODAY, judged, read, score_of

from warehouse_hub.matching.reading import read_needs


def test_the_development_needs_are_read_right(capsys):
    found = score_of("needs_dev.jsonl")

    with capsys.disabled():
        sys.stdout.write(f"\nneeds_dev F1 {found.f1:.4f} ({found})")
    assert found.f1 >= 0.95


def test_needs_of_all_continents_services_goods_and_platforms_are_read_right(capsys):
    found = score_of("needs_written.jsonl")

    with capsys.disabled():
        sys.stdout.write(f"\nneeds_written F1 {found.f1:.4f} ({found})")
    assert found.f1 >= 0.95


def test_messages_that_state_no_need_give_none():
    asked = [
        each["text"]
        for name in ("needs_dev.jsonl", "needs_written.jsonl")
        for each in judged(name)
        if not each["expect"]
    ]

    assert len(asked) >= 10
    assert [text for text in asked if read(text)] == []


def test_the_speed_of_reading_is_told(capsys):
    read("x")
    times = []
    for each in judged("needs_written.jsonl"):
        start = time.perf_counter()
        read_needs(each["text"], today=TODAY)
        times.append((time.perf_counter() - start) * 1000)

    with capsys.disabled():
        sys.stdout.write(f"\nreading: median {statistics.median(times):.2f} ms, slowest {max(times):.2f} ms")
    # Far above what is measured: it fails only when reading has become another order of work.
    assert statistics.median(times) < 100
