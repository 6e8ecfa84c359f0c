"""Taking tables into a directory, and what is in print afterwards."""

from __future__ import annotations

from builders import EDITOR, noon

from warehouse_hub.directory.importing import import_listings
from warehouse_hub.directory.published import published_listings


def load(database, table, *, dataset="real", actor=EDITOR, **options):
    with database.unit_of_work(noon) as uow:
        return import_listings(uow, table, dataset=dataset, actor=actor, **options)


def counts(report):
    return (report.rows, report.created, report.changed, report.unchanged)


def printed(database, dataset="real"):
    with database.reading() as session:
        return {listing.id: listing for listing in published_listings(session, dataset)}
