"""Gauss-Legendre rules on panels: for integrands that are smooth but for a few places, or that turn many times."""

from __future__ import annotations

from functools import lru_cache

import numpy as np


@lru_cache(maxsize=64)
def unit_rule(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights of the rule of ``count`` points on [0, 1], each of shape (count,) and not to be written to.

    >>> x, w = unit_rule(4)
    >>> round(float(w @ x**7), 12)
    0.125
    """
    nodes, weights = np.polynomial.legendre.leggauss(count)
    rule = 0.5 * (nodes + 1.0), 0.5 * weights
    for part in rule:
        part.flags.writeable = False
    return rule


def panels(edges: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights of ``count`` points on each panel between increasing ``edges``, of shape (panels, count)."""
    x, w = unit_rule(count)
    low, size = np.asarray(edges, dtype=float)[:-1, None], np.diff(edges)[:, None]
    return low + size * x, size * w
