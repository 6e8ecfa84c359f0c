"""Services of a row: listed in a cell, or a column each with yes and no. What nobody says stays unknown."""

from __future__ import annotations

from warehouse_hub.core.errors import InvalidInput, Problem
from warehouse_hub.directory.spreadsheet.cells import flag_of
from warehouse_hub.directory.spreadsheet.header_words import SERVICE_PREFIX
from warehouse_hub.directory.spreadsheet.row_reader import RowReader
from warehouse_hub.vocabulary.codes import SERVICES

# Every warehouse stores; saying so names no service of the list.
IMPLIED = frozenset({"仓储", "仓储服务", "存储", "仓库存储", "storage", "warehousing", "入库", "出库"})
LISTS = ("services", "services_logistics", "services_finance", "services_agency")


def read_services(row: RowReader) -> dict[str, bool]:
    """code -> True or False in the order of the vocabulary; a service that is both listed and denied is a problem."""
    said: dict[str, bool] = {}
    for field in LISTS:
        if isinstance(row.cell(field), dict):
            _read_mapping(row, field, said)
        else:
            _say(row, said, field, row.codes(field, SERVICES, IMPLIED), offered=True)
    _say(row, said, "services_absent", row.codes("services_absent", SERVICES), offered=False)
    for column, cell in row.starting(SERVICE_PREFIX):
        try:
            offered = flag_of(cell)
        except InvalidInput as refusal:
            row.problems.append(Problem(refusal.code, row.number, column.header, refusal.facts))
            continue
        if offered is not None:
            _say(row, said, column.field, (column.field.removeprefix(SERVICE_PREFIX),), offered=offered)
    return {code: said[code] for code in SERVICES.codes if code in said}


def _read_mapping(row: RowReader, field: str, said: dict[str, bool]) -> None:
    cell = row.cell(field)
    for word, answer in cell.items() if isinstance(cell, dict) else ():
        code = SERVICES.find(str(word))
        if code is None:
            row.problem("listing.unknown_code", field, value=str(word)[:60])
        elif isinstance(answer, bool):
            _say(row, said, field, (code,), offered=answer)
        elif answer is not None:
            row.problem("cell.not_yes_or_no", field, value=str(answer)[:40])


def _say(row: RowReader, said: dict[str, bool], field: str, codes: tuple[str, ...], *, offered: bool) -> None:
    for code in codes:
        if said.setdefault(code, offered) is not offered:
            row.problem("services.contradiction", field, service=code)
