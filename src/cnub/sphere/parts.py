"""The independent parts of the plain sum: which there are, what each gives, and the whole from them.

A part is (kind, first order, count, indices of refractions, indices of heights), what JSON can write; its result has a
row for each refraction and height, in that order. Any process may compute any part; the whole is added in their order.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise, product
from typing import Any

from cnub.bessel.lanes import WIDTH
from cnub.domain import DomainError
from cnub.sphere.block import Ball, block_sum, inside_sum
from cnub.sphere.bulk import Bulk
from cnub.sphere.orders import DEPTH, evanescent_order, faded_order
from cnub.sphere.starts import CLEARANCE, first_safe_order

OSCILLATING, EXACT, INSIDE = "oscillating", "exact", "inside"
SMALLEST_BALL = 1e-5
"""Below this kR the s wave alone is exact to kR^2 = 1e-10 of a value that is itself below 2e-10 |delta|."""
ROUNDING = 4e-16
"""Relative rounding error of one term, random in sign; measured below 2e-16 of the root sum of squares."""
RECURRENCE_ROUNDING = 1e-31
SMALLEST_BULK = 2.5e5
"""Below this kR every wave is summed in double-double: 0.1 us each, and 1e-13 |delta|."""
BULK_FLOOR = 1e-13
"""Least error in units of |delta| once double precision takes part."""
PART = 2**26
EXACT_BLOCK = 2**20
LONGEST_BLOCK = 2**22
"""Most waves that are evanescent inside but not outside, which one block must hold: 0.6 GB."""


def parts(kR: float, deltas: Sequence[float], heights: Sequence[float]) -> list[list[Any]]:
    """All parts of the sums of a ball at ``deltas`` (none is 0), seen from ``heights`` (ascending).

    Raises :class:`cnub.DomainError` if one of them would be too long.
    """
    outside = [h for h, height in enumerate(heights) if height >= 0.0]
    found = _oscillating_parts([bulk_end(Ball(kR, delta)) for delta in deltas], outside)
    for d, delta in enumerate(deltas):
        found += [[EXACT, a, b - a, [d], outside] for a, b in pairwise(exact_edges(Ball(kR, delta))) if outside]
        for h in range(len(heights) - len(outside)):
            edges = inside_edges(Ball(kR, delta, heights[h]))
            if not fits(edges):
                waves = edges[-1] - edges[-2]
                raise DomainError(
                    f"kR must be smaller for the plain sum so near inside the surface: {waves} evanescent waves"
                )
            found += [[INSIDE, a, b - a, [d], [h]] for a, b in pairwise(edges)]
    return found


def part_sum(part: Sequence[Any], kR: float, deltas: Sequence[float], heights: Sequence[float]) -> list[list[float]]:
    """What one of :func:`parts` adds to each sum that it belongs to, and the error of that."""
    kind, first, count, members, seen = part
    chosen, observers = [deltas[d] for d in members], [heights[h] for h in seen]
    if kind == OSCILLATING:
        values, errors = Bulk(kR, chosen, observers).sums(first, count)
        return [[float(value), float(error)] for value, error in zip(values.flat, errors.flat, strict=True)]
    compute = inside_sum if kind == INSIDE else _exact_sum
    return [list(compute(Ball(kR, *pair), first, count)) for pair in product(chosen, observers)]


def whole(
    found: Sequence[Any], sums: Sequence[Any], _kR: float, deltas: Sequence[float], heights: Sequence[float], ball: Ball
) -> tuple[float, float]:
    """The sum of one of the balls asked for and its error, from all parts and their results."""
    d, h, rows = deltas.index(ball.delta), heights.index(ball.height), []
    for (*_, members, seen), results in zip(found, sums, strict=True):
        if d in members and h in seen:
            rows.append(results[members.index(d) * len(seen) + seen.index(h)])
    if ball.height < 0.0:
        total = math.fsum([-1.0, *(part for high, low, _ in rows for part in (high, low))])
        return total, math.fsum(error for *_, error in rows) + 2e-16 * abs(total)
    value = math.fsum(value for value, _ in rows)
    floor = BULK_FLOOR * abs(ball.delta) if bulk_end(ball) else 2e-16 * abs(value)
    return value, 3.0 * math.hypot(*(error for _, error in rows)) + floor


def bulk_end(ball: Ball) -> int:
    """Where the oscillating waves end and the exact recurrences take over; 0 if they serve the whole sum."""
    if ball.kR < SMALLEST_BULK or ball.height < 0.0:
        return 0
    return max(first_safe_order(min(ball.kR, ball.inside)), 0) // WIDTH * WIDTH


def last(ball: Ball) -> int:
    """The order after the last: where j_l^2 at the smaller of kR and k'r has fallen by e^-80."""
    outer = evanescent_order(max(ball.kR, SMALLEST_BALL), DEPTH) + 1
    if ball.height >= 0.0:
        return outer
    return min(outer, faded_order(ball.inside, max(_radius(ball), SMALLEST_BALL**4), ball.kR, DEPTH) + 1)


def exact_edges(ball: Ball) -> list[int]:
    """First orders of the parts in double-double, and the order after the last."""
    # no block may start near a turning point: one reaches over that of k'R, the last over that of kR
    bulk, end = bulk_end(ball), last(ball)
    lowest = math.ceil(ball.inside + CLEARANCE * ball.inside ** (1 / 3)) + 1
    highest = first_safe_order(ball.kR)
    inner = range(lowest, highest, EXACT_BLOCK) if highest - lowest > EXACT_BLOCK and bulk > 0 else ()
    return [bulk, *inner, end]


def inside_edges(ball: Ball) -> list[int]:
    """As :func:`exact_edges`, below the surface."""
    safe = first_safe_order(min(ball.kR, _radius(ball)))
    return [*range(0, max(safe, 1), EXACT_BLOCK), last(ball)]


def fits(edges: Sequence[int]) -> bool:
    """Whether the last part is of a length that can be held."""
    return edges[-1] - edges[-2] <= LONGEST_BLOCK


def _radius(ball):
    return (1.0 + ball.delta) * (ball.kR + ball.height)


def _oscillating_parts(ends, outside):
    """Parts of the refractions that still oscillate there; refraction d does so up to ``ends[d]``."""
    found: list[list[Any]] = []
    for low, high in pairwise(sorted({0, *ends})) if outside else ():
        members = [d for d, end in enumerate(ends) if end >= high]
        edges = [*range(low, high, PART), high]
        found += [[OSCILLATING, a, b - a, members, outside] for a, b in pairwise(edges)]
    return found


def _exact_sum(ball, first, count):
    part = block_sum(ball, first, count)
    return part.total, ROUNDING * part.rms + RECURRENCE_ROUNDING * count * part.spread
