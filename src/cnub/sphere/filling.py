"""Which trapped waves the relic gas had time to fill: the Earth's age against tunnelling, momentum by momentum.

delta grows as 1/p^2 and kR as p, so kR delta^1.5 grows as 1/p^2: the mean neutrino is not trapped at all, the slow tail
of the gas is, and the slowest have modes that tunnelling has not filled since the Earth formed. What they would hold is
the most that can be missing: a ball that grew slowly, or a rough one, had other ways to fill them. The gas is taken
at rest with respect to the Earth, and gravity is left out, which bends paths of curvature 1/R at v = 8 km/s.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from cnub.constants import EARTH_RADIUS_M, JULIAN_YEAR_S
from cnub.domain import DomainError, finite, finite_array, positive
from cnub.matter import refractivity
from cnub.relic import mean_momentum, momentum_cdf, momentum_density, size_parameter
from cnub.sphere.contour import trapped_waves
from cnub.sphere.trapped import (
    MAX_DELTA,
    crossing_time_s,
    mode_count,
    narrower_than,
    resonance,
    trapped_excess,
)

AGE_OF_EARTH_S = 4.54e9 * JULIAN_YEAR_S
"""Dalrymple, Geol. Soc. London Spec. Publ. 190 (2001) 205."""
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

    ``momenta`` (eV), ``mass`` > 0 (eV), attracting ``potential`` < 0 (eV), ``radius_m`` (m), ``age_s`` (s). Columns:
    momentum, momentum_over_mean, gas_below (fraction of the gas slower), kR, delta, trapped_waves,
    log10_filling_years of the narrowest (NaN without any), unfilled_waves, and unfilled_over_sqrt_2delta, the density
    missing at the surface in units of sqrt(2 delta). Raises :class:`cnub.DomainError` if ``potential`` >= 0 or if
    delta exceeds 0.1.
    """
    p = finite_array("momenta", momenta, low=np.finfo(float).tiny).ravel()
    if finite("potential", potential) >= 0.0:
        raise DomainError(f"potential must be < 0, attracting, for waves to be trapped; got {potential!r}")
    rows = [_row(float(q), positive("mass", mass), potential, radius_m, positive("age_s", age_s)) for q in p]
    return pd.DataFrame(rows, columns=_COLUMNS)


def mean_missing(table: pd.DataFrame) -> float:
    """Gas average of the density missing at the surface, dn/n0 summed over the momenta of :func:`filling_table`.

    ``table`` must have ascending momenta reaching from where the gas is negligible to where nothing is unfilled.
    """
    missing = table["unfilled_over_sqrt_2delta"] * np.sqrt(2.0 * table["delta"])
    return float(np.trapezoid(momentum_density(table["momentum"]) * missing, table["momentum"]))


def _row(p, mass, potential, radius_m, age_s):
    kR, delta = size_parameter(radius_m, p), refractivity(mass, p, potential)
    if delta > MAX_DELTA:
        raise DomainError(f"momenta must be high enough that delta <= {MAX_DELTA:g}; {p!r} eV gives {delta:.3g}")
    count = min(trapped_waves(kR, delta), mode_count(kR, delta))
    time, unfilled = math.nan, 0
    if count:
        crossing = math.log(crossing_time_s(radius_m, p, mass))
        time = (crossing - resonance(1, kR, delta).log_width_in_size - math.log(JULIAN_YEAR_S)) / math.log(10.0)
        unfilled = narrower_than(crossing - math.log(age_s), kR, delta)
    missing = trapped_excess(kR, delta, unfilled) / math.sqrt(2.0 * delta)
    return p, p / mean_momentum(), momentum_cdf(p), kR, delta, count, time, unfilled, missing
