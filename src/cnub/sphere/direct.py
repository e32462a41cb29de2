"""The plain sum over all partial waves at exactly this k (talk, "Bessel modes").

dn/n0 = (1/2) Re sum_l (2l+1)(S_l - 1) h_l^(1)(kr)^2 with S_l = exp(2 i delta_l). Its real part falls like j_l(kR)^2
beyond l = kR: the slow, algebraic tail of (S_l - 1) h_l^2 is imaginary. The sum ends where j_l^2 has fallen by e^-80;
what lies beyond can only be resonances narrower than 1e-34 of their order spacing, which no double kR ever hits.
"""

from __future__ import annotations

import math

import numpy as np

from cnub.domain import DomainError, integer, non_negative, within
from cnub.sphere.block import Ball, block_sum, block_tangents
from cnub.sphere.starts import evanescent_order

MAX_DELTA = 0.1
SMALLEST_BALL = 1e-5
"""Below this kR the s wave alone is exact to kR^2 = 1e-10 of a value that is itself below 2e-10 |delta|."""
ROUNDING = 4e-16
"""Relative rounding error of one term, random in sign; measured below 2e-16 of the root sum of squares."""
RECURRENCE_ROUNDING = 1e-31
_DEPTH = 80.0


def direct_sum(kR: float, delta: float, height: float = 0.0) -> tuple[float, float]:
    """Density excess dn/n0 and its error estimate, as the sum over every partial wave at exactly this k.

    ``kR`` is the radius of the ball in units of 1/k (> 0), ``delta`` the refraction (|delta| <= 0.1), ``height`` the
    distance from the surface in units of 1/k (>= 0). Raises :class:`cnub.DomainError` outside. The cost is proportional
    to kR. Talk, "Bessel modes", third equation.
    """
    ball = _validated(kR, delta, height)
    if delta == 0.0:
        return 0.0, 0.0
    if ball.kR < SMALLEST_BALL:
        return _small_ball(ball)
    part = block_sum(ball, 0, highest_order(ball.kR) + 1)
    return part.total, _error(part, highest_order(ball.kR))


def highest_order(kR: float) -> int:
    """The last order of the sum: where j_l(kR)^2 has fallen by e^-80 beyond the turning point."""
    return evanescent_order(kR, _DEPTH)


def phase_shift(l: int, kR: float, delta: float) -> float:
    """Phase shift delta_l in (-pi/2, pi/2], in radians, of the uniform ball of index 1 + ``delta``.

    ``l`` is the order, up to where the phase falls under 1e-34; other parameters as in :func:`direct_sum`. Raises
    :class:`cnub.DomainError` outside. Talk, "Bessel modes", second equation.
    """
    ball = _validated(kR, delta, 0.0)
    order = integer("l", l, 0, highest_order(ball.kR))
    if delta == 0.0:
        return 0.0
    tangent, _, _ = block_tangents(ball, 0, order + 1)
    return _angle(tangent[order])


def phase_shifts(kR: float, delta: float) -> np.ndarray:
    """All phase shifts, l = 0 ... :func:`highest_order`, in radians, each in (-pi/2, pi/2]."""
    ball = _validated(kR, delta, 0.0)
    count = highest_order(ball.kR) + 1
    if delta == 0.0:
        return np.zeros(count)
    tangent, _, _ = block_tangents(ball, 0, count)
    return np.arctan(tangent[:, 0] / tangent[:, 1])


def _angle(tangent):
    return math.atan(tangent[0] / tangent[1]) if tangent[1] != 0.0 else math.pi / 2


def _validated(kR, delta, height):
    if not (isinstance(kR, (int, float, np.number)) and 0.0 < kR < math.inf):
        raise DomainError(f"kR must be finite and > 0; got {kR!r}")
    return Ball(float(kR), within("delta", delta, -MAX_DELTA, MAX_DELTA), non_negative("height", height))


def _small_ball(ball):
    """The s wave of a ball much smaller than 1/k: tan(delta_0) = (n^2 - 1)(kR)^3/3."""
    r = ball.kR + ball.height
    tangent = ball.delta * (2.0 + ball.delta) * ball.kR**3 / 3.0
    value = tangent * math.sin(2.0 * r) / r**2
    return value, abs(tangent) / r**2 * ball.kR**2 + 1e-15 * abs(value)


def _error(part, orders):
    return ROUNDING * part.rms + RECURRENCE_ROUNDING * orders * part.spread + 2e-16 * abs(part.total)
