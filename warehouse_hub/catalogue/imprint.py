"""Who issues the catalogue, on what legal basis, under which series: dated records beside the code.

The one thing a reader would get wrong: a basis that has run out is not replaced by a newer one of our own making;
an edition after its last day cites none until the record of the newer one is added.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent

SERIES = {"real": "ZZHWC", "demo": "DEMO"}
DEMO_MARK = "演示 DEMO"
DRAFT_MARK = "未签发 DRAFT"

TITLE_ZH, TITLE_EN = "海外仓名录", "Directory of Overseas Warehouses"

DISCLAIMER_ZH = (
    "本名录汇集企业自报与公开报道的资料，供企业选仓时参考，不构成对任何企业的推荐、担保或认定。"
    "各项数字均注明单位、口径、日期与证据等级；未填报表示没有资料，不等于零。签约前请向运营主体核实。"
)
DISCLAIMER_EN = (
    "This directory gathers what enterprises state and what public sources report, for reference when choosing a "
    "warehouse. It recommends, guarantees and recognises no enterprise. Every figure bears its unit, basis, date "
    "and evidence grade; “not stated” means that nothing is known, not zero. Check with the operator before you sign."
)


@cache
def issuer() -> dict[str, Any]:
    """The issuing body with its names and whether its editions bear a seal."""
    return dict(_read("issuer.json"))


@cache
def legal_bases() -> tuple[dict[str, Any], ...]:
    """Every basis that is or was in force, with its validity; both dates are inclusive."""
    return tuple(_read("legal_bases.json"))


def _read(name: str) -> Any:
    return json.loads((_HERE / name).read_text(encoding="utf-8"))
