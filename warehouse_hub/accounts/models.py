"""Accounts, and the trail of what they did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from warehouse_hub.core.entity import Base


class Exporter(Base):
    """An enterprise that looks for storage abroad 外贸企业. `home_district` is one of the vocabulary's."""

    __tablename__ = "exporter"
    __table_args__ = (UniqueConstraint("dataset", "uscc"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    dataset: Mapped[str]
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    uscc: Mapped[str | None]
    home_district: Mapped[str | None]
    created_at: Mapped[datetime]

    @property
    def exporter_id(self) -> str:
        return self.id


class Account(Base):
    """One person who can sign in.

    An operator acts for the enterprise `operator_id`, a delegate only for those of its warehouses in `warehouse_ids`
    (None: for all); an exporter for `exporter_id`; a district's officer for the enterprises of `home_district`.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    roles: Mapped[tuple[str, ...]]
    datasets: Mapped[tuple[str, ...]]
    operator_id: Mapped[str | None]
    exporter_id: Mapped[str | None] = mapped_column(ForeignKey("exporter.id"))
    home_district: Mapped[str | None]
    warehouse_ids: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class AuditEntry(Base):
    """Who did what to which subject, when; written in the same transaction as the deed, never changed."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    account_id: Mapped[int | None]
    email: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    dataset: Mapped[str | None]
    facts: Mapped[dict[str, Any]]
