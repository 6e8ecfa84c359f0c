"""Signing in."""

from __future__ import annotations

import pytest
from builders import noon

from warehouse_hub.accounts.models import Account
from warehouse_hub.accounts.service import actor_for, authenticate, create_account, set_password
from warehouse_hub.core.errors import Forbidden, InvalidInput, NotFound

PASSWORD = "correct horse battery"


@pytest.fixture
def editor(database):
    with database.unit_of_work(noon) as uow:
        create_account(
            uow, email="Li@Example.invalid", name="李", password=PASSWORD, roles=["editor"], datasets=["real"]
        )
    return "li@example.invalid"


def test_the_right_password_signs_in_whatever_the_case_of_the_address(database, editor):
    with database.reading() as session:
        assert authenticate(session, " LI@example.invalid ", PASSWORD).roles == {"editor"}


@pytest.mark.parametrize("email", ["li@example.invalid", "nobody@example.invalid"])
def test_a_wrong_password_and_an_unknown_address_are_refused_alike(database, editor, email):
    with database.reading() as session, pytest.raises(Forbidden, match=r"account\.wrong_credentials"):
        authenticate(session, email, "not the password")


def test_a_closed_account_neither_signs_in_nor_acts(database, editor):
    with database.unit_of_work(noon) as uow:
        uow.session.query(Account).one().active = False
    with database.reading() as session:
        with pytest.raises(Forbidden):
            authenticate(session, editor, PASSWORD)
        with pytest.raises(NotFound):
            actor_for(session, editor)


def test_an_address_is_taken_once(database, editor):
    with pytest.raises(InvalidInput, match=r"account\.email_taken"), database.unit_of_work(noon) as uow:
        create_account(uow, email="LI@example.invalid", name="", password=PASSWORD, roles=[], datasets=[])


@pytest.mark.parametrize("password", ["short", "x" * 257])
def test_a_password_too_short_or_too_long_is_refused(database, editor, password):
    with pytest.raises(InvalidInput, match=r"account\.bad_password"), database.unit_of_work(noon) as uow:
        set_password(uow.session.query(Account).one(), password)


def test_the_database_holds_no_password(database, editor):
    with database.reading() as session:
        assert session.query(Account).one().password_hash.startswith("$argon2id$")
