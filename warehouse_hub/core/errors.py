"""What can be refused, as codes and facts; never as text for people (the surfaces word them)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input: where it stands and what is wrong, as a code with facts.

    `row` is numbered as the person's own spreadsheet numbers it (the first line is 1).
    """

    code: str
    row: int | None = None
    column: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


class HubError(Exception):
    """A refusal that a person is told about: `code` names it, `facts` fill its wording."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code} ({told})" if told else self.code


class NotFound(HubError):
    """Nothing with that key exists, or nothing that the asker may know of."""


class Forbidden(HubError):
    """The actor's roles, or its remit, do not allow the action."""


class RuleViolation(HubError):
    """The action is known and allowed to the actor, but the state of things refuses it."""


class Conflict(HubError):
    """Somebody else changed the same thing first; nothing was overwritten."""


class InvalidInput(HubError):
    """What was handed in cannot be read; `problems` lists every fault, not only the first."""

    def __init__(self, code: str, problems: Sequence[Problem] = (), **facts: Any) -> None:
        super().__init__(code, **facts)
        self.problems = tuple(problems)
