"""How fast hills empty a trapped wave into the open, and fill it from there: the golden rule for a rough surface.

A surface lifted by eta(X) adds -eta(X) delta(zeta) to the well, so a wave of energy e_i leaves at the rate per l

    Gamma = rms^2 |phi_i(0)|^2 Int_0^oo rho(e) S(e - e_i) de,   S(K) = sqrt(2 pi) c e^{-K^2 c^2/2},

rho(e) the density of open states at the surface, c the correlation length. First order in eta; what varies across the
direction of the wave as well only adds open states.
"""

from __future__ import annotations

import math

import numpy as np

from cnub.constants import AGE_OF_EARTH_S, EARTH_RADIUS_M, METRE, SPEED_OF_LIGHT_M_PER_S
from cnub.domain import DomainError, non_negative, positive
from cnub.grazing.earth import curvature
from cnub.grazing.gallery import narrow_waves, surface_states
from cnub.grazing.slow_tail import bent_curvature
from cnub.matter import refractivity
from cnub.quadrature import panels
from cnub.relic import size_parameter, speed

_ANY = 1e3
"""A width that every wave is below."""
MOST_PANELS = 4000
"""Panels of 12 nodes that follow the fringes of the open states; beyond, where many lie in the spectrum, their mean."""
_REACH = 9.0
"""Exponent in units of which the spectrum is cut: e^(-40) is left."""


def leak_rate(kappa: float, rms: float, correlation: float) -> float:
    """Rate per l at which the deepest trapped wave leaks over hills of ``rms`` (lambda) and ``correlation`` (l).

    Heights correlate as e^{-x^2/2c^2}. Raises :class:`cnub.DomainError` for a ``kappa`` that traps nothing.
    """
    rms, c = non_negative("rms", rms), positive("correlation", correlation)
    energies, densities = narrow_waves(kappa, _ANY)
    if energies.size == 0:
        raise DomainError(f"kappa must be small enough to trap a wave; got {kappa!r}")
    deepest, surface = float(energies[0]), float(densities[0])
    # nothing beyond the reach of the hills; panels follow the interference between the surface and the turning point
    top = _REACH / c
    followed = min(top, (0.5 * MOST_PANELS * kappa) ** (2.0 / 3.0))
    count = 8 + math.ceil(followed + 2.0 * (1.0 + followed) ** 1.5 / kappa)
    energy, weight = (part.ravel() for part in panels(np.linspace(0.0, followed, count + 1), 12))
    total = weight @ (surface_states(kappa, energy) * _spectrum(c, energy - deepest))
    if followed < top:
        energy, weight = (part.ravel() for part in panels(np.geomspace(followed, top, 41), 12))
        total += weight @ (mean_states(energy) * _spectrum(c, energy - deepest))
    return float(rms**2 * surface * total)


def mean_states(energy: np.ndarray) -> np.ndarray:
    """`cnub.grazing.gallery.surface_states` averaged over the fringes: 1/[pi (sqrt(e) + sqrt(1 + e))]."""
    return 1.0 / (math.pi * (np.sqrt(energy) + np.sqrt(1.0 + energy)))


def _spectrum(correlation, transfer):
    return math.sqrt(2.0 * math.pi) * correlation * np.exp(-0.5 * (transfer * correlation) ** 2)


def filling_hills_m(
    momentum: float, mass: float, potential: float, correlation_m: float, age_s: float = AGE_OF_EARTH_S
) -> float:
    """Rms height in m of hills that fill the deepest trapped wave of the Earth within ``age_s``.

    ``momentum`` (at the surface), ``mass`` and the attracting ``potential`` in eV, ``correlation_m`` > 0. Raises
    :class:`cnub.DomainError` outside these ranges, and if nothing is trapped.
    """
    p, delta = positive("momentum", momentum), refractivity(mass, momentum, -positive("-potential", -potential))
    v = float(speed(p, mass))
    kappa = bent_curvature(curvature(size_parameter(EARTH_RADIUS_M, p), delta), v)
    range_m, height_m = 1.0 / (p * delta * METRE), 1.0 / (p * math.sqrt(2.0 * delta) * METRE)
    crossings = positive("age_s", age_s) * v * SPEED_OF_LIGHT_M_PER_S / range_m
    return height_m / math.sqrt(crossings * leak_rate(kappa, 1.0, positive("correlation_m", correlation_m) / range_m))
