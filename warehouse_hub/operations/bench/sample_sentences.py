"""What the sample's listings are put together from besides drawn words: brands, kinds, and sentences of the trade."""

from __future__ import annotations

from typing import Final

# In Chinese, in English, and how many among a hundred.
KINDS: Final = (
    ("综合仓", "Fulfilment Centre", 30),
    ("中转仓", "Transit Depot", 18),
    ("分拨中心", "Distribution Hub", 14),
    ("大件仓", "Oversize Depot", 12),
    ("保税仓", "Bonded Warehouse", 8),
    ("退货仓", "Returns Centre", 7),
    ("冷链仓", "Cold Storage", 5),
    ("云仓", "Cloud Warehouse", 4),
    ("展示仓", "Showroom Depot", 2),
)
# Two of these make a brand: 豫通, Yutong.
BRAND_SYLLABLES: Final = (
    ("豫", "yu"), ("通", "tong"), ("中", "zhong"), ("原", "yuan"), ("汴", "bian"), ("海", "hai"), ("洛", "luo"),
    ("川", "chuan"), ("嵩", "song"), ("岳", "yue"), ("商", "shang"), ("都", "du"), ("金", "jin"), ("航", "hang"),
    ("港", "gang"), ("华", "hua"), ("泰", "tai"), ("恒", "heng"), ("达", "da"), ("顺", "shun"), ("驰", "chi"),
    ("云", "yun"), ("捷", "jie"), ("鑫", "xin"), ("瑞", "rui"), ("宏", "hong"), ("信", "xin"), ("联", "lian"),
    ("安", "an"), ("德", "de"), ("邦", "bang"), ("盛", "sheng"), ("运", "yun"), ("邮", "you"), ("万", "wan"),
    ("里", "li"), ("鹏", "peng"), ("飞", "fei"), ("启", "qi"), ("明", "ming"),
)  # fmt: skip
CHINESE_SENTENCES: Final = (
    "紧邻高速公路出口，支持夜间收货。",
    "自有车队提柜，两天内上架。",
    "地面防静电，设恒温分区。",
    "系统对接主流平台，轨迹自动回传。",
    "旺季可临时扩仓，按天计费。",
    "当日订单当日出库，准确率高。",
    "库区全天监控，消防年检合格。",
    "团队本地招聘，中文客服值班。",
    "装卸平台二十个，货车随到随卸。",
    "货架高十一米，窄巷道叉车作业。",
    "库存实时同步，盘点误差极低。",
    "距离港口近，交通便利。",
    "支持组合包装与赠品投放。",
    "破损件拍照留档，责任可查。",
    "周末照常收货，节假日预约。",
    "与多家快递签约，运费优惠。",
)
ENGLISH_SENTENCES: Final = (
    "Night shifts handle inbound containers.",
    "Sprinklers and cameras are checked every year.",
    "Orders before noon leave the same day.",
    "Pallet racking with narrow aisle trucks.",
    "Bilingual staff answer exporters.",
    "Goods are graded and photographed on arrival.",
    "Stock levels update in real time.",
    "Twenty dock doors and a paved yard.",
    "Close to the motorway and the terminal.",
    "Carriers collect twice a day.",
    "Space can be added in peak season.",
    "Counted daily with handheld scanners.",
    "Gates are guarded around the clock.",
    "Invoices are itemised each month.",
    "Heated areas for delicate products.",
    "Own trucks shuttle from the quay.",
)
