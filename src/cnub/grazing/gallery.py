"""Trapped waves of the round Earth: the whispering gallery under the surface, in grazing units.

In the frame that follows the ground the potential is -kappa zeta -+ Theta(-zeta): a well between the surface and the
centrifugal slope, open to the outside through a barrier. The resonances are Siegert states, Airy functions that decay
downwards and go out upwards, e^{-i eps X} with Im eps < 0; a wave of order nu has nu = kR (1 - delta eps).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import ai_zeros, airy, airye

from cnub.domain import DomainError, finite_array, positive, within
from cnub.faces import later

brentq = later("scipy.optimize", "brentq")

NARROW = 1e-13
"""Width below which a double cannot hold it next to the position."""
LARGEST = 4000
"""Most resonances that are computed one by one."""
_HALVINGS, _NEWTON = 14, 3
"""Steps to a root between two zeros: halved to 1e-4 of their distance, then squared three times."""


@dataclass(frozen=True)
class GalleryWave:
    """A trapped wave: ``position`` Re eps, ``width`` -2 Im eps in 1/l, density at the surface per lambda."""

    position: float
    width: float
    surface_density: float


def critical_curvature() -> float:
    """Largest kappa at which an attracting sphere holds a trapped wave: (-a'_1)^{-3/2} with Ai'(a'_1) = 0, DLMF 9.9.

    Source: DLMF 9.9.6; derived from Airy functions joined at the surface.

    >>> print(f"{critical_curvature():.4f}")
    0.9725
    """
    return brentq(lambda x: airy(-x)[1], 0.9, 1.1, xtol=1e-14) ** -1.5


def bound_states(kappa: float) -> np.ndarray:
    """Energies in (-1, 0), lowest first, of the well with its outer slope held at zero: what is trapped at one instant.

    Empty above the critical curvature. About 2/(3 pi kappa) of them. Raises :class:`cnub.DomainError` outside these
    ranges.

    Source: DLMF 9.8.20; derived from Airy functions joined at the surface.

    >>> print(len(bound_states(kappa=0.05)))
    4
    """
    kappa = positive("kappa", kappa)
    least = 2.0 / (3.0 * math.pi * LARGEST)
    if kappa < least:
        raise DomainError(f"kappa must be at least {least:.2g} to list trapped waves; got {kappa!r}")
    scale = kappa ** (-2.0 / 3.0)

    def mismatch(energy):
        ai, slope, _, _ = airy(-scale * (energy + 1.0))
        return kappa ** (1.0 / 3.0) * slope - np.sqrt(-energy) * ai

    points = np.linspace(-1.0, 0.0, max(64, 40 * math.ceil(scale**1.5)))
    values = mismatch(points)
    pairs = zip(points, points[1:], values, values[1:], strict=False)
    return np.array([brentq(mismatch, a, b, xtol=1e-15) for a, b, fa, fb in pairs if fa * fb < 0])


def gallery_resonances(kappa: float) -> list[GalleryWave]:
    """Siegert states at the bound energies of the well, lowest first: positions, widths, densities at the surface.

    Complex Newton on Ai'/Ai inside = w'/w outside, w = Bi + i Ai; widths below 1e-13 come from the barrier integral
    that this equation becomes for narrow states. ``kappa`` > 0.
    """
    kappa = positive("kappa", kappa)
    return [_siegert(kappa, energy) for energy in bound_states(kappa)]


def narrow_waves(kappa: float, width: float) -> tuple[np.ndarray, np.ndarray]:
    """Energies and surface densities of the gallery waves narrower than ``width`` (in 1/l), deepest first.

    ``kappa`` as in :func:`bound_states`, ``width`` > 0 and well below one, where the barrier integral holds. The n-th
    wave lies between the n-th zeros of Ai' and Ai.
    """
    limit, scale = positive("width", width), positive("kappa", kappa) ** (-2.0 / 3.0)
    zeros, turns = _airy_zeros(2 ** math.ceil(math.log2(2 + min(LARGEST, 2.0 / (3.0 * math.pi * kappa)))))
    exist = -turns < scale
    energy = _between(-turns[exist], np.minimum(-zeros[exist], scale), scale) / scale - 1.0
    energy = energy[_barrier_width(kappa, energy) < limit]
    return energy, _surface_density(kappa, energy)


def _between(low, high, scale):
    # f = Ai'/sqrt(scale) - sqrt(1 - x/scale) Ai at -x; the outside slope wins at ``low``, the inside one at ``high``
    sign = -((-1.0) ** np.arange(low.size))
    for step in range(_HALVINGS + _NEWTON):
        x = 0.5 * (low + high)
        ai, slope, _, _ = airy(-x)
        root = np.sqrt(1.0 - x / scale)
        f = slope / math.sqrt(scale) - root * ai
        if step >= _HALVINGS:
            x = x - f / (x * ai / math.sqrt(scale) + root * slope + ai / (2.0 * scale * root))
            low = high = x
        else:
            above = f * sign > 0.0
            low, high = np.where(above, x, low), np.where(above, high, x)
    return 0.5 * (low + high)


@lru_cache(maxsize=16)
def _airy_zeros(count):
    zeros, turns, _, _ = ai_zeros(count)
    return zeros, turns


def surface_states(kappa: float, energy: np.ndarray) -> np.ndarray:
    """Density of states at the surface per lambda and unit of ``energy``: -Im G/pi of the joined Airy functions."""
    scale = positive("kappa", kappa) ** (-2.0 / 3.0)
    energy = finite_array("energy", energy).astype(complex)
    slopes = _inside_slope(-scale * (energy + 1.0)) - _outgoing_slope(-scale * energy)
    return np.imag(scale**0.5 / slopes) / -math.pi


def gallery_wave(kappa: float, energy: float, depth: np.ndarray) -> np.ndarray:
    """Normalised wave of a bound ``energy`` at heights ``depth`` (lambda, negative below the surface)."""
    kappa, energy, depth = positive("kappa", kappa), _bound(energy), finite_array("depth", depth)
    inside = airy(-(kappa ** (1.0 / 3.0)) * (np.minimum(depth, 0.0) + (energy + 1.0) / kappa))[0]
    outside = np.exp(-math.sqrt(-energy) * np.maximum(depth, 0.0))
    surface = airy(-(kappa ** (-2.0 / 3.0)) * (energy + 1.0))[0]
    return inside * outside * math.sqrt(_surface_density(kappa, energy)) / surface


def gallery_depth(kappa: float, energy: float, share: float) -> float:
    """Depth in lambda below the surface above which a bound wave of ``energy`` has ``share`` (0 to 1) of its density.

    ``energy`` from ``bound_states(kappa)``. Int Ai^2 from x down the slope is Ai'^2 - x Ai^2, DLMF 9.11.2. The wave
    turns at (energy + 1)/kappa; raises :class:`cnub.DomainError` if more than ``share`` is above the surface.
    """
    kappa, energy, share = positive("kappa", kappa), _bound(energy), within("share", share, 0.0, 1.0)
    unit = kappa ** (1.0 / 3.0)
    ai = airy(-(energy + 1.0) / unit**2)[0]
    scale = _surface_density(kappa, energy) / (ai * ai * unit)

    def deeper(depth):
        x = unit * depth - (energy + 1.0) / unit**2
        ai, slope, _, _ = airy(x)
        return scale * (slope * slope - x * ai * ai)

    if deeper(0.0) < 1.0 - share:
        raise DomainError(f"share must be at least {1.0 - deeper(0.0):.3g}, what is above the surface; got {share!r}")
    return brentq(lambda depth: deeper(depth) - (1.0 - share), 0.0, (energy + 1.0) / kappa + 12.0 / unit)


def _bound(energy):
    return -positive("-energy", -within("energy", energy, -1.0, 0.0))


def _siegert(kappa, energy):
    scale = kappa ** (-2.0 / 3.0)
    eps = complex(energy, -0.5 * _barrier_width(kappa, energy))
    for _ in range(60):
        inside, outside = _inside_slope(-scale * (eps + 1.0)), _outgoing_slope(-scale * eps)
        # Ai''= x Ai turns the derivative of the mismatch into the squares of both slopes
        change = (inside - outside) / (scale * (scale + inside**2 - outside**2))
        eps -= change
        if abs(change) < 1e-15:
            break
    width = -2.0 * eps.imag if -2.0 * eps.imag > NARROW else _barrier_width(kappa, min(eps.real, energy))
    return GalleryWave(eps.real, width, _surface_density(kappa, energy))


def _inside_slope(x):
    ai, slope, _, _ = airy(x)
    return slope / ai


def _outgoing_slope(x):
    # w = Bi + i Ai from scaled values: Ai carries e^{-z}, Bi e^{|Re z|}
    ai, dai, bi, dbi = airye(x)
    z = 2.0 / 3.0 * x * np.sqrt(np.asarray(x, dtype=complex))
    ratio = 1j * np.exp(-z - abs(z.real))
    return (dbi + ratio * dai) / (bi + ratio * ai)


def _surface_density(kappa, energy):
    # Int Ai^2 below has a closed form (DLMF 9.11.2); the tail outside is e^{-2 sqrt(-eps) zeta}
    x = -(kappa ** (-2.0 / 3.0)) * (energy + 1.0)
    ai, dai, _, _ = airy(x)
    below = (dai * dai - x * ai * ai) / kappa ** (1.0 / 3.0)
    return ai * ai / (below + ai * ai / (2.0 * np.sqrt(-energy)))


def _barrier_width(kappa, energy):
    # outgoing flux of the Airy tail: w = Bi + i Ai in the barrier, |w|^2 at the surface, Wronskian 1/pi
    scale = kappa ** (-2.0 / 3.0)
    _, _, ebi, _ = airye(-scale * energy)
    exponent = 4.0 / 3.0 * (-energy) ** 1.5 / kappa
    flux = 2.0 * kappa ** (1.0 / 3.0) / math.pi / (ebi * ebi) * np.exp(-exponent)
    return flux * _surface_density(kappa, energy)
