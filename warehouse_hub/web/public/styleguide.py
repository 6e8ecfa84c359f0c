"""The style guide: every token and component of the site, drawn by the same macros as the pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from warehouse_hub.core.clock import utc_now
from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.directory.rules.facts import Statement
from warehouse_hub.web.cards import FRESH_DAYS, card
from warehouse_hub.web.context import today
from warehouse_hub.web.facets import FacetGroup, Option
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.paging import Pages

blueprint = Blueprint("styleguide", __name__)

COLOURS = (
    *(
        "paper",
        "surface",
        "sunken",
        "line",
        "field",
        "ink",
        "ink-2",
        "ink-3",
        "blue",
        "blue-soft",
        "blue-line",
    ),
    *("action", "accent", "accent-soft", "ok", "warn", "bad"),
)


class Specimen(Form):  # type: ignore[misc]
    """Fields to show: one right, one wrong, one coded."""

    name = StringField(default="示例汉港一号仓")
    occupied = StringField(default="6,800")
    country = SelectField(choices=[SelectChoice("DE", "Germany"), SelectChoice("PL", "Poland")])


@blueprint.get("/styleguide")
def page() -> ResponseReturnValue:
    """All components on one page, in the reader's language, with invented content."""
    form = Specimen()
    form.name.label.text, form.occupied.label.text = _("Name in Chinese"), _("Occupied area")
    form.country.label.text = _("Country or region")
    form.occupied.errors = (_("6,800 is more than the 6,400 m² that are rentable"),)
    return render_template(
        "public/styleguide.html",
        colours=COLOURS,
        form=form,
        card=card(2, _invented(), asked=("bonded", "dropship", "battery"), distance_km=96.4, today=today()),
        fresh_days=FRESH_DAYS,
        day=date(2026, 11, 12),
        pages=Pages(2, 10, 168, lambda number: f"#page-{number}"),
        facets=(_facet(),),
    )


def _facet() -> FacetGroup:
    options = (
        Option("bonded", _("Bonded storage"), 12, ticked=True),
        Option("returns", _("Returns handling"), 8, ticked=False),
        Option("cold", _("Cold chain"), 0, ticked=False),
    )
    return FacetGroup("specimen", _("Service"), options)


def _invented() -> PublishedListing:
    return PublishedListing(
        id="DEMO-DE-0002",
        dataset="demo",
        revision=1,
        published_at=utc_now(),
        site_group=None,
        operator_id=None,
        operator_zh="示例威悉物流",
        operator_en="Demo Weser Logistics",
        operator_parent=None,
        enterprise_group=None,
        home_district="airport",
        country="DE",
        name_zh="示例威悉·不来梅货运中心仓",
        name_en="Demo Weser Bremen GVZ",
        city="Bremen",
        city_zh="不来梅",
        latitude=53.08,
        longitude=8.8,
        record_class="public",
        stage="operating",
        services={"bonded": True, "dropship": True},
        grade="stated",
        grade_date=date(2026, 10, 30),
        rate_hint="€8.60 / m²",
        storage_price=Decimal("8.6"),
        storage_price_currency="EUR",
        storage_price_unit="m2_month",
        capacity=(Statement(Decimal(5600), "m2", "available", as_of=date(2026, 10, 30)),),
    )
