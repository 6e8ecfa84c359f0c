"""Utilisation of public warehouses: the published figures of a month, how they came about, and what is withheld."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from warehouse_hub.core.clock import Month
from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.monitoring.rules.sites import BREAKDOWNS, TOTAL
from warehouse_hub.monitoring.rules.utilisation import Flag
from warehouse_hub.monitoring.service import (
    Cell,
    UtilisationTable,
    cell_label,
    months_with_reports,
    utilisation_series,
)
from warehouse_hub.vocabulary.countries import COUNTRIES
from warehouse_hub.vocabulary.text import format_month
from warehouse_hub.web.charts import Chart, Series, line_chart
from warehouse_hub.web.context import reading, today
from warehouse_hub.web.country_order import by_sound
from warehouse_hub.web.locale import dataset, lang
from warehouse_hub.web.locale import gettext as _

blueprint = Blueprint("statistics", __name__)

MONTHS_SHOWN = 13
LINES_SHOWN = 3


@blueprint.get("/statistics")
def utilisation() -> ResponseReturnValue:
    """One month by one breakdown, with the year before it as a chart; the newest month unless one is asked for."""
    by = request.args.get("by", "region_set")
    if by not in BREAKDOWNS:
        raise InvalidInput("statistics.unknown_breakdown", by=by[:40], known=list(BREAKDOWNS))
    asked = Month.parse(request.args["month"]) if request.args.get("month") else None
    with reading() as session:
        months = months_with_reports(session, dataset())
        month = asked or (months[-1] if months else None)
        if month is None:
            return render_template("public/no_statistics.html")
        span = [month.minus(back) for back in range(MONTHS_SHOWN - 1, -1, -1)]
        tables = utilisation_series(session, dataset(), span, by=by, today=today())
    table = tables[-1]
    return render_template(
        "public/statistics.html",
        table=table,
        month=month,
        month_text=format_month(lang(), month),
        months=list(reversed(months)),
        rows=[(TOTAL, table.total), *((by, cell) for cell in _in_order(table))],
        row_label=lambda kind, cell: cell_label(kind, cell.code, lang()),
        chart=_chart(tables),
        chart_months=[str(each) for each in span],
        year_ago=tables[0].total.utilisation,
        year_change=_change(table.total.utilisation, tables[0].total.utilisation),
        span_tables=tables,
        breakdowns=_breakdowns(),
        flag_texts=flag_texts(),
    )


def flag_texts() -> dict[str, str]:
    """What each flag says."""
    return {
        Flag.ESTIMATED: _("estimated"),
        Flag.IMPUTED: _("partly imputed"),
        Flag.PROVISIONAL: _("provisional"),
        Flag.REVISED: _("revised"),
        Flag.CONFIDENTIAL: _("confidential, withheld"),
        Flag.LOW_RELIABILITY: _("low reliability"),
        Flag.BREAK: _("break in the series"),
    }


def _in_order(table: UtilisationTable) -> list[Cell]:
    """Countries by the sound of their names; the other breakdowns keep the order of their lists."""
    if table.by != "country":
        return list(table.cells)
    places = {country.code: place for place, country in enumerate(by_sound(COUNTRIES))}
    return sorted(table.cells, key=lambda cell: places.get(cell.code, len(places)))


def _breakdowns() -> dict[str, str]:
    return {
        "region_set": _("By region"),
        "country": _("By country"),
        "record_class": _("By kind"),
        "district": _("By home district"),
    }


def _chart(tables: Sequence[UtilisationTable]) -> Chart | None:
    newest = tables[-1]
    shown = sorted(
        (cell for cell in newest.cells if cell.rentable_m2 is not None),
        key=lambda cell: -(cell.rentable_m2 or 0),
    )[:LINES_SHOWN]
    series = [
        Series(
            cell_label(TOTAL, TOTAL, lang()), _percents([t.total.utilisation for t in tables]), _soft(newest)
        )
    ]
    for cell in shown:
        values = [
            next((one.utilisation for one in table.cells if one.code == cell.code), None) for table in tables
        ]
        series.append(
            Series(
                cell_label(newest.by, cell.code, lang()), _percents(values), Flag.PROVISIONAL in cell.flags
            )
        )
    return line_chart(series)


def _percents(values: Sequence[Decimal | None]) -> tuple[float | None, ...]:
    return tuple(None if value is None else float(value) * 100 for value in values)


def _soft(table: UtilisationTable) -> bool:
    return Flag.PROVISIONAL in table.total.flags


def _change(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    return None if now is None or before is None else (now - before) * 100
