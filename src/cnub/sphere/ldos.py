"""Density and local density of states around a ball of any radial profile, each from its own solution of the waves.

The density sums |psi|^2 over incoming plane waves from all directions; the local density of states is Im G of an
outgoing point source. The radial waves are integrated through the ball numerically, with no Bessel function inside,
so that the profile is free. That both agree is the principle that decides about flat, round and flattened ground alike.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnub.domain import DomainError, positive
from cnub.faces import later
from cnub.sphere.orders import evanescent_order

solve_ivp = later("scipy.integrate", "solve_ivp")

IndexProfile = Callable[[float], float]
_TOLERANCE = 1e-10
_DEPTH = 40.0
"""Exponent of what is left out of the density: 1e-17."""
LARGEST = 200.0


def isotropic_density(kR: float, index: IndexProfile, distance: float) -> float:
    """n/n0 at kr = ``distance`` >= ``kR`` from plane waves of all directions; ``index`` maps r/R to n inside.

    Each partial wave is fitted outside to e^{-ix} - S e^{ix} waves. ``kR`` at most 200.
    """
    distance = _distance(kR, distance)
    total = 0.0
    for order, (value, slope) in _waves(kR, index, distance):
        outgoing, d_out = _outgoing(order, distance)
        # u = a h2 + b h1 at the observer, Wronskian 2i; a plane wave has a = 1/2, that of x j_l
        amplitude = abs(value * d_out - slope * outgoing) / 2.0
        total += (2 * order + 1) * (value / (2.0 * amplitude)) ** 2
    return total / distance**2


def local_density_of_states(kR: float, index: IndexProfile, distance: float) -> float:
    """Im G/Im G0 at kr = ``distance`` >= ``kR`` of a point source there; arguments as in ``isotropic_density``.

    Each partial wave of G joins the regular wave below the source to the outgoing one above it. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: derived from the Green function of the talk's radial equation.

    >>> print(f"{local_density_of_states(5.0, index=lambda r: 1.1, distance=6.0):.4f}")
    0.9875
    """
    distance = _distance(kR, distance)
    total = 0.0
    for order, (value, slope) in _waves(kR, index, distance):
        outgoing, d_out = _outgoing(order, distance)
        total += (2 * order + 1) * np.imag(1.0 / (slope / value - d_out / outgoing))
    return total / distance**2


def _distance(kR, distance):
    if positive("kR", kR) > LARGEST:
        raise DomainError(f"kR must be at most {LARGEST:g}; got {kR!r}")
    if positive("distance", distance) < kR:
        raise DomainError(f"distance must be at least kR = {kR:g}; got {distance!r}")
    return distance


def _waves(kR, index, distance):
    """(order, (u, u')) at ``distance`` of every order, u to a factor of its own; all are integrated at once.

    u'' = [l(l+1)/x^2 - n^2] u from deep under the barrier, where u ~ x^(l+1), to the surface; t maps it to 0..1.
    """
    orders = np.arange(evanescent_order(float(distance), _DEPTH) + 1.0)
    start = np.minimum(np.maximum(1e-3, 0.2 * orders), 0.5 * kR)
    profile = np.vectorize(lambda s: float(index(s)), otypes=[float])
    u = np.stack([np.ones_like(orders), (orders + 1) / start])
    u = _integrated(orders, profile, start / kR, 1.0, kR, u)
    u = u / np.hypot(*u)
    if distance > kR:
        u = _integrated(orders, np.ones_like, np.ones_like(orders), distance / kR, kR, u)
    return zip(orders.astype(int), u.T, strict=True)


def _integrated(orders, profile, start, end, kR, u):
    """The waves ``u`` (2, orders) carried from r/R = ``start``, one radius each, to ``end``, common to all."""
    width = end - start

    def slope(t, u):
        s = start + t * width
        value, derivative = u.reshape(2, -1)
        bend = orders * (orders + 1) / (kR * s) ** 2 - profile(s) ** 2
        return kR * np.concatenate([width * derivative, width * bend * value])

    found = solve_ivp(slope, (0.0, 1.0), u.ravel(), method="DOP853", rtol=_TOLERANCE, atol=0.0)
    return found.y[:, -1].reshape(2, -1)


def _outgoing(order, x):
    # x h_l^(1) and its derivative, by the recurrence from the elementary l = -1, 0
    before, here = np.exp(1j * x), -1j * np.exp(1j * x)
    for l in range(order):
        before, here = here, (2 * l + 1) / x * here - before
    return here, before - order / x * here
