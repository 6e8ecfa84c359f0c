"""Reports entered, corrected and refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from builders import EDITOR, OPERATOR, actor, hamburg_bonded, noon, publish
from sqlalchemy import select

from warehouse_hub.accounts.models import AuditEntry
from warehouse_hub.core.clock import Month
from warehouse_hub.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from warehouse_hub.monitoring.service import enter_report, report_in_force, reports_of

OCTOBER = Month(2026, 10)
VALUES = {"gross_m2": Decimal(8000), "rentable_m2": Decimal(6400), "occupied_m2": Decimal("3200.5")}


@pytest.fixture
def with_warehouse(database):
    publish(database, "W1", hamburg_bonded())
    return database


def enter(database, values=VALUES, who=OPERATOR, month=OCTOBER, key="W1", **more):
    with database.unit_of_work(noon) as uow:
        return enter_report(uow, key, month, values, who, **more).revision


def test_a_correction_supersedes_and_the_old_statement_stays(with_warehouse):
    assert enter(with_warehouse) == 1
    assert enter(with_warehouse, VALUES | {"occupied_m2": Decimal(3300)}) == 2
    with with_warehouse.reading() as session:
        history = reports_of(session, "W1", OPERATOR)
        assert [(each.revision, each.occupied_m2) for each in history] == [
            (2, Decimal(3300)),
            (1, Decimal("3200.5")),
        ]
        assert report_in_force(session, "W1", OCTOBER, OPERATOR).revision == 2
        assert report_in_force(session, "W1", OCTOBER.following(), OPERATOR) is None


def test_the_same_report_again_changes_nothing(with_warehouse):
    enter(with_warehouse)
    assert enter(with_warehouse, VALUES | {"occupied_m2": Decimal("3200.500")}) == 1


def test_what_is_left_out_of_a_correction_is_no_longer_stated(with_warehouse):
    enter(with_warehouse)
    enter(with_warehouse, {"rentable_m2": Decimal(6400)})
    with with_warehouse.reading() as session:
        assert report_in_force(session, "W1", OCTOBER, EDITOR).occupied_m2 is None


def test_a_jump_against_the_month_before_needs_a_reason(with_warehouse):
    enter(with_warehouse)
    jumped = VALUES | {"occupied_m2": Decimal(6400)}
    with pytest.raises(InvalidInput) as refused:
        enter(with_warehouse, jumped, month=OCTOBER.following())
    assert [problem.code for problem in refused.value.problems] == ["report.jump_needs_reason"]
    assert enter(with_warehouse, jumped, month=OCTOBER.following(), reason="旺季备货") == 1


def test_the_future_and_unknown_fields_are_refused(with_warehouse):
    with pytest.raises(InvalidInput) as refused:
        enter(with_warehouse, month=Month(2026, 12))
    assert refused.value.problems[0].code == "report.month_in_future"
    with pytest.raises(InvalidInput) as refused:
        enter(with_warehouse, {"colour": Decimal(1)})
    assert refused.value.problems[0].code == "report.unknown_field"
    with pytest.raises(InvalidInput):
        enter(with_warehouse, VALUES | {"rentable_m2": Decimal("1e40")})


def test_somebody_elses_change_in_between_refuses(with_warehouse):
    enter(with_warehouse)
    with pytest.raises(Conflict):
        enter(with_warehouse, VALUES | {"occupied_m2": Decimal(1)}, expected_revision=0)


@pytest.mark.parametrize(
    "who", [actor("operator", operator_id="OP-2"), actor("exporter"), actor("auditor"), actor("admin")]
)
def test_only_its_operator_and_the_editor_report_for_a_warehouse(with_warehouse, who):
    with pytest.raises(Forbidden):
        enter(with_warehouse, who=who)
    with with_warehouse.reading() as session, pytest.raises(Forbidden):
        reports_of(session, "W1", who)


def test_an_unknown_warehouse_is_not_found(with_warehouse):
    with pytest.raises(NotFound):
        enter(with_warehouse, key="W9")
    with with_warehouse.reading() as session, pytest.raises(NotFound):
        reports_of(session, "W9", EDITOR)


def test_the_audit_trail_says_who_reported_and_never_what(with_warehouse):
    enter(with_warehouse)
    with with_warehouse.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "report.enter")).one()
    assert (entry.email, entry.subject) == (OPERATOR.email, "W1")
    assert entry.facts == {"month": "2026-10", "revision": 1}
