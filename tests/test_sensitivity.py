"""How far the accelerations are from the balance."""

import math

import pytest

from cnub import DomainError
from cnub.forces.gradient import earth_gradient_acceleration
from cnub.forces.sensitivity import accelerations, curvature_criterion, round_earth_acceleration, shortfall
from cnub.sphere import density_excess


def test_shortfall():
    assert shortfall(1e-30) == pytest.approx(1e15) and shortfall(2.0, 1.0) == 0.5
    assert min(shortfall(value) for value in accelerations().values()) > 1e12


def test_round_earth_against_flat():
    # Slopes pi |delta| k n and (4/3) |delta| k n with the same couplings.
    ratio = abs(round_earth_acceleration()) / abs(earth_gradient_acceleration())
    assert ratio == pytest.approx(3 * math.pi / 4, rel=1e-12)


def test_slope_of_the_round_earth_against_the_ball():
    delta, step = -1e-8, 1e-4
    surface, above = (density_excess(1e10, delta, height, "born").density_excess for height in (0.0, step))
    # Second order of the slope is 2 h/(pi/2): 1e-4.
    assert (above - surface) / step == pytest.approx(-math.pi / 2 * delta, rel=1e-3, abs=0.0)


def test_criterion():
    assert curvature_criterion(1e-8) == pytest.approx(0.017, rel=0.02)
    assert curvature_criterion(-4e-8) == pytest.approx(8 * curvature_criterion(1e-8), rel=1e-12)


def test_refusals():
    with pytest.raises(DomainError, match=r"^acceleration must be"):
        shortfall(0.0)
    with pytest.raises(DomainError, match=r"^material must be"):
        round_earth_acceleration(ground="cheese")
