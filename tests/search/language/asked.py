"""What a text asks, in one line a condition."""

from __future__ import annotations

from warehouse_hub.search.language.amounts import Bounds
from warehouse_hub.search.language.reach import Circle
from warehouse_hub.search.language.understanding import understand


def asked(text: str) -> list[str]:
    """The filters in the order of the text ("-service:hazmat", "near:Hamburg 100"), then the words and phrases."""
    understood = understand(text)
    return [
        *(f"{'-' if piece.excluded else ''}{piece.kind}:{_said(piece)}" for piece in understood.filters),
        *(" ".join(word.tokens) if word.prefix is None else f"{word.prefix}*" for word in understood.words),
        *(f'"{phrase.text}"' for phrase in understood.phrases),
        *("-" + " ".join(word.tokens) + (word.prefix or "") for word in understood.excluded_words),
        *(f'-"{phrase.text}"' for phrase in understood.excluded_phrases),
    ]


def _said(piece) -> str:
    match piece.value:
        case Bounds(least, most):
            return f"{'' if least is None else f'{least:g}'}-{'' if most is None else f'{most:g}'}"
        case Circle(_, km):
            return f"{piece.label_en.partition(' of ')[2]} {km:g}"
        case tuple(codes):
            return ",".join(codes)
    return piece.label_en
