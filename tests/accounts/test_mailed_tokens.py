"""Mailed secrets open one thing, once, in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from builders import NOON, noon
from sqlalchemy import text

from warehouse_hub.accounts.mailed_tokens import issue, redeem
from warehouse_hub.core.errors import RuleViolation


@pytest.fixture
def token(database) -> str:
    with database.unit_of_work(noon) as uow:
        return issue(uow, "reset", {"account": 7}, hours=1)


def refused(database, purpose: str, token: str, clock=noon) -> bool:
    with database.unit_of_work(clock) as uow, pytest.raises(RuleViolation, match=r"mailed_token\.not_valid"):
        redeem(uow, purpose, token)
    return True


def test_a_secret_opens_what_it_was_issued_for_once(database, token):
    with database.unit_of_work(noon) as uow:
        assert redeem(uow, "reset", token) == {"account": 7}
    assert refused(database, "reset", token)


def test_a_secret_opens_nothing_else_and_nothing_later(database, token):
    assert refused(database, "invitation", token)
    assert refused(database, "reset", token + "x")
    assert refused(database, "reset", token, lambda: NOON + timedelta(hours=1))


def test_a_deed_that_fails_does_not_use_the_secret_up(database, token):
    with pytest.raises(ZeroDivisionError), database.unit_of_work(noon) as uow:
        redeem(uow, "reset", token)
        raise ZeroDivisionError
    with database.unit_of_work(noon) as uow:
        assert redeem(uow, "reset", token) == {"account": 7}


def test_the_database_does_not_hold_the_secret(database, token):
    with database.engine.connect() as connection:
        (row,) = connection.execute(text("SELECT * FROM mailed_token")).all()
    assert token not in str(row)
