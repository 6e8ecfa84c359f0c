"""One demonstration account a role, with random passwords that only the data folder knows.

The one thing to get wrong: file and database cannot change in one step. The file is written aside before the commit
and gets its name after it, so a death in between leaves no file, and the next start sets new passwords.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from sqlalchemy import event, select

from warehouse_hub.accounts.models import Account, Exporter
from warehouse_hub.accounts.permissions import DEMO, REAL
from warehouse_hub.accounts.service import create_account, set_password
from warehouse_hub.core.unit_of_work import UnitOfWork
from warehouse_hub.operations.demonstration.operators import ACCOUNT_OPERATOR_ID
from warehouse_hub.vocabulary.codes import ROLES

FILE_NAME = "demo-accounts.txt"
DOMAIN = "demo.invalid"
# Enterprises act among the fictitious ones only; the bureau sees both datasets.
_ONLY_DEMO = frozenset({"exporter", "operator"})
EXPORTER_ID = "DEMO-EX-001"
DISTRICT = "airport"


def create_demo_accounts(uow: UnitOfWork, data_dir: Path) -> Path:
    """Make `<role>@demo.invalid` for every role and tell their passwords in the returned file, mode 600.

    Accounts that exist keep their passwords as long as the file is there; without it all get new ones, and the file
    appears when `uow` commits.
    """
    path = data_dir / FILE_NAME
    told = _read(path)
    held = {account.email: account for account in uow.session.scalars(select(Account))}
    emails = {f"{role}@{DOMAIN}": role for role in ROLES.codes}
    if all(email in told and email in held for email in emails):
        return path
    _enter_exporter(uow)
    passwords = {email: told.get(email) or secrets.token_urlsafe(15) for email in emails}
    for email, role in emails.items():
        if email not in held:
            create_account(
                uow,
                email=email,
                name=f"演示 {ROLES.label(role, 'zh')}",
                password=passwords[email],
                roles=(role,),
                datasets=(DEMO,) if role in _ONLY_DEMO else (REAL, DEMO),
                operator_id=ACCOUNT_OPERATOR_ID if role == "operator" else None,
                exporter_id=EXPORTER_ID if role == "exporter" else None,
                home_district=DISTRICT if role == "district" else None,
            )
        elif email not in told:
            set_password(held[email], passwords[email])
    _appear_on_commit(uow, path, "".join(f"{email}\t{password}\n" for email, password in passwords.items()))
    return path


def _enter_exporter(uow: UnitOfWork) -> None:
    if uow.session.get(Exporter, EXPORTER_ID) is None:
        uow.session.add(
            Exporter(
                id=EXPORTER_ID,
                dataset=DEMO,
                name_zh="演示外贸企业",
                name_en="Demonstration Exporter",
                home_district=DISTRICT,
                created_at=uow.now(),
            )
        )
        uow.session.flush()


def _appear_on_commit(uow: UnitOfWork, path: Path, text: str) -> None:
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(
        os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())

    def _appear(_session: object) -> None:
        aside.replace(path)

    event.listen(uow.session, "after_commit", _appear, once=True)


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    lines = (line.partition("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {email: password for email, _, password in lines if email and password}
