"""Fluxes that others have computed and printed as tables, thinned out, and drawn between their points.

E. Vitagliano, I. Tamborra, G. Raffelt, Rev. Mod. Phys. 92 (2020) 045006, arXiv:1910.11878, its ancillary files, read
in a copy of them: the antineutrinos of primordial nucleosynthesis (neutrons and tritium together), the Sun's thermal
pairs, the antineutrinos of past supernovae (geometric mean of the two columns), and cosmogenic neutrinos if
ultra-high-energy cosmic rays are helium.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

from cnub.domain import finite_array, one_of

TABULATED = ("nucleosynthesis", "solar thermal", "past supernovae", "cosmogenic")


def tabulated_flux(name: str, energy: object) -> np.ndarray:
    """Flux in cm^-2 s^-1 eV^-1 of one of ``TABULATED`` at ``energy`` in eV (any shape, > 0), straight in logarithms.

    At the ends of the table and beyond it is the last value. Raises :class:`cnub.DomainError` outside these ranges.

    >>> print(f'{tabulated_flux("solar thermal", 1.0e3):.0f}')
    874
    """
    energies, fluxes = _table(one_of("name", name, TABULATED))
    e = finite_array("energy", energy, low=np.finfo(float).tiny)
    return np.exp(np.interp(np.log(e), np.log(energies), np.log(fluxes)))


def table_range(name: str) -> tuple[float, float]:
    """First and last energy in eV of a table."""
    energies = _table(one_of("name", name, TABULATED))[0]
    return float(energies[0]), float(energies[-1])


@cache
def _table(name):
    with (files("cnub.sky") / "tables.csv").open() as stream:
        table = pd.read_csv(stream)
    rows = table[table["source"] == name]
    return rows["energy_eV"].to_numpy(), rows["flux"].to_numpy()
