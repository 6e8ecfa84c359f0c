"""Somebody who changes the directory at random: every step is one transaction, and a minute passes with each."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import datetime, timedelta

from builders import EDITOR, NOON
from search.agreement.invented import invented_facts
from search.agreement.worth import keep_invented_rates

from warehouse_hub.core.database import Database
from warehouse_hub.core.unit_of_work import UnitOfWork
from warehouse_hub.directory.listings import edit, register, resume, suspend, withdraw
from warehouse_hub.directory.mass_publication import Wording, publish_many

DEMO_SHARE = 0.15


class Editor:
    """Remembers which listings it may still change; what is in print is the database's to say."""

    def __init__(self, database: Database, rng: random.Random, *, prefix: str = "W") -> None:
        keep_invented_rates(database)
        self.in_print: dict[str, str] = {}
        self.suspended: dict[str, str] = {}
        self._database = database
        self._rng = rng
        self._prefix = prefix
        self._entered = 0
        self._minutes = 0

    @property
    def known(self) -> list[str]:
        return [*self.in_print, *self.suspended]

    def step(self) -> str:
        """Do something and tell what."""
        steps = [self.enter, self.reword, self.reword, self.several_at_once, self.draft, self.take_back]
        steps += [self.suspend, self.resume, self.withdraw]
        chosen = self._rng.choice(steps)
        chosen()
        return chosen.__name__

    def enter(self, most: int = 4) -> None:
        """Put some new listings in print."""
        dataset = "demo" if self._rng.random() < DEMO_SHARE else "real"
        with self._transaction() as uow:
            wordings = self._new(self._rng.randint(1, most))
            publish_many(uow, wordings, dataset=dataset, actor=EDITOR)
        self.in_print |= {each.warehouse_id: dataset for each in wordings}

    def reword(self, *ids: str) -> None:
        """Put other wordings of some listings in print, or of these."""
        for id_ in ids or self._some(self.in_print):
            with self._transaction() as uow:
                self._reword(uow, id_)

    def several_at_once(self) -> None:
        """Reword some listings and take another out of print, all in one transaction."""
        with self._transaction() as uow:
            first, *others = self._some(self.in_print, 5) or [None]
            for id_ in others:
                self._reword(uow, id_)
            if first is not None:
                suspend(uow, first, actor=EDITOR, note="test")
        if first is not None:
            self.suspended[first] = self.in_print.pop(first)

    def draft(self) -> None:
        """Word something that is not in print: a draft of a listing, and a listing that was never approved."""
        with self._transaction() as uow:
            for id_ in self._some(self.in_print):
                edit(uow, id_, self._facts(), actor=EDITOR)
            (unseen,) = self._new(1)
            register(uow, unseen.warehouse_id, unseen.facts, dataset="real", operator_id=None, actor=EDITOR)

    def take_back(self) -> None:
        """Begin a change and roll it back."""
        with suppress(ZeroDivisionError), self._transaction() as uow:
            for id_ in self._some(self.in_print):
                self._reword(uow, id_)
            publish_many(uow, self._new(2), dataset="real", actor=EDITOR)
            uow.session.flush()
            _ = 1 / 0

    def suspend(self) -> None:
        self._out_of_print(suspend, self.suspended)

    def resume(self) -> None:
        for id_ in self._some(self.suspended, 1):
            with self._transaction() as uow:
                resume(uow, id_, actor=EDITOR)
            self.in_print[id_] = self.suspended.pop(id_)

    def withdraw(self, *ids: str) -> None:
        """Take a listing out of print for good, or these."""
        self._out_of_print(withdraw, {}, ids)

    def _out_of_print(self, how, gone_to: dict[str, str], ids: tuple[str, ...] = ()) -> None:
        for id_ in ids or self._some(self.in_print, 1):
            with self._transaction() as uow:
                how(uow, id_, actor=EDITOR, note="test")
            gone_to[id_] = self.in_print.pop(id_)

    def _reword(self, uow: UnitOfWork, id_: str) -> None:
        wording = Wording(id_, self._facts())
        publish_many(uow, [wording], dataset=self.in_print[id_], actor=EDITOR)

    def _new(self, count: int) -> list[Wording]:
        numbers = range(self._entered, self._entered + count)
        self._entered += count
        return [Wording(f"{self._prefix}{number:05d}", self._facts()) for number in numbers]

    def _facts(self):
        return invented_facts(self._rng, self._rng.randrange(1000))

    def _some(self, ids: dict[str, str], most: int = 3) -> list[str]:
        return self._rng.sample(sorted(ids), min(len(ids), self._rng.randint(1, most)))

    def _transaction(self):
        self._minutes += 1
        return self._database.unit_of_work(self._clock)

    def _clock(self) -> datetime:
        return NOON - timedelta(days=90) + timedelta(minutes=self._minutes)
