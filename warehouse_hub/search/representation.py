"""What a search understood and would put right, as JSON: the one shape that the API and the command speak.

Codes and both labels; positions count Unicode characters from the start of the text, the end not included.
"""

from __future__ import annotations

from typing import Any, Final

from warehouse_hub.search.language.amounts import Bounds
from warehouse_hub.search.language.reach import Circle
from warehouse_hub.search.language.suggesting import Suggestion
from warehouse_hub.search.language.understood import Piece, Sense, Understood, Value

# So few results, and a slip of the fingers may be the reason: then it is told what was probably meant.
LITTLE: Final = 3


def understood_json(understood: Understood) -> dict[str, Any]:
    """The pieces of a text in order; `rest` is what of it is looked for as text, `unread` the keys nobody knows."""
    return {
        "text": understood.text,
        "pieces": [_piece(piece) for piece in understood.pieces],
        "rest": understood.rest,
        "unread": list(understood.unread),
    }


def suggestion_json(suggestion: Suggestion | None) -> dict[str, Any] | None:
    """A text that was perhaps meant, and what was changed in it; None for none."""
    if suggestion is None:
        return None
    changes = [{"typed": change.before, "meant": change.after} for change in suggestion.changes]
    return {"text": suggestion.text, "changes": changes}


def _piece(piece: Piece) -> dict[str, Any]:
    return {
        "kind": piece.kind,
        "text": piece.text,
        "start": piece.start,
        "end": piece.end,
        "excluded": piece.excluded,
        "value": _value(piece.value) if piece.is_filter else None,
        "labels": _labels(piece) if piece.is_filter else None,
        "alternatives": [_sense(sense) for sense in piece.alternatives],
    }


def _sense(sense: Sense) -> dict[str, Any]:
    return {
        "kind": sense.kind,
        "value": _value(sense.value),
        "labels": _labels(sense),
        "written": sense.written,
    }


def _labels(meant: Piece | Sense) -> dict[str, str]:
    return {"zh": meant.label_zh, "en": meant.label_en}


def _value(value: Value) -> Any:
    if isinstance(value, Bounds):
        return {"min_available_m2": value.least, "max_available_m2": value.most}
    if isinstance(value, Circle):
        return {"near": list(value.centre), "within_km": value.km}
    if isinstance(value, tuple):
        return list(value)
    return {"polygon": [list(corner) for corner in value.corners]}
