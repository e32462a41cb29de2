"""Scaling laws and ratios that the paper states without a number of its own: measured on the functions of this room."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from scipy.optimize import minimize_scalar

from cnub.coherence.arrangements import arrange
from cnub.constants import AVOGADRO, CENTIMETRE, FERMI_CONSTANT, SECOND
from cnub.domain import integer, one_of, positive
from cnub.fluorescence.amplitude import grating_positions, total_amplitude
from cnub.fluorescence.averages import line_shape
from cnub.fluorescence.channels import channel
from cnub.fluorescence.currents import (
    contracted_current,
    dirac_current,
    majorana_current,
    nonrelativistic_current,
    relativistic_current,
    spin_averaged_tensor,
    trace_tensor,
)
from cnub.fluorescence.decay import decay_rate, dipole_moment, phase_space_factor, resonance_factor
from cnub.fluorescence.form_factors import CLOSED_FORM, phase_space_rate
from cnub.fluorescence.kinematics import VACUUM, intersections
from cnub.fluorescence.rates import event_rate
from cnub.fluorescence.target import NOMINAL
from cnub.fluorescence.two_level import evolved_amplitude, virtual_amplitude

_REST = np.zeros(3)


def coherence_exponent(momentum_transfer: float, number: int = 64, samples: int = 2000) -> float:
    """Exponent of <|M_tot|^2> against the number of random dipoles, N to 8 N, at q L = ``momentum_transfer``.

    2 in phase (q = 0), 1 out of phase (q >> 1): Eq. (1) of 2507.10868v1. ``number`` >= 2, ``samples`` >= 1.
    """
    n, count = integer("number", number, 2), integer("samples", samples, 1)
    q = np.array([[float(momentum_transfer), 0.0, 0.0]])

    def mean(many):
        draws = (arrange("random cube", many, seed) / 2 for seed in range(count))
        return np.mean([abs(total_amplitude(x, q)[0]) ** 2 for x in draws])

    return float(math.log(mean(8 * n) / mean(n)) / math.log(8))


def grating_maximum(number: int = 20000, turns: float = 100.0) -> float:
    """|M_tot|/N at q = D for the density n_0 [1 + cos(D.x)] with D L = ``turns``: 1/2, Eq. (14) and below."""
    x = grating_positions(integer("number", number, 2), 1.0, positive("turns", turns))
    return float(abs(total_amplitude(x, np.array([[turns, 0.0, 0.0]]))[0]) / number)


def trace_ratio(ordering: str = "NO") -> float:
    """Explicit spin sum of Eq. (6) over its trace, time component, for the paper's channel of ``ordering``."""
    chosen = channel(ordering)
    recoil = np.array([0, 0, -chosen.photon_energy])
    args = (chosen.initial_mass, _REST, chosen.final_mass, recoil)
    return float((spin_averaged_tensor(*args)[0, 0] / trace_tensor(*args)[0, 0]).real)


def contraction_ratio(nature: str = "dirac") -> float:
    """Last contraction of the operator of Eq. (5) over that of Eq. (6) ("dirac") or of Eq. (7) ("majorana"), IO.

    For Majorana neutrinos this is the second term, printed with a plus sign; its sign is that of the ladder operators.
    """
    chosen = channel("IO")
    recoil, spin = np.array([0, 0, -chosen.photon_energy]), np.array([0.6, 0.8])
    args = (chosen.initial_mass, _REST, spin, chosen.final_mass, recoil, np.array([1.0, 0]))
    found, printed = contracted_current(*args, nature), dirac_current(*args)
    if nature == "majorana":
        found, printed = found - printed, majorana_current(*args) - printed
    return float((np.vdot(printed, found) / np.vdot(printed, printed)).real)


def limit_ratio(ordering: str, component: str = "time") -> float:
    """Exact current over Eqs. (8), (9) (NO, massless nu_1) or Eqs. (10), (11) (IO), sign included; "time" or "space".

    The real part of the projection of one on the other: -1 if the printed sign were wrong.
    """
    one_of("component", component, ("time", "space"))
    chosen, part = channel(ordering), slice(0, 1) if component == "time" else slice(1, 4)
    recoil = np.array([0, 0, -chosen.photon_energy])
    down, spin = np.array([1.0, 0]), np.array([0.6, 0.8])
    exact = dirac_current(chosen.initial_mass, _REST, spin, chosen.final_mass, recoil, down)
    if ordering == "NO":
        quoted = relativistic_current(chosen.initial_mass, chosen.photon_energy, spin, recoil)
    else:
        quoted = nonrelativistic_current(chosen.initial_mass, chosen.final_mass, spin, down)
    return float((np.vdot(quoted[part], exact[part]) / np.vdot(quoted[part], quoted[part])).real)


def majorana_ratio(ordering: str, transition: str = "M1", phase: float = 0.0) -> float:
    """Majorana over Dirac rate of the paper's channel, polarized dipoles, from explicit spinors.

    ``phase`` is the relative phase of the two contractions: 0 is Eq. (7) as printed.
    """
    chosen = channel(ordering)
    recoil = np.array([0, 0, -chosen.photon_energy])
    args = (chosen.initial_mass, _REST, chosen.final_mass, recoil)
    dirac = np.diag(spin_averaged_tensor(*args)).real
    majorana = np.diag(spin_averaged_tensor(*args, "majorana", phase)).real
    # Only the component across k matters for dipoles along d: |d x k|^2 weights T_dd by cos^2 and sin^2/2 of the rest.
    weights = np.array([1.0, 0, 0, 0]) if transition == "E1" else np.array([0, 0.4, 0.4, 0.2])
    return float(weights @ majorana / (weights @ dirac))


def spin_ratio(ordering: str) -> float:
    """Spin-averaged |j^0|^2 of the paper's channel over 4 m_i E_j', its value for a fast nu_j."""
    chosen = channel(ordering)
    recoil = np.array([0, 0, -chosen.photon_energy])
    tensor = spin_averaged_tensor(chosen.initial_mass, _REST, chosen.final_mass, recoil)
    return float(tensor[0, 0].real / (4 * chosen.initial_mass * math.hypot(chosen.final_mass, recoil[2])))


def perturbation_ratio(detuning: float = 0.3) -> float:
    """|C_v| from the Schroedinger equation of Eq. (12) over Eqs. (13), (20) with damping."""
    _, virtual = evolved_amplitude(1e-5, detuning, 1.0, 60.0)
    return float(abs(virtual) / abs(virtual_amplitude(1e-5, detuning, 1.0)))


def phase_space_ratio(transition: str, ordering: str, dipoles: str = "polarized") -> float:
    """Eq. (16) integrated over explicit spinors, over Eq. (17) or (22) with D_k and f_theta by definition."""
    chosen, density = channel(ordering), AVOGADRO / CENTIMETRE**3
    resonance, moment = resonance_factor(0.0, NOMINAL[transition].width), dipole_moment(transition)
    integral = phase_space_rate(transition, chosen, density, moment, resonance, dipoles, degree=11)
    closed = decay_rate(
        transition, chosen.mixing, density, moment, chosen.photon_energy, chosen.photon_energy, resonance,
        phase_space_factor(chosen), CLOSED_FORM[transition, dipoles],
    )  # fmt: skip
    return integral / closed


def rate_exponent(transition: str, parameter: str, average: str = "none") -> float:
    """Exponent of the event rate of nu_3 -> nu_1 against a parameter of :func:`event_rate`, by doubling its default."""
    base = event_rate(transition, "NO", average=average)
    start = base.row()["dipole_moment" if parameter == "dipole" else parameter]
    doubled = event_rate(transition, "NO", average=average, **{parameter: 2 * start})
    return math.log2(doubled.rate_per_year / base.rate_per_year)


def photon_exponent(transition: str) -> float:
    """Exponent of the peak rate against the photon energy: 5 in Eq. (17), 3 in Eq. (22).

    From Eq. (16) integrated over explicit spinors for nu_3 -> nu_1 (NO) and for twice the mass of nu_3.
    """
    chosen = channel("NO")
    heavier = replace(chosen, initial_mass=2 * chosen.initial_mass)
    rates = [phase_space_rate(transition, c, 1.0, 1.0, 1.0, degree=11) for c in (chosen, heavier)]
    return math.log2(rates[1] / rates[0])


def time_exponent() -> float:
    """Exponent of |C_v|^2 on resonance against 1/Gamma_v, from the Schroedinger equation of Eq. (12)."""
    widths = (1.0, 0.5)
    populations = [abs(evolved_amplitude(1e-5, 0.0, width, 60.0 / width)[1]) ** 2 for width in widths]
    return math.log2(populations[1] / populations[0])


def film_form_factor() -> float:
    """Largest f_theta that a density n_0 [1 + cos(D.x)] gives isotropic dipoles in E1, over all periods, nu_3 -> nu_1.

    Eq. (16) integrated over explicit spinors, light as in vacuum. 2507.10868v1, below Eq. (17): "the periodic film
    structure even if the medium is isotropic".
    """
    chosen = channel("NO")
    unit = decay_rate(
        "E1", chosen.mixing, 1.0, 1.0, chosen.photon_energy, chosen.photon_energy, 1.0, phase_space_factor(chosen)
    )

    def lost(D):
        return -phase_space_rate("E1", chosen, 1.0, 1.0, 1.0, "isotropic", np.array([0.0, 0.0, D])) / unit

    periods = (0.1 * chosen.initial_mass, 0.95 * chosen.initial_mass)
    return -float(minimize_scalar(lost, bounds=periods, method="bounded", options={"xatol": 1e-5}).fun)


def estimate_ratio(transition: str) -> float:
    """Peak rate of nu_3 -> nu_1 over the estimates G_F^2 n_d^2 tau^2 times d^4 k^5 (E1) or d^2 k^3 (M1)."""
    peak = event_rate(transition, "NO")
    density, time = peak.target.density_per_cm3 / CENTIMETRE**3, peak.target.coherence_time_s * SECOND
    d, k = (4, 5) if transition == "E1" else (2, 3)
    estimate = (FERMI_CONSTANT * density * time) ** 2 * peak.coupling.dipole_moment**d * peak.channel.photon_energy**k
    return peak.decay_rate_per_second / SECOND / estimate


def line_peak_ratio() -> float:
    """Level energy at the maximum of the thermal line of nu_3 -> nu_1 over the photon energy at rest."""
    chosen = channel("NO")
    levels = chosen.photon_energy + np.linspace(-2e-4, 2e-4, 401)
    shape = line_shape(chosen, NOMINAL["M1"].width, levels)
    return float(levels[np.argmax(shape)] / chosen.photon_energy)


def matched_group_velocity() -> float:
    """d omega/dk at the vacuum intersection from D_k: 1/D_k less the slope of E_j', nu_3 -> nu_1."""
    (found,) = intersections(channel("NO"), VACUUM)
    return 1 / found.D_k - found.recoil_slope
