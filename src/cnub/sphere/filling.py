"""Which trapped waves the relic gas had time to fill: the Earth's age against tunnelling, momentum by momentum.

delta grows as 1/p^2 and kR as p, so kR delta^1.5 grows as 1/p^2: the mean neutrino is not trapped at all, the slow tail
of the gas is, and the slowest have modes that tunnelling has not filled since the Earth formed. What they would hold is
missing if they were empty then: a ball that grew slowly, or a rough one, had other ways to fill them. The gas is taken
at rest with respect to the Earth, and gravity is left out, which bends paths of curvature 1/R at v = 8 km/s.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cnub.constants import AGE_OF_EARTH_S, EARTH_RADIUS_M, JULIAN_YEAR_S
from cnub.domain import DomainError, finite, finite_array, positive
from cnub.faces import later
from cnub.matter import refractivity
from cnub.quadrature import panels
from cnub.relic import mean_momentum, momentum_cdf, momentum_density, size_parameter
from cnub.sphere.poles import trapped_waves
from cnub.sphere.trapped import (
    MAX_DELTA,
    MIN_SIZE,
    crossing_time_s,
    mode_count,
    narrower_than,
    resonance,
    trapped_excess,
)

bisect = later("scipy.optimize", "bisect")

_STEPS, _PANELS = 3, 6
"""Steps that a panel ends at, and panels below: the mean then stands to 0.3 %, measured with 24 and 40."""
_RESOLVED = 1e-6
"""Relative width to which a border is found."""
_NODES = 4
_COLUMNS = (
    "momentum",
    "momentum_over_mean",
    "gas_below",
    "kR",
    "delta",
    "trapped_waves",
    "log10_filling_years",
    "unfilled_waves",
    "unfilled_over_sqrt_2delta",
)


def filling_table(
    momenta: object, mass: float, potential: float, radius_m: float = EARTH_RADIUS_M, age_s: float = AGE_OF_EARTH_S
) -> pd.DataFrame:
    """Trapped waves of a ball at each momentum, the time to fill the narrowest, those empty since 0 at ``age_s``.

    ``momenta`` (eV), ``mass`` > 0 (eV) of Dirac neutrinos, attracting ``potential`` < 0 (eV), ``radius_m`` (m),
    ``age_s`` (s). Columns: momentum, momentum_over_mean, gas_below (fraction of the gas slower), kR, delta,
    trapped_waves, log10_filling_years of the narrowest (NaN without any), unfilled_waves, and
    unfilled_over_sqrt_2delta, the density missing at the surface in units of sqrt(2 delta). Raises
    :class:`cnub.DomainError` if ``potential`` >= 0 or if delta exceeds 0.1.
    """
    p = finite_array("momenta", momenta, low=np.finfo(float).tiny).ravel()
    if finite("potential", potential) >= 0.0:
        raise DomainError(f"potential must be < 0, attracting, for waves to be trapped; got {potential!r}")
    rows = [_row(float(q), positive("mass", mass), potential, radius_m, positive("age_s", age_s)) for q in p]
    return pd.DataFrame(rows, columns=_COLUMNS)


@dataclass(frozen=True)
class SlowTail:
    """The slow part of the gas that has trapped waves, and that had no time to fill them all.

    ``trapped_below`` and ``unfilled_below``: momenta in eV below which a wave is trapped, and the narrowest is still
    empty (0 if none); ``trapped_share`` and ``unfilled_share``, the parts of the gas that are slower;
    ``mean_missing``, dn/n0 at the surface that is missing on average over the gas.
    """

    trapped_below: float
    trapped_share: float
    unfilled_below: float
    unfilled_share: float
    mean_missing: float


def slow_tail(
    mass: float, potential: float, radius_m: float = EARTH_RADIUS_M, age_s: float = AGE_OF_EARTH_S
) -> SlowTail:
    """Borders of what is trapped and of what is unfilled, found as roots, and the mean density missing between them.

    Parameters as in :func:`filling_table`. It holds for this ``mass``, this ``potential`` and a uniform ball: no bound.
    Raises :class:`cnub.DomainError` if no momentum at which delta <= 0.1 has a trapped wave.

    Source: talk, 'There is a criterion'.

    >>> tail = slow_tail(mass=0.1, potential=-2e-14)
    >>> print(tail.trapped_share > tail.unfilled_share)
    True
    """
    if finite("potential", potential) >= 0.0:
        raise DomainError(f"potential must be < 0, attracting, for waves to be trapped; got {potential!r}")
    gas = positive("mass", mass), potential, positive("radius_m", radius_m), positive("age_s", age_s)
    slowest = math.sqrt(-mass * potential / MAX_DELTA)
    if size_parameter(gas[2], slowest) < MIN_SIZE or not _counts(slowest, *gas)[2]:
        raise DomainError(f"potential must be deep enough to trap a wave of {slowest:.3g} eV; got {potential!r}")
    trapped = _border(lambda p: _counts(p, *gas)[2] - 0.5, slowest)
    steps = [_border(lambda p, n=n: _counts(p, *gas)[3] - n + 0.5, slowest) for n in range(1, _STEPS + 1)]
    # each empty mode adds a step to the integrand: panels end at the first ones, deeper ones are dense
    edges = np.unique([*np.geomspace(slowest, max(steps[-1], slowest), _PANELS), *steps[:-1]])
    missing = _missing(edges[edges >= slowest], gas)
    return SlowTail(trapped, momentum_cdf(trapped), steps[0], momentum_cdf(steps[0]), missing)


def _border(excess, slowest):
    # the momentum at which a count falls past a half; where it is below from the start there is none
    if excess(slowest) < 0.0:
        return 0.0
    low, high = math.log(slowest), math.log(mean_momentum())
    while excess(math.exp(high)) > 0.0:  # heavy neutrinos: at the mean momentum the count is still above
        high += 1.0
    return math.exp(bisect(lambda x: excess(math.exp(x)), low, high, xtol=_RESOLVED))


def _missing(edges, gas):
    p, weight = (part.ravel() for part in panels(edges, _NODES))
    states = [_counts(float(q), *gas) for q in p]
    missing = [trapped_excess(kR, delta, unfilled) for kR, delta, _, unfilled in states]
    return float(weight @ (momentum_density(p) * missing))


def _row(p, mass, potential, radius_m, age_s):
    kR, delta, count, unfilled = _counts(p, mass, potential, radius_m, age_s)
    time = math.nan
    if count:
        crossing = math.log(crossing_time_s(radius_m, p, mass))
        time = (crossing - resonance(1, kR, delta).log_width_in_size - math.log(JULIAN_YEAR_S)) / math.log(10.0)
    missing = trapped_excess(kR, delta, unfilled) / math.sqrt(2.0 * delta)
    return p, p / mean_momentum(), momentum_cdf(p), kR, delta, count, time, unfilled, missing


def _counts(p, mass, potential, radius_m, age_s):
    kR, delta = size_parameter(radius_m, p), refractivity(mass, p, potential)
    if delta > MAX_DELTA * (1.0 + 1e-12):
        raise DomainError(f"momenta must be high enough that delta <= {MAX_DELTA:g}; {p!r} eV gives {delta:.3g}")
    delta = min(delta, MAX_DELTA)
    count = min(trapped_waves(kR, delta), mode_count(kR, delta))
    crossing = math.log(crossing_time_s(radius_m, p, mass))
    return kR, delta, count, narrower_than(crossing - math.log(age_s), kR, delta) if count else 0
