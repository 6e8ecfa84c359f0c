"""Addresses for mails and other readers who are not in this request.

The one thing to get wrong: the Host header is the asker's word. A reset link made from it could lead to anywhere.
"""

from __future__ import annotations

from flask import request, url_for

from warehouse_hub.web.context import hub


def public_address(endpoint: str, **values: object) -> str:
    """The absolute address of a page under the installation's public address."""
    path = url_for(endpoint, **values)  # type: ignore[arg-type]
    return hub().settings.public_url + path.removeprefix(request.script_root)
