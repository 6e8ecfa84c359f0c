"""When one message holds several needs: each part must have its own destination and its own requirement.

"LA for FBA transfer, UK for dropship" is two needs; "Los Angeles and Birmingham, dropship" is one with two places.
What stands before the first part, or says both or 都, belongs to all.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from warehouse_hub.matching.reading.amounts import CONTAINER, ORDER, SPACE, Amount
from warehouse_hub.matching.reading.clauses import Passage
from warehouse_hub.matching.reading.destinations import Found
from warehouse_hub.matching.reading.tokens import CLAUSE

_BOUNDARIES = frozenset(
    {"and", "plus", "另外", "还有", "同时", "以及", "as well as", "then", "also", "和", "&", "+"}
)


@dataclass
class _Part:
    tokens: set[int] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    sets: set[str] = field(default_factory=set)
    requirements: set[str] = field(default_factory=set)

    @property
    def has_destination(self) -> bool:
        return bool(self.countries or self.sets)


def split_needs(
    passage: Passage, found: tuple[Found, ...], requirements: dict[int, str], amounts: list[Amount]
) -> list[set[int]]:
    """The token indices of each need; a single set of all tokens when the message holds one."""
    whole = [set(range(len(passage)))]
    kinds = dict(requirements)
    for amount in amounts:
        if amount.kind in (SPACE, ORDER, CONTAINER) and amount.low is not None:
            kinds[amount.first] = "quantity"
    destinations: dict[int, Found] = {
        one.index: one for one in found if not one.excluded and one.weight != "site"
    }
    if len(destinations) < 2:
        return whole
    shared: set[int] = set()
    parts: list[_Part] = []
    for unit in _units(passage):
        own = [destinations[index] for index in unit if index in destinations]
        needs = {kinds[index] for index in unit if index in kinds}
        if not parts and not own:
            shared.update(unit)
            continue
        if (
            parts
            and not own
            and any(passage.tokens[index].has("each_of") for index in unit)
            and len(parts) > 1
        ):
            shared.update(unit)
            continue
        countries = {code for one in own for code in one.countries}
        sets = {one.region_set for one in own if one.region_set}
        if not parts or (own and _starts_part(passage, unit, parts[-1], countries, sets)):
            parts.append(_Part())
        part = parts[-1]
        part.tokens.update(unit)
        part.countries |= countries
        part.sets |= sets
        part.requirements |= needs
    if len(parts) < 2 or not all(part.has_destination and part.requirements for part in parts):
        return whole
    if not set.intersection(*(part.requirements for part in parts)):
        return whole
    return [part.tokens | shared for part in parts]


def _starts_part(passage: Passage, unit: list[int], last: _Part, countries: set[str], sets: set[str]) -> bool:
    if not (last.has_destination and last.requirements):
        return False
    if any(
        passage.tokens[index].has("either") and not passage.tokens[index].has("rangeto") for index in unit
    ):
        return False
    if passage.tokens[unit[0]].text in ("or", "或", "或者"):
        return False
    return not (last.countries & countries) and not (last.sets or sets)


def _units(passage: Passage) -> list[list[int]]:
    """Clauses, cut further at words that join."""
    units: list[list[int]] = [[]]
    for index, token in enumerate(passage.tokens):
        if token.level >= CLAUSE or token.text in _BOUNDARIES or token.text == ":":
            units[-1].append(index)
            units.append([])
        else:
            units[-1].append(index)
    return [unit for unit in units if unit]
