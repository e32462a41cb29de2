"""N dipoles and a discrete set of photons, exactly: a witness for N in place of N^2.

One excitation is shared by N dipoles at x_r on a ring of the length L and by photons of k = 2 pi m/L that travel one
way around it, H = (g/sqrt N) sum_(k,r) exp(i k x_r) |v_r><k| + h.c. Level and photons decay at the rates Gamma and c.
The neutrino prepares B_q^dagger|g...g> = sum_r exp(i q x_r)|v_r> at the energy W = -v_j q from the level, and the
resolvent at W says how many quanta end as photons or in the level. Momenta count from that where the neutrino's line
meets the level, energies from the level.

All dipoles have one energy, so that eliminating them is exact and leaves a matrix as large as the number of photons.
On a ring of equal spacing each q is a matter of two levels; at random places every photon is coupled to every other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cnub.domain import DomainError, finite, finite_array, integer, non_negative, positive, representable

MODES = 128
"""Photons and final momenta of the neutrino, between +-64 spacings."""
MOST_MODES = 1024
"""Ten seconds of computing."""


@dataclass(frozen=True)
class Shares:
    """What becomes of the drive, per excitation of as many independent dipoles.

    ``photons`` of any momentum, ``matched`` those with the momentum q that the neutrino lost, ``absorbed`` in the
    level; beyond the window of momenta the dipoles count as independent.
    """

    photons: float
    matched: float
    absorbed: float

    @property
    def excited(self) -> float:
        """photons + absorbed: 1 by the sum rule."""
        return self.photons + self.absorbed


@representable
def ring_positions(number: int, length: float) -> np.ndarray:
    """``number`` places of equal spacing on a ring of ``length``."""
    return positive("length", length) * np.arange(integer("number", number, 1, 10**6)) / number


@representable
def random_positions(number: int, length: float, seed: int = 0) -> np.ndarray:
    """``number`` independent places, uniform on a ring of ``length``; ``seed`` >= 0."""
    generator = np.random.default_rng(integer("seed", seed, 0))
    return positive("length", length) * generator.uniform(size=integer("number", number, 1, 10**6))


@representable
def dipole_shares(
    positions: np.ndarray,
    length: float,
    coupling: float,
    width: float,
    escape: float,
    *,
    detuning: float = 0.0,
    daughter_speed: float = 1.0,
    photon_slope: float = 1.0,
    modes: int = MODES,
) -> Shares:
    """Photons and absorbed quanta of dipoles at ``positions`` on a ring of ``length``, along the neutrino's line.

    ``coupling`` g of all dipoles together, ``width`` Gamma, ``escape`` c and ``detuning`` of the photon where the line
    meets the level, in one unit of energy; lengths in its inverse. Good to exp(-pi G/spacing) with G the narrowest of
    the widths and spacing = 2 pi/length, and to the cube of G over the window of ``modes`` spacings. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: derived from dipoles coupled to discrete modes of light.

    >>> ring = ring_positions(number=512, length=40.0)
    >>> print(f"{dipole_shares(ring, length=40.0, coupling=2.0, width=1.0, escape=1.0).photons:.3f}")
    0.314
    """
    x, g = finite_array("positions", positions).ravel(), non_negative("coupling", coupling)
    loss, out = positive("width", width), positive("escape", escape)
    speed, slope = positive("daughter_speed", daughter_speed), positive("photon_slope", photon_slope)
    count = integer("modes", modes, 2, MOST_MODES)
    k = 2 * math.pi / positive("length", length) * (np.arange(count) - count // 2)
    waves = np.exp(-1j * np.outer(k, x))
    overlap = waves @ waves.conj().T / x.size
    photon = finite("detuning", detuning) + slope * k - 0.5j * out
    if not np.isfinite(overlap).all():
        raise DomainError(f"length must be such that phases k x are finite; got {length!r}")
    quanta = np.array([_quanta(j, -speed * k[j], photon, overlap, g, loss, out) for j in range(count)])
    photons, matched, absorbed = (float(total) for total in quanta.sum(axis=0) * speed / length)
    beyond = 1 - float(np.sum(loss / ((speed * k) ** 2 + loss**2 / 4))) * speed / length
    return Shares(photons, matched, absorbed + beyond)


def _quanta(j, drive, photon, overlap, g, loss, out):
    """Photons, photons of momentum q = k_j, and absorbed quanta per dipole and unit of the drive's strength."""
    level = drive + 0.5j * loss
    matrix = np.diag(drive - photon) - g * g / level * overlap
    a = np.linalg.solve(matrix, g / level * overlap[:, j])
    excited = 1 + 2 * g * np.vdot(a, overlap[:, j]).real + g * g * np.vdot(a, overlap @ a).real
    return out * np.vdot(a, a).real, out * abs(a[j]) ** 2, loss * excited / abs(level) ** 2
