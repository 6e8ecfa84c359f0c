"""How far each place is from a port: a column, made once for a whole batch of rows.

Nearest as the crow flies, as `places.hubs` has it, and for sorting and filtering only: print what that module says.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import ArrayLike

from warehouse_hub.places.gazetteer import default_gazetteer
from warehouse_hub.search.geography.candidates import Candidates
from warehouse_hub.search.geography.distance import Floats, PlaceColumns, auxiliary, centres_of, distances


def port_km(latitude: ArrayLike, longitude: ArrayLike) -> Floats:
    """Kilometres from every place to the nearest major port, float64[n]; NaN where the place is unknown.

    By Lambert's formula, within 10 m of the geodesic, as no place on earth is 6,000 km from a major port.
    """
    degrees = np.asarray(latitude, np.float64), np.asarray(longitude, np.float64)
    places = PlaceColumns(*degrees, *auxiliary(*degrees))
    return distances(places, Candidates.every(len(places.sphere_x)), _major_ports())


@functools.cache
def _major_ports() -> Floats:
    ports = default_gazetteer().of_kind("port", supplement_only=True)
    return centres_of([(port.latitude, port.longitude) for port in ports])
