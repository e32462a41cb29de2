"""The Earth in layers: density of the Preliminary Reference Earth Model, and the refraction of each shell.

Source: A. M. Dziewonski and D. L. Anderson, Phys. Earth Planet. Inter. 25 (1981) 297, Table I: in each region the
density in g/cm^3 is a polynomial in x = r/(6371 km). Charge per nucleon: 0.5555 in the ocean (water), 0.4957 in crust
and mantle (pyrolite), 0.4656 in the core (iron), as in :mod:`cnub.matter`. Mass and moment of inertia are its tests.
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from cnub.constants import EARTH_RADIUS_M
from cnub.domain import finite_array, one_of, positive
from cnub.matter import MATERIALS, Material, refractivity, weak_potential
from cnub.relic import size_parameter

RADIUS_KM = 6371.0
REGIONS = (
    ("inner core", 1221.5, (13.0885, 0.0, -8.8381, 0.0), "iron"),
    ("outer core", 3480.0, (12.5815, -1.2638, -3.6426, -5.5281), "iron"),
    ("lower mantle", 5701.0, (7.9565, -6.4761, 5.5283, -3.0807), "mantle"),
    ("transition zone, lower", 5771.0, (5.3197, -1.4836, 0.0, 0.0), "mantle"),
    ("transition zone, middle", 5971.0, (11.2494, -8.0298, 0.0, 0.0), "mantle"),
    ("transition zone, upper", 6151.0, (7.1089, -3.8045, 0.0, 0.0), "mantle"),
    ("low-velocity zone and lid", 6346.6, (2.6910, 0.6924, 0.0, 0.0), "mantle"),
    ("lower crust", 6356.0, (2.900, 0.0, 0.0, 0.0), "mantle"),
    ("upper crust", 6368.0, (2.600, 0.0, 0.0, 0.0), "mantle"),
    ("ocean", 6371.0, (1.020, 0.0, 0.0, 0.0), "water"),
)
"""Name, outer radius in km, polynomial coefficients of the density, material whose Z/A holds."""
SURFACES = ("ocean", "land")


def density(radius_km: object) -> np.ndarray:
    """Density in g/cm^3 at ``radius_km`` (0 to 6371, any shape); at an interface, the value below it."""
    r = finite_array("radius_km", radius_km, low=0.0, high=RADIUS_KM)
    x = r / RADIUS_KM
    region = np.searchsorted([outer for _, outer, _, _ in REGIONS], r)
    tables = np.array([coefficients for _, _, coefficients, _ in REGIONS])[region]
    return (tables * x[..., None] ** np.arange(4)).sum(axis=-1)


def shells(surface: str = "ocean", thickness_km: float = 100.0) -> list[tuple[float, Material]]:
    """Outer radius in km and uniform material of each shell, from the centre out, at most ``thickness_km`` thick.

    Each shell has its mean density (mass over volume). ``surface``: "ocean" as the model has it, or "land", where the
    upper crust reaches 6371 km. Raises :class:`cnub.DomainError`.
    """
    step = positive("thickness_km", thickness_km)
    land = one_of("surface", surface, SURFACES) == "land"
    found, inner = [], 0.0
    for name, outer, coefficients, like in REGIONS[:-1] if land else REGIONS:
        outer = RADIUS_KM if land and name == "upper crust" else outer
        edges = np.linspace(inner, outer, 1 + math.ceil((outer - inner) / step))
        for low, high in pairwise(edges):
            mean = _mean_density(low, high, coefficients)
            found.append((float(high), Material(name, mean, MATERIALS[like].z_over_a, "PREM")))
        inner = outer
    return found


def shell_refraction(
    mass: float,
    momentum: float,
    flavour: str = "e",
    antineutrino: bool = False,
    surface: str = "ocean",
    nature: str = "dirac",
) -> tuple[np.ndarray, np.ndarray]:
    """k times the outer radius, and delta, of each shell of the Earth, as ``born_layers`` takes them.

    ``mass`` and ``momentum`` in eV (> 0); of ``nature`` "majorana" the antineutrino is the helicity +1. Raises
    :class:`cnub.DomainError`.
    """
    layers = shells(surface)
    kR = size_parameter(EARTH_RADIUS_M, momentum)
    radii = np.array([kR * outer / RADIUS_KM for outer, _ in layers])
    potentials = [weak_potential(medium, flavour, antineutrino) for _, medium in layers]
    deltas = [refractivity(mass, momentum, potential, nature) for potential in potentials]
    return radii, np.array(deltas)


def moments() -> tuple[float, float]:
    """Mass in kg and moment of inertia over M R^2 of the model, from its polynomials."""
    mass, inertia, inner = 0.0, 0.0, 0.0
    for _, outer, coefficients, _ in REGIONS:
        mass += _power_integral(inner, outer, coefficients, 2)
        inertia += _power_integral(inner, outer, coefficients, 4)
        inner = outer
    return 4 * math.pi * mass * 1e3 * (RADIUS_KM * 1e3) ** 3, 2 / 3 * inertia / mass


def _mean_density(low, high, coefficients):
    return _power_integral(low, high, coefficients, 2) / _power_integral(low, high, (1.0,), 2)


def _power_integral(low, high, coefficients, power):
    """Int rho x^power dx between two radii, in units of the radius of the Earth."""
    a, b = low / RADIUS_KM, high / RADIUS_KM
    return sum(c * (b ** (n + power + 1) - a ** (n + power + 1)) / (n + power + 1) for n, c in enumerate(coefficients))
