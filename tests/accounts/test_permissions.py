"""Who may do what: the one table, role by role."""

from __future__ import annotations

import pytest
from builders import EDITOR, OPERATOR, PUBLISHER, actor

from warehouse_hub.accounts.permissions import PERMISSIONS, Actor, Remit
from warehouse_hub.core.errors import Forbidden
from warehouse_hub.vocabulary.codes import ROLES

OWN = Remit("real", "OP-1")
FOREIGN = Remit("real", "OP-2")
NOBODYS = Remit("real", None)


def test_the_table_names_only_roles_that_exist():
    assert {role for roles in PERMISSIONS.values() for role in roles} <= set(ROLES.codes)


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_a_visitor_may_change_nothing(permission):
    assert not Actor.visitor().may(permission)
    with pytest.raises(Forbidden, match=r"permission\.denied"):
        Actor.visitor().must(permission, NOBODYS)


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_an_operator_reaches_nothing_but_its_own(permission):
    assert not OPERATOR.may(permission, FOREIGN)
    assert not OPERATOR.may(permission, NOBODYS)


def test_an_operator_without_an_enterprise_reaches_nothing_at_all():
    assert not actor("operator").may("edit_listing", NOBODYS)


def test_preparing_and_publishing_an_edition_are_two_roles():
    assert EDITOR.may("prepare_edition", Remit("real"))
    assert not EDITOR.may("publish_edition", Remit("real"))
    assert PUBLISHER.may("publish_edition", Remit("real"))
    assert not PUBLISHER.may("prepare_edition", Remit("real"))


def test_an_account_of_one_dataset_stays_in_it():
    demo = actor("editor", datasets=("demo",))
    assert demo.may("review_listing", Remit("demo"))
    assert not demo.may("review_listing", Remit("real"))


def test_an_auditor_changes_nothing():
    allowed = {permission for permission in PERMISSIONS if actor("auditor").may(permission)}
    assert allowed == {"read_unpublished_listing", "read_prepared_editions"}


def test_a_delegate_acts_for_the_named_warehouses_alone_and_not_for_the_enterprise():
    delegate = actor("operator", operator_id="OP-1", warehouse_ids=frozenset({"W-1"}))
    assert delegate.may("edit_listing", Remit("real", "OP-1", warehouse_id="W-1"))
    assert not delegate.may("edit_listing", Remit("real", "OP-1", warehouse_id="W-2"))
    assert not delegate.may("edit_listing", Remit("real", "OP-2", warehouse_id="W-1"))
    assert not delegate.may("edit_listing", OWN)


def test_a_delegate_whose_last_warehouse_was_taken_away_reaches_nothing():
    delegate = actor("operator", operator_id="OP-1", warehouse_ids=frozenset())
    assert not delegate.may("edit_listing", Remit("real", "OP-1", warehouse_id="W-1"))
    assert not delegate.may("edit_listing", OWN)
