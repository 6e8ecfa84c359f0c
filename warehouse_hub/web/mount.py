"""Serving the whole site under a URL prefix of somebody else's platform."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def under_prefix(application: Wsgi, prefix: str) -> Wsgi:
    """`application` as it answers below `prefix` ("/hub"); every other address is 404.

    The prefix moves from PATH_INFO to SCRIPT_NAME, so url_for writes it and no view knows of it.
    """
    if not prefix:
        return application

    def mounted(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path != prefix and not path.startswith(f"{prefix}/"):
            start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"not found\n"]
        environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + prefix
        environ["PATH_INFO"] = path[len(prefix) :] or "/"
        return application(environ, start_response)

    return mounted
