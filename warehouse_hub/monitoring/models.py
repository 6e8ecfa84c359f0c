"""What operators report every month; confidential, and kept apart from what the directory publishes.

A correction is a further row with the next revision number. The one in force is the highest; none is ever changed.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from warehouse_hub.core.entity import Base


class MonthlyReport(Base):
    """One statement of one warehouse for one month ("YYYY-MM"); None is not stated, never 0.

    `submitted_at` is when the operator handed it in, `recorded_at` when the platform took it down.
    """

    __tablename__ = "monthly_report"
    __table_args__ = (
        UniqueConstraint("warehouse_id", "month", "revision"),
        Index("ix_monthly_report_month", "month"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    warehouse_id: Mapped[str] = mapped_column(ForeignKey("warehouse.id"))
    month: Mapped[str]
    revision: Mapped[int]
    gross_m2: Mapped[Decimal | None]
    commissioned_m2: Mapped[Decimal | None]
    rentable_m2: Mapped[Decimal | None]
    occupied_m2: Mapped[Decimal | None]
    under_construction_m2: Mapped[Decimal | None]
    volume_m3: Mapped[Decimal | None]
    pallets: Mapped[Decimal | None]
    orders_avg_per_day: Mapped[Decimal | None]
    orders_peak_per_day: Mapped[Decimal | None]
    inbound_value: Mapped[Decimal | None]
    outbound_value: Mapped[Decimal | None]
    staff_home: Mapped[Decimal | None]
    staff_abroad: Mapped[Decimal | None]
    served_enterprises: Mapped[Decimal | None]
    reason: Mapped[str | None]
    submitted_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None]
