"""The resonance averaged over the relic gas, with exact kinematics and a line far narrower than the spread.

In a stationary, homogeneous gas the density matrix is diagonal in momentum: the rate is the sum of the rates of the
momentum eigenstates, each with its own photon energy. So the Lorentzian is averaged, and what remains of the peak is of
order Gamma_v/Delta(omega). The paper's (Gamma_v/Delta p)^2 (below Eq. 24) replaces the width of the line itself by
Delta p, as if the spread were homogeneous: that is the rate of a neutrino that is off resonance by Delta p.

The k integral is done in t, omega(k) - E_vg = (Gamma_v/2) sinh t around each resonance, where the Lorentzian becomes
1/cosh t and the gas (``gas_integral``) is smooth: analytic in the line, Gauss in the rest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from scipy.optimize import brentq

from cnub.domain import finite_array, one_of, positive, representable, within
from cnub.fluorescence.channels import Channel
from cnub.fluorescence.gas_integral import (
    CUT,
    TABLE_ERROR,
    drifting_occupation,
    momentum_integral,
    momentum_window,
    number_integral,
)
from cnub.fluorescence.kinematics import Dispersion, band_through_rest, intersections
from cnub.relic import TEMPERATURE

ORDERS = (28, 48, 96, 192)
"""Gauss nodes per panel; the error estimate is the difference of the last two orders used."""
SLOPES, TEMPERATURES = (1e-12, 1e3), (1e-12, 1e2)
"""Slopes d omega/dk and temperatures (eV) of the gas between which the window of momenta can be searched."""
FINE = 48
"""Gauss nodes per panel of a line shape."""
CONVERGED = 1e-6
"""Relative difference of two orders at which the next is not tried; two suffice within a few widths of the line."""
SCAN = 257
"""Points of the scan for resonances of a curved band within the kinematic window."""


@dataclass(frozen=True)
class ThermalResonance:
    """The gas average of the resonance factor in eV^-2 (``value``), its ``error_estimate`` and the ``method``.

    ``value`` replaces 1/[(E_vg - omega)^2 + Gamma_v^2/4] in Eqs. (17) and (22); it contains the variation of the
    neutrino current, the photon momentum and D_k over the gas, relative to a neutrino at rest.
    """

    value: float
    error_estimate: float
    method: str


@representable
def thermal_resonance(
    chosen: Channel,
    width: float,
    level_energy: float | None = None,
    *,
    transition: str = "M1",
    photon_slope: float = 1.0,
    dispersion: Dispersion | None = None,
    temperature: float = TEMPERATURE,
    gas_velocity: float = 0.0,
) -> ThermalResonance:
    """Average of the resonance factor over the Fermi-Dirac gas.

    ``width`` = Gamma_v and ``level_energy`` = E_vg in eV (by default on resonance at rest); ``photon_slope`` =
    d omega/dk of a straight band through the vacuum intersection, or any ``dispersion``; ``temperature`` in eV;
    ``gas_velocity`` (units of c) of the gas through the target, averaged over its direction to the dipoles. Raises
    :class:`cnub.DomainError` outside these ranges.
    """
    level = chosen.photon_energy if level_energy is None else positive("level_energy", level_energy)
    gas = _Gas(chosen, transition, photon_slope, dispersion, temperature, gas_velocity)
    width, levels = positive("width", width), np.array([level])
    value = gas.resonance(width, levels, ORDERS[0])[0]
    for nodes in ORDERS[1:]:
        previous, value = value, gas.resonance(width, levels, nodes)[0]
        if abs(value - previous) <= CONVERGED * value:
            break
    error = abs(value - previous) + (TABLE_ERROR * value if gas_velocity > 0 else 0.0)
    return ThermalResonance(float(value), float(error), "Fermi-Dirac gas, exact kinematics")


@representable
def line_shape(
    chosen: Channel,
    width: float,
    level_energies: np.ndarray,
    *,
    transition: str = "M1",
    photon_slope: float = 1.0,
    dispersion: Dispersion | None = None,
    temperature: float = TEMPERATURE,
    gas_velocity: float = 0.0,
) -> np.ndarray:
    """The averaged resonance factor (eV^-2) at each of ``level_energies`` (eV), else as :func:`thermal_resonance`."""
    levels = np.ravel(finite_array("level_energies", level_energies, low=np.finfo(float).tiny))
    gas = _Gas(chosen, transition, photon_slope, dispersion, temperature, gas_velocity)
    return gas.resonance(positive("width", width), levels, FINE)


@representable
def narrow_line_resonance(
    chosen: Channel,
    width: float,
    level_energy: float,
    *,
    transition: str = "M1",
    photon_slope: float = 1.0,
    temperature: float = TEMPERATURE,
) -> float:
    """The limit of :func:`thermal_resonance` for a line that is a delta function of strength 2 pi/Gamma_v, in eV^-2."""
    gas = _Gas(chosen, transition, photon_slope, None, temperature, 0.0)
    k = gas.band.k0 + (positive("level_energy", level_energy) - gas.band.omega0) / gas.band.slope
    if k <= 0:  # the band has no such photon
        return 0.0
    density = gas.density(np.array([k]), FINE)[0] / abs(gas.band.slope)
    return float(2 * math.pi / positive("width", width) * density)


@representable
def incoherent_suppression(width: float, momentum_spread: float, photon_slope: float = 1.0) -> float:
    """The order of magnitude of the average of a Lorentzian over a spread: min[1, Gamma_v/(Delta p d omega/dk)].

    ``width`` Gamma_v and ``momentum_spread`` Delta p in eV, ``photon_slope`` d omega/dk in units of c; all > 0.
    """
    spread = positive("momentum_spread", momentum_spread) * positive("photon_slope", photon_slope)
    return min(1.0, positive("width", width) / spread)


@lru_cache(maxsize=len(ORDERS))
def _gauss(nodes):
    return np.polynomial.legendre.leggauss(nodes)


class _Gas:
    """One channel, band and gas: the density of photon momenta, and its integral against the line."""

    def __init__(self, chosen, transition, slope, dispersion, temperature, speed):
        one_of("transition", transition, ("E1", "M1"))
        within("photon_slope", slope, *SLOPES)
        self.chosen, self.electric = chosen, transition == "E1"
        self.band = band_through_rest(chosen, slope) if dispersion is None else dispersion
        self.straight = dispersion is None
        self.temperature = within("temperature", temperature, *TEMPERATURES)
        self._set_drift(within("gas_velocity", speed, 0.0, 0.99))
        self.k_low, self.k_high = self._window()
        omega = float(self.band.omega(self._k_rest))
        depth = 1 / abs(float(self.band.group_velocity(self._k_rest)) + self._recoil(self._k_rest))
        self._norm = 2 * self._strength(self._k_rest, omega) * depth

    def _set_drift(self, speed):
        """Momenta between which the gas lies, those of CUT T against and along the drift, and that of the drift."""
        mass, cut, gamma = self.chosen.initial_mass, CUT * self.temperature, 1 / math.sqrt(1 - speed**2)
        carried = speed * math.hypot(mass, cut)
        self.span = (max(gamma * (carried - cut), 0.0), gamma * speed * mass, gamma * (carried + cut))
        self.table = np.empty(0)
        if speed > 0:
            nodes = _gauss(ORDERS[2])
            self.table = drifting_occupation(mass, self.temperature, speed, self.span[0], self.span[2], *nodes)

    def _strength(self, k, omega):
        return k**4 * omega if self.electric else k**4 / omega

    def _recoil(self, k):
        return k / math.hypot(self.chosen.final_mass, k)

    def density(self, k, nodes):
        """Average per unit k at ``k``: strength at rest * D_k at rest * resonance = int dk density L."""
        x, w = _gauss(nodes)
        m_i, m_j = self.chosen.initial_mass, self.chosen.final_mass
        omega = np.asarray(self.band.omega(k), dtype=float)
        gas = (self.table, self.span, x, w)
        h = momentum_integral(k, omega, m_i, m_j, self.temperature, self.electric, *gas)
        number = number_integral(self.temperature, *gas)
        return self._strength(k, omega) * h / (self._norm * number)

    def resonance(self, width, levels, nodes):
        """The averaged resonance factor at each level."""
        half = width / 2
        panels = [self._panels(level, half) for level in levels]
        x, w = _gauss(nodes)
        k, weight, owner = [], [], []
        for n, (level, edges) in enumerate(zip(levels, panels, strict=True)):
            for centre, scale, low, high in edges:
                t_low, t_high = math.asinh((low - centre) / scale), math.asinh((high - centre) / scale)
                t = t_low + 0.5 * (t_high - t_low) * (1 + x)
                points = centre + scale * np.sinh(t)
                line = 1 / (self._off(points, level, scale * np.sinh(t)) ** 2 + half**2)
                k.append(points)
                weight.append(0.5 * (t_high - t_low) * w * scale * np.cosh(t) * line)
                owner.append(np.full(nodes, n))
        values = self.density(np.concatenate(k), nodes) * np.concatenate(weight)
        return np.bincount(np.concatenate(owner), values, minlength=len(levels))

    def _off(self, points, level, from_resonance):
        """omega - E_vg; on a straight band from the distance to the resonance, below the rounding of omega itself."""
        if self.straight:
            return self.band.slope * from_resonance
        return np.asarray(self.band.omega(points)) - level

    def _panels(self, level, half):
        """(centre, scale, low, high): one resonance each, its sinh scale, and the part of the window it governs."""
        rest = min(max(self._k_rest, self.k_low), self.k_high)
        out = []
        centres = self._resonances(level)
        cuts = [self.k_low, *(0.5 * (a + b) for a, b in pairwise(centres)), self.k_high]
        for centre, (low, high) in zip(centres, pairwise(cuts), strict=True):
            slope = abs(float(self.band.group_velocity(centre)))
            scale = half / max(slope, half / (self.k_high - self.k_low) * 1e-3)
            marks = sorted({low, high, *(min(max(mark, low), high) for mark in (centre, rest, *self.ends))})
            out += [(centre, scale, a, b) for a, b in pairwise(marks)]
        return out

    def _resonances(self, level):
        if self.straight:
            return [self.band.k0 + (level - self.band.omega0) / self.band.slope]
        k = np.linspace(self.k_low, self.k_high, SCAN)
        gap = np.asarray(self.band.omega(k)) - level
        at = np.flatnonzero(gap[:-1] * gap[1:] <= 0)
        roots = [brentq(lambda q: float(self.band.omega(q)) - level, k[i], k[i + 1], xtol=1e-18) for i in at]
        return sorted(set(roots)) or [float(k[np.argmin(abs(gap))])]

    def _window(self):
        """Photon momenta reached by neutrinos below the cut; outside, the gas is empty."""
        if self.straight:
            self._k_rest = self.band.k0
        else:
            found = intersections(self.chosen, self.band, scan_points=4000, allow_superluminal=True)
            self._k_rest = min(found, key=lambda x: abs(x.momentum - self.chosen.photon_energy)).momentum
        # Between a drift far above T and its Doppler shifts the spectrum is a box, whose ends the panels must meet.
        bottom, drift, top = self.span
        self.ends = [self._edge(side, reach) for reach in (bottom, drift) for side in (-1, 1)] if bottom > 0 else []
        return self._edge(-1, top), self._edge(+1, top)

    def _edge(self, side, reach):
        """Photon momentum below (-1) or above (+1) that of rest which only neutrinos from ``reach`` on can emit."""

        def beyond(k):
            low, _ = momentum_window(k, float(self.band.omega(k)), self.chosen.initial_mass, self.chosen.final_mass)
            return low < 0 or low > reach

        inside, step = self._k_rest, 1e-3 * reach
        while not beyond(inside + side * step) and inside + side * step > 0:
            step *= 1.5
        outside = max(inside + side * step, 0.0)
        for _ in range(60):
            middle = 0.5 * (inside + outside)
            inside, outside = (inside, middle) if beyond(middle) else (middle, outside)
        if not outside > 0:
            return 1e-12 * self._k_rest
        return outside
