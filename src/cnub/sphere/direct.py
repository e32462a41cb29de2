"""The plain sum over all partial waves at exactly this k (talk, "Bessel modes").

dn/n0 = (1/2) Re sum_l (2l+1)(S_l - 1) h_l^(1)(kr)^2 with S_l = exp(2 i delta_l). Its real part falls like j_l(kR)^2
beyond l = kR: the slow, algebraic tail of (S_l - 1) h_l^2 is imaginary. The sum ends where j_l^2 has fallen by e^-80;
what lies beyond can only be resonances narrower than 1e-34 of their order spacing, which no double kR ever hits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import numpy as np

from cnub.domain import integer, positive, refraction, within
from cnub.pieces import Progress, run_pieces
from cnub.sphere import parts
from cnub.sphere.block import Ball, block_tangents
from cnub.sphere.bulk import tangent_at
from cnub.sphere.limits import MAX_HEIGHT, MAX_SIZE
from cnub.sphere.orders import DEPTH, evanescent_order

TINIEST = 5e-324
MAX_TABLE = 1e6
"""Largest kR for which all phase shifts are returned at once."""
BULK_SECONDS, EXACT_SECONDS, STARTS_SECONDS = 1.6e-9, 1.5e-7, 5e-3
"""Time of a wave in double precision and in double-double, on one core of 2024, twice that above the surface; and of
the exact starts of eight blocks."""


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
    return direct_sums(kR, [delta], [height], threads=threads, checkpoint=checkpoint, progress=progress)[0][0]


def direct_sums(
    kR: float,
    deltas: Sequence[float],
    heights: Sequence[float] = (0.0,),
    *,
    threads: int = 1,
    checkpoint: str | Path | None = None,
    progress: Progress | None = None,
) -> list[list[tuple[float, float]]]:
    """:func:`direct_sum` of one ball at several refractions and heights, a row for each of ``deltas``.

    The oscillating waves, nearly all of a large ball, are gone through once for all. Parameters otherwise as there;
    raises :class:`cnub.DomainError` likewise.

    Source: talk, 'Bessel modes' (overdensity).

    >>> [[(value, _)], [(opposite, _)]] = direct_sums(100.0, [1e-3, -1e-3])
    >>> print(f"{value:.6e} {opposite:.6e}")
    5.013058e-04 -5.006645e-04
    """
    workers = integer("threads", threads, 1)
    balls = [[_validated(kR, delta, height) for height in heights] for delta in deltas]
    asked = {ball for row in balls for ball in row if ball.delta != 0.0 and ball.kR >= parts.SMALLEST_BALL}
    refractions, seen = (sorted({getattr(ball, name) for ball in asked}) for name in ("delta", "height"))
    sizes = float(kR), refractions, seen
    found = parts.parts(*sizes)
    compute = _counted(partial(parts.part_sum, kR=sizes[0], deltas=refractions, heights=seen), found, progress)
    with nullcontext() if workers == 1 else ThreadPoolExecutor(workers) as executor:
        sums = run_pieces(compute, found, executor, checkpoint, _identity(*sizes), "checkpoint")
    whole = partial(parts.whole, found, sums, *sizes)
    return [[whole(ball) if ball in asked else _static(ball) for ball in row] for row in balls]


def expected_seconds(kR: float, delta: float, height: float = 0.0) -> float:
    """How long :func:`direct_sum` takes on one core, in s, within a factor of two; arguments as there.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from measured times of this sum.

    >>> print(expected_seconds(1e9, 1e-8) > expected_seconds(1e6, 1e-8))
    True
    """
    ball = _validated(kR, delta, height)
    if ball.kR < parts.SMALLEST_BALL:
        return 0.0
    if ball.height < 0.0:
        return 3.0 * EXACT_SECONDS * parts.last(ball) if parts.fits(parts.inside_edges(ball)) else math.inf
    bulk = parts.bulk_end(ball)
    waves = bulk * BULK_SECONDS + (parts.last(ball) - bulk) * EXACT_SECONDS
    return waves * (2.0 if ball.height > 0.0 else 1.0) + (STARTS_SECONDS if bulk else 0.0)


def highest_order(kR: float) -> int:
    """The last order of the sum: where j_l(kR)^2 has fallen by e^-80 beyond the turning point."""
    return evanescent_order(max(within("kR", positive("kR", kR), 0.0, MAX_SIZE), parts.SMALLEST_BALL), DEPTH)


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
    if order < parts.bulk_end(ball):
        return _angle(tangent_at(ball, order))
    first = max(edge for edge in parts.exact_edges(ball) if edge <= order)
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


def _identity(kR, deltas, heights):
    """What a checkpoint belongs to: the exact doubles of the ball."""
    return {"kR": kR.hex(), "deltas": [d.hex() for d in deltas], "heights": [h.hex() for h in heights]}


def _static(ball):
    """The s wave of a ball much smaller than 1/k: tan(delta_0) = (n^2 - 1)(kR)^3/3; inside, the static response."""
    if ball.delta == 0.0:
        return 0.0, 0.0
    strength, r = ball.delta * (2.0 + ball.delta), ball.kR + ball.height
    if ball.height < 0.0:
        value = strength * (ball.kR**2 - r**2 / 3.0)
    else:
        value = strength / 3.0 * ball.kR * (ball.kR / r) ** 2 * math.sin(2.0 * r)
    return value, 2.0 * abs(strength) * ball.kR**4 + 1e-15 * abs(value) + TINIEST


def _counted(compute, found, progress):
    """``compute``, telling ``progress`` the share of the waves that are done."""
    if progress is None:
        return compute
    done, total = [0], sum(count for _, _, count, *_ in found)

    def counted(part):
        answer = compute(part)
        done[0] += part[2]
        progress(done[0] / total)
        return answer

    return counted
