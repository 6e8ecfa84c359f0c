"""The one permission table: which role may do what, and whether only to its own.

Every service asks `actor.must(permission, subject)` before it acts; pages only hide what would be refused.
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


class Subject(Protocol):
    """Whatever a permission is asked about: it lies in a dataset and may belong to an operator."""

    @property
    def dataset(self) -> str: ...

    @property
    def operator_id(self) -> str | None: ...


@dataclass(frozen=True)
class Remit:
    """A subject without a row of its own: a whole dataset, or an operator's part of it."""

    dataset: str
    operator_id: str | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts: an account's roles and remit, free of any request. A visitor has no roles."""

    id: int | None
    email: str
    name: str
    roles: frozenset[str]
    operator_id: str | None
    datasets: frozenset[str]

    @classmethod
    def visitor(cls) -> Actor:
        return cls(None, "", "", frozenset(), None, frozenset(DATASETS))

    def may(self, permission: str, subject: Subject | None = None) -> bool:
        """Whether the table allows it; without a subject, whether it allows it on anything at all."""
        reaches = [PERMISSIONS[permission][role] for role in self.roles if role in PERMISSIONS[permission]]
        if not reaches:
            return False
        if subject is None:
            return True
        if subject.dataset not in self.datasets:
            return False
        return Reach.ANY in reaches or (
            self.operator_id is not None and subject.operator_id == self.operator_id
        )

    def must(self, permission: str, subject: Subject | None = None) -> None:
        """Raise Forbidden("permission.denied") unless the table allows it."""
        if not self.may(permission, subject):
            raise Forbidden("permission.denied", permission=permission, roles=sorted(self.roles))
