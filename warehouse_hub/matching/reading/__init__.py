"""Reading needs out of what people write: small modules, one idea each, over one tokenised message."""

from __future__ import annotations

from warehouse_hub.matching.reading.placing import Ambiguity
from warehouse_hub.matching.reading.reader import LONGEST_TEXT, Reading, read_needs, warm_up

__all__ = ["LONGEST_TEXT", "Ambiguity", "Reading", "read_needs", "warm_up"]
