"""The one permission table: which role may do what, and whether only to its own.

Every service asks `actor.must(permission, subject)` before it acts; pages only hide what would be refused.
The one thing to get wrong: a subject that does not say whose it is belongs to nobody, so whoever reaches only its own
does not reach it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from warehouse_hub.core.errors import Forbidden

REAL, DEMO = "real", "demo"
DATASETS = (REAL, DEMO)


class Reach(StrEnum):
    """How far a permission goes for one role."""

    ANY = "any"
    OWN = "own"


# permission -> role -> reach. A role that is not named may not.
PERMISSIONS: Mapping[str, Mapping[str, Reach]] = {
    "edit_listing": {"operator": Reach.OWN, "editor": Reach.ANY, "admin": Reach.ANY},
    "submit_listing": {"operator": Reach.OWN, "editor": Reach.ANY},
    "review_listing": {"editor": Reach.ANY},
    "suspend_listing": {"editor": Reach.ANY, "admin": Reach.ANY},
    "withdraw_listing": {"operator": Reach.OWN, "editor": Reach.ANY},
    "read_unpublished_listing": {
        "operator": Reach.OWN,
        "editor": Reach.ANY,
        "publisher": Reach.ANY,
        "auditor": Reach.ANY,
        "admin": Reach.ANY,
    },
    "import_listings": {"editor": Reach.ANY, "admin": Reach.ANY},
    "keep_exchange_rates": {"editor": Reach.ANY, "admin": Reach.ANY},
    "enter_reports": {"operator": Reach.OWN, "editor": Reach.ANY},
    "read_reports": {"operator": Reach.OWN, "editor": Reach.ANY, "publisher": Reach.ANY},
    "prepare_edition": {"editor": Reach.ANY},
    "publish_edition": {"publisher": Reach.ANY},
    "read_prepared_editions": {
        "editor": Reach.ANY,
        "publisher": Reach.ANY,
        "auditor": Reach.ANY,
        "admin": Reach.ANY,
    },
    "manage_accounts": {"admin": Reach.ANY},
}


# What makes a subject a role's own: the attribute that actor and subject have to share.
OWNED_BY: Mapping[str, str] = {
    "operator": "operator_id",
    "exporter": "exporter_id",
    "district": "home_district",
}


class Subject(Protocol):
    """Whatever a permission is asked about: it lies in a dataset, and may say whose it is by any of the attributes in
    `OWNED_BY`, and which warehouse it is about by `warehouse_id`.
    """

    @property
    def dataset(self) -> str: ...


@dataclass(frozen=True)
class Remit:
    """A subject without a row of its own: a whole dataset, or somebody's part of it."""

    dataset: str
    operator_id: str | None = None
    exporter_id: str | None = None
    home_district: str | None = None
    warehouse_id: str | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts: an account's roles and remit, free of any request. A visitor has no roles.

    `warehouse_ids` are the only warehouses of its operator that a delegate acts for; None means all, and what is the
    enterprise's own besides.
    """

    id: int | None
    email: str
    name: str
    roles: frozenset[str]
    operator_id: str | None
    datasets: frozenset[str]
    exporter_id: str | None = None
    home_district: str | None = None
    warehouse_ids: frozenset[str] | None = None

    @classmethod
    def visitor(cls) -> Actor:
        return cls(None, "", "", frozenset(), None, frozenset(DATASETS))

    def may(self, permission: str, subject: Subject | None = None) -> bool:
        """Whether the table allows it; without a subject, whether it allows it on anything at all."""
        reaches = {
            role: PERMISSIONS[permission][role] for role in self.roles if role in PERMISSIONS[permission]
        }
        if subject is None or not reaches:
            return bool(reaches)
        if subject.dataset not in self.datasets:
            return False
        return any(reach is Reach.ANY or self._owns(role, subject) for role, reach in reaches.items())

    def must(self, permission: str, subject: Subject | None = None) -> None:
        """Raise Forbidden("permission.denied") unless the table allows it."""
        if not self.may(permission, subject):
            raise Forbidden("permission.denied", permission=permission, roles=sorted(self.roles))

    def _owns(self, role: str, subject: Subject) -> bool:
        owner = OWNED_BY.get(role)
        if owner is None or getattr(self, owner) is None:
            return False
        if getattr(subject, owner, None) != getattr(self, owner):
            return False
        if role != "operator" or self.warehouse_ids is None:
            return True
        return getattr(subject, "warehouse_id", None) in self.warehouse_ids
