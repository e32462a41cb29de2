"""The push of the wind against the boosted gas itself, its growth with the ball, and its powers of G_F and mass."""

import math

import numpy as np
import pytest

from cnub import DomainError
from cnub.coherence.cross_sections import target_cross_section
from cnub.constants import CENTIMETRE, GRAM, METRE
from cnub.forces.drag import drag_acceleration
from cnub.forces.gradient import CM_PER_S2
from cnub.matter import material
from cnub.relic import TEMPERATURE

SECOND_ORDER = 1e-4
"""Relative: a drift of 1e-4 is a fiftieth of the gas's mean speed and a third of its slowest; measured 1.2e-5."""
ROUNDING = 1e-12
"""Relative: one factor."""
CUBE = 0.02
"""Relative to R^3: the form factor of a ball of 10 micrometres and the speed in E^2; measured 2.9e-3."""


def boosted(radius_m, mass, drift):
    """The force by summing v sigma p over the distribution that the moving ball meets, without its expansion."""
    iron = material("iron")
    p = np.exp(np.linspace(math.log(0.02), math.log(40.0), 161)) * TEMPERATURE
    cosines, weights = np.polynomial.legendre.leggauss(24)
    target = ("dirac", 3 * iron.z_over_a - 1, iron.density_g_per_cm3)
    sections = np.array([target_cross_section("transport", radius_m, mass, q, *target).cross_section_m2 for q in p])
    energy = np.hypot(p, mass)
    shift = (energy * drift)[:, None]
    moved = np.sqrt(p[:, None] ** 2 + shift**2 - 2 * p[:, None] * shift * cosines)
    density = 1 / (np.exp(moved / TEMPERATURE) + 1)
    along = (density * cosines) @ weights
    integrand = 2 * math.pi * p**3 * (p / energy) * p * sections * METRE**2 * along / (2 * math.pi) ** 3
    force = 2 * np.trapezoid(integrand, np.log(p))
    ball = 4 / 3 * math.pi * (radius_m * METRE) ** 3 * iron.density_g_per_cm3 * GRAM / CENTIMETRE**3
    return force / ball / CM_PER_S2


@pytest.mark.parametrize(("radius_m", "mass"), [(1e-5, 0.02), (1e-3, 0.02)])
def test_first_order_is_the_limit_of_the_boosted_gas(radius_m, mass):
    drift = 1e-4
    assert drag_acceleration(radius_m, mass, drift=drift) == pytest.approx(
        boosted(radius_m, mass, drift), rel=SECOND_ORDER
    )


def test_small_balls_go_as_their_volume_and_slow_dirac_neutrinos_as_the_square_of_the_mass():
    small, smaller = (drag_acceleration(r, 0.1) for r in (1e-5, 5e-6))
    assert small / smaller == pytest.approx(8.0, rel=CUBE)
    assert drag_acceleration(1e-5, 0.2) / small == pytest.approx(4.0, rel=CUBE)
    assert drag_acceleration(1e-5, 0.1, clustering=3.0) == pytest.approx(3 * small, rel=ROUNDING)


def test_beyond_the_wavelength_a_ball_gains_nothing():
    found = [drag_acceleration(r, 0.05) for r in (1e-4, 1e-3, 1e-2)]
    assert found[0] < found[1] > found[2]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"radius_m": -1.0}, "radius_m"),
        ({"mass": math.nan}, "mass"),
        ({"nature": "weyl"}, "nature"),
        ({"body": "wood"}, "body|material"),
        ({"clustering": 0.0}, "clustering"),
        ({"drift": 1.0}, "drift"),
        ({"radius_m": 10.0, "mass": 10.0}, "radius_m"),
    ],
)
def test_refusals(arguments, named):
    with pytest.raises(DomainError, match=named):
        drag_acceleration(**arguments)
