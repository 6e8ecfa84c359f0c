"""How dates are written, as patterns for the finder in `dates`.

Every pattern is a bounded sequence without nested repeats, so that none can run away on a hostile text.
"""

from __future__ import annotations

import re

HAN_NUMBERS = {han: number for number, han in enumerate("一二三四五六七八九十", 1)} | {
    "两": 2,
    "十一": 11,
    "十二": 12,
    **{str(number): number for number in range(1, 5)},
}
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul"),
            *("august aug", "september sept sep", "october oct", "november nov", "december dec"),
        ),
        1,
    )
    for name in names.split()
}
# Names of months that are also words: they count only with a day, a year or a preposition.
WORDY_MONTHS = frozenset({"may", "march", "mar", "sep", "dec", "jan", "sept"})
LEADS = re.compile(
    r"(?:in|from|by|until|till|of|starting|start|since|before|through|to|for|early|mid|late|end of|during|next|"
    r"this|around|on|beginning) ?$"
)

_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?:(?P<year>今年|明年|后年|20\d\d ?年|20\d\d|[2-3]\d年)的? ?)"
_NUMBER = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_MONTH = rf"(?P<month>{_NUMBER})"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_TO_YEAR = r"(?P<to_year>今年|明年|后年|次年|来年)?"
_LATE = r"(?:,? ?(?P<late>20\d\d|next year|this year))?"
_LATE_OF = r"(?: ?(?:of )?(?P<late>20\d\d|next year|this year))?"
_EN_PART = r"(?P<part>early|mid|late|end of|beginning of|start of|end|the end of)"
_YEAR_EDGES = "|".join(
    (
        *("end of the year", "end of this year", "year end", "end of year", "end of next year"),
        *("beginning of next year", "early next year", "start of next year"),
    )
)

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("iso", rf"(?<!\d)(?P<year>20\d\d) ?[-/.] ?(?P<month>1[0-2]|0?[1-9]) ?[-/.] ?{_DAY}(?!\d)"),
        ("day", rf"{_YEAR}?(?<!\d){_MONTH} ?月 ?{_DAY} ?[日号]"),
        (
            "months",
            (
                rf"{_YEAR}?(?<!\d){_MONTH} ?月? ?[-~到至] ?{_TO_YEAR}(?P<to>{_NUMBER}) ?月份?"
                r"(?P<to_part>初|底|末)?(?! ?\d)"
            ),
        ),
        ("month", rf"{_YEAR}?(?<!\d){_MONTH} ?月份?(?P<part>初|上旬|中旬|中|下旬|底|末)?(?!\d)"),
        ("isomonth", r"(?<!\d)(?P<year>20\d\d) ?[-/.] ?(?P<month>1[0-2]|0[1-9])(?!\d)"),
        ("quarter", rf"{_YEAR}?第?(?P<quarter>[一二三四1-4])季度"),
        ("quarter", rf"{_YEAR}?(?<![a-z])q(?P<quarter>[1-4])(?![a-z\d]){_LATE_OF}"),
        ("half", rf"{_YEAR}(?P<half>上|下)半年"),
        ("half", r"(?<![a-z])h(?P<half>[12]) ?(?P<late>20\d\d|next year)"),
        ("edge", r"(?:(?P<year>今年|明年|20\d\d年)的?)?(?P<edge>年初|年底|年末|年中)"),
        (
            "next",
            (
                r"(?P<next>下个?月|下下个?月|本月|这个月|当月|次月)(?P<part>初|中|底|末)?"
                r"(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号])?"
            ),
        ),
        ("next", r"(?<![a-z])(?P<next>next month|this month|month after next)(?![a-z])"),
        ("nextquarter", r"(?:下个?季度|next quarter)"),
        ("week", r"(?:下周|下个?星期|下个?礼拜|next week)"),
        ("year", r"(?<!\d)(?P<year>明年|后年|20[2-4]\d年)(?![\d/.])"),
        ("year", r"(?<![a-z])(?P<year>next year)(?![a-z])"),
        ("en_dmy", rf"(?<![\da-z]){_DAY} ?(?:st|nd|rd|th)? (?:of )?(?P<mon>{_NAME})(?![a-z]){_LATE}"),
        (
            "en_mdy",
            (
                rf"(?<![a-z])(?P<mon>{_NAME}) {_DAY}(?:st|nd|rd|th)?(?!\d|[,.]\d)(?! ?(?:sqm|pallets|sq|plts)){_LATE}"
            ),
        ),
        (
            "en_months",
            (
                rf"(?<![a-z])(?P<mon>{_NAME})(?: ?(?P<year>20\d\d))? ?(?:-|~|to|through|thru|until|till) ?(?:end of )?"
                rf"(?P<to>{_NAME})(?![a-z]){_LATE}"
            ),
        ),
        ("en_month", rf"(?<![a-z])(?:{_EN_PART} ?-?)?(?P<mon>{_NAME})(?![a-z]){_LATE}"),
        ("now", r"(?:从现在|即日起|from now|from today)"),
        ("iny", rf"(?<![a-z])(?P<edge>{_YEAR_EDGES})(?![a-z])"),
    )
)
