"""Antineutrinos from the neutrons and the tritium of primordial nucleosynthesis, redshifted to today.

Neutrons are frozen at a sixth of the baryons, decay, and are bound in helium at 0.07 MeV; what tritium is left decays
in the following decades. Each decay at temperature T is seen today with its energy divided by 1 + z = T/T_0.
A picture of the published calculation, 1.4 to 1.6 times it: neutrons that are not bound at once are left out, which
give a hundred times more between the two peaks, at 3 to 15 meV.
A. V. Ivanchik, V. Yu. Yurchenko, Phys. Rev. D 98 (2018) 081301, arXiv:1809.03349.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import constants as codata

from cnub.constants import KELVIN, SECOND
from cnub.domain import finite_array
from cnub.quadrature import panels
from cnub.relic import CMB_TEMPERATURE_K
from cnub.sky.beta import beta_shape
from cnub.sky.decoupling import expansion_rate

PHOTONS_PER_CM3 = 410.7
BARYONS_PER_PHOTON = 6.1e-10
"""Planck 2018."""
NEUTRON_LIFE_S = 878.4
"""PDG, Review of Particle Physics, particle listings (pdgLive)."""
FROZEN, BOUND_AT = 1 / 6, 0.07e6
"""Share of the baryons that are neutrons when the weak reactions stop, and the temperature in eV of helium's making."""
NEUTRON_END, TRITIUM_END = 0.7823e6, 18.59e3
TRITIUM_LIFE_S = 12.32 * codata.Julian_year / math.log(2)
TRITIUM_PER_BARYON = 6e-8
"""Of tritium left after nucleosynthesis, from memory; two thirds of it give the peak of the table (cnub.sky.tables)."""
DEGREES = 3.363
"""Degrees of freedom of photons and cooled neutrinos."""


def age_at(temperature: float) -> float:
    """Age in s at ``temperature`` in eV (> 0) of the photons, after the electrons are gone: 1/(2H)."""
    return 1 / (2 * expansion_rate(temperature, DEGREES)) / SECOND


def decay_flux(energy: object) -> np.ndarray:
    """Flux in cm^-2 s^-1 eV^-1 of anti-nu_e from both decays at ``energy`` in eV (any shape, >= 0) today.

    c n_B Int dX/dt beta(E (1 + z)) (1 + z) dt. Raises :class:`cnub.DomainError` outside these ranges.
    """
    e = finite_array("energy", energy, low=0.0)
    neutrons = _redshifted(e, FROZEN, NEUTRON_LIFE_S, NEUTRON_END, 1.0, age_at(BOUND_AT))
    tritium = _redshifted(e, TRITIUM_PER_BARYON, TRITIUM_LIFE_S, TRITIUM_END, age_at(BOUND_AT), 30 * TRITIUM_LIFE_S)
    return neutrons + tritium


def helium_share() -> float:
    """Mass of helium over that of all baryons if every neutron left at `BOUND_AT` ends there: a check of the inputs."""
    return 2 * FROZEN * math.exp(-age_at(BOUND_AT) / NEUTRON_LIFE_S)


def _redshifted(energy, share, life, endpoint, begin, end):
    edges = np.geomspace(begin, end, 25)
    seconds, weights = (part.ravel() for part in panels(edges, 12))
    # T falls as t^(-1/2), so that one age gives all
    stretch = BOUND_AT * np.sqrt(age_at(BOUND_AT) / seconds) / (CMB_TEMPERATURE_K * KELVIN)
    decays = share / life * np.exp(-seconds / life) * weights
    seen = beta_shape(np.multiply.outer(energy, stretch), endpoint) * stretch
    return 100 * codata.c * PHOTONS_PER_CM3 * BARYONS_PER_PHOTON * (seen @ decays)
