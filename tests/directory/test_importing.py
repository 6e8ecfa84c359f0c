"""A table goes into the directory whole, or not at all with every fault named by its row."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import EDITOR, OPERATOR, hamburg_bonded, noon, publish
from directory.imported import counts, load, printed
from killed_process import killed_when_it_says
from spreadsheets import csv_file, table_of
from sqlalchemy import func, select

from warehouse_hub.accounts.models import AuditEntry
from warehouse_hub.core.errors import Forbidden
from warehouse_hub.core.feed import changes_since, head
from warehouse_hub.directory.listings import suspend
from warehouse_hub.directory.models import Operator, Warehouse
from warehouse_hub.directory.published import count_published, published_listing
from warehouse_hub.directory.spreadsheet.reading import read_table

HEADER = ["编号", "海外仓名称", "运营主体", "所在国", "城市", "现有面积", "可用面积平方米", "服务"]
HAMBURG = ["W-1", "示例汉堡仓", "示例启航有限公司", "德国", "汉堡", 8000, 3200, "保税、一件代发"]
PERRIS = ["W-2", "示例佩里斯仓", "示例启航有限公司", "美国", "Perris, CA", 20000, None, "FBA中转"]
TASHKENT = ["W-3", "示例塔什干仓", "示例丝路有限公司", "乌兹别克斯坦", "塔什干", 5000, None, None]
ROWS = (HEADER, HAMBURG, PERRIS, TASHKENT)


def test_every_row_of_a_table_comes_into_print(database, tmp_path):
    report = load(database, table_of(tmp_path, *ROWS))
    assert counts(report) == (3, 3, 0, 0)
    hamburg = printed(database)["W-1"]
    assert (hamburg.name_zh, hamburg.country, hamburg.city, hamburg.city_zh) == (
        "示例汉堡仓",
        "DE",
        "Hamburg",
        "汉堡",
    )
    assert (hamburg.total_m2, hamburg.available_m2) == (8000, 3200)
    assert hamburg.services == {"bonded": True, "dropship": True}
    assert hamburg.geocode_precision == "city"
    assert hamburg.latitude == pytest.approx(53.55, abs=0.05)
    assert hamburg.operator_zh == "示例启航有限公司"


def test_repeating_a_table_changes_nothing_and_moves_no_follower(database, tmp_path):
    load(database, table_of(tmp_path, *ROWS))
    with database.reading() as session:
        before = head(session)
    assert counts(load(database, table_of(tmp_path, *ROWS))) == (3, 0, 0, 3)
    with database.reading() as session:
        assert head(session) == before
        assert session.scalar(select(func.count()).select_from(Operator)) == 2


def test_one_changed_cell_changes_one_listing_and_keeps_its_history(database, tmp_path):
    load(database, table_of(tmp_path, *ROWS))
    with database.reading() as session:
        before = head(session)
    report = load(database, table_of(tmp_path, HEADER, [*HAMBURG[:6], 2500, HAMBURG[7]], PERRIS, TASHKENT))
    assert counts(report) == (3, 0, 1, 2)
    assert printed(database)["W-1"].available_m2 == 2500
    assert printed(database)["W-1"].revision == 2
    with database.reading() as session:
        assert [change.key for change in changes_since(session, before)] == ["W-1"]


def test_a_dry_run_says_what_would_happen_and_does_nothing(database, tmp_path):
    assert counts(load(database, table_of(tmp_path, *ROWS), dry_run=True)) == (3, 3, 0, 0)
    with database.reading() as session:
        assert count_published(session, "real") == 0
        assert head(session) == 0
        assert not session.scalars(select(Operator)).all()


def test_one_bad_row_keeps_everything_out_and_all_faults_are_told_by_row_and_header(database, tmp_path):
    bad = ["W-4", None, "示例", "火星", "汉堡", "很大", None, "按摩"]
    home = ["W-5", "示例郑州仓", "示例", "中国", "郑州", 100, None, None]
    report = load(database, table_of(tmp_path, *ROWS, bad, home))
    assert counts(report)[1:] == (0, 0, 0)
    assert [(problem.row, problem.column, problem.code) for problem in report.problems] == [
        (5, "所在国", "listing.unknown_country"),
        (5, "服务", "listing.unknown_code"),
        (5, "现有面积", "quantity.unreadable"),
        (5, "海外仓名称", "listing.no_name"),
        (6, "所在国", "listing.not_overseas"),
    ]
    assert not printed(database)


def test_bad_rows_can_be_skipped_and_are_listed(database, tmp_path):
    home = ["W-5", "示例郑州仓", "示例", "中国", "郑州", 100, None, None]
    report = load(database, table_of(tmp_path, *ROWS, home), skip_bad_rows=True)
    assert counts(report) == (4, 3, 0, 0)
    assert [(problem.row, problem.code) for problem in report.problems] == [(5, "listing.not_overseas")]
    assert set(printed(database)) == {"W-1", "W-2", "W-3"}


def test_a_missing_column_is_one_clear_problem(database, tmp_path):
    report = load(database, table_of(tmp_path, ["海外仓名称", "城市"], ["示例", "汉堡"]), skip_bad_rows=True)
    assert [(problem.code, problem.facts["field"]) for problem in report.problems] == [
        ("column.missing", "country")
    ]
    assert not printed(database)


def test_the_same_id_twice_in_one_table_is_a_problem(database, tmp_path):
    report = load(database, table_of(tmp_path, *ROWS, HAMBURG))
    assert [(problem.code, problem.row, problem.facts["first"]) for problem in report.problems] == [
        ("row.repeats_a_key", 5, 2)
    ]


def test_a_table_without_ids_can_be_repeated(database, tmp_path):
    rows = [row[1:] for row in ROWS]
    assert counts(load(database, table_of(tmp_path, *rows))) == (3, 3, 0, 0)
    assert counts(load(database, table_of(tmp_path, *rows))) == (3, 0, 0, 3)
    assert all(key.startswith("R-") for key in printed(database))
    spaced = [rows[0], [" 示例汉堡仓 ", *rows[1][1:]], *rows[2:]]
    assert counts(load(database, table_of(tmp_path, *spaced))) == (3, 0, 0, 3)


def test_an_id_of_the_other_dataset_is_out_of_reach(database, tmp_path):
    publish(database, "W-1", hamburg_bonded(), dataset="demo")
    report = load(database, table_of(tmp_path, *ROWS))
    assert [problem.code for problem in report.problems] == ["warehouse.other_dataset"]


def test_an_import_does_not_bring_a_suspended_listing_back(database, tmp_path):
    load(database, table_of(tmp_path, *ROWS))
    with database.unit_of_work(noon) as uow:
        suspend(uow, "W-1", actor=EDITOR, note="核查")
    report = load(database, table_of(tmp_path, *ROWS), skip_bad_rows=True)
    assert [(problem.row, problem.code) for problem in report.problems] == [(2, "listing.out_of_print")]
    assert set(printed(database)) == {"W-2", "W-3"}


def test_an_ambiguous_town_is_told_with_its_candidates_and_never_guessed(database, tmp_path):
    report = load(
        database, table_of(tmp_path, HEADER, ["W-9", "Demo", None, "US", "Springfield", 100, None, None])
    )
    warning = next(each for each in report.warnings if each.code == "place.ambiguous")
    assert (warning.row, warning.column) == (2, "城市")
    assert len(warning.facts["candidates"]) > 3
    listing = printed(database)["W-9"]
    assert (listing.latitude, listing.longitude, listing.geocode_precision) == (None, None, "country")


def test_coordinates_far_from_their_town_are_told(database, tmp_path):
    rows = [["名称", "国家", "城市", "纬度", "经度"], ["示例", "德国", "汉堡", 48.1, 11.6]]
    report = load(database, table_of(tmp_path, *rows))
    assert [warning.code for warning in report.warnings] == ["place.far_from_city"]


def test_swapped_coordinates_are_refused_with_their_row(database, tmp_path):
    rows = [["名称", "国家", "城市", "纬度", "经度"], ["示例", "德国", "汉堡", 9.99, 53.55]]
    report = load(database, table_of(tmp_path, *rows))
    assert [(each.code, each.row, each.column) for each in report.problems] == [
        ("place.coordinates_swapped", 2, "纬度")
    ]
    assert printed(database) == {}


def test_a_town_is_found_with_its_state_behind_a_space_or_as_a_shi(database, tmp_path):
    rows = [
        ["编号", "名称", "国家", "城市"],
        ["H", "示例一", "美国", "Houston TX"],
        ["L", "示例二", "美国", "洛杉矶市"],
    ]
    report = load(database, table_of(tmp_path, *rows))
    assert report.warnings == ()
    found = printed(database)
    assert (found["H"].subdivision, found["L"].subdivision) == ("TX", "CA")


def test_operators_are_known_by_credit_code_whatever_their_name(database, tmp_path):
    header = ["名称", "国家", "运营主体", "统一社会信用代码"]
    code = "91350100M000100Y43"
    load(database, table_of(tmp_path, header, ["仓一", "德国", "示例启航有限公司", code]))
    report = load(database, table_of(tmp_path, header, ["仓二", "波兰", "示例启航（集团）有限公司", code]))
    assert [warning.code for warning in report.warnings] == ["operator.says_otherwise"]
    with database.reading() as session:
        operators = session.scalars(select(Operator)).all()
        assert [operator.name_zh for operator in operators] == ["示例启航有限公司"]
        assert len(set(session.scalars(select(Warehouse.operator_id)))) == 1


def test_what_a_later_table_knows_of_an_operator_is_added_and_its_listings_are_told_to_followers(
    database, tmp_path
):
    load(database, table_of(tmp_path, *ROWS))
    with database.reading() as session:
        before = head(session)
    rows = [
        ["编号", "名称", "国家", "运营主体", "母公司"],
        ["W-7", "仓七", "法国", "示例启航有限公司", "示例集团"],
    ]
    load(database, table_of(tmp_path, *rows))
    with database.reading() as session:
        assert {change.key for change in changes_since(session, before)} == {"W-1", "W-2", "W-7"}
    assert printed(database)["W-1"].operator_parent == "示例集团"


def test_two_operators_of_one_name_are_not_mixed_up(database, tmp_path):
    header = ["名称", "国家", "运营主体", "统一社会信用代码"]
    first, second = "91350100M000100Y43", "91110000600037341L"
    table = table_of(
        tmp_path,
        header,
        ["仓一", "德国", "示例", first],
        ["仓二", "德国", "示例", second],
        ["仓三", "德国", "示例", None],
    )
    report = load(database, table)
    assert [(problem.row, problem.code) for problem in report.problems] == [(4, "operator.ambiguous")]


def test_only_the_bureau_imports(database, tmp_path):
    with pytest.raises(Forbidden):
        load(database, table_of(tmp_path, *ROWS), actor=OPERATOR)


def test_every_imported_listing_leaves_a_line_in_the_audit_trail(database, tmp_path):
    load(database, table_of(tmp_path, *ROWS))
    with database.reading() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "listing.import")).all()
    assert [(entry.email, entry.subject) for entry in entries] == [
        (EDITOR.email, "W-1"),
        (EDITOR.email, "W-2"),
        (EDITOR.email, "W-3"),
    ]


def test_a_printed_wording_that_waits_for_review_survives_an_import(database, tmp_path):
    publish(database, "W-1", hamburg_bonded())
    load(database, table_of(tmp_path, *ROWS))
    with database.reading() as session:
        assert published_listing(session, "W-1").name_zh == "示例汉堡仓"


IMPORT_AND_TELL = """
import sys
from pathlib import Path
from sqlalchemy import event
from warehouse_hub.accounts.permissions import Actor
from warehouse_hub.core.database import Database
from warehouse_hub.directory.importing import import_listings
from warehouse_hub.directory.spreadsheet.reading import read_table

database = Database(sys.argv[1])
actor = Actor(None, "editor@example.invalid", "", frozenset({"editor"}), None, frozenset({"real"}))
with database.unit_of_work() as uow:
    @event.listens_for(uow.session, "after_flush")
    def tell(session, context):
        print("written", flush=True)
    import_listings(uow, read_table(Path(sys.argv[2])), dataset="real", actor=actor)
    print("ready to commit", flush=True)
    sys.stdin.readline()
"""


@pytest.mark.parametrize("last_words", ["written", "ready to commit"])
def test_an_import_killed_half_way_leaves_nothing(database_url, database, tmp_path, last_words):
    rows = [HEADER, *([f"K-{number}", *HAMBURG[1:]] for number in range(1500))]
    path = csv_file(tmp_path / "sent.csv", rows)
    killed_when_it_says(last_words, IMPORT_AND_TELL, database_url, path)
    assert not printed(database)
    assert counts(load(database, read_table(path))) == (1500, 1500, 0, 0)


def test_five_thousand_rows_are_loaded_whole(database, tmp_path):
    towns = (["德国", "汉堡"], ["美国", "Perris, CA"], ["波兰", "Poznań"], ["泰国", "曼谷"])
    rows = [
        [
            f"M-{number}",
            f"示例{number}号仓",
            f"示例企业{number % 400}",
            *towns[number % 4],
            5000 + number,
            100,
            "保税",
        ]
        for number in range(5000)
    ]
    path = csv_file(Path(tmp_path) / "sent.csv", [HEADER, *rows])
    assert counts(load(database, read_table(path))) == (5000, 5000, 0, 0)
