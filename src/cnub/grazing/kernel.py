"""Crank-Nicolson steps of the paraxial wave: unitary, second order, the moving ground averaged over cells and steps.

The potential at a node is the share of its hat function (width two cells) that is underground, averaged over the step
while the ground moves linearly. Hat shares keep the position of the interface to second order wherever it falls
between nodes, so that halving the step takes the error down smoothly by four.
"""

from __future__ import annotations

import math

import numpy as np

from cnub.kernel_cache import njit

_STEADY = 1e-4
"""Motion of the ground in a step, in cells, below which the share at mid-step errs by less than 1e-9."""


@njit(cache=True)
def _share(t):
    if t <= -1.0:
        return 0.0
    if t >= 1.0:
        return 1.0
    return 0.5 * (1.0 + t) ** 2 if t < 0.0 else 1.0 - 0.5 * (1.0 - t) ** 2


@njit(cache=True)
def _integral(t):
    if t <= -1.0:
        return 0.0
    if t >= 1.0:
        return t
    return (1.0 + t) ** 3 / 6.0 if t < 0.0 else t + (1.0 - t) ** 3 / 6.0


@njit(cache=True)
def underground(low, high):
    """Mean share of a node's hat below ground while the ground moves from ``low`` to ``high`` (in cells, from it)."""
    if abs(high - low) < _STEADY:
        return _share(0.5 * (low + high))
    return (_integral(high) - _integral(low)) / (high - low)


@njit(cache=True)
def _inverse(pivot):
    # pivots stay near one: the guarded complex division of the language costs three times this
    norm = 1.0 / (pivot.real * pivot.real + pivot.imag * pivot.imag)
    return complex(pivot.real * norm, -pivot.imag * norm)


@njit(cache=True)
def march(wave, static, bottom, cell, start, end, steps, depth):
    """Advance ``wave`` (complex, nodes) in place through every step.

    ``static`` (complex, nodes) is the fixed potential, negative imaginary where it absorbs; node j stands at
    ``bottom`` + j ``cell``; ``start``, ``end``, ``steps`` (one entry per step) give the ground at both ends of a step
    and its length; ``depth`` is -1 (attracts) or +1 (repels).
    """
    n = wave.size
    ratio = np.empty(n, np.complex128)
    solution = np.empty(n, np.complex128)
    for m in range(start.size):
        half = 0.5j * steps[m]
        off = -half / (cell * cell)
        low, high = (start[m] - bottom) / cell, (end[m] - bottom) / cell
        # only nodes the ground touches in this step have a share between 0 and 1
        first, last = math.floor(min(low, high)) - 1, math.ceil(max(low, high)) + 1
        above, solved = 0.0j, 0.0j
        for j in range(n):
            share = 1.0 if j < first else 0.0
            if first <= j <= last:
                share = underground(low - j, high - j)
            pivot = _inverse(1.0 - 2.0 * off + half * (static[j] + depth * share) - off * above)
            above = off * pivot
            # solve (1 + i h/2) y = 2 wave; the new wave is y - wave
            solved = (2.0 * wave[j] - off * solved) * pivot
            ratio[j], solution[j] = above, solved
        solved = 0.0j
        for j in range(n - 1, -1, -1):
            solved = solution[j] - ratio[j] * solved
            wave[j] = solved - wave[j]
    return wave
