"""Prepare, publish and read editions.

The one thing a reader would get wrong: the folder comes first and the commit last. Killed before the commit, an
edition is still only prepared, whatever lies on disk, and publishing it again writes the folder anew; after the
commit the folder is complete. Readers ask the database what is published, never the disk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, undefer

from warehouse_hub.accounts.permissions import DATASETS, Actor, Remit
from warehouse_hub.accounts.service import record
from warehouse_hub.catalogue.edition_content import content_of
from warehouse_hub.catalogue.entries import entry_of
from warehouse_hub.catalogue.files import draft_pdf, files_of
from warehouse_hub.catalogue.imprint import SERIES
from warehouse_hub.catalogue.models import PREPARED, PUBLISHED, Edition, EditionFile
from warehouse_hub.catalogue.pinyin import sounds
from warehouse_hub.catalogue.rules.changes import EditionChanges, changes_between
from warehouse_hub.catalogue.rules.inclusion import in_order, qualifies
from warehouse_hub.core.errors import Conflict, Forbidden, InvalidInput, NotFound, RuleViolation
from warehouse_hub.core.unit_of_work import UnitOfWork
from warehouse_hub.directory.published import published_listings
from warehouse_hub.press.folder import place_folder
from warehouse_hub.press.freeze import canonical, digest, frozen, thaw
from warehouse_hub.press.number import IssueNumber

TOPIC = "edition"


def prepare(
    uow: UnitOfWork, month_or_quarter: str, *, dataset: str, actor: Actor, correction: bool = False
) -> Edition:
    """Freeze what the directory has in print now as the edition of that month ("2026-11") or quarter ("2026-Q4").

    An edition that was prepared and not published is replaced, and its preparer with it. With `correction` the
    next revision of a published edition is prepared instead. Raises RuleViolation("edition.already_published" |
    "edition.nothing_to_correct" | "edition.period_in_future"), InvalidInput("dataset.unknown" |
    "period.unreadable"), Conflict("edition.prepared_at_once") and Forbidden.
    """
    if dataset not in DATASETS:
        raise InvalidInput("dataset.unknown", dataset=dataset[:20])
    actor.must("prepare_edition", Remit(dataset))
    published = [IssueNumber.parse(each.number) for each in editions(uow.session, dataset)]
    number = _number_to_prepare(SERIES[dataset], month_or_quarter, published, correction=correction)
    if number.period.first_day > uow.today():
        raise RuleViolation("edition.period_in_future", period=str(number.period))
    content = _fresh_content(uow, number, dataset, published)
    text = canonical(content)
    issue = _locked(uow.session, str(number)) or Edition(number=str(number), state=PREPARED)
    if issue.state == PUBLISHED:
        raise RuleViolation("edition.already_published", number=issue.number)
    issue.series, issue.dataset, issue.period = number.series, dataset, str(number.period)
    issue.title_zh, issue.title_en = content["title"]["zh"], content["title"]["en"]
    issue.prepared_by, issue.prepared_at = actor.id, content["prepared_at"]
    issue.cut_off = content["cut_off"]
    issue.region_set_version = content["region_sets"]["version"]
    issue.counts = frozen(content["counts"])
    issue.content, issue.content_sha256 = text, digest(text)
    _save(uow.session, issue)
    uow.changed(TOPIC, issue.number, dataset)
    record(uow, actor, "edition.prepared", issue.number, dataset, content_sha256=issue.content_sha256)
    return issue


@dataclass(frozen=True)
class Typeset:
    """The files of a prepared edition, made before anything is locked; `published_at` is printed in them."""

    number: str
    content_sha256: str
    published_at: datetime
    files: Mapping[str, bytes]


def typeset(session: Session, number: str, *, actor: Actor, now: datetime) -> Typeset:
    """Make the files of a prepared edition; takes seconds, writes nothing and holds up nobody.

    Raises what `publish` raises, and RuleViolation("document.unprintable").
    """
    issue = edition(session, number, prepared=True)
    _must_be_publishable(issue, actor)
    # Whole seconds: every database gives the same instant back, and the files are made from it again.
    published_at = now.replace(microsecond=0)
    files = files_of(intact_text(issue), published_at=published_at)
    return Typeset(issue.number, issue.content_sha256, published_at, files)


def publish(uow: UnitOfWork, made: Typeset, *, actor: Actor, editions_dir: Path) -> Edition:
    """Put a prepared edition in print: its files in `editions_dir/<number>/`, then, with the commit, its state.

    Two persons: whoever prepared it is refused. Of two publishers at once one succeeds and the other is told
    that it is published. Raises NotFound("edition.not_found"), Forbidden("edition.same_person") and Conflict(
    "edition.already_published" | "edition.prepared_again" | "edition.content_altered").
    """
    issue = _locked(uow.session, made.number)
    if issue is None:
        raise NotFound("edition.not_found", number=made.number)
    _must_be_publishable(issue, actor)
    if issue.content_sha256 != made.content_sha256:
        raise Conflict("edition.prepared_again", number=issue.number)
    place_folder(editions_dir / issue.number, made.files)
    issue.state, issue.published_by, issue.published_at = PUBLISHED, actor.id, made.published_at
    issue.files = [
        EditionFile(name=name, size=len(content), sha256=digest(content))
        for name, content in made.files.items()
    ]
    uow.session.flush()
    uow.changed(TOPIC, issue.number, issue.dataset)
    record(uow, actor, "edition.published", issue.number, issue.dataset)
    return issue


def _must_be_publishable(issue: Edition, actor: Actor) -> None:
    actor.must("publish_edition", issue)
    if issue.state == PUBLISHED:
        raise Conflict("edition.already_published", number=issue.number)
    if actor.id is None or actor.id == issue.prepared_by:
        raise Forbidden("edition.same_person", number=issue.number)


def edition(session: Session, number: str, *, prepared: bool = False) -> Edition:
    """The published edition of that number; with `prepared` also one that is not yet published.

    Whoever passes `prepared` has asked for "read_prepared_editions". Raises NotFound("edition.not_found").
    """
    found = session.get(Edition, number)
    if found is None or (found.state != PUBLISHED and not prepared):
        raise NotFound("edition.not_found", number=number[:60])
    return found


def editions(session: Session, dataset: str, *, prepared: bool = False) -> list[Edition]:
    """The published editions of a dataset, the newest first; with `prepared` those that wait for a signature too."""
    query = select(Edition).where(Edition.dataset == dataset)
    if not prepared:
        query = query.where(Edition.state == PUBLISHED)
    return sorted(session.scalars(query), key=_newest_last, reverse=True)


def intact_text(found: Edition) -> str:
    """The frozen text as it was signed; raises Conflict("edition.content_altered") when it does not match its hash."""
    if digest(found.content) != found.content_sha256:
        raise Conflict("edition.content_altered", number=found.number)
    return found.content


def content_of_edition(found: Edition) -> dict[str, Any]:
    """The frozen content, checked against its hash; raises Conflict("edition.content_altered")."""
    return dict(thaw(intact_text(found)))


def draft(session: Session, number: str, *, actor: Actor) -> bytes:
    """The PDF as it will look, marked as a draft, for those who may read what is prepared."""
    found = edition(session, number, prepared=True)
    actor.must("read_prepared_editions", found)
    return draft_pdf(intact_text(found), prepared_at=found.prepared_at)


def difference(session: Session, before: str, after: str) -> EditionChanges:
    """What changed from one published edition to another of the same dataset.

    Raises NotFound("edition.not_found") and InvalidInput("edition.other_dataset").
    """
    first, second = edition(session, before), edition(session, after)
    if first.dataset != second.dataset:
        raise InvalidInput("edition.other_dataset", before=before, after=after)
    return changes_between(content_of_edition(first)["entries"], content_of_edition(second)["entries"])


def _number_to_prepare(
    series: str, period: str, published: Sequence[IssueNumber], *, correction: bool
) -> IssueNumber:
    first = IssueNumber.of(series, period)
    if not correction:
        return first
    issued = [each for each in published if each.period == first.period]
    if not issued:
        raise RuleViolation("edition.nothing_to_correct", number=str(first))
    return max(issued, key=lambda each: each.revision).corrected()


def _fresh_content(
    uow: UnitOfWork, number: IssueNumber, dataset: str, published: Sequence[IssueNumber]
) -> dict[str, Any]:
    cut_off = uow.today()
    listings = published_listings(uow.session, dataset)
    entries = [
        entry_of(listing, cut_off)
        for listing in listings
        if qualifies(country=listing.country, record_class=listing.record_class, stage=listing.stage)
    ]
    earlier = number.preceding(published)
    return content_of(
        number,
        dataset,
        in_order(entries, sounds),
        prepared_at=uow.now().replace(microsecond=0),
        cut_off=cut_off,
        earlier=content_of_edition(edition(uow.session, str(earlier))) if earlier else None,
    )


def _locked(session: Session, number: str) -> Edition | None:
    """The row, held until the end of the transaction, as it stands after whoever held it before."""
    query = select(Edition).where(Edition.number == number).options(undefer(Edition.content))
    return session.scalar(query.with_for_update().execution_options(populate_existing=True))


def _save(session: Session, prepared: Edition) -> None:
    try:
        with session.begin_nested():
            session.add(prepared)
            session.flush()
    except IntegrityError as taken:
        raise Conflict("edition.prepared_at_once", number=prepared.number) from taken


def _newest_last(found: Edition) -> tuple[Any, ...]:
    number = IssueNumber.parse(found.number)
    return number.period.last_day, number.period.count, number.revision
