"""The plain sum over all partial waves at exactly this k (talk, "Bessel modes").

dn/n0 = (1/2) Re sum_l (2l+1)(S_l - 1) h_l^(1)(kr)^2 with S_l = exp(2 i delta_l). Its real part falls like j_l(kR)^2
beyond l = kR: the slow, algebraic tail of (S_l - 1) h_l^2 is imaginary. The sum ends where j_l^2 has fallen by e^-80;
what lies beyond can only be resonances narrower than 1e-34 of their order spacing, which no double kR ever hits.
"""

from __future__ import annotations

import math
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np

from cnub.domain import integer, positive, within
from cnub.sphere.block import Ball, block_sum, block_tangents
from cnub.sphere.bulk import bulk_sum, state, tangent_at
from cnub.sphere.checkpoint import identity, run_parts
from cnub.sphere.starts import CLEARANCE, evanescent_order, first_safe_order

MIN_SIZE, MAX_SIZE = 1e-100, 1e13
MAX_DELTA = 0.1
MAX_HEIGHT = 1e15
SMALLEST_BALL = 1e-5
"""Below this kR the s wave alone is exact to kR^2 = 1e-10 of a value that is itself below 2e-10 |delta|."""
ROUNDING = 4e-16
"""Relative rounding error of one term, random in sign; measured below 2e-16 of the root sum of squares."""
RECURRENCE_ROUNDING = 1e-31
_DEPTH = 80.0
SMALLEST_BULK = 2.5e5
"""Below this kR every wave is summed in double-double: 0.1 us each, and 1e-13 |delta|."""
BULK_FLOOR = 1e-13
"""Least error in units of |delta| once double precision takes part."""
BULK_BLOCK = 2**21
PART = 2**26
EXACT_BLOCK = 2**20
MAX_TABLE = 1e6
"""Largest kR for which all phase shifts are returned at once."""


def direct_sum(
    kR: float, delta: float, height: float = 0.0, *, threads: int = 1, checkpoint: str | Path | None = None
) -> tuple[float, float]:
    """Density excess dn/n0 and its error estimate, as the sum over every partial wave at exactly this k.

    ``kR`` is the radius of the ball in units of 1/k (> 0, <= 1e13), ``delta`` the refraction (|delta| <= 0.1),
    ``height`` the distance from the surface in units of 1/k (0 to 1e15). The cost is proportional to kR, 5 ns per wave,
    shared by ``threads``; finished parts are kept in the file ``checkpoint`` and not computed again. Raises
    :class:`cnub.DomainError` outside those ranges. Talk, "Bessel modes", third equation.
    """
    ball = _validated(kR, delta, height)
    workers = integer("threads", threads, 1)
    if delta == 0.0:
        return 0.0, 0.0
    if ball.kR < SMALLEST_BALL:
        return _small_ball(ball)
    sums = run_parts(partial(_part_sum, ball), _parts(ball), workers, identity(ball), checkpoint)
    value = math.fsum(value for value, _ in sums)
    floor = BULK_FLOOR * abs(ball.delta) if _bulk_end(ball) else 2e-16 * abs(value)
    return value, 3.0 * math.hypot(*(error for _, error in sums)) + floor


def highest_order(kR: float) -> int:
    """The last order of the sum: where j_l(kR)^2 has fallen by e^-80 beyond the turning point."""
    return evanescent_order(within("kR", positive("kR", kR), MIN_SIZE, MAX_SIZE), _DEPTH)


def phase_shift(l: int, kR: float, delta: float) -> float:
    """Phase shift delta_l in (-pi/2, pi/2], in radians, of the uniform ball of index 1 + ``delta``.

    ``l`` is the order, up to where the phase falls under 1e-34; other parameters as in :func:`direct_sum`. Raises
    :class:`cnub.DomainError` outside. Talk, "Bessel modes", second equation.
    """
    ball = _validated(kR, delta, 0.0)
    order = integer("l", l, 0, highest_order(ball.kR))
    if delta == 0.0:
        return 0.0
    first = next(first for first, count, _ in _parts(ball)[::-1] if first <= order)
    if order < _bulk_end(ball):
        return _angle(tangent_at(ball, order))
    tangent, _, _ = block_tangents(ball, first, order - first + 1)
    return _angle(tangent[-1])


def phase_shifts(kR: float, delta: float) -> np.ndarray:
    """All phase shifts, l = 0 ... :func:`highest_order`, in radians, each in (-pi/2, pi/2], for kR <= 1e6."""
    ball = _validated(within("kR", kR, 0.0, MAX_TABLE), delta, 0.0)
    count = highest_order(ball.kR) + 1
    if delta == 0.0:
        return np.zeros(count)
    tangent, _, _ = block_tangents(ball, 0, count)
    return np.arctan(tangent[:, 0] / tangent[:, 1])


def _angle(tangent):
    return math.atan(tangent[0] / tangent[1]) if tangent[1] != 0.0 else math.pi / 2


def _validated(kR, delta, height):
    size = within("kR", positive("kR", kR), MIN_SIZE, MAX_SIZE)
    return Ball(size, within("delta", delta, -MAX_DELTA, MAX_DELTA), within("height", height, 0.0, MAX_HEIGHT))


def _small_ball(ball):
    """The s wave of a ball much smaller than 1/k: tan(delta_0) = (n^2 - 1)(kR)^3/3."""
    r = ball.kR + ball.height
    scale = ball.delta * (2.0 + ball.delta) / 3.0 * ball.kR * (ball.kR / r) ** 2
    value = scale * math.sin(2.0 * r)
    return value, abs(scale) * ball.kR**2 + 1e-15 * abs(value)


def _bulk_end(ball):
    """Where the oscillating waves end and the exact recurrences take over; 0 if they serve the whole sum."""
    if ball.kR < SMALLEST_BULK:
        return 0
    return max(first_safe_order(min(ball.kR, ball.inside)), 0)


def _parts(ball):
    """(first order, count, oscillating?) of each part of the sum."""
    bulk, end = _bulk_end(ball), highest_order(ball.kR) + 1
    edges = [*range(0, bulk, PART), bulk]
    parts = [(a, b - a, True) for a, b in pairwise(edges)]
    return parts + [(a, b - a, False) for a, b in pairwise(_upper_edges(ball, bulk, end))]


def _upper_edges(ball, bulk, end):
    # no block may start near a turning point: one reaches over that of k'R, the last over that of kR
    lowest = math.ceil(ball.inside + CLEARANCE * ball.inside ** (1 / 3)) + 1
    highest = first_safe_order(ball.kR)
    inner = range(lowest, highest, EXACT_BLOCK) if highest - lowest > EXACT_BLOCK and bulk > 0 else ()
    return [bulk, *inner, end]


def _part_sum(ball, part):
    first, count, oscillating = part
    if oscillating:
        return _bulk_part(ball, first, count)
    return _exact_part(block_sum(ball, first, count), count)


def _bulk_part(ball, first, count):
    edges = [*range(first, first + count, BULK_BLOCK), first + count]
    start, sums = state(ball, first), []
    for a, b in pairwise(edges):
        following = state(ball, b)
        sums.append(bulk_sum(ball, a, b - a, start, following))
        start = following
    return math.fsum(value for value, _ in sums), math.hypot(*(error for _, error in sums))


def _exact_part(part, orders):
    return part.total, ROUNDING * part.rms + RECURRENCE_ROUNDING * orders * part.spread
