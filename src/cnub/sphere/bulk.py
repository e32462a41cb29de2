"""The oscillating waves, l + 1/2 well below kR and k'R, in plain double precision over blocks with exact starts.

A double recurrence is wrong beyond kR ~ 1e7 because its phase comes from l = 0, where kR in a double is known to
1e-16 kR. Started every 2^21 orders from values whose phase was reduced with 45 digits, it accumulates only the rounding
of one block. Eight blocks go in lockstep (:mod:`cnub.sphere.sweep`), all refractions and heights in one pass.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from cnub.bessel.doubledouble import split
from cnub.bessel.lanes import WIDTH
from cnub.sphere.block import Ball
from cnub.sphere.starts import hankel_pair, precision
from cnub.sphere.sweep import INNER, NUMERATOR, PEAK, SQUARES, TOTAL, J, Y, sweep

BLOCK = 2**21
"""Most orders between two exact starts."""
TERM_ROUNDING = 5e-14
"""Error of a block per root sum of squares of its terms, from rounding between anchors; measured 2e-14 typically."""


class Bulk:
    """A ball at several refractions, seen from several heights (>= 0, ascending): what its blocks have in common."""

    def __init__(self, kR: float, deltas: Sequence[float], heights: Sequence[float]):
        self._context = precision(min(map(abs, deltas)))
        number = self._context.mpf
        x, steps = number(kR), [number(kR) * number(delta) for delta in deltas]
        self._outer = [x, *(x + number(height) for height in heights if height > 0.0)]
        self._inner = [x + step for step in steps]
        self._sizes = np.array([[*split(z), *split(2 / z)] for z in (*self._outer, *self._inner)])
        self._steps = np.array([float(step) for step in steps])
        self._observed = slice(len(self._outer) - len(heights), None)

    def sums(self, first: int, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Share of ``count`` waves (a multiple of ``WIDTH``) in each sum, and its error: refraction by height."""
        blocks, start = [], self.waves(first)
        for a in range(first, first + count, WIDTH * BLOCK):
            length = min(BLOCK, (first + count - a) // WIDTH)
            exact = [start, *(self.waves(a + length * (lane + 1)) for lane in range(WIDTH))]
            blocks.append(self._lockstep(a + length * np.arange(WIDTH, dtype=float), length, exact))
            start = exact[-1]
        totals, errors = (np.concatenate(part, axis=-1) for part in zip(*blocks, strict=True))
        return np.apply_along_axis(math.fsum, -1, totals), np.sqrt(np.sum(errors**2, axis=-1))

    def waves(self, order: int) -> tuple[np.ndarray, np.ndarray]:
        """Exact start at ``order``: j, its next minus it, y, likewise, outside; j, likewise, and W_l, inside."""
        x, outside = self._outer[0], [hankel_pair(order, z, self._context) for z in self._outer]
        h, rows = outside[0], []
        for xo in self._inner:
            g, g1 = (wave.real for wave in hankel_pair(order, xo, self._context))
            rows.append((float(g), float(g1 - g), float(x * g * h[1].real - xo * h[0].real * g1)))
        steps = [(a.real, b.real - a.real, a.imag, b.imag - a.imag) for a, b in outside]
        return np.array(steps, dtype=float), np.array(rows)

    def _lockstep(self, firsts, count, exact):
        """Sums and errors of eight blocks, by refraction, height and block; ``exact`` waves at their nine ends."""
        outer, inner = (np.stack(part, axis=-1) for part in zip(*exact, strict=True))
        ends = outer[..., :-1].copy(), inner[..., :-1].copy()
        sums = np.zeros((len(inner), len(outer[self._observed]), 3, WIDTH))
        flat = (array.reshape(*array.shape[:-2], -1) for array in (*ends, sums))
        sweep(firsts, count, self._sizes, self._steps, self._observed.start == 0, *flat)
        drift = drifts(ends, (outer[..., 1:], inner[..., 1:]))[:, self._observed]
        total, squares, peak = (sums[:, :, row // WIDTH] for row in (TOTAL, SQUARES, PEAK))
        return total, peak * np.minimum(drift, 1.0) + TERM_ROUNDING * np.sqrt(squares)


def drifts(ends: tuple[np.ndarray, np.ndarray], exact: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Relative departure of the terms from their exact values after a block, by refraction, outer wave and block.

    Twice that of the worst wave, for the waves enter squared, and that of the numerator.
    """
    j, y, g, w = (row // WIDTH for row in (J, Y, INNER, NUMERATOR))
    (outer, inner), (outer_exact, inner_exact) = ends, exact
    modulus = np.hypot(outer_exact[:, j], outer_exact[:, y])
    outside = np.abs(outer - outer_exact)[:, [j, y]].max(axis=1) / modulus
    inside = np.abs(inner - inner_exact)[:, g] / modulus[0]
    worst = np.maximum(np.maximum(outside, outside[0]), inside[:, None])
    return 2.0 * worst + np.abs(inner[:, w] / inner_exact[:, w] - 1.0)[:, None]


def tangent_at(ball: Ball, order: int) -> tuple[float, float]:
    """Numerator and denominator of tan(delta_l) of one oscillating wave, from its exact values."""
    context = precision(ball.delta)
    x, xo, _, _ = ball.arguments()
    h, inner = hankel_pair(order, x, context), hankel_pair(order, xo, context)
    g = (inner[0].real, inner[1].real)
    numerator, denominator = (x * g[0] * b - xo * a * g[1] for a, b in ((h[0].real, h[1].real), (h[0].imag, h[1].imag)))
    return float(numerator), float(denominator)
