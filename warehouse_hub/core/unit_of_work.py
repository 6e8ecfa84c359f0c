"""A unit of work: what a use case changes commits together with its rows in the change feed, or not at all."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from warehouse_hub.core.clock import Clock, civil_date
from warehouse_hub.core.errors import NotFound
from warehouse_hub.core.feed import append

Entity = TypeVar("Entity")


class UnitOfWork:
    """A session with a clock and a list of what changed; services take it and never commit it themselves."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self.session = session
        self._clock = clock
        self._changed: dict[tuple[str, str], str] = {}

    def now(self) -> datetime:
        """The present instant in UTC."""
        return self._clock()

    def today(self) -> date:
        """The civil date in Zhengzhou."""
        return civil_date(self._clock())

    def get(self, entity: type[Entity], key: object) -> Entity:
        """The row with that primary key; raises NotFound("<table>.not_found")."""
        found = self.session.get(entity, key)
        if found is None:
            raise NotFound(f"{entity.__tablename__}.not_found", key=str(key))  # type: ignore[attr-defined]
        return found

    def changed(self, topic: str, key: str, dataset: str) -> None:
        """Tell the followers of the change feed, once the commit stands, that `key` looks different now."""
        self._changed[(topic, key)] = dataset

    def commit(self) -> None:
        """Write everything and its feed rows in one transaction."""
        self.session.flush()
        if self._changed:
            changes = [(topic, key, dataset) for (topic, key), dataset in self._changed.items()]
            append(self.session, changes, at=self.now())
            self._changed.clear()
        self.session.commit()
