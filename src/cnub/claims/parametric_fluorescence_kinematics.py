"""Claims of the paper and of the talk's slides on parametric fluorescence: kinematics, bands, targets, densities."""

from __future__ import annotations

import math

from scipy.integrate import quad

from cnub.claims.ledger import paper, talk
from cnub.claims.parametric_fluorescence import EXACT
from cnub.constants import AVOGADRO, CENTIMETRE, METRE, SECOND
from cnub.fluorescence.channels import channel
from cnub.fluorescence.decay import dipole_moment, phase_space_factor
from cnub.fluorescence.kinematics import intersections
from cnub.fluorescence.polariton import collective_coupling
from cnub.fluorescence.rates import event_rate
from cnub.fluorescence.target import NOMINAL
from cnub.fluorescence.two_level import virtual_amplitude
from cnub.matter import atoms_per_cm3
from cnub.oscillation import ORDERINGS, heaviest_mass
from cnub.relic import number_density_per_cm3

_ICE = 0.917, 18.015
"""Density in g/cm^3 at the melting point and molar mass in g (CRC Handbook)."""


_ASTRONOMERS = 25
"""Short end of the far infrared in um as infrared astronomy has it (IPAC)."""


def photon_over_difference() -> float:
    """omega over m_i - m_j, the paper's estimate of it for nu_2 -> nu_1 in IO (text below Eq. 16)."""
    chosen = channel("IO")
    return chosen.photon_energy / (chosen.initial_mass - chosen.final_mass)


def _phase_space_prefactor() -> float:
    """Eq. (16) over all angles, |M| = 1, over (1/2m) d/dE int_(omega + E' < E) d^3k/(16 pi^2 omega E')."""
    chosen = channel("IO")
    m, k, step = chosen.initial_mass, chosen.photon_energy, 1e-4 * chosen.photon_energy
    printed = k**2 * phase_space_factor(chosen) / (8 * math.pi * m * math.hypot(chosen.final_mass, k) * k)

    def below(energy):
        top = (energy**2 - chosen.final_mass**2) / (2 * energy)
        return quad(lambda x: x / (4 * math.pi * math.hypot(chosen.final_mass, x)), 0.0, top, epsrel=1e-13)[0]

    return printed / ((below(m + step) - below(m - step)) / (2 * step) / (2 * m))


def _within(value: float, low: float, high: float) -> float:
    return float(low <= value <= high)


def _wavelength_um(ordering: str) -> float:
    return 2 * math.pi / channel(ordering).photon_energy / METRE * 1e6


def _frequency_GHz(ordering: str) -> float:
    return channel(ordering).photon_energy * SECOND / (2 * math.pi) * 1e-9


def _second_diagram(width: float | None = None) -> float:
    """|1/(E_vg + omega)| over |1/(Gamma_v/2)| on resonance; ``width`` Gamma_v, by default that of 10 ns."""
    omega, width = channel("NO").photon_energy, width or NOMINAL["M1"].width
    return abs(virtual_amplitude(1.0, 2 * omega, width) / virtual_amplitude(1.0, 0.0, width))


def _collective_second_diagram() -> float:
    density, omega = NOMINAL["M1"].density_per_cm3 / CENTIMETRE**3, channel("NO").photon_energy
    return _second_diagram(2 * collective_coupling(density, dipole_moment("M1"), omega))


def _edge(transition: str, quoted: float) -> float:
    """Edge in m of the cube with the ``quoted`` events per year."""
    return (quoted / event_rate(transition, "NO", volume_m3=1.0).rate_per_year) ** (1 / 3)


CLAIMS = [
    paper(
        "photon-31", "Sec. I", "photon energy of nu_3 -> nu_1 (NO)", "0.025",
        lambda: channel("NO").photon_energy, channel, unit="eV",
    ),
    paper(
        "photon-32", "Sec. I", "photon energy of nu_3 -> nu_2 (NO)", "0.025",
        lambda: channel("NO", 3, 2).photon_energy, channel, unit="eV", approximate=True,
    ),
    paper(
        "photon-23", "Sec. I", "photon energy of nu_2 -> nu_3 (IO)", "0.025",
        lambda: channel("IO", 2, 3).photon_energy, channel, unit="eV",
    ),
    paper(
        "photon-21", "Sec. I", "photon energy of nu_2 -> nu_1 (IO)", "7.5e-4",
        lambda: channel("IO").photon_energy, channel, unit="eV",
    ),
    paper(
        "photon-half", "below Eq. (16)", "omega over m_3 for a massless nu_1, where omega(k) = k meets E_3 - E_1'",
        "0.5",
        lambda: intersections(channel("NO"))[0].energy / channel("NO").initial_mass, intersections, tolerance=EXACT,
    ),
    paper(
        "photon-difference", "below Eq. (16)", "omega over m_2 - m_1 for nu_2 -> nu_1 (IO)", "1",
        photon_over_difference, None, tolerance=0.01,
        note=lambda: f"The recoil of nu_1 takes {1 - photon_over_difference():.1%}: omega is that much below.",
    ),
    paper(
        "depth", "below Eq. (16)", "D_k = 1/[d(omega + E_1')/d|k|] of nu_3 -> nu_1", "2",
        lambda: phase_space_factor(channel("NO")), phase_space_factor,
        note="omega and E_1' both rise with slope one, so the definition gives a half; 2 is its inverse, and the "
        "quoted rates need neither (paper-rate-m1-no).",
    ),
    paper(
        "eq16-prefactor", "Eq. (16)", "Eq. (16), D_k by definition, over the Lorentz-invariant phase space of two "
        "bodies, nu_2 -> nu_1 (IO)", "1",
        _phase_space_prefactor, phase_space_factor, tolerance=1e-6,
        note="int d^3k d^3p'/[(2 pi)^6 4 omega E'] (2 pi)^4 delta^4 over 2 m_i, the energy delta function as a "
        "numerical derivative of the volume below it.",
    ),
    paper(
        "far-infrared", "Sec. I", "wavelength in um of the photon of nu_3 -> nu_1 is within the far infrared of ISO "
        "20473, 50 to 1000 um (1: yes, 0: no)", "1",
        lambda: _within(_wavelength_um("NO"), 50, 1000), channel, tolerance=EXACT, printed="far-infrared",
        correction=f"By the border of astronomers, {_ASTRONOMERS} um.",
        corrected=lambda: _within(_wavelength_um("NO"), _ASTRONOMERS, 1000),
        note=lambda: f"It is {_wavelength_um('NO'):.1f} um, which ISO 20473 calls middle infrared by a hair.",
    ),
    paper(
        "microwave", "Sec. I", "frequency in GHz of the photon of nu_2 -> nu_1 (IO) is within the microwaves of the "
        "CRC Handbook, 1 to 300 GHz (1: yes, 0: no)", "1",
        lambda: _within(_frequency_GHz("IO"), 1, 300), channel, tolerance=EXACT, printed="microwave frequency",
        note=lambda: f"It is {_frequency_GHz('IO'):.0f} GHz, a millimetre wave.",
    ),
    paper(
        "second-diagram", "Sec. II", "amplitude of the diagram where the photon comes first, over that of Fig. 1 on "
        "resonance: negligible", "0",
        _second_diagram, virtual_amplitude, tolerance=0.01, printed="dominated by the diagram shown in Fig. 1",
        note=lambda: "Denominators E_vg + omega and Gamma_v/2. With the width that the coupling of all dipoles gives "
        f"the line in place of Gamma_v (paper-perturbation) it is {_collective_second_diagram():.2f}: corrections of "
        "that order are then due to the rotating-wave approximation.",
    ),
    paper(
        "volume", "Abstract, above Eq. (18)", "edge of the cube that gives the quoted rate of M1, NO (D_k = 1)", "3",
        lambda: _edge("M1", 5.0), event_rate, unit="m", printed="V = (3 m)^3, R ~ 5 /yr",
        note="Eq. (22) to first order; what a cube of that edge really gives is in paper-finite-size.",
    ),
    talk(
        "volume", "The E1 rate", "edge of the cube that gives the quoted rate of E1, NO (D_k = 1)", "3",
        lambda: _edge("E1", 4e-8), event_rate, unit="m", printed="cubic target of dimension of 3 meter",
    ),
    paper(
        "neutrino-density", "above Eq. (18)", "neutrinos and antineutrinos of one mass state per cm^3", "112",
        lambda: number_density_per_cm3(2), number_density_per_cm3, unit="/cm^3",
    ),
    paper(
        "dipole-density", "below Eq. (A3)", "atoms per cm^3 of diamond, the densest solid in atoms, over N_A", "1",
        lambda: atoms_per_cm3(3.515, 12.011) / AVOGADRO, atoms_per_cm3, approximate=True,
        printed="n_d ~ N_A/cm^3",
        note=lambda: f"Ice holds {atoms_per_cm3(*_ICE) / AVOGADRO:.2f} N_A molecules per cm^3; rates go with n_d^2.",
    ),
    *(
        paper(
            f"heaviest-{ordering.lower()}", "Sec. I", f"heaviest mass in {ordering}, the lightest zero", "0.05",
            lambda ordering=ordering: heaviest_mass(ordering), heaviest_mass, unit="eV",
        )
        for ordering in ORDERINGS
    ),
]  # fmt: skip
