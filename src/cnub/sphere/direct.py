"""The plain sum over all partial waves at exactly this k (talk, "Bessel modes").

dn/n0 = (1/2) Re sum_l (2l+1)(S_l - 1) h_l^(1)(kr)^2 with S_l = exp(2 i delta_l). Its real part falls like j_l(kR)^2
beyond l = kR: the slow, algebraic tail of (S_l - 1) h_l^2 is imaginary. The sum ends where j_l^2 has fallen by e^-80;
what lies beyond can only be resonances narrower than 1e-34 of their order spacing, which no double kR ever hits.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np

from cnub.domain import DomainError, integer, positive, refraction, within
from cnub.pieces import Progress, run_pieces
from cnub.sphere.block import Ball, block_sum, block_tangents, inside_sum
from cnub.sphere.bulk import bulk_sum, state, tangent_at
from cnub.sphere.limits import MAX_HEIGHT, MAX_SIZE
from cnub.sphere.orders import DEPTH, evanescent_order, faded_order
from cnub.sphere.starts import CLEARANCE, first_safe_order

TINIEST = 5e-324
SMALLEST_BALL = 1e-5
"""Below this kR the s wave alone is exact to kR^2 = 1e-10 of a value that is itself below 2e-10 |delta|."""
ROUNDING = 4e-16
"""Relative rounding error of one term, random in sign; measured below 2e-16 of the root sum of squares."""
RECURRENCE_ROUNDING = 1e-31
SMALLEST_BULK = 2.5e5
"""Below this kR every wave is summed in double-double: 0.1 us each, and 1e-13 |delta|."""
BULK_FLOOR = 1e-13
"""Least error in units of |delta| once double precision takes part."""
BULK_BLOCK = 2**21
PART = 2**26
EXACT_BLOCK = 2**20
LONGEST_BLOCK = 2**22
"""Most waves that are evanescent inside but not outside, which one block must hold: 0.6 GB."""
MAX_TABLE = 1e6
"""Largest kR for which all phase shifts are returned at once."""
BULK_SECONDS, EXACT_SECONDS = 6e-9, 1.5e-7
"""Time of a wave in double precision and in double-double, on one core of 2024; twice that above the surface."""


def direct_sum(
    kR: float,
    delta: float,
    height: float = 0.0,
    *,
    threads: int = 1,
    checkpoint: str | Path | None = None,
    progress: Progress | None = None,
) -> tuple[float, float]:
    """Density excess dn/n0 and its error estimate, as the sum over every partial wave at exactly this k.

    ``kR`` is the radius of the ball in units of 1/k (> 0, <= 1e13), ``delta`` the refraction (|delta| < 1), ``height``
    the distance from the surface in units of 1/k (-kR, the centre, to 1e15). The cost is proportional to kR, inside to
    k'r, see :func:`expected_seconds`, and shared by ``threads``; finished parts are kept in the file ``checkpoint`` and
    not computed again; ``progress`` is told the share done. Raises :class:`cnub.DomainError` outside those ranges.

    Source: talk, 'Bessel modes' (overdensity).

    >>> value, error = direct_sum(100.0, 1e-3)
    >>> print(f"{value:.6e}")
    5.013058e-04
    """
    ball = _validated(kR, delta, height)
    workers = integer("threads", threads, 1)
    if delta == 0.0:
        return 0.0, 0.0
    if ball.kR < SMALLEST_BALL:
        return _small_ball(ball)
    parts = _parts(ball)
    if ball.height < 0.0 and parts[-1][1] > LONGEST_BLOCK:
        raise DomainError(
            f"kR must be smaller for the plain sum so near inside the surface: {parts[-1][1]} evanescent waves"
        )
    compute, owner = _counted(partial(_part_sum, ball), parts, progress), _identity(ball)
    with nullcontext() if workers == 1 else ThreadPoolExecutor(workers) as executor:
        sums = run_pieces(compute, parts, executor, checkpoint, owner, "checkpoint")
    if ball.height < 0.0:
        return _inside(sums)
    value = math.fsum(value for value, *_ in sums)
    floor = BULK_FLOOR * abs(ball.delta) if _bulk_end(ball) else 2e-16 * abs(value)
    return value, 3.0 * math.hypot(*(error for *_, error in sums)) + floor


def expected_seconds(kR: float, delta: float, height: float = 0.0) -> float:
    """How long :func:`direct_sum` takes on one core, in s, within a factor of two; arguments as there.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from measured times of this sum.

    >>> print(expected_seconds(1e9, 1e-8) > expected_seconds(1e6, 1e-8))
    True
    """
    ball = _validated(kR, delta, height)
    if ball.kR < SMALLEST_BALL:
        return 0.0
    if ball.height < 0.0:
        return 3.0 * EXACT_SECONDS * _last(ball) if _parts(ball)[-1][1] <= LONGEST_BLOCK else math.inf
    bulk = _bulk_end(ball) * BULK_SECONDS
    return (bulk + (_last(ball) - _bulk_end(ball)) * EXACT_SECONDS) * (2.0 if ball.height > 0.0 else 1.0)


def highest_order(kR: float) -> int:
    """The last order of the sum: where j_l(kR)^2 has fallen by e^-80 beyond the turning point."""
    return evanescent_order(max(within("kR", positive("kR", kR), 0.0, MAX_SIZE), SMALLEST_BALL), DEPTH)


def phase_shift(l: int, kR: float, delta: float) -> float:
    """Phase shift delta_l in (-pi/2, pi/2], in radians, of the uniform ball of index 1 + ``delta``.

    ``l`` is the order, up to where the phase falls under 1e-34; other parameters as in :func:`direct_sum`. Raises
    :class:`cnub.DomainError` outside.

    Source: talk, 'Bessel modes' (phase shift).

    >>> print(f"{phase_shift(2, 10.0, 1e-3):.6e}")
    9.176524e-03
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
    """All phase shifts, l = 0 ... :func:`highest_order`, in radians, each in (-pi/2, pi/2], for kR <= 1e6.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Bessel modes' (phase shift).

    >>> print(phase_shifts(10.0, 1e-3)[:3])
    [0.00953986 0.01039931 0.00917652]
    """
    ball = _validated(within("kR", kR, 0.0, MAX_TABLE), delta, 0.0)
    count = highest_order(ball.kR) + 1
    if delta == 0.0:
        return np.zeros(count)
    tangent, _, _ = block_tangents(ball, 0, count)
    return np.arctan(tangent[:, 0] / tangent[:, 1])


def _angle(tangent):
    return math.atan(tangent[0] / tangent[1]) if tangent[1] != 0.0 else math.pi / 2


def _validated(kR, delta, height):
    size = within("kR", positive("kR", kR), 0.0, MAX_SIZE)
    return Ball(size, refraction("delta", delta), within("height", height, -size, MAX_HEIGHT))


def _identity(ball):
    """What a checkpoint belongs to: the exact doubles of the ball."""
    return {"kR": ball.kR.hex(), "delta": ball.delta.hex(), "height": ball.height.hex()}


def _small_ball(ball):
    """The s wave of a ball much smaller than 1/k: tan(delta_0) = (n^2 - 1)(kR)^3/3; inside, the static response."""
    strength, r = ball.delta * (2.0 + ball.delta), ball.kR + ball.height
    if ball.height < 0.0:
        value = strength * (ball.kR**2 - r**2 / 3.0)
    else:
        value = strength / 3.0 * ball.kR * (ball.kR / r) ** 2 * math.sin(2.0 * r)
    return value, 2.0 * abs(strength) * ball.kR**4 + 1e-15 * abs(value) + TINIEST


def _inside(sums):
    total = math.fsum([-1.0, *(part for high, low, _ in sums for part in (high, low))])
    return total, math.fsum(error for *_, error in sums) + 2e-16 * abs(total)


def _counted(compute, parts, progress):
    """``compute``, telling ``progress`` the share of the waves that are done."""
    if progress is None:
        return compute
    done, total = [0], sum(count for _, count, _ in parts)

    def counted(part):
        answer = compute(part)
        done[0] += part[1]
        progress(done[0] / total)
        return answer

    return counted


def _bulk_end(ball):
    """Where the oscillating waves end and the exact recurrences take over; 0 if they serve the whole sum."""
    if ball.kR < SMALLEST_BULK or ball.height < 0.0:
        return 0
    return max(first_safe_order(min(ball.kR, ball.inside)), 0)


def _last(ball):
    """The order after the last: where j_l^2 at the smaller of kR and k'r has fallen by e^-80."""
    outer = highest_order(ball.kR) + 1
    if ball.height >= 0.0:
        return outer
    return min(outer, faded_order(ball.inside, max(_radius(ball), SMALLEST_BALL**4), ball.kR, DEPTH) + 1)


def _radius(ball):
    return (1.0 + ball.delta) * (ball.kR + ball.height)


def _parts(ball):
    """(first order, count, oscillating?) of each part of the sum."""
    if ball.height < 0.0:
        safe = first_safe_order(min(ball.kR, _radius(ball)))
        edges = [*range(0, max(safe, 1), EXACT_BLOCK), _last(ball)]
        return [(a, b - a, False) for a, b in pairwise(edges)]
    bulk, end = _bulk_end(ball), _last(ball)
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
    if ball.height < 0.0:
        return inside_sum(ball, first, count)
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
    return math.fsum(value for value, _ in sums), math.hypot(*(error for *_, error in sums))


def _exact_part(part, orders):
    return part.total, ROUNDING * part.rms + RECURRENCE_ROUNDING * orders * part.spread
