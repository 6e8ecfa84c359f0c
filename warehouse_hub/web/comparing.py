"""Two wordings of a listing side by side, for whoever has to choose between them.

The one thing to get wrong: a first wording is compared with nothing, and then everything is new.
"""

from __future__ import annotations

from dataclasses import dataclass

from warehouse_hub.directory.rules.facts import ListingFacts, changes_between
from warehouse_hub.web.fields import field_name, field_text


@dataclass(frozen=True)
class ShownChange:
    """One field as it is and as it would be; `before` is None for a first wording."""

    name: str
    before: str | None
    after: str


def shown_changes(before: ListingFacts | None, after: ListingFacts) -> list[ShownChange]:
    """Every field that differs, in words of this request's language."""
    shown = []
    for change in changes_between(before or ListingFacts(country=""), after):
        old, new = change.before, change.after
        if change.field == "services" and before is not None:
            # Of two dozen services the reader needs the ones that differ.
            differing = [code for code in {**old, **new} if old.get(code) != new.get(code)]
            old, new = ({code: said[code] for code in differing if code in said} for said in (old, new))
        told = field_text(change.field, old) if before else None
        shown.append(ShownChange(field_name(change.field), told, field_text(change.field, new)))
    return shown
