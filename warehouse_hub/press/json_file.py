"""Documents as JSON for machines and people: indented, keys in the order given, the same bytes every time."""

from __future__ import annotations

import json
from collections.abc import Mapping

from warehouse_hub.press.freeze import frozen


def json_bytes(document: Mapping[str, object]) -> bytes:
    """`document` as indented UTF-8 JSON; decimals and dates as the strings they are frozen as.

    Raises as `freeze.canonical` for what has no obvious JSON form.
    """
    text = json.dumps(frozen(document), ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode()
