"""Which state of a listing the sender of a form had before the eyes.

The one thing to get wrong: a form that does not say so is refused, for it could overwrite or approve anything.
"""

from __future__ import annotations

from flask import request

from warehouse_hub.core.errors import Conflict

_LONGEST = 12


def seen_version() -> int:
    """The version that stood on the sender's page. Raises Conflict("listing.changed_meanwhile") without one."""
    text = request.form.get("version", "")
    if not text.isdecimal() or len(text) > _LONGEST:
        raise Conflict("listing.changed_meanwhile")
    return int(text)
