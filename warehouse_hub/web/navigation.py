"""What the header of every page shows: where one can go, by role, and who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for

from warehouse_hub.web.context import actor, hub
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.locale import here

# Query parameters that mean something only inside one dataset.
_OF_ONE_DATASET = ("bbox", "near", "page", "operator")


@dataclass(frozen=True)
class Item:
    """One link of the main navigation."""

    text: str
    address: str
    here: bool
    count: int | None = None


def navigation() -> list[Item]:
    """The public pages, then the desk of whoever is signed in."""
    entries = [
        (_("Find a warehouse"), "home.search", ("home.", "warehouse.")),
        (_("Match a need"), "needs.match", ("needs.",)),
        (_("Catalogue"), "catalogue.editions", ("catalogue.",)),
        (_("Statistics"), "statistics.utilisation", ("statistics.",)),
    ]
    who = actor()
    if who.operator_id is not None and who.may("edit_listing"):
        entries.append((_("My warehouses"), "operator.warehouses", ("operator.",)))
    if who.may("review_listing"):
        entries.append((_("Review"), "bureau_review.queue", ("bureau_review.",)))
    if who.may("prepare_edition") or who.may("publish_edition"):
        entries.append((_("Editions"), "bureau_editions.desk", ("bureau_editions.",)))
    endpoint = request.endpoint or ""
    return [Item(text, url_for(target), endpoint.startswith(own)) for text, target, own in entries]


def switch_dataset(wanted: str) -> str:
    """This page in the other dataset; pages of one record lead to the search instead."""
    if request.view_args or request.method != "GET" or request.routing_exception is not None:
        return url_for("home.search", dataset=wanted)
    return here(dataset=wanted, **dict.fromkeys(_OF_ONE_DATASET))


def shareable_page() -> bool:
    """Whether this address shows the same page to everybody in either language."""
    return request.method == "GET" and request.routing_exception is None


def install(app: Flask) -> None:
    """Give the templates of `app` the functions of the page's frame."""
    shared: dict[str, Any] = {
        "navigation": navigation,
        "switch_dataset": switch_dataset,
        "shareable_page": shareable_page,
        "signed_in": lambda: actor().id is not None,
        "who": actor,
        "demo_mode": lambda: hub().settings.demo,
    }
    app.jinja_env.globals.update(shared)
