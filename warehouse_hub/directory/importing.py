"""Load a table of warehouses into the directory: all of it, or nothing and a list of every fault.

A warehouse is known again by its id column. Without one its key is made from dataset, operator, name, country and
city ("R-" and eight characters), so that a file without ids can be repeated; a row whose name changes is then a new
warehouse, which is why an id column is better.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from warehouse_hub.accounts.permissions import Actor, Remit
from warehouse_hub.core.errors import InvalidInput, Problem
from warehouse_hub.core.unit_of_work import UnitOfWork
from warehouse_hub.directory.geocoding import SWAPPED, located
from warehouse_hub.directory.mass_publication import (
    Standing,
    Wording,
    publish_many,
    standings,
    worded_by_people,
)
from warehouse_hub.directory.operator_matching import Operators, short_hash
from warehouse_hub.directory.rules.facts import problems_of
from warehouse_hub.directory.spreadsheet.header_words import listing_headers
from warehouse_hub.directory.spreadsheet.listing_row import ListingRow, read_listing
from warehouse_hub.directory.spreadsheet.table import Table
from warehouse_hub.vocabulary.folding import fold

# What the facts call a field, and the fields of a table that can have filled it.
_COLUMNS_OF = {
    "name": ("name", "name_zh", "name_en"),
    "city": ("city", "city_zh", "city_en"),
    "latitude": ("latitude", "coordinates"),
    "longitude": ("longitude", "coordinates"),
    "name_zh": ("operator_zh", "operator"),
    "name_en": ("operator_en", "operator"),
    "uscc": ("operator_uscc",),
    "parent": ("operator_parent",),
}
_OUT_OF_REACH = {
    Standing.OUT_OF_PRINT: "listing.out_of_print",
    Standing.OTHER_DATASET: "warehouse.other_dataset",
}


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or with `dry_run` would do. With problems and not `skip_bad_rows`, nothing was loaded.

    `rows` are those that hold anything; `unchanged` counts also those that were left as people worded them.
    """

    rows: int
    created: int
    changed: int
    unchanged: int
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class _Planned:
    row: ListingRow
    wording: Wording


def import_listings(
    uow: UnitOfWork,
    table: Table,
    *,
    dataset: str,
    actor: Actor,
    dry_run: bool = False,
    skip_bad_rows: bool = False,
    keep_what_people_worded: bool = False,
) -> ImportReport:
    """Put the warehouses of a table in print at once; repeating the same table changes nothing.

    Any problem keeps everything out, unless `skip_bad_rows`, which loads the rows without one; a problem of the
    table itself (a missing or doubled column) always keeps everything out. Nothing is written before all rows were
    checked, so the caller may commit in either case. Raises Forbidden, or Conflict("listing.changed_meanwhile").
    """
    actor.must("import_listings", Remit(dataset))
    if faults := [*table.problems, *_missing_columns(table)]:
        return ImportReport(len(table.rows), 0, 0, 0, tuple(faults), table.notes)
    rows = [_checked(read_listing(number, record), table) for number, record in table.records()]
    operators = Operators(uow, dataset)
    planned, problems, warnings = _plan(table, rows, operators, dataset)
    problems += [problem for row in rows for problem in row.problems]
    warnings += [warning for row in rows for warning in row.warnings]

    kept: frozenset[str] = frozenset()
    if keep_what_people_worded:
        kept = worded_by_people(uow, [each.wording.warehouse_id for each in planned])
    settled = [each for each in planned if each.wording.warehouse_id not in kept]
    stands = standings(uow, [each.wording for each in settled], dataset=dataset)
    for each in settled:
        if code := _OUT_OF_REACH.get(stands[each.wording.warehouse_id]):
            problems.append(Problem(code, each.row.number, facts={"key": each.wording.warehouse_id}))
    wanted = [each.wording for each in settled if stands[each.wording.warehouse_id] not in _OUT_OF_REACH]
    problems.sort(key=lambda problem: problem.row or 0)
    warnings.sort(key=lambda warning: warning.row or 0)

    if problems and not skip_bad_rows:
        return ImportReport(len(rows), 0, 0, 0, tuple(problems), (*table.notes, *warnings))
    if not dry_run:
        operators.enter()
        publish_many(uow, wanted, dataset=dataset, actor=actor)
    counted = [stands[each.warehouse_id] for each in wanted]
    return ImportReport(
        rows=len(rows),
        created=counted.count(Standing.NEW),
        changed=counted.count(Standing.CHANGED),
        unchanged=counted.count(Standing.UNCHANGED) + len(kept),
        problems=tuple(problems),
        warnings=(*table.notes, *warnings),
    )


def _missing_columns(table: Table) -> Iterator[Problem]:
    for field, any_of in {"name": _COLUMNS_OF["name"], "country": ("country", "country_and_city")}.items():
        if not table.fields.intersection(any_of):
            facts = {"field": field, "words": listing_headers().words_of(field)}
            yield Problem("column.missing", table.header_number, facts=facts)


def _checked(row: ListingRow, table: Table) -> ListingRow:
    """The row with its place located and its facts held to the directory's own rules."""
    facts, doubts = located(row.facts)
    # What could not even be read was told already; a second complaint about its absence would only confuse.
    told = {problem.column for problem in row.problems}
    faults = [
        replace(problem, row=row.number, column=_header(table, problem.column))
        for problem in problems_of(facts)
    ]
    faults = [fault for fault in faults if fault.column not in told]
    doubts = tuple(replace(doubt, row=row.number, column=_header(table, doubt.column)) for doubt in doubts)
    faults += [doubt for doubt in doubts if doubt.code == SWAPPED]
    doubts = tuple(doubt for doubt in doubts if doubt.code != SWAPPED)
    return replace(row, facts=facts, problems=(*row.problems, *faults), warnings=(*row.warnings, *doubts))


def _plan(
    table: Table, rows: Sequence[ListingRow], operators: Operators, dataset: str
) -> tuple[list[_Planned], list[Problem], list[Problem]]:
    """The wordings of the rows without a fault, each warehouse once, and what matching the operators brought up."""
    planned: list[_Planned] = []
    problems: list[Problem] = []
    warnings: list[Problem] = []
    first_rows: dict[str, int] = {}
    for row in rows:
        key = row.warehouse_id or derived_key(row, dataset)
        if key in first_rows:
            problems.append(
                Problem("row.repeats_a_key", row.number, facts={"first": first_rows[key], "key": key})
            )
            continue
        first_rows[key] = row.number
        if row.problems:
            continue
        operator_id = None
        if row.operator.named:
            try:
                operator_id, differing = operators.match(row.operator)
            except InvalidInput as refusal:
                problems.append(Problem(refusal.code, row.number, _header(table, "name_zh"), refusal.facts))
                continue
            warnings += [
                replace(each, row=row.number, column=_header(table, each.column)) for each in differing
            ]
        planned.append(_Planned(row, Wording(key, row.facts, operator_id, row.site_group)))
    return planned, problems, warnings


def derived_key(row: ListingRow, dataset: str) -> str:
    """The id of a warehouse whose table gives none; case, width, accents and punctuation do not matter."""
    who = row.operator.uscc or row.operator.name_zh or row.operator.name_en or ""
    facts = row.facts
    parts = (who, facts.name_zh or facts.name_en or "", facts.country, facts.city or facts.city_zh or "")
    return f"R-{short_hash(dataset, *(fold(part) for part in parts))}"


def _header(table: Table, field: str | None) -> str | None:
    """The header under which the person wrote that field."""
    wanted = _COLUMNS_OF.get(field or "", (field,))
    return next((column.header for column in table.columns if column.field in wanted), field)
