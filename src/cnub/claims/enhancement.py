"""Claims of the paper on further enhancement (Sec. III), on coherence, and on what the resonance can give."""

from __future__ import annotations

import math

import numpy as np
from scipy.integrate import quad

from cnub.claims.ledger import paper, talk
from cnub.constants import BOHR_RADIUS, FINE_STRUCTURE, SECOND, YEAR
from cnub.enhancement.product_states import transition_operator, transition_weight
from cnub.enhancement.stark import stark_enhancement
from cnub.enhancement.superradiance import (
    LARGEST_COHERENCE,
    collective_factor,
    lambda_enhancement,
    mean_square_coherence,
    prepared_coherence,
)
from cnub.fluorescence import channel, dipole_moment

_PLACE = "Sec. III"
_STRONG, _GAP = 1e13, 1e-3
"""A field in V/m that mixes levels at a gap in eV completely."""


def _superradiance_note():
    factors = [collective_factor(n, LARGEST_COHERENCE, 0.5) for n in (10**8, 10**10)]
    return (
        f"To first order in the photon it is {math.log10(factors[1] / factors[0]) / 2:.3g}. But no photon comes "
        "without an excitation e -> v, and |v> is empty: <v|psi> = 0 leaves N rho_ee without cross terms. Only a "
        "coherence on the transition that the neutrino itself drives would escape that."
    )


def _excited(count):
    """Weight of e -> v on atoms half in |g>, half in |e>, phases matched."""
    half = [math.sqrt(0.5), math.sqrt(0.5), 0.0]
    return transition_weight(half, transition_operator(1, 2, 3), np.zeros(count))


def _spin_over_charge():
    """[|<down|mu|up>|/|<2p|e r|1s>|]^2 of a free spin and of hydrogen, radial integral by quadrature."""

    def radial(r):
        return r**3 * (2 * math.exp(-r)) * (r * math.exp(-r / 2) / math.sqrt(24))

    element = quad(radial, 0.0, math.inf)[0] / math.sqrt(3) * dipole_moment("E1")
    return (math.sqrt(2) * dipole_moment("M1", "definition") / element) ** 2


def _left_of_one_preparation():
    """Mean of rho_eg^2 over a year after one preparation, over its start, at a coherence time of 1 ns."""
    year_ns = YEAR / SECOND * 1e9
    return mean_square_coherence(LARGEST_COHERENCE, 1.0, year_ns) / LARGEST_COHERENCE**2


def _repeated():
    return mean_square_coherence(LARGEST_COHERENCE, 1.0, 1.0) / LARGEST_COHERENCE**2


def alpha_squared() -> float:
    """The square of the fine-structure constant."""
    return FINE_STRUCTURE**2


def inverse_alpha_squared() -> float:
    """One over the square of the fine-structure constant."""
    return FINE_STRUCTURE**-2


def neutrino_current_suppression() -> float:
    """m_i^2 a_0^2 of nu_3."""
    return (channel("NO").initial_mass * BOHR_RADIUS) ** 2


CLAIMS = [
    paper(
        "m1-suppression", _PLACE, "suppression alpha^2 of the electron current in M1", "5e-5",
        alpha_squared, approximate=True, definition=True,
        note="A constant of nature at one digit; what it is to mean is in paper-m1-e1-dipoles.",
    ),
    paper(
        "m1-e1-dipoles", _PLACE,
        "spin flip of a free electron over 1s-2p of hydrogen, squared moments: the meaning of alpha^2", "5e-5",
        _spin_over_charge, dipole_moment, approximate=True,
    ),
    paper(
        "e1-suppression", _PLACE, "suppression m_i^2 a_0^2 of the neutrino current in E1, nu_3", "1e-10",
        neutrino_current_suppression, approximate=True,
        note="A part of the rate only: paper-e1-over-m1.",
    ),
    paper(
        "mixing-enhancement", _PLACE + ", configuration mixing",
        "largest enhancement by parity mixing, on top of the rate in Eq. (23)", "1e4",
        lambda: stark_enhancement(_STRONG, _GAP), stark_enhancement, approximate=True,
        note="One state must be half M1 and half E1, which leaves a quarter, cos^2 sin^2. Calling d_M1 one Bohr "
        "magneton does not help: it raises the ratio and lowers Eq. (23), which has e/m_e.",
    ),
    paper(
        "inverse-alpha-squared", _PLACE + ", configuration mixing", "1/alpha^2", "1e4",
        inverse_alpha_squared, approximate=True, definition=True,
        note="A constant of nature at one digit; what it is to be is in paper-mixing-enhancement.",
    ),
    paper(
        "mixing-weak-field", _PLACE + ", Stark effect",
        "exponent of the enhancement against a weak field (mixing of order F)", "2",
        lambda: math.log10(
            (stark_enhancement(1e3, _GAP) - 1) / (stark_enhancement(1e2, _GAP) - 1)
        ),
        stark_enhancement, printed="induced by the Stark effect", tolerance=0.01,
        note="The paper gives no scaling; this is what the two-level Hamiltonian has.",
    ),
    paper(
        "lambda-coherence", _PLACE + ", Lambda system",
        "factor of the coherence in the rate, rho_eg^2, at its largest: of order one", "1",
        lambda: max(prepared_coherence(angle) for angle in np.linspace(0.0, math.pi / 2, 181)) ** 2, prepared_coherence,
        printed="a factor of order one", approximate=True,
        note="rho_eg itself is one half where both states are filled equally; the rate has its square.",
    ),
    paper(
        "lambda-enhancement", _PLACE + ", Lambda system",
        "enhancement of the Lambda system at the largest coherence (M1 then E1)", "1e4",
        lambda: lambda_enhancement(LARGEST_COHERENCE), lambda_enhancement,
        printed="avoid the suppression in the E1/M1 transition", approximate=True,
        note=lambda: "A quarter of the squared ratio of dipoles, times omega_gamma/omega_0, which the paper does not "
        f"give (here one): the quoted order needs {1e4 / lambda_enhancement(LARGEST_COHERENCE):.2f}. To first order in "
        "the photon, see paper-superradiance-scaling.",
    ),
    paper(
        "superradiance-scaling", _PLACE + ", Lambda system",
        "exponent in N of what neutrinos excite in the prepared medium (rho_eg = 1/2), which bounds the photons", "2",
        lambda: math.log2(_excited(200) / _excited(100)), transition_weight,
        printed="coherence is kept", tolerance=1e-3,
        note=_superradiance_note,
    ),
    talk(
        "superradiance-time", "'Superradiance'",
        "mean rho_eg^2 over a year after one preparation, over its start: nanosecond coherence against a year of "
        "collection",
        "0",
        _left_of_one_preparation, mean_square_coherence,
        printed="time cycle of nano second scale, but we need year long collection time", tolerance=1e-3,
        note=lambda: f"It is {_left_of_one_preparation():.0e}. Prepared anew every coherence time, {_repeated():.0%} "
        f"is left, for {YEAR / SECOND * 1e9:.0e} preparations a year.",
    ),
]  # fmt: skip
