"""Letters: written from a template in the recipient's language and queued in the transaction of what they tell of.

The one thing to get wrong: a letter that is sent before its deed is committed tells of something that may never have
happened; one that is sent after it without a queue is lost when the process dies in between.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import select

from warehouse_hub.core.resources import resource
from warehouse_hub.core.unit_of_work import UnitOfWork
from warehouse_hub.outbox.models import QUEUED, Letter

LONGEST_SUBJECT = 200


def send_letter(
    uow: UnitOfWork, *, to: str, letter: str, lang: str, once: str | None = None, **facts: object
) -> None:
    """Queue the letter `templates/mail/<letter>.<lang>.txt` for one address; it leaves after the commit.

    A second letter with the same `once` is not queued, whoever asks and however often.
    """
    if once is not None and uow.session.scalar(select(Letter.id).where(Letter.once == once)) is not None:
        return
    subject, text = written(letter, lang, **facts)
    now = uow.now()
    uow.session.add(
        Letter(
            once=once,
            recipient=to,
            subject=subject,
            text=text,
            language=lang,
            state=QUEUED,
            attempts=0,
            queued_at=now,
            next_at=now,
        )
    )
    uow.session.flush()


def written(letter: str, lang: str, **facts: object) -> tuple[str, str]:
    """Subject and text. The template's first line is the subject, which stays one line whatever the facts hold."""
    filled = _templates().get_template(f"{letter}.{lang}.txt").render(facts)
    subject, _, text = filled.partition("\n")
    return " ".join(subject.split())[:LONGEST_SUBJECT], text.strip() + "\n"


@cache
def _templates() -> Environment:
    # Plain text for a mail program: marks of HTML mean nothing there and must arrive as they were typed.
    return Environment(
        loader=FileSystemLoader(resource("templates", "mail")),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701
        trim_blocks=True,
        lstrip_blocks=True,
    )
