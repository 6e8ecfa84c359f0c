"""The composition root of the site: the one place where pages, API and their common frame are put together."""

from __future__ import annotations

from apiflask import APIFlask
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from warehouse_hub.core.resources import resource
from warehouse_hub.matching.reading import warm_up
from warehouse_hub.operations.parts import Hub, open_hub
from warehouse_hub.search.warming import warm
from warehouse_hub.settings import Settings
from warehouse_hub.web import (
    display,
    errors,
    ground,
    health,
    locale,
    mount,
    navigation,
    security_headers,
    signing_in,
)
from warehouse_hub.web.api import blueprint as api_blueprint
from warehouse_hub.web.api.description import completed
from warehouse_hub.web.bureau import editions as bureau_editions
from warehouse_hub.web.bureau import review as bureau_review
from warehouse_hub.web.context import EXTENSION
from warehouse_hub.web.operator import warehouses as operator_warehouses
from warehouse_hub.web.public import catalogue, home, needs, statistics, styleguide, warehouse

LARGEST_REQUEST = 20 * 1024 * 1024


def create_app(settings: Settings, *, hub: Hub | None = None) -> APIFlask:
    """The WSGI application for these settings; `hub` may be handed in ready-made, with a clock of its own.

    It writes no index: the worker does. Raises RuleViolation("database.not_migrated") before `init` has run.
    """
    app = APIFlask(
        "warehouse_hub",
        title="Zhengzhou Overseas Warehouses",
        version="1",
        spec_path="/api/v1/openapi.json",
        docs_path=None,
        json_errors=False,  # pages answer in pages; web/errors.py is the one table
        template_folder=str(resource("templates")),
        static_folder=str(resource("static")),
    )
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        SESSION_COOKIE_NAME="warehouse_hub",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_PATH=f"{settings.url_prefix}/",
        SEND_FILE_MAX_AGE_DEFAULT=3600,
        WTF_CSRF_TIME_LIMIT=None,
        OPENAPI_VERSION="3.1.0",
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions[EXTENSION] = hub or open_hub(settings)
    csrf = CSRFProtect(app)
    csrf.exempt(api_blueprint)
    security_headers.install(app, settings.map, https=settings.https)
    signing_in.install(app)
    locale.install(app)
    display.install(app)
    navigation.install(app)
    errors.install(app)
    for part in (
        home,
        warehouse,
        needs,
        catalogue,
        statistics,
        styleguide,
        operator_warehouses,
        bureau_review,
        bureau_editions,
        ground,
        health,
    ):
        app.register_blueprint(part.blueprint)
    app.register_blueprint(api_blueprint)
    app.spec_processor(completed)
    app.wsgi_app = mount.under_prefix(app.wsgi_app, settings.url_prefix)  # type: ignore[method-assign,assignment]
    return app


def application() -> APIFlask:
    """What the web processes serve: the installation that their environment names.

    Called once before they are forked, so that they share the reader's vocabulary and the compiled loops, which
    take seconds.
    """
    settings = Settings.from_environment()
    warm_up()
    warm(settings.data_dir / "compiled")
    return create_app(settings)
