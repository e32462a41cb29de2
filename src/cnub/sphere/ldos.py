"""Density and local density of states around a ball of any radial profile, each from its own solution of the waves.

The density sums |psi|^2 over incoming plane waves from all directions; the local density of states is Im G of an
outgoing point source. The radial waves are integrated through the ball numerically, with no Bessel function inside,
so that the profile is free. That both agree is the principle that decides about flat, round and flattened ground alike.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.integrate import solve_ivp

from cnub.domain import DomainError, positive

Profile = Callable[[float], float]
_TOLERANCE = 1e-10
LARGEST = 200.0


def isotropic_density(kR: float, index: Profile, distance: float) -> float:
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


def local_density_of_states(kR: float, index: Profile, distance: float) -> float:
    """Im G/Im G0 at kr = ``distance`` >= ``kR`` of a point source there; arguments as in ``isotropic_density``.

    Each partial wave of G joins the regular wave below the source to the outgoing one above it.
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
    # u'' = [l(l+1)/x^2 - n^2] u from deep under the barrier, where u ~ x^(l+1)
    for order in range(int(distance + 7.0 * distance ** (1.0 / 3.0)) + 8):
        start = min(max(1e-3, 0.2 * order), 0.5 * kR)

        def slope(x, u, order=order):
            n = index(x / kR)
            return [u[1], (order * (order + 1) / x**2 - n * n) * u[0]]

        u = [1.0, (order + 1) / start]
        inside = solve_ivp(slope, (start, kR), u, method="DOP853", rtol=_TOLERANCE, atol=0.0).y[:, -1]
        inside = inside / np.hypot(*inside)
        yield order, _through_vacuum(order, kR, distance, inside)


def _through_vacuum(order, kR, distance, u):
    if distance == kR:
        return u
    free = solve_ivp(
        lambda x, u: [u[1], (order * (order + 1) / x**2 - 1.0) * u[0]],
        (kR, distance), u, method="DOP853", rtol=_TOLERANCE, atol=0.0,
    )  # fmt: skip
    return free.y[:, -1]


def _outgoing(order, x):
    # x h_l^(1) and its derivative, by the recurrence from the elementary l = -1, 0
    before, here = np.exp(1j * x), -1j * np.exp(1j * x)
    for l in range(order):
        before, here = here, (2 * l + 1) / x * here - before
    return here, before - order / x * here
