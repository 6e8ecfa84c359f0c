"""The listings that a process keeps in memory are those of the database, whatever happened meanwhile."""

from __future__ import annotations

from builders import EDITOR, hamburg_bonded, noon, perris_dropship, publish

from warehouse_hub.directory.in_print import InPrint
from warehouse_hub.directory.listings import resume, suspend
from warehouse_hub.directory.published import published_listings


def test_what_is_kept_follows_every_commit(database):
    kept = InPrint()

    def agrees(dataset: str = "real") -> int:
        with database.reading() as session:
            held = kept.of(session, dataset)
            assert held == published_listings(session, dataset)
            return len(held)

    assert agrees() == 0
    publish(database, "W-2", hamburg_bonded())
    publish(database, "W-1", perris_dropship())
    publish(database, "D-1", hamburg_bonded(), dataset="demo", operator_id="OP-D")
    assert (agrees(), agrees("demo")) == (2, 1)
    with database.unit_of_work(noon) as uow:
        suspend(uow, "W-1", actor=EDITOR, note="")
    assert agrees() == 1
    with database.unit_of_work(noon) as uow:
        resume(uow, "W-1", actor=EDITOR)
    assert agrees() == 2


def test_a_restored_older_database_is_read_anew(sqlite_database, tmp_path):
    """A feed that is shorter than what was seen is another history, and nothing held from the first may remain."""
    kept = InPrint()
    publish(sqlite_database, "W-1", hamburg_bonded())
    publish(sqlite_database, "W-2", perris_dropship())
    with sqlite_database.reading() as session:
        assert len(kept.of(session, "real")) == 2
    with sqlite_database.unit_of_work(noon) as uow:
        for table in ("listing", "capacity_statement", "revision", "warehouse", "change"):
            uow.session.connection().exec_driver_sql(f"DELETE FROM {table}")
    with sqlite_database.reading() as session:
        assert kept.of(session, "real") == []
