"""Dates and spans of dates in a folded text, relative words resolved against a given day.

A month without a year is its next occurrence (the present month counts), and every date is a span: "明年3月" runs from
its first to its last day, and the reader of periods decides which end matters.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_HAN_NUMBERS = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "十一": 11,
    "十二": 12,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan,february feb,march mar,april apr,may,june jun,july jul,august aug,september sept sep,"
        "october oct,november nov,december dec".split(","),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>今年|明年|后年|20\d\d ?年|20\d\d|[2-3]\d年)"
_M = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_PART = r"(?P<part>初|上旬|中旬|中|下旬|底|末)?"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("iso", r"(?<!\d)(?P<year>20\d\d) ?[-/.] ?(?P<month>1[0-2]|0?[1-9]) ?[-/.] ?(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)"),
        ("day", rf"(?:{_YEAR}的? ?)?(?<!\d){_M} ?月 ?(?P<day>3[01]|[12]\d|0?[1-9]) ?[日号]"),
        ("months", rf"(?:{_YEAR}的? ?)?(?<!\d){_M} ?月? ?[-~到至] ?(?P<to_year>今年|明年|后年|次年|来年)?(?P<to>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?月份?(?P<to_part>初|底|末)?(?! ?\d)"),
        ("month", rf"(?:{_YEAR}的? ?)?(?<!\d){_M} ?月份?{_PART}(?!\d)"),
        ("isomonth", r"(?<!\d)(?P<year>20\d\d) ?[-/.] ?(?P<month>1[0-2]|0[1-9])(?!\d)"),
        ("quarter", rf"(?:{_YEAR}的? ?)?第?(?P<quarter>[一二三四1-4])季度"),
        ("quarter", rf"(?:{_YEAR}的? ?)?(?<![a-z])q(?P<quarter>[1-4])(?![a-z\d])(?: ?(?:of )?(?P<late>20\d\d|next year|this year))?"),
        ("half", rf"{_YEAR}的? ?(?P<half>上|下)半年"),
        ("half", r"(?<![a-z])h(?P<half>[12]) ?(?P<late>20\d\d|next year)"),
        ("edge", r"(?:(?P<year>今年|明年|20\d\d年)的?)?(?P<edge>年初|年底|年末|年中)"),
        ("next", r"(?P<next>下个?月|下下个?月|本月|这个月|当月|次月)(?P<part>初|中|底|末)?(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号])?"),
        ("next", r"(?<![a-z])(?P<next>next month|this month|month after next)(?![a-z])"),
        ("nextquarter", r"(?P<x>下个?季度|next quarter)"),
        ("week", r"(?P<x>下周|下个?星期|下个?礼拜|next week)"),
        ("year", r"(?<!\d)(?P<year>明年|后年|20[2-4]\d年)(?![\d/.])"),
        ("year", r"(?<![a-z])(?P<year>next year)(?![a-z])"),
        ("en_dmy", rf"(?<![\da-z])(?P<day>3[01]|[12]\d|0?[1-9]) ?(?:st|nd|rd|th)? (?:of )?(?P<mon>{_MONTH})(?![a-z]),? ?(?P<late>20\d\d|next year)?"),
        ("en_mdy", rf"(?<![a-z])(?P<mon>{_MONTH}) (?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d,.]*\d)(?! ?(?:sqm|pallets|sq|plts))(?:,? ?(?P<late>20\d\d|next year))?"),
        ("en_months", rf"(?<![a-z])(?P<mon>{_MONTH})(?: ?(?P<year>20\d\d))? ?(?:-|~|to|through|thru|until|till) ?(?:end of )?(?P<to>{_MONTH})(?![a-z])(?:,? ?(?P<late>20\d\d|next year))?"),
        ("en_month", rf"(?<![a-z])(?:(?P<part>early|mid|late|end of|beginning of|start of|end|the end of) ?-?)?(?P<mon>{_MONTH})(?![a-z])(?:,? ?(?P<late>20\d\d|next year|this year))?"),
        ("now", r"(?P<x>从现在|即日起|from now|from today)"),
        ("iny", r"(?<![a-z])(?P<edge>end of the year|end of this year|year end|end of year|beginning of next year|early next year|start of next year|end of next year)(?![a-z])"),
    )
)
# Names of months that are also words: they count only with a day, a year or a preposition.
_WORDY = frozenset({"may", "march", "mar", "sep", "dec", "jan", "sept"})
_LEADS = re.compile(
    r"(?:in|from|by|until|till|of|starting|start|since|before|through|to|for|early|mid|late|end of|during|next|"
    r"this|around|on|beginning) ?$"
)
_YEAR_AHEAD = 2


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Characters [start, end) of the text name the days `first` to `last`; `wide` spans more than one month."""

    start: int
    end: int
    first: date
    last: date
    year_stated: bool = False
    wide: bool = False
    ranged: bool = False


def find_dates(text: str, today: date) -> list[DateSpan]:
    """All dates of a folded text, in order, none overlapping; the longest reading of a place wins."""
    found: list[DateSpan] = []
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            span = _span(name, match, text, today)
            if span is not None:
                found.append(span)
    kept: list[DateSpan] = []
    end = 0
    for span in sorted(found, key=lambda each: (each.start, -each.end)):
        if span.start >= end:
            kept.append(span)
            end = span.end
    return kept


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the month's last day where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _span(name: str, match: re.Match[str], text: str, today: date) -> DateSpan | None:
    parts = match.groupdict()
    stated = bool(parts.get("year") or parts.get("late"))
    try:
        days = _days(name, parts, match, text, today)
    except ValueError:
        return None
    if days is None:
        return None
    first, last = days
    wide = (last - first).days > 31
    ranged = name in ("months", "en_months")
    return DateSpan(match.start(), match.end(), first, last, stated, wide, ranged)


def _days(
    name: str, parts: dict[str, str | None], match: re.Match[str], text: str, today: date
) -> tuple[date, date] | None:
    year = _year(parts.get("year") or parts.get("late"), today)
    if name == "now":
        return today, today
    if name == "week":
        monday = today + timedelta(days=7 - today.weekday())
        return monday, monday + timedelta(days=6)
    if name in ("quarter", "nextquarter"):
        return _quarter(parts, year, today)
    if name == "half":
        late = parts["half"] in ("下", "2")
        start = date(year or today.year, 7 if late else 1, 1)
        return start, add_months(start, 6) - timedelta(days=1)
    if name in ("edge", "iny"):
        return _edge(parts["edge"] or "", year, today)
    if name == "year":
        whole = year or today.year
        return date(whole, 1, 1), date(whole, 12, 31)
    if name == "next":
        return _next(parts, today)
    month = _month_number(parts)
    if name in ("en_month", "en_months") and parts["mon"] in _WORDY and not parts.get("late"):
        if not parts.get("part") and not parts.get("to") and not _LEADS.search(text[max(0, match.start() - 14) : match.start()]):
            return None
    if year is None:
        year = _next_year_of(month, today)
    if name in ("months", "en_months"):
        return _months(parts, year, month, today)
    if parts.get("day"):
        day = date(year, month, int(parts["day"] or 1))
        return day, day
    return _part_of_month(year, month, parts.get("part"))


def _month_number(parts: dict[str, str | None]) -> int:
    if parts.get("mon"):
        return _MONTHS[parts["mon"] or ""]
    return _number(parts.get("month") or "")


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _HAN_NUMBERS[text]


def _year(text: str | None, today: date) -> int | None:
    if not text:
        return None
    relative = {"今年": 0, "this year": 0, "明年": 1, "next year": 1, "次年": 1, "来年": 1, "后年": _YEAR_AHEAD}
    if text in relative:
        return today.year + relative[text]
    number = int(text.replace("年", ""))
    return number if number > 100 else 2000 + number


def _next_year_of(month: int, today: date) -> int:
    return today.year if month >= today.month else today.year + 1


def _quarter(parts: dict[str, str | None], year: int | None, today: date) -> tuple[date, date]:
    present = (today.month - 1) // 3 + 1
    if "quarter" in parts:
        quarter = _HAN_NUMBERS[parts["quarter"] or "1"]
        chosen = year or (today.year if quarter >= present else today.year + 1)
    else:
        quarter, chosen = (present + 1, today.year) if present < 4 else (1, today.year + 1)
    start = date(chosen, quarter * 3 - 2, 1)
    return start, add_months(start, 3) - timedelta(days=1)


def _edge(edge: str, year: int | None, today: date) -> tuple[date, date]:
    if "next year" in edge:
        year = today.year + 1
    if edge in ("年初",) or edge.startswith(("beginning", "early", "start")):
        start = date(year or today.year + 1, 1, 1)
    elif edge == "年中":
        start = date(year or today.year + (today.month > 6), 6, 1)
    else:
        start = date(year or today.year, 12, 1)
        return date(start.year, 12, 31), date(start.year, 12, 31)
    return start, add_months(start, 1) - timedelta(days=1)


def _next(parts: dict[str, str | None], today: date) -> tuple[date, date]:
    word = parts["next"] or ""
    ahead = 2 if word.startswith("下下") or word == "month after next" else 1
    if word in ("本月", "这个月", "当月", "this month"):
        ahead = 0
    start = add_months(today.replace(day=1), ahead)
    if parts.get("day"):
        day = start.replace(day=int(parts["day"] or 1))
        return day, day
    return _part_of_month(start.year, start.month, parts.get("part"))


def _months(parts: dict[str, str | None], year: int, month: int, today: date) -> tuple[date, date]:
    to = parts["to"] or ""
    last_month = _MONTHS[to] if to in _MONTHS else _number(to)
    last_year = _year(parts.get("to_year"), today) or year
    if parts.get("late") and not parts.get("year"):
        # "Dec to Mar 2027": the year belongs to the second month
        year, last_year = (year - 1, year) if last_month < month else (year, year)
    if (last_year, last_month) < (year, month):
        last_year += 1
    first = date(year, month, 1)
    return first, date(last_year, last_month, calendar.monthrange(last_year, last_month)[1])


def _part_of_month(year: int, month: int, part: str | None) -> tuple[date, date]:
    length = calendar.monthrange(year, month)[1]
    if part in ("中旬", "中", "mid"):
        return date(year, month, 15), date(year, month, 15 if part != "中旬" else 20)
    if part == "下旬":
        return date(year, month, 21), date(year, month, length)
    if part in ("底", "末", "end of", "end", "the end of"):
        return date(year, month, length), date(year, month, length)
    return date(year, month, 1), date(year, month, length)
