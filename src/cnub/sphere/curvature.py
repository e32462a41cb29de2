"""What decides whether a ball is seen as flat: kR |delta|^1.5."""

from __future__ import annotations

import math

import numpy as np

from cnub.domain import finite_array, representable
from cnub.kernel_cache import njit

FIRST_TRAPPED = 9.0 * math.pi / (8.0 * math.sqrt(2.0))
"""kR delta^1.5 from which a wave fits under the surface: its phase inside, (2 delta)^1.5 kR/3, is 3 pi/4 there."""


def strength(kR, delta):
    """kR |delta|^1.5, arguments as they are."""
    return kR * abs(delta) ** 1.5


strength_kernel = njit(cache=True)(strength)
"""The same for compiled code."""


@representable
def curvature_criterion(kR: float | np.ndarray, delta: float | np.ndarray) -> float | np.ndarray:
    """kR |delta|^1.5, which is << 1 where curvature washes the flat result out; trapped waves are as many, about.

    ``kR`` >= 0 and ``delta``, finite and of shapes that broadcast. Raises :class:`cnub.DomainError` otherwise.

    Source: talk, 'There is a criterion'.

    >>> print(f"{curvature_criterion(1.7e10, -2.5e-8):.3f}")
    0.067
    """
    return strength(finite_array("kR", kR, 0.0), finite_array("delta", delta))[()]
