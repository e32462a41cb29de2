"""A block of consecutive partial waves in double-double, from its start values to tan(delta_l) and its share."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cnub.bessel.doubledouble import split
from cnub.sphere.orders import forgotten_order
from cnub.sphere.recurrence import accumulate, fill_regular, interior, numerator, oscillating, pairs, tangents
from cnub.sphere.starts import hankel_pair, precision


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


def inside_sum(ball: Ball, first: int, count: int) -> tuple[float, float, float]:
    """The waves first <= l < first + count of n/n0 at k'r, height < 0, as a double-double, and the error of the sum."""
    _f, y, g, ratio, w, turn = _surface_waves(ball, first, count)
    context = precision(ball.delta)
    x, xo, r, _ = ball.arguments()
    z = r * xo / x
    here, here_ratio = pairs(count + 1), pairs(count + 1)
    size = float(z)
    _fill_regular(size, z, first, count, context, here, here_ratio)
    if turn <= 0:
        g[0] = split(context.sin(xo) / xo)
    return interior(first, count, max(turn, 0), split(x), split(xo), y, g, ratio, w, here, here_ratio)


def block_tangents(ball: Ball, first: int, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Numerator and denominator of tan(delta_l) over the block, with j_l(kR) and y_l(kR)."""
    f, y, g, ratio, w, turn = _surface_waves(ball, first, count)
    x, xo, _, _ = ball.arguments()
    out = np.empty((count, 3))
    tangents(first, turn, count, split(x), split(xo), y, g, ratio, w, out)
    return out, f, y


def _surface_waves(ball, first, count):
    """j, y at kR, j at k'R and its ratios, the numerator W; and the index from which j(k'R) is evanescent."""
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
    fill_regular(first, turn, count, above, *split(1 / xo), g, ratio)
    numerator(turn, count, *split(step), split(x), split(xo), f, g, ratio, w)
    return f, y, g, ratio, w, turn


def _fill_regular(size, z, first, count, context, j, ratio):
    if z == 0:
        j[0] = 1.0, 0.0
        return
    h = hankel_pair(first, z, context)
    j[0], j[1] = split(h[0].real), split(h[1].real)
    turn = _turn(size, first)
    above = forgotten_order(first + count, size) - first if turn < count else 0
    fill_regular(first, turn, count, above, *split(1 / z), j, ratio)


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
    above = forgotten_order(first + count, size) - first if turn < count else 0
    fill_regular(first, turn, count, above, *inv, j, ratio)
    return h


def _turn(size, first):
    return math.floor(size - 0.5) - first
