"""What storing costs at least, as a revision states it; and the rates by which such prices compare."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

AMOUNT = sa.Numeric(20, 6).with_variant(sa.String(), "sqlite")
RATE = sa.Numeric(20, 10).with_variant(sa.String(), "sqlite")


def upgrade() -> None:
    op.add_column("revision", sa.Column("storage_price", AMOUNT, nullable=True))
    op.add_column("revision", sa.Column("storage_price_currency", sa.String(), nullable=True))
    op.add_column("revision", sa.Column("storage_price_unit", sa.String(), nullable=True))
    op.create_table(
        "exchange_rate",
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("cny_for_one", RATE, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("dataset", "currency", "valid_from", name=op.f("pk_exchange_rate")),
    )


def downgrade() -> None:
    op.drop_table("exchange_rate")
    op.drop_column("revision", "storage_price_unit")
    op.drop_column("revision", "storage_price_currency")
    op.drop_column("revision", "storage_price")
