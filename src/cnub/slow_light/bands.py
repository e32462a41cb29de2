"""Flat photon bands from real models: a two-level medium, electromagnetically induced transparency, a layered crystal.

All have ``omega(k)`` and ``group_velocity(k)`` (k and omega in eV) and serve as a
:class:`cnub.fluorescence.kinematics.Dispersion`. In the first two the light is slow because it is mostly stored in the
medium: the slope **is** the photon fraction. In the layered crystal it is light throughout, but flat along one axis.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.optimize import brentq

from cnub.constants import METRE
from cnub.domain import DomainError, finite_array, integer, non_negative, positive, representable, within
from cnub.fluorescence.kinematics import Dispersion

_SCAN = 2000


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
class LayeredCrystal:
    """A periodic stack: ``indices`` and ``thicknesses`` (1/eV) of the layers of one period, ``band`` counted from 1.

    Transfer matrices at normal incidence, cos(K a) = Tr M/2. The wave number is the one of the extended zone, from
    (band - 1) pi/a to band pi/a. Raises :class:`cnub.DomainError` unless indices >= 1 and thicknesses > 0.
    """

    indices: tuple[float, ...]
    thicknesses: tuple[float, ...]
    band: int = 1

    def __post_init__(self) -> None:
        finite_array("indices", self.indices, 1.0)
        finite_array("thicknesses", self.thicknesses, np.finfo(float).tiny)
        integer("band", self.band, 1)
        if len(self.indices) != len(self.thicknesses):
            raise DomainError(f"thicknesses must be one per index; got {len(self.thicknesses)} and {len(self.indices)}")

    @property
    def period(self) -> float:
        """a in 1/eV."""
        return float(sum(self.thicknesses))

    def half_trace(self, omega: np.ndarray | float, sine: float = 0.0) -> np.ndarray | float:
        """cos(K a) at ``omega`` (eV); ``sine`` = k_parallel/omega of an oblique wave, electric field in the layers."""
        omega = np.asarray(omega, dtype=float)
        a, b, c, d = np.ones_like(omega), np.zeros_like(omega), np.zeros_like(omega), np.ones_like(omega)
        for n, thickness in zip(self.indices, self.thicknesses, strict=True):
            q = omega * math.sqrt(n * n - sine * sine)
            cos, sin = np.cos(q * thickness), np.sin(q * thickness)
            a, b, c, d = a * cos - b * q * sin, a * sin / q + b * cos, c * cos - d * q * sin, c * sin / q + d * cos
        return ((a + d) / 2)[()]

    def is_isolated(self, sine: float = 0.0) -> bool:
        """Whether gaps separate the band from its neighbours at ``sine``, as far as doubles tell."""
        return len(_all_edges(self.indices, self.thicknesses, self.band, sine)) >= 2 * self.band

    def edges(self, sine: float = 0.0) -> tuple[float, float]:
        """Lowest and highest energy (eV) of the band at ``sine`` = k_parallel/omega in [0, 1)."""
        sine = within("sine", sine, 0.0, 1.0 - 1e-12)
        if not self.is_isolated(sine):
            raise DomainError(f"band must be separated from its neighbours by gaps; got band {self.band} touching one")
        ends = _all_edges(self.indices, self.thicknesses, self.band, sine)
        return ends[2 * self.band - 2], ends[2 * self.band - 1]

    def omega(self, k: np.ndarray | float) -> np.ndarray | float:
        """Photon energy in eV at the extended-zone wave number ``k`` in eV; clipped to the ends of the band."""
        k = finite_array("k", k, 0.0)
        low, high = self.edges()
        return np.array([self._invert(q, low, high) for q in k.ravel()]).reshape(k.shape)[()]

    def group_velocity(self, k: np.ndarray | float) -> np.ndarray | float:
        """d omega/dk = -a sin(K a)/(d half_trace/d omega); 0 at the ends of the band."""
        k = finite_array("k", k, 0.0)
        return np.array([self._slope(q) for q in k.ravel()]).reshape(k.shape)[()]

    def _slope(self, k):
        w = float(self.omega(k))
        step = 1e-6 * w
        derivative = (self.half_trace(w + step) - self.half_trace(w - step)) / (2 * step)
        sine = math.sin(k * self.period)
        low, high = (self.band - 1) * math.pi / self.period, self.band * math.pi / self.period
        inside = low < k < high and abs(derivative) > 0
        return -self.period * sine / derivative if inside else 0.0

    def _invert(self, k, low, high):
        lowest, highest = (self.band - 1) * math.pi / self.period, self.band * math.pi / self.period
        if not lowest < k < highest:
            return low if k <= lowest else high
        target = math.cos(k * self.period)
        ends = [self.half_trace(w) - target for w in (low, high)]
        if ends[0] * ends[1] > 0:
            return low if abs(ends[0]) < abs(ends[1]) else high
        return brentq(lambda w: self.half_trace(w) - target, low, high, xtol=1e-18, rtol=1e-15)


@representable
def cavity_chain(pairs: int, energy: float, high: float = 3.4, low: float = 1.0) -> LayeredCrystal:
    """A chain of half-wave cavities between quarter-wave mirrors of ``pairs`` layer pairs: its flat band at ``energy``.

    ``high`` and ``low`` are the indices (silicon and vacuum by default), ``energy`` in eV. Raises
    :class:`cnub.DomainError` unless pairs is 1 to 30, energy 1e-12 to 1e12 and 100 >= high > low >= 1.

    Source: derived from transfer matrices at normal incidence.

    >>> crystal = cavity_chain(pairs=2, energy=0.025)
    >>> print(len(crystal.indices))
    6
    """
    pairs, energy = integer("pairs", pairs, 1, 30), within("energy", energy, 1e-12, 1e12)
    high, low = within("high", high, 1.0, 100.0), within("low", low, 1.0, 100.0)
    if not high > low:
        raise DomainError(f"high must be > low >= 1; got {high!r} and {low!r}")
    quarter = {n: math.pi / (2 * n * energy) for n in (high, low)}
    layers = [high, low] * pairs + [high]
    indices, thicknesses = (*layers, low), (*(quarter[n] for n in layers), 2 * quarter[low])
    for band in range(1, 4 * pairs + 6):
        crystal = LayeredCrystal(indices, thicknesses, band)
        if not crystal.is_isolated():
            break
        bottom, top = crystal.edges()
        if bottom < energy < top:
            return crystal
    raise DomainError(f"pairs must be few enough to resolve the band at {energy:g} eV; got {pairs}")


@representable
def flat_cone(crystal: LayeredCrystal, tolerance: float) -> float:
    """Fraction of all directions, in [0, 1], in which the top of the band stays within ``tolerance`` (eV).

    Both ends of the axis; the polarization with the electric field in the layers. Raises
    :class:`cnub.DomainError` unless tolerance > 0.
    """
    top, tolerance = crystal.edges()[1], positive("tolerance", tolerance)

    def shift(sine):
        return crystal.edges(sine)[1] - top - tolerance

    if shift(0.9) < 0:
        return 1.0
    sine = brentq(shift, 0.0, 0.9, xtol=1e-12)
    return 1 - math.sqrt(1 - sine * sine)


@lru_cache(maxsize=512)
def _all_edges(indices, thicknesses, band, sine):
    """Ends of the bands in rising order: |cos K a| = 1, each gap giving two; a touching pair of bands gives none."""
    crystal = LayeredCrystal(indices, thicknesses, band)
    optical = sum(d * math.sqrt(n * n - sine * sine) for n, d in zip(indices, thicknesses, strict=True))
    grid = np.linspace(1e-6, 1.3 * (band + 1), _SCAN * (band + 1)) * math.pi / optical
    trace = crystal.half_trace(grid, sine)
    found = [1e-9 / optical]
    for end in (1.0, -1.0):
        for i in np.flatnonzero((trace[:-1] - end) * (trace[1:] - end) < 0):
            root = brentq(lambda w, e=end: crystal.half_trace(w, sine) - e, grid[i], grid[i + 1], xtol=1e-18)
            found.append(root)
    return sorted(found)


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
