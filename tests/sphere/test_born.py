"""The Born closed form against the integral it solves, its limits, and the exact sum it is the first order of."""

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnub import DomainError
from cnub.sphere.born import NO_RESONANCE, born, unit_ball
from cnub.sphere.contour import contour
from cnub.sphere.direct import direct_sum
from cnub.sphere.talk import printed_tangent, printed_term
from plane_limit import flat_limit

LEFT_OUT_ABS_11 = 1e-11
"""Absolute: what the limit or closed form leaves out at these arguments; measured 2e-12."""
LEFT_OUT_9 = 1e-9
"""Relative: what the limit or closed form leaves out at these arguments; measured 1e-10."""
LEFT_OUT_3 = 1e-3
"""Relative: what the limit or closed form leaves out at these arguments; measured 0.0001."""

ROUNDING = 1e-13
"""Of the envelope kR min(1, kR^2) / (r (1 + h)). Worst measured 2.1e-14, at argument 40, where 1 - x f(x) cancels."""


INSIDE_SLOPE = 1e-9
"""Absolute, of a central difference of 1e-6/kR in delta: its square times the third order; measured 2e-11."""


def envelope(kR, h):
    return kR * min(1.0, kR * kR) / ((kR + h) * (1 + h))


def by_integration(kR, h):
    """The Born integral, integrated numerically in 30 digits."""
    with mp.workdps(30):
        x, a = mp.mpf(kR), mp.mpf(h)
        b = 2 * x + a
        nodes = mp.linspace(a, b, 2 + int(kR))
        return float(mp.quad(lambda s: (s - a) * (b - s) * 2 * mp.sinc(2 * s), nodes) / (2 * (x + a)))


def in_many_digits(kR, h):
    """The closed form with sine integrals, in 60 digits so that its cancellations do not matter."""
    with mp.workdps(60):
        x, a = mp.mpf(kR), mp.mpf(h)
        b = 2 * x + a
        ends = (b * mp.cos(2 * a) - a * mp.cos(2 * b)) / 2 - (mp.sin(2 * b) - mp.sin(2 * a)) / 4
        return float((ends - a * b * (mp.si(2 * b) - mp.si(2 * a))) / (2 * (x + a)))


def exact_sum(kR, delta, h):
    """The talk's sum over partial waves at exactly this k, in 40 digits."""
    with mp.workdps(40):
        x, inside, r = mp.mpf(kR), kR * (1 + mp.mpf(delta)), kR + mp.mpf(h)
        orders = range(int(kR * (1 + abs(delta))) + 22 + int(8 * kR ** (1 / 3)))
        return float(mp.fsum(_wave(l, x, inside, r) for l in orders))


def _wave(l, x, inside, r):
    def spherical(bessel, order, z):
        return mp.sqrt(mp.pi / (2 * z)) * bessel(order + mp.mpf(1) / 2, z)

    j, j1 = (spherical(mp.besselj, n, x) for n in (l, l + 1))
    y, y1 = (spherical(mp.bessely, n, x) for n in (l, l + 1))
    f, f1 = (spherical(mp.besselj, n, inside) for n in (l, l + 1))
    tangent = printed_tangent(x, inside, (j, j1), (y, y1), (f, f1))
    jr, yr = spherical(mp.besselj, l, r), spherical(mp.bessely, l, r)
    return printed_term(l, tangent, jr, yr)


@pytest.mark.parametrize("kR", [1e-2, 1.0, 1.999, 2.001, 7.0, 40.0])
@pytest.mark.parametrize("h", [0.0, 1e-3, 0.7, 6.0, 30.0])
def test_closed_form_solves_the_integral(kR, h):
    assert abs(unit_ball(kR, h) - by_integration(kR, h)) < ROUNDING * envelope(kR, h) + 1e-28


@pytest.mark.parametrize("kR", [3.0, 1e4, 1.7e10, 1e13])
@pytest.mark.parametrize("h", [0.0, 1e-6, 0.1, 19.9, 20.1, 1e3, 1e6])
def test_no_cancellation_at_any_size(kR, h):
    assert abs(unit_ball(kR, h) - in_many_digits(kR, h)) < ROUNDING * envelope(kR, h)


@pytest.mark.parametrize("kR", [0.3, 2.5, 100.0, 1e7])
def test_surface_value_is_half_delta_less_the_focus_of_the_far_side(kR):
    delta = -2.5e-8
    expected = delta / 2 * (1 - np.sin(4 * kR) / (4 * kR))
    assert born(kR, delta)[0] == pytest.approx(expected, rel=ROUNDING)


def test_a_huge_ball_is_a_plane():
    heights = np.array([0.0, 0.3, 2.0, 25.0, 400.0])
    # the next order is height/kR, 1/(4 kR)
    np.testing.assert_allclose(
        unit_ball(1e13, heights), flat_limit(heights), rtol=LEFT_OUT_9, atol=1e-15 * heights.max()
    )
    assert flat_limit(0.0) == 0.5


def test_far_away_the_excess_falls_as_backscattering():
    # Two amplitudes meet, the incoming wave and the scattered one: 1/r^2, and the ball's own form factor j_1(2kR).
    kR, h = 1.3, 4e4
    first, second = (envelope_of_oscillation(kR, x) for x in (h, 2 * h))
    assert first / second == pytest.approx(4, rel=LEFT_OUT_3)


def envelope_of_oscillation(kR, h):
    return np.abs(unit_ball(kR, h + np.linspace(0, np.pi, 201))).max()


def test_shape_follows_the_height():
    heights = np.linspace(0, 5, 6).reshape(2, 3)
    value, error = born(50.0, 1e-4, heights)
    assert value.shape == error.shape == (2, 3)
    assert born(50.0, 1e-4, heights[1, 0])[0] == value[1, 0]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    log_kR=st.floats(-1, 1.7),
    log_delta=st.floats(-7, -1.5),
    sign=st.sampled_from([-1, 1]),
    h=st.one_of(st.just(0.0), st.floats(0, 30)),
)
def test_error_estimate_bounds_the_higher_orders(log_kR, log_delta, sign, h):
    kR, delta = 10**log_kR, sign * 10**log_delta  # kR delta^1.5 < 0.3: no trapped wave
    value, error = born(kR, delta, h)
    assert abs(exact_sum(kR, delta, h) - value) <= error


def test_error_estimate_at_any_size():
    # The integral over complex order is good to 1e-12 |delta| and shares nothing with the closed form.
    random = np.random.default_rng(5)
    for _ in range(150):
        kR, delta = 10 ** random.uniform(3, 13), random.choice([-1, 1]) * 10 ** random.uniform(-14, -2)
        height = 0.0 if random.random() < 0.25 else 10 ** random.uniform(-2, 6)
        if delta > 0.0 and kR * delta**1.5 > NO_RESONANCE:
            continue
        exact, exact_error = contour(kR, delta, height)
        value, error = born(kR, delta, height)
        assert abs(exact - value) <= error + exact_error, (kR, delta, height)


def test_error_estimate_is_not_idle():
    # At the surface of a ball of kR = 40 the second order reaches 0.6 delta^2 at the worst phase 4kR, 0.62 allowed.
    errors = [abs(exact_sum(x, 1e-4, 0) - born(x, 1e-4)[0]) / born(x, 1e-4)[1] for x in np.pi * (np.arange(4) / 8 + 13)]
    assert 0.5 < max(errors) <= 1


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((0, 1e-3), "kR"),
        ((np.nan, 0), "kR"),
        ((1, 1.0), "delta"),
        ((1, np.inf), "delta"),
        ((1, 0.1, -1.1), "height"),
        ((1e5, 1e-2), "kR delta"),
    ],
)
def test_refusals(arguments, name):
    with pytest.raises(DomainError, match=f"^{name}.* must be"):
        born(*arguments)


@pytest.mark.parametrize(
    ("kR", "height"), [(0.3, -0.1), (3.0, -3.0), (50.0, -0.5), (50.0, -49.5), (700.0, -20.0), (700.0, -700.0)]
)
def test_inside_it_is_the_first_order_of_the_sum(kR, height):
    step = 1e-6 / kR
    slope = (direct_sum(kR, step, height)[0] - direct_sum(kR, -step, height)[0]) / (2 * step)
    assert unit_ball(kR, height) == pytest.approx(slope, abs=INSIDE_SLOPE)


def test_it_is_continuous_through_the_surface():
    for kR in (0.5, 40.0, 1.7e10):
        assert unit_ball(kR, -1e-12) == pytest.approx(float(unit_ball(kR, 0.0)), abs=LEFT_OUT_ABS_11)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    log_kR=st.floats(-1, 2.5), log_delta=st.floats(-7, -1.5), sign=st.sampled_from([-1, 1]), depth=st.floats(0.0, 1.0)
)
def test_error_estimate_inside_bounds_the_higher_orders(log_kR, log_delta, sign, depth):
    kR, delta = 10**log_kR, sign * 10**log_delta
    if delta < 0.0 or kR * delta**1.5 <= NO_RESONANCE:
        value, error = born(kR, delta, -depth * kR)
        assert abs(direct_sum(kR, delta, -depth * kR)[0] - value) <= error
