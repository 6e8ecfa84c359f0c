"""What a column's header means: which field it fills and in which unit, by a table of words in a data file.

The one thing to get wrong: brackets hold a unit, "面积(㎡)", or a part of the name, "营销平台（境外）", or a hint,
"建设方式(自建/租赁)". So the whole header is looked up first, then without a unit, then without its brackets;
a unit that is not understood, "面积(平方公里)", makes its column unusable and is never dropped as a hint.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse_hub.vocabulary.codes import SERVICES, UNITS, split_words
from warehouse_hub.vocabulary.folding import fold

SERVICE_PREFIX = "service:"
# A field with this mark is known and left aside; what follows says why.
ASIDE = "!"
# A quantity in a unit that is not understood; its bare numbers would be read as another amount.
UNKNOWN_UNIT = "!unit_unknown"

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】")
_TRAILING_UNIT = re.compile(r"^(.*?)[/,:\s_-]+([^/,:\s]+(?:\s?[^/,:\s]+)?)$")
_ORNAMENT = re.compile(r"^\s*(?:[0-9一二三四五六七八九十]{1,3}\s*[、.)]\s*|其中\s*:?\s*|\*+\s*)|[\s*:]+$")
_SERVICE_FRAME = re.compile(r"^(?:是否|能否|可否|有无|提供|支持|可|含)+(?:提供|支持)?|(?:服务|能力)$")
_SERVICE_PATH = re.compile(r"^services?[_.:\s]+", re.IGNORECASE)
_LISTING_QUANTITIES = frozenset(
    {
        *("capacity", "gross", "rentable", "commissioned", "available"),
        *("volume", "pallets", "orders_per_day", "hub_km"),
    }
)
_MULTIPLES = {
    "万": 10_000,
    "千": 1_000,
    "百": 100,
    "10,000": 10_000,
    "10000": 10_000,
    "10k": 10_000,
    "1,000": 1_000,
    "1000": 1_000,
    "'000": 1_000,
    "k": 1_000,
    "thousand": 1_000,
    "million": 1_000_000,
}
_HECTARES = frozenset({"公顷", "ha", "hectare", "hectares"})
_LIKE_A_UNIT = re.compile(
    r"[百千万亿]|[顷坪亩尺呎]|平(?!均)|[立英]|(?<!厘)米|[公英]里|[元$€£¥]|m[23²³]|sq|\b(?:k|m|ha|thousand|million|mn|ft|sf|"
    r"feet|foot|yards?|miles?|acres?|hectares?|met(?:er|re)s?|usd|eur|gbp|rmb|cny)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Meaning:
    """A field (a service as "service:<code>"), the unit that the header names, and the factor of its numbers."""

    field: str
    unit: str | None = None
    factor: int = 1


class HeaderWords:
    """A file of header words: field, unit and words separated by |; the first word of a field is its own name."""

    def __init__(
        self, path: Path, *, services: bool = False, quantities: frozenset[str] = frozenset()
    ) -> None:
        self._services = services
        self._quantities = quantities
        self._meanings: dict[str, Meaning] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        with path.open(encoding="utf-8", newline="") as lines:
            for line in csv.DictReader(lines):
                meaning = Meaning(line["field"], line["unit"] or None)
                words = split_words(line["words"])
                self._words[meaning.field] = (*self._words.get(meaning.field, ()), *words)
                for word in (line["field"], *words):
                    self._meanings.setdefault(fold(word), meaning)

    def words_of(self, field: str, most: int = 4) -> tuple[str, ...]:
        """Some of the headers that fill a field, for a person whose table lacks it."""
        return self._words.get(field, (field,))[:most]

    def read(self, header: str) -> Meaning | None:
        """What the header means, or None when it is unknown."""
        plain = _plain(header)
        if not plain:
            return None
        return (
            self._known(plain)
            or self._with_unit(plain)
            or self._without_brackets(plain)
            or self._service(plain)
        )

    def _known(self, text: str) -> Meaning | None:
        return self._meanings.get(fold(text))

    def _with_unit(self, text: str) -> Meaning | None:
        for name, unit_text in _splits(text):
            unit = read_unit(unit_text)
            known = self._known(name) if unit else None
            if known and unit:
                return Meaning(known.field, unit[0], unit[1])
        return None

    def _without_brackets(self, text: str) -> Meaning | None:
        bare = _BRACKETS.sub("", text).strip()
        known = self._known(bare) or self._with_unit(bare) if bare != text else None
        hints = "".join(next(filter(None, each.groups()), "") for each in _BRACKETS.finditer(text))
        if known and known.field in self._quantities and _LIKE_A_UNIT.search(hints):
            return Meaning(UNKNOWN_UNIT)
        return known

    def _service(self, text: str) -> Meaning | None:
        if not self._services:
            return None
        bare = _BRACKETS.sub("", text).strip()
        for word in (text, bare, _SERVICE_FRAME.sub("", bare), _SERVICE_PATH.sub("", bare)):
            code = SERVICES.find(word) if word else None
            if code:
                return Meaning(f"{SERVICE_PREFIX}{code}")
        return None


def read_unit(text: str) -> tuple[str, int] | None:
    """(unit code, factor) of a unit as a header prints it, "万平方米" for example; None when it is no unit."""
    plain = re.sub(r"^(?:单位|unit)\s*:?\s*", "", _plain(text), flags=re.IGNORECASE)
    if unit := UNITS.find(plain):
        return unit, 1
    if plain.casefold() in _HECTARES:
        return "m2", 10_000
    for word, factor in _MULTIPLES.items():
        if plain.casefold().startswith(word) and (unit := UNITS.find(plain[len(word) :].strip())):
            return unit, factor
    return None


@cache
def listing_headers() -> HeaderWords:
    """The headers of a table of warehouses; every service is also a column of yes and no."""
    path = Path(__file__).with_name("listing_headers.csv")
    return HeaderWords(path, services=True, quantities=_LISTING_QUANTITIES)


def _plain(header: str) -> str:
    # NFKC makes （） () and ㎡ m2, full-width letters narrow and no-break spaces spaces.
    text = " ".join(unicodedata.normalize("NFKC", header).split())
    while (shorter := _ORNAMENT.sub("", text)) != text:
        text = shorter
    return text


def _splits(text: str) -> list[tuple[str, str]]:
    """Every way to read a header as (name, unit)."""
    found = [
        (f"{text[: match.start()]} {text[match.end() :]}".strip(), next(filter(None, match.groups()), ""))
        for match in _BRACKETS.finditer(text)
    ]
    if match := _TRAILING_UNIT.match(text):
        found.append((match[1], match[2]))
    found += [(text[:cut], text[cut:]) for cut in range(len(text) - 1, max(1, len(text) - 6), -1)]
    return found
