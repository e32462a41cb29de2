"""Claims of the paper on its resonance peak: what first order in the photon's coupling asks for, and what is left."""

from __future__ import annotations

from functools import cache

import numpy as np

from cnub.claims.ledger import paper, talk
from cnub.constants import KELVIN
from cnub.discovery.exposure import size_for_rate_m
from cnub.discovery.ranking import shortfall, survey
from cnub.fluorescence import NOMINAL, channel, event_rate
from cnub.fluorescence.reaction import first_order
from cnub.fluorescence.sum_rule import single_dipole_rate

_NITROGEN = 77
"""Boiling point of nitrogen in K."""


def _domain(transition="M1"):
    return event_rate(transition, "NO").domain


def _remains():
    return f"{_domain().remains_low_per_year:.1g} to {_domain().remains_high_per_year:.1g}"


def _density_exponent():
    density, step = NOMINAL["M1"].density_per_cm3, 1.01
    low, high = (
        event_rate("M1", "NO", density_per_cm3=d).domain.remains_high_per_year for d in (density, density * step)
    )
    return float(np.log(high / low) / np.log(step))


def _edge_m(spin_fraction):
    return size_for_rate_m(channel("NO"), NOMINAL["M1"], 1 / spin_fraction)


def _level_share(kelvin):
    return float(np.exp(-channel("NO").photon_energy / (kelvin * KELVIN)))


@cache
def _candidates():
    return survey()


def _material_note():
    found = _candidates()
    best = shortfall(found)
    first = shortfall(found[found["strength_known"] != "at most"])
    return (
        "A recommendation, with no number to compare. It was followed here: the best emits "
        f"{best['rate_per_year']:.0e} photons a year, {best['species']}, {best['wavenumber_per_cm']:g} per cm, at "
        f"most, of {len(found)} lines with a source, each "
        "matched by field or mass, at the density at which it exists, with the paper's volume and coherence time. The "
        f"best of known strength is {first['species']}, {first['rate_per_year']:.0e}. The sum rule is the bound: no "
        "line at the density of a solid comes near."
    )


def _dipoles():
    return NOMINAL["M1"].density_per_cm3 * NOMINAL["M1"].volume_m3 * 1e6


CLAIMS = [
    paper(
        "perturbation", "Eq. (22), at the peak, Eq. (23)",
        "weight of the dipoles' excitation in the photon, g^2/(Gamma_v/2)^2, which must not exceed 1", "1",
        lambda: _domain().weight, first_order, printed="perturbation theory at the resonance peak", approximate=True,
        note=lambda: (
            f"g = d sqrt(n_d omega/2) is {1e3 * _domain().coupling:.1f} meV at N_A per cm^3, "
            f"{_domain().over_coupling:.0e} times Gamma_v/2: the emitted field acts back on the dipoles long before "
            "the resonance is reached."
        ),
    ),
    paper(
        "peak-saturated", "Eq. (23)",
        "events per year at the resonance peak (NO, M1, free spins), with the reaction of the emitted photon", "5",
        lambda: _domain().remains_high_per_year, first_order, unit="per year", approximate=True,
        note=lambda: (
            "What is left of Eq. (22) when its first order in the photon coupling is replaced by the coupled modes: "
            f"{_remains()}, for unit vectors and for a free spin, D_k and f_theta by definition. It grows with N, not "
            "N^2. If Gamma_v is to contain everything, it contains this coupling and is about 2g, and Eq. (22) then "
            "says the same: the quoted coherence time is impossible at that density."
        ),
    ),
    paper(
        "density-exponent", "Abstract",
        "exponent of the rate in the density of dipoles, with the reaction of the photon (NO, M1, nominal target)", "2",
        _density_exponent, first_order, printed="proportional to the squared density",
        note="Eq. (22) has the square, to first order; ground states can be excited no more than N dipoles' "
        "worth, and beyond 2g/Gamma_v of one the rate goes with N.",
    ),
    paper(
        "sum-rule", "Eq. (23)",
        "events per year that N independent free spins can be excited to at all (NO, M1)", "5",
        lambda: _domain().sum_rule_high_per_year, single_dipole_rate, unit="per year", approximate=True,
        note="N times the golden rule for one spin, |sigma_vg|^2 = 2; at most half as much again, 3 per spin, with "
        "all levels. It bounds what a medium in its ground state emits, at any coherence time, by any light.",
    ),
    paper(
        "sum-rule-e1", "Eq. (18)",
        "events per year that N independent electric dipoles can be excited to at all (NO)", "4e-8",
        lambda: _domain("E1").sum_rule_high_per_year, single_dipole_rate, unit="per year", approximate=True,
        note=lambda: (
            f"(p_j a_0)^2/3 of that of a spin. No rate that remains is given: {_domain('E1').verdict}."
        ),
    ),
    paper(
        "size-for-one", "Eq. (23)",
        "edge of a cube that yields the 5 photons a year (NO, M1, 10 ns, N_A per cm^3, free spins)", "3",
        lambda: size_for_rate_m(channel("NO"), NOMINAL["M1"], 5.0), size_for_rate_m, unit="m", approximate=True,
        note=lambda: (
            f"One photon a year takes {_edge_m(1.0) / 1e3:.0f} km; twice that rate, which unit vectors need, "
            f"{_edge_m(0.5) / 1e3:.0f} km. The yield is taken at that size: beyond c tau_v the rate grows with the "
            "square of the edge."
        ),
    ),
    talk(
        "materials", "'Summary and prospects'",
        "a material for the search", "0", None, shortfall,
        printed="a thorough study should be made to find suitable material candidates", note=_material_note,
    ),
    paper(
        "low-temperature", "Sec. II and III", "thermal occupation of the 25 meV level at 4 K", "0",
        lambda: _level_share(4.0), channel, printed="clean bulk material at low temperatures", tolerance=1e-12,
        note=lambda: (
            f"Per dipole, {_level_share(4.0):.0e}; {_level_share(4.0) * _dipoles():.1g} excitations among the "
            f"{_dipoles():.1e} dipoles of the target. At {_NITROGEN} K it is {_level_share(_NITROGEN):.2f}."
        ),
    ),
]  # fmt: skip
