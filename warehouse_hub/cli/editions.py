"""The commands about the catalogue: prepare, publish, list, diff, verify."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from warehouse_hub.catalogue.models import Edition
from warehouse_hub.catalogue.service import difference, prepare, publish, typeset
from warehouse_hub.catalogue.service import editions as listed_editions
from warehouse_hub.cli.surface import acting, answer, as_option, dataset_option, json_option, opened, refusing
from warehouse_hub.press.manifest import verify


@click.group("edition")
def edition() -> None:
    """The catalogue: numbered, frozen editions."""


@edition.command("prepare")
@click.argument("period")
@as_option
@dataset_option
@click.option("--correction", is_flag=True, help="Prepare the next revision of a published edition.")
@json_option
@refusing
def prepare_command(*, period: str, email: str, dataset: str, correction: bool, as_json: bool) -> None:
    """Freeze the edition of PERIOD (2026-11 or 2026-Q4) from what is in print now."""
    with opened() as hub, hub.database.unit_of_work(hub.clock) as uow:
        actor = acting(uow.session, email)
        prepared = _shape(prepare(uow, period, dataset=dataset, actor=actor, correction=correction))
    _show(prepared, as_json=as_json)


@edition.command("publish")
@click.argument("number")
@as_option
@json_option
@refusing
def publish_command(*, number: str, email: str, as_json: bool) -> None:
    """Publish a prepared edition with its files; refused to the person who prepared it."""
    with opened() as hub:
        with hub.database.reading() as session:
            actor = acting(session, email)
            made = typeset(session, number, actor=actor, now=hub.clock())
        with hub.database.unit_of_work(hub.clock) as uow:
            published = _shape(publish(uow, made, actor=actor, editions_dir=hub.settings.editions_dir))
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


@edition.command("diff")
@click.argument("before")
@click.argument("after")
@json_option
@refusing
def diff_command(*, before: str, after: str, as_json: bool) -> None:
    """What was added, removed and changed, field by field, between two published editions."""
    with opened() as hub, hub.database.reading() as session:
        found = asdict(difference(session, before, after))
    if as_json:
        answer(found)
        return
    for name in ("added", "removed", "changed"):
        click.echo(f"{name} {len(found[name])}: {' '.join(found[name])}")


@edition.command("verify")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@json_option
@refusing
def verify_command(*, folder: Path, as_json: bool) -> None:
    """Hold an edition's folder against its manifest; needs no database. Exit 1 when a byte differs."""
    found = verify(folder)
    if as_json:
        answer({"whole": not found, "discrepancies": [asdict(one) for one in found]})
    else:
        for one in found:
            click.echo(f"{one.code}  {one.name}")
        click.echo("whole and unaltered" if not found else f"{len(found)} discrepancies", err=True)
    sys.exit(1 if found else 0)


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
    if as_json:
        answer(one)
    else:
        click.echo(f"{one['number']}  {one['state']}  entries {one['counts']['entries']}")
