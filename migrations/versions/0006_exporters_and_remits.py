"""Enterprises that look for storage, and whose part of the directory an account reaches; letters, mailed secrets, turns
of periodic work and answers to repeated requests.
"""

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
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(), nullable=True),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("once", name=op.f("uq_letter_once")),
    )
    op.create_index("ix_letter_state_next_at", "letter", ["state", "next_at"])
    op.create_table(
        "mailed_token",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_mailed_token")),
    )
    op.create_table(
        "job_turn",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_turn")),
    )
    op.create_table(
        "answered_request",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "key", name=op.f("pk_answered_request")),
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
    for table in ("answered_request", "job_turn", "mailed_token", "letter", "exporter"):
        op.drop_table(table)
