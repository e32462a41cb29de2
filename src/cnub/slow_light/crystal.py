"""A layered crystal: light throughout, but flat along one axis, where the group of its band is slow.

A :class:`cnub.fluorescence.kinematics.Dispersion` like the bands of :mod:`cnub.slow_light.bands`; k and omega in eV.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from cnub.domain import DomainError, finite_array, integer, positive, representable, within
from cnub.faces import later

brentq = later("scipy.optimize", "brentq")

_SCAN = 2000
"""Points per band of the scan for the ends of the bands."""


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

    @property
    def middle(self) -> float:
        """Wave number in eV in the middle of the band, (band - 1/2) pi/a."""
        return (self.band - 0.5) * math.pi / self.period

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
    # across one period 2 pairs + 3 quarters of a wave
    crystal = LayeredCrystal(indices, thicknesses, pairs + 2)
    if crystal.is_isolated() and crystal.edges()[0] < energy < crystal.edges()[1]:
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
