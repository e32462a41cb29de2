"""M_tot of Eq. (1) over arrangements of dipoles, and how sharply a finite target matches phases.

With q = p_i - p_j' - k, sum_r exp(i q.x_r) is N where q = 0 and of order sqrt(N) far from it; between, a target of side
L keeps its phases within |q| < 2.78/L. A density n_0 [1 + cos(D.x)] has two more maxima, of height N/2, at q = -+D.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.optimize import brentq

from cnub.constants import METRE
from cnub.domain import DomainError, finite_array, finite_complex, integer, one_of, positive, representable

ARRANGEMENTS = ("random", "lattice", "grating")
MOST_DIPOLES = 10**7
MOST_TURNS = 1e9
"""Radians of a grating over the target: beyond, its phase in a double is no longer good to 1e-6."""


@representable
def dipole_positions(arrangement: str, number: int, length: float, grating: float = 0.0, seed: int = 0) -> np.ndarray:
    """Positions (N, 3) of dipoles in a cube of side ``length`` centred at the origin; length in any unit of 1/momentum.

    "random": uniform; "lattice": a simple cubic lattice of round(number^(1/3))^3 points; "grating": random with density
    n_0 [1 + cos(D x)], D = ``grating`` along x (text below Eq. 14). Raises :class:`cnub.DomainError` on an unknown
    arrangement, a number < 1, or a length or grating that is not > 0.
    """
    one_of("arrangement", arrangement, ARRANGEMENTS)
    number, length = integer("number", number, 1, MOST_DIPOLES), positive("length", length)
    seed = integer("seed", seed, 0, 2**32 - 1)
    if arrangement == "lattice":
        side = round(number ** (1 / 3))
        axis = ((np.arange(side) + 0.5) / side - 0.5) * length
        return np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), axis=-1).reshape(-1, 3)
    draw = np.random.default_rng(seed).random((number, 3))
    if arrangement == "grating":
        turns = positive("grating", grating) * length
        if turns > MOST_TURNS:
            raise DomainError(f"grating must be at most {MOST_TURNS:g} / length; got {grating!r}")
        draw[:, 0] = _inverse_cumulative(draw[:, 0], turns)
    return (draw - 0.5) * length


@representable
def total_amplitude(positions: np.ndarray, momentum_transfers: np.ndarray) -> np.ndarray:
    """M_tot/M = sum_r exp(i q.x_r), complex (Q,): Eq. (1) of 2507.10868v1 with equal M_r.

    ``positions`` (N, 3) and ``momentum_transfers`` q = p_i - p_j' - k (Q, 3), in reciprocal units. Raises
    :class:`cnub.DomainError` on other shapes or values that are not finite.
    """
    x, q = _points("positions", positions), _points("momentum_transfers", momentum_transfers)
    return np.exp(1j * (q @ x.T)).sum(axis=1)


@representable
def box_form_factor(momentum_transfers: np.ndarray, length: float, grating: float = 0.0) -> np.ndarray:
    """Mean of exp(i q.x) over a cube of side ``length`` with density n_0 [1 + cos(D x)], D = ``grating`` along x; (Q,).

    F(q) + F(q + D)/2 + F(q - D)/2 over its value at q = 0, F the product of sin(q L/2)/(q L/2). Without grating: F.
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

    2 x 2.783/L from sinc^2(qL/2) = 1/2; ``length_m`` > 0.
    """
    half = brentq(lambda x: math.sin(x) ** 2 - 0.5 * x * x, 1.0, 2.0, xtol=1e-15)
    return 4 * half / (positive("length_m", length_m) * METRE)


@representable
def expected_intensity(form_factor: np.ndarray, number: int) -> np.ndarray:
    """Mean of |M_tot/M|^2 over random positions: N + N (N - 1) |F|^2, from N (incoherent) to N^2 (coherent)."""
    n = integer("number", number, 1)
    return n + n * (n - 1) * np.abs(finite_complex("form_factor", form_factor)) ** 2


def _inverse_cumulative(fraction, turns):
    """u in [0, 1] with the density 1 + cos(turns (u - 1/2)) below it a ``fraction``, by bisection."""
    total = 1 + math.sin(turns / 2) / (turns / 2)
    low, high = np.zeros_like(fraction), np.ones_like(fraction)
    for _ in range(52):
        middle = 0.5 * (low + high)
        mass = middle + (np.sin(turns * (middle - 0.5)) + math.sin(turns / 2)) / turns
        below = mass < fraction * total
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return 0.5 * (low + high)


def _points(name, value):
    points = finite_array(name, value)
    if points.ndim != 2 or points.shape[1] != 3:
        raise DomainError(f"{name} must have shape (N, 3); got {points.shape}")
    return points
