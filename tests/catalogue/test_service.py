"""Preparing and publishing: two persons, one winner, and a folder that is whole or not there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
from datetime import timedelta

import pytest
from builders import EDITOR, NOON, PUBLISHER, actor, hamburg_bonded, noon, perris_dropship, publish

from warehouse_hub.accounts.models import AuditEntry
from warehouse_hub.catalogue import keeping, service
from warehouse_hub.catalogue.models import Edition
from warehouse_hub.core.errors import Conflict, Forbidden, InvalidInput, NotFound, RuleViolation
from warehouse_hub.core.feed import changes_since
from warehouse_hub.press.manifest import verify

NUMBER = "ZZHWC-2026-11"
CHIEF = actor("publisher", number=2)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "editions"


@pytest.fixture
def listed(database):
    """Two warehouses in print."""
    publish(database, "W-HAM", hamburg_bonded())
    publish(database, "W-PER", perris_dropship())
    return database


def prepare(database, period="2026-11", *, by=EDITOR, dataset="real", clock=noon, **more):
    with database.unit_of_work(clock) as uow:
        return service.prepare(uow, period, dataset=dataset, actor=by, **more)


def put_in_print(database, folder, number=NUMBER, *, by=PUBLISHER, clock=noon):
    made = typeset(database, number, by=by, clock=clock)
    with database.unit_of_work(clock) as uow:
        return service.publish(uow, made, actor=by, editions_dir=folder)


def typeset(database, number=NUMBER, *, by=PUBLISHER, clock=noon):
    with database.reading() as session:
        return service.typeset(session, number, actor=by, now=clock())


def state_of(database, number=NUMBER):
    with database.reading() as session:
        return session.get(Edition, number).state


def tomorrow():
    return NOON + timedelta(days=1)


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


def test_of_two_publishers_at_once_exactly_one_wins(listed, folder):
    prepare(listed)
    outcomes = []
    together = threading.Barrier(2)

    def run(by):
        together.wait()
        try:
            outcomes.append(put_in_print(listed, folder, by=by).published_by)
        except Conflict as refused:
            outcomes.append(refused.code)

    threads = [threading.Thread(target=run, args=(by,)) for by in (PUBLISHER, CHIEF)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("edition.already_published") == 1
    assert len(outcomes) == 2
    winner = next(outcome for outcome in outcomes if outcome != "edition.already_published")
    with listed.reading() as session:
        assert service.edition(session, NUMBER).published_by == winner
        assert keeping.check_files(session, NUMBER, editions_dir=folder) == []


def test_what_was_prepared_again_after_the_files_were_made_is_not_published_in_its_old_wording(
    listed, folder
):
    prepare(listed)
    made = typeset(listed)
    publish(listed, "W-NEW", hamburg_bonded(name_zh="后来的仓"))
    prepare(listed)
    with pytest.raises(Conflict, match=r"edition\.prepared_again"), listed.unit_of_work(noon) as uow:
        service.publish(uow, made, actor=PUBLISHER, editions_dir=folder)
    assert state_of(listed) == "prepared"


def test_others_can_write_while_the_files_are_being_made(listed, folder):
    prepare(listed)
    with listed.reading() as session:
        service.typeset(session, NUMBER, actor=PUBLISHER, now=noon())
        publish(listed, "W-NEW", hamburg_bonded())
    assert put_in_print(listed, folder).number == NUMBER


def test_a_failed_commit_leaves_it_prepared_and_publishing_again_writes_the_folder_anew(listed, folder):
    prepare(listed)
    made = typeset(listed)
    with pytest.raises(RuntimeError), listed.unit_of_work(noon) as uow:
        service.publish(uow, made, actor=PUBLISHER, editions_dir=folder)
        raise RuntimeError
    assert state_of(listed) == "prepared"
    (folder / NUMBER / "catalogue.csv").write_bytes(b"damaged meanwhile")
    put_in_print(listed, folder, by=CHIEF, clock=tomorrow)
    with listed.reading() as session:
        assert service.edition(session, NUMBER).published_at == tomorrow()
        assert keeping.check_files(session, NUMBER, editions_dir=folder) == []


# Publishes, but stops for good at the named point, telling the parent that it got there.
STOPPED_PUBLISHER = textwrap.dedent("""
    import sys, time
    from datetime import UTC, datetime
    from pathlib import Path
    from warehouse_hub.accounts.permissions import Actor
    from warehouse_hub.catalogue import keeping, service
    from warehouse_hub.core.database import Database

    url, folder, number, where = sys.argv[1:]

    def stop():
        print("there", flush=True)
        time.sleep(600)

    if where == "files":
        service.place_folder = lambda *_: stop()
    actor = Actor(7777, "p@example.invalid", "p", frozenset({"publisher"}), None, frozenset({"real"}))
    database, noon = Database(url), datetime(2026, 11, 23, 4, tzinfo=UTC)
    with database.reading() as session:
        made = service.typeset(session, number, actor=actor, now=noon)
    with database.unit_of_work(lambda: noon) as uow:
        service.publish(uow, made, actor=actor, editions_dir=Path(folder))
        stop()
""")


@pytest.mark.parametrize(("where", "on_disk"), [("files", False), ("commit", True)])
def test_a_publisher_killed_before_the_commit_leaves_the_edition_unpublished(listed, folder, where, on_disk):
    prepare(listed)
    root = os.path.dirname(os.path.dirname(sys.modules["warehouse_hub"].__file__))  # noqa: PTH120
    running = subprocess.Popen(
        [sys.executable, "-c", STOPPED_PUBLISHER, listed.url, str(folder), NUMBER, where],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": root},
    )
    try:
        assert running.stdout.readline() == b"there\n"
    finally:
        running.send_signal(signal.SIGKILL)
        running.communicate()
    assert (folder / NUMBER).exists() is on_disk
    assert state_of(listed) == "prepared"
    put_in_print(listed, folder)
    assert state_of(listed) == "published"
    with listed.reading() as session:
        assert keeping.check_files(session, NUMBER, editions_dir=folder) == []


def test_a_lost_folder_is_made_again_byte_for_byte(listed, folder):
    prepare(listed)
    put_in_print(listed, folder)
    before = {path.name: path.read_bytes() for path in (folder / NUMBER).iterdir()}
    for path in (folder / NUMBER).iterdir():
        path.unlink()
    (folder / NUMBER).rmdir()
    publish(listed, "W-LATER", hamburg_bonded())
    with listed.reading() as session:
        assert keeping.restore_files(session, NUMBER, editions_dir=folder) is True
        assert keeping.restore_files(session, NUMBER, editions_dir=folder) is False
    assert {path.name: path.read_bytes() for path in (folder / NUMBER).iterdir()} == before


def test_a_folder_replaced_as_a_whole_is_known_and_repaired(listed, folder):
    prepare(listed, "2026-10")
    prepare(listed)
    put_in_print(listed, folder, "ZZHWC-2026-10")
    put_in_print(listed, folder)
    for path in (folder / "ZZHWC-2026-10").iterdir():
        (folder / NUMBER / path.name).write_bytes(path.read_bytes())
    assert verify(folder / NUMBER) == []
    with listed.reading() as session:
        assert {each.code for each in keeping.check_files(session, NUMBER, editions_dir=folder)} == {
            "file.hash"
        }
        assert keeping.restore_files(session, NUMBER, editions_dir=folder) is True
        assert keeping.check_files(session, NUMBER, editions_dir=folder) == []


def test_files_that_do_not_match_the_record_are_not_put_in_place(listed, folder, monkeypatch):
    prepare(listed)
    put_in_print(listed, folder)
    (folder / NUMBER / "catalogue.pdf").unlink()
    made = keeping.files_of

    def other_library(*arguments, **more):
        return {**made(*arguments, **more), "catalogue.pdf": b"%PDF of another version"}

    monkeypatch.setattr(keeping, "files_of", other_library)
    with listed.reading() as session, pytest.raises(Conflict) as refused:
        keeping.restore_files(session, NUMBER, editions_dir=folder)
    assert (refused.value.code, refused.value.facts["files"]) == (
        "edition.not_reproducible",
        ["catalogue.pdf"],
    )
    assert not (folder / NUMBER / "catalogue.pdf").exists()


def test_altered_wording_is_never_published(listed, folder):
    prepare(listed)
    with listed.unit_of_work(noon) as uow:
        found = uow.get(Edition, NUMBER)
        found.content = found.content.replace("示例汉港仓", "别的仓库")
    with pytest.raises(Conflict) as refused:
        put_in_print(listed, folder)
    assert refused.value.code == "edition.content_altered"
    assert not folder.exists()
