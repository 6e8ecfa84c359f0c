"""Monthly reports, a row a statement; corrections are further rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

EXACT = sa.Numeric(20, 6).with_variant(sa.String(), "sqlite")
FIGURES = (
    "gross_m2",
    "commissioned_m2",
    "rentable_m2",
    "occupied_m2",
    "under_construction_m2",
    "volume_m3",
    "pallets",
    "orders_avg_per_day",
    "orders_peak_per_day",
    "inbound_value",
    "outbound_value",
    "staff_home",
    "staff_abroad",
    "served_enterprises",
)


def upgrade() -> None:
    op.create_table(
        "monthly_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("warehouse_id", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *(sa.Column(name, EXACT, nullable=True) for name in FIGURES),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["warehouse_id"], ["warehouse.id"], name=op.f("fk_monthly_report_warehouse_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monthly_report")),
        sa.UniqueConstraint(
            "warehouse_id", "month", "revision", name=op.f("uq_monthly_report_warehouse_id_month_revision")
        ),
    )
    op.create_index("ix_monthly_report_month", "monthly_report", ["month"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_monthly_report_month", table_name="monthly_report")
    op.drop_table("monthly_report")
