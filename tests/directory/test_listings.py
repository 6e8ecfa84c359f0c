"""A listing from its first draft into print and out of it again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import EDITOR, OPERATOR, actor, hamburg_bonded, noon, publish, square_metres

from warehouse_hub.accounts.models import AuditEntry
from warehouse_hub.core.errors import Conflict, Forbidden, InvalidInput, RuleViolation
from warehouse_hub.core.feed import changes_since, head
from warehouse_hub.directory.listings import (
    approve,
    edit,
    register,
    resume,
    return_to_operator,
    submit,
    suspend,
    withdraw,
)
from warehouse_hub.directory.mass_publication import Wording, publish_many
from warehouse_hub.directory.models import Listing
from warehouse_hub.directory.published import published_listings
from warehouse_hub.directory.revisions import facts_of


@pytest.fixture
def hamburg(database) -> str:
    publish(database, "W-1", hamburg_bonded(), operator_id="OP-1")
    return "W-1"


def in_print(database, warehouse_id):
    with database.reading() as session:
        return next(iter(published_listings(session, ids=[warehouse_id])), None)


def test_what_is_written_is_read_back_exactly(database, hamburg):
    listing = in_print(database, hamburg)
    assert listing.available_m2 == 3200
    assert listing.services == {"bonded": True, "dropship": True, "hazmat": False}
    assert listing.capacity == hamburg_bonded().capacity
    assert listing.operator("en") == "Demo Operator OP-1"


def test_the_published_wording_stays_while_a_revision_is_under_review(database, hamburg):
    with database.unit_of_work(noon) as uow:
        edit(uow, hamburg, hamburg_bonded(name_zh="新名字"), actor=OPERATOR)
        submit(uow, hamburg, actor=OPERATOR)
    assert in_print(database, hamburg).name_zh == "示例汉港仓"
    with database.unit_of_work(noon) as uow:
        approve(uow, hamburg, actor=EDITOR)
    assert in_print(database, hamburg).name_zh == "新名字"
    assert in_print(database, hamburg).revision == 2


def test_an_edit_moves_no_follower_and_an_approval_moves_them_once(database, hamburg):
    with database.reading() as session:
        before = head(session)
    with database.unit_of_work(noon) as uow:
        edit(uow, hamburg, hamburg_bonded(name_zh="新名字"), actor=OPERATOR)
        submit(uow, hamburg, actor=OPERATOR)
    with database.unit_of_work(noon) as uow:
        approve(uow, hamburg, actor=EDITOR)
    with database.reading() as session:
        assert [(change.topic, change.key) for change in changes_since(session, before)] == [
            ("listing", hamburg)
        ]


def test_a_new_listing_is_in_print_only_after_its_approval(database):
    with database.unit_of_work(noon) as uow:
        register(uow, "W-2", hamburg_bonded(), dataset="real", operator_id=None, actor=EDITOR)
    assert in_print(database, "W-2") is None
    with database.unit_of_work(noon) as uow:
        submit(uow, "W-2", actor=EDITOR)
    assert in_print(database, "W-2") is None
    with database.unit_of_work(noon) as uow:
        approve(uow, "W-2", actor=actor("editor", number=2))
    assert in_print(database, "W-2").operator("zh") is None


def test_nobody_approves_a_wording_of_his_own(database):
    with database.unit_of_work(noon) as uow:
        register(uow, "W-2", hamburg_bonded(), dataset="real", operator_id=None, actor=EDITOR)
        submit(uow, "W-2", actor=EDITOR)
    with pytest.raises(RuleViolation, match=r"revision\.own_wording"), database.unit_of_work(noon) as uow:
        approve(uow, "W-2", actor=EDITOR)


def test_a_returned_wording_keeps_its_reason_and_can_be_submitted_again(database, hamburg):
    with database.unit_of_work(noon) as uow:
        edit(uow, hamburg, hamburg_bonded(name_zh="新名字"), actor=OPERATOR)
        submit(uow, hamburg, actor=OPERATOR)
    with database.unit_of_work(noon) as uow:
        return_to_operator(uow, hamburg, actor=EDITOR, note="请附租约")
    with database.unit_of_work(noon) as uow:
        revision = uow.get(Listing, hamburg).pending_revision
        assert (revision.state, revision.note) == ("returned", "请附租约")
        submit(uow, hamburg, actor=OPERATOR)
    with pytest.raises(InvalidInput, match=r"review\.reason_missing"), database.unit_of_work(noon) as uow:
        return_to_operator(uow, hamburg, actor=EDITOR, note="  ")


def test_an_operator_edits_only_its_own(database, hamburg):
    stranger = actor("operator", operator_id="OP-2")
    with pytest.raises(Forbidden), database.unit_of_work(noon) as uow:
        edit(uow, hamburg, hamburg_bonded(), actor=stranger)
    with pytest.raises(Forbidden), database.unit_of_work(noon) as uow:
        submit(uow, hamburg, actor=stranger)


def test_a_demonstration_operator_never_reaches_a_real_listing(database, hamburg):
    demo_only = actor("operator", operator_id="OP-1", datasets=("demo",))
    with pytest.raises(Forbidden), database.unit_of_work(noon) as uow:
        edit(uow, hamburg, hamburg_bonded(), actor=demo_only)


def test_the_second_of_two_people_who_edit_at_once_is_told(database, hamburg):
    with database.reading() as session:
        seen = session.get(Listing, hamburg).version
    with database.unit_of_work(noon) as uow:
        edit(uow, hamburg, hamburg_bonded(name_zh="甲"), actor=OPERATOR, expected_version=seen)
    with pytest.raises(Conflict, match=r"listing\.changed_meanwhile"), database.unit_of_work(noon) as uow:
        edit(uow, hamburg, hamburg_bonded(name_zh="乙"), actor=EDITOR, expected_version=seen)
    with database.reading() as session:
        assert facts_of(session.get(Listing, hamburg).pending_revision).name_zh == "甲"


def test_suspended_and_withdrawn_listings_are_out_of_print(database, hamburg):
    with database.unit_of_work(noon) as uow:
        suspend(uow, hamburg, actor=EDITOR, note="核实中")
    assert in_print(database, hamburg) is None
    with database.unit_of_work(noon) as uow:
        resume(uow, hamburg, actor=EDITOR)
    assert in_print(database, hamburg) is not None
    with database.unit_of_work(noon) as uow:
        withdraw(uow, hamburg, actor=OPERATOR)
    assert in_print(database, hamburg) is None
    with pytest.raises(RuleViolation, match=r"listing\.withdrawn"), database.unit_of_work(noon) as uow:
        edit(uow, hamburg, hamburg_bonded(), actor=OPERATOR)


def test_publishing_the_same_facts_again_changes_nothing(database, hamburg):
    with database.reading() as session:
        before = head(session)
    with database.unit_of_work(noon) as uow:
        publish_many(uow, [Wording(hamburg, hamburg_bonded(), "OP-1")], dataset="real", actor=EDITOR)
    with database.reading() as session:
        assert head(session) == before


def test_a_part_larger_than_its_whole_is_refused_with_every_problem(database):
    wrong = hamburg_bonded(
        country="CN",
        services={"teleport": True},
        capacity=(
            square_metres(100, "gross"),
            square_metres(200, "rentable"),
            square_metres(300, "available"),
        ),
    )
    with pytest.raises(InvalidInput) as refused, database.unit_of_work(noon) as uow:
        register(uow, "W-9", wrong, dataset="real", operator_id=None, actor=EDITOR)
    codes = {problem.code for problem in refused.value.problems}
    assert codes == {"listing.not_overseas", "listing.unknown_code", "capacity.part_exceeds_whole"}


def test_every_step_leaves_a_line_in_the_audit_trail(database, hamburg):
    with database.unit_of_work(noon) as uow:
        edit(uow, hamburg, hamburg_bonded(name_zh="新"), actor=OPERATOR)
        submit(uow, hamburg, actor=OPERATOR)
    with database.reading() as session:
        trail = [(line.action, line.email) for line in session.query(AuditEntry).order_by(AuditEntry.id)]
    assert trail[-2:] == [("listing.edit", OPERATOR.email), ("listing.submit", OPERATOR.email)]


def test_a_statement_in_another_unit_is_no_area(database):
    cubic = replace(square_metres(120000, "gross"), unit="m3")
    publish(database, "W-3", hamburg_bonded(capacity=(cubic,)))
    assert in_print(database, "W-3").total_m2 is None
