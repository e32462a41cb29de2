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

from cnub.constants import (
    BOHR_MAGNETON,
    BOHR_RADIUS,
    CENTIMETRE,
    ELECTRON_CHARGE,
    METRE,
    SECOND,
    YEAR,
)
from cnub.domain import DomainError, finite, one_of, positive, representable, within
from cnub.fluorescence.averages import thermal_resonance
from cnub.fluorescence.channels import TRANSITIONS, channel
from cnub.fluorescence.decay import (
    CONVENTIONS,
    decay_rate,
    dipole_moment,
    phase_space_factor,
    resonance_factor,
    spin_factor,
)
from cnub.fluorescence.target import NOMINAL, Target
from cnub.oscillation import NATURES

AVERAGES = ("none", "paper", "thermal")
NEUTRINO_DENSITY_PER_CM3 = 112.0
"""n_nu_i of the paper, neutrinos and antineutrinos (Dirac) or both helicities (Majorana): 2 x 56 per cm^3."""
PAPER_MOMENTUM_SPREAD = 1e-4
"""Delta p in eV (2507.10868v1, below Eq. 24)."""
MAJORANA_FACTOR = 2.0
"""Two contractions, Eq. (7); their interference vanishes for a relativistic nu_j, or averaged over Majorana phases."""


@dataclass(frozen=True)
class FluorescenceRate:
    """An event rate and every factor that made it.

    ``rate_per_year`` = n_nu V Gamma; ``error_estimate`` its numerical error (0 for a closed form);
    ``decay_rate_per_second`` = Gamma of one neutrino. Energies, momenta and masses in eV, ``dipole_moment`` in 1/eV
    (``magnetons``: in units of mu_B; ``charge_radii``: in units of e a_0). ``peak_resonance`` = 4/Gamma_v^2 and
    ``resonance``, the factor that was used in its place, in eV^-2.
    """

    rate_per_year: float
    error_estimate: float
    method: str
    decay_rate_per_second: float
    transition: str
    ordering: str
    nature: str
    channel: str
    convention: str
    lightest_mass: float
    initial_mass: float
    final_mass: float
    mixing: float
    photon_energy: float
    photon_momentum: float
    photon_slope: float
    level_energy: float
    detuning: float
    D_k: float
    dipole_moment: float
    magnetons: float
    charge_radii: float
    form_factor: float
    spin_factor: float
    nature_factor: float
    width: float
    coherence_time_s: float
    peak_resonance: float
    resonance: float
    resonance_suppression: float
    average: str
    density_per_cm3: float
    volume_m3: float
    neutrino_density_per_cm3: float
    clustering: float
    gas_velocity: float


@representable
def paper_suppression(width: float, photon_slope: float = 1.0, momentum_spread: float = PAPER_MOMENTUM_SPREAD) -> float:
    """The paper's reduction min[1, (Gamma_v/(Delta p d omega/dk))^2] of the peak rate by the momentum spread.

    ``width`` and ``momentum_spread`` in eV, both > 0. 2507.10868v1, below Eq. (24):
    Gamma ~ G_F^2 n_d^2 d^2 omega^3/Delta p^2.
    """
    spread = positive("momentum_spread", momentum_spread) * abs(finite("photon_slope", photon_slope))
    return 1.0 if spread <= positive("width", width) else (width / spread) ** 2


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
    neutrino_density_per_cm3: float = NEUTRINO_DENSITY_PER_CM3,
    level_energy: float | None = None,
    average: str = "none",
    photon_slope: float = 1.0,
    clustering: float = 1.0,
    gas_velocity: float = 0.0,
    convention: str = "paper",
    form_factor: float = 1.0,
    dipole: float | None = None,
    D_k: float | None = None,
    allow_superluminal: bool = False,
) -> FluorescenceRate:
    """Events per year of nu_i -> nu_j gamma in a target, R = n_nu V Gamma (2507.10868v1, above Eq. 18).

    ``initial``, ``final``: labels 1..3, by default the paper's channel; ``lightest_mass`` and ``level_energy`` in eV
    (by default on resonance for a neutrino at rest); the target defaults to :data:`cnub.fluorescence.target.NOMINAL`.
    ``average``: "none" (every neutrino on the given detuning), "paper" (:func:`paper_suppression`) or "thermal" (the
    Fermi-Dirac gas, exact kinematics). ``photon_slope`` = d omega/dk of light at the intersection, 1 in vacuum.
    ``clustering`` multiplies the neutrino density; ``gas_velocity`` (units of c) is that of the gas through the target,
    for the thermal average only. ``dipole`` in 1/eV and ``D_k`` replace those of the ``convention``. Raises
    :class:`cnub.DomainError` on input outside physics: a closed transition, a negative mass, a width or volume <= 0, a
    group velocity > 1 that was not asked for.
    """
    _check_words(transition, nature, convention, average)
    chosen = channel(ordering, initial, final, lightest_mass)
    target = _target(transition, volume_m3, density_per_cm3, coherence_time_s)
    slope = _slope(photon_slope, allow_superluminal)
    energy = chosen.photon_energy
    level = energy if level_energy is None else positive("level_energy", level_energy)
    moment = dipole_moment(transition, convention) if dipole is None else positive("dipole", dipole)
    depth = _depth(chosen, slope, convention) if D_k is None else positive("D_k", D_k)
    resonance, error, method = _resonance(transition, chosen, target, level, slope, average, gas_velocity)
    spin = spin_factor(chosen, convention)
    natural = MAJORANA_FACTOR if nature == "majorana" else 1.0
    gamma = spin * natural * decay_rate(
        transition, chosen.mixing, target.density_per_cm3 / CENTIMETRE**3, moment, energy, energy,
        resonance, depth, form_factor,
    )  # fmt: skip
    neutrinos = positive("neutrino_density_per_cm3", neutrino_density_per_cm3)
    rate = positive("clustering", clustering) * neutrinos / CENTIMETRE**3 * target.volume_m3 * METRE**3 * gamma * YEAR
    peak = resonance_factor(0.0, target.width)
    return FluorescenceRate(
        rate_per_year=rate,
        error_estimate=rate * error,
        method=method,
        decay_rate_per_second=gamma * SECOND,
        transition=transition,
        ordering=ordering,
        nature=nature,
        channel=chosen.name,
        convention=convention,
        lightest_mass=float(lightest_mass),
        initial_mass=chosen.initial_mass,
        final_mass=chosen.final_mass,
        mixing=chosen.mixing,
        photon_energy=energy,
        photon_momentum=energy,
        photon_slope=slope,
        level_energy=level,
        detuning=level - energy,
        D_k=depth,
        dipole_moment=moment,
        magnetons=moment / BOHR_MAGNETON,
        charge_radii=moment / (ELECTRON_CHARGE * BOHR_RADIUS),
        form_factor=float(form_factor),
        spin_factor=spin,
        nature_factor=natural,
        width=target.width,
        coherence_time_s=target.coherence_time_s,
        peak_resonance=peak,
        resonance=resonance,
        resonance_suppression=resonance / peak,
        average=average,
        density_per_cm3=target.density_per_cm3,
        volume_m3=target.volume_m3,
        neutrino_density_per_cm3=neutrinos,
        clustering=float(clustering),
        gas_velocity=float(gas_velocity),
    )


def _check_words(transition, nature, convention, average):
    one_of("transition", transition, TRANSITIONS)
    one_of("nature", nature, NATURES)
    one_of("convention", convention, CONVENTIONS)
    one_of("average", average, AVERAGES)


def _target(transition, volume_m3, density_per_cm3, coherence_time_s):
    nominal = NOMINAL[transition]
    return Target(
        nominal.volume_m3 if volume_m3 is None else volume_m3,
        nominal.density_per_cm3 if density_per_cm3 is None else density_per_cm3,
        nominal.coherence_time_s if coherence_time_s is None else coherence_time_s,
    )


def _slope(photon_slope, allow_superluminal):
    slope = positive("photon_slope", photon_slope)
    if slope > 1 and not allow_superluminal:
        raise DomainError(f"photon_slope must be <= 1 unless a superluminal group velocity is asked for; got {slope:g}")
    return slope


def _depth(chosen, slope, convention):
    return 1.0 if convention == "paper" else phase_space_factor(chosen, slope)


def _resonance(transition, chosen, target, level, slope, average, gas_velocity):
    """The resonance factor in eV^-2, its relative error, and the method."""
    if average == "thermal":
        mean = thermal_resonance(
            chosen, target.width, level, transition=transition, photon_slope=slope, gas_velocity=gas_velocity
        )
        return mean.value, mean.error_estimate / mean.value, mean.method
    within("gas_velocity", gas_velocity, 0.0, 0.99)
    factor = resonance_factor(level - chosen.photon_energy, target.width)
    if average == "paper":
        return factor * paper_suppression(target.width, slope), 0.0, "closed form, (Gamma_v/Delta p)^2"
    return factor, 0.0, "closed form"
