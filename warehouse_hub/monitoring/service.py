"""The use cases of monitoring under one name: reports come in, published statistics go out."""

from __future__ import annotations

from warehouse_hub.monitoring.importing import import_reports
from warehouse_hub.monitoring.report_row import report_headers
from warehouse_hub.monitoring.reports import enter_report, report_in_force, reports_of
from warehouse_hub.monitoring.statistics import months_with_reports, utilisation, utilisation_series
from warehouse_hub.monitoring.tables import Cell, UtilisationTable, cell_label, table_to_json

__all__ = [
    "Cell",
    "UtilisationTable",
    "cell_label",
    "enter_report",
    "import_reports",
    "months_with_reports",
    "report_headers",
    "report_in_force",
    "reports_of",
    "table_to_json",
    "utilisation",
    "utilisation_series",
]
