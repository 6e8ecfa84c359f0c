"""What a request may use: the wired parts of the application and who is asking.

The one thing to get wrong: a view opens the database only through `reading()` or `writing()`, so that a page is
one consistent snapshot and a change is one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import cast

from flask import current_app, g
from flask_login import current_user
from sqlalchemy.orm import Session

from warehouse_hub.accounts.permissions import Actor
from warehouse_hub.core.clock import civil_date
from warehouse_hub.core.unit_of_work import UnitOfWork
from warehouse_hub.operations.parts import Hub

EXTENSION = "warehouse_hub"


def hub() -> Hub:
    """The parts behind the application that serves this request."""
    return cast(Hub, current_app.extensions[EXTENSION])


@contextmanager
def reading() -> Iterator[Session]:
    """A read-only session over one snapshot."""
    with hub().database.reading() as session:
        yield session


@contextmanager
def writing() -> Iterator[UnitOfWork]:
    """A unit of work that commits when the block ends without an error."""
    with hub().database.unit_of_work(hub().clock) as uow:
        yield uow


def actor() -> Actor:
    """Who is asking: the signed-in person, or a visitor.

    Under /api/v1 the session cookie counts for nothing (`g.api_actor` is set there), so a page of another site
    cannot act through a browser that is signed in here.
    """
    if "api_actor" in g:
        return cast(Actor, g.api_actor)
    if current_user.is_authenticated:
        return cast(Actor, current_user.actor)
    return Actor.visitor()


def today() -> date:
    """The civil date in Zhengzhou."""
    return civil_date(hub().clock())
