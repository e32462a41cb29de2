"""Claims of the talk's semiclassical treatment of the round Earth: what rays conserve, and where waves feel it."""

from __future__ import annotations

from functools import lru_cache, partial

import numpy as np

from cnub.claims.ledger import talk
from cnub.constants import EARTH_RADIUS_M
from cnub.grazing.earth import curvature
from cnub.grazing.patch import filling_curve
from cnub.grazing.profiles import round_earth
from cnub.matter import material, refractivity, weak_potential
from cnub.relic import de_broglie_length_m, mean_momentum, size_parameter
from cnub.sphere import thermal
from cnub.sphere.prem import RADIUS_KM
from cnub.sphere.rays import trace

_DELTA = thermal.TALK_DELTA
_EXACT = 1e-9
_MASS = 0.1
_STRONG, _RAYS = 0.05, 20000
_ROUND, _SEMI = "But Earth is round", "Semiclassical treatment"


def _half_refilled_km() -> float:
    """Distance back, in km, from which half of the states trapped under the round ground are refilled, talk's delta."""
    kappa = curvature(size_parameter(EARTH_RADIUS_M, mean_momentum()), _DELTA)
    stations = [x / kappa for x in (0.4, 0.6, 0.8, 1.0, 1.2)]
    values, _ = filling_curve(round_earth(kappa), stations, cell=0.2, step=0.06)
    # np.interp wants rising abscissae: the share that is refilled rises with the distance
    return float(np.interp(0.5, 1 + values / (2 / 3), stations)) * _range_km(_DELTA)


def _range_km(delta: float) -> float:
    """1/(k |delta|) in km at the mean momentum."""
    return de_broglie_length_m(mean_momentum()) / abs(delta) * 1e-3


def _range_note() -> str:
    rock = refractivity(_MASS, mean_momentum(), weak_potential(material("crust")))
    return (
        f"At the |delta| = {_DELTA:g} of the talk's value, as all rows on the round Earth. It is a scale, nothing "
        f"sharp: |delta| = {abs(rock):.1e} ({_MASS:g} eV at the mean momentum in rock) gives {_range_km(rock):.0f} km. "
        "Waves feel the curvature sooner: half of the states trapped under the ground are refilled within "
        f"{_half_refilled_km():.2g} km."
    )


def twenty_kilometres() -> float:
    """20 km over the radius of the Earth, in radians."""
    return 20.0 / RADIUS_KM


@lru_cache(maxsize=1)
def _rays():
    return trace(_STRONG, _RAYS)


_sphere = partial(talk, prefix="sphere")

CLAIMS = [
    _sphere(
        "arc", _SEMI, "arc of 20 km on the Earth", "0.003",
        twenty_kilometres, unit="rad",
    ),
    _sphere(
        "arc-range", _SEMI,
        "range over which a grazing wave is refracted, 1/(k |delta|), of the 20 km at which curvature is felt", "20",
        lambda: _range_km(_DELTA), de_broglie_length_m, unit="km",
        printed="Neutrinos can already feel the curvature of the Earth spanning over 20 km", approximate=True,
        note=_range_note,
    ),
    _sphere(
        "balance", _ROUND, "overdensity plus underdensity, rays on a ball of delta = 0.05, largest of all bins outside",
        "0",
        lambda: float(np.abs(_rays().excess[12:]).max()), trace, printed="~ 0", tolerance=1e-13,
        note="Zero ray by ray; the tolerance is rounding.",
    ),
    _sphere(
        "particle-number", _SEMI, "rays that do not return", "0",
        lambda: _rays().unreturned, trace, tolerance=_EXACT,
        note=f"{_RAYS} rays, delta = {_STRONG:g}.",
    ),
    _sphere(
        "energy", _SEMI, "largest relative change of kinetic energy of a returning ray", "0",
        lambda: _rays().energy_violation, trace, tolerance=1e-12,
        note="Rounding.",
    ),
    _sphere(
        "angular-momentum", _SEMI, "largest change of the angular momentum of a ray, in units of kR", "0",
        lambda: _rays().angular_momentum_violation, trace, tolerance=1e-12,
        note="Rounding.",
    ),
    _sphere(
        "semiclassical-density", _SEMI, "semiclassical density over n0 just outside the surface", "1",
        lambda: 1 + float(_rays().excess[12]), trace, printed="n(r) = n0", tolerance=1e-12,
        note="Rounding.",
    ),
]  # fmt: skip
