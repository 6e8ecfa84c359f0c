"""The period of storage: which of the dates of a message begin it, which end it, and how long it lasts.

"明年3月起租一年" is 2027-03-01 to 2028-02-29: the last day is the day before the anniversary. A deadline for growth
("up to 100 by xmas") is no period.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from warehouse_hub.matching.need import Period
from warehouse_hub.matching.reading.clauses import Passage
from warehouse_hub.matching.reading.dates import add_months
from warehouse_hub.matching.reading.numbers import read_figure

_START_AFTER = re.compile(r" ?(?:份|号|日)?(?:就|左右|份)?(?:开始|起|启动|启用|入仓|进仓|入库|到仓|到货|到港|进场|要|用|可用|需要|后)")
_END_BEFORE = re.compile(r"(?:until|till|til|through|thru|to the end of|up to|到|至|直到|截至|截止|截止到|end|ending|ends)(?: ?the)? ?$")
_END_AFTER = re.compile(r" ?(?:份|号|日)?(?:为止|截止|结束|到期|止)")
_DEADLINE = re.compile(r"(?:by|before|no later than|latest)(?: the)? ?$")
_DEADLINE_AFTER = re.compile(r" ?(?:份|号|日)?(?:之前|以前|前)")
_LINK = re.compile(r" ?(?:起|开始)? ?,? ?(?:-|~|—|到|至|直到|to|until|till|til|through|thru|and|ending) ?(?:the )?(?:end of )?$")
_DURATION = re.compile(
    r"(?P<half>半年|half a year|half year|half-year)|(?P<yearhalf>一年半|a year and a half|1年半)"
    r"|(?:(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<halves>个半月)?(?(halves)|(?P<zh> ?年|个月|个季度|周|个星期)))"
)
_DURATION_EN = re.compile(
    r"(?<![\w])(?P<n>\d{1,3}|an|a|one|two|three|four|five|six|nine|ten|twelve|eighteen|twenty four)[ -]?(?P<en>months?|years?|yrs?|weeks?|mths?|mos?|quarters?)(?![a-z])"
)
_TERM_BEFORE = re.compile(
    r"(?:租期|租|为期|期限|合同期|合同|签|短租|长租|起租|存放|存|先签|先租|用|期|周期|大概|约|至少|最少|先|个|放"
    r"|for|term of|lease of|contract of|lease|term|period of|duration of|duration|minimum|about|around|at least|approx|initially|initial|,|over|x|-|a|an)[ :]*$"
)
_TERM_AFTER = re.compile(r" ?(?:的?(?:租期|合同|短租|长租|起租|租约)|期|lease|term|contract|rental|deal|commitment|period|minimum term|stay|storage)")
_ENGLISH = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "ten": 10, "twelve": 12, "eighteen": 18, "twenty four": 24}
_NOT_A_TERM = re.compile(r"(?:免租|免费|账期|free|within|每|every|per|each|过去|last|past|做了|经营|成立|开了|运营|干了) ?$")


def read_period(passage: Passage) -> Period | None:
    """The period that a message states, or None."""
    text = passage.folded.text
    spans = [(index, token.span) for index, token in enumerate(passage.tokens) if token.span is not None]
    spans = [(index, span) for index, span in spans if not _is_growth(passage, index)]
    if not spans:
        return None
    index, span = spans[0]
    start: date | None = None
    end: date | None = None
    before, after = text[max(0, span.start - 16) : span.start], text[span.end : span.end + 8]
    second = spans[1][1] if len(spans) > 1 else None
    if second is not None and _LINK.fullmatch(text[span.end : second.start]):
        start, end = span.first, second.last
        if end < start and not second.year_stated:
            end = add_months(end, 12)
        passage.read.update(range(index, spans[1][0] + 1))
    elif span.ranged:
        start, end = span.first, span.last
    elif _END_BEFORE.search(before) or _END_AFTER.match(after):
        end = span.last
    elif _DEADLINE.search(before) or _DEADLINE_AFTER.match(after):
        start = span.first if span.first == span.last or not span.wide else None
    elif span.wide and not _START_AFTER.match(after) and not re.search(r"(?:from|starting|start|since|从|自) ?$", before):
        start, end = span.first, span.last
        if (end - start).days >= 360 and not span.year_stated:
            end = None
    else:
        start = span.first
    if second is not None and end is None and start is not None:
        joined = text[max(0, second.start - 16) : second.start]
        if _END_BEFORE.search(joined) or _END_AFTER.match(text[second.end : second.end + 8]):
            end = second.last if second.last > start else None
            passage.read.add(spans[1][0])
    passage.read.add(index)
    months = _duration(text, span.end) if end is None else None
    if start is not None and months is not None:
        end = _after(start, months) - timedelta(days=1)
    if start is None and end is None:
        return None
    return Period(start, end) if not (start and end) or start <= end else Period(start, None)


def _is_growth(passage: Passage, index: int) -> bool:
    """Whether the date says when an amount will have grown, or belongs to something past or about goods."""
    indices = passage.clause_range(index)
    return any(passage.tokens[at].has("grow") and passage.tokens[at].has("cmp") for at in indices if at < index) or any(
        passage.tokens[at].has("grow") and at < index and any(passage.tokens[x].figure for x in indices)
        for at in indices
    )


def _after(start: date, months: tuple[int, int]) -> date:
    whole, days = months
    return add_months(start, whole) + timedelta(days=days)


def _duration(text: str, around: int) -> tuple[int, int] | None:
    """(months, days) of the term stated, the one nearest behind the date first."""
    found: list[tuple[int, tuple[int, int]]] = []
    for pattern in (_DURATION, _DURATION_EN):
        for match in pattern.finditer(text):
            before, after = text[max(0, match.start() - 14) : match.start()], text[match.end() : match.end() + 14]
            if _NOT_A_TERM.search(before) or after.startswith(("前", "内", "以前", "之前", "ago", " ago", "多前", "后", "以内")):
                continue
            near = 0 <= match.start() - around <= 4
            if not near and not _TERM_BEFORE.search(before) and not _TERM_AFTER.match(after):
                continue
            length = _length(match)
            if length is not None:
                found.append((abs(match.start() - around), length))
    return min(found)[1] if found else None


def _length(match: re.Match[str]) -> tuple[int, int] | None:
    parts = match.groupdict()
    if parts.get("half"):
        return 6, 0
    if parts.get("yearhalf"):
        return 18, 0
    number = _count(parts["n"] or "")
    if number is None or not 0 < number <= 240:
        return None
    if parts.get("halves"):
        return number, 15
    unit = (parts.get("zh") or parts.get("en") or "").strip()
    if unit.startswith(("年", "y")):
        return number * 12, 0
    if unit.startswith(("个季度", "q")):
        return number * 3, 0
    if unit.startswith(("周", "w", "个星期")):
        return 0, number * 7
    return number, 0


def _count(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    if text in _ENGLISH:
        return _ENGLISH[text]
    figure = read_figure(text, 0) if text else None
    return int(figure.low) if figure is not None and figure.low is not None else None
