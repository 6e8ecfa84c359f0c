"""The files of an edition: complete, marked, searchable, and the same bytes every time."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

import openpyxl
import pytest
from catalogue.many_listings import many_listings, reported_square_feet
from pypdf import PdfReader

from warehouse_hub.catalogue.edition_content import content_of
from warehouse_hub.catalogue.entries import entry_of
from warehouse_hub.catalogue.files import draft_pdf, files_of
from warehouse_hub.catalogue.pinyin import sounds
from warehouse_hub.catalogue.rules.inclusion import in_order
from warehouse_hub.press.freeze import canonical, digest, thaw
from warehouse_hub.press.manifest import verify
from warehouse_hub.press.number import IssueNumber

PREPARED = datetime(2026, 11, 21, 3, tzinfo=UTC)
PUBLISHED = datetime(2026, 11, 23, 4, tzinfo=UTC)
DAY = date(2026, 11, 20)


def frozen_edition(listings, *, number="DEMO-2026-11", dataset="demo", earlier=None, cut_off=DAY):
    entries = in_order([entry_of(listing, cut_off) for listing in listings], sounds)
    issue = IssueNumber.parse(number)
    content = content_of(issue, dataset, entries, prepared_at=PREPARED, cut_off=cut_off, earlier=earlier)
    return canonical(content)


@cache
def demonstration():
    return files_of(frozen_edition(many_listings(40)), published_at=PUBLISHED)


@cache
def real():
    listings = many_listings(12, dataset="real")
    return files_of(frozen_edition(listings, number="ZZHWC-2026-11", dataset="real"), published_at=PUBLISHED)


def pages_of(pdf):
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def squeezed(pages):
    return "".join("".join(pages).split())


def table_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_folder_verifies_and_names_every_file(tmp_path):
    for name, content in demonstration().items():
        (tmp_path / name).write_bytes(content)
    assert verify(tmp_path) == []
    listed = json.loads(demonstration()["manifest.json"])
    assert {each["name"] for each in listed["files"]} == set(demonstration()) - {"manifest.json"}
    assert listed["publication"] == "DEMO-2026-11"


def test_an_edition_is_made_again_byte_for_byte():
    again = files_of(frozen_edition(many_listings(40)), published_at=PUBLISHED)
    assert {name: digest(content) for name, content in again.items()} == {
        name: digest(content) for name, content in demonstration().items()
    }


def test_every_page_of_a_demonstration_says_so():
    pages = pages_of(demonstration()["catalogue.pdf"])
    assert len(pages) > 10
    assert [number for number, page in enumerate(pages, 1) if "演示" not in page or "DEMO" not in page] == []


def test_every_other_file_of_a_demonstration_says_so_too():
    files = demonstration()
    assert {row["dataset"] for row in table_of(files["catalogue.csv"])} == {"演示 DEMO"}
    assert json.loads(files["catalogue.json"])["mark"] == "演示 DEMO"
    points = json.loads(files["catalogue.geojson"])
    assert points["mark"] == "演示 DEMO"
    assert {each["properties"]["dataset"] for each in points["features"]} == {"演示 DEMO"}
    assert openpyxl.load_workbook(io.BytesIO(files["catalogue.xlsx"])).sheetnames[0] == "名录 演示 DEMO"
    assert json.loads(files["manifest.json"])["mark"] == "演示 DEMO"
    assert json.loads(files["changes.json"])["dataset"] == "演示 DEMO"


def test_a_real_edition_bears_no_mark_anywhere():
    text = squeezed(pages_of(real()["catalogue.pdf"]))
    assert "ZZHWC-2026-11" in text
    assert "演示" not in text
    assert "未签发" not in text
    assert "mark" not in json.loads(real()["catalogue.json"])


def test_the_pdf_names_its_issuer_its_days_and_its_legal_basis():
    text = squeezed(pages_of(real()["catalogue.pdf"]))
    for words in ("郑州市商务局", "样稿，未签章", "2026年11月", "2026-11-20", "2026-11-21", "2026-11-23"):
        assert words in text
    assert "郑政文〔2023〕210号" in text


@pytest.mark.parametrize(
    ("number", "published"),
    [("ZZHWC-2026-12", datetime(2026, 12, 15, 16, 1, tzinfo=UTC)), ("ZZHWC-2027-01", PUBLISHED)],
)
def test_after_its_last_day_the_basis_is_not_cited(number, published):
    frozen = frozen_edition(many_listings(2, dataset="real"), number=number, dataset="real")
    text = squeezed(pages_of(files_of(frozen, published_at=published)["catalogue.pdf"]))
    assert "210号" not in text
    assert "本期不引用文件依据" in text


def test_reported_sites_stand_in_a_chapter_of_their_own_with_their_sources():
    listings = many_listings(12)
    reported = [
        replace(each, grade="reported", source=f"https://example.com/{each.id.lower()}")
        for each in listings[:3]
    ]
    stated = [replace(each, grade="stated", source=None) for each in listings[3:]]
    pages = pages_of(files_of(frozen_edition([*reported, *stated]), published_at=PUBLISHED)["catalogue.pdf"])
    text = squeezed(pages)
    chapter = text.rindex("本章各处只据所列公开来源编写，未经企业确认")
    for each in reported:
        assert text.rindex(each.id) > chapter
        assert f"https://example.com/{each.id.lower()}" in text
    for each in stated:
        assert text.rindex(each.id) < chapter


def test_page_numbers_count_to_the_last_page():
    pages = pages_of(demonstration()["catalogue.pdf"])
    assert len(pages) > 2
    for number, page in enumerate(pages[1:], start=2):
        assert f"第{number}页/共{len(pages)}页" in "".join(page.split())


def test_the_contents_lead_to_the_pages_they_name():
    pages = ["".join(page.split()) for page in pages_of(demonstration()["catalogue.pdf"])]
    imprint = next(number for number, page in enumerate(pages, 1) if "内容指纹" in page)
    assert f"版本说明Aboutthisedition{imprint}" in "".join(pages[1].replace(".", "").split())


def test_unknown_is_written_out_and_never_a_zero():
    silent = replace(
        many_listings(1)[0], grade="stated", capacity=(), services={}, operator_zh=None, operator_en=None
    )
    frozen = frozen_edition([silent])
    assert squeezed(pages_of(files_of(frozen, published_at=PUBLISHED)["catalogue.pdf"])).count("未填报") >= 5
    row = table_of(files_of(frozen, published_at=PUBLISHED)["catalogue.csv"])[0]
    assert (row["gross_m2"], row["services"], row["operator_zh"]) == ("", "", "")


def test_hostile_text_is_inert_everywhere_and_stops_nothing():
    name = '=HYPERLINK("http://evil")#read("/etc/passwd") *x* $y$ <b>'
    hostile = replace(
        many_listings(1)[0],
        grade="reported",
        name_zh=name,
        name_en="ไทย \u202egnp.exe",
        address="🏭 " + "很长的地址" * 200,
        description="长" * 2000,
        source="javascript:alert(1) ; https://example.com/ok",
        capacity=(reported_square_feet(1000),),
    )
    files = files_of(frozen_edition([hostile]), published_at=PUBLISHED)
    text = squeezed(pages_of(files["catalogue.pdf"]))
    assert '#read("/etc/passwd")*x*$y$<b>' in text
    assert "〓〓〓gnp.exe" in text
    links = {
        note.get_object().get("/A", {}).get("/URI")
        for page in PdfReader(io.BytesIO(files["catalogue.pdf"])).pages
        for note in page.get("/Annots", [])
    }
    assert {link for link in links if link} == {"https://example.com/ok", "https://example.com/report"}
    assert table_of(files["catalogue.csv"])[0]["name_zh"] == f"'{name}"
    cell = openpyxl.load_workbook(io.BytesIO(files["catalogue.xlsx"])).worksheets[0]["D2"]
    assert (cell.value, cell.data_type) == (name, "s")


def test_an_empty_edition_is_designed_too():
    text = squeezed(pages_of(files_of(frozen_edition([]), published_at=PUBLISHED)["catalogue.pdf"]))
    assert "本期没有企业申报的条目" in text
    assert "本期没有公开报道的地点" in text


def test_changes_are_printed_and_published_for_machines():
    before = many_listings(10)
    earlier = thaw(frozen_edition(before[1:], number="DEMO-2026-10"))
    after = [replace(before[0]), *(replace(each, rate_hint="改了") for each in before[2:3]), *before[3:]]
    files = files_of(frozen_edition(after, earlier=earlier), published_at=PUBLISHED)
    compared = json.loads(files["changes.json"])["compared_with"]
    assert compared["number"] == "DEMO-2026-10"
    assert compared["added"] == [before[0].id]
    assert [each["id"] for each in compared["removed"]] == [before[1].id]
    assert [one["field"] for one in compared["changed"][before[2].id]] == ["rate_hint"]
    text = squeezed(pages_of(files["catalogue.pdf"]))
    assert "与上期相比" in text
    assert "本期新增" in text


def test_the_counts_on_the_cover_count_a_shared_figure_once():
    first, second = (
        replace(
            each, grade="reported", stage="operating", capacity=(reported_square_feet(334_000, shared_by=2),)
        )
        for each in many_listings(2)
    )
    content = thaw(frozen_edition([first, second]))
    totals = content["counts"]["chapters"]["reported"]["totals"]
    assert [(each["value"], each["sites"]) for each in totals] == [("31029.62", 1)]
    assert content["counts"]["chapters"]["stated"]["totals"] == []


def test_a_draft_says_on_every_page_that_it_is_one():
    frozen = frozen_edition(many_listings(3, dataset="real"), number="ZZHWC-2026-11", dataset="real")
    pages = pages_of(draft_pdf(frozen, prepared_at=PREPARED))
    assert all("未签发" in page for page in pages)
    assert "尚未签发" in squeezed(pages)


def test_a_point_is_given_only_where_the_place_is_known():
    known, vague = (
        replace(each, geocode_precision=precision)
        for each, precision in zip(many_listings(2), ("city", "country"), strict=True)
    )
    document = json.loads(
        files_of(frozen_edition([known, vague]), published_at=PUBLISHED)["catalogue.geojson"]
    )
    geometries = {each["id"]: each["geometry"] for each in document["features"]}
    assert geometries[known.id]["coordinates"] == [known.longitude, known.latitude]
    assert geometries[vague.id] is None


PRICE_COLUMNS = ["storage_price", "storage_price_currency", "storage_price_unit"]


def test_a_price_is_printed_as_it_was_stated_and_compared_by_its_codes():
    before = [replace(each, grade="stated") for each in many_listings(3)]
    price = {
        "storage_price": Decimal("6.20"),
        "storage_price_currency": "EUR",
        "storage_price_unit": "m2_month",
    }
    first = frozen_edition(before, number="DEMO-2026-10")
    later = frozen_edition([replace(before[0], **price), *before[1:]], earlier=thaw(first))
    files = files_of(later, published_at=PUBLISHED)
    rows = {row["id"]: [row[name] for name in PRICE_COLUMNS] for row in table_of(files["catalogue.csv"])}
    assert rows == {each.id: ["", "", ""] for each in before} | {before[0].id: ["6.2", "EUR", "m2_month"]}
    assert "储存价格6.2欧元/m²·月起" in squeezed(pages_of(files["catalogue.pdf"]))
    changed = json.loads(files["changes.json"])["compared_with"]["changed"]
    assert changed == {
        before[0].id: [
            {
                "field": "storage_price",
                "before": None,
                "after": {"amount": "6.2", "currency": "EUR", "unit": "m2_month"},
            }
        ]
    }


def test_an_edition_that_was_frozen_before_there_were_prices_is_made_again_without_their_columns():
    content = thaw(frozen_edition(many_listings(3)))
    for entry in content["entries"]:
        del entry["storage_price"]
    files = files_of(canonical({**content, "schema": "warehouse-hub/edition/1"}), published_at=PUBLISHED)
    header = list(table_of(files["catalogue.csv"])[0])
    now = list(table_of(demonstration()["catalogue.csv"])[0])
    assert header == [name for name in now if name not in PRICE_COLUMNS]
    assert [row["column"] for row in table_of(files["data-dictionary.csv"])] == header
    sheet = openpyxl.load_workbook(io.BytesIO(files["catalogue.xlsx"])).worksheets[0]
    assert "储存价格" not in {cell.value for row in sheet.iter_rows() for cell in row}
