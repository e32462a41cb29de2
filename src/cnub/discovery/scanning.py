"""Tuning a target through the unknown neutrino masses: what has to be set, how finely, and how often.

With light as in vacuum the level E_vg must sit at (m_i^2 - m_j^2)/(2 m_i). In a flat band of energy w the level stays
at w, and it is the photon momentum k = |p_j| that follows the masses: E_j = m_i - w.
"""

from __future__ import annotations

import math

import pandas as pd

from cnub.constants import BOHR_MAGNETON, TESLA
from cnub.domain import DomainError, finite_array, positive, representable
from cnub.fluorescence.channels import Channel, open_channels
from cnub.oscillation import HEAVIEST, NUFIT_RELEASE, ORDERINGS


@representable
def photon_lines(lightest_masses: object, nufit: str = NUFIT_RELEASE) -> pd.DataFrame:
    """Photon energy (eV) of every open channel in both orderings against the lightest mass (eV, array, 0 to 100).

    ``nufit`` is the release of the oscillation parameters. Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from the photon energy of a neutrino at rest.

    >>> print(len(photon_lines([0.0])))
    6
    """
    rows = [
        (ordering, c.name, float(m), c.photon_energy, c.final_speed, c.mixing)
        for ordering in ORDERINGS
        for m in finite_array("lightest_masses", lightest_masses, 0.0, HEAVIEST).ravel()
        for c in open_channels(ordering, float(m), nufit)
    ]
    columns = ["ordering", "channel", "lightest_mass_eV", "photon_energy_eV", "final_speed", "mixing"]
    return pd.DataFrame(rows, columns=columns)


@representable
def flat_band_momentum(chosen: Channel, energy: float) -> float:
    """Photon momentum k = sqrt[(m_i - w)^2 - m_j^2] in eV matched by a flat band at ``energy`` w (eV), nu_i at rest.

    Raises :class:`cnub.DomainError` unless 0 < w < m_i - m_j.

    Source: derived from the conservation of energy and momentum.

    >>> from cnub.fluorescence import channel
    >>> print(f'{flat_band_momentum(channel("NO"), energy=0.025):.4f}')
    0.0251
    """
    energy = positive("energy", energy)
    left = chosen.initial_mass - energy
    if left <= chosen.final_mass:
        gap = chosen.initial_mass - chosen.final_mass
        raise DomainError(f"energy must be below m_i - m_j = {gap:.4g} eV for {chosen.name}; got {energy:g}")
    return math.sqrt((left - chosen.final_mass) * (left + chosen.final_mass))


@representable
def settings_needed(low: float, high: float, window: float) -> int:
    """How many settings of one ``window`` cover the range from ``low`` to ``high`` (eV, low < high), at least one.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: definition, a range over a window.

    >>> print(settings_needed(low=0.02, high=0.025, window=1e-4))
    51
    """
    low, high = positive("low", low), positive("high", high)
    if high <= low:
        raise DomainError(f"high must be above low = {low:g}; got {high:g}")
    return max(1, math.ceil((high - low) / positive("window", window)))


@representable
def zeeman_field_T(energy: float, magnetons: float = 2.0) -> float:
    """Magnetic field in tesla that moves a level by ``energy`` (eV) at ``magnetons`` Bohr magnetons (g m_J, > 0).

    A free spin has a splitting g mu_B B, g = 2.
    """
    return positive("energy", energy) / (positive("magnetons", magnetons) * BOHR_MAGNETON * TESLA)
