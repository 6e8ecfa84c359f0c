"""The description of a fictitious listing in both languages, made from its own facts and so never against them."""

from __future__ import annotations

from dataclasses import replace

from warehouse_hub.directory.rules.facts import ListingFacts
from warehouse_hub.vocabulary.codes import GOODS_CLASSES, RECORD_CLASSES, SERVICES

_MOST_SERVICES = 6


def description_of(facts: ListingFacts) -> ListingFacts:
    """The same facts with a description."""
    return replace(facts, description=f"{_chinese(facts)}\n{_english(facts)}")


def _chinese(facts: ListingFacts) -> str:
    kind = RECORD_CLASSES.label(facts.record_class, "zh")
    parts = [f"示例{kind}，位于{facts.city_zh}"]
    if facts.hub is not None:
        parts.append(f"距{facts.hub}约{facts.hub_km}公里")
    if offered := [SERVICES.label(code, "zh") for code in _offered(facts)]:
        parts.append(f"提供{'、'.join(offered)}")
    if facts.goods:
        parts.append(f"适合{'、'.join(GOODS_CLASSES.label(code, 'zh') for code in facts.goods)}")
    if facts.storage_price is not None:
        parts.append("储存价格为演示价")
    return "；".join(parts) + "。演示数据，全部虚构。"


def _english(facts: ListingFacts) -> str:
    kind = RECORD_CLASSES.label(facts.record_class, "en").lower()
    parts = [f"Demo {kind} in {facts.city}"]
    if facts.hub is not None:
        parts.append(f"about {facts.hub_km} km from {facts.hub}")
    if offered := [SERVICES.label(code, "en") for code in _offered(facts)]:
        parts.append("offers " + ", ".join(offered))
    if facts.goods:
        parts.append("handles " + ", ".join(GOODS_CLASSES.label(code, "en") for code in facts.goods))
    if facts.storage_price is not None:
        parts.append("the storage price is a demo price")
    return "; ".join(parts) + ". Demonstration data, entirely fictitious."


def _offered(facts: ListingFacts) -> list[str]:
    return [code for code, offered in facts.services.items() if offered][:_MOST_SERVICES]
