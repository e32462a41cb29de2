"""Half-space lit by an isotropic flux: Fresnel coefficients, and which states are filled.

At fixed energy every direction carries the same phase-space density. With q the vertical wave number outside in units
of k s, s = sqrt|2 delta + delta^2|, and q' inside, q'^2 = q^2 +- 1 (+ attracts), a wave from above contributes
1 + R + 2 Re(r e^{2iqu}) to the density at height u and one from below 1 - R; u = z k s. Waves with 0 < q' < 1 are
totally reflected from below and leak out as e^{-u sqrt(1-q'^2)}: they are the *trapped* states.

The interference, the integral of r e^{2iqu} over q, is taken up the diagonal of the first quadrant, the trapped density
over the angles inside: filled, they cancel to the precision of both. What is left is the upright side of the quadrant
at q = 1/s (vertical incidence): O(delta).
"""

from __future__ import annotations

import math

import numpy as np

from cnub.domain import DomainError, finite_array, one_of, positive, refraction
from cnub.quadrature import panels, unit_rule
from cnub.reflection import amplitude, index_step, sign_step

FLUXES = ("both", "above", "below")
TRAPPED = ("filled", "empty")
FAINTEST = 1e-200
"""Size of delta below which the squares of the wave numbers leave the range of a double."""

_NODES = 160
_X, _W = unit_rule(_NODES)
_LOG_STEP = 0.1
_LOGARITHM = _LOG_STEP * np.arange(-420, 421)
"""log q where both ends carry 1e-18; the branch points, an angle pi/4 away, let equal steps err by e^{-49}."""
HIGHEST = 1e300
"""Height beyond which a phase is no double any more."""
_GONE = 40.0
"""Exponent beyond which e^{-x} is below half a unit in the last place of one."""


def trapped_density(height: float | np.ndarray) -> float | np.ndarray:
    """Density of the trapped states of an attracting half-space, in units of sqrt(2 delta) n0.

    ``height`` in units of lambda = 1/(k sqrt(2 delta)), negative inside. 2/3 at the surface, 1/(2 u^2) far above it, 1
    deep inside. Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from the totally reflected waves of a half-space.

    >>> print(f"{float(trapped_density(0.0)):.4f}")
    0.6667
    """
    u = finite_array("height", height)
    flat = u.ravel()
    return np.where(flat >= 0, _trapped_above(np.maximum(flat, 0.0)), _trapped_inside(-flat)).reshape(u.shape)[()]


def grazing_excess(
    height: float | np.ndarray, sign: str, flux: str = "both", trapped: str = "filled"
) -> float | np.ndarray:
    """Leading density excess in units of sqrt(2|delta|), at ``height`` (0 to 1e300) in units of lambda.

    ``flux``: "above" is what the downgoing waves change, with the upgoing flux kept uniform, "below" the reverse;
    "both" is their sum. ``trapped``: whether the totally reflected states are "filled" or "empty". Raises
    :class:`cnub.DomainError` on another word or height.

    Source: talk, 'Enhanced asymmetry and gradient'.

    >>> print(f'{float(grazing_excess(0.0, "attract", flux="both", trapped="empty")):.4f}')
    -0.6667
    """
    u = finite_array("height", height, 0.0, HIGHEST)
    step = sign_step(sign)
    return _assemble(u, step, flux, trapped, _diagonal(u, step), _reflected(math.inf, step))[()]


def halfspace_excess(
    delta: float, height: float | np.ndarray, flux: str = "both", trapped: str = "filled"
) -> float | np.ndarray:
    """Density excess dn/n0 above a half-space of index 1 + ``delta``, exact in delta (-1 < delta < 1).

    ``height`` (0 to 1e300) in units of 1/k; ``flux`` and ``trapped`` as in ``grazing_excess``. With everything filled
    the leading order is delta [cos(2kz)/2 - kz (pi/2 - Si(2kz))], that of a large ball. Raises
    :class:`cnub.DomainError` outside, and for a ``delta`` that is neither 0 nor at least 1e-200 in size.

    Source: derived from Fresnel's amplitude, every direction with one weight.

    >>> print(f"{halfspace_excess(delta=1e-6, height=0.0) / 1e-6:.3f}")
    0.500
    """
    delta, kz = refraction("delta", delta), finite_array("height", height, 0.0, HIGHEST)
    if delta == 0.0:
        return np.zeros_like(kz)[()]
    if abs(delta) < FAINTEST:
        raise DomainError(f"delta must be 0 or at least {FAINTEST:g} in size; got {delta!r}")
    step = math.copysign(1.0, delta)
    s = math.sqrt(abs(index_step(delta)))
    vertical, u = _vertical(kz, s, step), kz * s
    if (one_of("flux", flux, FLUXES), one_of("trapped", trapped, TRAPPED)) == ("both", "filled"):
        return s * vertical[()]  # the diagonal and the trapped states cancel, which would leave their rounding
    interference = vertical + _diagonal(u, step)
    return s * _assemble(u, step, flux, trapped, interference, _reflected(1.0 / s, step))[()]


def talk_asymmetry(height: float | np.ndarray, decay_length: float) -> float | np.ndarray:
    """The talk's (n_nu - n_nubar)/n_nu in units of sqrt(2|delta|), ``(2/15)(3 + 5 exp(-|z|/lambda_cr))``.

    ``height`` and ``decay_length`` in the same unit. Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Enhanced asymmetry and gradient'.

    >>> print(f"{float(talk_asymmetry(0.0, decay_length=1.0)) * 15:.3f}")
    16.000
    """
    z = np.abs(finite_array("height", height))
    return ((2.0 / 15.0) * (3.0 + 5.0 * np.exp(-z / positive("decay_length", decay_length))))[()]


def downgoing_asymmetry(height: float | np.ndarray) -> float | np.ndarray:
    """What the talk's asymmetry is exactly: repelled minus attracted species for downgoing flux only, upgoing uniform.

    2/5 + the trapped density: 16/15 = 8/15 + 8/15 at the surface, 2/5 far away. ``height`` in units of lambda; in units
    of sqrt(2|delta|). Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Enhanced asymmetry and gradient'.

    >>> print(f"{float(downgoing_asymmetry(0.0)) * 15:.3f}")
    16.000
    """
    return grazing_excess(height, "repel", "above") - grazing_excess(height, "attract", "above")


def decay_lengths() -> dict[str, float]:
    """What an exponential could mean for the profile above the surface, each in units of lambda = 1/(k sqrt(2|delta|)).

    "initial slope" 8/(3 pi), "1/e height", "area" 3 pi/8. The profile itself ends as 1/(2 u^2).
    """
    from scipy.optimize import brentq

    height = brentq(lambda u: float(trapped_density(u)) - 2.0 / (3.0 * math.e), 0.1, 5.0, xtol=1e-13)
    return {"initial slope": 8.0 / (3.0 * math.pi), "1/e height": height, "area": 3.0 * math.pi / 8.0}


def _assemble(u, step, flux, trapped, interference, reflected):
    one_of("flux", flux, FLUXES)
    one_of("trapped", trapped, TRAPPED)
    bound = trapped_density(u) if step > 0 and trapped == "filled" else np.zeros_like(u)
    above, below = 0.5 * reflected + interference, -0.5 * reflected + bound
    return {"above": above, "below": below, "both": above + below}[flux]


def _diagonal(u, step):
    # Re Int_0^oo r e^{2iqu} dq up the diagonal of the quadrant, by equal steps of log q: no branch point is near
    q = np.exp(_LOGARITHM + 0.25j * math.pi)
    r = amplitude(q, [step])
    wave = _LOG_STEP * q * r * np.exp(2j * q * u.ravel()[:, None])
    return np.real(wave.sum(axis=1)).reshape(u.shape)


def _vertical(kz, s, step):
    # -Int_P^{P+i inf} r e^{2iqu} dq with P = 1/s and q = P(1 + it): the side of the quadrant at vertical incidence
    scale = 1.0 / (1.0 + kz.ravel()[:, None])
    t = scale * _X / (1.0 - _X)
    weight = scale * _W / (1.0 - _X) ** 2
    q = (1.0 + 1j * t) / s
    r = amplitude(q, [step])
    phase = np.exp(2j * kz.ravel()[:, None] * (1.0 + 1j * t))
    return -np.real(1j / s * (weight * r * phase).sum(axis=1)).reshape(kz.shape)


def _reflected(top, step):
    # Int_0^top R dq with q = sinh t (attract) or, beyond total reflection, cosh t; w = e^{-t}
    if math.isinf(top):
        w = 0.0
    else:
        w = 1.0 / (top + math.sqrt(top * top + step))
    cubic, quintic = (1.0 - w**3) / 3.0, (1.0 - w**5) / 5.0
    return 0.5 * (cubic + quintic) if step > 0 else 1.0 + 0.5 * (cubic - quintic)


def _trapped_above(u):
    # y = sqrt(1 - q'^2) = sin t, cut where e^{-2uy} is gone
    top = np.arcsin(np.minimum(1.0, _GONE / np.maximum(2.0 * u, _GONE)))[:, None]
    y, x = np.sin(top * _X), np.cos(top * _X)
    return (2.0 * top * _W * y * x * x * np.exp(-2.0 * u[:, None] * y)).sum(axis=1)


def _trapped_inside(depth):
    # 1 + Int_0^1 Re[(x - i y)^2 e^{2ixd}] dx with x = sin t; panels follow the oscillation
    edges = np.linspace(0.0, 0.5 * math.pi, 2 + int(depth.max(initial=0.0) / 40.0))
    t, weight = (part.ravel() for part in panels(edges, _NODES))
    weight = weight * np.cos(t)
    angle = 2.0 * np.outer(depth, np.sin(t))
    return 1.0 + (-np.cos(2 * t) * np.cos(angle) + np.sin(2 * t) * np.sin(angle)) @ weight
