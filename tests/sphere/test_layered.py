"""Concentric shells: the exact sum against the ball, the Born order against the exact sum, unitarity, refusals."""

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnub import DomainError
from cnub.sphere.born import born
from cnub.sphere.direct import direct_sum
from cnub.sphere.layered import born_layers, layered_phase_shifts, layered_sum, penetrability

LEFT_OUT = 0.2
"""Absolute: what the limit or closed form leaves out at these arguments; measured 0.1."""
ROUNDING_ABS_13 = 1e-13
"""Absolute: rounding alone; measured 1e-15."""
ROUNDING_14 = 1e-14
"""Relative: rounding alone; measured 2e-16."""

SPLIT = 3e-15
"""A ball cut into shells of equal delta differs by rounding alone: 3e-16 measured."""
THIRD_ORDER = 1e-7
"""Relative; (kR delta)^2 = 1e-8 times a few: the half-difference of both signs of delta is free of second order."""


@pytest.mark.parametrize(("kR", "delta"), [(0.1, 0.1), (5.0, -1e-3), (50.0, 0.1), (300.0, 0.05), (3000.0, -1e-3)])
@pytest.mark.parametrize("height", [0.0, 0.5, 20.0])
def test_one_shell_is_the_ball(kR, delta, height):
    value, error = layered_sum([kR], [delta], height)
    exact, _ = direct_sum(kR, delta, height)
    assert abs(value - exact) <= error
    assert error < 1e-9 * abs(delta)


def test_error_estimate_is_not_idle():
    """A hundred times larger it would say nothing, at none of these points; direct sums carry twice the digits."""
    shares = []
    for kR, delta, height in [
        (2125.4816954066663, -0.007927929200841642, 1.641),
        (442.8, 2.329e-4, 0.37),
        (300.0, 0.01, 0.0),
    ]:
        value, error = layered_sum([kR], [delta], height)
        shares.append(abs(value - direct_sum(kR, delta, height)[0]) / error)
    assert 0.01 < max(shares) <= 1.0


@pytest.mark.parametrize("height", [1e3, 1.23456789e9, 1e15])
def test_far_above_the_estimate_follows_what_a_double_holds_of_the_phase(height):
    value, error = layered_sum([3.3], [0.01], height)
    exact, _ = direct_sum(3.3, 0.01, height)
    assert abs(value - exact) <= error < 10.0 * 0.01 / height**2


@pytest.mark.parametrize(("kR", "delta"), [(1000.5, -0.9), (3000.0, -0.5), (40.0, -0.999)])
def test_waves_that_die_away_inside_are_reflected(kR, delta):
    """Most orders reach the surface and not the inside, where psi is below 1e-140: the ball is a mirror for them."""
    value, error = layered_sum([kR], [delta])
    exact, rest = direct_sum(kR, delta)
    assert abs(value - exact) <= error + rest and error < 1e-11
    cut, _ = layered_sum([0.1 * kR, kR], [delta, delta])
    assert cut == pytest.approx(value, abs=error)


def test_shells_of_any_index_have_an_answer():
    rng = np.random.default_rng(7)
    for _ in range(40):
        radii = np.cumsum(10.0 ** rng.uniform(-2, 2.8, 4))
        assert np.isfinite(layered_sum(radii, rng.uniform(-0.999, 0.999, 4), 1.0)).all()


def test_cutting_a_ball_changes_nothing():
    heights = np.array([0.0, 3.0])
    whole, _ = layered_sum([200.0], [2e-3], heights)
    cut, _ = layered_sum([3.0, 77.0, 180.0, 199.0, 200.0], [2e-3] * 5, heights)
    np.testing.assert_allclose(cut, whole, atol=SPLIT)
    first, _ = born_layers([3.0, 77.0, 180.0, 199.0, 200.0], [2e-3] * 5, heights)
    np.testing.assert_allclose(first, born(200.0, 2e-3, heights)[0], atol=SPLIT)


def test_phase_shifts_of_two_shells_by_integration():
    # Second method: the radial equation integrated in 25 digits through the two shells, order by order.
    radii, deltas = [3.0, 5.0], [0.3, -0.2]
    shifts = layered_phase_shifts(radii, deltas)
    for l in (0, 2, 5):
        assert shifts[l] == pytest.approx(_by_radial_equation(l, radii, deltas), abs=ROUNDING_ABS_13)


def _by_radial_equation(l, radii, deltas):
    with mp.workdps(25):
        start = mp.mpf("0.05")
        inside = 1 + mp.mpf(deltas[0])
        z = inside * start
        u = mp.sqrt(mp.pi * z / 2) * mp.besselj(l + 0.5, z)
        v = mp.diff(lambda s: mp.sqrt(mp.pi * inside * s / 2) * mp.besselj(l + 0.5, inside * s), start)
        left = start
        for right, delta in zip(radii, deltas, strict=True):
            n2 = (1 + mp.mpf(delta)) ** 2

            def slope(r, y, n2=n2):
                return [y[1], (l * (l + 1) / r**2 - n2) * y[0]]

            u, v = mp.odefun(slope, left, [u, v])(mp.mpf(right))
            left = mp.mpf(right)
        psi, chi = (
            (lambda s: mp.sqrt(mp.pi * s / 2) * mp.besselj(l + 0.5, s)),
            (lambda s: mp.sqrt(mp.pi * s / 2) * mp.bessely(l + 0.5, s)),
        )
        top = v * psi(left) - u * mp.diff(psi, left)
        return float(mp.atan(-top / (u * mp.diff(chi, left) - v * chi(left))))


def test_born_is_the_first_order_of_the_shells():
    radii, deltas = np.array([6.0, 17.0, 25.0, 30.0]), 1e-6 * np.array([4.0, -1.0, 2.5, 1.0])
    heights = np.array([0.0, 0.8, 6.0])
    odd = (layered_sum(radii, deltas, heights)[0] - layered_sum(radii, -deltas, heights)[0]) / 2
    np.testing.assert_allclose(odd, born_layers(radii, deltas, heights)[0], atol=THIRD_ORDER * 1e-6)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    thickness=st.lists(st.floats(0.5, 30.0), min_size=1, max_size=6),
    strength=st.floats(-6, -3.5),
    pattern=st.lists(st.integers(-9, 9), min_size=6, max_size=6),
    height=st.one_of(st.just(0.0), st.floats(0, 40)),
)
def test_born_error_bounds_the_exact_sum(thickness, strength, pattern, height):
    radii = np.cumsum(thickness)
    deltas = 10**strength / 9 * np.array(pattern[: len(thickness)])
    value, error = born_layers(radii, deltas, height)
    exact, rounding = layered_sum(radii, deltas, height)
    assert abs(exact - value) <= error + rounding


def test_orders_that_pass_outside_feel_nothing():
    shifts = layered_phase_shifts([40.0, 100.0], [0.01, 0.0])
    assert np.abs(shifts[80:]).max() < 1e-15 and np.abs(shifts[:38]).min() > 1e-6


def test_penetrability():
    # DLMF 10.49: psi^2 + chi^2 = 1, 1 + 1/x^2, 1 + 3/x^2 + 9/x^4 for l = 0, 1, 2
    x = 3.0
    expected = [1, 1 + 1 / x**2, 1 + 3 / x**2 + 9 / x**4]
    np.testing.assert_allclose(1 / penetrability(x, [0, 1, 2]), expected, rtol=ROUNDING_14)
    # far inside the barrier: WKB, 2 Int sqrt(nu^2/r^2 - k^2) dr = 2 (nu arccosh(nu/x) - sqrt(nu^2 - x^2))
    nu = 150.5
    exponent = 2 * (nu * np.arccosh(nu / 100) - np.sqrt(nu**2 - 1e4))
    assert np.log(penetrability(100.0, 150)) == pytest.approx(-exponent, abs=LEFT_OUT)  # prefactor sqrt(nu^2/x^2 - 1)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (([2.0, 1.0], [0.1, 0.1]), "k_radii"),
        (([0.0, 1.0], [0.1, 0.1]), "k_radii"),
        (([1.0, np.nan], [0.1, 0.1]), "k_radii"),
        (([1.0, 2.0], [0.1]), "deltas"),
        (([1.0, 2.0], [0.1, 1.0]), "deltas"),
        (([2e5], [0.1]), "kR"),
        (([1.0], [0.1], -1.0), "height"),
        (([10.0], [1e-4], 1e300), "height"),
    ],
)
def test_refusals(arguments, name):
    with pytest.raises(DomainError, match=f"^{name} must be"):
        layered_sum(*arguments)
