"""From O(delta) to O(sqrt delta): the density excess at the surface, by which trapped states are filled.

Three answers at each (kR, delta), delta > 0, in units of sqrt(2 delta):

- ``filled``: every state filled, the steady state averaged over k by one order spacing (:mod:`cnub.sphere.average`);
- ``one_k``: the steady state at exactly one k (:mod:`cnub.sphere.direct`). It meets no resonance much narrower than
  the distance from its nearest integer order, so that deep modes are as good as empty;
- ``empty``: the average with the trapped waves narrower than the spacing left empty (:mod:`cnub.sphere.trapped`).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from cnub.domain import finite_array, integer, positive, within
from cnub.sphere.average import MIN_SIZE, order_average
from cnub.sphere.curvature import strength
from cnub.sphere.direct import direct_sum
from cnub.sphere.poles import trapped_waves
from cnub.sphere.solution import density_excess
from cnub.sphere.trapped import trapped_excess

SMALLEST = 1e3
"""kR from which the map is offered: below, a well of one wave holds less than a wave."""
MIN_DELTA, MAX_DELTA = 1e-14, 1e-2
LARGEST_DIRECT = 2e5
"""kR up to which a map also holds the sum at one k: 25 ms per point."""


@dataclass(frozen=True)
class CrossoverMap:
    """Density excess over sqrt(2 delta) on a grid: arrays of shape (sizes, deltas), ``one_k`` NaN where not asked."""

    sizes: np.ndarray
    deltas: np.ndarray
    filled: np.ndarray
    empty: np.ndarray
    one_k: np.ndarray
    trapped: np.ndarray

    @property
    def strength(self) -> np.ndarray:
        """kR delta^1.5, the talk's criterion, on the grid."""
        return strength(self.sizes[:, None], self.deltas[None, :])


def published_grid(points: int = 50) -> tuple[np.ndarray, np.ndarray]:
    """The grid of arXiv:2404.11664: kR = 10^3.5 ... 10^5 and delta = 1e-3 ... 1e-2, ``points`` each, logarithmic."""
    count = integer("points", points, 2)
    return np.logspace(3.5, 5.0, count), np.logspace(-3.0, -2.0, count)


def _in_turn(compute: Callable[[Any], Any], pieces: list) -> list:
    return [compute(piece) for piece in pieces]


def crossover_map(
    sizes: object, deltas: object, one_k: bool = False, run: Callable[[Callable, list], list] = _in_turn
) -> CrossoverMap:
    """The three answers for every pair of ``sizes`` (kR, 1e3 to 1e12) and ``deltas`` (1e-14 to 1e-2).

    ``one_k`` adds the sum at exactly one k, for kR <= 2e5; ``run(compute, sizes)`` computes the rows, by default in
    turn. Raises :class:`cnub.DomainError` outside.
    """
    x = finite_array("sizes", sizes, SMALLEST, LARGEST_DIRECT if one_k else 1e12).ravel()
    d = finite_array("deltas", deltas, MIN_DELTA, MAX_DELTA).ravel()
    points = np.array(run(partial(map_row, deltas=d.tolist(), one_k=one_k), x.tolist()))
    filled, empty, single, trapped = np.moveaxis(points, -1, 0)
    return CrossoverMap(x, d, filled, empty, single, trapped.astype(int))


def map_row(kR: float, deltas: list[float], one_k: bool) -> list[list[float]]:
    """Filled, empty, at one k, all over sqrt(2 delta), and the number of trapped waves, at each of ``deltas``."""
    return [[float(value) for value in _point(kR, delta, one_k)] for delta in deltas]


def _point(kR, delta, one_k):
    unit = math.sqrt(2.0 * delta)
    filled, count = order_average(kR, delta)[0] / unit, trapped_waves(kR, delta)
    empty = filled - (trapped_excess(kR, delta) / unit if count else 0.0)
    return filled, empty, direct_sum(kR, delta)[0] / unit if one_k else math.nan, count


def one_k_scan(delta: float = 0.1, first: float = 60.0, last: float = 68.0, points: int = 161) -> pd.DataFrame:
    """The sum at exactly one k and its average, over a range of kR: columns kR, one_k, average, both over delta.

    ``delta`` 1e-6 to 0.5, ``first`` and ``last`` kR 50 to 1e6. Raises :class:`cnub.DomainError` outside.
    """
    d, low = within("delta", delta, 1e-6, 0.5), within("first", first, MIN_SIZE, 1e6)
    high = within("last", positive("last", last), low, 1e6)
    sizes = np.linspace(low, high, integer("points", points, 2))
    rows = [(kR, direct_sum(kR, d)[0] / d, order_average(kR, d)[0] / d) for kR in sizes.tolist()]
    return pd.DataFrame(rows, columns=["kR", "one_k", "average"])


def scatter(kR: float, criterion: float, points: int = 12) -> float:
    """Largest departure of the sum at one k from its average over k, in units of delta, at a given kR delta^1.5.

    Over ``points`` (2 or more) values of k from ``kR`` (1e3 to 1e12) on within one order spacing; ``criterion`` > 0 is
    kR delta^1.5, at which delta must be at most 0.5. Raises :class:`cnub.DomainError` outside, or where a sum at one k
    takes too long. Talk, 'There is a criterion'.

    >>> scatter(1e4, 0.1) < 1e-4 < 1.0 < scatter(1e4, 10.0)
    True
    """
    size = within("kR", kR, SMALLEST, 1e12)
    delta = (within("criterion", criterion, np.finfo(float).tiny, 0.5**1.5 * size) / size) ** (2 / 3)
    mean = density_excess(size, delta, average=True).density_excess
    sizes = size + np.linspace(0.0, 1.0, integer("points", points, 2))
    return max(abs(density_excess(float(x), delta).density_excess - mean) for x in sizes) / delta
