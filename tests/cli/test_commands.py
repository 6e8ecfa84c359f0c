"""The command as its users and their scripts know it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from warehouse_hub.cli import main


def test_search_answers_one_json_document_with_facets_and_distance(hub_json):
    found = hub_json("search", "bonded", "--dataset", "demo", "--near", "53.5,10", "--within-km", "100")
    assert found["total"] == len(found["items"]) > 0
    assert all(item["distance_km"] <= 100 for item in found["items"])
    assert sum(found["facets"]["record_class"].values()) == found["total"]
    assert {"id", "name", "country", "city", "latitude", "longitude", "score"} <= set(found["items"][0])


def test_repeated_services_mean_all_of_them(hub_json):
    found = hub_json("search", "--dataset", "demo", "--service", "bonded", "--service", "cold")
    assert found["total"] > 0
    assert all(item["services"]["bonded"] and item["services"]["cold"] for item in found["items"])


def test_a_filter_that_cannot_be_read_is_named_and_nothing_is_guessed(hub):
    refused = hub("search", "--country", "XX", "--within-km", "ten")
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert "country" in refused.stderr
    assert "within_km" in refused.stderr


def test_a_folder_without_an_installation_is_named_and_stays_empty(tmp_path):
    told = CliRunner(env={"WAREHOUSE_HUB_DATA": str(tmp_path / "var"), "LANG": "en"}).invoke(
        main, ["search", "x"]
    )
    assert told.exit_code == 1
    assert str(tmp_path) in told.output
    assert list(tmp_path.iterdir()) == []


def test_bad_usage_exits_with_two(hub):
    assert hub("search", "--dataset", "both").exit_code == 2
    assert hub("match").exit_code == 2


def test_refusals_speak_chinese_first(hub):
    assert "月份" in hub("stats", "last month", lang="").stderr
    assert "month" in hub("stats", "last month").stderr


def test_a_message_with_two_needs_is_two_needs_and_a_question_is_none(hub_json):
    text = "LA warehouse for FBA transfer; UK warehouse for dropshipping"
    assert len(hub_json("need", text)["needs"]) == 2
    assert hub_json("need", "海外仓怎么做账?")["needs"] == []


def test_relative_dates_count_from_today_as_given(hub_json):
    need = hub_json("need", "德国2000平,明年3月起租一年", "--today", "2026-11-23")["needs"][0]
    assert need["period"] == {"start": "2027-03-01", "end": "2028-02-29"}


def test_match_ranks_with_components_reasons_and_near_misses(hub_json):
    result = hub_json("match", "汉堡 保税 一件代发 2000平", "--dataset", "demo")["results"][0]
    scores = [item["score"] for item in result["items"]]
    assert scores == sorted(scores, reverse=True)
    assert all(item["components"] and item["reasons"] for item in result["items"])
    assert all(miss["excluded_by"] for miss in result["near_misses"])


def test_a_need_as_json_matches_like_its_text(hub_json, tmp_path):
    need = hub_json("need", "Hamburg bonded warehouse")["needs"][0]
    file = tmp_path / "need.json"
    file.write_text(json.dumps(need), encoding="utf-8")
    by_file = hub_json("match", "--need", str(file), "--dataset", "demo")["results"][0]
    by_text = hub_json("match", "Hamburg bonded warehouse", "--dataset", "demo")["results"][0]
    assert by_file["items"] == by_text["items"]


def test_statistics_of_the_real_dataset_are_not_available_rather_than_zero(hub_json):
    table = hub_json("stats", "2026-10")
    assert table["available"] is False
    assert table["total"]["utilisation"] is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["edition", "prepare", "2026-10", "--as", "publisher@demo.invalid"], "role"),
        (["edition", "prepare", "2026-10", "--as", "nobody@demo.invalid"], "no account"),
        (["edition", "publish", "ZZHWC-1999-01", "--as", "publisher@demo.invalid"], "no"),
    ],
)
def test_an_edition_refuses_the_wrong_person_and_the_wrong_number(hub, words, code):
    refused = hub(*words)
    assert refused.exit_code == 1
    assert code in refused.stderr


def test_an_edition_is_prepared_published_listed_and_verified(hub, hub_json, installed):
    prepared = hub_json("edition", "prepare", "2026-09", "--as", "editor@demo.invalid")
    assert (prepared["number"], prepared["state"]) == ("ZZHWC-2026-09", "prepared")
    assert hub("edition", "publish", "ZZHWC-2026-09", "--as", "editor@demo.invalid").exit_code == 1
    hub_json("edition", "publish", "ZZHWC-2026-09", "--as", "publisher@demo.invalid")
    assert "ZZHWC-2026-09" in [one["number"] for one in hub_json("edition", "list")["editions"]]

    folder = installed / "editions" / "ZZHWC-2026-09"
    assert hub_json("edition", "verify", str(folder)) == {"whole": True, "discrepancies": []}
    assert hub_json("check")["agrees"] is True
    damaged = folder / "catalogue.csv"
    damaged.write_bytes(damaged.read_bytes().replace(b"CNW001", b"CNW999"))
    assert hub("edition", "verify", str(folder)).exit_code == 1
    assert hub("check").exit_code == 1
    assert hub("check", "--repair").exit_code == 0
    assert hub("edition", "verify", str(folder)).exit_code == 0


def test_an_import_lists_every_problem_by_row_and_loads_nothing(hub, hub_json, tmp_path):
    file = tmp_path / "table.csv"
    file.write_text(
        "名称,国家,可租面积(㎡)\n示例一仓,德国,500\n示例二仓,中国,500\n示例三仓,,12x\n", encoding="utf-8"
    )
    refused = hub("import", str(file), "--dataset", "demo", "--as", "editor@demo.invalid", "--json")
    assert refused.exit_code == 1
    report = json.loads(refused.stdout)
    assert (report["created"], sorted({problem["row"] for problem in report["problems"]})) == (0, [3, 4])
    assert all(problem["message"] and problem["code"] != problem["message"] for problem in report["problems"])
    assert hub_json("search", "示例一仓", "--dataset", "demo")["total"] == 0


def test_an_import_repeated_changes_nothing(hub_json, tmp_path):
    file = tmp_path / "table.csv"
    file.write_text(
        "Name,Country,City,Rentable area (sq ft)\nDemo Twice,Germany,Bremen,10000\n", encoding="utf-8"
    )
    words = ("import", str(file), "--dataset", "demo", "--as", "editor@demo.invalid")
    assert hub_json(*words, "--dry-run")["created"] == 1
    assert hub_json("search", "Demo Twice", "--dataset", "demo")["total"] == 0
    assert hub_json(*words)["created"] == 1
    assert hub_json(*words)["unchanged"] == 1
    assert hub_json("search", "Demo Twice", "--dataset", "demo")["items"][0]["rentable_m2"] == 929.03


def test_an_installation_without_anybody_gets_its_first_accounts(hub):
    made = hub("account", "create", "Wang@Example.invalid", "--name", "王", "--role", "editor")
    assert made.exit_code == 0, made.output
    email, password = made.stdout.split()
    assert (email, len(password) >= 20) == ("wang@example.invalid", True)
    taken = hub("account", "create", "wang@example.invalid", "--name", "王", "--role", "editor")
    assert taken.exit_code == 1
    assert password not in taken.output
    assert hub("edition", "prepare", "2026-08", "--as", "wang@example.invalid").exit_code == 0
