"""Documents: our fonts and no others, real text, content that stays content."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from warehouse_hub.core.errors import RuleViolation
from warehouse_hub.core.resources import resource
from warehouse_hub.press.pdf_file import pdf_bytes
from warehouse_hub.press.printable import printable, unprintable

ISSUED = datetime(2026, 11, 23, 4, tzinfo=UTC)
SHIPPED = {
    "NotoSans",
    "NotoSansCJKsc",
    "NotoSansCJKtc",
    "NotoSansCJKkr",
    "NotoSerif",
    "NotoSerifCJKsc",
    "NotoSansSymbols2",
}
PAGE = """#import "house.typ": *
#let it = json(bytes(sys.inputs.content))
#set document(title: "试")
#set page(paper: "a4", margin: 10mm)
#set text(font: sans, lang: "zh", fallback: false)
"""


@pytest.fixture
def template(tmp_path):
    """A template of one test beside the house style."""
    (tmp_path / "house.typ").write_bytes(resource("templates", "print", "house.typ").read_bytes())

    def write(body: str) -> Path:
        path = tmp_path / "test.typ"
        path.write_text(PAGE + body, encoding="utf-8")
        return path

    return write


def fonts_of(content: bytes) -> set[str]:
    names = set()
    for page in PdfReader(io.BytesIO(content)).pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor), "a font is not embedded"
            names.add(descendant["/BaseFont"].split("+")[1].split("-")[0])
    return names


def text_of(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_chinese_latin_and_signs_come_from_the_shipped_fonts_and_can_be_searched(template):
    words = "郑州海外仓 Łódź İstanbul Hải Phòng Москва Ελλάδα 桃園 千葉 서울 €㎡№℃✓✗→²³ “引号”"
    content = pdf_bytes(
        template('#it.words\n#text(font: serif, weight: "bold", it.words)'), {"words": words}, issued=ISSUED
    )
    found = fonts_of(content)
    assert {"NotoSansCJKsc", "NotoSans", "NotoSerifCJKsc", "NotoSerif"} <= found <= SHIPPED
    extracted = text_of(content).replace("\n", "").replace(" ", "")
    for word in ("郑州海外仓", "Łódź", "İstanbul", "Москва", "桃園", "서울", "✓"):
        assert word in extracted


def test_the_document_is_pdf_a(template):
    content = pdf_bytes(template("#it.words"), {"words": "试"}, issued=ISSUED)
    metadata = PdfReader(io.BytesIO(content)).trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>U</pdfaid:conformance>" in metadata


@pytest.mark.parametrize("words", ["Thai ภาษาไทย", "🏭", "عربي"])
def test_a_missing_glyph_stops_the_printing_and_is_not_a_box(template, words):
    with pytest.raises(RuleViolation) as refused:
        pdf_bytes(template("#it.words"), {"words": words}, issued=ISSUED)
    assert refused.value.code == "document.unprintable"


def test_a_font_that_is_not_ours_stops_the_printing(template):
    with pytest.raises(RuleViolation, match="unknown font family"):
        pdf_bytes(template('#text(font: ("Noto Sans", "DejaVu Sans"), "x")'), {}, issued=ISSUED)


@pytest.mark.parametrize(
    "words", ['#read("/etc/passwd")', "*bold* _it_ $x$ @label <label> \\ // /* */ [", "= heading"]
)
def test_content_is_never_markup(template, words):
    extracted = text_of(pdf_bytes(template("#it.words"), {"words": words}, issued=ISSUED))
    assert extracted.replace(" ", "") == words.replace(" ", "")


def test_a_template_cannot_read_outside_its_folder(template):
    with pytest.raises(RuleViolation):
        pdf_bytes(template('#read("/../../../../etc/hostname")'), {}, issued=ISSUED)


def test_the_same_content_gives_the_same_bytes(template):
    path = template("#it.words")
    assert pdf_bytes(path, {"words": "同"}, issued=ISSUED) == pdf_bytes(path, {"words": "同"}, issued=ISSUED)
    assert pdf_bytes(path, {"words": "同"}, issued=ISSUED) != pdf_bytes(path, {"words": "异"}, issued=ISSUED)


def test_everything_that_is_said_to_be_printable_prints(template):
    lines = resource("static", "fonts", "coverage.txt").read_text().split()
    spans = [line.partition("-") for line in lines]
    points = [p for low, _, high in spans for p in range(int(low, 16), int(high or low, 16) + 1)]
    words = printable("".join(map(chr, points)))
    assert len(words) > 15_000
    styles = ("font: sans", 'font: sans, weight: "bold"', 'font: serif, weight: "bold"', "font: sans-latin")
    body = "\n".join(f"#text({style}, it.words)" for style in styles)
    assert fonts_of(pdf_bytes(template(body), {"words": words}, issued=ISSUED)) <= SHIPPED


def test_what_cannot_be_printed_is_shown_as_such_and_named():
    assert printable("仓库 ภาษา\u202eevil\u200b") == "仓库 〓〓〓〓evil"
    assert unprintable("ภา 仓 ภ") == ("ภ", "า")
    assert printable("  two\n lines\u3000") == "two lines"
    assert printable("Lo\u0301dz") == "Lódz"


def test_the_fonts_ship_with_their_licence_and_stay_small():
    folder = resource("static", "fonts")
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in folder.iterdir()) < 10_000_000
