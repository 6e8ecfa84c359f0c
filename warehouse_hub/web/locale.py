"""Which language and which dataset a request speaks.

The one thing to get wrong: the address wins over what is remembered, because an address is what people share. So
every link written on a page of the demonstration dataset carries `dataset=demo`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, g, request, session
from flask_babel import Babel

from warehouse_hub import __version__
from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.vocabulary.text import ntranslate, translate
from warehouse_hub.web.context import actor, hub

LANGUAGES = ("zh", "en")
DATASETS = ("real", "demo")
LANGUAGE_COOKIE = "lang"
_YEAR_S = 365 * 24 * 3600
_BABEL_LOCALES = {"zh": "zh_Hans_CN", "en": "en"}


def lang() -> str:
    """The language, "zh" or "en": the address's, else the remembered one, else Chinese."""
    # A page asks a thousand times, and every use of `g` is a search for the request.
    chosen: str | None = g.get("lang")
    if chosen is None:
        asked = request.args.get("lang")
        kept = request.cookies.get(LANGUAGE_COOKIE)
        chosen = g.lang = next((code for code in (asked, kept) if code in LANGUAGES), "zh")
    return chosen


def lang_tag(code: str | None = None) -> str:
    """The language as HTML writes it."""
    return "zh-CN" if (code or lang()) == "zh" else "en"


def dataset() -> str:
    """The dataset, "real" or "demo": the address's, else the session's (pages only), else the actor's, else real.

    Without demonstration mode there is one dataset, and asking for the other is InvalidInput("dataset.unknown").
    """
    if "dataset" not in g:
        g.dataset = _chosen_dataset()
    chosen: str = g.dataset
    return chosen


def _chosen_dataset() -> str:
    known = DATASETS if hub().settings.demo else ("real",)
    asked = request.args.get("dataset")
    if asked is not None:
        if asked not in known:
            g.dataset = "real"  # the page that tells of the refusal still has to be of one dataset
            raise InvalidInput("dataset.unknown", dataset=asked[:40])
        return asked
    if "api_actor" in g:
        return "real"
    kept = session.get("dataset")
    if kept in known:
        return str(kept)
    own = actor().datasets
    return "demo" if own == {"demo"} and "demo" in known else "real"


def belongs_here(own: str) -> bool:
    """Whether a record of the dataset `own` may be shown at this address.

    An address that names no dataset shows the record in its own: ids are of one dataset, and a shared link to a
    record must not depend on what its reader looked at before.
    """
    if "dataset" not in request.args and own in (DATASETS if hub().settings.demo else ("real",)):
        g.dataset = own
    return dataset() == own


def gettext(message: str) -> str:
    """`message` in the language of this request."""
    return translate(lang())(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form for `number` in the language of this request."""
    return ntranslate(lang())(singular, plural, number)


def here(**changes: Any) -> str:
    """This page's address with some query parameters replaced (None removes one)."""
    query = {name: request.args.getlist(name) for name in request.args}
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = [value]
    written = urlencode(query, doseq=True)
    path = request.script_root + request.path
    return f"{path}?{written}" if written else path


def install(app: Flask) -> None:
    """Let every request of `app` choose, remember and pass on its language and dataset."""
    Babel(app, locale_selector=lambda: _BABEL_LOCALES[lang()])
    env = app.jinja_env
    _install_gettext(env)
    env.globals.update(lang=lang, lang_tag=lang_tag, dataset=dataset, here=here)

    @app.before_request
    def _remember_dataset() -> None:
        if not _is_page():
            return
        chosen = dataset()
        if "dataset" in request.args:
            session["dataset"] = chosen

    @app.after_request
    def _remember_language(response: Response) -> Response:
        asked = request.args.get("lang")
        if asked in LANGUAGES and _is_page():
            response.set_cookie(
                LANGUAGE_COOKIE,
                asked,
                max_age=_YEAR_S,
                samesite="Lax",
                httponly=True,
                secure=hub().settings.https,
                path=request.script_root or "/",
            )
        if response.mimetype == "text/html":
            response.vary.add("Cookie")
        return response

    @app.url_defaults
    def _carry(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            # A new version of the site must not meet old styles or scripts in a browser's store.
            values.setdefault("v", __version__)
        elif g.get("dataset") == "demo":
            values.setdefault("dataset", "demo")


def _install_gettext(env: Any) -> None:
    install_callables: Callable[..., None] = env.install_gettext_callables
    install_callables(gettext=gettext, ngettext=ngettext, newstyle=True)


def _is_page() -> bool:
    return not (request.path.startswith("/api/") or request.endpoint == "static")
