r"""The density excess of the real gas: the Born profile averaged over the Fermi-Dirac momenta.

delta = -m U/p^2 depends on momentum, and the profile on p r, so::

    <dn/n0>(h) = -m U <B(pR, ph)/p^2>

with B the unit ball of the module ``born``. At the surface that is <delta>/2 with <1/p^2> = 0.384/T^2; further up the
momenta fall out of step ("decoherence effect") and the oscillation of one momentum washes out within about 1/T. Inside
it rises to <delta>: under a plane by as much as it falls short of <delta>/2 at the same distance above.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from cnub.constants import EARTH_RADIUS_M, METRE
from cnub.domain import DomainError, finite_array, positive
from cnub.matter import refraction, refractivity
from cnub.quadrature import panels
from cnub.relic import TEMPERATURE
from cnub.sphere.born import second_order, unit_ball

TALK_DELTA = 2.5e-8
"""|delta| whose half is the talk's 1.25e-8."""
HIGHEST_M = 0.1
"""Height and depth up to which the momentum average is offered: 3000 oscillations over the gas."""
_CUT = 45.0
"""p/T beyond which the gas holds less than 1e-16."""
_STRONG = 0.1
"""delta above which no expansion in it is trusted."""


def mean_profile(
    height_m: object, mass: float, potential: float, radius_m: float = EARTH_RADIUS_M, nature: str = "dirac"
) -> tuple[float | np.ndarray, float | np.ndarray]:
    """Density excess averaged over the gas at ``height_m`` (-0.1 to 0.1 m, any shape), and its error estimate.

    Negative heights are inside the ball. ``mass`` (> 0) and ``potential`` in eV, ``radius_m`` of the ball, at least 0.1
    and twice the depth, ``nature`` "dirac" or "majorana" (helicity -1), as in :func:`cnub.matter.refractivity`. The
    error adds what the second order gives on average to what momenta so low that |delta| > 0.1 contribute at all.
    Raises :class:`cnub.DomainError`.

    Source: talk, 'Overdensity'; derived from the first Born order.

    >>> value, error = mean_profile(height_m=0.0, mass=0.1, potential=-1e-14)
    >>> print(f"{float(value):.3e}")
    6.840e-09
    """
    refractivity(mass, 1.0, potential, nature)  # refuses
    return gas_profile(height_m, lambda p: np.asarray(refraction(mass, p, potential, nature)), radius_m)


def gas_profile(
    height_m: object, refraction: Callable[[np.ndarray], np.ndarray], radius_m: float = EARTH_RADIUS_M
) -> tuple[float | np.ndarray, float | np.ndarray]:
    """The same for any ``refraction``: delta of momenta in eV, array to array."""
    heights = finite_array("height_m", height_m, low=-HIGHEST_M, high=HIGHEST_M)
    radius = positive("radius_m", radius_m)
    if radius < 0.1:
        raise DomainError(f"radius_m must be at least 0.1; got {radius_m!r}")
    if heights.min() < -0.5 * radius:
        raise DomainError(f"height_m must be at least -radius_m/2; got {float(heights.min())!r}")
    p, weight = (column[:, None] for column in _momenta(float(np.abs(heights).max())))
    delta = refraction(p)
    kR, above = p * radius * METRE, p * METRE * heights.ravel()
    share = weight * delta * unit_ball(kR, above)
    # Clipped where delta is strong: there the whole share counts as error.
    weak = np.clip(delta, -_STRONG, _STRONG)
    error = np.where(np.abs(delta) < _STRONG, weight * second_order(kR, weak, above), np.abs(share))
    value, error = share.sum(axis=0).reshape(heights.shape), error.sum(axis=0).reshape(heights.shape)
    return (float(value), float(error)) if heights.ndim == 0 else (value, error)


def _momenta(highest_m):
    """Panels of 32 Gauss nodes with at most 10 rad of 2 p h each, and the normalized weights of the gas."""
    phase = 2 * TEMPERATURE * METRE * highest_m * _CUT
    count = 12 + math.ceil(phase / 10)
    edges = np.linspace(0.0, 1.0, count + 1) ** 2 * _CUT if count == 12 else np.linspace(0.0, _CUT, count + 1)
    x, w = (part.ravel() for part in panels(edges, 32))
    w = w * x**2 / (np.exp(x) + 1)
    return x * TEMPERATURE, w / w.sum()
