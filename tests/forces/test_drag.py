"""The push of the wind against the boosted gas itself, slow and fast, its growth with the ball, and its powers."""

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

FIRST_ORDER = 1e-4
"""Relative: a drift of 1e-6 leaves (E u/T)^2 of the first order; measured 2e-6, the witness's steps."""
RULES = 1e-3
"""Relative: the oscillations of the transport cross-section on two different grids; measured 3e-4."""
FASTER = 1.2336e-3
"""The Earth's drift."""
ROUNDING = 1e-12
"""Relative: one factor."""
CUBE = 0.02
"""Relative to R^3: the form factor of a ball of 10 micrometres and the speed in E^2; measured 2.9e-3."""


def boosted(radius_m, mass, drift):
    """The force by summing v sigma p over the distribution that the moving ball meets, without its expansion."""
    iron = material("iron")
    p = np.exp(np.linspace(math.log(0.02), math.log(70.0), 1601)) * TEMPERATURE
    cosines, weights = np.polynomial.legendre.leggauss(200)
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


def first_order(radius_m, mass, drift):
    """u/3 times the integral of (-f') p^2 sigma_tr."""
    iron = material("iron")
    x = np.exp(np.linspace(math.log(0.02), math.log(40.0), 321))
    target = ("dirac", 3 * iron.z_over_a - 1, iron.density_g_per_cm3)
    sections = [target_cross_section("transport", radius_m, mass, q * TEMPERATURE, *target).cross_section_m2 for q in x]
    integrand = 0.25 / np.cosh(x / 2) ** 2 * (x * TEMPERATURE) ** 4 * np.array(sections) * METRE**2 / (2 * math.pi**2)
    ball = 4 / 3 * math.pi * (radius_m * METRE) ** 3 * iron.density_g_per_cm3 * GRAM / CENTIMETRE**3
    return 2 * drift / 3 * np.trapezoid(integrand * x, np.log(x)) / ball / CM_PER_S2


@pytest.mark.parametrize(("radius_m", "mass"), [(1e-5, 0.02), (1e-3, 0.02)])
def test_a_slow_wind_has_the_first_order(radius_m, mass):
    found = drag_acceleration(radius_m, mass, drift=1e-6)
    assert found == pytest.approx(first_order(radius_m, mass, 1e-6), rel=FIRST_ORDER, abs=0.0)


@pytest.mark.parametrize(
    ("radius_m", "mass"), [(1e-4, 0.1), (1e-2, 0.1), (1e-2, 0.3), (1e-4, 1.0), (1e-2, 1.0), (1e-4, 3.0)]
)
def test_a_wind_of_any_speed_is_the_boosted_gas(radius_m, mass):
    expected = boosted(radius_m, mass, FASTER)
    assert drag_acceleration(radius_m, mass, drift=FASTER) == pytest.approx(expected, rel=RULES, abs=0.0)


def test_where_the_first_order_ends():
    """At 1 eV and 1 cm it is 23 times too large: the gas flies past and is met at E u, not at T."""
    assert 0.8 < drag_acceleration(1e-2, 0.1) / first_order(1e-2, 0.1, FASTER) < 0.87
    assert 20 < first_order(1e-2, 1.0, FASTER) / drag_acceleration(1e-2, 1.0) < 25


def test_small_balls_go_as_their_volume_and_slow_dirac_neutrinos_as_the_square_of_the_mass():
    small, smaller = (drag_acceleration(r, 0.1, drift=1e-5) for r in (1e-5, 5e-6))
    assert small / smaller == pytest.approx(8.0, rel=CUBE, abs=0.0)
    assert drag_acceleration(1e-5, 0.2, drift=1e-5) / small == pytest.approx(4.0, rel=CUBE, abs=0.0)
    assert drag_acceleration(1e-5, 0.1, clustering=3.0, drift=1e-5) == pytest.approx(3 * small, rel=ROUNDING, abs=0.0)


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
