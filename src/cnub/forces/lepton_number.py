"""Lepton number as the source of an asymmetry: bounds on the degeneracy parameters, and the splitting that they allow.

Neutrinos that decoupled with the chemical potential xi T keep f = 1/(e^(p/T - xi) + 1), antineutrinos -xi, so that
n_nu - n_nubar = T^3 (xi + xi^3/pi^2)/6 today, whatever the mass. What arrives are mass states: each has |U_ai|^2 of the
asymmetry of flavour a.
"""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd
from scipy.special import zeta

from cnub.domain import finite_array, within
from cnub.forces.stodolsky import state_splittings
from cnub.forces.surface import asymmetry
from cnub.matter import MASS_STATES, material, potential, refractivity
from cnub.oscillation import masses, mixing_matrix
from cnub.relic import mean_momentum
from cnub.sky.nucleosynthesis import BARYONS_PER_PHOTON

FLAVOURS_OF = {"all": (1.0, 1.0, 1.0), "e": (1.0, 0.0, 0.0), "mu and tau": (0.0, 1.0, 1.0)}
"""Which of e, mu, tau have the degeneracy parameter of a bound; the others none."""
LARGEST_XI = 2.0
SLOW = (5e-3, 1e2)
"""Masses in eV whose relic neutrinos are slow: below, the potential at rest is off by more than a tenth."""
BARYON_ASYMMETRY = BARYONS_PER_PHOTON * 11.0 / 3.0
"""(n_nu - n_nubar)/(2 nbar) of a flavour that has as many more neutrinos than antineutrinos as there are baryons.

There are n_gamma/(2 nbar) = 11/3 photons to a neutrino or antineutrino of one flavour."""


def degeneracy_asymmetry(xi: float) -> float:
    """(n_nu - n_nubar)/(2 nbar) = pi^2 xi (1 + xi^2/pi^2)/(9 zeta(3)) of the degeneracy parameter ``xi`` (-2 to 2).

    nbar = 56 cm^-3 is the density at xi = 0. Raises :class:`cnub.DomainError` outside these ranges.

    >>> print(f"{degeneracy_asymmetry(0.1):.4f}")
    0.0913
    """
    own = within("xi", xi, -LARGEST_XI, LARGEST_XI)
    return math.pi**2 * own * (1 + (own / math.pi) ** 2) / (9 * float(zeta(3)))


@cache
def degeneracy_bounds() -> pd.DataFrame:
    """Published bounds on the degeneracy parameter: which flavours it is of, ``low``, ``high``, level and source."""
    with (files("cnub.forces") / "lepton_number.csv").open() as stream:
        return pd.read_csv(stream)


def state_asymmetries(flavours: object, ordering: str = "NO") -> np.ndarray:
    """Asymmetries of the mass states, shape (3,), of those of e, mu, tau, shape (3,): sum of |U_ai|^2 A_a.

    >>> print(state_asymmetries([1.0, 1.0, 1.0]).round(12))
    [1. 1. 1.]
    """
    return finite_array("flavours", flavours) @ np.abs(mixing_matrix(ordering)) ** 2


def total_splitting(
    asymmetries: object, lightest_mass: float = 0.0, ordering: str = "NO", nature: str = "dirac"
) -> float:
    """Splitting in eV of an electron's spin by three mass states of ``asymmetries``, shape (3,), signs kept.

    The others as in :func:`cnub.forces.stodolsky.state_splittings`, which refuses.
    """
    each = (float(one) for one in finite_array("asymmetries", asymmetries))
    return sum(state_splittings(one, 0.0, lightest_mass, ordering, nature)[i] for i, one in enumerate(each))


def asymmetry_table(lightest_mass: float = 0.1, ordering: str = "NO", ground: str = "crust") -> pd.DataFrame:
    """Splittings in eV by every asymmetry there is a number for: the ceiling, the bounds, the baryons, the ground.

    Columns: asymmetry, xi (NaN without one), largest of the states' (n_nu - n_nubar)/(2 nbar), splitting_eV (its
    size), source. ``lightest_mass`` in eV (5e-3 to 100), Dirac; the ``ground`` at its surface, of the flat Earth as
    the talk has it and in the steady state, round or flat.
    """
    within("lightest_mass", lightest_mass, *SLOW)
    rows = [("neutrinos only", math.nan, np.ones(3), "the ceiling")]
    for bound in degeneracy_bounds().itertuples():
        xi = max(bound.low, bound.high, key=abs)
        flavours = degeneracy_asymmetry(xi) * np.array(FLAVOURS_OF[bound.flavours])
        name = f"{bound.bound} (xi of {bound.flavours})"
        rows.append((name, xi, state_asymmetries(flavours, ordering), bound.source))
    rows.append(("as many as baryons", math.nan, np.full(3, BARYON_ASYMMETRY), "Planck 2018"))
    for state, name in (("talk", "flat Earth of the talk"), ("filled", "Earth in the steady state")):
        own = [_at_ground(state, m, i, ordering, ground) for i, m in enumerate(masses(ordering, lightest_mass))]
        rows.append((name, math.nan, np.array(own), f"{ground}, at the surface"))
    found = [
        (name, xi, float(max(own, key=abs)), abs(total_splitting(own, lightest_mass, ordering)), source)
        for name, xi, own, source in rows
    ]
    return pd.DataFrame(found, columns=["asymmetry", "xi", "largest_asymmetry", "splitting_eV", "source"])


def _at_ground(state, mass, index, ordering, ground):
    delta = refractivity(mass, mean_momentum(), potential(material(ground), MASS_STATES[index], ordering=ordering))
    return asymmetry(state, delta, 0.0) / 2
