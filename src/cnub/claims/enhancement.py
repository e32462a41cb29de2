"""Claims of the paper on further enhancement (Sec. III), on coherence, and on what the resonance can give."""

from __future__ import annotations

import math

import numpy as np

from cnub.claims.ledger import Claim
from cnub.constants import BOHR_RADIUS, CENTIMETRE, FINE_STRUCTURE, KELVIN
from cnub.fluorescence import NOMINAL, channel, dipole_moment
from cnub.fluorescence.discovery import saturated_rate_per_year
from cnub.fluorescence.polariton import collective_coupling, first_order_weight
from cnub.fluorescence.recovery import recovery
from cnub.fluorescence.stark import PAPER_RATIO, stark_enhancement
from cnub.fluorescence.superradiance import LARGEST_COHERENCE, collective_factor, lambda_enhancement, prepared_coherence

_PLACE = "Sec. III"
_STRONG = 1e13


def _weight():
    target, chosen = NOMINAL["M1"], channel("NO")
    density = target.density_per_cm3 / CENTIMETRE**3
    coupling = collective_coupling(density, dipole_moment("M1"), chosen.photon_energy)
    return first_order_weight(0.0, coupling, target.width)


def alpha_squared() -> float:
    """The square of the fine-structure constant."""
    return FINE_STRUCTURE**2


def inverse_alpha_squared() -> float:
    """One over the square of the fine-structure constant."""
    return FINE_STRUCTURE**-2


def neutrino_current_suppression() -> float:
    """m_i^2 a_0^2 at m_i = 0.05 eV."""
    return (0.05 * BOHR_RADIUS) ** 2


def _exponent(coherence):
    factors = [collective_factor(n, coherence, 0.5) for n in (10**8, 10**10)]
    return math.log10(factors[1] / factors[0]) / 2


CLAIMS = [
    Claim(
        id="paper-slow-light-recovery",
        source="paper",
        place="Sec. II B, after Eq. (24)",
        statement="share of the peak recovered at d omega/dk = 1e-3, 10 ns, Fermi-Dirac gas (the spread is solved)",
        quoted="1",
        printed="can be solved",
        approximate=True,
        compute=lambda: recovery(channel("NO"), NOMINAL["M1"].width, 1e-3).fraction,
        correction="At d omega/dk = 2e-4, what the true spread of the gas asks for.",
        corrected=lambda: recovery(channel("NO"), NOMINAL["M1"].width, 2e-4).fraction,
        by=recovery,
        note="With the field of one photon as in vacuum, and D_k relative to vacuum.",
    ),
    Claim(
        id="paper-slow-light-stored",
        source="paper",
        place="Sec. II B, Refs. [36]-[38]",
        statement="rate at d omega/dk = 1e-3 with light slowed by a resonant medium (EIT), over that of the paper's "
        "flat band",
        quoted="1",
        printed="slow light can solve it",
        approximate=True,
        compute=lambda: (
            recovery(channel("NO"), NOMINAL["M1"].width, 1e-3, "stored").fraction
            / recovery(channel("NO"), NOMINAL["M1"].width, 1e-3).fraction
        ),
        by=recovery,
        note="There the photon is excitation of the medium to all but a part d omega/dk, and its field falls with it: "
        "no gain. A structured medium without resonance (photonic crystal) keeps the field.",
    ),
    Claim(
        id="paper-perturbation",
        source="paper",
        place="Eq. (22), at the peak, Eq. (23)",
        statement="weight of the dipoles' excitation in the photon, g^2/(Gamma_v/2)^2, which must not exceed 1",
        quoted="1",
        printed="perturbation theory at the resonance peak",
        approximate=True,
        compute=_weight,
        by=first_order_weight,
        note="g = d sqrt(n_d omega/2) is 4.5 meV at N_A per cm^3, 10^5 times Gamma_v/2: the emitted field acts back on "
        "the dipoles long before the resonance is reached.",
    ),
    Claim(
        id="paper-peak-saturated",
        source="paper",
        place="Eq. (23)",
        statement="events per year at the resonance peak (NO, M1), with the reaction of the emitted photon",
        quoted="5",
        unit="per year",
        approximate=True,
        compute=lambda: saturated_rate_per_year(channel("NO"), NOMINAL["M1"]),
        by=saturated_rate_per_year,
        note="Eq. (22) alone gives 5; this row asks what is left when its first order in the photon coupling is "
        "replaced by the coupled modes. It grows with N, not N^2.",
    ),
    Claim(
        id="paper-m1-suppression",
        source="paper",
        place=_PLACE,
        statement="suppression alpha^2 of the electron current in M1",
        quoted="5e-5",
        approximate=True,
        compute=alpha_squared,
    ),
    Claim(
        id="paper-m1-e1-dipoles",
        source="paper",
        place=_PLACE,
        statement="(e/m_e)^2 over (e a_0)^2, the meaning of alpha^2",
        quoted="5e-5",
        approximate=True,
        compute=lambda: (dipole_moment("M1") / dipole_moment("E1")) ** 2,
        by=dipole_moment,
        note="With one Bohr magneton it is 4 times smaller.",
    ),
    Claim(
        id="paper-e1-suppression",
        source="paper",
        place=_PLACE,
        statement="suppression m_i^2 a_0^2 of the neutrino current in E1, m_3 = 0.05 eV",
        quoted="1e-10",
        approximate=True,
        compute=neutrino_current_suppression,
    ),
    Claim(
        id="paper-mixing-enhancement",
        source="paper",
        place=_PLACE + ", configuration mixing",
        statement="enhancement at order-one parity mixing, 1/alpha^2",
        quoted="1e4",
        approximate=True,
        compute=lambda: stark_enhancement(_STRONG, 1e-3),
        correction="With d_M1 one Bohr magneton: twice the ratio of dipoles.",
        corrected=lambda: stark_enhancement(_STRONG, 1e-3, ratio=2 * PAPER_RATIO),
        by=stark_enhancement,
        note="The same state must be half M1 and half E1: cos^2 sin^2 <= 1/4.",
    ),
    Claim(
        id="paper-inverse-alpha-squared",
        source="paper",
        place=_PLACE + ", configuration mixing",
        statement="1/alpha^2",
        quoted="1e4",
        approximate=True,
        compute=inverse_alpha_squared,
    ),
    Claim(
        id="paper-mixing-weak-field",
        source="paper",
        place=_PLACE + ", Stark effect",
        statement="exponent of the enhancement against a weak field (mixing of order F)",
        quoted="2",
        printed="induced by the Stark effect",
        tolerance=0.01,
        compute=lambda: math.log10(
            (stark_enhancement(1e3, 1e-3) - 1) / (stark_enhancement(1e2, 1e-3) - 1)
        ),
        by=stark_enhancement,
        note="The paper gives no scaling; this is what the two-level Hamiltonian has.",
    ),
    Claim(
        id="paper-lambda-coherence",
        source="paper",
        place=_PLACE + ", Lambda system",
        statement="largest coherence rho_eg",
        quoted="1",
        printed="a factor of order one",
        approximate=True,
        compute=lambda: prepared_coherence(math.pi / 4),
        by=prepared_coherence,
        note="At most 1/2; the rate has its square.",
    ),
    Claim(
        id="paper-lambda-enhancement",
        source="paper",
        place=_PLACE + ", Lambda system",
        statement="enhancement of the Lambda system at the largest coherence (M1 then E1)",
        quoted="1e4",
        printed="avoid the suppression in the E1/M1 transition",
        approximate=True,
        compute=lambda: lambda_enhancement(LARGEST_COHERENCE),
        correction="With d_M1 one Bohr magneton: twice the ratio of dipoles.",
        corrected=lambda: lambda_enhancement(LARGEST_COHERENCE, 2 * PAPER_RATIO),
        by=lambda_enhancement,
        note="A quarter of 1/alpha^2.",
    ),
    Claim(
        id="paper-superradiance-scaling",
        source="paper",
        place=_PLACE + ", Lambda system",
        statement="exponent of the rate in N with rho_eg = 1/2",
        quoted="2",
        printed="coherence is kept",
        tolerance=1e-3,
        compute=lambda: _exponent(0.5),
        by=collective_factor,
        note="Without rho_eg it is 1.",
    ),
    Claim(
        id="paper-low-temperature",
        source="paper",
        place="Sec. II and III",
        statement="thermal occupation of the 25 meV level at 4 K",
        quoted="0",
        printed="clean bulk material at low temperatures",
        tolerance=1e-12,
        compute=lambda: float(np.exp(-channel("NO").photon_energy / (4 * KELVIN))),
        by=channel,
        note="exp(-73), per dipole; times 1.6e31 dipoles it is a fraction of one excitation.",
    ),
]  # fmt: skip
