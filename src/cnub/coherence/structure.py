"""The coherent sum S(q) = |sum_a exp(i q.x_a)|^2: N^2 where q r << 1, N where the phases average out.

Three ways to the same number: the sum itself (kernel, one q vector), its average over directions (sampled over a
spherical Fibonacci set), and Debye's exact average over directions, sum_ab sin(q r_ab)/(q r_ab), at N^2 cost.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from cnub.domain import DomainError, finite_array, integer, representable
from cnub.kernel_cache import njit

_MAX_DEBYE = 20_000
_TERM_ERROR = 4.0
"""Rounding of the N^2 terms, each of order one, in units of N machine epsilons: they add up at random."""


@dataclass(frozen=True)
class StructureAverage:
    """S(q) averaged over directions: ``value`` and ``error_estimate`` of shape (len(q),), and how they were got.

    ``error_estimate`` is the standard error over the sampled directions, or the rounding of the sum over pairs.
    """

    q: np.ndarray
    value: np.ndarray
    error_estimate: np.ndarray
    method: str


@njit(cache=True)
def _sum_kernel(positions, q, out):
    for m in range(q.shape[0]):
        real = 0.0
        imaginary = 0.0
        for a in range(positions.shape[0]):
            phase = q[m, 0] * positions[a, 0] + q[m, 1] * positions[a, 1] + q[m, 2] * positions[a, 2]
            real += math.cos(phase)
            imaginary += math.sin(phase)
        out[m] = real * real + imaginary * imaginary


@njit(cache=True)
def _debye_kernel(positions, q, out):
    count = positions.shape[0]
    out[:] = count
    lost = np.zeros(out.shape[0])
    for a in range(count):
        for b in range(a):
            x = positions[a, 0] - positions[b, 0]
            y = positions[a, 1] - positions[b, 1]
            z = positions[a, 2] - positions[b, 2]
            distance = math.sqrt(x * x + y * y + z * z)
            for m in range(q.shape[0]):
                phase = q[m] * distance
                # Kahan: what N^2/2 additions round off would exceed the terms' own errors by orders of magnitude.
                term = 2.0 * (math.sin(phase) / phase if phase > 0.0 else 1.0) - lost[m]
                total = out[m] + term
                lost[m] = (total - out[m]) - term
                out[m] = total


@representable
def scattering_sum(positions: object, q: object) -> np.ndarray:
    """|sum_a exp(i q.x_a)|^2 for each momentum transfer; shape (M,).

    ``positions`` of shape (N, 3) and ``q`` of shape (M, 3) in inverse units (say m and 1/m).
    Raises :class:`cnub.DomainError` on other shapes or entries that are not finite. Talk, 'Coherent enhancement'.
    """
    x, q = _vectors("positions", positions), _vectors("q", q)
    out = np.empty(len(q))
    _sum_kernel(x, q, out)
    return out


@representable
def structure_average(positions: object, q: object, directions: int = 200) -> StructureAverage:
    """S(q) averaged over ``directions`` (2 to 10^5) of q on a spherical Fibonacci set; ``q`` of shape (M,), >= 0."""
    x, q = _vectors("positions", positions), _magnitudes(q)
    units = _fibonacci(integer("directions", directions, 2, 100_000))
    samples = np.array([scattering_sum(x, magnitude * units) for magnitude in q])
    error = samples.std(axis=1, ddof=1) / math.sqrt(len(units))
    return StructureAverage(q, samples.mean(axis=1), error, "directions")


@representable
def debye_sum(positions: object, q: object) -> StructureAverage:
    """S(q) averaged over all directions exactly: sum_ab sin(q r_ab)/(q r_ab), for at most 20000 scatterers.

    ``positions`` of shape (N, 3), ``q`` of shape (M,), >= 0. P. Debye, Ann. Phys. 351 (1915) 809.
    """
    x, q = _vectors("positions", positions), _magnitudes(q)
    if len(x) > _MAX_DEBYE:
        raise DomainError(f"positions must be at most {_MAX_DEBYE} for the sum over pairs; got {len(x)}")
    out = np.empty(len(q))
    _debye_kernel(x, q, out)
    return StructureAverage(q, out, np.finfo(float).eps * (np.abs(out) + _TERM_ERROR * len(x)), "pairs")


@representable
def ball_form_factor(x: object) -> np.ndarray:
    """F = 3 j_1(x)/x of a uniform ball, x = q R (any shape, >= 0); F(0) = 1."""
    x = finite_array("x", x, low=0.0)
    small = np.where(x < 0.1, x, 0.1) ** 2
    series = 1 - small / 10 + small**2 / 280 - small**3 / 15120
    safe = np.where(x < 0.1, 1.0, x)
    return np.where(x < 0.1, series, 3 * (np.sin(safe) - safe * np.cos(safe)) / safe**3)


@representable
def cube_form_factor(q: object) -> np.ndarray:
    """F = product of sin(q_i)/q_i of a uniform cube of half edge one, for ``q`` of shape (M, 3)."""
    return np.sinc(_vectors("q", q) / math.pi).prod(axis=1)


@representable
def random_expectation(count: int, form_factor: object) -> np.ndarray:
    """Mean of S(q) over random arrangements: N + N (N - 1) F^2, for N = ``count`` and the form factor F of the body.

    The first term is the incoherent sum, the second the coherent one; they are equal where F^2 = 1/(N - 1).
    """
    count = integer("count", count, 1)
    return count + count * (count - 1) * finite_array("form_factor", form_factor) ** 2


@representable
def lattice_cube_sum(points_per_edge: int, q: object) -> np.ndarray:
    """S(q) of a simple cubic lattice filling a cube of half edge one: product of sin^2(n q a/2)/sin^2(q a/2).

    ``q`` of shape (M, 3), the spacing a = 2/n. Exact; peaks of N^2 at every reciprocal lattice vector.
    """
    n = integer("points_per_edge", points_per_edge, 1)
    half = _vectors("q", q) / n
    factors = np.full(half.shape, float(n))
    generic = np.abs(np.sin(half)) > 1e-9
    factors[generic] = np.sin(n * half[generic]) / np.sin(half[generic])
    return (factors**2).prod(axis=1)


@representable
def coherence_edge(count: int) -> float:
    """q R at which the coherent term of a random ball falls to the incoherent N: F^2 = 1/(N - 1) for the first time.

    Past it the ball scatters like N separate atoms. ``count`` >= 3.
    """
    target = 1 / math.sqrt(integer("count", count, 3) - 1)
    first_zero = 4.493409457909064
    return brentq(lambda x: float(ball_form_factor(x)) - target, 0.0, first_zero, xtol=1e-12)


def _magnitudes(q):
    array = np.atleast_1d(finite_array("q", q, low=0.0))
    if array.ndim != 1:
        raise DomainError(f"q must be an array of shape (M,); got shape {array.shape}")
    return array


def _vectors(name, value):
    array = np.atleast_2d(finite_array(name, value))
    if array.ndim != 2 or array.shape[1] != 3:
        raise DomainError(f"{name} must be an array of shape (N, 3); got shape {array.shape}")
    return np.ascontiguousarray(array)


def _fibonacci(count):
    index = np.arange(count) + 0.5
    height = 1 - 2 * index / count
    azimuth = math.pi * (1 + math.sqrt(5)) * index
    ring = np.sqrt(1 - height**2)
    return np.stack([ring * np.cos(azimuth), ring * np.sin(azimuth), height], axis=1)
