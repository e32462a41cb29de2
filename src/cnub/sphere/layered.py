r"""Concentric shells: the Born closed form, and the exact partial-wave sum that checks it.

First order is linear in the potential, and a stack of shells is a sum of balls: shell i with delta_i between r_{i-1}
and r_i contributes (delta_i - delta_{i+1}) times the unit ball of radius r_i, seen from r. That holds at any size.

The exact sum propagates the radial wave (u, du/dr) of each order through the shells, in double precision. It loses
log10(1/delta) digits, so its absolute error is 1e-15, whatever delta; it is the check at moderate kR, and the source of
phase shifts for the figures. For one uniform ball at any size and full relative accuracy there is `direct`.

Riccati-Bessel functions psi = x j, chi = x y: psi upwards to the turning point, then by ratios from above; chi upwards.
Far inside a turning point a wave of order l does not reach: where psi < 1e-140 at the top of a shell it dies away
there, by the ratio of successive orders, and what is further inside is left out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from cnub.domain import DomainError, finite_array, within
from cnub.kernel_cache import njit
from cnub.sphere.born import second_order, unit_ball
from cnub.sphere.orders import DEPTH, evanescent_order, forgotten_order

LARGEST = 1e5
"""kR up to which the exact sum is offered: a second of work, and 1e-14 of absolute error."""
HIGHEST = 1e15
"""Height up to which it is offered: beyond, a double does not hold the phase."""
UNREACHED = 1e-140
"""psi below which nothing of a wave comes through: what that would add is of order psi^2."""
EPSILON = 2.220446049250313e-16
ROUNDING_MARGIN = 50.0
"""Errors of the recurrences in units of one rounding per order, added coherently: 24 measured at kR = 3000."""


def born_layers(
    k_radii: Sequence[float], deltas: Sequence[float], height: float | np.ndarray = 0.0
) -> tuple[float | np.ndarray, float | np.ndarray]:
    """First-order density excess at r = R + height/k of concentric shells, and its error estimate.

    ``k_radii``: outer radii of the shells times k, increasing, the last one is kR; ``deltas``: refraction of each,
    |delta| < 1; ``height`` >= 0 in 1/k, a number or an array. The error estimate adds the second-order bounds of the
    balls that make up the stack, each with the phase its waves gather on the way in. Raises
    :class:`cnub.DomainError`. First order of the talk's sum, "Bessel modes".

    Source: derived from the first order of the talk's overdensity.

    >>> value, error = born_layers([50.0, 100.0], [2e-6, 1e-6])
    >>> print(f"{float(value):.3e}")
    5.032e-07
    """
    radii, deltas = _validated(k_radii, deltas)
    heights = finite_array("height", height, low=0.0)
    value, error = np.zeros(heights.shape), np.zeros(heights.shape)
    strongest = max(float(np.abs(deltas).max()), np.finfo(float).tiny)
    steps = deltas - np.append(deltas[1:], 0.0)
    for x, step, delay in zip(radii, steps, _delay(radii, deltas), strict=True):
        above = radii[-1] - x + heights
        share = unit_ball(x, above)
        antipodal = x / (4 * (x + above) * (2 * x + above))
        value += step * share
        error += np.abs(step) * (np.abs(share) + antipodal) * min(2.0, 2 * delay)
        error += np.abs(step) * second_order(x, strongest, above) / strongest
    return (float(value), float(error)) if heights.ndim == 0 else (value, error)


def layered_sum(
    k_radii: Sequence[float], deltas: Sequence[float], height: float | np.ndarray = 0.0
) -> tuple[float | np.ndarray, float | np.ndarray]:
    """Density excess of concentric shells at exactly this k from the sum over partial waves, and its error estimate.

    Parameters as in :func:`born_layers`, kR <= 1e5, height <= 1e15. The error estimate is what the rounding of each
    phase shift, of kR and of kr makes of the sum; it grows next to a resonance of a trapped wave. Raises
    :class:`cnub.DomainError`.

    Source: talk, 'Bessel modes' (overdensity).

    >>> value, error = layered_sum([50.0, 100.0], [2e-6, 1e-6])
    >>> print(f"{float(value):.3e}")
    5.032e-07
    """
    heights = finite_array("height", height, low=0.0, high=HIGHEST)
    radii, deltas = _moderate(k_radii, deltas)
    value, error = _sum(radii, deltas, heights)
    neighbour, _ = _sum(radii * (1 + 8 * EPSILON), deltas, heights * (1 + 8 * EPSILON))
    error = error + np.abs(neighbour - value)
    return (float(value), float(error)) if heights.ndim == 0 else (value, error)


def _sum(radii, deltas, heights):
    shifts, rounding = _shifts_and_rounding(radii, deltas)
    pairs = [_density(shifts, rounding, radii[-1] + h) for h in heights.ravel()]
    return (np.array(part).reshape(heights.shape) for part in zip(*pairs, strict=True))


def layered_phase_shifts(k_radii: Sequence[float], deltas: Sequence[float]) -> np.ndarray:
    """Phase shifts delta_l in (-pi/2, pi/2], l = 0, 1, ... until they vanish, of concentric shells, kR <= 1e5.

    Parameters as in :func:`born_layers`. Absolute error 1e-15 times a few. Raises :class:`cnub.DomainError`. Talk,
    "Bessel modes", generalized from one ball to many shells.
    """
    return _shifts_and_rounding(*_moderate(k_radii, deltas))[0]


def _shifts_and_rounding(radii, deltas):
    x = radii[-1] * (1 + max(0.0, float(deltas.max())))
    return _phase_shifts(radii, 1 + deltas, evanescent_order(float(x), DEPTH) + 1)


def _validated(k_radii, deltas):
    radii = np.atleast_1d(finite_array("k_radii", k_radii, low=0.0))
    deltas = np.atleast_1d(finite_array("deltas", deltas, low=-1.0, high=1.0))
    if radii[0] <= 0 or (np.diff(radii) <= 0).any():
        raise DomainError(f"k_radii must be positive and increasing; got {radii!r}")
    if deltas.shape != radii.shape or (np.abs(deltas) >= 1).any():
        raise DomainError(f"deltas must be one per shell, between -1 and 1, both excluded; got {deltas!r}")
    return radii, deltas


def penetrability(kR: float, orders: object) -> np.ndarray:
    """Penetrability 1/(psi_l^2 + chi_l^2) of the centrifugal barrier at r = R for the ``orders`` l (>= 0, any shape).

    It is 1 for waves that pass freely and falls as the squared amplitude of what tunnels, ``kR`` from 1e-3 to 1e5.
    Raises :class:`cnub.DomainError`. DLMF 10.18(i), M^2 of the modulus of the Bessel functions.
    """
    within("kR", kR, 1e-3, LARGEST)
    wanted = finite_array("orders", orders, low=0.0, high=2 * LARGEST).astype(int)
    with np.errstate(over="ignore"):
        psi, chi, _ = riccati(float(kR), max(int(wanted.max()), 1) + 1)
        return (1 / (psi**2 + chi**2))[wanted]


def _moderate(k_radii, deltas):
    radii, deltas = _validated(k_radii, deltas)
    within("kR", radii[-1], 1e-3, LARGEST)
    return radii, deltas


def _delay(radii, deltas):
    """Phase by which the shells above each interface delay a wave that goes straight down to it."""
    thickness = np.diff(radii, prepend=0.0)
    total = np.cumsum((np.abs(deltas) * thickness)[::-1])[::-1]
    return np.append(total[1:], 0.0)


@njit(cache=True)
def riccati(x, count):
    """psi_l(x) = x j_l(x) and chi_l(x) = x y_l(x) for l = 0 ... count; chi is infinite where it overflows.

    Third, from the turning point on, the ratio psi_{l+1}/psi_l, which holds where psi underflows.
    """
    psi, chi = np.zeros(count + 1), np.zeros(count + 1)
    chi[0], chi[1] = -math.cos(x), -math.cos(x) / x - math.sin(x)
    for l in range(1, count):
        chi[l + 1] = (2 * l + 1) / x * chi[l] - chi[l - 1]
    turn = count if x >= count else int(x)  # a large x is beyond any integer
    psi[0] = math.sin(x)
    before = math.cos(x)
    for l in range(turn):
        psi[l + 1] = (2 * l + 1) / x * psi[l] - (psi[l - 1] if l > 0 else before)
    ratio = np.zeros(count + 1)
    above = 0.0
    for l in range(forgotten_order(count, x) if turn < count else turn, turn - 1, -1):
        above = 1 / ((2 * l + 3) / x - above)
        if l <= count:
            ratio[l] = above
    for l in range(turn, count):
        psi[l + 1] = psi[l] * ratio[l]
    return psi, chi, ratio


@njit(cache=True)
def _slope(f, l, x):
    return (l + 1) / x * f[l] - f[l + 1]


@njit(cache=True)
def _phase_shifts(radii, index, count):
    """Carry (u, v = du/d(kr)) of every order outwards; psi chi' - psi' chi = 1 gives the amplitudes in each shell."""
    u, v = np.zeros(count), np.zeros(count)
    shift, rounding = np.zeros(count), np.zeros(count)
    for i in range(len(radii)):
        n, x = index[i], index[i] * radii[i]
        psi, chi, ratio = riccati(x, count)
        if i > 0:
            low = index[i] * radii[i - 1]
            psi_low, chi_low, _ = riccati(low, count)
        for l in range(count):
            if psi[l] * psi[l] + psi[l + 1] * psi[l + 1] < UNREACHED * UNREACHED:
                # nothing of what is inside comes through; the wave dies away from this interface
                u[l], v[l] = 1.0, n * ((l + 1) / x - ratio[l])
                continue
            regular, irregular = 1.0, 0.0
            # where chi overflows at its lower end the shell is a barrier that lets nothing of what is inside through
            if i > 0 and math.isfinite(chi_low[l + 1]):
                regular = u[l] * _slope(chi_low, l, low) - v[l] / n * chi_low[l]
                irregular = v[l] / n * psi_low[l] - u[l] * _slope(psi_low, l, low)
            u[l] = regular * psi[l] + irregular * chi[l]
            v[l] = n * (regular * _slope(psi, l, x) + irregular * _slope(chi, l, x))
            size = max(abs(u[l]), abs(v[l]))  # only their ratio goes on
            u[l], v[l] = u[l] / size, v[l] / size
    x = radii[-1]
    psi, chi, _ = riccati(x, count)
    for l in range(count):
        if psi[l] * psi[l] + psi[l + 1] * psi[l + 1] >= UNREACHED * UNREACHED:
            dpsi, dchi = _slope(psi, l, x), _slope(chi, l, x)
            regular, irregular = u[l] * dchi - v[l] * chi[l], v[l] * psi[l] - u[l] * dpsi
            shift[l] = math.atan(-irregular / regular) if regular != 0.0 else 0.5 * math.pi
            spread = abs(regular) * (abs(v[l] * psi[l]) + abs(u[l] * dpsi))
            spread += abs(irregular) * (abs(u[l] * dchi) + abs(v[l] * chi[l]))
            rounding[l] = EPSILON * spread / (regular * regular + irregular * irregular)
    return shift, rounding


@njit(cache=True)
def _density(shift, rounding, x):
    psi, chi, _ = riccati(x, len(shift))
    total, error = 0.0, 0.0
    for l in range(len(shift)):
        if shift[l] != 0.0:
            s, c = math.sin(shift[l]), math.cos(shift[l])
            out = s * chi[l]
            total += (2 * l + 1) * (out * out - (s * psi[l]) ** 2 - 2 * c * psi[l] * out)
            slope = 2 * c * out * chi[l] - 2 * s * c * psi[l] ** 2 - 2 * (c * c - s * s) * psi[l] * chi[l]
            error += (2 * l + 1) * abs(slope) * rounding[l]
    return total / (x * x), ROUNDING_MARGIN * error / (x * x)
