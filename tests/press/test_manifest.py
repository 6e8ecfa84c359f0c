"""The manifest: a folder that was touched is known to be touched."""

from __future__ import annotations

import json

import pytest

from warehouse_hub.press.folder import place_folder
from warehouse_hub.press.manifest import MANIFEST, manifest_bytes, verify

FILES = {"catalogue.pdf": b"%PDF-1.7 one", "catalogue.csv": "编号\r\n".encode()}


@pytest.fixture
def folder(tmp_path):
    target = tmp_path / "ZZHWC-2026-11"
    place_folder(target, {**FILES, MANIFEST: manifest_bytes("ZZHWC-2026-11", FILES)})
    return target


def codes(folder):
    return [(each.code, each.name) for each in verify(folder)]


def test_a_whole_folder_verifies(folder):
    assert verify(folder) == []


def test_one_flipped_bit_is_found(folder):
    path = folder / "catalogue.pdf"
    content = bytearray(path.read_bytes())
    content[5] ^= 1
    path.write_bytes(content)
    assert codes(folder) == [("file.hash", "catalogue.pdf")]


def test_a_longer_a_missing_and_an_added_file_are_each_named(folder):
    (folder / "catalogue.pdf").write_bytes(FILES["catalogue.pdf"] + b" ")
    (folder / "catalogue.csv").unlink()
    (folder / "extra.txt").write_text("x")
    assert codes(folder) == [
        ("file.missing", "catalogue.csv"),
        ("file.size", "catalogue.pdf"),
        ("file.extra", "extra.txt"),
    ]


def test_a_signature_may_stand_beside_the_manifest(folder):
    (folder / "manifest.sig").write_bytes(b"signature")
    assert verify(folder) == []


def test_a_folder_without_a_manifest_does_not_verify(tmp_path):
    assert codes(tmp_path) == [("manifest.missing", MANIFEST)]
    assert codes(tmp_path / "nowhere") == [("manifest.missing", MANIFEST)]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": [{"name": "a"}]}', "\ufffd"])
def test_a_manifest_of_another_make_is_unreadable(folder, text):
    (folder / MANIFEST).write_text(text)
    assert codes(folder) == [("manifest.unreadable", MANIFEST)]


def test_a_manifest_cannot_point_out_of_its_folder(folder):
    document = json.loads((folder / MANIFEST).read_bytes())
    document["files"][0]["name"] = "../secret"
    (folder / MANIFEST).write_text(json.dumps(document))
    assert codes(folder) == [("manifest.unreadable", MANIFEST)]
