"""Dates and spans of dates in a folded text, relative words resolved against a given day.

A month without a year is its next occurrence (the present month counts), and every date is a span: "明年3月" runs from
its first to its last day, and the reader of periods decides which end matters.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from warehouse_hub.matching.reading.date_patterns import HAN_NUMBERS, LEADS, MONTHS, PATTERNS, WORDY_MONTHS

Parts = dict[str, str | None]

_RELATIVE_YEARS = {
    "今年": 0,
    "this year": 0,
    "明年": 1,
    "next year": 1,
    "次年": 1,
    "来年": 1,
    "后年": 2,
}


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
    for name, pattern in PATTERNS:
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


def _days(name: str, parts: Parts, match: re.Match[str], text: str, today: date) -> tuple[date, date] | None:
    year = _year(parts.get("year") or parts.get("late"), today)
    relative = _RELATIVE.get(name)
    if relative is not None:
        return relative(parts, year, today)
    month = _month_number(parts)
    lead = text[max(0, match.start() - 14) : match.start()]
    bare = not (parts.get("late") or parts.get("part") or parts.get("to"))
    if name in ("en_month", "en_months") and parts["mon"] in WORDY_MONTHS and bare and not LEADS.search(lead):
        return None
    if year is None:
        year = _next_year_of(month, today)
    if name in ("months", "en_months"):
        return _months(parts, year, month, today)
    if parts.get("day"):
        day = date(year, month, int(parts["day"] or 1))
        return day, day
    return _part_of_month(year, month, parts.get("part"))


def _now(_parts: Parts, _year: int | None, today: date) -> tuple[date, date]:
    return today, today


def _next_week(_parts: Parts, _year: int | None, today: date) -> tuple[date, date]:
    monday = today + timedelta(days=7 - today.weekday())
    return monday, monday + timedelta(days=6)


def _half(parts: Parts, year: int | None, today: date) -> tuple[date, date]:
    start = date(year or today.year, 7 if parts["half"] in ("下", "2") else 1, 1)
    return start, add_months(start, 6) - timedelta(days=1)


def _whole_year(_parts: Parts, year: int | None, today: date) -> tuple[date, date]:
    whole = year or today.year
    return date(whole, 1, 1), date(whole, 12, 31)


def _month_number(parts: Parts) -> int:
    if parts.get("mon"):
        return MONTHS[parts["mon"] or ""]
    return _number(parts.get("month") or "")


def _number(text: str) -> int:
    return int(text) if text.isdigit() else HAN_NUMBERS[text]


def _year(text: str | None, today: date) -> int | None:
    if not text:
        return None
    if text in _RELATIVE_YEARS:
        return today.year + _RELATIVE_YEARS[text]
    number = int(text.replace("年", ""))
    return number if number > 100 else 2000 + number


def _next_year_of(month: int, today: date) -> int:
    return today.year if month >= today.month else today.year + 1


def _quarter(parts: Parts, year: int | None, today: date) -> tuple[date, date]:
    present = (today.month - 1) // 3 + 1
    if "quarter" in parts:
        quarter = HAN_NUMBERS[parts["quarter"] or "1"]
        chosen = year or (today.year if quarter >= present else today.year + 1)
    else:
        quarter, chosen = (present + 1, today.year) if present < 4 else (1, today.year + 1)
    start = date(chosen, quarter * 3 - 2, 1)
    return start, add_months(start, 3) - timedelta(days=1)


def _edge(parts: Parts, year: int | None, today: date) -> tuple[date, date]:
    edge = parts["edge"] or ""
    if "next year" in edge:
        year = today.year + 1
    if edge == "年初" or edge.startswith(("beginning", "early", "start")):
        start = date(year or today.year + 1, 1, 1)
    elif edge == "年中":
        start = date(year or today.year + (today.month > 6), 6, 1)
    else:
        start = date(year or today.year, 12, 1)
        return date(start.year, 12, 31), date(start.year, 12, 31)
    return start, add_months(start, 1) - timedelta(days=1)


def _next(parts: Parts, _year: int | None, today: date) -> tuple[date, date]:
    word = parts["next"] or ""
    ahead = 2 if word.startswith("下下") or word == "month after next" else 1
    if word in ("本月", "这个月", "当月", "this month"):
        ahead = 0
    start = add_months(today.replace(day=1), ahead)
    if parts.get("day"):
        day = start.replace(day=int(parts["day"] or 1))
        return day, day
    return _part_of_month(start.year, start.month, parts.get("part"))


def _months(parts: Parts, year: int, month: int, today: date) -> tuple[date, date]:
    to = parts["to"] or ""
    last_month = MONTHS[to] if to in MONTHS else _number(to)
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


_RELATIVE: dict[str, Callable[[Parts, int | None, date], tuple[date, date]]] = {
    "now": _now,
    "week": _next_week,
    "quarter": _quarter,
    "nextquarter": _quarter,
    "half": _half,
    "edge": _edge,
    "iny": _edge,
    "year": _whole_year,
    "next": _next,
}
