"""Neutrinos from everywhere, natural and made: a flux against energy for each, with its formula or its source.

"formula" is derived or computed here from stated inputs; "published" has numbers that were looked up for this table,
in the abstract of the source or in a copy of its table or formula; "memory" has numbers written down from memory of
the source that is named, and not looked up.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cnub.constants import CENTIMETRE, SECOND
from cnub.domain import finite_array, integer, one_of, representable
from cnub.oscillation import masses
from cnub.relic import TEMPERATURE, momentum_density, number_density
from cnub.sky.beam import beam_flux
from cnub.sky.beta import beta_shape
from cnub.sky.supernovae import burst_flux
from cnub.sky.tables import table_range, tabulated_flux

MEV = 1e6
GEV = 1e9


@dataclass(frozen=True)
class NeutrinoSource:
    """One source: ``made`` or natural, what is counted, the flux in cm^-2 s^-1 eV^-1 between ``low`` and ``high`` eV.

    ``standing`` is "formula", "published" or "memory", see above.
    """

    name: str
    made: bool
    counts: str
    low: float
    high: float
    flux: Callable[[np.ndarray], np.ndarray]
    source: str
    standing: str


def _relic(energy):
    """n f(p) c for the six states of massless neutrinos."""
    return number_density(6) * CENTIMETRE**2 * SECOND * momentum_density(energy, TEMPERATURE)


def _beta(total, endpoint):
    return lambda energy: total * beta_shape(energy, endpoint)


def _line(total, place):
    """A line of the Sun, drawn with a standard width of one keV, that of the heat where it is made."""
    return lambda energy: total / math.sqrt(2 * math.pi) / 1e3 * np.exp(-(((energy - place) / 1e3) ** 2) / 2)


def _reactor(power_GW: float, distance_m: float) -> Callable[[np.ndarray], np.ndarray]:
    """Fissions of uranium-235 alone, 202 MeV each, over the sphere."""
    coefficients = (3.217, -3.111, 1.395, -0.3690, 0.04445, -0.002053)
    fissions = power_GW * 1e9 / (202 * MEV * 1.602176634e-19)
    area = 4 * math.pi * (100 * distance_m) ** 2
    return lambda energy: fissions / area * np.exp(np.polynomial.polynomial.polyval(energy / MEV, coefficients)) / MEV


def _stopped_pions(power_MW: float, energy_GeV: float, per_proton: float, distance_m: float):
    """Muon decay at rest, nu_e and anti-nu_mu: the spectra of Michel's muon, up to m_mu/2."""
    protons = power_MW * 1e6 / (energy_GeV * GEV * 1.602176634e-19)
    rate = protons * per_proton / (4 * math.pi * (100 * distance_m) ** 2)
    end = 52.83 * MEV

    def flux(energy):
        x = np.clip(energy / end, 0, 1)
        return rate * (12 * x**2 * (1 - x) + 2 * x**2 * (3 - 2 * x)) / end

    return flux


def _atmospheric(energy):
    """nu_mu and anti-nu_mu over all directions, cos(zenith) averaged."""
    cosine = (np.arange(50) + 0.5) / 50
    e = np.asarray(energy)[..., None] / GEV
    angular = (1 / (1 + 6 * e * cosine / 115) + 0.213 / (1 + 1.44 * e * cosine / 850)).mean(axis=-1)
    return 4 * math.pi * 0.0286 * (np.asarray(energy) / GEV) ** -2.7 * angular / GEV


def _tabulated(name: str, counts: str, source: str) -> NeutrinoSource:
    low, high = table_range(name)
    return NeutrinoSource(name, False, counts, low, high, lambda e: tabulated_flux(name, e), source, "published")


def _cosmic(energy):
    """nu_mu and anti-nu_mu, over all directions."""
    return 4 * math.pi * 1.44e-18 * (np.asarray(energy) / 1e14) ** -2.37 / GEV


_GUNS = "table of E. Vitagliano, I. Tamborra, G. Raffelt, Rev. Mod. Phys. 92 (2020) 045006"
_SUN = "N. Vinyoles et al., Astrophys. J. 835 (2017) 202, model B16-GS98; allowed shape"
SOURCES = (
    NeutrinoSource("relic", False, "six states, massless", 1e-6, 5e-3, _relic, "Fermi-Dirac, n c", "formula"),
    _tabulated("nucleosynthesis", "anti-nu_e, massless", f"{_GUNS}; first by A. V. Ivanchik, V. Yu. Yurchenko, 2018"),
    _tabulated("solar thermal", "pairs of all flavours", f"{_GUNS}; after their calculation, arXiv:1708.02248"),
    NeutrinoSource("solar pp", False, "nu_e", 1e3, 0.420e6, _beta(5.98e10, 0.4203e6), _SUN, "published"),
    NeutrinoSource("solar 13N", False, "nu_e", 1e3, 1.198e6, _beta(2.78e8, 1.1982e6), _SUN, "published"),
    NeutrinoSource("solar 15O", False, "nu_e", 1e4, 1.731e6, _beta(2.05e8, 1.7317e6), _SUN, "published"),
    NeutrinoSource("solar 8B", False, "nu_e", 1e4, 15e6, _beta(5.46e6, 15.04e6), _SUN, "published"),
    NeutrinoSource(
        "solar 7Be", False, "nu_e, a line", 858e3, 865e3, _line(0.896 * 4.93e9, 861.3e3),
        "N. Vinyoles et al., Astrophys. J. 835 (2017) 202, model B16-GS98; its stronger line", "published",
    ),
    NeutrinoSource(
        "solar pep", False, "nu_e, a line", 1439e3, 1445e3, _line(1.44e8, 1442e3),
        "N. Vinyoles et al., Astrophys. J. 835 (2017) 202, model B16-GS98", "published",
    ),
    NeutrinoSource(
        "geo U and Th", False, "anti-nu_e, at Kamioka", 1e5, 2.24e6, _beta(3.6e6, 2.25e6),
        "KamLAND Collaboration, Geophys. Res. Lett. 49 (2022) e2022GL099566: 3.6e6 cm^-2 s^-1, as one branch that ends "
        "with thorium's", "published",
    ),
    NeutrinoSource(
        "geo K", False, "anti-nu_e", 1e3, 1.31e6, _beta(1.2e7, 1.311e6),
        "about 1.2e7 cm^-2 s^-1, allowed shape; the table of E. Vitagliano et al. has five times as much", "memory",
    ),
    NeutrinoSource(
        "supernova", False, "six kinds, 10 kpc away, mean over 10 s", 1e6, 6e7, burst_flux,
        "3e53 erg at 12 MeV; M. T. Keil, G. G. Raffelt, H.-T. Janka, Astrophys. J. 590 (2003) 971", "formula",
    ),
    _tabulated("past supernovae", "anti-nu_e", f"{_GUNS}, mean of its two columns"),
    NeutrinoSource(
        "atmosphere", False, "nu_mu, anti-nu_mu", 1e10, 1e15, _atmospheric,
        "Gaisser's formula, read in a copy; PDG, Review of Particle Physics (2024), cosmic rays", "published",
    ),
    NeutrinoSource(
        "cosmic", False, "nu_mu, anti-nu_mu", 15e12, 5e15, _cosmic,
        "IceCube Collaboration, Astrophys. J. 928 (2022) 50, arXiv:2111.10299", "published",
    ),
    _tabulated("cosmogenic", "all kinds, cosmic rays of helium", f"{_GUNS}; forty times less for iron"),
    NeutrinoSource(
        "beam", True, "nu_mu, 1.2 MW at 574 m, perfect horns", 2e8, 2e10,
        lambda e: beam_flux(e, 1.2, 120e9, 194.0, 574.0),
        "pions in flight, one per proton, 6 GeV on average (cnub.sky.beam)", "formula",
    ),
    NeutrinoSource(
        "reactor", True, "anti-nu_e, 3 GW at 20 m", 2e6, 8e6, _reactor(3.0, 20.0),
        "uranium-235 alone; Th. A. Mueller et al., Phys. Rev. C 83 (2011) 054615", "published",
    ),
    NeutrinoSource(
        "stopped pions", True, "nu_e, anti-nu_mu, 1 MW at 20 m", 1e6, 52.8e6, _stopped_pions(1.0, 1.0, 0.09, 20.0),
        "Michel spectra; 0.09 pions per proton of 1 GeV (0.08 in a code for the same source)", "memory",
    ),
)  # fmt: skip
"""Each with what is counted."""
NAMES = tuple(one.name for one in SOURCES)


@representable
def source_flux(name: str, energy: object) -> np.ndarray:
    """Flux in cm^-2 s^-1 eV^-1 of the source ``name``, one of ``NAMES``, at ``energy`` in eV (any shape, > 0).

    Zero outside of the range of the source; over all directions, before oscillations. ``SOURCES`` says where each is
    from. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: J. A. Formaggio, G. P. Zeller, Rev. Mod. Phys. 84 (2012) 1307.

    >>> print(f'{source_flux("relic", 5e-4):.0e}')
    1e+16
    """
    one = SOURCES[NAMES.index(one_of("name", name, NAMES))]
    e = finite_array("energy", energy, low=np.finfo(float).tiny)
    inside = (e >= one.low) & (e <= one.high)
    return np.where(inside, one.flux(np.where(inside, e, one.low)), 0.0)


@representable
def relic_flux_of_state(energy: object, ordering: str, state: int, lightest_mass: float = 0.0) -> np.ndarray:
    """Flux in cm^-2 s^-1 eV^-1 of one massive state, nu and anti-nu, against its total ``energy`` in eV.

    It is n f(p) (dp/dE) v, and (dp/dE) v is one, so that the flux per momentum of a massless state is that per energy
    of a massive one, moved to E = sqrt(p^2 + m^2). ``state`` 1 to 3.
    Raises :class:`cnub.DomainError` outside these ranges.
    """
    mass = masses(ordering, lightest_mass)[integer("state", state, 1, 3) - 1]
    p = np.sqrt(np.clip(finite_array("energy", energy, low=0.0) ** 2 - mass**2, 0, None))
    return number_density(2) * CENTIMETRE**2 * SECOND * momentum_density(p, TEMPERATURE)
