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

from dataclasses import replace

from cnub.constants import CENTIMETRE, METRE, SECOND, YEAR
from cnub.domain import DomainError, one_of, positive, representable, within
from cnub.fluorescence.channels import channel
from cnub.fluorescence.decay import (
    CONVENTIONS,
    decay_rate,
    dipole_moment,
    phase_space_factor,
    resonance_factor,
    spin_factor,
)
from cnub.fluorescence.factors import Coupling, FluorescenceRate, Line
from cnub.fluorescence.form_factors import HIGHEST_FORM_FACTOR
from cnub.fluorescence.reaction import first_order
from cnub.fluorescence.sum_rule import NEUTRINO_DENSITY_PER_CM3
from cnub.fluorescence.target import drift_speed, nominal_target
from cnub.oscillation import NATURES, NUFIT_RELEASE

AVERAGES = ("none", "paper", "thermal")
PAPER_METHOD = "closed form, (Gamma_v/Delta p)^2"
NATURE_FACTORS = {"dirac": 1.0, "majorana": 2.0}
"""Two contractions, Eq. (7); their interference vanishes for a relativistic nu_j, or averaged over Majorana phases."""


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
    nufit: str = NUFIT_RELEASE,
) -> FluorescenceRate:
    """Events per year of nu_i -> nu_j gamma in a target, R = n_nu V Gamma (2507.10868v1, above Eq. 18).

    ``initial``, ``final``: labels 1..3, by default the paper's channel; ``lightest_mass`` and ``level_energy`` in eV
    (by default on resonance for a neutrino at rest); the target defaults to :data:`cnub.fluorescence.target.NOMINAL`.
    ``average``: "none" (every neutrino on the given detuning), "paper" (:func:`paper_suppression`) or "thermal" (the
    Fermi-Dirac gas, exact kinematics). ``photon_slope`` = d omega/dk of light at the intersection, 1 in vacuum.
    ``clustering`` multiplies the neutrino density; ``gas_velocity`` (units of c) is that of the gas through the target,
    for the thermal average only. ``dipole`` in 1/eV and ``D_k`` replace those of the ``convention``. ``nufit`` is
    the release of the oscillation parameters. ``domain`` of the
    answer bounds the rate: first-order weight, sum rule, yield, and what remains, with D_k and f_theta by definition
    whatever the ``convention``. Raises :class:`cnub.DomainError` on input outside physics: a closed transition, a
    negative mass, a width or volume <= 0, a group velocity > 1.

    Source: Eqs. (18), (19), (23), (24) of 2507.10868v1; talk, 'Fluorescence of relic neutrinos' (E1 events); talk,
    'Fluorescence of relic neutrinos' (M1 events).

    >>> print(f'{event_rate("M1", "NO").rate_per_year:.1f}')
    5.1
    """
    target = nominal_target(transition, volume_m3, density_per_cm3, coherence_time_s)
    chosen = channel(ordering, initial, final, lightest_mass, nufit)
    slope = _slope(photon_slope)
    coupling = _coupling(transition, chosen, slope, nature, convention, form_factor, dipole, D_k)
    line = _line(transition, chosen, target, slope, level_energy, average, gas_velocity)
    gamma = _gamma(transition, chosen, target, coupling, line.resonance)
    neutrinos = positive("clustering", clustering) * NEUTRINO_DENSITY_PER_CM3 / CENTIMETRE**3
    rate = neutrinos * target.volume_m3 * METRE**3 * gamma * YEAR
    domain = first_order(
        transition, chosen, target, coupling.dipole_moment, level_energy=line.level_energy, photon_slope=slope,
        abundance=clustering * coupling.nature_factor, averaged=_gas_mean(transition, chosen, line),
    )  # fmt: skip
    return FluorescenceRate(
        rate, rate * line.relative_error, gamma * SECOND, transition, nature, convention, float(lightest_mass),
        NEUTRINO_DENSITY_PER_CM3, float(clustering), chosen, target, coupling, line, domain,
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
        within("form_factor", form_factor, 0.0, HIGHEST_FORM_FACTOR),
        spin_factor(chosen, convention),
        NATURE_FACTORS[nature],
    )


def _line(transition, chosen, target, slope, level_energy, average, gas_velocity) -> Line:
    one_of("average", average, AVERAGES)
    speed = drift_speed(gas_velocity)
    if speed > 0 and average != "thermal":
        raise DomainError(f"gas_velocity must be 0 unless average is 'thermal', which alone uses it; got {speed!r}")
    level, width = (
        chosen.photon_energy if level_energy is None else positive("level_energy", level_energy),
        target.width,
    )
    detuning = level - chosen.photon_energy
    line = Line(level, detuning, width, slope, average, speed, resonance_factor(detuning, width), 0.0, "closed form")
    if average == "thermal":
        mean = _thermal(transition, chosen, line, width)
        return replace(
            line, resonance=mean.value, relative_error=mean.error_estimate / mean.value, method=mean.method
        )  # fmt: skip
    if average == "paper":
        return replace(line, resonance=line.resonance * _paper(width, slope), method=PAPER_METHOD)
    return line


def _paper(width, slope):
    from cnub.fluorescence.averages import paper_suppression  # with Numba, which the closed form does without

    return paper_suppression(width, slope)


def _thermal(transition, chosen, line, width):
    from cnub.fluorescence.averages import thermal_resonance

    return thermal_resonance(
        chosen, width, line.level_energy, transition=transition, photon_slope=line.photon_slope,
        gas_velocity=line.gas_velocity,
    )  # fmt: skip


def _gas_mean(transition, chosen, line):
    """The same average for any width of the line, or None without one."""
    if line.average == "thermal":
        return lambda width: _thermal(transition, chosen, line, width).value
    if line.average == "paper":
        return lambda width: resonance_factor(line.detuning, width) * _paper(width, line.photon_slope)
    return None


def _gamma(transition, chosen, target, coupling, resonance) -> float:
    """Gamma of one neutrino in eV."""
    density, energy = target.density_per_cm3 / CENTIMETRE**3, chosen.photon_energy
    rate = decay_rate(
        transition, chosen.mixing, density, coupling.dipole_moment, energy, energy, resonance, coupling.D_k,
        coupling.form_factor,
    )  # fmt: skip
    return coupling.spin_factor * coupling.nature_factor * rate
