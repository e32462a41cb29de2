"""Three ways to prepare one target, side by side: ground state, Lambda coherence, coherence on the driven transition.

All on nu_i + target -> nu_j + target', one quantum of energy E_vg. Excitations are counted by
:func:`cnub.enhancement.product_states.transition_weight` in units of one dipole
(:func:`cnub.fluorescence.sum_rule.single_dipole_rate`, |sigma_vg| = 1: a free spin has twice as many); photons cannot
be more. In the third scheme the coherence carries the phases exp(ik.x) of the light that prepared it, and the neutrino
has to leave with -k within the angle that the size of the target allows.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from scipy import constants as codata

from cnub.constants import CENTIMETRE, JULIAN_YEAR_S, METRE, SECOND
from cnub.domain import positive, representable, within
from cnub.enhancement.driven import ball_share
from cnub.enhancement.product_states import transition_operator, transition_weight
from cnub.enhancement.superradiance import collective_decay_s
from cnub.fluorescence.channels import Channel
from cnub.fluorescence.polariton import collective_coupling
from cnub.fluorescence.sum_rule import single_dipole_rate
from cnub.fluorescence.target import Target
from cnub.relic import momentum_moment

JOULE = codata.e
"""1 eV in J."""
STATES = {
    "ground state": (1.0, 0.0, 0.0),
    "coherence of g and e": (math.sqrt(0.5), math.sqrt(0.5), 0.0),
    "coherence of g and v": (math.sqrt(0.5), 0.0, math.sqrt(0.5)),
}
"""Amplitudes of one atom in |g>, a second low state |e> (the neutrino drives e -> v there), and |v>."""
DRIVEN = {"ground state": 0, "coherence of g and e": 1, "coherence of g and v": 0}
"""The state from which the neutrino excites to |v>."""


@representable
def phased_share(chosen: Channel, radius_m: float, gas: bool = True) -> float:
    """Share of the daughter's directions that a ball with the phases exp(ik.x) of resonant light answers in step.

    9/(8 k^2 R^2) for a neutrino at rest (:func:`ball_share`); for the ``gas`` times 2 pi <1/p>/(3 R), the share of it
    whose momenta p leave |p - k| within 1/R of the daughter's. For 1/R far below the momenta of the gas, and these far
    below k. ``radius_m`` of the ball, > 0. Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from the form factor of a homogeneous ball.

    >>> from cnub.fluorescence import channel
    >>> print(f'{phased_share(channel("NO"), radius_m=1.9, gas=False):.1e}')
    1.9e-11
    """
    radius, k = positive("radius_m", radius_m) * METRE, chosen.photon_momentum
    rest = ball_share(k, k, radius)
    return rest * min(1.0, 2 * math.pi * momentum_moment(-1.0) / (3 * radius)) if gas else rest


@representable
def scheme_table(
    chosen: Channel,
    target: Target,
    dipole: float,
    metastable_energy: float = 1.0,
    metastable_lifetime_s: float = 1.0,
) -> pd.DataFrame:
    """Three schemes on one target: excitations a year while it is prepared, how long that lasts, what one a year takes.

    ``dipole`` in 1/eV between g and v; ``metastable_energy`` in eV and ``metastable_lifetime_s`` of |e>. Columns:
    ``scheme``; ``dipoles`` N; ``times_one_dipole`` the weight that the sum over all final states has;
    ``excitations_per_year`` (gas, |sigma_vg| = 1, 112 neutrinos per cm^3); ``coherence_s`` until the prepared coherence
    has gone as light (NaN: none is needed); ``per_preparation`` excitations in that time; ``joule`` put into one
    preparation; ``one_per_year``: the edge in m of a cube of this density that has one excitation a year (first two),
    or the preparations of this target a year (third). Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from the sum over all final states.

    >>> from cnub.fluorescence import NOMINAL, channel, dipole_moment
    >>> table = scheme_table(channel("NO"), NOMINAL["M1"], dipole_moment("M1"))
    >>> print(f"{table.excitations_per_year[0]:.1e}")
    1.4e-10
    """
    number, edge = target.density_per_cm3 * target.volume_m3 * 1e6, target.volume_m3 ** (1 / 3)
    one, omega = single_dipole_rate(chosen), chosen.photon_energy
    g = collective_coupling(target.density_per_cm3 / CENTIMETRE**3, positive("dipole", dipole), omega)
    wavelength_cm = 2 * math.pi / within("metastable_energy", metastable_energy, 1e-30, 1e9) / CENTIMETRE
    radiated = collective_decay_s(
        positive("metastable_lifetime_s", metastable_lifetime_s), target.density_per_cm3, wavelength_cm / 100, edge
    )
    lasts = dict(zip(STATES, (math.nan, radiated, math.pi / 2 / g / SECOND), strict=True))
    stored = dict(zip(STATES, (0.0, metastable_energy / 2, omega / 2), strict=True))
    rows = []
    for name in STATES:
        weight = _weight(name, chosen, target, number)
        rate = weight * one
        each = rate * lasts[name] / JULIAN_YEAR_S
        needed = 1 / each if name == "coherence of g and v" else edge / rate ** (1 / 3)
        rows.append((name, number, weight, rate, lasts[name], each, number * stored[name] * JOULE, needed))
    columns = ["scheme", "dipoles", "times_one_dipole", "excitations_per_year", "coherence_s", "per_preparation"]
    return pd.DataFrame(rows, columns=[*columns, "joule", "one_per_year"])


def _weight(name: str, chosen: Channel, target: Target, number: float) -> float:
    """Weight of N atoms, from that of one (N: what does not interfere) and of two in step (N^2: what does)."""
    operator = transition_operator(DRIVEN[name], 2, 3)
    alone, pair = (transition_weight(STATES[name], operator, np.zeros(count)) for count in (1, 2))
    together = (pair - 2 * alone) / 2
    radius_m = (3 * target.volume_m3 / (4 * math.pi)) ** (1 / 3)
    return number * alone + number**2 * together * phased_share(chosen, radius_m)
