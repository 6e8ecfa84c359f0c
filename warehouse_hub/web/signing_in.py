"""Signing in and out with e-mail and password.

The one thing to get wrong: after signing in one is led only to an address of this site, never to one that a link
brought along.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Flask, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, login_user, logout_user
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from warehouse_hub.accounts.models import Account
from warehouse_hub.accounts.permissions import Actor
from warehouse_hub.accounts.service import actor_of, authenticate
from warehouse_hub.core.errors import Forbidden
from warehouse_hub.web.context import actor, reading
from warehouse_hub.web.locale import gettext as _

blueprint = Blueprint("signing_in", __name__)


class SignedIn(UserMixin):  # type: ignore[misc]
    """An actor as Flask-Login keeps it: found again by account id at every request."""

    def __init__(self, who: Actor, fingerprint: str) -> None:
        self.actor = who
        self._fingerprint = fingerprint

    def get_id(self) -> str:
        return f"{self.actor.id}:{self._fingerprint}"


def load(key: str) -> SignedIn | None:
    """The signed-in person behind a session, or None when the account was closed or its password changed."""
    number, _separator, fingerprint = key.partition(":")
    if not number.isdecimal():
        return None
    with reading() as opened:
        account = opened.get(Account, int(number))
    if account is None or not account.active or _fingerprint(account) != fingerprint:
        return None
    return SignedIn(actor_of(account), fingerprint)


def _fingerprint(account: Account) -> str:
    # The end of an argon2 hash: other after every change of the password, and of no use to guess it.
    return account.password_hash[-12:]


class SignInForm(FlaskForm):  # type: ignore[misc]
    """E-mail and password."""

    email = StringField(validators=[InputRequired()])
    password = PasswordField(validators=[InputRequired()])


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """The sign-in page; a wrong pair is told alike for unknown addresses and wrong passwords."""
    if actor().id is not None:
        return redirect(_own_address(request.args.get("next")))
    form = SignInForm()
    form.email.label.text, form.password.label.text = _("E-mail"), _("Password")
    refused = ""
    if form.validate_on_submit():
        try:
            with reading() as opened:
                who = authenticate(opened, form.email.data or "", form.password.data or "")
                account = opened.get_one(Account, who.id)
        except Forbidden:
            refused = _("E-mail and password do not fit together.")
        else:
            return _signed_in(who, account)
    page = render_template("public/sign_in.html", form=form, refused=refused)
    return page, 403 if refused else 200


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session; nothing of it stays in the browser."""
    logout_user()
    session.clear()
    flash(_("You are signed out."), "ok")
    return redirect(url_for("home.search"))


def _signed_in(who: Actor, account: Account) -> ResponseReturnValue:
    session.clear()
    login_user(SignedIn(who, _fingerprint(account)))
    if len(who.datasets) == 1:
        session["dataset"] = next(iter(who.datasets))
    return redirect(_own_address(request.args.get("next"), who))


def _own_address(wanted: str | None, who: Actor | None = None) -> str:
    """`wanted` when it is a path of this site, else the desk of the actor's role, else the search."""
    if wanted:
        parts = urlsplit(wanted)
        plain = not parts.scheme and not parts.netloc and wanted.startswith("/") and "\\" not in wanted
        if plain and not wanted.startswith("//"):
            return request.script_root + wanted
    who = who or actor()
    if who.operator_id is not None and who.may("edit_listing"):
        return url_for("operator.warehouses")
    if who.may("review_listing"):
        return url_for("bureau_review.queue")
    if who.may("publish_edition"):
        return url_for("bureau_editions.desk")
    return url_for("home.search")


def install(app: Flask) -> None:
    """Let `app` know who is signed in."""
    manager = LoginManager(app)
    manager.user_loader(load)
    manager.session_protection = None
    app.register_blueprint(blueprint)
