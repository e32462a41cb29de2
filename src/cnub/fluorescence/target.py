"""The material target: its volume, its dipoles, and how long they stay coherent."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from cnub.constants import AVOGADRO, HBAR_EV_S
from cnub.domain import DomainError, non_negative, one_of, positive, representable, within

RANGES = {"volume_m3": (1e-30, 1e30), "density_per_cm3": (1e-10, 1e45), "coherence_time_s": (1e-30, 1e30)}
"""Wider than any matter: an atom to a star, less than the neutrinos to more than a nucleus, a light-crossing of a
nucleus to more than the age of the Universe."""


@dataclass(frozen=True)
class Target:
    """A target: ``volume_m3``, dipoles ``density_per_cm3``, ``coherence_time_s`` = 1/Gamma_v of the excited state.

    Raises :class:`cnub.DomainError` outside ``RANGES``.
    """

    volume_m3: float
    density_per_cm3: float
    coherence_time_s: float

    def __post_init__(self) -> None:
        for name, (low, high) in RANGES.items():
            object.__setattr__(self, name, within(name, getattr(self, name), low, high))

    @property
    def width(self) -> float:
        """Gamma_v = 1/tau_v in eV."""
        return HBAR_EV_S / self.coherence_time_s


NOMINAL = {
    "E1": Target(27.0, AVOGADRO, 1e-9),
    "M1": Target(27.0, AVOGADRO, 1e-8),
}
"""2507.10868v1: V = (3 m)^3, n_d = N_A per cm^3 (Appendix A), tau_v = 1 ns (E1, above Eq. 18)
and 10 ns (M1, above Eq. 23)."""

LATER_LARGE = Target(5.0, AVOGADRO, 1e-8)
"""The abstract of a later version: 5 m^3 at 10 ns for one event per year."""

LATER_SMALL = Target(5e-6, AVOGADRO, 1e-5)
"""The abstract of a later version: 5 cm^3 at 10 us for one event per year."""


def nominal_target(
    transition: str,
    volume_m3: float | None = None,
    density_per_cm3: float | None = None,
    coherence_time_s: float | None = None,
) -> Target:
    """The paper's target for ``transition`` "E1" or "M1", with what is given in place of its own."""
    given = {"volume_m3": volume_m3, "density_per_cm3": density_per_cm3, "coherence_time_s": coherence_time_s}
    nominal = NOMINAL[one_of("transition", transition, NOMINAL)]
    return replace(nominal, **{name: value for name, value in given.items() if value is not None})


@representable
def spontaneous_lifetime_s(energy: float, dipole: float) -> float:
    """Lifetime in s of a level at ``energy`` (eV) over its ground state by dipole radiation: 3 pi/(energy^3 |d|^2).

    ``dipole`` in 1/eV, electric or magnetic; both > 0. Rationalised units, e^2 = 4 pi alpha.
    """
    return HBAR_EV_S * 3 * math.pi / (positive("energy", energy) ** 3 * positive("dipole", dipole) ** 2)


def drift_speed(gas_velocity: float) -> float:
    """``gas_velocity`` in units of c as a float; raises :class:`cnub.DomainError` unless it is >= 0 and below light."""
    speed = non_negative("gas_velocity", gas_velocity)
    if speed >= 1:
        raise DomainError(f"gas_velocity must be < 1, below that of light; got {speed!r}")
    return speed
