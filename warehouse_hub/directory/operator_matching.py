"""Find the enterprise that a row names among those of its dataset, or enter it: by credit code, else by name.

The one thing to get wrong: a row only adds to what is known of an enterprise; where it says otherwise the directory's
word stays and the difference is told, so that one careless file does not rename an enterprise everywhere.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields

from sqlalchemy import select

from warehouse_hub.core.errors import InvalidInput, Problem
from warehouse_hub.core.unit_of_work import UnitOfWork
from warehouse_hub.directory.listings import FEED_TOPIC
from warehouse_hub.directory.models import Operator, Warehouse
from warehouse_hub.directory.spreadsheet.listing_row import OperatorClaim
from warehouse_hub.vocabulary.folding import fold

CLAIMED = tuple(spec.name for spec in fields(OperatorClaim))


@dataclass(frozen=True)
class Addition:
    """Something that the directory did not know of an enterprise yet."""

    operator_id: str
    field: str
    value: str


class Operators:
    """The operators of one dataset with those that a file adds; nothing is written before `enter`."""

    def __init__(self, uow: UnitOfWork, dataset: str) -> None:
        self._uow = uow
        self._dataset = dataset
        self._known: dict[str, dict[str, str | None]] = {}
        self._new: set[str] = set()
        self._additions: list[Addition] = []
        self._by_uscc: dict[str, str] = {}
        self._by_name: dict[str, set[str]] = {}
        for operator in uow.session.scalars(select(Operator).where(Operator.dataset == dataset)):
            self._learn(operator.id, {name: getattr(operator, name) for name in CLAIMED})

    def match(self, claim: OperatorClaim) -> tuple[str, tuple[Problem, ...]]:
        """The id of the enterprise that the claim names, and a warning for everything it says differently.

        Raises InvalidInput("operator.ambiguous") when several bear the name and no credit code tells which.
        """
        told = {name: getattr(claim, name) for name in CLAIMED if getattr(claim, name)}
        key = self._find(claim)
        if key is None:
            key = self._new_id(claim)
            self._new.add(key)
            self._learn(key, told)
            return key, ()
        known = self._known[key]
        differing = []
        for name, value in told.items():
            if known.get(name) is None:
                self._additions.append(Addition(key, name, value))
                self._learn(key, {name: value})
            elif fold(known[name] or "") != fold(value):
                facts = {"field": name, "known": known[name], "value": value}
                differing.append(Problem("operator.says_otherwise", column=name, facts=facts))
        return key, tuple(differing)

    def enter(self) -> None:
        """Write the new enterprises and what was learnt of known ones; their other listings go to the change feed."""
        at = self._uow.now()
        for key in sorted(self._new):
            values = {name: self._known[key].get(name) for name in CLAIMED}
            # Figures are protected by group, so an enterprise without one is a group of its own.
            values["enterprise_group"] = values["enterprise_group"] or values["parent"] or _name(values)
            self._uow.session.add(Operator(id=key, dataset=self._dataset, created_at=at, **values))
        for addition in self._additions:
            if addition.operator_id not in self._new:
                operator = self._uow.get(Operator, addition.operator_id)
                setattr(operator, addition.field, addition.value)
        self._uow.session.flush()
        touched = {addition.operator_id for addition in self._additions} - self._new
        for key in self._uow.session.scalars(
            select(Warehouse.id).where(Warehouse.operator_id.in_(sorted(touched)))
        ):
            self._uow.changed(FEED_TOPIC, key, self._dataset)

    def _find(self, claim: OperatorClaim) -> str | None:
        if claim.uscc and claim.uscc in self._by_uscc:
            return self._by_uscc[claim.uscc]
        named: set[str] = set()
        for name in (claim.name_zh, claim.name_en):
            named |= self._by_name.get(fold(name), set()) if name else set()
        if claim.uscc:
            # An enterprise with another credit code is another enterprise, whatever it is called.
            named = {key for key in named if not self._known[key].get("uscc")}
        if len(named) > 1:
            raise InvalidInput("operator.ambiguous", name=claim.name_zh or claim.name_en, ids=sorted(named))
        return next(iter(named), None)

    def _learn(self, key: str, told: dict[str, str | None]) -> None:
        known = self._known.setdefault(key, {})
        known.update(told)
        if uscc := known.get("uscc"):
            self._by_uscc[uscc] = key
        for name in (known.get("name_zh"), known.get("name_en")):
            if name:
                self._by_name.setdefault(fold(name), set()).add(key)

    def _new_id(self, claim: OperatorClaim) -> str:
        identity = claim.uscc or fold(claim.name_zh or claim.name_en or "")
        return f"OP-{short_hash(self._dataset, identity)}"


def short_hash(*parts: str) -> str:
    """Eight letters and digits that stand for these texts: the same ones always, others practically never."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    number = int.from_bytes(digest[:5])
    return "".join(alphabet[(number >> (5 * place)) & 31] for place in range(8))


def _name(values: dict[str, str | None]) -> str | None:
    return values.get("name_zh") or values.get("name_en")
