"""How far the accelerations are from what a torsion balance sees."""

from __future__ import annotations

import math

from cnub.constants import EARTH_RADIUS_M
from cnub.domain import finite, positive, representable, within
from cnub.forces.gradient import HEAVIEST, LIGHTEST, earth_gradient_acceleration, gradient_acceleration
from cnub.forces.stodolsky import energy_splitting, torque_acceleration
from cnub.matter import FLAVOURS, Material, material, refractivity, weak_potential
from cnub.relic import mean_momentum, number_density, size_parameter

TORSION_BALANCE = 1e-15
"""Smallest acceleration in cm/s^2 that a torsion balance resolves, as the talk quotes it ('Sensitivity for
acceleration')."""


@representable
def shortfall(acceleration: float, sensitivity: float = TORSION_BALANCE) -> float:
    """Factor by which ``sensitivity`` has to improve to reach ``acceleration``, both in cm/s^2 (> 0)."""
    return positive("sensitivity", sensitivity) / positive("acceleration", acceleration)


@representable
def round_earth_acceleration(mass: float = 0.1, ground: str = "crust", body: Material | None = None) -> float:
    """Acceleration in cm/s^2 at the surface of the round Earth at one momentum: gradient pi |delta| k n per flavour.

    The first Born order of a large ball is dn/n = delta [cos(2kh)/2 - kh (pi/2 - Si(2kh))] at height h, slope
    -(pi/2) delta k at h = 0, opposite for antineutrinos. It lasts 1/k = 0.4 mm. ``mass`` in eV.
    """
    soil, k, mass = material(ground), mean_momentum(), within("mass", mass, LIGHTEST, HEAVIEST)
    target = body or soil
    total = 0.0
    for flavour in FLAVOURS:
        delta = refractivity(mass, k, weak_potential(soil, flavour))
        total += gradient_acceleration(-math.pi * delta * k * number_density(), target.z_over_a, flavour)
    return total


@representable
def curvature_criterion(delta: float, momentum: float | None = None, radius_m: float = EARTH_RADIUS_M) -> float:
    """k R |delta|^(3/2), which is << 1 where curvature washes the flat result out.

    ``momentum`` in eV (default: the mean of the gas), ``radius_m`` in m. Talk, 'There is a criterion'.
    """
    k = mean_momentum() if momentum is None else momentum
    return size_parameter(radius_m, k) * abs(finite("delta", delta)) ** 1.5


@representable
def accelerations(mass: float = 0.1) -> dict[str, float]:
    """Accelerations in cm/s^2 of the talk's effects for Dirac neutrinos of ``mass`` in eV (> 0), all flavours."""
    return {
        "flat Earth, gradient": abs(earth_gradient_acceleration(mass)),
        "round Earth, gradient within 1/k": abs(round_earth_acceleration(mass)),
        "Stodolsky torque, full asymmetry": torque_acceleration(energy_splitting(1.0, mass=mass), 55.845, 1.0),
        "Stodolsky torque, asymmetry 1e-9": torque_acceleration(energy_splitting(1e-9, mass=mass), 55.845, 1.0),
    }
