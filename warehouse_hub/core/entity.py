"""The declarative base and the column types that every subject's models share."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, MetaData, Numeric, String
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator, TypeEngine

STORED_PLACES = Decimal("0.000001")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant: stored in UTC, read back aware; a naive one is a programming error."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """An exact decimal with six places, or as many as told: NUMERIC on PostgreSQL, text on SQLite, which would make it
    a float.

    Never add or compare it in SQL; read it and do so in Python.
    """

    impl = Numeric
    cache_ok = True

    def __init__(self, places: int = 6) -> None:
        super().__init__(20, places)
        self.places = places

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String() if dialect.name == "sqlite" else Numeric(20, self.places))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        kept = value.quantize(Decimal(1).scaleb(-self.places))
        return f"{kept:f}" if dialect.name == "sqlite" else kept

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else plain(Decimal(value), Decimal(1).scaleb(-self.places))


def plain(value: Decimal, finest: Decimal = STORED_PLACES) -> Decimal:
    """The same number in its shortest plain notation: 33500.000000 becomes 33500, never 3.35E+4."""
    whole = value.quantize(finest).normalize()
    return whole.quantize(Decimal(1)) if whole == whole.to_integral_value() else whole


class Codes(TypeDecorator[tuple[str, ...]]):
    """A short list of vocabulary codes, kept in order."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> list[str]:
        return list(value or ())

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:
        return tuple(value or ())


class Base(DeclarativeBase):
    """The typed declarative base; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        Decimal: Exact,
        str: String,
        tuple[str, ...]: Codes,
        dict[str, Any]: JSON,
    }
