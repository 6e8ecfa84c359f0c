"""A small site for tests: some warehouses of both datasets, one account a role, a clock that stands at noon."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import builders
from flask.testing import FlaskClient

from warehouse_hub.accounts.service import create_account
from warehouse_hub.app import create_app
from warehouse_hub.core.database import Database
from warehouse_hub.core.migration import migrate
from warehouse_hub.core.unit_of_work import UnitOfWork
from warehouse_hub.directory.rules.facts import ListingFacts
from warehouse_hub.operations.parts import Hub
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.settings import Settings

PASSWORD = "a long enough password"
DEMO_OPERATOR = "OP-DEMO"


@dataclass
class Site:
    """An application with its database; `client()` is a browser without scripts."""

    app: object
    database: Database
    settings: Settings

    def client(self) -> FlaskClient:
        return self.app.test_client()

    def signed_in(self, role: str) -> FlaskClient:
        client = self.client()
        answer = send(client, "/sign-in", email=f"{role}@example.invalid", password=PASSWORD)
        assert answer.status_code == 302, answer.text
        return client

    def publish_demo(self, warehouse_id: str, facts: ListingFacts) -> None:
        """Put a listing of the demonstration's operator in print."""
        _publish_demo(self.database, warehouse_id, facts)


def send(client: FlaskClient, path: str, *, form_on: str | None = None, **fields):
    """Post a form as its page gives it, with the token against forgery and the version that it shows."""
    page = client.get(form_on or path, follow_redirects=True).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token, page[:1000]
    version = re.search(r'name="version"[^>]*value="([^"]+)"', page)
    seen = {"version": version[1]} if version else {}
    return client.post(path, data={"csrf_token": token[1], **seen, **fields})


def make_site(folder, *, demo: bool = True, prefix: str = "") -> Site:
    """A site with its data in `folder`, filled unless it has been filled before."""
    environ = {"WAREHOUSE_HUB_DATA": str(folder), "WAREHOUSE_HUB_DEMO": "1" if demo else "0"}
    settings = replace(Settings.from_environment(environ), url_prefix=prefix)
    database = Database(settings.database_url)
    if not (settings.data_dir / "filled").exists():
        _fill(database, demo=demo)
        (settings.data_dir / "filled").touch()
    hub = Hub(settings, database, SearchEngine(database, settings.index_dir), builders.noon)
    return Site(create_app(settings, hub=hub), database, settings)


def _fill(database: Database, *, demo: bool) -> None:
    migrate(database)
    builders.publish(database, "CNW001", builders.perris_dropship(name_zh="真实佩里斯仓"))
    builders.publish(database, "CNW002", builders.hamburg_bonded(latitude=None, longitude=None, capacity=()))
    if demo:
        by_the_port = builders.hamburg_bonded(
            hub="汉堡港集装箱码头 Port of Hamburg Container Terminal", hub_km=7.5
        )
        _publish_demo(database, "DEMO-DE-0001", by_the_port)
        _publish_demo(database, "DEMO-US-0001", builders.perris_dropship())
    with database.unit_of_work(builders.noon) as uow:
        for role in ("operator", "editor", "publisher"):
            open_account(uow, role)


def _publish_demo(database: Database, warehouse_id: str, facts: ListingFacts) -> None:
    builders.publish(database, warehouse_id, facts, dataset="demo", operator_id=DEMO_OPERATOR)


def open_account(uow: UnitOfWork, role: str) -> None:
    """An account for `Site.signed_in`; an operator's is of the demonstration alone."""
    create_account(
        uow,
        email=f"{role}@example.invalid",
        name=role,
        password=PASSWORD,
        roles=[role],
        datasets=["demo"] if role == "operator" else ["real", "demo"],
        operator_id=DEMO_OPERATOR if role == "operator" else None,
    )
