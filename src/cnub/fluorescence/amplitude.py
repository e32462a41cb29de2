"""M_tot of Eq. (1) over arrangements of dipoles, and how sharply a finite target matches phases.

With q = p_i - p_j' - k, sum_r exp(i q.x_r) is N where q = 0 and of order sqrt(N) far from it; between, a target of side
L keeps its phases within |q| < 2.78/L. A density n_0 [1 + cos(D.x)] has two more maxima, of height N/2, at q = -+D.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.optimize.elementwise import find_root

from cnub.constants import METRE
from cnub.domain import DomainError, finite_array, integer, positive, representable
from cnub.faces import later

brentq = later("scipy.optimize", "brentq")

MOST_DIPOLES = 10**7
MOST_TURNS = 1e9
"""Radians of a grating over the target: beyond, its phase in a double is no longer good to 1e-6."""


@representable
def grating_positions(number: int, length: float, grating: float, seed: int = 0) -> np.ndarray:
    """Positions (N, 3) of random dipoles in a cube of side ``length`` around the origin, density n_0 [1 + cos(D x)].

    D = ``grating`` along x (text below Eq. 14), > 0, in the unit of 1/``length``. Raises :class:`cnub.DomainError` on a
    number outside 1 to ``MOST_DIPOLES``, or more than ``MOST_TURNS``.
    """
    number, length = integer("number", number, 1, MOST_DIPOLES), positive("length", length)
    turns = positive("grating", grating) * length
    if turns > MOST_TURNS:
        raise DomainError(f"grating must be at most {MOST_TURNS:g} / length; got {grating!r}")
    draw = np.random.default_rng(integer("seed", seed, 0, 2**32 - 1)).random((number, 3)) - 0.5
    total = turns + 2 * math.sin(turns / 2)

    def excess(u, below):
        return turns * (u + 0.5) + np.sin(turns * u) + math.sin(turns / 2) - below * total

    draw[:, 0] = find_root(excess, (-0.5, 0.5), args=(draw[:, 0] + 0.5,)).x
    return draw * length


@representable
def total_amplitude(positions: np.ndarray, momentum_transfers: np.ndarray) -> np.ndarray:
    """M_tot/M = sum_r exp(i q.x_r), complex (Q,): Eq. (1) of 2507.10868v1 with equal M_r.

    ``positions`` (N, 3) and ``momentum_transfers`` q = p_i - p_j' - k (Q, 3), in reciprocal units. Raises
    :class:`cnub.DomainError` on other shapes or values that are not finite.

    Source: Eq. (1) of 2507.10868v1; talk, 'Coherent photon emission'; talk, 'Coherent enhancement' (total amplitude).

    >>> positions = np.zeros((5, 3))
    >>> print(total_amplitude(positions, [[0.0, 0.0, 0.0]]))
    [5.+0.j]
    """
    x, q = _points("positions", positions), _points("momentum_transfers", momentum_transfers)
    return np.exp(1j * (q @ x.T)).sum(axis=1)


@representable
def box_form_factor(momentum_transfers: np.ndarray, length: float, grating: float = 0.0) -> np.ndarray:
    """Mean of exp(i q.x) over a cube of side ``length`` with density n_0 [1 + cos(D x)], D = ``grating`` along x; (Q,).

    F(q) + F(q + D)/2 + F(q - D)/2 over its value at q = 0, F the product of sin(q L/2)/(q L/2). Without grating: F.
    Raises :class:`cnub.DomainError` outside these ranges.

    Source: text below Eq. (14) of 2507.10868v1.

    >>> print(abs(box_form_factor([[2 * np.pi, 0.0, 0.0]], length=1.0)[0]) < 1e-15)
    True
    """
    q, length = _points("momentum_transfers", momentum_transfers), positive("length", length)
    sides = np.sinc(q * length / (2 * math.pi))
    across = sides[:, 1] * sides[:, 2]
    if grating == 0.0:
        return sides[:, 0] * across
    D = positive("grating", grating)
    along = sides[:, 0] + 0.5 * sum(np.sinc((q[:, 0] + s * D) * length / (2 * math.pi)) for s in (1, -1))
    return along * across / (1 + np.sinc(D * length / (2 * math.pi)))


@representable
def phase_matching_width(length_m: float) -> float:
    """Full width in eV at half maximum of |M_tot|^2 against one component of q, for a target ``length_m`` metres long.

    2 x 2.783/L from sinc^2(qL/2) = 1/2; ``length_m`` > 0. Raises :class:`cnub.DomainError` outside these ranges.

    Source: text below Eq. (1) of 2507.10868v1.

    >>> print(f"{phase_matching_width(length_m=3.0):.2e}")
    3.66e-07
    """
    half = brentq(lambda x: math.sin(x) ** 2 - 0.5 * x * x, 1.0, 2.0, xtol=1e-15)
    return 4 * half / (positive("length_m", length_m) * METRE)


def _points(name, value):
    points = finite_array(name, value)
    if points.ndim != 2 or points.shape[1] != 3:
        raise DomainError(f"{name} must have shape (N, 3); got {points.shape}")
    return points
