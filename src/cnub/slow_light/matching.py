"""Slow light against the momentum spread of the gas (Sec. II B and Fig. 2 of 2507.10868v1).

Energy and phase matching leave one number free: the component p of the neutrino's momentum along the photon. It
moves the intersection of omega(k) with E_i - E_j by d omega = s v_j dp / (s + v_j), where s = d omega/dk is the slope
of the photon band and v_j the velocity of the outgoing neutrino. Since the matched omega equals E_i - E_j, this is at
the same time the spread of the energy offered to the level, and a flat band (s -> 0) removes it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnub.constants import SECOND
from cnub.domain import DomainError, non_negative, positive, representable, within
from cnub.faces import later

brentq = later("scipy.optimize", "brentq")

WIDTHS = (1e-30, 1e30)
"""Widths of a band in eV whose inverse times any wave number a double holds."""


@dataclass(frozen=True)
class FlatBand:
    """A photon dispersion that is flat around ``centre`` and vacuum-like away from it, omega(0) = 0 (for Fig. 2).

    ``slope`` = d omega/dk at k = ``centre`` (eV), ``width`` (eV) the half-width of the dip in the group velocity,
    d omega/dk = slope + (1 - slope) x^2/(1 + x^2), x = (k - centre)/width: the shape of an EIT window. Raises
    :class:`cnub.DomainError` unless centre, width > 0 and 0 <= slope <= 1.
    """

    centre: float
    slope: float
    width: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "centre", positive("centre", self.centre))
        object.__setattr__(self, "width", within("width", self.width, *WIDTHS))
        object.__setattr__(self, "slope", within("slope", self.slope, 0.0, 1.0))

    def omega(self, k: np.ndarray | float) -> np.ndarray | float:
        """Photon energy in eV at the wave number ``k`` in eV."""
        return self._antiderivative(k) - self._antiderivative(0.0)

    def group_velocity(self, k: np.ndarray | float) -> np.ndarray | float:
        """d omega/dk at the wave number ``k`` in eV, in units of c."""
        x2 = ((k - self.centre) / self.width) ** 2
        return self.slope + (1 - self.slope) * x2 / (1 + x2)

    def _antiderivative(self, k):
        x = (k - self.centre) / self.width
        return self.slope * k + (1 - self.slope) * self.width * (x - np.arctan(x))


@representable
def illustrative_band(mass_in: float, slope: float, width: float) -> FlatBand:
    """The band of Fig. 2: flat exactly where it meets E_i - k of a massless daughter of a neutrino at rest.

    ``mass_in`` in eV (1e-12 to 1e12), ``slope`` in [0, 1], ``width`` in eV (1e-30 to 1e30); raises
    :class:`cnub.DomainError` outside. The centre solves
    omega(centre) = mass_in - centre, which always has one solution, below mass_in.

    Source: text below Eq. (24) of 2507.10868v1.

    >>> band = illustrative_band(mass_in=0.05, slope=1e-3, width=1e-3)
    >>> print(f"{band.group_velocity(band.centre):.3f}")
    0.001
    """
    mass_in = within("mass_in", mass_in, 1e-12, 1e12)

    def mismatch(centre):
        return FlatBand(centre, slope, width).omega(centre) + centre - mass_in

    return FlatBand(brentq(mismatch, 1e-9 * mass_in, mass_in, xtol=1e-15 * mass_in), slope, width)


@representable
def energy_spread(momentum_spread: float, slope: float, velocity_out: float = 1.0) -> float:
    """Spread of omega = E_i - E_j in eV when the neutrino's momentum along the photon spreads by ``momentum_spread``.

    s v_j dp/(s + v_j) to first order in dp (eV), with ``slope`` s = d omega/dk in [0, 1] and ``velocity_out`` v_j in
    (0, 1] of the outgoing neutrino. Raises :class:`cnub.DomainError` outside. In vacuum, v_j = 1: half of dp.
    2507.10868v1, text after Eq. (24), gives s dp.

    Source: text below Eq. (24) of 2507.10868v1; talk, 'Monoenergetic requirement' (group velocity).

    >>> print(f"{energy_spread(momentum_spread=1e-4, slope=1.0):.1e}")
    5.0e-05
    """
    dp = non_negative("momentum_spread", momentum_spread)
    s, v = within("slope", slope, 0.0, 1.0), _velocity(velocity_out)
    return s * v * dp / (s + v)


@representable
def slope_needed(width: float, momentum_spread: float, velocity_out: float = 1.0) -> float:
    """Group velocity d omega/dk below which a momentum spread stays within a ``width`` of the line, both in eV.

    The inverse of :func:`energy_spread`; 1 if vacuum already suffices. Raises :class:`cnub.DomainError` unless both
    are > 0 and 0 < ``velocity_out`` <= 1.

    Source: text below Eq. (24) of 2507.10868v1; talk, 'Monoenergetic requirement' (group velocity).

    >>> print(f"{slope_needed(width=1e-7, momentum_spread=1e-4):.2e}")
    1.00e-03
    """
    width, dp = positive("width", width), positive("momentum_spread", momentum_spread)
    v = _velocity(velocity_out)
    return min(1.0, width * v / (v * dp - width)) if v * dp > width else 1.0


@representable
def coherence_time(spread: float) -> float:
    """Time in seconds after which phases with an energy ``spread`` in eV differ by one radian, 1/spread."""
    return 1.0 / (positive("spread", spread) * SECOND)


@representable
def kinetic_spread(momentum_spread: float, mass: float) -> float:
    """Spread dp^2/(2 m) in eV of the energy of a neutrino at rest on average, dp and m in eV (text after Eq. (24)).

    Raises :class:`cnub.DomainError` unless both are > 0. In a flat band it is reduced by s/(s + v_j) like the rest.

    Source: text below Eq. (24) of 2507.10868v1.

    >>> print(f"{kinetic_spread(momentum_spread=1e-4, mass=0.05):.1e}")
    1.0e-07
    """
    return positive("momentum_spread", momentum_spread) ** 2 / (2 * positive("mass", mass))


def _velocity(value):
    value = positive("velocity_out", value)
    if value > 1:
        raise DomainError(f"velocity_out must be > 0 and <= 1; got {value!r}")
    return value
