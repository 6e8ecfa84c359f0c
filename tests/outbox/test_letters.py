"""Letters: written in the recipient's language, queued with their deed."""

from __future__ import annotations

import pytest
from builders import noon
from sqlalchemy import select

from warehouse_hub.outbox import letters
from warehouse_hub.outbox.models import Letter


@pytest.fixture
def templates(tmp_path, monkeypatch):
    """Letters of the test's own, in place of the product's."""
    letters._templates.cache_clear()
    monkeypatch.setattr(letters, "resource", lambda *_names: tmp_path)
    (tmp_path / "hello.zh.txt").write_text("您好 {{ name }}\n\n{{ name }}，欢迎。\n", encoding="utf-8")
    yield
    letters._templates.cache_clear()


def kept(database) -> list[Letter]:
    with database.reading() as session:
        return list(session.scalars(select(Letter).order_by(Letter.id)))


def hello(uow, **more) -> None:
    letters.send_letter(uow, to="li@example.invalid", letter="hello", lang="zh", **({"name": "李"} | more))


def test_a_letter_is_queued_with_what_it_tells_of_and_not_without_it(templates, sqlite_database):
    with sqlite_database.unit_of_work(noon) as uow:
        hello(uow)
    with pytest.raises(RuntimeError), sqlite_database.unit_of_work(noon) as uow:
        hello(uow)
        raise RuntimeError
    (letter,) = kept(sqlite_database)
    assert (letter.subject, letter.text) == ("您好 李", "李，欢迎。\n")


def test_the_same_letter_is_queued_once_ever(templates, sqlite_database):
    for _again in range(2):
        with sqlite_database.unit_of_work(noon) as uow:
            hello(uow, once="greeting:1")
            hello(uow, once="greeting:1")
            hello(uow, once="greeting:2")
    assert [letter.once for letter in kept(sqlite_database)] == ["greeting:1", "greeting:2"]


def test_a_name_with_a_line_break_adds_no_header_and_moves_no_text(templates, sqlite_database):
    with sqlite_database.unit_of_work(noon) as uow:
        hello(uow, name="李\nBcc: all@example.invalid")
    (letter,) = kept(sqlite_database)
    assert letter.subject == "您好 李"
    assert "\n" not in letter.subject
