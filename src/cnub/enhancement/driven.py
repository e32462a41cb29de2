"""Coherence on the transition that the neutrino itself drives: rates of both signs, and how they could be seen.

The scheme of 2408.04021: N spins in a field, each in a superposition of its two states that are ``level_energy`` apart.
A relic neutrino scatters, nu_i + target -> nu_j + target, and takes up or gives away one quantum. The coupling is the
axial one of the electron spin, G_F/sqrt(2) A_ij j.sigma with A_ij = U_ei^* U_ej - delta_ij/2. Assumed: neutrinos slow
on the scale of light, mass differences below their kinetic energies (then sum over j of |A_ij|^2 = 1/4 for each i,
whatever the mixing), Dirac; of Majorana neutrinos only the axial current is left, and the rate is at most four times
as large. All momenta p, p' of a ball of radius R count with its form factor: the share of directions is
:func:`ball_share`, about 9/(8 p^2 R^2) for a large ball.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import spherical_jn

from cnub.constants import CENTIMETRE, FERMI_CONSTANT, METRE, SECOND, YEAR
from cnub.domain import positive, representable, within
from cnub.quadrature import panels
from cnub.relic import TEMPERATURE, momentum_density, number_density_per_cm3

AXIAL_SQUARED = 0.25
"""Sum over j of |A_ij|^2 where all masses are alike: |U_ei|^2 - |U_ei|^2 + 1/4."""
SPIN_FLIP = 2.0
"""|sigma_vg|^2 of a spin that turns over: sigma_x and sigma_y, one each."""
LEVELS = (1e-30, 1e3)
"""Level energies in eV: from less than the inverse age of the Universe to far above what relic neutrinos give."""
STATES = 6
"""Three neutrinos and three antineutrinos, one helicity each."""
_LOWEST, _HIGHEST, _PANELS, _NODES = 1e-6, 60.0, 48, 16
"""Momenta of the gas in units of its temperature: below and above lies less than 1e-17 of it."""
_SMALL = 1e-3
"""Below this (p + p') R the closed form of the share cancels to 1e-10; there it is 1 to 4e-7."""


@dataclass(frozen=True)
class DrivenRate:
    """Rates in Hz of a prepared target: ``excitation_hz`` (g -> v), ``deexcitation_hz`` (v -> g), ``incoherent_hz``.

    The last is the part of both together that grows with N; ``spins`` is N.
    """

    spins: float
    excitation_hz: float
    deexcitation_hz: float
    incoherent_hz: float

    @property
    def total_hz(self) -> float:
        """What makes noise: the sum of both."""
        return self.excitation_hz + self.deexcitation_hz

    @property
    def net_hz(self) -> float:
        """What exchanges energy: their difference."""
        return self.excitation_hz - self.deexcitation_hz


@representable
def ball_share(first: float, second: float, radius: float) -> float:
    """Mean of the squared form factor of a ball over the angle between two momenta, 1 for a small ball.

    (9/(8 p p' R^2)) [J(|p - p'| R) - J((p + p') R)], J = j_0^2 + j_1^2, since J' = -4 j_1^2/x. Momenta ``first`` p and
    ``second`` p' in eV, ``radius`` R in 1/eV, all > 0. Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from the form factor of a homogeneous ball.

    >>> print(f"{ball_share(1.0, 1.0, radius=100.0):.4e}")
    1.1250e-04
    """
    p, q, r = positive("first", first), positive("second", second), positive("radius", radius)
    return float(_share(np.array([p]), np.array([q]), r)[0])


@representable
def driven_rate(
    mass: float,
    radius_m: float,
    density_per_cm3: float,
    level_energy: float,
    *,
    angle: float = math.pi / 2,
    contrast: float = 1.0,
    clustering: float = 1.0,
) -> DrivenRate:
    """Rates of both signs in a ball of spins, averaged over the relic gas (six states, isotropic, Fermi-Dirac).

    ``mass`` of all three neutrinos in eV, ``radius_m`` of the ball, ``density_per_cm3`` of spins, ``level_energy``
    between their states in eV (1e-30 to 1e3), the others > 0; each spin is in cos(angle/2)|g> + sin(angle/2)|v>,
    ``angle`` in [0, pi], with the fraction ``contrast`` in [0, 1] of its coherence left after dephasing. ``clustering``
    multiplies the density of neutrinos. Raises :class:`cnub.DomainError` outside these ranges.

    Source: abstract of 2408.04021; derived by the golden rule.

    >>> rate = driven_rate(0.1, radius_m=0.1, density_per_cm3=3e22, level_energy=1e-12)
    >>> print(f"{rate.total_hz:.1f} Hz, without coherence {rate.incoherent_hz:.0e} Hz")
    0.4 Hz, without coherence 1e-22 Hz
    """
    m, radius = positive("mass", mass), positive("radius_m", radius_m) * METRE
    gap, n = within("level_energy", level_energy, *LEVELS), positive("density_per_cm3", density_per_cm3)
    turned, kept = within("angle", angle, 0.0, math.pi), within("contrast", contrast, 0.0, 1.0)
    spins = n * 4 * math.pi / 3 * (radius_m * 100) ** 3
    mean_square = (kept * math.sin(turned) / 2) ** 2
    filled = {1: math.cos(turned / 2) ** 2, -1: math.sin(turned / 2) ** 2}
    neutrinos = number_density_per_cm3(STATES, positive("clustering", clustering)) / CENTIMETRE**3
    one = neutrinos * FERMI_CONSTANT**2 * AXIAL_SQUARED * SPIN_FLIP / (2 * math.pi) * SECOND
    together, alone = ({sign: one * _mean_recoil(m, sign * gap, size) for sign in (1, -1)} for size in (radius, None))
    spread = {sign: spins * max(filled[sign] - mean_square, 0.0) * alone[sign] for sign in (1, -1)}
    up, down = (spins**2 * mean_square * together[sign] + spread[sign] for sign in (1, -1))
    return DrivenRate(spins, up, down, spread[1] + spread[-1])


def _mean_recoil(mass: float, gap: float, radius: float | None) -> float:
    """Gas average of p' E' in eV^2 with E' = E - gap, each direction weighted by the ball's squared form factor."""
    threshold = math.sqrt(max(gap, 0.0) * (gap + 2 * mass))
    # In s, p^2 = threshold^2 + s^2, the root with which p' opens is smooth.
    s, weight = (part.ravel() for part in panels(TEMPERATURE * np.geomspace(_LOWEST, _HIGHEST, _PANELS + 1), _NODES))
    p = np.hypot(threshold, s)
    weight = weight * s / p * momentum_density(p)
    # E - gap - m without cancellation, since E^2 - (m + gap)^2 = s^2.
    kinetic = s * s / (np.hypot(p, mass) + mass + max(gap, 0.0)) - min(gap, 0.0)
    after = np.sqrt(kinetic * (kinetic + 2 * mass))
    share = 1.0 if radius is None else _share(p, after, radius)
    return float(np.sum(weight * after * (kinetic + mass) * share))


def _share(p: np.ndarray, q: np.ndarray, radius: float) -> np.ndarray:
    far = (p + q) * radius
    closed = 9 / (8 * p * q * radius**2) * (_fall(np.abs(p - q) * radius) - _fall(far))
    return np.where(far < _SMALL, 1.0, np.clip(closed, 0.0, 1.0))


def _fall(x: np.ndarray) -> np.ndarray:
    """j_0^2 + j_1^2: 1 at 0, 1/x^2 far away."""
    return spherical_jn(0, x) ** 2 + spherical_jn(1, x) ** 2


@representable
def years_to_noise(total_hz: float, spins: float, squeezing: float = 1.0) -> float:
    """Years until the quanta exchanged have doubled the variance of J_z, N squeezing/(4 Gamma).

    Each exchange moves J_z by one, either way, so that its variance grows by ``total_hz`` per second; that of N spins
    in a coherent state across z is N/4, times ``squeezing`` (in (0, 1], the inverse of dB/10 as a power of ten).
    Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from the random walk of J_z; squeezing as in the abstract of 2508.20520.

    >>> print(f"{years_to_noise(total_hz=0.4, spins=1e26):.1e}")
    2.0e+18
    """
    variance = positive("spins", spins) / 4 * within("squeezing", squeezing, 1e-300, 1.0)
    return variance / positive("total_hz", total_hz) * SECOND / YEAR


@representable
def collective_lifetime_s(lifetime_s: float, spins: float) -> float:
    """Time in which a small sample in cos|g> + sin|v> at 45 degrees radiates its quanta by itself, 2 tau/N.

    N/2 quanta leave at the rate N^2/(4 tau) as long as the sample is smaller than the wavelength; ``lifetime_s`` tau of
    one spin in s, ``spins`` N >= 1. Raises :class:`cnub.DomainError` outside these ranges.

    Source: M. Gross and S. Haroche, Phys. Rep. 93 (1982) 301.

    >>> print(collective_lifetime_s(lifetime_s=1e20, spins=1e26))
    2e-06
    """
    return 2 * positive("lifetime_s", lifetime_s) / within("spins", spins, 1.0, 1e300)
