"""The half-space: Fresnel, who fills which states, and the talk's asymmetry."""

import math

import mpmath
import numpy as np
import pytest
from scipy.special import iv, modstruve, sici

from cnub import DomainError
from cnub.grazing import halfspace as hs
from cnub.reflection import SIGNS

LEFT_OUT_ABS_3 = 2e-3
"""Absolute: what the limit or closed form leaves out at these arguments; measured 0.0002."""
LEFT_OUT_9 = 1e-9
"""Relative: what the limit or closed form leaves out at these arguments; measured 7e-11."""
LEFT_OUT_9_WIDE = 2e-9
"""Relative: what the limit or closed form leaves out at these arguments; zeros are compared exactly."""
LEFT_OUT_8 = 1e-8
"""Relative: what the limit or closed form leaves out at these arguments; measured 1e-09."""
LEFT_OUT_5 = 2e-5
"""Relative: what the limit or closed form leaves out at these arguments; measured 2e-05."""
NUMERICAL = 1e-10
"""Relative: the quadrature, root or solver behind one of the two values; measured 4e-12."""
ROUNDING_13 = 1e-13
"""Relative: rounding alone; measured 4e-15."""
ROUNDING_12 = 1e-12
"""Relative: rounding alone; measured 4e-15."""
ROUNDING_11 = 1e-11
"""Relative: rounding alone; measured 2e-13."""

QUADRATURE = 5e-13
"""160 Gauss nodes on smooth integrands of order one; measured 4e-15 relative to the closed forms below."""


def test_trapped_density_against_struve_functions():
    """2/3 - (pi/a)[I_2(a) - L_2(a)] with a = 2u: derivative of DLMF 11.5.4."""
    u = np.array([0.05, 0.4, 1.0, 3.0])
    closed = 2 / 3 - math.pi / (2 * u) * (iv(2, 2 * u) - modstruve(2, 2 * u))
    np.testing.assert_allclose(hs.trapped_density(u), closed, rtol=ROUNDING_11)


def test_trapped_density_limits():
    assert hs.trapped_density(0.0) == pytest.approx(2 / 3, rel=ROUNDING_13)
    assert hs.trapped_density(-1e-9) == pytest.approx(2 / 3, rel=LEFT_OUT_8)
    far = 200.0
    assert hs.trapped_density(far) * 2 * far**2 == pytest.approx(1.0, rel=LEFT_OUT_5)
    assert hs.trapped_density(-300.0) == pytest.approx(1.0, abs=LEFT_OUT_ABS_3)


@pytest.mark.parametrize("u", [0.2, 1.0])
@pytest.mark.parametrize("sign", SIGNS)
def test_interference_by_direct_quadrature_on_the_real_axis(sign, u):
    """The bent path against mpmath on the real axis: -trapped density if attracting, nothing if repelling."""
    step = 1 if sign == "attract" else -1

    def wave(q):
        inside = mpmath.sqrt(q * q + step)
        return mpmath.re((q - inside) / (q + inside) * mpmath.expj(2 * q * u))

    ends = [0, 1, *[1 + mpmath.pi * n / (2 * u) for n in range(1, 60)]]
    direct = mpmath.quad(wave, ends, maxdegree=5)
    left = abs(1 / (4 * ends[-1] ** 2) / (2 * u))
    expected = -hs.trapped_density(u) if sign == "attract" else 0.0
    assert float(direct) == pytest.approx(expected, abs=1.1 * float(left))


def test_everything_filled_leaves_nothing_at_this_order():
    heights = np.array([0.0, 0.3, 2.0, 30.0])
    for sign in SIGNS:
        np.testing.assert_allclose(hs.grazing_excess(heights, sign), 0.0, atol=QUADRATURE)


def test_the_filled_half_space_would_show_a_fault_of_either_integral(monkeypatch):
    right = hs._W
    monkeypatch.setattr(hs, "_W", 1.001 * right)  # the trapped states
    assert hs.grazing_excess(0.0, "attract") == pytest.approx(1e-3 * 2 / 3, rel=NUMERICAL)
    monkeypatch.setattr(hs, "_W", right)
    monkeypatch.setattr(hs, "_LOG_STEP", 1.001 * hs._LOG_STEP)  # the diagonal
    assert hs.grazing_excess(0.0, "attract") == pytest.approx(-1e-3 * 2 / 3, rel=NUMERICAL)


def test_empty_trapped_states_give_two_thirds():
    assert hs.grazing_excess(0.0, "attract", trapped="empty") == pytest.approx(-2 / 3, abs=QUADRATURE)
    assert hs.grazing_excess(0.0, "repel", trapped="empty") == pytest.approx(0.0, abs=QUADRATURE)


def test_coefficients_of_the_talk():
    """16/15 = 8/15 + 8/15 at the surface and 2/5 far away, for downgoing flux only."""
    assert hs.grazing_excess(0.0, "attract", "above") == pytest.approx(-8 / 15, abs=QUADRATURE)
    assert hs.grazing_excess(0.0, "repel", "above") == pytest.approx(8 / 15, abs=QUADRATURE)
    assert hs.downgoing_asymmetry(0.0) == pytest.approx(hs.talk_asymmetry(0.0, 1.0), abs=QUADRATURE)
    assert hs.downgoing_asymmetry(1e7) == pytest.approx(hs.talk_asymmetry(1e7, 1.0), abs=QUADRATURE)


def test_decay_lengths_are_what_their_names_say():
    lengths, h = hs.decay_lengths(), 1e-5
    slope = (hs.trapped_density(2 * h) - 4 * hs.trapped_density(h) + 3 * hs.trapped_density(0.0)) / (2 * h)
    assert lengths["initial slope"] == pytest.approx(
        (2 / 3) / slope, rel=LEFT_OUT_9
    )  # the profile has a u^2 log u term
    u, w = np.polynomial.legendre.leggauss(200)
    grid, weight = (1 + u) / (1 - u), 2 * w / (1 - u) ** 2
    assert lengths["area"] == pytest.approx((hs.trapped_density(grid) @ weight) / (2 / 3), rel=ROUNDING_12)
    assert hs.trapped_density(lengths["1/e height"]) == pytest.approx(2 / 3 / math.e, rel=ROUNDING_12)


@pytest.mark.parametrize("delta", [1e-8, -1e-8, 1e-3, -1e-3, 0.09, -0.09])
def test_all_filled_is_the_large_ball(delta):
    """Exact half-space against the first Born order of a ball at kR -> infinity, which errs by O(delta^2)."""
    kz = np.array([0.0, 0.3, 2.0, 50.0, 1e4])
    born = delta * (np.cos(2 * kz) / 2 - kz * (math.pi / 2 - sici(2 * kz)[0]))
    second_order = 0.3 * delta**2
    np.testing.assert_allclose(
        hs.halfspace_excess(delta, kz), born, rtol=LEFT_OUT_9_WIDE, atol=second_order + 1e-16 * abs(delta)
    )


@pytest.mark.parametrize("flux", hs.FLUXES)
@pytest.mark.parametrize("trapped", hs.TRAPPED)
def test_exact_tends_to_grazing(flux, trapped):
    delta, u = 1e-10, 0.8
    s = math.sqrt(2 * delta)
    for sign, signed in (("attract", delta), ("repel", -delta)):
        exact = hs.halfspace_excess(signed, u / s, flux, trapped) / s
        assert exact == pytest.approx(hs.grazing_excess(u, sign, flux, trapped), abs=5 * s)


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: hs.grazing_excess(-1.0, "attract"), "height"),
        (lambda: hs.grazing_excess(math.nan, "attract"), "height"),
        (lambda: hs.grazing_excess(0.0, "up"), "sign"),
        (lambda: hs.grazing_excess(0.0, "attract", "left"), "flux"),
        (lambda: hs.grazing_excess(0.0, "attract", "both", "half"), "trapped"),
        (lambda: hs.halfspace_excess(1.0, 0.0), "delta"),
    ],
)
def test_refusals(call, names):
    with pytest.raises(DomainError, match=f"^{names} must"):
        call()


def test_no_matter_no_effect():
    assert hs.halfspace_excess(0.0, 3.0) == 0.0
