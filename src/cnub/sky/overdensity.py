"""How dense the gas is here: what simulations find, and what nobody can exceed.

The published values are those that their abstracts, or the notes to this project, print. What a static
potential can hold and gather follows from the Pauli principle and from Liouville's theorem.
S. Tremaine, J. E. Gunn, Phys. Rev. Lett. 42 (1979) 407.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cnub.constants import SPEED_OF_LIGHT_M_PER_S
from cnub.domain import positive, representable, within
from cnub.quadrature import panels
from cnub.relic import TEMPERATURE, momentum_density, number_density, number_density_per_cm3

ESCAPE_KM_S = 544.0
"""Speed of escape from the Galaxy at the Sun, 498 to 608 at 90 %; M. C. Smith et al., Mon. Not. R. Astron. Soc. 379
(2007) 755, its abstract."""


@dataclass(frozen=True)
class Published:
    """A published density over the cosmic mean, ``low`` to ``high``, at a ``mass`` in eV, and where it was read."""

    mass: float
    low: float
    high: float
    source: str
    read: str


PUBLISHED = (
    Published(0.05, 1.10, 1.20, "de Salas et al., arXiv:1706.09850", "abstract: 10 to 20 % for minimal IO"),
    Published(0.15, 1.7, 2.5, "de Salas et al., arXiv:1706.09850", "abstract: 1.7 to 2.5 for 150 meV"),
    Published(0.01, 1.0053, 1.0053, "Mertsch et al., arXiv:1910.13388", "abstract"),
    Published(0.05, 1.12, 1.12, "Mertsch et al., arXiv:1910.13388", "abstract"),
    Published(0.10, 1.50, 1.50, "Mertsch et al., arXiv:1910.13388", "abstract"),
    Published(0.01, 0.997, 0.997, "Elbers et al., arXiv:2307.03191", "notes: -0.3 %"),
    Published(0.05, 1.07, 1.07, "Elbers et al., arXiv:2307.03191", "notes: +7 %"),
    Published(0.10, 1.27, 1.27, "Elbers et al., arXiv:2307.03191", "notes: +27 %"),
)
KATRIN = 9.7e10
"""90 % CL for Majorana neutrinos, twice that for Dirac; KATRIN, Phys. Rev. Lett. 129 (2022) 011806, its abstract."""
COSMOLOGICAL = (0.2, 3.5)
"""What cosmology favours, on cosmic scales; Bauer and Shergold, arXiv:2207.12413, its abstract."""
CONCEIVABLE = 1e4
"""Beyond which a cosmic origin "seems out of reach"; Bondarenko et al., arXiv:2306.12366, its abstract."""


@representable
def bound_ceiling(mass: float, escape_km_s: float = ESCAPE_KM_S, filling: float = 0.5) -> float:
    """Most that a potential can hold of one helicity state of ``mass`` (eV, > 0), over the cosmic mean.

    ``filling`` (m v)^3/(6 pi^2), v = ``escape_km_s`` (> 0, far below c) the speed of escape at our place: 1 where every
    state is filled (Pauli), 1/2 for a gas without collisions, whose states are never fuller than the fullest were at
    decoupling. Raises :class:`cnub.DomainError` outside these ranges.

    >>> print(f"{bound_ceiling(0.1):.3f}")
    0.117
    """
    momentum = positive("mass", mass) * within("escape_km_s", escape_km_s, 1e-3, 3e4) * 1e3 / SPEED_OF_LIGHT_M_PER_S
    return within("filling", filling, 0.0, 1.0) * momentum**3 / (6 * math.pi**2) / number_density()


@representable
def unbound_density(mass: float, escape_km_s: float = ESCAPE_KM_S) -> float:
    """Density over the cosmic mean of what passes through a static potential, by Liouville's theorem, isotropic gas.

    Int f(p_far) p^2 dp with p^2 = p_far^2 + (m v)^2, v = ``escape_km_s``; arguments as for :func:`bound_ceiling`. To
    first order 1 + (m v)^2 <1/p^2>/2. Raises :class:`cnub.DomainError` outside these ranges.

    >>> print(f"{unbound_density(0.1):.2f}")
    1.15
    """
    momentum = positive("mass", mass) * within("escape_km_s", escape_km_s, 1e-3, 3e4) * 1e3 / SPEED_OF_LIGHT_M_PER_S
    edges = np.concatenate([[0.0], np.geomspace(1e-6, 60.0, 60)]) * TEMPERATURE
    far, weights = (part.ravel() for part in panels(edges, 12))
    return float(np.sum(weights * momentum_density(far) * np.hypot(1, momentum / far)))


@representable
def energy_ceiling(mass: float, density_GeV_per_cm3: float = 0.4) -> float:
    """Density over the mean at which three states of ``mass`` (eV, > 0) weigh as much as the dark matter here.

    ``density_GeV_per_cm3`` (> 0) of the dark matter near the Sun, customarily 0.3 to 0.4; PDG, Review of Particle
    Physics (2024), dark matter.
    """
    return (
        positive("density_GeV_per_cm3", density_GeV_per_cm3)
        * 1e9
        / (positive("mass", mass) * number_density_per_cm3(6))
    )
