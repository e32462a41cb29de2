"""Whispering-gallery resonances of an attracting ball: where they are, how narrow, what each adds, how long it fills.

At fixed k the mode with radial index n resonates at a real order kR < nu_n < kR (1 + delta), where J_nu(k'r) inside
joins Y_nu(kr) outside: L(nu) = x' J'(x')/J(x') - x Y'(x)/Y(x) = 0. From there, exactly for a narrow resonance,

- full width in order: 4/(pi Y^2 dL/dnu);
- full width in kR at fixed order: 4/(pi Y^2 kR delta (2 + delta)), because x dL/dx = x^2 - x'^2 (Bessel's equation);
- density at the surface, averaged over k by one order spacing: dn/n0 = 2 pi nu/(kR dL/dnu), however narrow.

The last line is why an average over k, in a steady state, stays O(delta): the tunnelling factor cancels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline

from cnub.bessel.debye import debye_phase
from cnub.bessel.real_order import bessel
from cnub.constants import METRE, SECOND
from cnub.domain import DomainError, finite, integer, positive, within
from cnub.faces import later
from cnub.kernel_cache import njit
from cnub.relic import speed
from cnub.sphere.limits import MAX_SIZE
from cnub.sphere.poles import trapped_waves

brentq = later("scipy.optimize", "brentq")

MIN_SIZE = 200.0
MAX_DELTA = 0.1
MOST_MODES = 100_000
"""Most radial modes returned one by one."""
_AIRY_SLACK = 0.2
"""Airy zeros lie within 0.1 rad of their Debye phase; the bracket of a mode is widened by twice that."""
_LISTED, _SAMPLES = 64, 49


@dataclass(frozen=True)
class Resonance:
    """One trapped wave at fixed k.

    ``radial`` index n = 1, 2, ... from the surface-hugging mode inwards; ``order`` nu_n; ``depth`` = nu_n - kR;
    ``log_width`` and ``log_width_in_size`` the natural logarithms of its full widths in order (fixed k) and in kR
    (fixed order), for deep modes below any double; ``density`` dn/n0 that it adds at the surface once filled.
    """

    radial: int
    order: float
    depth: float
    log_width: float
    log_width_in_size: float
    density: float


def resonances(kR: float, delta: float) -> list[Resonance]:
    """All trapped waves at this k, n = 1 first, also those broader than one order spacing.

    ``kR`` between 200 and 1e13, 0 < ``delta`` <= 0.1, at most 100,000 modes; raises :class:`cnub.DomainError` outside.

    Source: derived from the poles of the talk's phase shifts.

    >>> modes = resonances(1e4, 1e-2)
    >>> print(len(modes), modes[0].radial)
    3 1
    """
    x, d = _validated(kR, delta)
    count = mode_count(x, d)
    if count > MOST_MODES:
        raise DomainError(
            f"kR and delta must give at most {MOST_MODES} radial modes; {kR!r} and {delta!r} give {count}"
        )
    return [resonance(n, x, d) for n in range(1, count + 1)]


def mode_count(kR: float, delta: float) -> int:
    """Number of radial modes in the well, narrow or not: those whose order is above kR.

    A mode is one if L changes sign within the bracket of its phase. Ranges as in :func:`resonances`.
    """
    x, d = _validated(kR, delta)
    last = math.floor(debye_phase(x, -x * d) / math.pi + 0.75 + _AIRY_SLACK / math.pi)
    while last > 0 and not _exists(last, x, d):
        last -= 1
    return last


def resonance(n: int, kR: float, delta: float) -> Resonance:
    """The mode of radial index ``n`` >= 1 at this k; other ranges as in :func:`resonances`.

    Raises :class:`cnub.DomainError` if there is no such mode.
    """
    x, d = _validated(kR, delta)
    if not _exists(integer("n", n, 1), x, d):
        raise DomainError(f"n must be a radial mode of this ball, 1 to {mode_count(x, d)}; got {n!r}")
    depth = brentq(lambda y: _mismatch(y, x, d, n), *_bracket(n, x, d), xtol=1e-12 * _airy_unit(x), rtol=1e-14)
    return _resonance(n, depth, x, d)


def trapped_excess(kR: float, delta: float, modes: int | None = None) -> float:
    """dn/n0 at the surface that trapped waves hold once filled; what is missing as long as they are empty.

    Counts those narrower than one order spacing, or the first ``modes`` (deepest) of them. All of them tend to
    (2/3) sqrt(2 delta) for kR delta^1.5 >> 1. The first 64 one by one, deeper ones by their smooth sum; ranges as in
    :func:`resonances`.
    """
    x, d = _validated(kR, delta)
    count = min(trapped_waves(x, d), mode_count(x, d))
    count = count if modes is None else min(count, integer("modes", modes, 0))
    listed = min(count, _LISTED)
    total = math.fsum(resonance(n, x, d).density for n in range(1, listed + 1))
    return total + _smooth_sum(listed + 1, count, x, d)


def narrower_than(log_width_in_size: float, kR: float, delta: float) -> int:
    """Number of trapped waves whose full width in kR is below exp(``log_width_in_size``): widths grow with n.

    Ranges as in :func:`resonances`.
    """
    x, d = _validated(kR, delta)
    limit = finite("log_width_in_size", log_width_in_size)
    low, high = 0, min(trapped_waves(x, d), mode_count(x, d))
    while low < high:
        middle = (low + high + 1) // 2
        narrower = resonance(middle, x, d).log_width_in_size < limit
        low, high = (middle, high) if narrower else (low, middle - 1)
    return low


def crossing_time_s(radius_m: float, momentum: float, mass: float) -> float:
    """R/v in s, for a radius in m and a neutrino's momentum and mass in eV; a resonance fills in R/v over its width."""
    return positive("radius_m", radius_m) * METRE / float(speed(momentum, mass)) / SECOND


def _smooth_sum(first, last, x, d):
    """Sum of the densities of modes ``first`` to ``last`` from samples of this smooth function of n."""
    if last < first:
        return 0.0
    angles = np.linspace(math.pi, 0.0, _SAMPLES)
    radial = np.unique(np.rint(0.5 * (first + last) + 0.5 * (last - first) * np.cos(angles)).astype(int))
    densities = [resonance(int(n), x, d).density for n in radial]
    if len(radial) == last - first + 1:
        return math.fsum(densities)
    # the sum over integers is the integral from half a step before the first to half a step after the last
    return float(CubicSpline(radial, densities).integrate(first - 0.5, last + 0.5))


def _validated(kR, delta):
    return within("kR", kR, MIN_SIZE, MAX_SIZE), _attracting(delta)


def _attracting(delta):
    return within("delta", positive("delta", delta), 0.0, MAX_DELTA)


def _airy_unit(x):
    return (0.5 * x) ** (1.0 / 3.0)


@njit(cache=True)
def _depth_at(phase, x, d):
    """y at which the phase is ``phase`` > 0, or 0 if it is smaller throughout the well."""
    low, high = 0.0, x * d
    if phase >= debye_phase(x + low, low - x * d):
        return low
    for _ in range(64):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if debye_phase(x + middle, middle - x * d) > phase else (low, middle)
    return low


def _bracket(n, x, d):
    low = _depth_at(math.pi * (n - 0.25) + 0.5 * _AIRY_SLACK, x, d)
    return low, _depth_at(math.pi * (n - 0.75) - _AIRY_SLACK, x, d)


def _exists(n, x, d):
    low, high = _bracket(n, x, d)
    return high > low and _mismatch(low, x, d, n) * _mismatch(high, x, d, n) < 0.0


def _waves(y, x, d):
    nu = x + y
    return bessel(nu, x * (1.0 + d)), bessel(nu, x)


def _mismatch(y, x, d, n):
    inner, outer = _waves(y, x, d)
    return x * ((1.0 + d) * inner.j_slope * outer.y - outer.y_slope * inner.j)


def _log_slope(y, x, d):
    inner, outer = _waves(y, x, d)
    return x * ((1.0 + d) * inner.j_slope / inner.j - outer.y_slope / outer.y)


def _resonance(n, y, x, d):
    unit = _airy_unit(x)
    step = 1e-2 * unit / math.sqrt(1.0 + x * d / unit)
    near = _log_slope(y + step, x, d) - _log_slope(y - step, x, d)
    far = _log_slope(y + 2 * step, x, d) - _log_slope(y - 2 * step, x, d)
    rate = abs(8.0 * near - far) / (12.0 * step)
    outer = bessel(x + y, x)
    squared = math.log(math.pi / 4.0 * outer.y**2) + 2.0 * outer.exponent
    density = 2.0 * math.pi * (x + y) / (x * rate)
    return Resonance(n, x + y, y, -squared - math.log(rate), -squared - math.log(x * d * (2.0 + d)), density)
