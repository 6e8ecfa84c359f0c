"""What the catalogue keeps: editions as frozen wording, and the files that each was published as.

The files lie in the editions' folder; the record here is what they must be. A published row never changes.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from warehouse_hub.core.entity import Base

PREPARED, PUBLISHED = "prepared", "published"


class Edition(Base):
    """One issue of the catalogue.

    `content` is canonical JSON and `content_sha256` its hash: every file is made from it and from `published_at`,
    never from the directory. `prepared_by` and `published_by` are account ids, never the same.
    """

    __tablename__ = "edition"
    __table_args__ = (Index("ix_edition_dataset", "dataset"),)

    number: Mapped[str] = mapped_column(primary_key=True)
    series: Mapped[str]
    dataset: Mapped[str]
    period: Mapped[str]
    title_zh: Mapped[str]
    title_en: Mapped[str]
    state: Mapped[str]
    prepared_by: Mapped[int | None]
    prepared_at: Mapped[datetime]
    published_by: Mapped[int | None]
    published_at: Mapped[datetime | None]
    cut_off: Mapped[date]
    region_set_version: Mapped[str]
    counts: Mapped[dict[str, Any]]
    content: Mapped[str] = mapped_column(Text, deferred=True)
    content_sha256: Mapped[str]

    files: Mapped[list[EditionFile]] = relationship(
        order_by="EditionFile.name", cascade="all, delete-orphan", back_populates="edition"
    )

    @property
    def operator_id(self) -> None:
        """An edition belongs to no operator; permissions ask."""
        return

    @property
    def title(self) -> dict[str, str]:
        return {"zh": self.title_zh, "en": self.title_en}


class EditionFile(Base):
    """A file of a published edition: what lies on disk under that name must have this hash and size."""

    __tablename__ = "edition_file"

    number: Mapped[str] = mapped_column(ForeignKey("edition.number"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    sha256: Mapped[str]

    edition: Mapped[Edition] = relationship(back_populates="files")
