"""Enterprises that look for storage, and whose part of the directory an account reaches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "exporter",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("uscc", sa.String(), nullable=True),
        sa.Column("home_district", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exporter")),
        sa.UniqueConstraint("dataset", "uscc", name=op.f("uq_exporter_dataset_uscc")),
    )
    with op.batch_alter_table("account") as account:
        account.add_column(sa.Column("exporter_id", sa.String(), nullable=True))
        account.add_column(sa.Column("home_district", sa.String(), nullable=True))
        account.add_column(sa.Column("warehouse_ids", sa.JSON(none_as_null=True), nullable=True))
        account.create_foreign_key(op.f("fk_account_exporter_id"), "exporter", ["exporter_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("account") as account:
        account.drop_constraint(op.f("fk_account_exporter_id"), type_="foreignkey")
        account.drop_column("warehouse_ids")
        account.drop_column("home_district")
        account.drop_column("exporter_id")
    op.drop_table("exporter")
