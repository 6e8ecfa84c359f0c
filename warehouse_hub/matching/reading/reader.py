"""Free text to needs: the one entrance of this package.

A reading never guesses silently: what was not understood is in `unread`, what could have meant something else in
`ambiguities`. Text that asks, offers or greets holds no need, and that is a reading too.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.matching.need import Need
from warehouse_hub.matching.reading.amounts import Amount, find_amounts
from warehouse_hub.matching.reading.budgets import read_budget
from warehouse_hub.matching.reading.clauses import Passage
from warehouse_hub.matching.reading.destinations import Found, named_places, read_destinations
from warehouse_hub.matching.reading.leftovers import unread_runs
from warehouse_hub.matching.reading.normalise import Folded, fold
from warehouse_hub.matching.reading.periods import read_period
from warehouse_hub.matching.reading.placenames import default_atlas
from warehouse_hub.matching.reading.placing import Ambiguity
from warehouse_hub.matching.reading.polarity import Mode, read_modes
from warehouse_hub.matching.reading.quantities import read_quantity, read_radius
from warehouse_hub.matching.reading.questions import unstated_tokens
from warehouse_hub.matching.reading.segments import split_needs
from warehouse_hub.matching.reading.tokens import Token, tokenise
from warehouse_hub.matching.reading.typos import Corrector, correct
from warehouse_hub.matching.reading.vocabulary_words import default_lexicon

LONGEST_TEXT = 5_000

_FIELDS = {
    "service": "services",
    "goods": "goods_classes",
    "platform": "platforms",
    "record_class": "record_class",
}


@dataclass(frozen=True)
class Reading:
    """The needs of a message, the runs of it that were not understood, and what was ambiguous."""

    needs: tuple[Need, ...]
    unread: tuple[str, ...] = ()
    ambiguities: tuple[Ambiguity, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As the command and the API answer it."""
        return {
            "needs": [need.to_json() for need in self.needs],
            "unread": list(self.unread),
            "ambiguities": [
                {"code": one.code, "text": one.text, "taken": one.taken, "others": list(one.others)}
                for one in self.ambiguities
            ],
        }


def read_needs(text: str, *, today: date) -> Reading:
    """Read a message in Chinese or English; relative dates are resolved against `today`.

    Raises InvalidInput("need.too_long") above LONGEST_TEXT characters, and for no other text.
    """
    if len(text) > LONGEST_TEXT:
        raise InvalidInput("need.too_long", length=len(text), most=LONGEST_TEXT)
    folded, tokens = _tokens(text, today)
    passage = Passage(folded, tokens)
    amounts = find_amounts(passage)
    ignored = unstated_tokens(passage, amounts)
    if len(ignored) == len(tokens):
        return Reading(())
    modes = read_modes(passage)
    destinations = read_destinations(passage, modes, ignored, today)
    coded = _coded(passage, modes, ignored)
    amounts = [amount for amount in amounts if amount.first not in ignored]
    requirements = {index: kind for index, kind, _, _ in coded}
    needs = []
    passed_over: list[Amount] = []
    for part in split_needs(passage, destinations.found, requirements, amounts):
        need, left = _need(passage, part, destinations.found, coded, amounts)
        passed_over.extend(left)
        if not need.is_empty:
            needs.append(need)
    extra = tuple(
        Ambiguity("need.second_quantity", passage.source(amount.first, amount.last), amount.unit)
        for amount in passed_over
    )
    return Reading(
        tuple(dict.fromkeys(needs)),
        unread_runs(passage, ignored) if needs else (),
        destinations.ambiguities + extra,
    )


def warm_up() -> None:
    """Build the vocabulary now (about two seconds, once a process) and not at the first message.

    A server calls it before it forks, so that its processes share the memory.
    """
    _corrector()


@functools.cache
def _corrector() -> Corrector:
    return Corrector(default_lexicon(), default_atlas())


def _tokens(text: str, today: date) -> tuple[Folded, tuple[Token, ...]]:
    folded = fold(text)
    tokens = tokenise(folded, default_lexicon(), default_atlas(), today)
    corrected = correct(folded, tokens, _corrector())
    if corrected is folded:
        return folded, tokens
    return corrected, tokenise(corrected, default_lexicon(), default_atlas(), today)


def _coded(passage: Passage, modes: dict[int, Mode], ignored: set[int]) -> list[tuple[int, str, str, Mode]]:
    """(token, kind, code, mode) of everything from the closed lists."""
    found: list[tuple[int, str, str, Mode]] = []
    for index, token in enumerate(passage.tokens):
        if index in ignored:
            continue
        for kind in _FIELDS:
            for code in token.values(kind):
                found.append((index, kind, code, modes.get(index, Mode.WANTED)))
                passage.read.add(index)
    return found


def _need(
    passage: Passage,
    part: set[int],
    found: tuple[Found, ...],
    coded: list[tuple[int, str, str, Mode]],
    amounts: list[Amount],
) -> tuple[Need, list[Amount]]:
    here = [one for one in found if one.index in part]
    wanted = [one for one in here if not one.excluded]
    places = named_places(wanted)
    countries = _codes(code for one in wanted for code in one.countries)
    excluded = _codes(code for one in here if one.excluded for code in one.countries)
    own = [amount for amount in amounts if amount.first in part]
    quantity, passed_over = read_quantity(passage, own)
    radius = read_radius(passage, own)
    lists = {
        field: _chosen(coded, part, kind, (Mode.WANTED, Mode.PREFERRED)) for kind, field in _FIELDS.items()
    }
    services = _chosen(coded, part, "service", (Mode.WANTED,))
    unwanted = _chosen(coded, part, "service", (Mode.EXCLUDED,))
    preferred = _chosen(coded, part, "service", (Mode.PREFERRED,))
    # 东马要,西马的不要: refusing a part of a country that is named as well does not refuse the country
    named = {code for one in wanted if one.weight in ("country", "place") for code in one.countries}
    excluded = tuple(code for code in excluded if code not in named)
    need = Need(
        countries=tuple(code for code in countries if code not in excluded),
        excluded_countries=excluded,
        region_sets=_codes(one.region_set for one in wanted if one.region_set),
        places=places,
        within_km=None if radius is None else Decimal(radius),
        services=tuple(code for code in services if code not in unwanted),
        services_preferred=tuple(code for code in preferred if code not in services and code not in unwanted),
        excluded_services=unwanted,
        goods_classes=lists["goods_classes"],
        platforms=lists["platforms"],
        record_class=lists["record_class"],
        quantity=quantity,
        budget=read_budget(passage, own, countries),
        period=read_period(passage, part),
    )
    return need, passed_over


def _chosen(
    coded: list[tuple[int, str, str, Mode]], part: set[int], kind: str, modes: tuple[Mode, ...]
) -> tuple[str, ...]:
    return _codes(
        code for index, found, code, mode in coded if index in part and found == kind and mode in modes
    )


def _codes(codes: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))
