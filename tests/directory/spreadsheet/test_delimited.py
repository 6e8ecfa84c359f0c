"""A csv of ours that comes back means what it said before its cells were guarded."""

from __future__ import annotations

from warehouse_hub.directory.spreadsheet.delimited import read_delimited
from warehouse_hub.press.columns import Column
from warehouse_hub.press.csv_file import csv_bytes


def test_a_guarded_code_and_a_guarded_formula_come_back_as_they_were(tmp_path):
    columns = (Column("name", "名称", "Name"), Column("uscc", "统一社会信用代码", "USCC", "code"))
    row = {"name": "=SUM(A1)", "uscc": "914101050000000000"}
    path = tmp_path / "ours.csv"
    path.write_bytes(csv_bytes(columns, [row]))
    assert "'914101050000000000" in path.read_text(encoding="utf-8-sig")
    assert read_delimited(path).rows[-1] == ("=SUM(A1)", "914101050000000000")
