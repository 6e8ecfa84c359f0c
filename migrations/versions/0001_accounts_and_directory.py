"""Accounts with their audit trail, the change feed, and the directory."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

EXACT = sa.Numeric(20, 6).with_variant(sa.String(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("datasets", sa.JSON(), nullable=False),
        sa.Column("operator_id", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("dataset", sa.String(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_subject", "audit_entry", ["subject"], unique=False)
    op.create_table(
        "change",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_change")),
    )
    op.create_index("ix_change_topic_position", "change", ["topic", "position"], unique=False)
    op.create_table(
        "operator",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("uscc", sa.String(), nullable=True),
        sa.Column("home_district", sa.String(), nullable=True),
        sa.Column("enterprise_group", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator")),
        sa.UniqueConstraint("dataset", "uscc", name=op.f("uq_operator_dataset_uscc")),
    )
    op.create_table(
        "warehouse",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("operator_id", sa.String(), nullable=True),
        sa.Column("site_group", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"], name=op.f("fk_warehouse_operator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warehouse")),
    )
    op.create_index("ix_warehouse_dataset", "warehouse", ["dataset"], unique=False)
    op.create_index("ix_warehouse_operator_id", "warehouse", ["operator_id"], unique=False)
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("warehouse_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("name_zh", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("subdivision", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("city_zh", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("geocode_precision", sa.String(), nullable=False),
        sa.Column("hub", sa.String(), nullable=True),
        sa.Column("hub_km", sa.Double(), nullable=True),
        sa.Column("record_class", sa.String(), nullable=False),
        sa.Column("tenure", sa.String(), nullable=True),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("goods", sa.JSON(), nullable=False),
        sa.Column("platforms", sa.JSON(), nullable=False),
        sa.Column("systems", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("opened", sa.Date(), nullable=True),
        sa.Column("lease_end", sa.Date(), nullable=True),
        sa.Column("rate_hint", sa.String(), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("grade_date", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["warehouse_id"], ["warehouse.id"], name=op.f("fk_revision_warehouse_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("warehouse_id", "number", name=op.f("uq_revision_warehouse_id_number")),
    )
    op.create_index("ix_revision_state", "revision", ["state"], unique=False)
    op.create_table(
        "capacity_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", EXACT, nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("printed", sa.String(), nullable=True),
        sa.Column("shared_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_capacity_statement_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity_statement")),
    )
    op.create_index("ix_capacity_statement_revision_id", "capacity_statement", ["revision_id"], unique=False)
    op.create_table(
        "listing",
        sa.Column("warehouse_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("published_revision_id", sa.Integer(), nullable=True),
        sa.Column("pending_revision_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pending_revision_id"], ["revision.id"], name=op.f("fk_listing_pending_revision_id")
        ),
        sa.ForeignKeyConstraint(
            ["published_revision_id"], ["revision.id"], name=op.f("fk_listing_published_revision_id")
        ),
        sa.ForeignKeyConstraint(["warehouse_id"], ["warehouse.id"], name=op.f("fk_listing_warehouse_id")),
        sa.PrimaryKeyConstraint("warehouse_id", name=op.f("pk_listing")),
    )


def downgrade() -> None:

    op.drop_table("listing")
    op.drop_index("ix_capacity_statement_revision_id", table_name="capacity_statement")
    op.drop_table("capacity_statement")
    op.drop_index("ix_revision_state", table_name="revision")
    op.drop_table("revision")
    op.drop_index("ix_warehouse_operator_id", table_name="warehouse")
    op.drop_index("ix_warehouse_dataset", table_name="warehouse")
    op.drop_table("warehouse")
    op.drop_table("operator")
    op.drop_index("ix_change_topic_position", table_name="change")
    op.drop_table("change")
    op.drop_index("ix_audit_entry_subject", table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_table("account")
