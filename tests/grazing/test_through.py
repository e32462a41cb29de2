"""The parts of the density through a flat surface: each against the real axis, and their sum."""

import numpy as np
import pytest
from scipy.integrate import quad

from cnub import DomainError
from cnub.grazing.halfspace import halfspace_excess
from cnub.grazing.through import surface_parts

CANCELLED = 1e-13
"""Absolute: integrals of different waves whose sum is zero; measured 6e-15."""
REAL_AXIS = 1e-8
"""Absolute: an oscillating integral to infinity on the real axis; measured 5e-10."""


@pytest.mark.parametrize("sign", ["attract", "repel"])
def test_the_parts_cancel_on_both_sides_whatever_the_distance(sign):
    heights = np.concatenate([-np.geomspace(1e-12, 300.0, 40), [0.0], np.geomspace(1e-12, 300.0, 40)])
    parts = surface_parts(heights, sign)
    assert all(np.abs(part).max() > 0.3 for name, part in parts.items() if (sign, name) != ("repel", "thinned"))
    assert np.abs(sum(parts.values())).max() < CANCELLED


def test_what_is_reflected_in_part_on_the_dense_side_is_the_integral_along_the_real_axis():
    for depth in (0.4, 1.3, 6.0):
        integral, _ = quad(lambda q: (q - np.sqrt(q * q - 1)) ** 2, 1, np.inf, weight="cos", wvar=2 * depth, limlst=400)
        assert surface_parts(-depth, "attract")["partial"] == pytest.approx(integral, abs=REAL_AXIS)
        assert surface_parts(depth, "repel")["partial"] == pytest.approx(integral, abs=REAL_AXIS)


@pytest.mark.parametrize("distance", [0.3, 2.0])
def test_totally_reflected_waves_stand_before_the_surface_and_end_behind_it(distance):
    """On the dense side 1 + Re(r e^{2iqd}) of waves with |r| = 1, on the rare side 2 q^2 e^{-2u sqrt(1 - q^2)}."""
    standing, _ = quad(lambda q: ((q - 1j * np.sqrt(1 - q * q)) ** 2 * np.exp(2j * q * distance)).real, 0, 1)
    tail, _ = quad(lambda q: 2 * q * q * np.exp(-2 * distance * np.sqrt(1 - q * q)), 0, 1)
    assert surface_parts(-distance, "attract")["total"] == pytest.approx(1 + standing, abs=REAL_AXIS)
    assert surface_parts(distance, "repel")["total"] == pytest.approx(standing, abs=REAL_AXIS)
    assert surface_parts(distance, "attract")["total"] == pytest.approx(tail, abs=REAL_AXIS)
    assert surface_parts(-distance, "repel")["total"] == pytest.approx(tail, abs=REAL_AXIS)


def test_one_part_left_out_is_of_the_order_of_the_root_and_all_together_of_delta():
    delta = 1e-8
    root = np.sqrt(2 * delta)
    empty = halfspace_excess(delta, 0.0, trapped="empty") / root
    assert empty == pytest.approx(surface_parts(1e-12, "attract")["partial"], abs=2 * root)
    assert halfspace_excess(delta, 0.0) / root == pytest.approx(0.0, abs=root)


def test_refuses_another_sign():
    with pytest.raises(DomainError, match="sign"):
        surface_parts(0.0, "push")
