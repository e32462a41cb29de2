"""The slow tail of the gas over the Earth as it is: mass states, crust or mean density, gravity, motion, roughness.

Of what is trapped under an attracting smooth sphere the narrowest waves take longer to fill than the Earth is old. In
grazing units the number of them depends on kappa alone, and gravity changes kappa: it bends the paths down by g/v^2,
against 1/R of the ground, so that kappa becomes kappa (1 - g R/v^2). What comes from far away has at least the escape
speed, v^2 >= 2 g R: never less than half of kappa is left. By Liouville's theorem a state of momentum p at the surface
is as full as the one of sqrt(p^2 - m^2 v_esc^2) far away that it comes from.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.constants import g

from cnub.constants import AGE_OF_EARTH_S, EARTH_RADIUS_M, METRE, SPEED_OF_LIGHT_M_PER_S
from cnub.domain import DomainError, finite, positive, within
from cnub.faces import later
from cnub.grazing.earth import curvature
from cnub.grazing.gallery import narrow_waves
from cnub.matter import refractivity
from cnub.quadrature import panels
from cnub.relic import TEMPERATURE, mean_momentum, momentum_density, size_parameter
from cnub.sky.drift import SUN_KM_S
from cnub.sky.focusing import solar_potential

bisect = later("scipy.optimize", "bisect")

EARTH_POTENTIAL = g * EARTH_RADIUS_M / SPEED_OF_LIGHT_M_PER_S**2
"""g R over c^2: half of the square of the escape speed."""
MASSES = (1e-3, 10.0)
SLOWEST_OVER_MEAN, FASTEST_OVER_MEAN = 1e-3, 30.0
"""Momenta over the mean: without gravity what is slower holds 1e-9 of the gas; above, nothing is trapped."""
_NODES, _PANELS = 8, 10
_ANGLES, _ANGLE_WEIGHTS = np.polynomial.legendre.leggauss(24)


@dataclass(frozen=True)
class TailSize:
    """The part of the gas that has empty trapped waves.

    ``unfilled_below``: momentum in eV at the surface below which a wave is still empty, ``over_mean`` the same over the
    mean; ``share``: particles there per particle of the gas; ``mean_missing``: dn/n0 that is missing at the surface.
    """

    unfilled_below: float
    over_mean: float
    share: float
    mean_missing: float


def bent_curvature(kappa: float, speed: float) -> float:
    """kappa (1 - g R/v^2), what gravity leaves of the fall of the ground below a path of ``speed`` v (in c) on it.

    Raises :class:`cnub.DomainError` below the escape speed, where nothing comes from far away.
    """
    pull = EARTH_POTENTIAL / positive("speed", speed) ** 2
    if pull > 0.5 * (1.0 + 1e-12):
        raise DomainError(f"speed must be at least that of escape, {math.sqrt(2 * EARTH_POTENTIAL):.3g}; got {speed!r}")
    return positive("kappa", kappa) * (1.0 - pull)


def _slowest():
    """Momentum over mass of what falls from rest, v gamma at the escape speed, a rounding above it."""
    return math.sqrt(2.0 * EARTH_POTENTIAL / (1.0 - 2.0 * EARTH_POTENTIAL)) * (1.0 + 1e-14)


@lru_cache(maxsize=256)
def tail_size(mass: float, potential: float, moving: bool = False, gravity: bool = True) -> TailSize:
    """The unfilled tail of neutrinos of ``mass`` (0.001 to 10 eV) in an attracting ``potential`` (eV, < 0).

    At rest every state far away is as full as the gas can have it, 1/2. ``moving``: the Earth moves through the gas
    with the Sun and around it, and states bound to the Sun are empty. Without ``gravity`` it is the sphere alone, with
    the occupation of the gas at rest. Raises :class:`cnub.DomainError` outside these ranges.
    """
    m, U = within("mass", mass, *MASSES), -positive("-potential", -finite("potential", potential))
    least = m * _slowest() if gravity else SLOWEST_OVER_MEAN * mean_momentum()
    if _unfilled(least, m, U, gravity)[0].size == 0:
        return TailSize(0.0, 0.0, 0.0, 0.0)
    border = _border(least, m, U, gravity)
    # the deepest waves are many and slow: panels crowd there, in steps of the logarithm
    p, weight = (part.ravel() for part in panels(np.geomspace(least, border, _PANELS + 1), _NODES))
    density = weight * _density(p, m, moving, gravity)
    missing = [_unfilled(float(q), m, U, gravity)[1] for q in p]
    return TailSize(border, border / mean_momentum(), float(density.sum()), float(density @ missing))


def _unfilled(p, mass, potential, gravity):
    """Energies of the waves that are empty, and the density dn/n0 that their momentum misses at the surface."""
    delta, v = refractivity(mass, p, potential), p / math.hypot(p, mass)
    kappa = curvature(size_parameter(EARTH_RADIUS_M, p), delta)
    crossing = AGE_OF_EARTH_S * v * SPEED_OF_LIGHT_M_PER_S * METRE * p * delta  # in l
    energy, surface = narrow_waves(bent_curvature(kappa, v) if gravity else kappa, 1.0 / crossing)
    return energy, math.sqrt(2.0 * delta) * math.pi * float(surface.sum())


def _border(least, mass, potential, gravity):
    def excess(log):
        return _unfilled(math.exp(log), mass, potential, gravity)[0].size - 0.5

    return math.exp(bisect(excess, math.log(least), math.log(FASTEST_OVER_MEAN * mean_momentum()), xtol=1e-6))


def _density(p, mass, moving, gravity):
    """Particles per momentum at the surface, per particle of the gas far away."""
    if not gravity:
        return momentum_density(p)
    far = np.sqrt(np.maximum(p**2 - 2.0 * EARTH_POTENTIAL * mass**2, 0.0))
    norm = momentum_density(1e-6 * TEMPERATURE) * 2.0 / (1e-6 * TEMPERATURE) ** 2  # of p^2 f, f(0) = 1/2
    return norm * p**2 * (_moving(far, mass) if moving else 0.5)


def _moving(p, mass):
    """Occupation, averaged over directions, of momenta ``p`` in the frame of an Earth that moves with the Sun."""
    orbit = mass * math.sqrt(solar_potential())
    drift = mass * SUN_KM_S * 1e3 / SPEED_OF_LIGHT_M_PER_S
    # q^2 + orbit^2 + 2 q orbit c, squared momentum about the Sun, from what it holds on upwards
    q = p[:, None]
    low = np.clip((orbit**2 - q**2) / np.maximum(2.0 * q * orbit, 1e-300), -1.0, 1.0)
    cosine = low + (1.0 - low) * 0.5 * (_ANGLES + 1.0)
    far = np.sqrt(np.maximum(q**2 - orbit**2 + 2.0 * q * orbit * cosine, 0.0))[:, :, None]
    shell = np.sqrt(far**2 + drift**2 + 2.0 * far * drift * _ANGLES)
    full = 0.5 * (_ANGLE_WEIGHTS / (np.exp(shell / TEMPERATURE) + 1.0)).sum(axis=2)
    return 0.25 * (1.0 - low[:, 0]) * (_ANGLE_WEIGHTS * full).sum(axis=1)
