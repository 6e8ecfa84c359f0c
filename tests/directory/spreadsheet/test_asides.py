"""Lines between and below the records are left aside, and records never are."""

from __future__ import annotations

import pytest
from spreadsheets import table_of

from warehouse_hub.directory.spreadsheet.asides import aside_code

HEADER = ["序号", "仓库名称", "国家", "总面积（㎡）"]


def test_hints_an_example_totals_and_a_signature_are_no_records_and_keep_the_row_numbers(tmp_path):
    table = table_of(
        tmp_path,
        HEADER,
        [None, "（必填，填全称）", "（必填）", "（填数字）"],
        ["例", "某某仓", "美国", 1000],
        [1, "甲仓", "美国", 1000],
        ["合计", None, None, 1000],
        ["填表人：张三", None, None, "13800000000"],
    )
    assert [row.number for row in table.rows] == [4]
    assert {(note.code, note.row) for note in table.notes} == {
        ("row.hint_left_out", 2),
        ("row.example_left_out", 3),
        ("row.total_left_out", 5),
        ("row.footnote_left_out", 6),
    }


@pytest.mark.parametrize(
    "cells",
    [
        ["Total", "法国", 1000],
        ["Total Logistics", "FR"],
        ["总计仓储有限公司", 1000],
        [1, "合计"],
        ["示例", "德国", "汉堡"],
        ["注塑料件仓", "美国"],
    ],
)
def test_a_record_is_not_taken_for_a_line_of_totals_or_a_note(cells):
    assert aside_code(cells, before_records=True) is None


def test_a_name_in_brackets_further_down_is_a_record():
    assert aside_code(["（临时仓）"], before_records=False) is None


def test_a_table_without_records_says_so(tmp_path):
    assert [note.code for note in table_of(tmp_path, HEADER).notes] == ["table.no_rows"]
