"""Preparing editions, and what a published one is."""

from __future__ import annotations

import pytest
from builders import PUBLISHER, actor, hamburg_bonded, publish
from catalogue.issuing import CHIEF, NUMBER, prepare, put_in_print, state_of

from warehouse_hub.accounts.models import AuditEntry
from warehouse_hub.catalogue import service
from warehouse_hub.core.errors import Forbidden, InvalidInput, NotFound, RuleViolation
from warehouse_hub.core.feed import changes_since
from warehouse_hub.press.manifest import verify


def test_an_edition_freezes_what_is_in_print_and_nothing_later(listed, folder):
    prepare(listed)
    publish(listed, "W-NEW", hamburg_bonded(name_zh="后来的仓"))
    put_in_print(listed, folder)
    with listed.reading() as session:
        content = service.content_of_edition(service.edition(session, NUMBER))
    assert [entry["id"] for entry in content["entries"]] == ["W-HAM", "W-PER"]
    assert content["counts"]["entries"] == 2
    assert (folder / NUMBER / "catalogue.pdf").read_bytes().startswith(b"%PDF")
    assert verify(folder / NUMBER) == []


def test_only_warehouses_of_the_dataset_that_qualify_are_taken_in(listed, folder):
    publish(listed, "W-LEAD", hamburg_bonded(record_class="lead"))
    publish(listed, "W-SHUT", hamburg_bonded(stage="closed"))
    publish(listed, "DEMO-1", hamburg_bonded(), dataset="demo", operator_id="OP-DEMO")
    assert prepare(listed).counts["entries"] == 2
    demonstration = prepare(listed, dataset="demo")
    assert (demonstration.number, demonstration.counts["entries"]) == ("DEMO-2026-11", 1)


def test_whoever_prepared_it_may_not_publish_it(listed, folder):
    both = actor("editor", number=9)
    both = type(both)(both.id, both.email, both.name, frozenset({"editor", "publisher"}), None, both.datasets)
    prepare(listed, by=both)
    with pytest.raises(Forbidden) as refused:
        put_in_print(listed, folder, by=both)
    assert refused.value.code == "edition.same_person"
    assert state_of(listed) == "prepared"
    assert not folder.exists()
    put_in_print(listed, folder, by=PUBLISHER)
    assert state_of(listed) == "published"


def test_roles_and_datasets_bound_who_may(listed, folder):
    with pytest.raises(Forbidden, match=r"permission\.denied"):
        prepare(listed, by=PUBLISHER)
    with pytest.raises(Forbidden, match=r"permission\.denied"):
        prepare(listed, by=actor("editor", datasets=("demo",)))
    prepare(listed)
    with pytest.raises(Forbidden, match=r"permission\.denied"):
        put_in_print(listed, folder, by=actor("editor", number=5))


def test_a_published_edition_is_not_prepared_again_but_corrected(listed, folder):
    prepare(listed)
    put_in_print(listed, folder)
    with pytest.raises(RuleViolation) as refused:
        prepare(listed)
    assert refused.value.code == "edition.already_published"
    correction = prepare(listed, correction=True)
    assert correction.number == f"{NUMBER}-R1"
    put_in_print(listed, folder, f"{NUMBER}-R1")
    with listed.reading() as session:
        assert [each.number for each in service.editions(session, "real")] == [f"{NUMBER}-R1", NUMBER]
        content = service.content_of_edition(service.edition(session, f"{NUMBER}-R1"))
    assert content["compared_with"]["number"] == NUMBER


def test_a_correction_needs_something_published(listed):
    prepare(listed)
    with pytest.raises(RuleViolation) as refused:
        prepare(listed, correction=True)
    assert refused.value.code == "edition.nothing_to_correct"


def test_preparing_again_replaces_what_was_not_published(listed, folder):
    prepare(listed)
    publish(listed, "W-NEW", hamburg_bonded(name_zh="新仓"))
    again = prepare(listed, by=actor("editor", number=3))
    assert again.counts["entries"] == 3
    assert again.prepared_by == actor("editor", number=3).id


def test_an_edition_that_is_only_prepared_is_not_shown(listed):
    prepare(listed)
    with listed.reading() as session:
        assert service.editions(session, "real") == []
        with pytest.raises(NotFound):
            service.edition(session, NUMBER)
        assert service.edition(session, NUMBER, prepared=True).number == NUMBER
        assert [each.number for each in service.editions(session, "real", prepared=True)] == [NUMBER]
        assert service.draft(session, NUMBER, actor=CHIEF).startswith(b"%PDF")
        with pytest.raises(Forbidden):
            service.draft(session, NUMBER, actor=actor("exporter"))


@pytest.mark.parametrize(
    ("period", "dataset", "code"),
    [("2026-13", "real", "period.unreadable"), ("2026-11", "both", "dataset.unknown")],
)
def test_what_cannot_be_read_is_refused(listed, period, dataset, code):
    with pytest.raises(InvalidInput) as refused:
        prepare(listed, period, dataset=dataset)
    assert refused.value.code == code


@pytest.mark.parametrize("period", ["2026-12", "2027-Q1", "9999-12"])
def test_a_period_that_has_not_begun_has_no_edition(listed, period):
    with pytest.raises(RuleViolation, match=r"edition\.period_in_future"):
        prepare(listed, period)


def test_an_unknown_number_is_not_found(listed, folder):
    with pytest.raises(NotFound):
        put_in_print(listed, folder, "ZZHWC-1999-01")


def test_changes_are_told_to_followers_and_to_the_audit_trail(listed, folder):
    prepare(listed)
    put_in_print(listed, folder)
    with listed.reading() as session:
        told = [change for change in changes_since(session, 0, 1000) if change.topic == "edition"]
        deeds = [entry.action for entry in session.query(AuditEntry) if entry.action.startswith("edition.")]
    assert [change.key for change in told] == [NUMBER, NUMBER]
    assert deeds == ["edition.prepared", "edition.published"]


def test_the_next_edition_tells_what_changed(listed, folder):
    prepare(listed, "2026-10")
    put_in_print(listed, folder, "ZZHWC-2026-10")
    publish(listed, "W-NEW", hamburg_bonded(name_zh="新仓"))
    prepare(listed, "2026-11")
    put_in_print(listed, folder, NUMBER)
    with listed.reading() as session:
        found = service.difference(session, "ZZHWC-2026-10", NUMBER)
    assert (found.added, found.removed, dict(found.changed)) == (("W-NEW",), (), {})
