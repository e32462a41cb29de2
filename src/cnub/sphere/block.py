"""A block of consecutive partial waves in double-double, from its start values to tan(delta_l) and its share."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cnub.sphere.doubledouble import split
from cnub.sphere.recurrence import accumulate, numerator, oscillating, pairs, regular, tangents
from cnub.sphere.starts import forgotten_order, hankel_pair, precision


@dataclass(frozen=True)
class Ball:
    """A uniform ball seen at one k: ``kR``, ``delta``, and the observer's ``height``, all exact doubles."""

    kR: float
    delta: float
    height: float = 0.0

    @property
    def inside(self) -> float:
        """k'R = kR (1 + delta), rounded."""
        return self.kR * (1.0 + self.delta)

    def arguments(self):
        """kR, k'R, kr and k'R - kR as mpmath numbers, exact."""
        context = precision(self.delta)
        x, step = context.mpf(self.kR), context.mpf(self.kR) * context.mpf(self.delta)
        return x, x + step, x + context.mpf(self.height), step


@dataclass(frozen=True)
class Part:
    """The contribution of a block: its sum, root sum of squares, and resonant spread of its terms."""

    total: float
    rms: float
    spread: float


def block_sum(ball: Ball, first: int, count: int) -> Part:
    """The waves first <= l < first + count of the sum; ``first`` is 0 or one of the safe starts."""
    tangent, f, y = block_tangents(ball, first, count)
    if ball.height > 0.0:
        f, y = _at_observer(ball, first, count)
    return Part(*accumulate(first, count, tangent, f, y))


def block_tangents(ball: Ball, first: int, count: int):
    """Numerator and denominator of tan(delta_l) over the block, with j_l(kR) and y_l(kR)."""
    context = precision(ball.delta)
    x, xo, _, step = ball.arguments()
    f, y, ratio, g = pairs(count + 1), pairs(count + 1), pairs(count + 1), pairs(count + 1)
    h = _fill_external(ball.kR, x, first, count, context, f, y, ratio)
    turn, w, inner = _turn(ball.inside, first), pairs(count + 1), None
    if turn > 0:
        inner = hankel_pair(first, xo, context)
        g[0], g[1] = split(inner[0].real), split(inner[1].real)
        w[0] = split(x * inner[0].real * h[1].real - xo * h[0].real * inner[1].real)
    above = forgotten_order(first + count, ball.inside) - first if turn < count else 0
    regular(first, turn, count, above, *split(1 / xo), g, ratio)
    numerator(turn, count, *split(step), split(x), split(xo), f, g, ratio, w)
    out = np.empty((count, 3))
    tangents(first, turn, count, split(x), split(xo), y, g, ratio, w, out)
    return out, f, y


def _at_observer(ball, first, count):
    context = precision(ball.delta)
    j, y, ratio = pairs(count + 1), pairs(count + 1), pairs(count + 1)
    _fill_external(ball.kR + ball.height, ball.arguments()[2], first, count, context, j, y, ratio)
    return j, y


def _fill_external(size, x, first, count, context, j, y, ratio):
    h = hankel_pair(first, x, context)
    for i in range(2):
        j[i], y[i] = split(h[i].real), split(h[i].imag)
    inv = split(1 / x)
    oscillating(first, count, *inv, y)
    turn = _turn(size, first)
    regular(first, turn, count, forgotten_order(first + count, size) - first if turn < count else 0, *inv, j, ratio)
    return h


def _turn(size, first):
    return math.floor(size - 0.5) - first
