"""The words for what was refused: codes with facts in, one sentence in the reader's language out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from warehouse_hub.core.errors import (
    Conflict,
    Forbidden,
    HubError,
    InvalidInput,
    NotFound,
    Problem,
    RuleViolation,
)
from warehouse_hub.vocabulary import refusals
from warehouse_hub.web.locale import gettext, lang

MOST_PROBLEMS = 5


def marked(message: str) -> str:
    """`message` itself; only marks it for the catalogue of translations."""
    return message


BY_KIND: tuple[tuple[type[HubError], str], ...] = (
    (NotFound, marked("What you asked for is not here.")),
    (Forbidden, marked("Your role does not allow this.")),
    (InvalidInput, marked("Something in the request cannot be read.")),
    (
        Conflict,
        marked("Somebody else changed this first. Nothing of theirs was overwritten; reload and try again."),
    ),
    (RuleViolation, marked("A rule does not allow this in the present state.")),
    (HubError, marked("This was refused.")),
)


def refusal_text(error: HubError) -> str:
    """One sentence for a refusal: by its code where it has words, else by its kind.

    Several problems are told one after the other, each under the name of its parameter.
    """
    told = _worded(error.code, error.facts) or gettext(
        next(text for kind, text in BY_KIND if isinstance(error, kind))
    )
    if isinstance(error, InvalidInput) and error.problems:
        return " ".join([told, *(_problem_text(problem) for problem in error.problems[:MOST_PROBLEMS])])
    return told


def _problem_text(problem: Problem) -> str:
    text = code_text(problem.code, problem.facts)
    return f"{problem.column}: {text}" if problem.column else text


def code_text(code: str, facts: Mapping[str, Any]) -> str:
    """The sentence for `code`; the code itself when it has no words."""
    return refusals.refusal_text(code, facts, lang())


def _worded(code: str, facts: Mapping[str, Any]) -> str | None:
    return refusals.refusal_text(code, facts, lang()) if code in refusals.known_codes() else None
