"""The coherent sum S(q) = |sum_a exp(i q.x_a)|^2: N^2 where q r << 1, N where the phases average out.

The sum itself (kernel, one q vector), and its average over directions, sampled over a spherical Fibonacci set. The
tests hold it against Debye's exact average, sum_ab sin(q r_ab)/(q r_ab), at N^2 cost.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import spherical_jn

from cnub.coherence.phases import total_amplitude, vectors
from cnub.domain import DomainError, finite_array, integer, one_of, representable
from cnub.faces import later

brentq = later("scipy.optimize", "brentq")

BODIES = ("ball", "cube", "shell")
TINY = 1e-9
"""q R below which F = 1 - (q R)^2/10 is one to the last digit."""


@dataclass(frozen=True)
class StructureAverage:
    """S(q) averaged over directions: ``value`` and its standard error ``error_estimate``, of shape (len(q),)."""

    q: np.ndarray
    value: np.ndarray
    error_estimate: np.ndarray


@representable
def scattering_sum(positions: object, q: object) -> np.ndarray:
    """|sum_a exp(i q.x_a)|^2 for each momentum transfer; shape (M,).

    ``positions`` of shape (N, 3) and ``q`` of shape (M, 3) in inverse units (say m and 1/m). Raises
    :class:`cnub.DomainError` on other shapes or entries that are not finite.

    Source: talk, 'Coherent enhancement' (total amplitude).

    >>> positions = arrange("random ball", 100)
    >>> print(scattering_sum(positions, np.zeros((1, 3))))
    [10000.]
    """
    return np.abs(total_amplitude(positions, q, method="kernel")) ** 2


@representable
def structure_average(positions: object, q: object, directions: int = 200) -> StructureAverage:
    """S(q) averaged over ``directions`` (2 to 10^5) of q on a spherical Fibonacci set; ``q`` of shape (M,), >= 0.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Coherent enhancement' (total amplitude).

    >>> average = structure_average(arrange("random ball", 100), q=[0.0, 1e3])
    >>> print(f"{average.value[0]:.1f}")
    10000.0
    """
    x, sizes = vectors("positions", positions), _magnitudes(q)
    units = _fibonacci(integer("directions", directions, 2, 100_000))
    samples = np.array([scattering_sum(x, magnitude * units) for magnitude in sizes])
    error = samples.std(axis=1, ddof=1) / math.sqrt(len(units))
    return StructureAverage(sizes, samples.mean(axis=1), error)


@representable
def ball_form_factor(x: object) -> np.ndarray:
    """F = 3 j_1(x)/x of a uniform ball, x = q R (any shape, >= 0); F(0) = 1.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: P. Debye, Ann. Phys. 351 (1915) 809.

    >>> print(f"{ball_form_factor(4.4934):.1e}")
    1.4e-06
    """
    x = finite_array("x", x, low=0.0)
    small = x < TINY
    return np.where(small, 1.0, 3 * spherical_jn(1, np.where(small, 1.0, x)) / np.where(small, 1.0, x))


@representable
def form_factor(body: str, q: object) -> np.ndarray:
    """F of a body evenly filled, for ``q`` of shape (M, 3) times its radius or half edge; F(0) = 1.

    ``body`` is "ball", "cube" (the product of sin q_i/q_i) or "shell" (sin q/q). Raises :class:`cnub.DomainError`
    outside these ranges.

    >>> form_factor("cube", [[np.pi, 0.0, 0.0]]).round(12) + 0.0
    array([0.])
    """
    transfers = vectors("q", q)
    if one_of("body", body, BODIES) == "cube":
        return np.sinc(transfers / np.pi).prod(axis=1)
    size = np.linalg.norm(transfers, axis=1)
    return ball_form_factor(size) if body == "ball" else np.sinc(size / np.pi)


@representable
def random_expectation(count: int, form_factor: object) -> np.ndarray:
    """Mean of S(q) over random arrangements: N + N (N - 1) F^2, for N = ``count`` and the form factor F of the body.

    The first term is the incoherent sum, the second the coherent one; they are equal where F^2 = 1/(N - 1). Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Coherent enhancement' (coherent sum); talk, 'Coherent enhancement' (incoherent sum).

    >>> print(random_expectation(100, form_factor=[1.0, 0.0]))
    [10000.   100.]
    """
    count = integer("count", count, 1)
    return count + count * (count - 1) * finite_array("form_factor", form_factor) ** 2


@representable
def coherence_edge(count: int) -> float:
    """q R at which the coherent term of a random ball falls to the incoherent N: F^2 = 1/(N - 1) for the first time.

    Past it the ball scatters like N separate atoms. ``count`` >= 3. Raises :class:`cnub.DomainError` outside these
    ranges.

    Source: derived from the form factor of a uniform ball.

    >>> print(f"{coherence_edge(1000):.2f}")
    4.29
    """
    target = 1 / math.sqrt(integer("count", count, 3) - 1)
    first_zero = 4.493409457909064
    return brentq(lambda x: float(ball_form_factor(x)) - target, 0.0, first_zero, xtol=1e-12)


def _magnitudes(q):
    array = np.atleast_1d(finite_array("q", q, low=0.0))
    if array.ndim != 1:
        raise DomainError(f"q must be an array of shape (M,); got shape {array.shape}")
    return array


def _fibonacci(count):
    index = np.arange(count) + 0.5
    height = 1 - 2 * index / count
    azimuth = math.pi * (1 + math.sqrt(5)) * index
    ring = np.sqrt(1 - height**2)
    return np.stack([ring * np.cos(azimuth), ring * np.sin(azimuth), height], axis=1)
