"""Claims of the paper and of the talk's slides on parametric fluorescence: amplitudes, kinematics, densities."""

from __future__ import annotations

from collections.abc import Callable

from cnub.claims.ledger import Claim
from cnub.constants import AVOGADRO
from cnub.fluorescence.channels import channel, quasi_degenerate_energy
from cnub.fluorescence.closed_form import phase_space_factor
from cnub.fluorescence.currents import (
    contracted_current,
    dirac_current,
    majorana_current,
    nonrelativistic_current,
    relativistic_current,
)
from cnub.fluorescence.rates import event_rate
from cnub.fluorescence.scalings import (
    coherence_exponent,
    contraction_ratio,
    grating_maximum,
    limit_ratio,
    majorana_ratio,
    perturbation_ratio,
    trace_ratio,
)
from cnub.fluorescence.two_level import evolved_amplitude, virtual_amplitude
from cnub.matter import atoms_per_cm3
from cnub.oscillation import ORDERINGS, heaviest_mass, transition_coefficient
from cnub.relic import number_density_per_cm3

EXACT = 1e-6
"""Identities and closed forms against their numerical witness."""


def row(
    key: str, place: str, statement: str, quoted: str, compute: Callable[[], float], by: Callable, **more: object
) -> Claim:
    source = more.pop("source", "paper")
    return Claim(f"{source}-{key}", source, place, statement, quoted, compute=compute, by=by, **more)


_AMPLITUDE = [
    row(
        "eq1-coherent", "Eq. (1)", "exponent of |M_tot|^2 against the number of dipoles, phases matched", "2",
        lambda: coherence_exponent(0.0), coherence_exponent, tolerance=EXACT,
    ),
    row(
        "eq1-incoherent", "Eq. (1)", "the same far from phase matching, random dipoles", "1",
        lambda: coherence_exponent(300.0), coherence_exponent, tolerance=0.05,
        note="2000 seeded targets: the exponent is known to 0.02.",
    ),
    row(
        "eq14-grating", "below Eq. (14)", "|M_tot|/N at q = D for the density n_0 [1 + cos(D.x)], phases matched at "
        "+-D", "0.5",
        grating_maximum, grating_maximum, tolerance=0.02,
        note="20,000 random dipoles: the sum is known to 1/sqrt(N).",
    ),
    row(
        "eq2-coupling", "Eq. (2)", "|C_31|^2 over |U_e3|^2 |U_e1|^2 of NuFIT 6.0", "1",
        lambda: abs(transition_coefficient(3, 1, "NO")) ** 2 / (0.02215 * 0.97785 * 0.692),
        transition_coefficient, tolerance=EXACT,
    ),
    row(
        "eq5-dirac", "Eqs. (5), (6)", "operator of Eq. (5) contracted with ladder operators, over Eq. (6)", "1",
        contraction_ratio, contracted_current, tolerance=EXACT,
    ),
    row(
        "eq5-majorana", "Eqs. (5), (7)", "second contraction of Eq. (5), Majorana, over the second term of Eq. (7)",
        "1",
        lambda: contraction_ratio("majorana"), contracted_current, tolerance=EXACT,
        note="b = a anticommutes with the other mode, so that the second term of Eq. (7) has a minus sign. Without "
        "consequence for nu_3 -> nu_1, where the two do not interfere.",
    ),
    row(
        "eq6-trace", "Eq. (6)", "Dirac current: explicit spin sum over the trace", "1",
        trace_ratio, dirac_current, tolerance=EXACT,
    ),
    row(
        "eq7-doubling", "Eq. (7)", "Majorana over Dirac rate, nu_3 -> nu_1 (NO)", "2",
        lambda: majorana_ratio("NO"), majorana_current, tolerance=EXACT,
        note="At any relative phase of the two contractions, because nu_1 is massless.",
    ),
    row(
        "eq7-doubling-slow", "Eq. (7)", "the same for nu_2 -> nu_1 (IO), M1, Eq. (7) as printed", "2",
        lambda: majorana_ratio("IO"), majorana_current, tolerance=EXACT,
        note="A slow nu_1 lets the contractions interfere: M1 between 0 and 4 times Dirac with the Majorana phase, "
        "E1 "
        "between 4 and 0. The plus sign of Eq. (7) gives a pure vector current; exchanging the fermion operators "
        "gives "
        "minus, for real C_ij a pure axial one. Averaged over the phase it is 2.",
    ),
    row(
        "eq8-limit", "Eq. (8)", "exact |j^0| over the relativistic limit, nu_3 -> nu_1", "1",
        lambda: limit_ratio("NO", "time"), relativistic_current, tolerance=EXACT,
    ),
    row(
        "eq9-limit", "Eq. (9)", "exact |j| over the relativistic limit, nu_3 -> nu_1", "1",
        lambda: limit_ratio("NO", "space"), relativistic_current, tolerance=EXACT,
    ),
    row(
        "eq10-limit", "Eq. (10)", "exact |j^0| over the limit at rest, nu_2 -> nu_1 (IO)", "1",
        lambda: limit_ratio("IO", "time"), nonrelativistic_current, tolerance=0.02,
        note="nu_1 leaves with a speed of 0.015, the size of the correction.",
    ),
    row(
        "eq11-limit", "Eq. (11)", "exact |j| over the limit at rest, nu_2 -> nu_1 (IO)", "1",
        lambda: limit_ratio("IO", "space"), nonrelativistic_current, tolerance=0.02,
        note="nu_1 leaves with a speed of 0.015, the size of the correction.",
    ),
    row(
        "eq13-first-order", "Eqs. (3), (12), (13)", "|C_v| of the Schroedinger equation over first order, damped, "
        "E1", "1",
        perturbation_ratio, evolved_amplitude, tolerance=EXACT,
        note="E1 and M1 share the two-level system; only the coupling of two_level.neutrino_coupling differs.",
    ),
    row(
        "eq20-first-order", "Eqs. (4), (20)", "the same on resonance, M1", "1",
        lambda: perturbation_ratio(0.0), virtual_amplitude, tolerance=EXACT,
    ),
]  # fmt: skip

_KINEMATICS = [
    row(
        "photon-31", "Sec. I", "photon energy of nu_3 -> nu_1 (NO)", "0.025",
        lambda: channel("NO").photon_energy, channel, unit="eV",
    ),
    row(
        "photon-32", "Sec. I", "photon energy of nu_3 -> nu_2 (NO)", "0.025",
        lambda: channel("NO", 3, 2).photon_energy, channel, unit="eV", approximate=True,
    ),
    row(
        "photon-23", "Sec. I", "photon energy of nu_2 -> nu_3 (IO)", "0.025",
        lambda: channel("IO", 2, 3).photon_energy, channel, unit="eV",
    ),
    row(
        "photon-21", "Sec. I", "photon energy of nu_2 -> nu_1 (IO)", "7.5e-4",
        lambda: channel("IO").photon_energy, channel, unit="eV",
    ),
    row(
        "photon-half", "below Eq. (16)", "omega over m_3 for a massless nu_1", "0.5",
        lambda: channel("NO").photon_energy / channel("NO").initial_mass, channel, tolerance=EXACT,
    ),
    row(
        "photon-difference", "below Eq. (16)", "omega over m_2 - m_1 for nu_2 -> nu_1 (IO)", "1",
        lambda: channel("IO").photon_energy / quasi_degenerate_energy(channel("IO")),
        quasi_degenerate_energy,
        tolerance=0.01, note="The recoil of nu_1 takes 0.8 %.",
    ),
    row(
        "depth", "below Eq. (16)", "D_k = 1/[d(omega + E_1')/d|k|] of nu_3 -> nu_1", "2",
        lambda: phase_space_factor(channel("NO")), phase_space_factor,
        note="omega and E_1' both rise with slope 1, so the definition gives 1/2; 2 is its inverse, and the quoted "
        "rates "
        "need 1.",
    ),
    row(
        "volume", "Abstract, above Eq. (18)", "volume of a target of 3 m", "27",
        lambda: event_rate("M1", "NO").volume_m3, event_rate, unit="m^3", printed="(3 m)^3",
    ),
    row(
        "neutrino-density", "above Eq. (18)", "neutrinos and antineutrinos of one mass state per cm^3", "112",
        lambda: number_density_per_cm3(2), number_density_per_cm3, unit="/cm^3",
    ),
    row(
        "dipole-density", "below Eq. (A3)", "atoms per cm^3 of diamond, the densest solid in atoms, over N_A", "1",
        lambda: atoms_per_cm3(3.515, 12.011) / AVOGADRO, atoms_per_cm3, approximate=True,
        printed="n_d ~ N_A/cm^3", note="Most solids hold 0.05 to 0.15 N_A per cm^3, and the rate goes with n_d^2.",
    ),
    *(
        row(
            f"heaviest-{ordering.lower()}", "Sec. I", f"heaviest mass in {ordering}, the lightest zero", "0.05",
            lambda ordering=ordering: heaviest_mass(ordering), heaviest_mass, unit="eV",
        )
        for ordering in ORDERINGS
    ),
]  # fmt: skip

CLAIMS = [*_AMPLITUDE, *_KINEMATICS]
