"""The one reader of what people type: page, API, command and saved searches all ask `understand`.

It never refuses a text. The one thing to get wrong: a word is understood by itself first and by its neighbours after
that: "Ontario, Canada" is another place than "Ontario", and 100km belongs to the place beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import Final

from warehouse_hub.search.language import senses
from warehouse_hub.search.language.amounts import Bounds, amounts_in
from warehouse_hub.search.language.cutting import cut
from warehouse_hub.search.language.drafts import Draft, draft_of
from warehouse_hub.search.language.keys import KEYS, take_text, take_value, value_end
from warehouse_hub.search.language.literal import understand_literally, written
from warehouse_hub.search.language.marks import MINUS, Mark, marks
from warehouse_hub.search.language.neighbours import settle
from warehouse_hub.search.language.plain_words import CONTENT, words_in
from warehouse_hub.search.language.understood import CODE_KINDS, Piece, Understood

_LONGEST_KEPT: Final = 500


def understand(text: str, *, literal: bool = False) -> Understood:
    """What `text` asks; `literal` reads words, quotations, exclusions and open ends alone, and no filter."""
    # Half a surrogate pair is no character, and neither a place nor a word has one.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    read = _read if len(text) <= _LONGEST_KEPT else _read.__wrapped__
    return read(text, literal)


@lru_cache(maxsize=2048)
def _read(text: str, literal: bool) -> Understood:  # noqa: FBT001 (a key of the cache)
    if literal:
        return understand_literally(text)
    drafts = settle(list(_drafts(text)))
    kept = [draft for draft in drafts if draft.role == "filter" or (draft.role == "text" and _says(draft))]
    if not kept:
        return _of_silent_words(text, drafts)
    left = understand_literally(" ".join(draft.rest for draft in kept if draft.role != "filter"))
    return replace(
        left,
        text=text,
        pieces=tuple(_piece(text, draft) for draft in kept),
        unread=tuple(text[draft.start : draft.end] for draft in drafts if draft.kind == "unread"),
    )


def _of_silent_words(text: str, drafts: list[Draft]) -> Understood:
    """A text that asks for nothing but what every listing is, or says nothing: it is looked for all the same."""
    left = understand_literally(" ".join(draft.rest for draft in drafts))
    kept = [draft for draft in drafts if any(each.word in left.words for each in words_in(draft.rest))]
    return replace(
        left,
        text=text,
        pieces=tuple(Piece("word", text[draft.start : draft.end], draft.start, draft.end) for draft in kept),
    )


def _says(draft: Draft) -> bool:
    """Whether text is worth looking for beside other conditions."""
    return (
        draft.kind != "word" or draft.excluded or any(each.weight == CONTENT for each in words_in(draft.rest))
    )


def _piece(text: str, draft: Draft) -> Piece:
    typed = text[draft.start : draft.end]
    if draft.role != "filter":
        return Piece(draft.kind, typed, draft.start, draft.end, draft.excluded)
    taken, *others = draft.senses
    return Piece(
        taken.kind,
        typed,
        draft.start,
        draft.end,
        draft.excluded,
        taken.value,
        taken.label_zh,
        taken.label_en,
        tuple(others),
    )


def _drafts(text: str) -> Iterator[Draft]:
    keyed: dict[int, Draft] = {}

    def take(key: str, start: int, at: int, excluded: bool) -> int | None:  # noqa: FBT001
        if key not in KEYS:
            return None
        keyed[start] = _keyed(text, key, start, at, excluded=excluded)
        return keyed[start].end

    for is_plain, several in groupby(marks(text, take), key=_is_plain):
        if is_plain:
            yield from _bare(text, list(several))
            continue
        for mark in several:
            if mark.kind == "keyed":
                yield keyed[mark.start]
            elif mark.kind == "quoted":
                yield Draft("text", mark.start, mark.end, written(text, mark), "phrase", mark.excluded)
            else:
                yield _left_out(text, mark)


def _is_plain(mark: Mark) -> bool:
    return mark.kind == "bare" and not mark.excluded


def _bare(text: str, several: list[Mark]) -> Iterator[Draft]:
    """The drafts of neighbouring chunks of bare text, cut anew behind every open end."""
    first = 0
    for at, mark in enumerate(several):
        if mark.open_ended or at + 1 == len(several):
            end = mark.start + len(mark.inner)
            drafts = _stretch(text, several[first].start, end)
            if mark.open_ended and drafts:
                # Whoever puts a star behind a word looks for its letters.
                last = drafts[-1]
                drafts[-1] = Draft("text", last.start, mark.end, f"{text[last.start : last.end]}*", "prefix")
            yield from drafts
            first = at + 1


def _stretch(text: str, start: int, end: int) -> list[Draft]:
    drafts: list[Draft] = []
    for amount in amounts_in(text, start, end):
        drafts += [draft_of(text, segment) for segment in cut(text, start, amount.start)]
        typed = text[amount.start : amount.end]
        if isinstance(amount.value, Bounds):
            area = (senses.of_area(amount.value),)
            drafts.append(Draft("filter", amount.start, amount.end, typed, senses=area))
        else:
            drafts.append(Draft("distance", amount.start, amount.end, typed, km=amount.value))
        start = amount.end
    return drafts + [draft_of(text, segment) for segment in cut(text, start, end)]


def _left_out(text: str, mark: Mark) -> Draft:
    """A word behind a minus: the filter that it names, all of it, or text."""
    at = text.index(mark.inner, mark.start)
    named = [segment for segment in cut(text, at, at + len(mark.inner)) if segment.role in ("named", "text")]
    if len(named) == 1 and not mark.open_ended:
        draft = draft_of(text, named[0])
        if draft.role == "filter":
            return replace(draft, start=mark.start, end=mark.end, excluded=True, places=())
    kind = "prefix" if mark.open_ended else "word"
    return Draft("text", mark.start, mark.end, written(text, mark), kind, excluded=True)


def _keyed(text: str, key: str, start: int, at: int, *, excluded: bool) -> Draft:
    minus = "-" if excluded else ""
    if KEYS[key] == ("text",):
        if (said := take_text(text, at)) is not None:
            return Draft("text", start, said[1], f'{minus}"{said[0]}"', "phrase", excluded)
    elif (taken := take_value(key, text, at)) and (taken.senses[0].kind in CODE_KINDS or not excluded):
        return Draft("filter", start, taken.end, excluded=excluded, senses=taken.senses)
    if text[at - 1].isspace():
        # Nothing that belongs to the key: what follows is read by itself.
        return Draft("text", start, len(text[:at].rstrip()), "", "unread", excluded)
    end = value_end(text, at)
    value = text[at:end].lstrip(MINUS)
    return Draft("text", start, end, f"{minus}{value}" if value else "", "unread", excluded)
