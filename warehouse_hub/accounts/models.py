"""Accounts, and the trail of what they did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from warehouse_hub.core.entity import Base


class Account(Base):
    """One person who can sign in. `operator_id` is the enterprise that an operator acts for."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    roles: Mapped[tuple[str, ...]]
    datasets: Mapped[tuple[str, ...]]
    operator_id: Mapped[str | None]
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
