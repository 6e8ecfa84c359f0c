"""Ninety fictitious operators; every name says that it is an example (示例, Demo)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from warehouse_hub.accounts.permissions import DEMO
from warehouse_hub.directory.models import Operator
from warehouse_hub.operations.demonstration.draw import Draw

COUNT = 90
# The demonstration account of the role operator acts for this one; it has several warehouses.
ACCOUNT_OPERATOR_ID = "DEMO-OP-001"

_WORDS = (
    ("启航", "Qihang"), ("云帆", "Yunfan"), ("嵩岳", "Songyue"), ("金桥", "Jinqiao"), ("远洲", "Yuanzhou"),
    ("黄河", "Huanghe"), ("商都", "Shangdu"), ("通达", "Tongda"), ("博远", "Boyuan"), ("蓝海", "Lanhai"),
    ("鹏程", "Pengcheng"), ("丝路", "Silu"), ("中联", "Zhonglian"), ("易达", "Yida"), ("华腾", "Huateng"),
    ("顺安", "Shunan"), ("星河", "Xinghe"), ("绿洲", "Lvzhou"), ("东升", "Dongsheng"), ("万里", "Wanli"),
    ("凌云", "Lingyun"), ("同舟", "Tongzhou"), ("恒信", "Hengxin"), ("德丰", "Defeng"), ("锦程", "Jincheng"),
    ("长风", "Changfeng"), ("聚源", "Juyuan"), ("飞鸿", "Feihong"), ("瑞成", "Ruicheng"), ("天枢", "Tianshu"),
)  # fmt: skip
_KINDS = (
    ("海外仓有限公司", "Overseas Warehousing Co."),
    ("供应链有限公司", "Supply Chain Co."),
    ("国际物流有限公司", "International Logistics Co."),
)
_DISTRICTS = {
    "airport": 26, "economic_development": 20, "high_tech": 8, "zhengdong": 8, "jinshui": 6, "guancheng": 3,
    "zhongyuan": 2, "erqi": 2, "huiji": 2, "other_county": 5, "outside": 18,
}  # fmt: skip


@dataclass(frozen=True)
class DemoOperator:
    """A fictitious enterprise. Some belong to one group, whose figures disclosure control counts as one."""

    id: str
    word_zh: str
    word_en: str
    name_zh: str
    name_en: str
    parent: str | None
    home_district: str
    enterprise_group: str

    def entity(self, at: datetime) -> Operator:
        """A new row of the directory."""
        return Operator(
            id=self.id,
            dataset=DEMO,
            name_zh=self.name_zh,
            name_en=self.name_en,
            parent=self.parent,
            home_district=self.home_district,
            enterprise_group=self.enterprise_group,
            created_at=at,
        )


@cache
def demo_operators() -> tuple[DemoOperator, ...]:
    """All of them, in the order of their ids."""
    return tuple(_operator(number) for number in range(1, COUNT + 1))


def _operator(number: int) -> DemoOperator:
    word_zh, word_en = _WORDS[(number - 1) % len(_WORDS)]
    kind_zh, kind_en = _KINDS[(number - 1) // len(_WORDS)]
    key = f"DEMO-OP-{number:03d}"
    draw = Draw(key)
    name_zh = f"示例{word_zh}{kind_zh}"
    # Enterprises of one word belong to one group, for a third of the words.
    parent = f"示例{word_zh}集团" if Draw(f"group/{word_en}").happens("grouped", 0.33) else None
    district = "airport" if key == ACCOUNT_OPERATOR_ID else draw.one("district", _DISTRICTS)
    return DemoOperator(
        id=key,
        word_zh=word_zh,
        word_en=word_en,
        name_zh=name_zh,
        name_en=f"Demo {word_en} {kind_en}",
        parent=parent,
        home_district=district,
        enterprise_group=parent or name_zh,
    )
