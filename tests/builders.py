"""Warehouses and people that tests talk about, by name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from warehouse_hub.accounts.permissions import Actor
from warehouse_hub.core.database import Database
from warehouse_hub.directory.mass_publication import Wording, publish_many
from warehouse_hub.directory.models import Operator
from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.directory.rules.facts import ListingFacts, Statement

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def noon() -> datetime:
    """A clock that stands at noon of 2026-11-23 in Zhengzhou."""
    return NOON


@dataclass
class MovedClock:
    """A clock that stands at noon until a test moves it."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


def actor(
    role: str,
    *,
    number: int = 1,
    operator_id: str | None = None,
    datasets=("real", "demo"),
    **remit: Any,
) -> Actor:
    """Somebody with one role; `remit` are further fields of an actor."""
    email = f"{role}{number}@example.invalid"
    return Actor(
        id=hash((role, number)) % 100_000 + 1,
        email=email,
        name=role,
        roles=frozenset({role}),
        operator_id=operator_id,
        datasets=frozenset(datasets),
        **remit,
    )


EDITOR = actor("editor")
PUBLISHER = actor("publisher")
OPERATOR = actor("operator", operator_id="OP-1")


def hamburg_bonded(**changes) -> ListingFacts:
    """A public bonded warehouse in Hamburg that offers 3,200 m² of its 8,000."""
    facts = ListingFacts(
        country="DE",
        name_zh="示例汉港仓",
        name_en="Demo Hanse Waltershof",
        city="Hamburg",
        city_zh="汉堡",
        latitude=53.5511,
        longitude=9.9937,
        geocode_precision="city",
        record_class="public",
        stage="operating",
        services={"bonded": True, "dropship": True, "hazmat": False},
        goods=("general", "hair"),
        platforms=("amazon",),
        languages=("zh", "de", "en"),
        grade="documented",
        grade_date=date(2026, 11, 12),
        capacity=(
            square_metres(8000, "gross"),
            square_metres(6400, "rentable"),
            square_metres(3200, "available"),
        ),
    )
    return replace(facts, **changes)


def perris_dropship(**changes) -> ListingFacts:
    """A public warehouse near Los Angeles with dropshipping."""
    facts = hamburg_bonded(
        country="US",
        name_zh="示例佩里斯仓",
        name_en="Demo Perris",
        subdivision="CA",
        city="Perris",
        city_zh="佩里斯",
        latitude=33.7825,
        longitude=-117.2286,
        services={"dropship": True, "battery": True},
    )
    return replace(facts, **changes)


def square_metres(value: int | str, basis: str, **more) -> Statement:
    return Statement(Decimal(value), "m2", basis, as_of=date(2026, 11, 1), **more)


def in_print(facts: ListingFacts, **beside: Any) -> PublishedListing:
    """These facts as the public reads them, without a database; of an operator only where one is given."""
    nobody = dict.fromkeys(
        ("operator_id", "operator_zh", "operator_en", "operator_parent", "enterprise_group", "home_district")
    )
    listing = {"dataset": "demo", "revision": 1, "published_at": NOON, "site_group": None, **nobody}
    return PublishedListing(**(vars(facts) | listing | beside))


def publish(
    database: Database,
    warehouse_id: str,
    facts: ListingFacts,
    *,
    dataset: str = "real",
    operator_id: str | None = "OP-1",
    group: str | None = None,
    site_group: str | None = None,
) -> None:
    """Put a listing in print, with its operator, in one transaction."""
    with database.unit_of_work(noon) as uow:
        if operator_id is not None and uow.session.get(Operator, operator_id) is None:
            uow.session.add(
                Operator(
                    id=operator_id,
                    dataset=dataset,
                    name_zh=f"示例企业{operator_id}",
                    name_en=f"Demo Operator {operator_id}",
                    enterprise_group=group or operator_id,
                    created_at=uow.now(),
                )
            )
            uow.session.flush()
        wording = Wording(warehouse_id, facts, operator_id, site_group)
        publish_many(uow, [wording], dataset=dataset, actor=EDITOR)
