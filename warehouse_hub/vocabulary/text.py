"""Words, numbers and dates of both languages for every surface: pages, mails, documents, commands.

The one thing a reader would get wrong: msgids are English, so English needs no catalogue, and Chinese without one shows
English rather than failing. A value that is None is "not reported", never 0; every formatter here says so itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date as babel_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

from warehouse_hub.core.clock import CIVIL_ZONE, Month
from warehouse_hub.vocabulary.codes import CURRENCIES, PRICE_UNITS, UNITS, VOCABULARY
from warehouse_hub.vocabulary.quantities import Quantity

LOCALE_FOLDER = VOCABULARY / "locale"
_LOCALES = {"zh": Locale.parse("zh_Hans_CN"), "en": Locale("en")}
_DAY_PATTERNS = {"zh": "y年M月d日", "en": "d MMM y"}
_MONTH_PATTERNS = {"zh": "y年M月", "en": "MMMM y"}
_NOT_REPORTED = {"zh": "未填报", "en": "not reported"}
_MYRIAD = Decimal(10_000)


def language_of(tag: str | None) -> str:
    """The language for a tag such as "en-GB": English where it asks for it, else Chinese, the first language."""
    return "en" if tag is not None and tag.lower().replace("_", "-").split("-")[0] == "en" else "zh"


def translate(lang: str) -> Callable[[str], str]:
    """The gettext of `lang`: an English msgid in, the text out; a msgid without a translation comes back as it is."""
    return catalogue(LOCALE_FOLDER, language_of(lang)).gettext


def ntranslate(lang: str) -> Callable[[str, str, int], str]:
    """The ngettext of `lang`: (singular, plural, n). Chinese has one form, which may stand under the plural alone."""
    language = language_of(lang)
    words = catalogue(LOCALE_FOLDER, language)

    def chosen(singular: str, plural: str, number: int) -> str:
        form = words.ngettext(singular, plural, number)
        return words.gettext(plural) if language == "zh" and form in {singular, plural} else form

    return chosen


@lru_cache(maxsize=8)
def catalogue(folder: Path, language: str) -> NullTranslations:
    """The catalogue of `language` below `folder`, compiled in memory from its .po once a process.

    No .po is no error: the texts stay English. Fuzzy entries are left out, since nobody has vouched for them.
    """
    source = folder / language / "LC_MESSAGES" / "messages.po"
    if not source.is_file():
        return NullTranslations()
    with source.open("rb") as lines:
        messages = read_po(lines, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)


def not_reported(lang: str) -> str:
    """What stands in the place of an unknown value."""
    return _NOT_REPORTED[language_of(lang)]


def format_number(lang: str, value: Decimal | float | None, decimals: int | None = None) -> str:
    """A number with separated thousands; with `decimals` rounded half up to exactly so many, else as it is.

    None is "not reported".
    """
    if value is None:
        return not_reported(lang)
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    shown = format_decimal(
        exact,
        format=None if decimals is None else pattern,
        locale=_LOCALES[language_of(lang)],
        decimal_quantization=False,
    )
    return str(shown)


def format_area(lang: str, m2: Decimal | None) -> str:
    """An area for a table or a card, in whole square metres: "93,306 m²". None is "not reported"."""
    return not_reported(lang) if m2 is None else f"{format_number(lang, m2, 0)} m²"


def format_area_summary(lang: str, m2: Decimal | None) -> str:
    """An area for a headline: 9.33万平方米 from 1万 up in Chinese, else as `format_area`. None is "not reported"."""
    if m2 is None or language_of(lang) == "en" or abs(m2) < _MYRIAD:
        return format_area(lang, m2)
    return f"{format_number(lang, m2 / _MYRIAD, 2)}万平方米"


def format_quantity(lang: str, quantity: Quantity | None) -> str:
    """A quantity in its own unit, unrounded: "1,203,449 sq ft", "300 单/天". None is "not reported"."""
    if quantity is None:
        return not_reported(lang)
    return f"{format_number(lang, quantity.value)} {UNITS.label(quantity.unit, language_of(lang))}"


def format_price(lang: str, amount: Decimal, currency: str, unit: str, decimals: int | None = None) -> str:
    """A price of one unit, unrounded unless told: 0.45 美元/m³·天, "USD 0.45 per m³ and day"."""
    language = language_of(lang)
    figure, per = format_number(lang, amount, decimals), PRICE_UNITS.label(unit, language)
    if language == "en":
        return f"{currency} {figure} per {per}"
    return f"{figure} {CURRENCIES.label(currency, language)}/{per}"


def format_percent(lang: str, ratio: Decimal | None, decimals: int = 1) -> str:
    """A ratio (0.7345) as "73.5%". None is "not reported"."""
    return not_reported(lang) if ratio is None else f"{format_number(lang, ratio * 100, decimals)}%"


def format_date(lang: str, day: date | None) -> str:
    """A civil date: 2026年11月23日, "23 Nov 2026". None is "not reported"; an instant is a TypeError.

    An instant has another date in Zhengzhou than in UTC for eight hours a day: use `format_instant`.
    """
    if day is None:
        return not_reported(lang)
    if isinstance(day, datetime):
        raise TypeError("an instant has no date before it has a zone")
    language = language_of(lang)
    return babel_date(day, format=_DAY_PATTERNS[language], locale=_LOCALES[language])


def format_month(lang: str, month: Month | None) -> str:
    """2026年11月, "November 2026". None is "not reported"."""
    if month is None:
        return not_reported(lang)
    language = language_of(lang)
    return babel_date(month.first_day, format=_MONTH_PATTERNS[language], locale=_LOCALES[language])


def format_instant(lang: str, instant: datetime | None) -> str:
    """An aware instant as the clocks of Zhengzhou show it, to the minute: 2026年11月23日 09:30."""
    if instant is None:
        return not_reported(lang)
    if instant.tzinfo is None:
        raise TypeError("an instant without a zone could be any of two days")
    local = instant.astimezone(CIVIL_ZONE)
    return f"{format_date(lang, local.date())} {local:%H:%M}"
