"""In what state of matter the candidates exist, how dense, and whether light of their lines gets out.

``materials.csv`` names for each species the basis of its density: a crystal cell ("cell", nm^3 and sites in it), a mass
density ("mass", g/cm^3 and g/mol per site), the ideal gas at 273 K and 1 atm as a ceiling ("gas"), the densest cloud of
one kind of ion that a field holds ("ions", atomic mass), or a density that is only listed ("listed").
A density is that of the sites: a dopant is taken to fill all of them. Empty: not known.
"""

from __future__ import annotations

import math
from importlib.resources import files

import pandas as pd
from scipy import constants as codata

from cnub.constants import AVOGADRO
from cnub.discovery.zeeman import STRONGEST_FIELD_T
from cnub.domain import positive, representable

CUBIC_NM_PER_CUBIC_CM = 1e21
GAS_PER_CM3 = codata.value("Loschmidt constant (273.15 K, 101.325 kPa)") * 1e-6


@representable
def brillouin_density_per_cm3(atomic_mass: float, field_T: float = STRONGEST_FIELD_T) -> float:
    """Largest density (1/cm^3) of ions of one kind, ``atomic_mass`` in u, that a field (T) holds: epsilon_0 B^2/(2 m).

    Beyond it the field cannot balance repulsion and rotation, whatever the charge. Raises :class:`cnub.DomainError`
    unless both are > 0.
    """
    mass = positive("atomic_mass", atomic_mass) * codata.atomic_mass
    return codata.epsilon_0 * positive("field_T", field_T) ** 2 / (2 * mass) * 1e-6


def materials() -> pd.DataFrame:
    """One row per species: state, density of its sites (1/cm^3; NaN: not known), transparency, and their sources.

    Source: derived from the publications that each line of materials.csv names.

    >>> print(materials().density_per_cm3.max() < 1e23)
    True
    """
    with (files("cnub.discovery") / "materials.csv").open() as stream:
        table = pd.read_csv(stream)
    table["density_per_cm3"] = [_density(row) for row in table.itertuples()]
    table["density_source"] = table["source"].fillna("not known")
    kept = ["species", "state", "density_per_cm3", "density_source", "transparency", "transparency_source"]
    return table[kept]


def _density(row) -> float:
    if row.basis == "cell":
        return row.per / row.value * CUBIC_NM_PER_CUBIC_CM
    if row.basis == "mass":
        return row.value / row.per * AVOGADRO
    if row.basis == "ions":
        return brillouin_density_per_cm3(row.value)
    return {"gas": GAS_PER_CM3, "listed": row.value}.get(row.basis, math.nan)
