"""The command `account`: the way in to an installation that has nobody yet."""

from __future__ import annotations

import secrets

import click

from warehouse_hub.accounts.permissions import DATASETS, REAL
from warehouse_hub.accounts.service import create_account, record
from warehouse_hub.cli.surface import opened, refusing
from warehouse_hub.operations.bundled.loading import SYSTEM
from warehouse_hub.vocabulary.codes import ROLES


@click.group("account")
def account() -> None:
    """People who can sign in."""


@account.command("create")
@click.argument("email")
@click.option("--name", required=True, help="As colleagues know the person.")
@click.option(
    "--role", "roles", multiple=True, required=True, type=click.Choice(ROLES.codes), help="May be repeated."
)
@click.option("--operator", "operator_id", metavar="ID", help="The enterprise that an operator acts for.")
@click.option(
    "--dataset", "datasets", multiple=True, type=click.Choice(DATASETS), default=(REAL,), show_default=True
)
@refusing
def create_command(
    *, email: str, name: str, roles: tuple[str, ...], operator_id: str | None, datasets: tuple[str, ...]
) -> None:
    """Add a person and print a password for the first sign-in, once.

    It asks for no account to act as: whoever runs it holds the machine. The audit trail says so.
    """
    password = secrets.token_urlsafe(18)
    with opened() as hub, hub.database.unit_of_work(hub.clock) as uow:
        made = create_account(
            uow,
            email=email,
            name=name,
            password=password,
            roles=roles,
            datasets=datasets,
            operator_id=operator_id,
        )
        record(uow, SYSTEM, "account.create", made.email, None, roles=list(roles))
    click.echo(f"{made.email}\t{password}")
