"""Folders that appear at once: whole or not at all, also when the writer is killed."""

from __future__ import annotations

import os
import textwrap

import pytest
from killed_process import killed_when_it_says

from warehouse_hub.press.folder import place_folder

OLD, NEW = {"a.txt": b"old a", "b.txt": b"old b"}, {"a.txt": b"new a", "c.txt": b"new c"}

# Writes a folder, but stops for good at the named call, telling the parent that it got there.
STOPPED_WRITER = textwrap.dedent("""
    import os, signal, sys
    from pathlib import Path
    from warehouse_hub.press import folder

    target, where = Path(sys.argv[1]), sys.argv[2]
    passed = {"fsync": 0, "rename": 0}

    def stopping(kind, real):
        def call(*args, **more):
            passed[kind] += 1
            if f"{kind}{passed[kind]}" == where:
                print("there", flush=True)
                signal.pause()
            return real(*args, **more)
        return call

    os.fsync = stopping("fsync", os.fsync)
    Path.rename = stopping("rename", Path.rename)
    folder.place_folder(target, {"a.txt": b"new a", "c.txt": b"new c"})
""")


def content_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def leftovers(parent):
    return sorted(
        path.name for path in parent.iterdir() if ".partial-" in path.name or ".replaced-" in path.name
    )


def kill_at(target, where):
    """Start a writer and kill it with SIGKILL at `where`."""
    killed_when_it_says("there", STOPPED_WRITER, target, where)


def test_a_folder_holds_exactly_what_was_given(tmp_path):
    place_folder(tmp_path / "deep" / "edition", OLD)
    assert content_of(tmp_path / "deep" / "edition") == OLD
    assert leftovers(tmp_path / "deep") == []


def test_a_newer_folder_replaces_an_older_one_whole(tmp_path):
    place_folder(tmp_path / "edition", OLD)
    place_folder(tmp_path / "edition", NEW)
    assert content_of(tmp_path / "edition") == NEW
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("where", ["fsync1", "fsync2", "fsync3", "rename1"])
def test_a_writer_killed_before_the_rename_leaves_nothing_in_place(tmp_path, where):
    kill_at(tmp_path / "edition", where)
    assert not (tmp_path / "edition").exists()
    assert len(leftovers(tmp_path)) == 1


def test_a_writer_killed_after_the_rename_leaves_a_whole_folder(tmp_path):
    kill_at(tmp_path / "edition", "fsync4")
    assert content_of(tmp_path / "edition") == NEW


@pytest.mark.parametrize("where", ["fsync1", "rename1", "rename2"])
def test_the_next_run_sweeps_what_a_killed_one_left_and_succeeds(tmp_path, where):
    target = tmp_path / "edition"
    place_folder(target, OLD)
    kill_at(target, where)
    assert not target.exists() or content_of(target) == OLD
    place_folder(target, NEW)
    assert content_of(target) == NEW
    assert leftovers(tmp_path) == []


def test_a_failed_write_leaves_the_older_folder_as_it_was(tmp_path, monkeypatch):
    place_folder(tmp_path / "edition", OLD)

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        place_folder(tmp_path / "edition", NEW)
    assert content_of(tmp_path / "edition") == OLD
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("name", ["../out.txt", "sub/a.txt", ".hidden", ".."])
def test_only_plain_names_are_written(tmp_path, name):
    with pytest.raises(ValueError, match="plain file name"):
        place_folder(tmp_path / "edition", {name: b""})
