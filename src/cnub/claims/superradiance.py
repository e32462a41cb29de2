"""Claims on who gets N^2, of the paper's rivals and critics as far as their abstracts state them."""

from __future__ import annotations

import math

import numpy as np

from cnub.claims.ledger import literature
from cnub.enhancement.driven import driven_rate
from cnub.enhancement.product_states import largest_emission, transition_operator, transition_weight

SOLID_PER_CM3 = 3e22
"""Spins of a liquid or solid, one per (3.2 angstrom)^3."""
MASS, RADIUS_M, GAP = 0.1, 0.1, 1e-12
"""Of the neutrinos and of the splitting in eV, and of the ball in m: no value stands in the abstract but "10 cm"."""


def driven_power_of_ten() -> float:
    """log10 of the total rate in Hz of the ball of spins in their best superposition."""
    return math.log10(driven_rate(MASS, RADIUS_M, SOLID_PER_CM3, GAP).total_hz)


def driven_exponent() -> float:
    """Exponent of N in the rate of atoms half in |g> and half in |v>, phases equal."""
    half, operator = [math.sqrt(0.5), math.sqrt(0.5)], transition_operator(0, 1, 2)
    few, many = (transition_weight(half, operator, np.zeros(count)) for count in (10**5, 2 * 10**5))
    return math.log2(many / few)


def fermion_exponent() -> float:
    """Exponent of N in the largest emission of one fermion by atoms that change statistics."""
    return math.log2(largest_emission(8, "fermion") / largest_emission(4, "fermion"))


def _driven_note():
    rate = driven_rate(MASS, RADIUS_M, SOLID_PER_CM3, GAP)
    small = driven_rate(MASS, RADIUS_M / 2, SOLID_PER_CM3, GAP)
    return (
        f"{rate.total_hz:.1g} Hz at {MASS:g} eV, {RADIUS_M:g} m radius and {SOLID_PER_CM3:.0e} electron spins "
        f"per cm^3; {small.total_hz:.1g} Hz if that is the diameter. The abstract names neither, and nuclear spins "
        f"couple differently, by a factor of order one. Of these quanta {abs(rate.net_hz) / rate.total_hz:.0e} is net."
    )


CLAIMS = [
    literature(
        "driven-rate", "abstract of 2408.04021",
        "power of ten of the rate in Hz of a spin-polarised sphere of 10 cm, liquid or solid", "0",
        driven_power_of_ten, driven_rate, printed="O(Hz)", tolerance=0.5, note=_driven_note,
    ),
    literature(
        "driven-scaling", "abstract of 2408.04021",
        "exponent in N of the rate in an equal superposition of ground and excited state", "2",
        driven_exponent, transition_weight, printed="N^2", tolerance=1e-3,
        note="Excitations plus de-excitations, that is, noise. Their difference grows as N in any state.",
    ),
    literature(
        "fermion-scaling", "abstract of 2510.21705",
        "exponent in N of the largest emission of one fermion by N atoms", "1",
        fermion_exponent, largest_emission, printed="N and not N^2", tolerance=1e-9,
        note="By exact diagonalisation of anticommuting lowering operators, our reading of the abstract. It does not "
        "bind a scattered neutrino: nu_i -> nu_j leaves the statistics of the atoms as they are.",
    ),
]  # fmt: skip
