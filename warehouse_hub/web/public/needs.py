"""The matching page: a need in the asker's own words, what was understood of it, and who fits, with reasons.

The one thing to get wrong: a message can hold several needs, and none is also an answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.matching.need import Need
from warehouse_hub.matching.reading import read_needs
from warehouse_hub.matching.service import MatchResult, match
from warehouse_hub.matching.wording import component_label, worded, worded_ambiguity
from warehouse_hub.web.cards import Card, card
from warehouse_hub.web.context import hub, reading, today
from warehouse_hub.web.locale import dataset, lang
from warehouse_hub.web.need_chips import need_chips
from warehouse_hub.web.public.home import EXAMPLES

blueprint = Blueprint("needs", __name__)

SHOWN = 10
# A Chinese character takes nine bytes in an address, and web servers refuse long ones.
LONGEST_IN_AN_ADDRESS = 300
NEARLY_SHOWN = 6


@dataclass(frozen=True)
class Matched:
    """One fitting listing: its card, its score with what it is made of (in percent), and what to ask first."""

    card: Card
    score: str
    components: tuple[tuple[str, int], ...]
    reasons: tuple[str, ...]
    to_confirm: tuple[str, ...]


@dataclass(frozen=True)
class Answered:
    """One need with its matches and with those that fail by a single condition."""

    chips: list[tuple[str, str]]
    total: int
    matches: tuple[Matched, ...]
    near_misses: tuple[tuple[PublishedListing, str], ...]


@blueprint.post("/needs")
def state_need() -> ResponseReturnValue:
    """Answer what the form sends: a short text by an address that can be shared, a long one at once."""
    text = request.form.get("text", "").strip()
    if len(text) <= LONGEST_IN_AN_ADDRESS:
        return redirect(url_for("needs.match", text=text))
    return _answer(text)


@blueprint.get("/needs", endpoint="match")
def match_need() -> ResponseReturnValue:
    """The form, and below it the answer to `text`; the address can be shared."""
    return _answer(request.args.get("text", "").strip())


def _answer(text: str) -> ResponseReturnValue:
    """The page for a text. Raises InvalidInput("need.too_long")."""
    if not text:
        return render_template(
            "public/needs.html",
            text="",
            read=None,
            answers=[],
            assumed=[],
            examples=EXAMPLES[dataset(), lang()],
        )
    read = read_needs(text, today=today())
    with reading() as session:
        listings = hub().in_print.of(session, dataset())
    answers = [
        _answered(need, match(listings, need, dataset=dataset(), today=today(), limit=SHOWN), listings)
        for need in read.needs
    ]
    return render_template(
        "public/needs.html",
        text=text,
        read=read,
        answers=answers,
        assumed=[worded_ambiguity(one, lang()) for one in read.ambiguities],
        examples=EXAMPLES[dataset(), lang()],
    )


def _answered(need: Need, result: MatchResult, listings: list[PublishedListing]) -> Answered:
    by_id = {listing.id: listing for listing in listings}
    asked = (*need.services, *need.services_preferred)
    matches = tuple(
        Matched(
            card=card(place, by_id[one.id], asked=asked, distance_km=one.distance_km, today=today()),
            score=f"{one.score:.2f}",
            components=tuple(
                (component_label(name, lang()), round(value * 100)) for name, value in one.components.items()
            ),
            reasons=tuple(worded(fact, lang(), need) for fact in one.reasons),
            to_confirm=tuple(worded(fact, lang(), need) for fact in one.to_confirm),
        )
        for place, one in enumerate(result.items, start=1)
    )
    nearly = tuple(
        (by_id[miss.id], worded(miss.excluded_by, lang(), need)) for miss in result.near_misses[:NEARLY_SHOWN]
    )
    return Answered(need_chips(need), result.total, matches, nearly)
