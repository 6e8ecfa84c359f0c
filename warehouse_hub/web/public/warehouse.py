"""One listing: what decides first, then every field with who says so and when."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from warehouse_hub.core.errors import NotFound
from warehouse_hub.directory.exchange_rates import rates_on
from warehouse_hub.directory.published import PublishedListing, published_at_site, published_listings
from warehouse_hub.places.hubs import nearest_ports
from warehouse_hub.vocabulary.codes import SERVICES
from warehouse_hub.web.cards import Requirement, is_aged
from warehouse_hub.web.context import reading, today
from warehouse_hub.web.display import ShownFigure, label, shown
from warehouse_hub.web.ground import ground
from warehouse_hub.web.locale import belongs_here, lang
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.prices import shown_price

blueprint = Blueprint("warehouse", __name__)

# How exactly a place must be known for distances from it to mean something.
PLACED = ("address", "city")
MOST_AT_SITE = 20


@dataclass(frozen=True)
class ServiceGroup:
    """The services of one group that somebody has said something about, and how many nobody has."""

    name: str
    stated: tuple[Requirement, ...]
    unstated: tuple[Requirement, ...]


@blueprint.get("/warehouses/<warehouse_id>")
def page(warehouse_id: str) -> ResponseReturnValue:
    """The page of one published listing; NotFound for a draft, and where the address names the other dataset."""
    with reading() as session:
        found = published_listings(session, ids=[warehouse_id])
        if not found or not belongs_here(found[0].dataset):
            raise NotFound("listing.not_found", key=warehouse_id[:80])
        one = found[0]
        # One more than is shown tells that there are others.
        same_site = published_at_site(session, one, MOST_AT_SITE + 1)
        rates = rates_on(session, one.dataset, today())
    return render_template(
        "public/warehouse.html",
        one=one,
        figures=figures_of(one),
        price=shown_price(one, rates),
        groups=service_groups(one),
        aged=is_aged(one.grade, one.grade_date, today()),
        service_count=len(SERVICES),
        service_group_names=_group_names(),
        precision_names=_precision_names(),
        language_names=lambda codes: _joined("languages", codes),
        platform_names=lambda codes: _joined("platforms", codes),
        ground=ground(),
        ports=ports_of(one),
        same_site=same_site[:MOST_AT_SITE],
        more_at_site=len(same_site) > MOST_AT_SITE,
    )


def ports_of(listing: PublishedListing) -> tuple[tuple[str, str, float], ...]:
    """The three nearest major ports: name, country and kilometres by the geodesic.

    None for a listing whose place is known to its region or country only: a distance from there would mean nothing.
    """
    if listing.latitude is None or listing.longitude is None or listing.geocode_precision not in PLACED:
        return ()
    return tuple(
        ((port.name_zh if lang() == "zh" else None) or port.name, port.country, km)
        for port, km in nearest_ports(listing.latitude, listing.longitude)
    )


def figures_of(listing: PublishedListing) -> tuple[ShownFigure, ...]:
    """Every capacity statement of the listing, as pages show them."""
    return tuple(shown(statement) for statement in listing.capacity)


def service_groups(listing: PublishedListing) -> tuple[ServiceGroup, ...]:
    """The services by group; what nobody reported is listed apart, for it is a question and not a no."""
    groups = []
    for name in SERVICES.groups:
        members = [
            Requirement(each.code, listing.services.get(each.code)) for each in SERVICES.of_group(name)
        ]
        groups.append(
            ServiceGroup(
                name,
                tuple(one for one in members if one.offered is not None),
                tuple(one for one in members if one.offered is None),
            )
        )
    return tuple(groups)


def _joined(code_list: str, codes: tuple[str, ...]) -> str:
    return ("、" if lang() == "zh" else ", ").join(label(code_list, code) for code in codes)


def _group_names() -> dict[str, str]:
    return {
        "logistics": _("Logistics"),
        "commerce": _("Commerce"),
        "finance": _("Finance"),
        "compliance": _("Compliance"),
    }


def _precision_names() -> dict[str, str]:
    return {
        "address": _("position: street address"),
        "city": _("position: centre of the town"),
        "region": _("position: centre of the region"),
        "country": _("position: centre of the country"),
        "unknown": _("position: precision not known"),
    }
