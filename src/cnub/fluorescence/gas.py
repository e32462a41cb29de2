"""The relic gas that a target sees, at rest or in a drift, and the density of photon momenta that it makes in a band.

A gas knows its occupation; a spectrum puts it on the band of one channel and transition. Both are pure: what is derived
is computed once, when first asked for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from cnub.domain import within
from cnub.faces import later
from cnub.fluorescence.channels import Channel
from cnub.fluorescence.decay import field_bound
from cnub.fluorescence.gas_integral import (
    BULK,
    CUT,
    drifting_occupation,
    momentum_integral,
    momentum_window,
    number_integral,
)
from cnub.fluorescence.kinematics import Dispersion, LinearBand, intersections
from cnub.fluorescence.target import drift_speed
from cnub.relic import TEMPERATURE

bisect = later("scipy.optimize", "bisect")
brentq = later("scipy.optimize", "brentq")

TEMPERATURES = (1e-12, 1e2)
"""Temperatures of the gas (eV) between which the window of photon momenta can be searched."""
SMALL = 1e-4
"""Momenta over those of the bulk of the gas below which there is too little of it for a panel to begin there."""
MOST_NODES = 64
"""Gauss nodes per panel of the integral over the gas beyond which more change nothing."""
TABLE_NODES = 96
"""Gauss nodes of each entry of that table."""
SCAN = 257
"""Points of the scan for resonances of a curved band: two within 1/256 of the window are not told apart."""
NEAREST = 1e-15
"""Relative distance from the photon momentum of rest below which rounding decides."""
STILL = 1e-9
"""Momentum of a drift over T below which the gas is at rest: it changes an average by the square."""
LEAST = 1e-12
"""Smallest photon momentum over that of rest: below, k^4 leaves nothing of the rate."""


@lru_cache(maxsize=8)
def gauss(nodes: int) -> tuple[np.ndarray, np.ndarray]:
    """Gauss-Legendre nodes and weights on [-1, 1]."""
    return np.polynomial.legendre.leggauss(nodes)


@dataclass(frozen=True)
class Gas:
    """Relic neutrinos of ``mass`` and ``temperature`` (eV) that drift through the target at ``gas_velocity`` (of c).

    Raises :class:`cnub.DomainError` outside ``TEMPERATURES``, and as :func:`drift_speed`.
    """

    mass: float
    temperature: float = TEMPERATURE
    gas_velocity: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "temperature", within("temperature", self.temperature, *TEMPERATURES))
        object.__setattr__(self, "gas_velocity", drift_speed(self.gas_velocity))

    @property
    def speed(self) -> float:
        """``gas_velocity``, or 0 where what it adds to the momenta is below ``STILL`` T."""
        moves = self.gas_velocity * math.hypot(self.mass, self.temperature) > STILL * self.temperature
        return self.gas_velocity if moves else 0.0

    @cached_property
    def span(self) -> tuple[float, float, float]:
        """Momenta (eV): the lowest, that of the drift, and the highest; CUT T against and along the drift."""
        speed, cut = self.speed, CUT * self.temperature
        gamma, carried = 1 / math.sqrt((1 - speed) * (1 + speed)), speed * math.hypot(self.mass, cut)
        return max(gamma * (carried - cut), 0.0), gamma * speed * self.mass, gamma * (carried + cut)

    @cached_property
    def table(self) -> np.ndarray:
        """ln f of a drifting gas over its span; empty for a gas at rest, whose f needs none."""
        if self.speed == 0:
            return np.empty(0)
        bottom, _, top = self.span
        return drifting_occupation(self.mass, self.temperature, self.speed, bottom, top, *gauss(TABLE_NODES))

    def mean(self, k: np.ndarray, omega: np.ndarray, final_mass: float, electric: bool, nodes: int) -> np.ndarray:
        """h(k) of :mod:`cnub.fluorescence.gas_integral` per neutrino, at photons (``k``, ``omega``), shape (N,)."""
        shared = (self.table, self.span, *gauss(min(nodes, MOST_NODES)))
        total = momentum_integral(k, omega, self.mass, final_mass, self.temperature, electric, *shared)
        return total / number_integral(self.temperature, *shared)


@dataclass(frozen=True)
class PhotonSpectrum:
    """Photon momenta that ``gas`` makes in ``band`` by one channel, E1 (``electric``) or M1."""

    chosen: Channel
    gas: Gas
    band: Dispersion
    electric: bool

    @cached_property
    def at_rest(self) -> float:
        """Photon momentum (eV) of a neutrino at rest: the intersection next to that of the vacuum."""
        vacuum = self.chosen.photon_energy
        if float(self.band.omega(vacuum)) == vacuum:
            return vacuum
        found = intersections(self.chosen, self.band, scan_points=4000, allow_superluminal=True)
        return min((x.momentum for x in found), key=lambda k: abs(k - vacuum))

    @cached_property
    def window(self) -> tuple[float, float]:
        """Photon momenta (eV) reached by neutrinos below the cut; outside, the gas is empty."""
        return self._edge(-1, self.gas.span[2]), self._edge(+1, self.gas.span[2])

    @cached_property
    def kinks(self) -> tuple[float, ...]:
        """Momenta (eV) at which the bulk of the gas comes into reach, from below and above, or leaves it again."""
        bottom, drift, top = self.gas.span
        bulk = BULK / CUT * (top - drift)
        reaches = [reach for reach in (bottom, max(drift - bulk, bottom), drift, drift + bulk) if reach > SMALL * bulk]
        doppler = [self._edge(side, reach) for reach in reaches for side in (-1, 1)]
        return (*doppler, *(edge for reach in reaches for edge in self._slower_than_light(reach)))

    def density(self, k: np.ndarray, nodes: int) -> np.ndarray:
        """Average per unit momentum at ``k`` (N,) in eV: strength at rest * D_k at rest * resonance = int dk density L.

        ``nodes``: Gauss nodes of the integral over the gas.
        """
        omega = np.asarray(self.band.omega(k), dtype=float)
        mean = self.gas.mean(k, omega, self.chosen.final_mass, self.electric, nodes)
        return self._strength(k, omega) * field_bound(k, omega) * mean / self._norm

    def resonances(self, level: float) -> list[float]:
        """Momenta (eV) at which the band meets ``level`` (eV): a curved one in the window, a straight one anywhere."""
        if isinstance(self.band, LinearBand):
            return [self.band.k0 + (level - self.band.omega0) / self.band.slope]
        k = np.linspace(*self.window, SCAN)
        gap = np.asarray(self.band.omega(k)) - level
        at = np.flatnonzero(gap[:-1] * gap[1:] <= 0)
        return sorted({brentq(lambda q: float(self.band.omega(q)) - level, k[i], k[i + 1], xtol=1e-18) for i in at})

    def nearest(self, level: float) -> float:
        """Momentum (eV) in the window at which the band is closest to a ``level`` (eV) that it does not meet there."""
        k = np.linspace(*self.window, SCAN)
        return float(k[np.argmin(abs(np.asarray(self.band.omega(k)) - level))])

    @cached_property
    def _norm(self) -> float:
        k = self.at_rest
        depth = 1 / abs(float(self.band.group_velocity(k)) + k / math.hypot(self.chosen.final_mass, k))
        return 2 * self._strength(k, float(self.band.omega(k))) * depth

    def _strength(self, k, omega):
        return k**4 * omega if self.electric else k**4 / omega

    def _slower_than_light(self, reach: float) -> list[float]:
        """Photon momentum below omega under which a neutrino of ``reach`` is too fast: it would outrun the photon."""
        rest = self.at_rest
        side = -1 if float(self.band.group_velocity(rest)) < 1 else 1

        def gap(log_distance):
            k = rest * (1 + side * math.exp(log_distance))
            _, high = momentum_window(k, float(self.band.omega(k)), self.chosen.initial_mass, self.chosen.final_mass)
            return -1.0 if high < reach else 1.0

        ends = math.log(NEAREST), math.log(1 - LEAST)
        if gap(ends[0]) < 0 or gap(ends[1]) > 0:
            return []
        return [rest * (1 + side * math.exp(bisect(gap, *ends, xtol=1e-6)))]

    def _edge(self, side: int, reach: float) -> float:
        """Photon momentum below (-1) or above (+1) that of rest which only neutrinos from ``reach`` on can emit."""

        def side_of_edge(k):
            low, _ = momentum_window(k, float(self.band.omega(k)), self.chosen.initial_mass, self.chosen.final_mass)
            return -1.0 if low < 0 or low > reach else 1.0

        floor, step = LEAST * self.at_rest, 1e-3 * reach
        outside = self.at_rest + side * step
        while outside > floor and side_of_edge(outside) > 0:
            step *= 1.5
            outside = self.at_rest + side * step
        outside = max(outside, floor)
        if side_of_edge(outside) > 0:
            return outside
        return bisect(side_of_edge, self.at_rest, outside, xtol=1e-15 * self.at_rest, rtol=1e-15)
