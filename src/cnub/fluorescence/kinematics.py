"""Energy and phase matching of nu_i -> nu_j gamma for any photon dispersion omega(k).

A dispersion is any object with ``omega(k)`` and ``group_velocity(k)`` (scalars or arrays, eV and units of c). The
momentum and the energy of the photon solve omega(k) = E_i - E_j(|p_i - k|); 2507.10868v1, Fig. 2.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from cnub.domain import DomainError, finite, finite_array, integer, non_negative, positive, representable, within
from cnub.faces import later
from cnub.fluorescence.channels import Channel

brentq = later("scipy.optimize", "brentq")

SCAN_POINTS = 2000
"""Brackets of a root search over k in [0, k_max]; two intersections closer than k_max/2000 are not told apart."""


class Dispersion(Protocol):
    """omega(k) of the photon and its derivative."""

    def omega(self, k: np.ndarray | float) -> np.ndarray | float:
        """Photon energy in eV at the momentum ``k`` in eV."""

    def group_velocity(self, k: np.ndarray | float) -> np.ndarray | float:
        """d omega/dk in units of c at the momentum ``k`` in eV."""


@dataclass(frozen=True)
class LinearBand:
    """omega = omega0 + slope (k - k0), a dispersion near ``k0``: k0 and omega0 in eV, slope in units of c."""

    k0: float
    omega0: float
    slope: float

    def omega(self, k: np.ndarray | float) -> np.ndarray | float:
        """Photon energy in eV at ``k`` in eV."""
        return self.omega0 + self.slope * (k - self.k0)

    def group_velocity(self, k: np.ndarray | float) -> np.ndarray | float:
        """The constant slope d omega/dk."""
        return self.slope + 0.0 * k


VACUUM = LinearBand(0.0, 0.0, 1.0)


@representable
def band_through_rest(chosen: Channel, slope: float) -> LinearBand:
    """The line of given ``slope`` through the vacuum intersection of a neutrino at rest, k = omega.

    Raises :class:`cnub.DomainError` unless slope is finite.

    Source: text below Eq. (24) of 2507.10868v1.

    >>> band = band_through_rest(channel("NO"), slope=1e-3)
    >>> print(intersections(channel("NO"), band)[0].group_velocity)
    0.001
    """
    return LinearBand(chosen.photon_energy, chosen.photon_energy, finite("slope", slope))


@dataclass(frozen=True)
class Intersection:
    """A solution of energy and momentum conservation: ``momentum`` k and ``energy`` omega in eV, both slopes, D_k.

    ``recoil_slope`` = dE_j'/dk at fixed directions, so that D_k = 1/|group_velocity + recoil_slope| (below Eq. 16).
    """

    momentum: float
    energy: float
    group_velocity: float
    recoil_slope: float
    D_k: float


@representable
def energy_transfer(
    k: np.ndarray | float, initial_mass: float, final_mass: float, momentum: float = 0.0, cosine: float = 1.0
) -> np.ndarray:
    """E_i - E_j'(|p_i - k|) in eV: the blue curve of Fig. 2 of 2507.10868v1.

    ``k`` in eV (any shape), masses and the ``momentum`` of nu_i in eV, ``cosine`` between p_i and k. Raises
    :class:`cnub.DomainError` on negative masses or momenta, or |cosine| > 1.
    """
    k = finite_array("k", k)
    p, c = non_negative("momentum", momentum), within("cosine", cosine, -1.0, 1.0)
    m_i, m_j = non_negative("initial_mass", initial_mass), non_negative("final_mass", final_mass)
    return math.hypot(m_i, p) - np.sqrt(m_j**2 + p**2 + k**2 - 2 * k * p * c)


@representable
def intersections(
    chosen: Channel,
    dispersion: Dispersion = VACUUM,
    momentum: float = 0.0,
    cosine: float = 1.0,
    k_max: float | None = None,
    allow_superluminal: bool = False,
    scan_points: int = SCAN_POINTS,
) -> list[Intersection]:
    """All k in (0, k_max] (eV) with omega(k) = E_i - E_j', by rising k; the triangles of Fig. 2 of 2507.10868v1.

    ``momentum`` of nu_i in eV, ``cosine`` of its angle to the photon; ``k_max`` defaults to m_i + 2 p, beyond which
    E_i - E_j' < 0. Raises :class:`cnub.DomainError` if no intersection exists, or if light is superluminal at one and
    this was not asked for.

    Source: text below Eq. (24) of 2507.10868v1.

    >>> crossing, = intersections(channel("NO"))
    >>> print(f"{crossing.energy:.4f}")
    0.0251
    """
    top = chosen.initial_mass + 2 * non_negative("momentum", momentum) if k_max is None else positive("k_max", k_max)
    grid = np.linspace(0.0, top, integer("scan_points", scan_points, 2, 10**6) + 1)

    def mismatch(k):
        return dispersion.omega(k) - energy_transfer(k, chosen.initial_mass, chosen.final_mass, momentum, cosine)

    values = mismatch(grid)
    changes = np.flatnonzero(np.sign(values[:-1]) * np.sign(values[1:]) < 0)
    roots = [brentq(lambda k: float(mismatch(k)), grid[i], grid[i + 1], xtol=1e-18, rtol=1e-15) for i in changes]
    roots += [float(k) for k in grid[1:][values[1:] == 0.0]]
    found = [_at(chosen, dispersion, momentum, cosine, k) for k in sorted(roots)]
    if not found:
        raise DomainError(f"dispersion must cross E_i - E_j' of {chosen.name} for 0 < k <= {top:g} eV; it does not")
    fast = [x.group_velocity for x in found if x.group_velocity > 1 + 1e-12]
    if fast and not allow_superluminal:
        raise DomainError(f"group velocity must be <= 1 at the intersection unless asked for; got {fast[0]:g}")
    return found


def _at(chosen, dispersion, momentum, cosine, k):
    energy, velocity = float(dispersion.omega(k)), float(dispersion.group_velocity(k))
    recoil_energy = math.sqrt(chosen.final_mass**2 + momentum**2 + k**2 - 2 * k * momentum * cosine)
    recoil = (k - momentum * cosine) / recoil_energy
    return Intersection(float(k), energy, velocity, recoil, 1 / abs(velocity + recoil))
