"""Flat photon bands from real media: of two levels, or with electromagnetically induced transparency; flat windows.

All have ``omega(k)`` and ``group_velocity(k)`` (k and omega in eV) and serve as a
:class:`cnub.fluorescence.kinematics.Dispersion`. The light is slow because it is mostly stored in the medium: the slope
**is** the photon fraction. In the layered crystal of :mod:`cnub.slow_light.crystal` it is light throughout.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnub.constants import METRE
from cnub.domain import DomainError, finite_array, non_negative, positive, representable
from cnub.faces import later
from cnub.fluorescence.kinematics import Dispersion

brentq = later("scipy.optimize", "brentq")


@representable
def branches(k: np.ndarray | float, level: float, coupling: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Energies of the lower and upper polariton (eV) and the photon fraction of the lower one, against ``k`` (eV).

    w = (k + E)/2 -+ sqrt[((k - E)/2)^2 + g^2]. The photon fraction equals the slope d w/dk: light is slow exactly as
    far as it is not light. Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from two coupled oscillators.

    >>> lower, upper, photon_fraction = branches([0.025], level=0.025, coupling=1e-3)
    >>> print(upper - lower, photon_fraction)
    [0.002] [0.5]
    """
    k = finite_array("k", k, 0.0)
    level, coupling = positive("level", level), positive("coupling", coupling)
    half = np.hypot((k - level) / 2, coupling)
    fraction = 0.5 * (1 - (k - level) / (2 * half))
    return (k + level) / 2 - half, (k + level) / 2 + half, fraction


@dataclass(frozen=True)
class TwoLevelBand:
    """Lower branch of light in a medium of resonances at ``level`` (eV) with the collective ``coupling`` g (eV)."""

    level: float
    coupling: float

    def omega(self, k: np.ndarray | float) -> np.ndarray | float:
        """Photon energy in eV."""
        return branches(k, self.level, self.coupling)[0][()]

    def group_velocity(self, k: np.ndarray | float) -> np.ndarray | float:
        """d omega/dk, equal to the photon fraction."""
        return branches(k, self.level, self.coupling)[2][()]


@dataclass(frozen=True)
class TransparencyBand:
    """The slow branch of EIT: probe coupling g (``coupling``), control Rabi frequency ``control``, both in eV.

    Middle eigenvalue of [[k, g, 0], [g, E, W], [0, W, E]]; at k = ``level`` = E the slope is W^2/(W^2 + g^2).
    """

    level: float
    coupling: float
    control: float

    def __post_init__(self) -> None:
        for name in ("level", "coupling", "control"):
            positive(name, getattr(self, name))

    def omega(self, k: np.ndarray | float) -> np.ndarray | float:
        """Photon energy in eV."""
        return self._eigen(k)[0][()]

    def group_velocity(self, k: np.ndarray | float) -> np.ndarray | float:
        """d omega/dk, equal to the photon fraction."""
        return self._eigen(k)[1][()]

    def absorption(self, k: float, width: float, dephasing: float) -> float:
        """Rate (eV) at which the slow photon is lost: width and ``dephasing`` (eV) of the two other states."""
        weights = np.abs(np.linalg.eigh(self._matrix(float(k)))[1][:, 1]) ** 2
        return float(weights[1] * positive("width", width) + weights[2] * non_negative("dephasing", dephasing))

    def _matrix(self, k):
        g, w, e = self.coupling, self.control, self.level
        return np.array([[k, g, 0.0], [g, e, w], [0.0, w, e]])

    def _eigen(self, k):
        k = finite_array("k", k, 0.0)
        values, vectors = np.linalg.eigh(np.array([self._matrix(q) for q in k.ravel()]))
        return values[:, 1].reshape(k.shape), (np.abs(vectors[:, 0, 1]) ** 2).reshape(k.shape)


@dataclass(frozen=True)
class FlatWindow:
    """Around ``momentum`` (eV): ``energy``, ``slope``, and the momenta below and above (eV) within the tolerance."""

    momentum: float
    energy: float
    slope: float
    below: float
    above: float

    @property
    def width(self) -> float:
        """above + below in eV."""
        return self.below + self.above


@representable
def flat_window(band: Dispersion, momentum: float, tolerance: float, furthest: float) -> FlatWindow:
    """How far from ``momentum`` (eV) the band stays within +-``tolerance`` (eV) of its energy there.

    Searched up to ``furthest`` (eV) on both sides; a side that stays flat so far counts as ``furthest``. Raises
    :class:`cnub.DomainError` unless all are > 0 and furthest < momentum.

    Source: text below Eq. (24) of 2507.10868v1.

    >>> band = illustrative_band(mass_in=0.05, slope=1e-3, width=1e-3)
    >>> window = flat_window(band, band.centre, tolerance=1e-7, furthest=1e-2)
    >>> print(f"{window.slope:.4f}")
    0.0010
    """
    k, tol = positive("momentum", momentum), positive("tolerance", tolerance)
    far = positive("furthest", furthest)
    if far >= k:
        raise DomainError(f"furthest must be below the momentum {k:g}; got {far:g}")
    centre = float(band.omega(k))

    def side(sign):
        steps = np.geomspace(1e-7, 1.0, 60) * far
        out = np.flatnonzero(np.abs(np.asarray(band.omega(k + sign * steps)) - centre) > tol)
        if not out.size:
            return far
        first = out[0]
        low = steps[first - 1] if first else 0.0
        return brentq(lambda s: abs(float(band.omega(k + sign * s)) - centre) - tol, low, steps[first], xtol=1e-18)

    return FlatWindow(k, centre, float(band.group_velocity(k)), side(-1), side(1))


@representable
def loss_allowed(slope: float, length_m: float) -> float:
    """Largest loss rate (eV) of a photon that must cross ``length_m`` (m) at the speed ``slope``: slope/length.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: definition, the rate of crossing.

    >>> print(f"{loss_allowed(slope=1e-3, length_m=3.0):.1e}")
    6.6e-11
    """
    return positive("slope", slope) / (positive("length_m", length_m) * METRE)
