"""Preparing and publishing an edition in one call each, as the tests of the catalogue do."""

from __future__ import annotations

from datetime import timedelta

from builders import EDITOR, NOON, PUBLISHER, actor, noon

from warehouse_hub.catalogue import service
from warehouse_hub.catalogue.models import Edition

NUMBER = "ZZHWC-2026-11"
CHIEF = actor("publisher", number=2)


def prepare(database, period="2026-11", *, by=EDITOR, dataset="real", clock=noon, **more):
    with database.unit_of_work(clock) as uow:
        return service.prepare(uow, period, dataset=dataset, actor=by, **more)


def put_in_print(database, folder, number=NUMBER, *, by=PUBLISHER, clock=noon):
    made = typeset(database, number, by=by, clock=clock)
    with database.unit_of_work(clock) as uow:
        return service.publish(uow, made, actor=by, editions_dir=folder)


def typeset(database, number=NUMBER, *, by=PUBLISHER, clock=noon):
    with database.reading() as session:
        return service.typeset(session, number, actor=by, now=clock())


def state_of(database, number=NUMBER):
    with database.reading() as session:
        return session.get(Edition, number).state


def tomorrow():
    return NOON + timedelta(days=1)
