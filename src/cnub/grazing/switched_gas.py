"""The flux switched on over the dark Earth, for one momentum and for the gas, in seconds.

Over a sphere of kappa >> 1 the excess is sqrt(t) times one function of kappa t^(3/2), which is tabulated once. A slow
neutrino has a small kappa: it is given that function too, but at most what flux from above alone would have. Attracted
it can have up to twice that for a while (:func:`cnub.grazing.switched_excess`), and what its trapped waves keep for
longer is left out (:mod:`cnub.grazing.slow_tail`).

All this is of order sqrt(delta) and for grazing rays. It ends as abs(delta) R/(v t), and once steep chords are lit, at
v t = R, the terms of order delta that it leaves out are as large: no time beyond v t = R/2 is answered.
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
"""Excess of either species in a flux from above alone, in sqrt(2 abs(delta)): what the plane keeps for ever."""
STEEP = 5.0
"""kappa from which the half-filling time of a steep sphere is taken: attracted, it is 7 % above that, 13 % at 2."""
EARLIEST_S = 1e-6
LATEST = 0.5
"""Way v t of the mean momentum over R up to which an excess is given. Chords of steepness s = v t/2R are lit by then,
and abs(delta) R/(v t) misses the share 2 s^2: one eighth at the end."""
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

    A share of the neutrinos; for that of their excess see :func:`average_half_filled_s`. The slowest of that share must
    see a steep sphere, kappa >= 5. ``mass`` in eV, > 0. Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from the paraxial wave equation.

    >>> print(f"{gas_half_filled_s(0.9):.1e}")
    1.8e-02
    """
    least = slow_share(STEEP, mass, ground)
    wanted = 1.0 - within("share", share, 1e-3, 1.0 - least)
    slowest = brentq(lambda p: momentum_cdf(p) - wanted, 1e-3 * TEMPERATURE, 30.0 * TEMPERATURE)
    return half_filling_time_s(mass, slowest)


def average_half_filled_s(mass: float = 0.1, ground: str = "crust") -> float:
    """Seconds after which the excess averaged over the gas is half of what it would be over the plane.

    The slow weigh more in it: sqrt(2 abs(delta)) goes as 1/p. ``mass`` in eV, > 0. First order in the refraction.
    Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from the paraxial wave equation.

    >>> print(f"{average_half_filled_s():.2g}")
    0.011
    """

    def above_half(time_s):
        at = np.array([time_s])
        round_earths = _averaged(lambda scales: _excess(at, scales, _looked_up), mass, ground)
        planes = _averaged(
            lambda scales: math.sqrt(2.0 * math.pi) / 8.0 * np.sqrt(_in_ranges(at, scales)), mass, ground
        )
        return float((round_earths / planes).item()) - 0.5

    mean_s = half_filling_time_s(mass)
    return brentq(above_half, mean_s, 10.0 * mean_s)


def latest_s(mass: float = 0.1) -> float:
    """Latest time in s after which an excess is given, R/2v at the mean momentum; ``mass`` in eV, > 0."""
    return LATEST * EARTH_RADIUS_M / (float(speed(mean_momentum(), positive("mass", mass))) * SPEED_OF_LIGHT_M_PER_S)


def slow_share(kappa: float, mass: float = 0.1, ground: str = "crust") -> float:
    """Share of the gas so slow that the Earth of ``ground`` has less than ``kappa`` (> 0) for it: kappa goes as p^2.

    Raises :class:`cnub.DomainError` outside these ranges.

    >>> print(f"{slow_share(1.0):.3f}")
    0.008
    """
    relative = math.sqrt(positive("kappa", kappa) / grazing_scales(mass, ground=ground).kappa)
    return float(momentum_cdf(relative * mean_momentum()))


def switched_over_earth(times_s: object, mass: float = 0.1, ground: str = "crust") -> pd.DataFrame:
    """Size of the excess after ``times_s`` (in s) for nu_e over ``ground``: columns time_s, at_mean, gas.

    Both in units of sqrt(2 abs(delta)) at the mean momentum, to first order in the refraction and against the same
    shadow without it; ``gas`` is averaged over the momenta. ``mass`` in eV. Raises :class:`cnub.DomainError` unless
    ``times_s`` are from 1e-6 to :func:`latest_s`, 2 s for 0.1 eV.

    Source: derived from the paraxial wave equation.

    >>> left = switched_over_earth([1e-3, 1.0])
    >>> print(f"{left.at_mean[0]:.2f} {left.at_mean[1]:.4f}")
    0.06 0.0003
    """
    at = finite_array("times_s", times_s, EARLIEST_S, latest_s(mass)).ravel()
    at_mean = _excess(at, grazing_scales(mass, ground=ground), _integrated)
    gas = _averaged(lambda scales: _excess(at, scales, _looked_up), mass, ground)
    return pd.DataFrame({"time_s": at, "at_mean": at_mean, "gas": gas})


def _averaged(excess, mass, ground):
    p, weight = _momenta()
    unit = p / mean_momentum()  # lambda does not depend on p: sqrt(2 delta) goes as 1/p
    each = (excess(grazing_scales(mass, float(q), ground)) for q in p)
    return sum(share * of_one for share, of_one in zip(weight / unit, each, strict=True))


def _in_ranges(times_s, scales):
    return times_s * scales.speed_m_per_s / scales.range_m


def _excess(times_s, scales, function):
    t = _in_ranges(times_s, scales)
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
