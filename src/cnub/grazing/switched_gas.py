"""The flux switched on over the dark Earth, for one momentum and for the gas, in seconds.

Over a sphere of kappa >> 1 the excess is sqrt(t) times one function of kappa t^(3/2), which is tabulated once. A slow
neutrino has a small kappa: it is given that function too, but at most what flux from above alone would have, and what
its trapped waves keep for longer is left out (:mod:`cnub.grazing.slow_tail`).
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy.interpolate import PchipInterpolator
from scipy.optimize import brentq

from cnub.constants import EARTH_RADIUS_M, METRE, SPEED_OF_LIGHT_M_PER_S
from cnub.domain import finite_array, positive, within
from cnub.grazing.earth import grazing_scales
from cnub.grazing.profiles import round_earth
from cnub.grazing.weak import first_order_excess, half_filled
from cnub.quadrature import panels
from cnub.relic import TEMPERATURE, mean_momentum, momentum_cdf, speed

FROM_ABOVE = 8 / 15
"""Excess of either species in a flux from above alone, in sqrt(2 abs(delta)): what no filling leaves."""
STEEP = 5.0
"""kappa from which the half-filling time of a steep sphere is taken: the march is 7 % above it there, 13 % at 2."""
EARLIEST_S, LATEST_S = 1e-6, 1e9
_TABLED = (1e-3, 500.0, 400)
"""kappa t^(3/2) between which the function is tabulated, and at how many: it ripples, by less than 1 % between them.
Below it is sqrt(2 pi)/8, above 1/(2 kappa t^(3/2))."""
_LEAST, _MOST = 1e-3, 40.0
"""p/T of the gas that is counted: below there is 2e-10 of it."""


def half_filling_time_s(mass: float = 0.1, momentum: float | None = None, radius_m: float = EARTH_RADIUS_M) -> float:
    """Seconds after which a sphere of kappa >> 1 has half of the plane's excess left.

    (2 c^2 R^2/k)^(1/3)/v with c = `cnub.grazing.weak.half_filled`: a length of diffraction around the ball. ``mass``
    and ``momentum`` in eV (by default the mean one), ``radius_m`` in m. Raises :class:`cnub.DomainError` unless all are
    > 0.

    Source: derived from the paraxial wave equation.

    >>> print(f"{half_filling_time_s():.1e}")
    5.3e-03
    """
    k = mean_momentum() if momentum is None else positive("momentum", momentum)
    length_m = (2.0 * (half_filled() * positive("radius_m", radius_m)) ** 2 / (k * METRE)) ** (1 / 3)
    return length_m / (float(speed(k, positive("mass", mass))) * SPEED_OF_LIGHT_M_PER_S)


def gas_half_filled_s(share: float, mass: float = 0.1, ground: str = "crust") -> float:
    """Seconds within which ``share`` of the gas (from 0.001) is half filled over ``ground``: the slow take longest.

    The slowest of that share must see a steep sphere, kappa >= 5. ``mass`` in eV, > 0. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: derived from the paraxial wave equation.

    >>> print(f"{gas_half_filled_s(0.9):.1e}")
    1.8e-02
    """
    least = slow_share(STEEP, mass, ground)
    wanted = 1.0 - within("share", share, 1e-3, 1.0 - least)
    slowest = brentq(lambda p: momentum_cdf(p) - wanted, 1e-3 * TEMPERATURE, 30.0 * TEMPERATURE)
    return half_filling_time_s(mass, slowest)


def slow_share(kappa: float, mass: float = 0.1, ground: str = "crust") -> float:
    """Share of the gas so slow that the Earth of ``ground`` has less than ``kappa`` (> 0) for it: kappa goes as p^2.

    Raises :class:`cnub.DomainError` outside these ranges.

    >>> print(f"{slow_share(1.0):.3f}")
    0.008
    """
    relative = math.sqrt(positive("kappa", kappa) / grazing_scales(mass, ground=ground).kappa)
    return float(momentum_cdf(relative * mean_momentum()))


def switched_over_earth(times_s: object, mass: float = 0.1, ground: str = "crust") -> pd.DataFrame:
    """Size of the excess after ``times_s`` (1e-6 to 1e9 s) for nu_e over ``ground``: columns time_s, at_mean, gas.

    Both in units of sqrt(2 abs(delta)) at the mean momentum, to first order in the refraction and against the same
    shadow without it; ``gas`` is averaged over the momenta. ``mass`` in eV. Raises :class:`cnub.DomainError`.

    Source: derived from the paraxial wave equation.

    >>> left = switched_over_earth([1e-3, 1.0])
    >>> print(f"{left.at_mean[0]:.2f} {left.at_mean[1]:.4f}")
    0.06 0.0003
    """
    at = finite_array("times_s", times_s, EARLIEST_S, LATEST_S).ravel()
    scales = grazing_scales(mass, ground=ground)
    p, weight = _momenta()
    unit = p / mean_momentum()  # lambda does not depend on p: sqrt(2 delta) goes as 1/p
    each = (_excess(at, grazing_scales(mass, float(q), ground), _looked_up) for q in p)
    gas = sum(share * excess for share, excess in zip(weight / unit, each, strict=True))
    return pd.DataFrame({"time_s": at, "at_mean": _excess(at, scales, _integrated), "gas": gas})


def _excess(times_s, scales, function):
    t = times_s * scales.speed_m_per_s / scales.range_m
    y = scales.kappa * t**1.5
    late = 0.5 / np.maximum(y, _TABLED[1])
    return np.minimum(np.sqrt(t) * np.where(y > _TABLED[1], late, function(np.minimum(y, _TABLED[1]))), FROM_ABOVE)


def _integrated(y):
    return np.array([-float(first_order_excess(round_earth(float(kappa)), 1.0)) for kappa in y])


def _looked_up(y):
    return np.exp(_tabled()(np.log(np.maximum(y, _TABLED[0]))))


@lru_cache(maxsize=1)
def _tabled():
    y = np.geomspace(*_TABLED)
    return PchipInterpolator(np.log(y), np.log(_integrated(y)))


@lru_cache(maxsize=1)
def _momenta():
    x, weight = (part.ravel() for part in panels(np.linspace(math.log(_LEAST), math.log(_MOST), 13), 12))
    share = weight * np.exp(3 * x) / (np.exp(np.exp(x)) + 1.0)
    return TEMPERATURE * np.exp(x), share / share.sum()
