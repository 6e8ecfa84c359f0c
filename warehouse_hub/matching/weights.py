"""The weights of the score, read from a versioned file: a change of policy is a change of data.

Each change gets a new `version`, which every answer carries, so that an old ranking can be explained.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path

from warehouse_hub.matching.rules.score import COMPONENTS, Weights

_FILE = Path(__file__).with_name("rules") / "weights.json"


@functools.cache
def default_weights() -> Weights:
    """The weights in force. Raises ValueError when a component has no weight or one below 0."""
    return weights_from(_FILE)


def weights_from(path: Path) -> Weights:
    """The weights of a file; every component must have one."""
    read = json.loads(path.read_text(encoding="utf-8"))
    wrong = [name for name in COMPONENTS if read["components"].get(name, -1) < 0]
    if wrong:
        raise ValueError(f"{path.name}: no weight for {', '.join(wrong)}")
    return Weights(
        version=read["version"],
        components=read["components"],
        grades=read["grades"],
        place_half_km=read["place_half_km"],
        hub_half_km=read["hub_half_km"],
        spare_half_m2=read["spare_half_m2"],
        fresh_days=read["fresh_days"],
    )
