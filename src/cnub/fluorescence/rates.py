"""E1 and M1 rates of nu_i -> nu_j gamma in a medium, in closed form, with every factor that made them.

Eqs. (17)-(19) and (22)-(24) of 2507.10868v1. The closed form is exact for a neutrino at rest (the test integrates
Eq. (16) over explicit spinors); what is left to choose are four factors, and two conventions choose them:

==================  =============================================  ==========================================
factor              ``convention="paper"`` (what the quoted        ``convention="definition"`` (what the paper's
                    rates used)                                    definitions give)
==================  =============================================  ==========================================
D_k                 1 (the text says 2 for nu_3 -> nu_1)           1/[d(omega + E_j')/dk], 1/2 for nu_3 -> nu_1
|d_vg|, M1          e/m_e                                          e/(2 m_e), the Bohr magneton
|d_vg|, E1          e/(alpha m_e) = e a_0                          the same
spin of nu_j        1/2 for a non-relativistic nu_j, else 1        1, from the traces
==================  =============================================  ==========================================

Each can be given by hand as well. The form factor is 1 unless given (:mod:`cnub.fluorescence.form_factors`).
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from cnub.constants import BOHR_MAGNETON, BOHR_RADIUS, CENTIMETRE, ELECTRON_CHARGE, METRE, SECOND, YEAR
from cnub.domain import DomainError, non_negative, one_of, positive, representable, within
from cnub.fluorescence.averages import paper_suppression, thermal_resonance
from cnub.fluorescence.channels import Channel, channel
from cnub.fluorescence.decay import (
    CONVENTIONS,
    decay_rate,
    dipole_moment,
    phase_space_factor,
    resonance_factor,
    spin_factor,
)
from cnub.fluorescence.gas import FASTEST
from cnub.fluorescence.target import Target, nominal_target
from cnub.oscillation import NATURES

AVERAGES = ("none", "paper", "thermal")
PAPER_METHOD = "closed form, (Gamma_v/Delta p)^2"
NEUTRINO_DENSITY_PER_CM3 = 112.0
"""n_nu_i of the paper, neutrinos and antineutrinos (Dirac) or both helicities (Majorana): 2 x 56 per cm^3."""
NATURE_FACTORS = {"dirac": 1.0, "majorana": 2.0}
"""Two contractions, Eq. (7); their interference vanishes for a relativistic nu_j, or averaged over Majorana phases."""


@dataclass(frozen=True)
class Coupling:
    """What the dipoles and the neutrinos put into the rate: ``dipole_moment`` in 1/eV, the rest without unit."""

    D_k: float
    dipole_moment: float
    form_factor: float
    spin_factor: float
    nature_factor: float

    @property
    def magnetons(self) -> float:
        """The dipole moment in Bohr magnetons."""
        return self.dipole_moment / BOHR_MAGNETON

    @property
    def charge_radii(self) -> float:
        """The dipole moment in units of e a_0."""
        return self.dipole_moment / (ELECTRON_CHARGE * BOHR_RADIUS)


@dataclass(frozen=True)
class Line:
    """How the neutrinos meet the level; energies in eV.

    ``photon_slope`` = d omega/dk, ``average`` and ``gas_velocity`` as asked for; ``resonance`` stands for
    1/[detuning^2 + Gamma_v^2/4] in eV^-2, ``relative_error`` is its own, ``method`` how it was got.
    """

    level_energy: float
    detuning: float
    width: float
    photon_slope: float
    average: str
    gas_velocity: float
    resonance: float
    relative_error: float
    method: str

    @property
    def peak_resonance(self) -> float:
        """4/Gamma_v^2 in eV^-2."""
        return resonance_factor(0.0, self.width)


_ROW = (
    "rate_per_year", "error_estimate", "line.method", "decay_rate_per_second", "transition", "channel.ordering",
    "nature", "channel.name", "convention", "lightest_mass", "channel.initial_mass", "channel.final_mass",
    "channel.mixing", "channel.photon_energy", "channel.photon_momentum", "line.photon_slope", "line.level_energy",
    "line.detuning", "coupling.D_k", "coupling.dipole_moment", "coupling.magnetons", "coupling.charge_radii",
    "coupling.form_factor", "coupling.spin_factor", "coupling.nature_factor", "line.width", "target.coherence_time_s",
    "line.peak_resonance", "line.resonance", "resonance_suppression", "line.average", "target.density_per_cm3",
    "target.volume_m3", "neutrino_density_per_cm3", "clustering", "line.gas_velocity",
)  # fmt: skip
_RENAMED = {"channel.name": "channel"}


@dataclass(frozen=True)
class FluorescenceRate:
    """An event rate and every factor that made it.

    ``rate_per_year`` = n_nu V Gamma; ``error_estimate`` its numerical error (0 for a closed form);
    ``decay_rate_per_second`` = Gamma of one neutrino; ``clustering`` multiplies the neutrino density.
    """

    rate_per_year: float
    error_estimate: float
    decay_rate_per_second: float
    transition: str
    nature: str
    convention: str
    lightest_mass: float
    neutrino_density_per_cm3: float
    clustering: float
    channel: Channel
    target: Target
    coupling: Coupling
    line: Line

    @property
    def resonance_suppression(self) -> float:
        """The resonance factor that was used over its peak."""
        return self.line.resonance / self.line.peak_resonance

    def row(self) -> dict[str, object]:
        """Inputs, factors and result by name, as ``cnub rate --json`` prints them."""
        return {_RENAMED.get(path, path.split(".")[-1]): attrgetter(path)(self) for path in _ROW}


@representable
def event_rate(
    transition: str,
    ordering: str,
    *,
    nature: str = "dirac",
    initial: int | None = None,
    final: int | None = None,
    lightest_mass: float = 0.0,
    coherence_time_s: float | None = None,
    volume_m3: float | None = None,
    density_per_cm3: float | None = None,
    level_energy: float | None = None,
    average: str = "none",
    photon_slope: float = 1.0,
    clustering: float = 1.0,
    gas_velocity: float = 0.0,
    convention: str = "paper",
    form_factor: float = 1.0,
    dipole: float | None = None,
    D_k: float | None = None,
) -> FluorescenceRate:
    """Events per year of nu_i -> nu_j gamma in a target, R = n_nu V Gamma (2507.10868v1, above Eq. 18).

    ``initial``, ``final``: labels 1..3, by default the paper's channel; ``lightest_mass`` and ``level_energy`` in eV
    (by default on resonance for a neutrino at rest); the target defaults to :data:`cnub.fluorescence.target.NOMINAL`.
    ``average``: "none" (every neutrino on the given detuning), "paper" (:func:`paper_suppression`) or "thermal" (the
    Fermi-Dirac gas, exact kinematics). ``photon_slope`` = d omega/dk of light at the intersection, 1 in vacuum.
    ``clustering`` multiplies the neutrino density; ``gas_velocity`` (units of c) is that of the gas through the target,
    for the thermal average only. ``dipole`` in 1/eV and ``D_k`` replace those of the ``convention``. Raises
    :class:`cnub.DomainError` on input outside physics: a closed transition, a negative mass, a width or volume <= 0, a
    group velocity > 1.

    Source: Eqs. (18), (19), (23), (24) of 2507.10868v1; talk, 'Fluorescence of relic neutrinos' (E1 events); talk,
    'Fluorescence of relic neutrinos' (M1 events).

    >>> print(f'{event_rate("M1", "NO").rate_per_year:.1f}')
    5.1
    """
    target = nominal_target(transition, volume_m3, density_per_cm3, coherence_time_s)
    chosen = channel(ordering, initial, final, lightest_mass)
    slope = _slope(photon_slope)
    coupling = _coupling(transition, chosen, slope, nature, convention, form_factor, dipole, D_k)
    line = _line(transition, chosen, target, slope, level_energy, average, gas_velocity)
    gamma = _gamma(transition, chosen, target, coupling, line.resonance)
    neutrinos = positive("clustering", clustering) * NEUTRINO_DENSITY_PER_CM3 / CENTIMETRE**3
    rate = neutrinos * target.volume_m3 * METRE**3 * gamma * YEAR
    return FluorescenceRate(
        rate, rate * line.relative_error, gamma * SECOND, transition, nature, convention, float(lightest_mass),
        NEUTRINO_DENSITY_PER_CM3, float(clustering), chosen, target, coupling, line,
    )  # fmt: skip


def _slope(photon_slope: float) -> float:
    slope = positive("photon_slope", photon_slope)
    if slope > 1:
        raise DomainError(f"photon_slope must be <= 1, light no faster than in vacuum; got {slope:g}")
    return slope


def _coupling(transition, chosen, slope, nature, convention, form_factor, dipole, D_k) -> Coupling:
    one_of("nature", nature, NATURES)
    one_of("convention", convention, CONVENTIONS)
    by_convention = 1.0 if convention == "paper" else phase_space_factor(chosen, slope)
    return Coupling(
        by_convention if D_k is None else positive("D_k", D_k),
        dipole_moment(transition, convention) if dipole is None else positive("dipole", dipole),
        non_negative("form_factor", form_factor),
        spin_factor(chosen, convention),
        NATURE_FACTORS[nature],
    )


def _line(transition, chosen, target, slope, level_energy, average, gas_velocity) -> Line:
    one_of("average", average, AVERAGES)
    speed = within("gas_velocity", gas_velocity, 0.0, FASTEST)
    level, width = (
        chosen.photon_energy if level_energy is None else positive("level_energy", level_energy),
        target.width,
    )
    detuning = level - chosen.photon_energy
    if average == "thermal":
        mean = thermal_resonance(chosen, width, level, transition=transition, photon_slope=slope, gas_velocity=speed)
        found = mean.value, mean.error_estimate / mean.value, mean.method
    elif average == "paper":
        found = resonance_factor(detuning, width) * paper_suppression(width, slope), 0.0, PAPER_METHOD
    else:
        found = resonance_factor(detuning, width), 0.0, "closed form"
    return Line(level, detuning, width, slope, average, speed, *found)


def _gamma(transition, chosen, target, coupling, resonance) -> float:
    """Gamma of one neutrino in eV."""
    density, energy = target.density_per_cm3 / CENTIMETRE**3, chosen.photon_energy
    rate = decay_rate(
        transition, chosen.mixing, density, coupling.dipole_moment, energy, energy, resonance, coupling.D_k,
        coupling.form_factor,
    )  # fmt: skip
    return coupling.spin_factor * coupling.nature_factor * rate
