"""The commands `rates import`, `rates list` and `search --sort price`."""

from __future__ import annotations

from pathlib import Path

from spreadsheets import csv_file

HEADER = ["currency", "valid_from", "cny_for_one", "source"]
EDITOR = ("--as", "editor@demo.invalid")


def rates_file(folder: Path, *rows: list) -> str:
    return str(csv_file(folder / "rates.csv", [HEADER, *rows]))


def test_a_refused_row_is_named_with_its_line_and_reason_and_nothing_is_kept(hub, hub_json, tmp_path):
    file = rates_file(tmp_path, ["SEK", "2026-11-01", "0.7", "test"], ["XAU", "2026-11-01", "1", "test"])
    before = hub_json("rates", "list")
    done = hub("rates", "import", file, *EDITOR)
    assert done.exit_code == 1
    assert "row 3 currency: Unknown code or name: “XAU”" in done.stderr
    assert "nothing was loaded" in done.stderr
    assert hub_json("rates", "list") == before


def test_rates_are_kept_and_listed_with_those_in_force(hub, hub_json, tmp_path):
    file = rates_file(
        tmp_path,
        ["SEK", "2020-01-01", "0.65", "示例公告"],
        ["SEK", "2021-01-01", "0.7", "示例公告"],
        ["SEK", "2999-01-01", "9", "示例公告"],
    )
    done = hub("rates", "import", file, *EDITOR)
    assert done.exit_code == 0, done.output
    swedish = [rate for rate in hub_json("rates", "list") if rate["currency"] == "SEK"]
    assert [(rate["valid_from"][:4], rate["cny_for_one"], rate["in_force"]) for rate in swedish] == [
        ("2999", "9", False),
        ("2021", "0.7", True),
        ("2020", "0.65", False),
    ]
    assert "* SEK  2021-01-01  0.7  示例公告" in hub("rates", "list").stdout
    assert "SEK" not in hub("rates", "list", "--dataset", "demo").stdout


def test_no_rate_ships_for_real_prices_and_those_of_the_demonstration_say_what_they_are(hub_json):
    assert not [rate for rate in hub_json("rates", "list") if "示例公告" not in rate["source"]]
    demo = hub_json("rates", "list", "--dataset", "demo")
    assert demo
    assert all("虚构" in rate["source"] and "fictitious" in rate["source"] for rate in demo)


def test_a_search_by_price_tells_prices_rates_and_days(hub, hub_json):
    words = ("search", "--sort", "price", "--price-unit", "m2_month", "--dataset", "demo", "--limit", "100")
    items = hub_json(*words)["items"]
    worth = [item["storage_price_cny"] for item in items if item["storage_price_unit"] == "m2_month"]
    assert len(worth) > 20
    assert worth == sorted(worth)
    assert " per m² and month = CNY " in hub(*words).stdout
    refused = hub("search", "--sort", "price", "--price-unit", "acre")
    assert refused.exit_code == 2
