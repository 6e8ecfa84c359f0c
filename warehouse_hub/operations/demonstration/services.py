"""What the fictitious warehouses do: offered, not offered, or not said, in the proportions that a bureau meets."""

from __future__ import annotations

from warehouse_hub.operations.demonstration.sites import Site
from warehouse_hub.vocabulary.codes import GOODS_CLASSES, SERVICES

# Service -> how often a public warehouse offers it.
_OFTEN = {
    "dropship": 0.82, "fba_transfer": 0.5, "returns": 0.7, "relabel": 0.72, "kitting": 0.35, "inspection": 0.4,
    "destruction": 0.35, "first_leg": 0.5, "customs": 0.6, "last_mile": 0.75, "bonded": 0.16, "cold": 0.06,
    "hazmat": 0.07, "battery": 0.3, "oversize": 0.35, "container_unload": 0.65, "display": 0.14, "aftersales": 0.25,
    "ipr": 0.05, "marketing": 0.12, "factoring": 0.05, "credit_insurance": 0.06, "pledge": 0.05,
    "warehouse_finance": 0.07, "receivables": 0.05, "tax": 0.2, "epr": 0.12, "export_9810": 0.35,
}  # fmt: skip
_FBA_COUNTRIES = frozenset(
    {"US", "CA", "MX", "DE", "GB", "FR", "ES", "IT", "PL", "NL", "SE", "JP", "AU", "AE", "SA", "BE"}
)
_EPR_COUNTRIES = frozenset({"DE", "FR", "ES", "AT", "IT", "PL", "SE"})
# Towns where bonded storage is the usual business.
_BONDED_TOWNS = frozenset(
    {"Hamburg", "Bremen", "Rotterdam", "Jebel Ali", "Singapore", "Piraeus", "Incheon", "Liège", "Port Klang"}
)
_OWN_USE = 0.35
_SAYS_NO = 0.45
_GOODS = {
    "general": 60, "home": 40, "furniture": 26, "apparel": 24, "electronics": 24, "appliance": 18, "toys": 16,
    "auto_parts": 16, "outdoor": 16, "tools": 12, "beauty": 10, "footwear": 10, "hair": 9, "pet": 9, "building": 7,
    "machinery": 7, "medical": 5, "solar": 6, "ev": 5, "health": 4, "food": 4, "refractory": 2, "amusement": 2,
    "wire_cable": 2, "nonferrous": 1, "new_material": 1,
}  # fmt: skip


def services_at(site: Site, record_class: str) -> dict[str, bool]:
    """code -> offered or not; a code that is missing was not filled in."""
    said = {}
    for code in SERVICES.codes:
        chance = _chance(site, code) * (1.0 if record_class in {"public", "unknown"} else _OWN_USE)
        if site.draw.happens(f"offers {code}", chance):
            said[code] = True
        elif site.draw.happens(f"denies {code}", _SAYS_NO):
            said[code] = False
    return said


def goods_at(site: Site) -> tuple[str, ...]:
    """The classes of goods handled, in the order of the vocabulary."""
    chosen = {site.draw.one(f"goods {place}", _GOODS) for place in range(site.draw.whole("goods", 1, 6))}
    return tuple(code for code in GOODS_CLASSES.codes if code in chosen)


def _chance(site: Site, code: str) -> float:
    country = site.market.country
    if code == "bonded" and site.town.name in _BONDED_TOWNS:
        return 0.7
    if code == "fba_transfer" and country not in _FBA_COUNTRIES:
        return 0.04
    if code == "epr":
        return 0.45 if country in _EPR_COUNTRIES else 0.02
    if code == "tax" and site.market.region == "Europe":
        return 0.5
    return _OFTEN[code]
