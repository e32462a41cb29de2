"""One plane wave on the ball: its average over the sphere is the talk's sum, its limb is of order sqrt(2 delta)."""

import numpy as np
import pytest

from cnub import DomainError
from cnub.sphere.beam import beam_density, gathered
from cnub.sphere.direct import direct_sum

ROUNDING = 1e-13
"""Absolute: rounding alone; measured 4e-15."""

AVERAGE = 1e-11
"""Of |delta|: the average over a few thousand nodes of a density of order one; 2e-12 measured."""
SPHERICAL_WAVE = 0.01
"""Of the largest value: second order in kR delta and the next order of the spherical wave, 4/far; measured 6e-3."""
SECOND_ORDER = 5e-3
"""Relative: delta/2 is the first order in delta = -0.02; measured 3.3e-3."""


@pytest.mark.parametrize(("kR", "delta"), [(0.5, 0.05), (50.0, -0.05), (50.0, 0.05), (400.0, 0.01)])
def test_average_over_the_sphere_is_the_sum_over_waves(kR, delta):
    # talk, "Semiclassical treatment": n(r) = n0/(4 pi) Int |Psi|^2 dOmega
    assert abs(gathered(kR, delta)[1][-1] - direct_sum(kR, delta)[0]) < AVERAGE * abs(delta)


def test_above_the_surface_too():
    assert abs(gathered(60.0, 0.03, height=7.5)[1][-1] - direct_sum(60.0, 0.03, 7.5)[0]) < AVERAGE * 0.03


def test_without_a_ball_the_beam_is_uniform():
    np.testing.assert_allclose(beam_density(80.0, 0.0, np.linspace(-1, 1, 41)), 1.0, atol=ROUNDING)


def test_small_ball_scatters_as_born():
    # Second method: f(theta) of a weak ball, (2 delta k^2) R^3 j_1(qR)/(qR), in the far field of a ball of kR = 2.
    kR, delta, far = 2.0, 1e-3, 4e3
    z = np.array([-0.9, -0.3, 0.4])
    q = kR * np.sqrt(2 * (1 - z))
    amplitude = 2 * delta * kR**3 * (np.sin(q) - q * np.cos(q)) / q**3
    expected = 2 * amplitude / far * np.cos(far * (1 - z))
    found = beam_density(kR, delta, z, height=far - kR) - 1
    # Second order in kR delta, and the next order of the spherical wave, 4/far: together 0.5 % measured.
    np.testing.assert_allclose(found, expected, atol=SPHERICAL_WAVE * np.abs(expected).max())


def test_excess_at_the_limb_is_of_order_sqrt_delta_and_is_given_back():
    delta = -0.02
    _, repelled = gathered(2000.0, delta)
    assert repelled.max() > 0.5 * np.sqrt(2 * abs(delta))
    assert repelled[-1] == pytest.approx(delta / 2, rel=SECOND_ORDER)


@pytest.mark.parametrize(
    ("arguments", "name"), [((2e5, 0.1, 0.0), "kR"), ((10.0, 0.1, 1.1), "cos_theta"), ((10.0, 1.0, 0.0), "delta")]
)
def test_refusals(arguments, name):
    with pytest.raises(DomainError, match=f"^{name} must be"):
        beam_density(*arguments)
