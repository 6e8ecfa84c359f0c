"""Delivery to a real mail server, one that refuses, and one that is not there."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from threading import Barrier, Thread

from builders import NOON, MovedClock, noon
from sqlalchemy import select

from warehouse_hub.outbox.delivery import deliver_due
from warehouse_hub.outbox.models import GIVEN_UP, QUEUED, SENT, Letter
from warehouse_hub.outbox.rules import MOST_ATTEMPTS, pause_after
from warehouse_hub.outbox.transports import transport_to

SENDER = "hub@example.invalid"


def queue(database, count: int = 1) -> None:
    with database.unit_of_work(noon) as uow:
        for number in range(count):
            uow.session.add(
                Letter(
                    recipient=f"li{number}@example.invalid",
                    subject="仓库核实",
                    text="您好。\n",
                    language="zh",
                    state=QUEUED,
                    attempts=0,
                    queued_at=NOON,
                    next_at=NOON,
                )
            )


def letters(database) -> list[Letter]:
    with database.reading() as session:
        return list(session.scalars(select(Letter).order_by(Letter.id)))


def test_a_letter_reaches_the_mail_server_once(sqlite_database, mailbox):
    queue(sqlite_database)
    transport = transport_to(mailbox.address, mailbox.folder)
    assert deliver_due(sqlite_database, noon, transport, sender=SENDER) == 1
    assert deliver_due(sqlite_database, noon, transport, sender=SENDER) == 0
    (mail,) = mailbox.mails
    assert (mail["To"], mail["From"], mail["Subject"]) == ("li0@example.invalid", SENDER, "仓库核实")
    assert mail.get_content().strip() == "您好。"
    assert letters(sqlite_database)[0].state == SENT


def test_of_two_workers_at_once_one_sends_each_letter(database, mailbox):
    queue(database, 12)
    transport, together = transport_to(mailbox.address, mailbox.folder), Barrier(2)

    def work() -> None:
        together.wait()
        deliver_due(database, noon, transport, sender=SENDER)

    workers = [Thread(target=work) for _ in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert sorted(mail["To"] for mail in mailbox.mails) == sorted(f"li{n}@example.invalid" for n in range(12))


def test_a_letter_that_is_refused_waits_longer_each_time_and_is_given_up_in_the_end(sqlite_database, mailbox):
    queue(sqlite_database)
    mailbox.refusing = True
    transport = transport_to(mailbox.address, mailbox.folder)
    clock = MovedClock()
    for attempt in range(1, MOST_ATTEMPTS + 1):
        deliver_due(sqlite_database, clock, transport, sender=SENDER)
        (letter,) = letters(sqlite_database)
        assert letter.attempts == attempt
        assert "451" in letter.last_error
        clock.now = letter.next_at
    assert letter.state == GIVEN_UP
    assert pause_after(MOST_ATTEMPTS - 1) > pause_after(1) == timedelta(minutes=1)


def test_a_letter_waits_while_the_server_is_away_and_leaves_when_it_is_back(sqlite_database, mailbox):
    queue(sqlite_database)
    away = transport_to("smtp://127.0.0.1:9", mailbox.folder)
    assert deliver_due(sqlite_database, noon, away, sender=SENDER) == 0
    (letter,) = letters(sqlite_database)
    assert letter.state == QUEUED
    back = transport_to(mailbox.address, mailbox.folder)
    assert deliver_due(sqlite_database, lambda: letter.next_at, back, sender=SENDER) == 1
    assert letters(sqlite_database)[0].last_error is None


def test_one_unwritable_address_does_not_hold_up_the_others(sqlite_database, mailbox):
    queue(sqlite_database, 2)
    with sqlite_database.unit_of_work(noon) as uow:
        uow.get(Letter, 1).recipient = "li@example.invalid\nBcc: all@example.invalid"
    assert (
        deliver_due(sqlite_database, noon, transport_to(mailbox.address, mailbox.folder), sender=SENDER) == 1
    )
    assert [mail["To"] for mail in mailbox.mails] == ["li1@example.invalid"]


def test_without_a_mail_server_letters_lie_in_a_folder_for_the_keeper_alone(sqlite_database, tmp_path):
    queue(sqlite_database)
    folder = tmp_path / "letters"
    assert deliver_due(sqlite_database, noon, transport_to(None, folder), sender=SENDER) == 1
    (file,) = folder.iterdir()
    assert (file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
    assert message_from_bytes(file.read_bytes(), policy=default)["Subject"] == "仓库核实"
