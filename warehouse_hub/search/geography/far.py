"""The geodesic to the millimetre, for places that are far apart or opposite and for the edge of a radius.

Vincenty's series (1975) give the length and the longitude of a geodesic that leaves one place at some azimuth. His
iteration for the right azimuth fails near the antipode; as Karney (2013, section 4) found, the longitude at which a
geodesic reaches the other latitude only grows with the azimuth, so a bracketed search always finds it. The one thing to
get wrong: that holds only when the first place is the one farther from the equator, and south of it.
"""

from __future__ import annotations

import math
from typing import Final

from warehouse_hub.search.geography.ellipsoid import EQUATOR_KM, FLATTENING, POLE_KM
from warehouse_hub.search.kernels.compiled import inner

# Places this near the equator (0.06 mm) are on it: along it the azimuth decides nothing.
_ON_THE_EQUATOR: Final = 1e-11
_ONCE_ROUND: Final = math.pi * (1 - FLATTENING)
_CLOSE_ENOUGH: Final = 1e-12  # radians of longitude, 6 micrometres
_MOST_STEPS: Final = 60
_BULGE: Final = (EQUATOR_KM**2 - POLE_KM**2) / POLE_KM**2


@inner
def far_km(x: float, y: float, z: float, other_x: float, other_y: float, other_z: float) -> float:
    """Kilometres between two unit vectors of the auxiliary sphere.

    Measured within 0.1 mm of the geodesic from 10 m up to the antipode; 1 to 4 microseconds, 10 at the equator.
    """
    sine, cosine, other_sine, other_cosine = z, math.hypot(x, y), other_z, math.hypot(other_x, other_y)
    # Sines alone do not tell places near a pole apart, nor cosines those near the equator.
    if abs(other_sine) > abs(sine) or (abs(other_sine) == abs(sine) and other_cosine < cosine):
        sine, cosine, other_sine, other_cosine = other_sine, other_cosine, sine, cosine
    if sine > 0:
        sine, other_sine = -sine, -other_sine
    if sine > -_ON_THE_EQUATOR:
        # Negative zero: a geodesic that starts westward of south, if only by its sign, starts half a turn back.
        sine, other_sine = -0.0, 0.0
    apart = math.atan2(abs(x * other_y - y * other_x), x * other_x + y * other_y)

    if sine > -_ON_THE_EQUATOR and apart <= _ONCE_ROUND:
        return EQUATOR_KM * apart
    azimuth = _azimuth(apart, sine, cosine, other_sine, other_cosine)
    _, sigma, bending, cos_middle = _reached(azimuth, sine, cosine, other_sine, other_cosine)
    return _length(sigma, bending, cos_middle)


@inner
def _azimuth(apart: float, sine: float, cosine: float, other_sine: float, other_cosine: float) -> float:
    """The azimuth, from due east so that one nearly east keeps all its digits, that reaches a longitude.

    By Ridders' method (1979): false position on the bracket's ends and middle, made straight by an exponential.
    """
    low, below = -math.pi / 2, -apart
    high, above = math.pi / 2, math.pi - apart
    if sine > -_ON_THE_EQUATOR:
        low, below = 0.0, _ONCE_ROUND - apart
    azimuth = low
    for _ in range(_MOST_STEPS):
        middle = (low + high) / 2
        at_middle = _reached(middle, sine, cosine, other_sine, other_cosine)[0] - apart
        scale = math.sqrt(at_middle * at_middle - below * above)
        if scale == 0.0:
            return middle
        azimuth = min(max(middle - (middle - low) * at_middle / scale, low), high)
        missed = _reached(azimuth, sine, cosine, other_sine, other_cosine)[0] - apart
        if abs(missed) < _CLOSE_ENOUGH:
            return azimuth
        for angle, value in ((middle, at_middle), (azimuth, missed)):
            if value > 0:
                if angle < high:
                    high, above = angle, value
            elif angle > low:
                low, below = angle, value
    return azimuth


@inner
def _reached(
    azimuth: float, sine: float, cosine: float, other_sine: float, other_cosine: float
) -> tuple[float, float, float, float]:
    """The longitude at which a geodesic comes to the other latitude, its arc on the sphere, and what its length
    needs: cos² of its azimuth at the equator, and the cosine of twice the arc from the equator to its middle."""
    equator_sine = math.cos(azimuth) * cosine
    north = -math.sin(azimuth) * cosine
    # The difference of the squared cosines, or of the squared sines, whichever are the smaller: it keeps its digits.
    if cosine < -sine:
        nearer = (other_cosine - cosine) * (other_cosine + cosine)
    else:
        nearer = (sine - other_sine) * (sine + other_sine)
    other_north = math.sqrt(max(north * north + nearer, 0.0))
    start, stop = math.atan2(sine, north), math.atan2(other_sine, other_north)
    sigma = stop - start
    omega = math.atan2(equator_sine * other_sine, other_north) - math.atan2(equator_sine * sine, north)
    bending = 1 - equator_sine * equator_sine
    cos_middle = math.cos(start + stop)
    c = FLATTENING / 16 * bending * (4 + FLATTENING * (4 - 3 * bending))
    wave = cos_middle + c * math.cos(sigma) * (2 * cos_middle * cos_middle - 1)
    longitude = omega - (1 - c) * FLATTENING * equator_sine * (sigma + c * math.sin(sigma) * wave)
    return longitude, sigma, bending, cos_middle


@inner
def _length(sigma: float, bending: float, cos_middle: float) -> float:
    """Kilometres of an arc, by Vincenty's series in Helmert's parameter k."""
    root = math.sqrt(1 + bending * _BULGE)
    k = (root - 1) / (root + 1)
    a, b = (1 + k * k / 4) / (1 - k), k * (1 - 3 * k * k / 8)
    sine, cosine, double = math.sin(sigma), math.cos(sigma), 2 * cos_middle * cos_middle - 1
    third = b / 6 * cos_middle * (4 * sine * sine - 3) * (2 * double - 1)
    return POLE_KM * a * (sigma - b * sine * (cos_middle + b / 4 * (cosine * double - third)))
