"""The resonance averaged over the relic gas, with exact kinematics and a line far narrower than the spread.

In a stationary, homogeneous gas the density matrix is diagonal in momentum: the rate is the sum of the rates of the
momentum eigenstates, each with its own photon energy. So the Lorentzian is averaged, and what remains of the peak is of
order Gamma_v/Delta(omega). The paper's (Gamma_v/Delta p)^2 (below Eq. 24) replaces the width of the line itself by
Delta p, as if the spread were homogeneous: that is the rate of a neutrino that is off resonance by Delta p.

The k integral is done in t, omega(k) - E_vg = (Gamma_v/2) sinh t around each resonance, where the Lorentzian becomes
1/cosh t and the gas (:mod:`cnub.fluorescence.gas`) is smooth: analytic in the line, Gauss in the rest. A curved band
may miss the level for every neutrino of the gas. Then there is no resonance but its tail, the integral is taken around
the nearest momentum, and the method says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from cnub.domain import DomainError, finite_array, one_of, positive, representable, within
from cnub.fluorescence.channels import TRANSITIONS, Channel
from cnub.fluorescence.gas import Gas, PhotonSpectrum, gauss
from cnub.fluorescence.gas_integral import CUT, TABLE_ERROR
from cnub.fluorescence.kinematics import Dispersion, LinearBand, band_through_rest
from cnub.relic import TEMPERATURE

NODES = (28, 48, 96, 192)
"""Gauss nodes per panel; the error estimate is the difference of the last two that were used."""
SLOPES = (1e-12, 1e3)
"""Slopes d omega/dk between which the window of momenta can be searched."""
FINE = 48
"""Gauss nodes per panel of a line shape."""
CONVERGED = 1e-6
"""Relative difference of two orders at which the next is not tried; two suffice within a few widths of the line."""
ROUNDING = 1e-10
"""Relative error that rounding leaves, of the photon energy of nearly equal masses above all; measured <= 2e-11."""
PAPER_MOMENTUM_SPREAD = 1e-4
"""Delta p in eV (2507.10868v1, below Eq. 24)."""
METHOD = "Fermi-Dirac gas, exact kinematics"


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
    ``gas_velocity`` (units of c) of the gas through the target, averaged over its direction to the dipoles. Where
    |k| != omega the squared field of one quantum is the largest that its energy allows
    (:func:`cnub.fluorescence.decay.field_bound`). Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from Eqs. (17) and (22) for each momentum of the gas.

    >>> average = thermal_resonance(channel("NO"), width=6.6e-8)
    >>> print(f"{average.value / resonance_factor(0.0, 6.6e-8):.2e}")
    2.82e-04
    """
    level = chosen.photon_energy if level_energy is None else positive("level_energy", level_energy)
    spectrum = _spectrum(chosen, transition, photon_slope, dispersion, temperature, gas_velocity)
    width = positive("width", width)
    value = _average(spectrum, width, level, NODES[0])
    for nodes in NODES[1:]:
        previous, value = value, _average(spectrum, width, level, nodes)
        if abs(value - previous) <= CONVERGED * value:
            break
    error = abs(value - previous) + (TABLE_ERROR * value if gas_velocity > 0 else ROUNDING * value)
    error += _left_out(spectrum, width, level)
    reach = "" if spectrum.resonances(level) else ", beyond the band's reach"
    return ThermalResonance(value, error, METHOD + reach)


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
    """The averaged resonance factor (eV^-2) at each of ``level_energies`` (eV), else as :func:`thermal_resonance`.

    At a fixed number of nodes: good to 1e-5 where the band meets the level, to 1e-4 beyond (measured 2e-6 and 3e-5).
    Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from Eqs. (17) and (22) for each momentum of the gas.

    >>> chosen = channel("NO")
    >>> levels = chosen.photon_energy * np.array([0.9, 1.0])
    >>> below, at_rest = line_shape(chosen, 6.6e-8, levels)
    >>> print(below < at_rest)
    True
    """
    levels = np.ravel(finite_array("level_energies", level_energies, low=np.finfo(float).tiny))
    spectrum = _spectrum(chosen, transition, photon_slope, dispersion, temperature, gas_velocity)
    width = positive("width", width)
    return np.array([_average(spectrum, width, float(level), FINE) for level in levels])


@representable
def incoherent_suppression(width: float, momentum_spread: float, photon_slope: float = 1.0) -> float:
    """The order of magnitude of the average of a Lorentzian over a spread: min[1, Gamma_v/(Delta p d omega/dk)].

    ``width`` Gamma_v and ``momentum_spread`` Delta p in eV, ``photon_slope`` d omega/dk in units of c; all > 0. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: text below Eq. (24) of 2507.10868v1.

    >>> print(f"{incoherent_suppression(width=6.6e-8, momentum_spread=1e-4):.1e}")
    6.6e-04
    """
    spread = positive("momentum_spread", momentum_spread) * positive("photon_slope", photon_slope)
    return min(1.0, positive("width", width) / spread)


@representable
def paper_suppression(width: float, photon_slope: float = 1.0, momentum_spread: float = PAPER_MOMENTUM_SPREAD) -> float:
    """The paper's reduction of the peak rate by the momentum spread: the square of :func:`incoherent_suppression`.

    2507.10868v1, below Eq. (24): Gamma ~ G_F^2 n_d^2 d^2 omega^3/Delta p^2. Raises :class:`cnub.DomainError` outside
    these ranges.

    Source: text below Eq. (24) of 2507.10868v1; talk, 'Monoenergetic requirement' (capped rate).

    >>> print(f"{paper_suppression(width=6.6e-8):.1e}")
    4.4e-07
    """
    return incoherent_suppression(width, momentum_spread, photon_slope) ** 2


def _spectrum(chosen, transition, slope, dispersion, temperature, gas_velocity) -> PhotonSpectrum:
    electric = one_of("transition", transition, TRANSITIONS) == "E1"
    if dispersion is not None and slope != 1.0:
        raise DomainError(f"photon_slope must be left out where a dispersion is given, with its own; got {slope!r}")
    band = band_through_rest(chosen, within("photon_slope", slope, *SLOPES)) if dispersion is None else dispersion
    return PhotonSpectrum(chosen, Gas(chosen.initial_mass, temperature, gas_velocity), band, electric)


def _average(spectrum: PhotonSpectrum, width: float, level: float, nodes: int) -> float:
    """The integral of the spectrum against the line, ``nodes`` per panel."""
    x, w = gauss(nodes)
    points, weights = [], []
    for centre, scale, low, high in _panels(spectrum, level, width / 2):
        t_low, t_high = math.asinh((low - centre) / scale), math.asinh((high - centre) / scale)
        t = t_low + 0.5 * (t_high - t_low) * (1 + x)
        points.append(centre + scale * np.sinh(t))
        line = 1 / (_off(spectrum.band, level, points[-1], scale * np.sinh(t)) ** 2 + (width / 2) ** 2)
        weights.append(0.5 * (t_high - t_low) * w * scale * np.cosh(t) * line)
    return float(spectrum.density(np.concatenate(points), nodes) @ np.concatenate(weights))


def _left_out(spectrum: PhotonSpectrum, width: float, level: float) -> float:
    """Order of what neutrinos beyond the cut would add by a resonance outside the window: for lines above 1e15 s."""
    bottom, top = spectrum.window
    if all(bottom <= centre <= top for centre in spectrum.resonances(level)):
        return 0.0
    return math.exp(-CUT) * 2 * math.pi / (width * spectrum.gas.temperature)


def _off(band, level, points, from_resonance):
    """omega - E_vg; on a straight band from the distance to the resonance, below the rounding of omega itself."""
    if isinstance(band, LinearBand):
        return band.slope * from_resonance
    return np.asarray(band.omega(points)) - level


def _panels(spectrum: PhotonSpectrum, level: float, half: float) -> Iterator[tuple[float, float, float, float]]:
    """(centre, scale, low, high): one resonance each, its sinh scale, and a part of the window that it governs."""
    bottom, top = spectrum.window
    centres = spectrum.resonances(level) or [spectrum.nearest(level)]
    cuts = [bottom, *(0.5 * (a + b) for a, b in pairwise(centres)), top]
    for centre, (low, high) in zip(centres, pairwise(cuts), strict=True):
        slope = abs(float(spectrum.band.group_velocity(centre)))
        scale = half / max(slope, half / (top - bottom) * 1e-3)
        inner = (min(max(mark, low), high) for mark in (centre, spectrum.at_rest, *spectrum.kinks))
        yield from ((centre, scale, a, b) for a, b in pairwise(sorted({low, high, *inner})))
