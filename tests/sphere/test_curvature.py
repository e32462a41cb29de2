"""The criterion of the round Earth."""

import pytest

from cnub.constants import EARTH_RADIUS_M
from cnub.relic import mean_momentum, size_parameter
from cnub.sphere.curvature import curvature_criterion

ROUNDING = 1e-12
"""Relative: rounding alone; exact here."""
TYPED = 1e-6
"""Relative: the digits of the expected value, typed or published; measured 1e-07."""

TWO_DIGITS = 0.01
"""Relative: 0.017 belongs to kR = 1.7e10, printed with two digits; measured 3.3e-3."""


def test_criterion_of_the_earth_and_of_a_metre():
    earth = size_parameter(EARTH_RADIUS_M, mean_momentum())
    assert curvature_criterion(earth, 1e-8) == pytest.approx(0.017, rel=TWO_DIGITS)
    assert curvature_criterion(size_parameter(1.0, 1e-3), 0.01) == pytest.approx(1e-3 / 1.97327e-7 * 1e-3, rel=TYPED)
    assert curvature_criterion(earth, -4e-8) == pytest.approx(8 * curvature_criterion(earth, 1e-8), rel=ROUNDING)
