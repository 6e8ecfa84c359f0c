"""The commands `edition prepare` and `edition publish`."""

from __future__ import annotations

from typing import Any

import click

from warehouse_hub.catalogue.models import Edition
from warehouse_hub.catalogue.service import editions as listed_editions
from warehouse_hub.catalogue.service import prepare, publish
from warehouse_hub.cli.surface import acting, answer, as_option, dataset_option, json_option, opened, refusing


@click.group("edition")
def edition() -> None:
    """The catalogue: numbered, frozen editions."""


@edition.command("prepare")
@click.argument("period")
@as_option
@dataset_option
@json_option
@refusing
def prepare_command(*, period: str, email: str, dataset: str, as_json: bool) -> None:
    """Freeze the edition of PERIOD (2026-11 or 2026-Q4) from what is in print now."""
    with opened() as hub, hub.database.unit_of_work(hub.clock) as uow:
        prepared = _shape(prepare(uow, period, dataset=dataset, actor=acting(uow.session, email)))
    _show(prepared, as_json=as_json)


@edition.command("publish")
@click.argument("number")
@as_option
@json_option
@refusing
def publish_command(*, number: str, email: str, as_json: bool) -> None:
    """Publish a prepared edition with its files; refused to the person who prepared it."""
    with opened() as hub, hub.database.unit_of_work(hub.clock) as uow:
        actor = acting(uow.session, email)
        published = _shape(publish(uow, number, actor=actor, editions_dir=hub.settings.editions_dir))
    _show(published, as_json=as_json)


@edition.command("list")
@dataset_option
@json_option
@refusing
def list_command(*, dataset: str, as_json: bool) -> None:
    """Every published edition of a dataset, newest first."""
    with opened() as hub, hub.database.reading() as session:
        found = [_shape(one) for one in listed_editions(session, dataset)]
    if as_json:
        answer({"editions": found})
        return
    for one in found:
        _show(one, as_json=False)


def _shape(one: Edition) -> dict[str, Any]:
    return {
        "number": one.number,
        "dataset": one.dataset,
        "state": one.state,
        "prepared_at": one.prepared_at,
        "published_at": one.published_at,
        "counts": one.counts,
    }


def _show(one: dict[str, Any], *, as_json: bool) -> None:
    answer(one) if as_json else click.echo(f"{one['number']}  {one['state']}  {one['counts']}")
