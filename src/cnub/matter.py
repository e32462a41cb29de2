"""What the relic neutrinos meet: materials, their weak potential, the refraction and the critical angle it causes.

Sign: n = 1 + delta with delta = -m U / k^2, so delta > 0 attracts. Dirac neutrinos, non-relativistic, of definite
flavour or mass. The potential is half that of a relativistic neutrino, whose handedness is pure.

Matter at rest acts on the time component of the V - A current: of the fast neutrino's, twice the talk's U, a Dirac
neutrino of the helicity that decoupling left has (1 + v)/2, one half where it is slow; a Majorana neutrino has no
vector current, and v of helicity -1, -v of +1. With E/k^2 in place of m/k^2 its delta is -2U/k at any speed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cnub.constants import ATOMIC_MASS, AVOGADRO, CENTIMETRE, FERMI_CONSTANT, GRAM, WEAK_MIXING_SIN2
from cnub.domain import DomainError, finite, one_of, positive, representable, within
from cnub.oscillation import NATURES, ORDERINGS, mixing_matrix
from cnub.relic import TEMPERATURE, momentum_moment, speed

__all__ = [
    "FLAVOURS",
    "MASS_STATES",
    "MATERIALS",
    "Material",
    "atoms_per_cm3",
    "critical_angle",
    "mass_for",
    "material",
    "mean_refractivity",
    "potential",
    "refractive_index",
    "refractivity",
    "weak_charge_from_couplings",
    "weak_charge_per_nucleon",
    "weak_potential",
]

FLAVOURS = ("e", "mu", "tau")
MASS_STATES = ("1", "2", "3")
_PDG = "PDG, Atomic and nuclear properties of materials (2024)"
_PREM = "density: PREM (Dziewonski and Anderson 1981)"


@dataclass(frozen=True)
class Material:
    """A uniform material: density in g/cm^3, mean charge per nucleon Z/A, and where they come from."""

    name: str
    density_g_per_cm3: float
    z_over_a: float
    source: str

    def nucleon_density(self) -> float:
        """Nucleons per volume in eV^3 (density over the atomic mass constant)."""
        return nucleon_density(self.density_g_per_cm3)


MATERIALS = {
    material.name: material
    for material in (
        Material("crust", 2.70, 0.5, "mean continental density; Z/A of standard rock, PDG"),
        Material("mantle", 4.48, 0.4957, f"{_PREM}, mean of the mantle; Z/A of pyrolite"),
        Material("earth", 5.51, 0.486, f"{_PREM}, mean of the Earth; Z/A of 67.5 % mantle, 32.5 % iron core"),
        Material("standard rock", 2.65, 0.5, _PDG),
        Material("water", 1.0, 0.55509, _PDG),
        Material("liquid hydrogen", 0.0708, 0.99212, _PDG),
        Material("graphite", 2.21, 0.49955, _PDG),
        Material("aluminium", 2.699, 0.48181, _PDG),
        Material("silicon", 2.329, 0.49848, _PDG),
        Material("silica", 2.2, 0.49930, _PDG),
        Material("titanium", 4.54, 0.45961, _PDG),
        Material("iron", 7.874, 0.46557, _PDG),
        Material("copper", 8.96, 0.45636, _PDG),
        Material("germanium", 5.323, 0.44059, _PDG),
        Material("liquid xenon", 2.953, 0.41129, _PDG),
        Material("tungsten", 19.3, 0.40252, _PDG),
        Material("platinum", 21.45, 0.39983, _PDG),
        Material("gold", 19.32, 0.40108, _PDG),
        Material("lead", 11.35, 0.39575, _PDG),
        Material("uranium", 18.95, 0.38651, _PDG),
    )
}
"""Materials by name."""


def material(name: str) -> Material:
    """The material called ``name``; raise :class:`cnub.DomainError` listing the known ones if there is none.

    Source: PDG, Atomic and nuclear properties of materials (2024); A. M. Dziewonski and D. L. Anderson, Phys. Earth
    Planet. Inter. 25 (1981) 297.

    >>> iron = material("iron")
    >>> print(iron.density_g_per_cm3, iron.z_over_a)
    7.874 0.46557
    """
    return MATERIALS[one_of("material", name, MATERIALS)]


@representable
def nucleon_density(density_g_per_cm3: float) -> float:
    """Nucleons per volume in eV^3, for ``density_g_per_cm3`` in g/cm^3 (> 0).

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: definition, density over the atomic mass constant.

    >>> from cnub.constants import CENTIMETRE
    >>> print(f"{nucleon_density(1.0) * CENTIMETRE**3:.4e}")
    6.0221e+23
    """
    mass_density = positive("density_g_per_cm3", density_g_per_cm3) * GRAM / CENTIMETRE**3
    return mass_density / ATOMIC_MASS


@representable
def atoms_per_cm3(density_g_per_cm3: float, molar_mass_g: float) -> float:
    """Atoms (or molecules) per cm^3, for ``density_g_per_cm3`` and ``molar_mass_g`` in g/mol (both > 0).

    Raises :class:`cnub.DomainError` otherwise. Dipole densities n_d are quoted in units of N_A per cm^3 (2507.10868v1,
    Appendix A), which one nucleon per atom would need at 1 g/cm^3.

    Source: Appendix A of 2507.10868v1.

    >>> print(f"{atoms_per_cm3(density_g_per_cm3=1.0, molar_mass_g=1.0):.3e}")
    6.022e+23
    """
    return AVOGADRO * positive("density_g_per_cm3", density_g_per_cm3) / positive("molar_mass_g", molar_mass_g)


def weak_charge_per_nucleon(z_over_a: float, flavour: str = "e") -> float:
    """(3Z - A)/A for nu_e and (Z - A)/A for nu_mu, nu_tau; ``z_over_a`` between 0 and 1.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Matter potential'.

    >>> print(weak_charge_per_nucleon(0.5), weak_charge_per_nucleon(0.5, "mu"))
    0.5 -0.5
    """
    z = within("z_over_a", z_over_a, 0.0, 1.0)
    return 3 * z - 1 if one_of("flavour", flavour, FLAVOURS) == "e" else z - 1


def weak_charge_from_couplings(z_over_a: float, flavour: str = "e") -> float:
    """The same from the vector couplings T_3 - 2 Q sin^2 theta_W of electrons, u and d quarks, and W exchange for nu_e.

    Twice their sum per nucleon of neutral matter; sin^2 theta_W cancels between electrons and protons. ``z_over_a``
    between 0 and 1. Raises :class:`cnub.DomainError` outside these ranges.

    Source: L. Wolfenstein, Phys. Rev. D 17 (1978) 2369.

    >>> print(f"{weak_charge_from_couplings(0.5):.6f}")
    0.500000
    """
    z = within("z_over_a", z_over_a, 0.0, 1.0)
    electron, up, down = (t3 - 2 * q * WEAK_MIXING_SIN2 for t3, q in ((-0.5, -1.0), (0.5, 2 / 3), (-0.5, -1 / 3)))
    exchange = 1.0 if one_of("flavour", flavour, FLAVOURS) == "e" else 0.0
    return 2 * (z * (electron + exchange + 2 * up + down) + (1 - z) * (up + 2 * down))


@representable
def weak_potential(medium: Material, flavour: str = "e", antineutrino: bool = False) -> float:
    """Potential energy U in eV of a non-relativistic Dirac neutrino in ``medium``; opposite for an antineutrino.

    U = G_F/(2 sqrt 2) n (3Z - A)/A for nu_e and with (Z - A)/A for nu_mu and nu_tau, n the nucleon density. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Matter potential'.

    >>> print(f'{weak_potential(material("iron")):.3e}')
    5.960e-14
    """
    charge = weak_charge_per_nucleon(medium.z_over_a, flavour)
    value = FERMI_CONSTANT / (2 * math.sqrt(2)) * medium.nucleon_density() * charge
    return -value if antineutrino else value


def potential(medium: Material, state: str = "e", antineutrino: bool = False, ordering: str = "NO") -> float:
    """Potential in eV of a flavour ("e", "mu", "tau") or of a mass state ("1", "2", "3") in ``medium``.

    A mass state sees the flavours' potentials weighed by |U_ai|^2 of ``ordering``; flavour mixing by matter is absent
    because U is far below all differences of kinetic energy. Raises :class:`cnub.DomainError`.

    Source: talk, 'Matter potential'.

    >>> print(f'{potential(material("crust"), "1"):.2e}')
    9.10e-15
    """
    one_of("state", state, FLAVOURS + MASS_STATES)
    one_of("ordering", ordering, ORDERINGS)
    if state in FLAVOURS:
        return weak_potential(medium, state, antineutrino)
    weights = np.abs(mixing_matrix(ordering)[:, int(state) - 1]) ** 2
    return float(sum(w * weak_potential(medium, f, antineutrino) for w, f in zip(weights, FLAVOURS, strict=True)))


@representable
def refractivity(mass: float, momentum: float, potential: float, nature: str = "dirac") -> float:
    """delta = n - 1 = -m U/k^2 to first order; ``mass`` (> 0), ``momentum`` (> 0) and ``potential`` in eV.

    delta > 0 attracts. ``potential`` is that of a slow Dirac neutrino; a "majorana" one of helicity -1 has -2U/k, and
    the opposite of helicity +1. Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Refractive index'.

    >>> potential = weak_potential(material("iron"))
    >>> print(f"{refractivity(mass=0.1, momentum=5e-4, potential=potential):.2e}")
    -2.38e-08
    """
    positive("momentum", momentum), one_of("nature", nature, NATURES)
    return float(refraction(positive("mass", mass), momentum, finite("potential", potential), nature))


def refraction(mass: float, momentum: np.ndarray | float, potential: float, nature: str) -> np.ndarray | float:
    """`refractivity` of momenta of any shape, nothing refused."""
    return -mass * potential / momentum**2 if nature == "dirac" else -2 * potential / momentum


def vector_share(mass: float, momentum: np.ndarray | float, nature: str) -> np.ndarray | float:
    """Energy in matter over the talk's: 1 for a slow Dirac neutrino, 2v for a Majorana one of helicity -1.

    >>> print(vector_share(0.1, 1e-4, "dirac"), f'{vector_share(0.1, 1e-4, "majorana"):.3e}')
    1.0 2.000e-03
    """
    return 1.0 if nature == "dirac" else 2 * speed(momentum, mass)


@representable
def mean_refractivity(mass: float, potential: float, temperature: float = TEMPERATURE, nature: str = "dirac") -> float:
    """-m U <1/k^2>, the refractivity averaged over the relic gas; -2 U <1/k> for a "majorana" ``nature``.

    ``mass`` (> 0), ``potential`` and ``temperature`` of the gas (> 0) in eV. Raises :class:`cnub.DomainError` outside
    these ranges.

    Source: talk, 'Refractive index'.

    >>> print(f'{mean_refractivity(mass=0.1, potential=weak_potential(material("iron"))):.2e}')
    -8.15e-08
    """
    m, u = positive("mass", mass), finite("potential", potential)
    if one_of("nature", nature, NATURES) == "majorana":
        return -2 * u * momentum_moment(-1, temperature)
    return -m * u * momentum_moment(-2, temperature)


@representable
def mass_for(delta: float, medium: Material, state: str = "e", momentum: float | None = None) -> float:
    """Mass in eV at which |delta| is ``delta`` (> 0): at ``momentum`` (eV), or with <1/p^2> of the gas if None.

    Raises :class:`cnub.DomainError`.

    Source: talk, 'Refractive index'.

    >>> print(f'{mass_for(2.5e-8, material("earth")):.3f}')
    0.038
    """
    inverse = momentum_moment(-2) if momentum is None else positive("momentum", momentum) ** -2
    return positive("delta", delta) / (abs(potential(medium, state)) * inverse)


@representable
def refractive_index(mass: float, momentum: float, potential: float) -> float:
    """n = sqrt(1 - 2 m U/k^2) exactly; raise :class:`cnub.DomainError` if the neutrino cannot enter (U > k^2/2m).

    Source: talk, 'Refractive index'.

    >>> print(f"{refractive_index(mass=0.1, momentum=5e-4, potential=1e-14) - 1:.2e}")
    -4.00e-09
    """
    squared = 1 + 2 * refractivity(mass, momentum, potential)
    if squared < 0:
        raise DomainError(f"potential must be at most momentum**2 / (2 mass); got {potential!r}")
    return math.sqrt(squared)


def critical_angle(delta: float) -> float:
    """Glancing angle sqrt(2 |delta|) in rad within which reflection is total; ``delta`` between -0.1 and 0.1.

    From outside if delta < 0, from inside if delta > 0. Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Critical angle'.

    >>> print(f"{critical_angle(-1e-8):.3e}")
    1.414e-04
    """
    return math.sqrt(2 * abs(within("delta", delta, -0.1, 0.1)))
