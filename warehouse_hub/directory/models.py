"""What the directory keeps: operators, warehouses, their listings, each listing's revisions and capacity statements.

A listing is in print through `published_revision`; `pending_revision` is the newer wording that waits beside it.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from warehouse_hub.core.entity import Base, Exact


class Operator(Base):
    """The enterprise that runs warehouses. Figures are protected by `enterprise_group`, not by operator."""

    __tablename__ = "operator"
    __table_args__ = (UniqueConstraint("dataset", "uscc"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    dataset: Mapped[str]
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    parent: Mapped[str | None]
    uscc: Mapped[str | None]
    home_district: Mapped[str | None]
    enterprise_group: Mapped[str | None]
    created_at: Mapped[datetime]

    @property
    def operator_id(self) -> str:
        return self.id


class Warehouse(Base):
    """One physical site abroad. Sites of one `site_group` share a building or a project: their area counts once."""

    __tablename__ = "warehouse"
    __table_args__ = (
        Index("ix_warehouse_operator_id", "operator_id"),
        Index("ix_warehouse_dataset", "dataset"),
        Index("ix_warehouse_site_group", "site_group"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    dataset: Mapped[str]
    operator_id: Mapped[str | None] = mapped_column(ForeignKey("operator.id"))
    site_group: Mapped[str | None]
    created_at: Mapped[datetime]

    operator: Mapped[Operator | None] = relationship()
    listing: Mapped[Listing] = relationship(back_populates="warehouse")


class Listing(Base):
    """What the directory shows of a warehouse.

    `version` rises with every change, also of a revision beside it, and an update of an older version is refused.
    """

    __tablename__ = "listing"

    warehouse_id: Mapped[str] = mapped_column(ForeignKey("warehouse.id"), primary_key=True)
    state: Mapped[str]
    published_revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    pending_revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    warehouse: Mapped[Warehouse] = relationship(back_populates="listing")
    published_revision: Mapped[Revision | None] = relationship(foreign_keys=[published_revision_id])
    pending_revision: Mapped[Revision | None] = relationship(foreign_keys=[pending_revision_id])

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012

    @property
    def dataset(self) -> str:
        return self.warehouse.dataset

    @property
    def operator_id(self) -> str | None:
        return self.warehouse.operator_id


class Revision(Base):
    """One wording of a listing. Once accepted it never changes: a change is the next revision."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("warehouse_id", "number"), Index("ix_revision_state", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    warehouse_id: Mapped[str] = mapped_column(ForeignKey("warehouse.id"))
    number: Mapped[int]
    state: Mapped[str]
    author_id: Mapped[int | None]
    created_at: Mapped[datetime]
    decided_by: Mapped[int | None]
    decided_at: Mapped[datetime | None]
    note: Mapped[str | None]

    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    country: Mapped[str]
    subdivision: Mapped[str | None]
    city: Mapped[str | None]
    city_zh: Mapped[str | None]
    address: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    geocode_precision: Mapped[str]
    hub: Mapped[str | None]
    hub_km: Mapped[float | None]
    record_class: Mapped[str]
    tenure: Mapped[str | None]
    stage: Mapped[str | None]
    services: Mapped[dict[str, Any]]
    goods: Mapped[tuple[str, ...]]
    platforms: Mapped[tuple[str, ...]]
    systems: Mapped[tuple[str, ...]]
    languages: Mapped[tuple[str, ...]]
    opened: Mapped[date | None]
    lease_end: Mapped[date | None]
    rate_hint: Mapped[str | None]
    storage_price: Mapped[Decimal | None]
    storage_price_currency: Mapped[str | None]
    storage_price_unit: Mapped[str | None]
    description: Mapped[str | None]
    grade: Mapped[str]
    grade_date: Mapped[date | None]
    source: Mapped[str | None]
    evidence: Mapped[dict[str, Any]]

    capacity: Mapped[list[CapacityStatement]] = relationship(
        order_by="CapacityStatement.position", cascade="all, delete-orphan"
    )


class CapacityStatement(Base):
    """A capacity as value, unit, basis and as-of date; quantities of different unit or basis never mix."""

    __tablename__ = "capacity_statement"
    __table_args__ = (Index("ix_capacity_statement_revision_id", "revision_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    position: Mapped[int]
    value: Mapped[Decimal]
    unit: Mapped[str]
    basis: Mapped[str]
    as_of: Mapped[date | None]
    grade: Mapped[str]
    source: Mapped[str | None]
    printed: Mapped[str | None]
    shared_by: Mapped[int]


class ExchangeRate(Base):
    """What the bureau takes one of a currency to be worth in yuan from a day on, and where it has that from.

    A rate belongs to a dataset like everything else: a demonstration rate never orders real prices.
    """

    __tablename__ = "exchange_rate"

    dataset: Mapped[str] = mapped_column(primary_key=True)
    currency: Mapped[str] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    cny_for_one: Mapped[Decimal] = mapped_column(Exact(10))
    source: Mapped[str]
