"""Documents as PDF/A by typst, from a template and content that is passed as JSON.

The one thing a reader would get wrong: content never becomes markup. A name like `#read("/etc/passwd")` is printed
as that; templates read `json(bytes(sys.inputs.content))` and must not `eval` anything in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

import typst

from warehouse_hub.core.errors import RuleViolation
from warehouse_hub.core.resources import resource
from warehouse_hub.press.freeze import canonical

# PDF/A makes typst refuse a glyph that no named font has, where it would print a box. "u": the text can be searched.
_STANDARD: Literal["a-2u"] = "a-2u"


def pdf_bytes(template: Path, content: Mapping[str, object], *, issued: datetime) -> bytes:
    """The document that `template` makes of `content`; the same input gives the same bytes.

    Only our own fonts exist for it and only the template's folder can be read. Raises
    RuleViolation("document.unprintable") when a font or a glyph is missing or the template fails; `detail` says
    which. Takes about a second for a hundred pages and holds nothing afterwards.
    """
    try:
        document, warnings = typst.compile_with_warnings(
            template,
            root=template.parent,
            font_paths=_fonts(),
            sys_inputs={"content": canonical(content)},
            pdf_standards=[_STANDARD],
            timestamp=int(issued.timestamp()),
        )
    except typst.TypstError as error:
        raise RuleViolation("document.unprintable", detail=error.diagnostic[:800]) from error
    if warnings:
        raise RuleViolation("document.unprintable", detail="; ".join(each.message for each in warnings)[:500])
    return bytes(document)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[resource("static", "fonts")]
    )
