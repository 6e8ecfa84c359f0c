"""The fixed wording of the printed catalogue that is not in the template because the tables carry it too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from warehouse_hub.catalogue.rules.inclusion import PRINTED_BASES, REPORTED, STATED
from warehouse_hub.vocabulary.codes import BASES, EVIDENCE_GRADES, Code, CodeList


def _explained(
    codes: Iterable[str], of: CodeList[Code], meanings: Mapping[str, tuple[str, str]]
) -> list[dict[str, str]]:
    return [
        {
            "code": code,
            "zh": of.label(code, "zh"),
            "en": of.label(code, "en"),
            "meaning_zh": meanings[code][0],
            "meaning_en": meanings[code][1],
        }
        for code in codes
    ]


CHAPTER_WORDING = {
    STATED: {
        "zh": "第一章　企业申报的海外仓",
        "en": "Chapter 1: Warehouses stated by enterprises",
        "note_zh": "本章各条由运营主体申报；证据等级与日期逐条注明，未经核验的为“自报”。",
        "note_en": "Stated by the operators; each entry bears its evidence grade and date.",
        "empty_zh": "本期没有企业申报的条目",
        "empty_en": "No enterprise has stated a warehouse in this edition",
    },
    REPORTED: {
        "zh": "第二章　公开报道，未经企业确认",
        "en": "Chapter 2: Publicly reported, unconfirmed",
        "note_zh": "本章各处只据所列公开来源编写，未经企业确认；数字可能过时或口径不一，不与第一章合计。",
        "note_en": "From the public sources named, not confirmed by the enterprises; never added to chapter 1.",
        "empty_zh": "本期没有公开报道的地点",
        "empty_en": "No reported site in this edition",
    },
}

_GRADE_MEANINGS = {
    "reported": ("见于公开来源，不是企业的话。", "Found in a public source; not the enterprise's word."),
    "stated": ("运营主体自己填报，未核验。", "Stated by the operator, not checked."),
    "documented": ("核对过合同、许可或照片等材料。", "Checked against contracts, permits or photographs."),
    "verified": (
        "部门现场或通过驻外机构核实。",
        "Verified by the authority on site or through its missions.",
    ),
}
GRADES_EXPLAINED = _explained(EVIDENCE_GRADES.codes, EVIDENCE_GRADES, _GRADE_MEANINGS)

_BASIS_MEANINGS = {
    "gross": ("库房建筑的全部面积。", "The whole floor area of the building."),
    "rentable": ("可以对外出租的面积，不论现在是否租出。", "What can be let to others, whether let or not."),
    "commissioned": ("已经投入使用的面积，不等于已占用。", "In service; not the same as occupied."),
    "available": (
        "运营主体同意公布的、目前可以承接的面积。",
        "What the operator offers now, published with its consent.",
    ),
}
BASES_EXPLAINED = _explained(PRINTED_BASES, BASES, _BASIS_MEANINGS)

FIELD_NAMES = {
    "chapter": "章",
    "name": "名称",
    "operator": "运营主体",
    "country": "国家（地区）",
    "subdivision": "一级行政区",
    "city": "城市",
    "address": "地址",
    "location": "坐标",
    "hub": "枢纽",
    "record_class": "记录类别",
    "tenure": "建设方式",
    "stage": "状态",
    "services": "服务",
    "goods": "货类",
    "platforms": "平台",
    "systems": "系统",
    "languages": "语言",
    "opened": "启用日期",
    "lease_end": "租约到期",
    "rate_hint": "价格提示",
    "storage_price": "储存价格",
    "description": "说明",
    "site_group": "同址组",
    "capacity": "容量",
    "evidence": "证据",
}
