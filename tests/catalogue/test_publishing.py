"""Publishing under trouble: two at once, killed half-way, folders lost and replaced."""

from __future__ import annotations

import textwrap
import threading

import pytest
from builders import PUBLISHER, hamburg_bonded, noon, publish
from catalogue.issuing import CHIEF, NUMBER, prepare, put_in_print, state_of, tomorrow, typeset
from killed_process import killed_when_it_says

from warehouse_hub.catalogue import keeping, service
from warehouse_hub.catalogue.models import Edition
from warehouse_hub.core.errors import Conflict
from warehouse_hub.press.manifest import verify


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
    import signal, sys
    from datetime import UTC, datetime
    from pathlib import Path
    from warehouse_hub.accounts.permissions import Actor
    from warehouse_hub.catalogue import keeping, service
    from warehouse_hub.core.database import Database

    url, folder, number, where = sys.argv[1:]

    def stop():
        print("there", flush=True)
        signal.pause()

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
    killed_when_it_says("there", STOPPED_PUBLISHER, listed.url, folder, NUMBER, where)
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
