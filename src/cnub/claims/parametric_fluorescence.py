"""Claims of the paper and of the talk's slides on parametric fluorescence: the amplitudes."""

from __future__ import annotations

import math

import numpy as np

from cnub.claims.ledger import paper
from cnub.claims.scalings import (
    coherence_exponent,
    contraction_ratio,
    grating_maximum,
    limit_ratio,
    majorana_ratio,
    perturbation_ratio,
    trace_ratio,
)
from cnub.fluorescence.channels import channel
from cnub.fluorescence.currents import (
    contracted_current,
    dirac_current,
    majorana_current,
    nonrelativistic_current,
    relativistic_current,
)
from cnub.fluorescence.two_level import evolved_amplitude, virtual_amplitude
from cnub.oscillation import mixing_matrix, transition_coefficient

EXACT = 1e-6
"""Identities and closed forms against their numerical witness."""


def _coupling_sum() -> float:
    electron = np.abs(mixing_matrix("NO")[0]) ** 2
    pairs = ((i, j) for i in (1, 2, 3) for j in (1, 2, 3) if i != j)
    return sum(abs(transition_coefficient(i, j, "NO")) ** 2 for i, j in pairs) / (1 - float(electron @ electron))


def _recoil_note() -> str:
    return f"nu_1 leaves with a speed of {channel('IO').final_speed:.3f}, the size of the correction."


def _interference_note() -> str:
    m1, e1 = ([majorana_ratio("IO", transition, phase) for phase in (0.0, math.pi)] for transition in ("M1", "E1"))
    return (
        "The paper claims the factor for a fast daughter and none here, where Eq. (7) with the printed phase would "
        f"give {majorana_ratio('IO'):.2g}. A slow nu_1 lets the contractions interfere: M1 between {m1[0]:.2g} and "
        f"{m1[1]:.2g} times Dirac with the "
        f"Majorana phase, E1 between {e1[0]:.2g} and {e1[1]:.2g}; averaged over it, {sum(m1) / 2:.2g}. The plus sign "
        "of Eq. (7) gives a pure vector current; exchanging the fermion operators gives minus, for real C_ij a pure "
        "axial one."
    )


CLAIMS = [
    paper(
        "eq1-coherent", "Eq. (1)", "exponent of |M_tot|^2 against the number of dipoles, phases matched", "2",
        lambda: coherence_exponent(0.0), coherence_exponent, tolerance=EXACT, definition=True,
        note="At q = 0 it is a sum of equal terms.",
    ),
    paper(
        "eq1-incoherent", "Eq. (1)", "exponent of |M_tot|^2 against the number of dipoles, random places", "1",
        lambda: coherence_exponent(300.0), coherence_exponent, tolerance=0.05,
        note="Seeded random targets, enough to know the exponent to half the tolerance.",
    ),
    paper(
        "eq14-grating", "below Eq. (14)", "|M_tot|/N at q = D for the density n_0 [1 + cos(D.x)], phases matched at "
        "+-D", "0.5",
        grating_maximum, grating_maximum, tolerance=0.02,
        note="Random dipoles: the sum is known to the inverse root of their number.",
    ),
    paper(
        "eq2-coupling", "Eq. (2)", "sum of |C_ij|^2 over i != j, over 1 - sum |U_ei|^4: unitarity of U",
        "1",
        _coupling_sum, transition_coefficient, tolerance=EXACT, definition=True,
        note="What is left of sum_ij |C_ij|^2 = 1 off the diagonal; neutral currents are diagonal and add nothing.",
    ),
    paper(
        "eq5-dirac", "Eqs. (5), (6)", "operator of Eq. (5) contracted with ladder operators, over Eq. (6)", "1",
        contraction_ratio, contracted_current, tolerance=EXACT,
    ),
    paper(
        "eq5-majorana", "Eqs. (5), (7)", "second contraction of Eq. (5), Majorana, over the second term of Eq. (7)",
        "1",
        lambda: contraction_ratio("majorana"), contracted_current, tolerance=EXACT,
        note="b = a anticommutes with the other mode, so that the second term of Eq. (7) has a minus sign. Without "
        "consequence for nu_3 -> nu_1, where the two do not interfere.",
    ),
    paper(
        "eq6-trace", "Eq. (6)", "Dirac current: explicit spin sum over the trace", "1",
        trace_ratio, dirac_current, tolerance=EXACT, definition=True,
        note="Two ways to write one current; neither is a statement on nature.",
    ),
    paper(
        "eq7-doubling", "Eq. (7)", "Majorana over Dirac rate, nu_3 -> nu_1 (NO)", "2",
        lambda: majorana_ratio("NO"), majorana_current, tolerance=EXACT,
        note="At any relative phase of the two contractions, because nu_1 is massless.",
    ),
    paper(
        "eq7-doubling-slow", "Eq. (7)", "Majorana over Dirac rate, nu_2 -> nu_1 (IO), M1, as printed", "2",
        None, majorana_current, note=_interference_note,
    ),
    paper(
        "eq8-limit", "Eq. (8)", "exact j^0 over the relativistic limit, sign included, nu_3 -> nu_1", "1",
        lambda: limit_ratio("NO", "time"), relativistic_current, tolerance=EXACT,
    ),
    paper(
        "eq9-limit", "Eq. (9)", "exact j over the relativistic limit, sign included, nu_3 -> nu_1", "1",
        lambda: limit_ratio("NO", "space"), relativistic_current, tolerance=EXACT,
    ),
    paper(
        "eq10-limit", "Eq. (10)", "exact j^0 over the limit at rest, sign included, nu_2 -> nu_1 (IO)", "1",
        lambda: limit_ratio("IO", "time"), nonrelativistic_current, tolerance=0.02,
        note=_recoil_note,
    ),
    paper(
        "eq11-limit", "Eq. (11)", "exact j over the limit at rest, sign included, nu_2 -> nu_1 (IO)", "1",
        lambda: limit_ratio("IO", "space"), nonrelativistic_current, tolerance=0.02,
        note=_recoil_note,
    ),
    paper(
        "eq13-first-order", "Eqs. (3), (12), (13)", "|C_v| of the Schroedinger equation over first order, damped, "
        "E1", "1",
        perturbation_ratio, evolved_amplitude, tolerance=EXACT,
        note="E1 and M1 share the two-level system; only the coupling, Eq. (3) or (4), differs.",
    ),
    paper(
        "eq20-first-order", "Eqs. (4), (20)", "|C_v| of the Schroedinger equation over first order, on resonance, M1",
        "1",
        lambda: perturbation_ratio(0.0), virtual_amplitude, tolerance=EXACT,
    ),
]  # fmt: skip
