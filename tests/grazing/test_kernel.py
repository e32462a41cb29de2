"""What the march is made of: the share of a hat below moving ground, one step, one wave at the surface, the ground."""

import numpy as np
import pytest
from scipy.integrate import quad

from cnub.grazing.kernel import march, underground
from cnub.grazing.profiles import patch

ROUNDING_ABS_12 = 1e-12
"""Absolute: rounding alone; measured 1e-16."""
ROUNDING_14 = 1e-14
"""Relative: rounding alone; exact here."""
STEPS_ABS_8 = 1e-8
"""Absolute: the steps of a grid or of a difference; measured 2e-09."""
STEPS_ABS_5 = 1e-5
"""Absolute: the steps of a grid or of a difference; measured 3e-06."""

QUADRATURE = 1e-11
"""Adaptive quadrature of a piecewise polynomial, split at its kinks; worst seen 2e-16."""


def hat_below(t):
    """Area of the hat 1 - |s| that lies below the height t."""
    return quad(lambda s: 1 - abs(s), -1, min(max(t, -1), 1), points=[0.0], epsabs=1e-14)[0]


@pytest.mark.parametrize("t", [-2.0, -1.0, -0.7, -0.2, 0.0, 0.3, 0.9, 1.0, 3.0])
def test_share_of_a_hat_below_ground_at_rest(t):
    assert underground(t, t) == pytest.approx(hat_below(t), abs=QUADRATURE)


@pytest.mark.parametrize(
    ("low", "high"), [(-0.9, -0.1), (-0.4, 0.6), (0.2, 0.8), (-3.0, 0.5), (-0.5, 4.0), (0.7, -0.3), (-2.0, -1.5)]
)
def test_share_while_the_ground_moves_is_its_mean_over_the_step(low, high):
    kinks = sorted(x for x in (-1.0, 0.0, 1.0) if min(low, high) < x < max(low, high))
    total = quad(hat_below, low, high, points=kinks or None, epsabs=1e-12)[0]
    assert underground(low, high) == pytest.approx(total / (high - low), abs=ROUNDING_ABS_12)


@pytest.mark.parametrize("depth", [-1.0, 1.0])
def test_march_is_crank_nicolson(depth):
    """i d phi/dX = -phi'' + V phi with V the mean share over each step, and zero beyond the ends."""
    rng = np.random.default_rng(4)
    n, cell, bottom = 40, 0.3, -5.0
    wave = rng.normal(size=n) + 1j * rng.normal(size=n)
    static = np.where(np.arange(n) > 30, -0.2j, 0.0)
    start, end, steps = np.array([-0.4, 0.35]), np.array([0.35, 0.30]), np.array([0.02, 0.05])
    expected = wave.copy()
    second = (np.eye(n, k=1) - 2 * np.eye(n) + np.eye(n, k=-1)) / cell**2
    for low, high, step in zip(start, end, steps, strict=True):
        heights = np.linspace(low, high, 4001)
        nodes = bottom + cell * np.arange(n)
        shares = [np.trapezoid([hat_below(x) for x in (heights[::100] - z) / cell], dx=1 / 40) for z in nodes]
        energy = -second + np.diag(static + depth * np.array(shares))
        half = 0.5j * step * energy
        expected = np.linalg.solve(np.eye(n) + half, (np.eye(n) - half) @ expected)
    found = march(wave.copy(), static.astype(complex), bottom, cell, start, end, steps, depth)
    # 40 trapezoids over the motion of the ground, a share off by 1e-4 at two nodes; measured 3.2e-6.
    np.testing.assert_allclose(found, expected, atol=STEPS_ABS_5)


@pytest.mark.parametrize("shape", ["smooth", "chord", "flat-topped"])
def test_slope_of_a_patch_is_that_of_its_height(shape):
    ground, half, kappa = patch(0.7, 3.0, shape), 1.5, 0.7
    x = np.array([-6.0, -2.0, -1.0, 0.3, 1.4, 1.7, 5.0])
    drop = {"smooth": (np.abs(x) - half) ** 2, "chord": x**2 - half**2, "flat-topped": x**2}[shape]
    np.testing.assert_allclose(ground.height(x), np.where(np.abs(x) > half, -kappa * drop, 0.0), rtol=ROUNDING_14)
    numerical = (ground.height(x + 1e-6) - ground.height(x - 1e-6)) / 2e-6
    np.testing.assert_allclose(ground.slope(x), numerical, atol=STEPS_ABS_8)
