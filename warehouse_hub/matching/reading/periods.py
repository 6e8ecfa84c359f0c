"""The period of storage: which of the dates of a message begin it, which end it, and how long it lasts.

"明年3月起租一年" is 2027-03-01 to 2028-02-29: the last day is the day before the anniversary. A deadline for growth
("up to 100 by xmas") is no period.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from warehouse_hub.matching.need import Period
from warehouse_hub.matching.reading.clauses import Passage
from warehouse_hub.matching.reading.dates import DateSpan, add_months
from warehouse_hub.matching.reading.numbers import read_figure

_PAST = r" ?(?:份|号|日)?"
_START_AFTER = re.compile(
    _PAST + r"(?:就|左右|份)?(?:开始|起|启动|启用|入仓|进仓|入库|到仓|到货|到港|进场|要|用|可用|需要|后)"
)
_START_BEFORE = re.compile(r"(?:from|starting|start|since|从|自) ?$")
_END_BEFORE = re.compile(
    r"(?:until|till|til|through|thru|to the end of|up to|到|至|直到|截至|截止|截止到|end|ending|ends)(?: ?the)? ?$"
)
_END_AFTER = re.compile(_PAST + r"(?:为止|截止|结束|到期|止)")
_DEADLINE = re.compile(r"(?:by|before|no later than|latest)(?: the)? ?$")
_DEADLINE_AFTER = re.compile(_PAST + r"(?:之前|以前|前)")
_LINK = re.compile(
    r" ?(?:起|开始)? ?,? ?(?:-|~|到|至|直到|to|until|till|til|through|thru|and|ending) ?(?:the )?(?:end of )?$"
)
_HAN_TERM = re.compile(
    r"(?P<half>半年)|(?P<yearhalf>一年半|1年半)"
    r"|(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})(?:(?P<halves>个半月)|(?P<unit> ?年|个月|个季度|周|个星期))"
)
_LATIN_TERM = re.compile(
    r"(?P<half>half a year|half year|half-year|a year and a half)"
    r"|(?<!\w)(?P<n>\d{1,3}|an|a|one|two|three|four|five|six|nine|ten|twelve|eighteen|twenty four)[ -]?"
    r"(?P<unit>months?|years?|yrs?|weeks?|mths?|mos?|quarters?)(?![a-z])"
)
_TERM_BEFORE = re.compile(
    r"(?:租期|租|为期|期限|合同期|合同|签|短租|长租|起租|存放|存|先签|先租|用|期|周期|大概|约|至少|最少|先|个|放"
    r"|for|term of|lease of|contract of|lease|term|period of|duration of|duration|minimum|about|around|at least"
    r"|approx|initially|initial|,|over|x|-|a|an)[ :]?$"
)
_TERM_AFTER = re.compile(
    r" ?(?:的?(?:租期|合同|短租|长租|起租|租约)|期|lease|term|contract|rental|deal|commitment|period|minimum term"
    r"|stay|storage)"
)
_NOT_A_TERM = re.compile(
    r"(?:免租|免费|账期|free|within|每|every|per|each|过去|last|past|做了|经营|成立|开了|运营|干了) ?$"
)
_NO_TERM_AFTER = ("前", "内", "以前", "之前", "ago", " ago", "多前", "后", "以内")
_ENGLISH = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "eighteen": 18,
    "twenty four": 24,
}
_RANGED = re.compile(r"\d ?[-~到至] ?$")  # "2-3 months" is no one length
_NEAR = 4  # characters between a date and the term that belongs to it


def read_period(passage: Passage, part: set[int]) -> Period | None:
    """The period that the tokens of a need state, or None."""
    dated = [
        (index, token.span)
        for index, token in enumerate(passage.tokens)
        if token.span is not None and index in part and not _is_growth(passage, index)
    ]
    if not dated:
        return None
    span = dated[0][1]
    second = dated[1][1] if len(dated) > 1 else None
    start, end, used = _bounds(passage.folded.text, span, second)
    passage.read.update(index for index, _ in dated[:used])
    if start is not None and end is None:
        term = _term(passage.folded.text, span.end)
        if term is not None:
            end = add_months(start, term[0]) + timedelta(days=term[1] - 1)
    if start is None and end is None:
        return None
    return Period(start, end if not (start and end) or start <= end else None)


def _bounds(text: str, span: DateSpan, second: DateSpan | None) -> tuple[date | None, date | None, int]:
    """(first day, last day, how many of the dates were used)."""
    before, after = text[max(0, span.start - 16) : span.start], text[span.end : span.end + 8]
    if second is not None and _LINK.fullmatch(text[span.end : second.start]):
        end = second.last
        return span.first, add_months(end, 12) if end < span.first and not second.year_stated else end, 2
    ends = not span.ranged and _is_end(text, span)
    due = _DEADLINE.search(before) or _DEADLINE_AFTER.match(after)
    starts = _START_AFTER.match(after) or _START_BEFORE.search(before)
    if ends or (due and not span.ranged):
        return (span.first if not ends and not span.wide else None), (span.last if ends else None), 1
    if span.ranged or (span.wide and not starts):
        return span.first, span.last, 1
    if second is not None and _is_end(text, second) and second.last > span.first:
        return span.first, second.last, 2
    return span.first, None, 1


def _is_end(text: str, span: DateSpan) -> bool:
    before, after = text[max(0, span.start - 16) : span.start], text[span.end : span.end + 8]
    return bool(_END_BEFORE.search(before) or _END_AFTER.match(after))


def _is_growth(passage: Passage, index: int) -> bool:
    """Whether the date says by when an amount will have grown ("up to 100 by xmas")."""
    clause = passage.clause_range(index)
    grows = any(passage.tokens[at].has("grow") for at in clause if at < index)
    return grows and any(passage.tokens[at].figure for at in clause)


def _term(text: str, around: int) -> tuple[int, int] | None:
    """(months, days) of the length stated, the one nearest behind the date first."""
    found: list[tuple[int, tuple[int, int]]] = []
    for match in (*_HAN_TERM.finditer(text), *_LATIN_TERM.finditer(text)):
        before, after = text[max(0, match.start() - 14) : match.start()], text[match.end() : match.end() + 14]
        if _NOT_A_TERM.search(before) or _RANGED.search(before) or after.startswith(_NO_TERM_AFTER):
            continue
        near = 0 <= match.start() - around <= _NEAR
        length = _length(match) if near or _TERM_BEFORE.search(before) or _TERM_AFTER.match(after) else None
        if length is not None:
            found.append((abs(match.start() - around), length))
    return min(found)[1] if found else None


def _length(match: re.Match[str]) -> tuple[int, int] | None:
    parts = match.groupdict()
    if parts.get("half"):
        return (18, 0) if "and a half" in match[0] else (6, 0)
    if parts.get("yearhalf"):
        return 18, 0
    number = _count(parts["n"] or "")
    if number is None or not 0 < number <= 240:
        return None
    unit = (parts["unit"] or "").strip()
    if parts.get("halves"):
        return number, 15
    if unit.startswith(("周", "w", "个星期")):
        return 0, number * 7
    months = 12 if unit.startswith(("年", "y")) else 3 if unit.startswith(("个季度", "q")) else 1
    return number * months, 0


def _count(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    if text in _ENGLISH:
        return _ENGLISH[text]
    figure = read_figure(text, 0) if text else None
    return int(figure.low) if figure is not None and figure.low is not None else None
