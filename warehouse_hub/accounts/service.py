"""Accounts: create, authenticate, find who acts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import select
from sqlalchemy.orm import Session

from warehouse_hub.accounts.models import Account, AuditEntry
from warehouse_hub.accounts.permissions import Actor
from warehouse_hub.core.errors import Forbidden, InvalidInput, NotFound
from warehouse_hub.core.unit_of_work import UnitOfWork
from warehouse_hub.vocabulary.codes import ROLES

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
_hasher = PasswordHasher()


def create_account(
    uow: UnitOfWork,
    *,
    email: str,
    name: str,
    password: str,
    roles: Iterable[str],
    datasets: Iterable[str],
    operator_id: str | None = None,
    exporter_id: str | None = None,
    home_district: str | None = None,
    warehouse_ids: Iterable[str] | None = None,
) -> Account:
    """Add a person who can sign in.

    Raises InvalidInput("account.bad_email" | "account.email_taken" | "account.unknown_role" | "account.bad_password").
    """
    address = _address(email)
    if "@" not in address or len(address) > 254:
        raise InvalidInput("account.bad_email", email=email[:80])
    if _by_email(uow.session, address) is not None:
        raise InvalidInput("account.email_taken", email=address)
    wanted = tuple(roles)
    if unknown := [role for role in wanted if role not in ROLES]:
        raise InvalidInput("account.unknown_role", roles=unknown)
    account = Account(
        email=address,
        name=name,
        password_hash=_hash(password),
        roles=wanted,
        datasets=tuple(datasets),
        operator_id=operator_id,
        exporter_id=exporter_id,
        home_district=home_district,
        warehouse_ids=None if warehouse_ids is None else sorted(warehouse_ids),
        active=True,
        created_at=uow.now(),
    )
    uow.session.add(account)
    uow.session.flush()
    return account


def set_password(account: Account, password: str) -> None:
    """Replace the password; whoever is signed in with the old one is signed out.

    Raises InvalidInput("account.bad_password") when it is shorter than 12 characters or longer than 256.
    """
    account.password_hash = _hash(password)


def authenticate(session: Session, email: str, password: str) -> Actor:
    """The actor with that address and password.

    Raises Forbidden("account.wrong_credentials") alike for an unknown address, a wrong password and a closed
    account, after the same amount of work, so that an answer does not tell which addresses exist.
    """
    account = _by_email(session, _address(email))
    try:
        _hasher.verify(account.password_hash if account else _decoy_hash(), password[:LONGEST_PASSWORD])
    except (Argon2Error, InvalidHashError):
        raise Forbidden("account.wrong_credentials") from None
    if account is None or not account.active:
        raise Forbidden("account.wrong_credentials")
    return actor_of(account)


def actor_for(session: Session, email: str) -> Actor:
    """The actor of an active account, for commands run by somebody who holds the machine.

    Raises NotFound("account.not_found").
    """
    account = _by_email(session, _address(email))
    if account is None or not account.active:
        raise NotFound("account.not_found", email=email[:80])
    return actor_of(account)


def actor_of(account: Account) -> Actor:
    """An account as services see it."""
    return Actor(
        id=account.id,
        email=account.email,
        name=account.name,
        roles=frozenset(account.roles),
        operator_id=account.operator_id,
        datasets=frozenset(account.datasets),
        exporter_id=account.exporter_id,
        home_district=account.home_district,
        warehouse_ids=None if account.warehouse_ids is None else frozenset(account.warehouse_ids),
    )


def record(
    uow: UnitOfWork, actor: Actor, action: str, subject: str, dataset: str | None, **facts: object
) -> None:
    """Add a line to the audit trail, committed with the deed itself."""
    uow.session.add(
        AuditEntry(
            at=uow.now(),
            account_id=actor.id,
            email=actor.email,
            action=action,
            subject=subject,
            dataset=dataset,
            facts=dict(facts),
        )
    )


def _address(email: str) -> str:
    return email.strip().lower()


def _by_email(session: Session, address: str) -> Account | None:
    return session.scalar(select(Account).where(Account.email == address))


def _hash(password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InvalidInput("account.bad_password", least=SHORTEST_PASSWORD, most=LONGEST_PASSWORD)
    return _hasher.hash(password)


@cache
def _decoy_hash() -> str:
    return _hasher.hash("no account has this password")
