"""The warehouses of one site are found without reading all others."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_index("ix_warehouse_site_group", "warehouse", ["site_group"])


def downgrade() -> None:
    op.drop_index("ix_warehouse_site_group", table_name="warehouse")
