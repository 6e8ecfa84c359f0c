"""What differs between two frozen editions: entries added, removed, and changed field by field.

The one thing a reader would get wrong: it compares frozen wording, so a country that was only renamed in the
vocabulary is no change (codes are compared where there are codes), while a figure with a new date is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# What moves by itself, or serves only the order of printing.
_NOT_COMPARED = frozenset({"revision", "sounds", "region_sets"})


@dataclass(frozen=True)
class FieldChange:
    """One field of an entry, as it stood and as it stands; codes where the field has codes."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class EditionChanges:
    """Ids that came and went, and the changed fields by id; all in the order of the ids."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: Mapping[str, tuple[FieldChange, ...]]


def changes_between(
    before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]
) -> EditionChanges:
    """Compare the entries of an edition with those of an earlier one."""
    old = {entry["id"]: entry for entry in before}
    new = {entry["id"]: entry for entry in after}
    pairs = {key: _field_changes(old[key], new[key]) for key in sorted(old.keys() & new.keys())}
    return EditionChanges(
        added=tuple(sorted(new.keys() - old.keys())),
        removed=tuple(sorted(old.keys() - new.keys())),
        changed={key: found for key, found in pairs.items() if found},
    )


def _field_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    names = [*before, *(name for name in after if name not in before)]
    pairs = (
        (name, _bare(before.get(name)), _bare(after.get(name))) for name in names if name not in _NOT_COMPARED
    )
    return tuple(FieldChange(name, old, new) for name, old, new in pairs if old != new)


def _bare(value: Any) -> Any:
    """A value with labelled codes reduced to the codes."""
    if isinstance(value, Mapping):
        return value["code"] if "code" in value else {key: _bare(item) for key, item in value.items()}
    return [_bare(item) for item in value] if isinstance(value, list) else value
