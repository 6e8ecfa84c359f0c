"""Load the two directories that ship with the product; repeating it changes nothing.

The one thing to get wrong: it runs as the system, an editor without an account, so that a wording of ours can be told
from a person's; what a person has since worded or taken out of print is left as it is.
"""

from __future__ import annotations

from pathlib import Path

from warehouse_hub.accounts.permissions import DATASETS, DEMO, REAL, Actor
from warehouse_hub.core.unit_of_work import UnitOfWork
from warehouse_hub.directory.exchange_rates import keep, rates_kept
from warehouse_hub.directory.importing import ImportReport, import_listings
from warehouse_hub.directory.mass_publication import (
    Standing,
    Wording,
    publish_many,
    standings,
    worded_by_people,
)
from warehouse_hub.directory.models import Operator
from warehouse_hub.directory.spreadsheet.reading import read_table
from warehouse_hub.operations.demonstration.listings import demo_listings
from warehouse_hub.operations.demonstration.operators import demo_operators
from warehouse_hub.operations.demonstration.prices import demo_rates
from warehouse_hub.operations.demonstration.report_loading import enter_demo_reports

REAL_FILE = Path(__file__).with_name("real_warehouses.csv")
# It has an editor's rights and no account: nobody can sign in as it, and its audit lines bear its name.
SYSTEM = Actor(None, "system", "system", frozenset({"editor"}), None, frozenset(DATASETS))


def load_real(uow: UnitOfWork) -> ImportReport:
    """Put the publicly reported warehouses in print, in dataset "real".

    One printed site stands in China and is no overseas warehouse: it is refused and stays in `problems`.
    """
    table = read_table(REAL_FILE)
    return import_listings(
        uow, table, dataset=REAL, actor=SYSTEM, skip_bad_rows=True, keep_what_people_worded=True
    )


def load_demo(uow: UnitOfWork) -> ImportReport:
    """Put the fictitious directory in print, in dataset "demo", with its monthly reports and exchange rates; counts the
    listings.
    """
    entries = demo_listings()
    for operator in demo_operators():
        if uow.session.get(Operator, operator.id) is None:
            uow.session.add(operator.entity(uow.now()))
    uow.session.flush()
    wordings = [
        Wording(each.warehouse_id, each.facts, each.operator.id if each.operator else None)
        for each in entries
    ]
    kept = worded_by_people(uow, [each.warehouse_id for each in wordings])
    wordings = [each for each in wordings if each.warehouse_id not in kept]
    stands = list(standings(uow, wordings, dataset=DEMO).values())
    publish_many(uow, wordings, dataset=DEMO, actor=SYSTEM)
    enter_demo_reports(uow, actor=SYSTEM)
    _keep_demo_rates(uow)
    return ImportReport(
        rows=len(entries),
        created=stands.count(Standing.NEW),
        changed=stands.count(Standing.CHANGED),
        unchanged=stands.count(Standing.UNCHANGED) + len(kept),
    )


def _keep_demo_rates(uow: UnitOfWork) -> None:
    """In dataset "demo" only; a rate that somebody has put in place of ours stays."""
    held = {(rate.currency, rate.valid_from) for rate in rates_kept(uow.session, DEMO)}
    wanted = [rate for rate in demo_rates() if (rate.currency, rate.valid_from) not in held]
    keep(uow, wanted, dataset=DEMO, actor=SYSTEM)
