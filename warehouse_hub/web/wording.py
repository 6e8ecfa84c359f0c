"""The words for what was refused: codes with facts in, sentences in the reader's language out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from warehouse_hub.core.errors import Conflict, Forbidden, HubError, InvalidInput, NotFound, RuleViolation
from warehouse_hub.web.locale import gettext


def marked(message: str) -> str:
    """`message` itself; only marks it for the catalogue of translations."""
    return message


BY_CODE: Mapping[str, str] = {
    "dataset.unknown": marked("There is no such dataset here."),
    "permission.denied": marked("Your role does not allow this."),
    "warehouse.not_found": marked("There is no such warehouse in this dataset."),
    "edition.not_found": marked("There is no such edition."),
    "month.unreadable": marked("A month is written like 2026-11."),
    "listing.not_submitted": marked("This listing is not waiting for review any more."),
    "editor.outside_remit": marked("This listing lies outside your remit."),
    "sign_in.refused": marked("E-mail and password do not fit together."),
    "edition.same_person": marked("Whoever prepared an edition may not publish it. Ask a second person."),
}

BY_KIND: tuple[tuple[type[HubError], str], ...] = (
    (NotFound, marked("What you asked for is not here.")),
    (Forbidden, marked("Your role does not allow this.")),
    (InvalidInput, marked("Something in the request cannot be read.")),
    (Conflict, marked("Somebody else changed this first. Nothing of theirs was overwritten; reload and try again.")),
    (RuleViolation, marked("A rule does not allow this in the present state.")),
    (HubError, marked("This was refused.")),
)


def refusal_text(error: HubError) -> str:
    """One sentence for a refusal: by its code where we have words for it, else by its kind."""
    return code_text(error.code, error.facts) or gettext(
        next(text for kind, text in BY_KIND if isinstance(error, kind))
    )


def code_text(code: str, facts: Mapping[str, Any]) -> str | None:
    """The sentence filed under `code` with its facts filled in; None when there is none."""
    text = BY_CODE.get(code)
    if text is None:
        return None
    translated = gettext(text)
    try:
        return translated.format(**facts)
    except (KeyError, IndexError):
        return translated
