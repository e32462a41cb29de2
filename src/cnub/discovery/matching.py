"""How a real line meets a channel: by a magnetic field with a massless lightest neutrino, or by the lightest mass.

LS terms whose levels are all known are diagonalised in the field; elsewhere the shift is linear in ``magnetons``, for a
magnon only until its lower branch reaches zero, where the spins flop. |<v|2 S|g>|^2 is exact in the field for an LS
term and the mean over the lower level without one. Elsewhere it is what the ground term allows at most: 4 S for an
ordered magnet, 4 (g_J - 1)^2 J(J + 1) within one J of a rare earth, else 4 S(S + 1).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from cnub.constants import BOHR_MAGNETON, TESLA
from cnub.discovery.candidates import m1_strength, resonant_mass, transition_levels
from cnub.discovery.scanning import zeeman_field_T
from cnub.discovery.zeeman import (
    LETTERS,
    STRONGEST_FIELD_T,
    WAVENUMBER,
    lande_g,
    resonant_fields,
    term_table,
)
from cnub.fluorescence.channels import Channel, channel, open_channels
from cnub.mass_bounds import BOUNDS
from cnub.oscillation import NUFIT_RELEASE, ORDERINGS

MOLECULAR = {"Sigma": 0, "Pi": 1}
"""Orbital moments along the axis of the terms of diatomic molecules."""


@dataclass(frozen=True)
class Match:
    """A line on a channel, by ``kind`` "exact", "linear" or "mass".

    ``spin2`` = |<v|2 S|g>|^2, ``moment2`` = |<v|mu|g>|^2/mu_B^2, ``field_T`` in T, ``lightest_mass`` in eV, and whether
    it starts from the ``lowest`` state of all (None: not known).
    """

    chosen: Channel
    kind: str
    spin2: float
    moment2: float
    field_T: float = 0.0
    lightest_mass: float = 0.0
    lowest: bool | None = None


def by_field(row, nufit: str = NUFIT_RELEASE) -> list[Match]:
    """Matches of a row of :func:`cnub.discovery.candidates.lines` up to 45 T, for a massless lightest neutrino."""
    solved = row.species in set(term_table()["species"])
    every = (c for ordering in ORDERINGS for c in open_channels(ordering, nufit=nufit))
    return [match for c in every for match in (_exact(row, c) if solved else _linear(row, c))]


def by_mass(row, nufit: str = NUFIT_RELEASE) -> list[Match]:
    """Matches without field, at a lightest mass that KATRIN allows."""
    energy = row.wavenumber_per_cm * WAVENUMBER
    if energy <= 0:
        return []
    found = []
    for c in (c for ordering in ORDERINGS for c in open_channels(ordering, nufit=nufit)):
        mass = resonant_mass(c.ordering, c.initial, c.final, energy, nufit)
        if mass is not None:
            at = channel(c.ordering, c.initial, c.final, mass, nufit)
            if at.initial_mass < BOUNDS["KATRIN"].value:
                found.append(Match(at, "mass", *strengths(row), lightest_mass=mass))
    return found


@cache
def _fields(species: str, energy: float, line: tuple[float, ...]):
    """Kept: a survey of another volume or coherence time meets the same fields."""
    return resonant_fields(species, energy, line=line)


def _exact(row, chosen: Channel) -> Iterator[Match]:
    """From the lowest state of all at its lowest field, and the strongest from another."""
    line = transition_levels(row.transition)
    hits = _fields(row.species, chosen.photon_energy, tuple(line))
    for lowest in (True, False):
        mine = hits[hits["lowest"] == lowest]
        if len(mine):
            hit = mine.iloc[int(mine["spin2"].to_numpy().argmax())]
            yield Match(chosen, "exact", hit["spin2"], hit["moment2"], float(hit["field_T"]), lowest=lowest)


def _linear(row, chosen: Channel) -> Iterator[Match]:
    energy = row.wavenumber_per_cm * WAVENUMBER
    if row.magnetons > 0:
        field = zeeman_field_T(abs(chosen.photon_energy - energy), row.magnetons)
        if field <= min(STRONGEST_FIELD_T, spin_flop_T(row)):
            yield Match(chosen, "linear", *strengths(row), field)


def spin_flop_T(row) -> float:
    """Field (T) at which the lower branch of a magnon reaches zero; infinite for what is no magnon."""
    if row.kind != "magnon":
        return math.inf
    return row.wavenumber_per_cm * WAVENUMBER / (row.magnetons * BOHR_MAGNETON * TESLA)


def strengths(row) -> tuple[float, float]:
    """|<v|2S|g>|^2 and |<v|mu|g>|^2/mu_B^2 of a row without field, NaN without a term."""
    if np.isfinite(row.J_larger):
        lower, _ = transition_levels(row.transition)
        moment2 = m1_strength(row.L, row.S, row.J_larger) / (2 * lower + 1)
        return 4 * moment2, moment2
    spin, orbital, J = term_numbers(row.term)
    if np.isfinite(row.dipole_magnetons) and orbital == 0:
        return row.dipole_magnetons**2, row.dipole_magnetons**2
    if row.kind == "rare earth" and J:
        g = lande_g(orbital, spin, J)
        return 4 * (g - 1) ** 2 * J * (J + 1), g**2 * J * (J + 1)
    most = 4 * spin if row.kind in ("magnon", "Zeeman") else 4 * spin * (spin + 1)
    return most, most + orbital * (orbital + 1)


def strength_known(row) -> str:
    """Where :func:`strengths` come from: "LS coupling", "published A" or "at most"."""
    if np.isfinite(row.J_larger):
        return "LS coupling"
    return "published A" if np.isfinite(row.dipole_magnetons) and row.kind == "molecule" else "at most"


def term_numbers(term: str) -> tuple[float, float, float | None]:
    """S, L (or Lambda) and J (None without one) of a term such as "3P", "5I8", "4I15/2", "2Pi" or "4A2" (L = 0)."""
    found = re.fullmatch(rf"(\d+)(Sigma|Pi|[{LETTERS}A])(\d+(?:/2)?)?", str(term))
    if found is None:
        return math.nan, math.nan, None
    multiplicity, letter, J = found.groups()
    spin = (int(multiplicity) - 1) / 2
    if letter == "A":  # a crystal-field singlet: the orbital moment is quenched
        return spin, 0.0, None
    orbital = float(MOLECULAR[letter] if letter in MOLECULAR else LETTERS.index(letter))
    top, _, bottom = (J or "").partition("/")
    return spin, orbital, float(top) / float(bottom or 1) if J else None
