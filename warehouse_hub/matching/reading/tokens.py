"""A folded text cut into the words the reader knows, by the cut that leaves least unread.

A token can have several senses; the cut is made on spelling alone and meaning is settled later. Time grows with the
length of the text times the number of key lengths tried at a place, so no text is slow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from warehouse_hub.matching.reading.dates import DateSpan, find_dates
from warehouse_hub.matching.reading.lexicon import Entry, Lexicon, Sense
from warehouse_hub.matching.reading.normalise import Folded, is_flag, is_han, is_latin
from warehouse_hub.matching.reading.numbers import Figure, read_figure
from warehouse_hub.matching.reading.placenames import Atlas, NamedPlaces
from warehouse_hub.places.gazetteer import Place

SENTENCE, CLAUSE, SOFT = 3, 2, 1
_BREAKS = {
    **dict.fromkeys("\n。!?", SENTENCE),
    **dict.fromkeys('.,;()[]{}|"<>【】《》「」『』', CLAUSE),
    **dict.fromkeys("、/&+:", SOFT),
}
_NUMBER_TAIL = frozenset("0123456789一二两三四五六七八九十百千万亿半几多余来个每/+约")
_LONGEST_LATIN_RUN = 40


@dataclass(frozen=True, slots=True)
class Token:
    """Characters [start, end) and what they may mean; `gap` says that white space stands before."""

    start: int
    end: int
    text: str
    senses: tuple[Sense, ...] = ()
    places: tuple[Place, ...] = ()
    cautious: bool = False
    figure: Figure | None = None
    span: DateSpan | None = None
    level: int = 0
    gap: bool = False

    def value(self, kind: str) -> str | None:
        """What the token means as that kind of thing, or None."""
        for sense in self.senses:
            if sense.kind == kind:
                return sense.value
        return None

    def values(self, kind: str) -> tuple[str, ...]:
        """All it means as that kind of thing."""
        return tuple(sense.value for sense in self.senses if sense.kind == kind)

    def has(self, kind: str, value: str | None = None) -> bool:
        """Whether it can be that kind of thing, of that value."""
        return any(sense.kind == kind and value in (None, sense.value) for sense in self.senses)

    @property
    def is_known(self) -> bool:
        """Whether anything at all is known of the word."""
        return bool(self.senses or self.places or self.figure or self.span or self.level)


@dataclass(slots=True)
class _Cut:
    cost: float
    end: int
    senses: tuple[Sense, ...] = ()
    named: NamedPlaces | None = None
    figure: Figure | None = None
    span: DateSpan | None = None


@dataclass(slots=True)
class _Cutter:
    folded: Folded
    lexicon: Lexicon
    atlas: Atlas
    today: date
    shouted: bool = False
    spans: dict[int, DateSpan] = field(default_factory=dict)

    def __post_init__(self) -> None:
        letters = [char for char in self.folded.source if char.isascii() and char.isalpha()]
        self.shouted = len(letters) > 12 and sum(char.isupper() for char in letters) > 0.7 * len(letters)
        self.spans = {span.start: span for span in find_dates(self.folded.text, self.today)}

    def cuts(self) -> list[_Cut]:
        text = self.folded.text
        best: list[_Cut] = [_Cut(0.0, len(text))] * (len(text) + 1)
        for start in range(len(text) - 1, -1, -1):
            chosen = self.plain(start)
            chosen.cost += best[chosen.end].cost
            for option in self.options(start):
                option.cost += best[option.end].cost
                if option.cost < chosen.cost or (option.cost == chosen.cost and option.end > chosen.end):
                    chosen = option
            best[start] = chosen
        return best

    def plain(self, start: int) -> _Cut:
        """One unread word, one character of Han, or one mark."""
        text = self.folded.text
        char = text[start]
        if is_latin(char):
            end = start + 1
            while end < min(len(text), start + _LONGEST_LATIN_RUN) and (
                is_latin(text[end]) or text[end] == "'"
            ):
                end += 1
            return _Cut(1.0, end)
        if is_han(char):
            return _Cut(1.0, start + 1)
        if char in _BREAKS:
            return _Cut(0.05 if _BREAKS[char] == SOFT else 0.0, start + 1)
        return _Cut(0.0 if char == " " else 0.9, start + 1)

    def options(self, start: int) -> Iterator[_Cut]:
        text = self.folded.text
        char = text[start]
        if char in " \n":
            return
        before = text[start - 1] if start else " "
        if is_latin(char) and (
            is_latin(before) or (before == "'" and start > 1 and is_latin(text[start - 2]))
        ):
            return
        if not (char.isdigit() and before.isdigit()):
            span = self.spans.get(start)
            if span is not None:
                yield _Cut(0.15, span.end, span=span)
            figure = read_figure(text, start)
            if figure is not None:
                yield _Cut(0.3, figure.end, figure=figure)
            for end, entry in self.lexicon.matches(text, start):
                if self.allowed(start, end, entry):
                    yield _Cut(self.cost(start, end), end, senses=entry.senses)
        yield from self.place_options(start)

    def cost(self, start: int, end: int) -> float:
        char = self.folded.text[start]
        if end - start > 1:
            return 0.1
        return 0.01 if char in _BREAKS else 0.45 if is_han(char) else 0.1

    def place_options(self, start: int) -> Iterator[_Cut]:
        text = self.folded.text
        if text[start].isdigit():
            return
        for length in self.atlas.lengths.get(text[start : start + 2], ()):
            end = start + length
            named = self.atlas.names.get(text[start:end])
            if named is None or end > len(text):
                continue
            if is_latin(text[end - 1]) and end < len(text) and is_latin(text[end]):
                continue
            if named.upper and not self.is_upper(start, end):
                continue
            entry = self.lexicon.get(text[start:end])
            senses = entry.senses if entry is not None and self.allowed(start, end, entry) else ()
            yield _Cut(
                (0.13 if named.cautious else 0.09) if senses else 0.12, end, senses=senses, named=named
            )

    def allowed(self, start: int, end: int, entry: Entry) -> bool:
        text = self.folded.text
        if entry.upper and not self.is_upper(start, end):
            return False
        if not entry.after_number:
            return True
        word = text[start:end]
        if not (is_han(word[0]) or len(word) < 3):
            return True
        before = text[start - 1] if start else ""
        if before == " " and start > 1:
            before = text[start - 2]
        if before in _NUMBER_TAIL:
            return True
        return (
            before in "kwm" and start > 1 and any(char.isdigit() for char in text[max(0, start - 3) : start])
        )

    def is_upper(self, start: int, end: int) -> bool:
        source = self.folded.source_of(start, end)
        return source.isupper() and not (
            self.shouted and len(source) < 3 and source.lower() in ("us", "in", "or")
        )


def tokenise(folded: Folded, lexicon: Lexicon, atlas: Atlas, today: date) -> tuple[Token, ...]:
    """The tokens of a text in order; white space is not a token but a gap before one."""
    cuts = _Cutter(folded, lexicon, atlas, today).cuts()
    tokens: list[Token] = []
    position, gap = 0, False
    while position < len(folded.text):
        cut = cuts[position]
        text = folded.text[position : cut.end]
        if text == " ":
            gap = True
        else:
            tokens.append(
                Token(
                    position,
                    cut.end,
                    text,
                    cut.senses,
                    cut.named.places if cut.named else (),
                    bool(cut.named and cut.named.cautious),
                    cut.figure,
                    cut.span,
                    _BREAKS.get(text, 0),
                    gap or is_flag(text[0]),
                )
            )
            gap = False
        position = cut.end
    return tuple(tokens)
