"""The relic gas against zeta functions, quadrature and published numbers."""

import math

import mpmath
import pytest
from scipy.integrate import quad

from cnub import DomainError
from cnub.constants import EARTH_RADIUS_M
from cnub.relic import (
    CMB_TEMPERATURE_K,
    TEMPERATURE,
    TEMPERATURE_K,
    age_s,
    de_broglie_length_m,
    flux_per_cm2_s,
    mean_momentum,
    mean_speed,
    momentum_cdf,
    momentum_density,
    momentum_moment,
    momentum_quantile,
    neutrino_temperature,
    number_density_per_cm3,
    size_parameter,
    speed,
)

LEFT_OUT_8 = 1e-8
"""Relative: what the limit or closed form leaves out at these arguments; measured 1e-10."""
LEFT_OUT_6 = 1e-6
"""Relative: what the limit or closed form leaves out at these arguments; measured 1e-08."""
LEFT_OUT_3 = 1e-3
"""Relative: what the limit or closed form leaves out at these arguments; measured 1e-05."""
STEPS = 1e-8
"""Relative: the steps of a grid or of a difference; measured 1e-09."""
TYPED_8 = 1e-8
"""Relative: the digits of the expected value, typed or published; measured 5e-10."""
TYPED_5 = 1e-5
"""Relative: the digits of the expected value, typed or published; measured 2e-06."""

ROUNDING = 1e-12
"""Closed forms of double precision; the worst seen is 2e-15 (3e-13 for the 20th moment by the Gauss rule)."""
QUADRATURE = 1e-9
"""Adaptive quadrature at its default 1.5e-8, usually far better; worst seen 2e-12."""
TWO_DIGITS = 5e-3
"""Relative: 1.7e10 is printed with two digits; measured 3.3e-3."""


def test_numbers_of_the_gas():
    assert round(TEMPERATURE_K, 3) == 1.945
    assert round(number_density_per_cm3()) == 56 and round(number_density_per_cm3(2)) == 112
    assert number_density_per_cm3(6, clustering=2.0) == pytest.approx(12 * number_density_per_cm3(), rel=ROUNDING)
    assert round(mean_momentum() / TEMPERATURE, 4) == 3.1514
    assert round(momentum_moment(-2) * TEMPERATURE**2, 4) == 0.3844
    assert round(de_broglie_length_m(mean_momentum()) * 1e3, 2) == 0.37
    assert size_parameter(EARTH_RADIUS_M, mean_momentum()) == pytest.approx(1.7e10, rel=TWO_DIGITS)


@pytest.mark.parametrize("power", [-2.5, -2, -1.9999999, -1, 0, 1, 2.5, 4])
def test_moments_against_arbitrary_precision(power):
    def weighted(extra):
        return mpmath.quad(lambda x: x ** (2 + extra) / (mpmath.exp(x) + 1), [0, 1, 10, 80])

    expected = weighted(mpmath.mpf(power)) / weighted(0)
    assert momentum_moment(power, 1.0) == pytest.approx(float(expected), rel=QUADRATURE)


def test_distribution_is_its_own_derivative_and_inverse():
    total = quad(lambda x: momentum_density(x, 1.0), 0, 60)[0]
    assert total == pytest.approx(1.0, rel=QUADRATURE)
    for fraction in (1e-9, 0.1, 0.5, 0.99, 1 - 1e-9):
        assert momentum_cdf(momentum_quantile(fraction)) == pytest.approx(fraction, rel=QUADRATURE)
    step = 1e-4
    slope = (momentum_cdf(2 + step, 1.0) - momentum_cdf(2 - step, 1.0)) / (2 * step)
    assert slope == pytest.approx(float(momentum_density(2.0, 1.0)), rel=STEPS)
    assert momentum_cdf(0.0) == 0.0 and momentum_cdf(1.0) == 1.0


def test_everything_scales_with_the_temperature():
    """In units of eV, at the gas's own 1.676e-4 eV: a temperature in the wrong place does not show at T = 1."""
    T, norm = TEMPERATURE, 1.5 * 1.2020569031595942
    for x in (0.3, 3.0, 12.0):
        assert float(momentum_density(x * T)) == pytest.approx(x * x / (math.exp(x) + 1) / norm / T, rel=ROUNDING)
        below = quad(lambda u: u * u / (math.exp(u) + 1), 0, x, epsabs=0, epsrel=1e-12)[0] / norm
        assert momentum_cdf(x * T) == pytest.approx(below, rel=QUADRATURE)
        assert momentum_quantile(below) == pytest.approx(x * T, rel=QUADRATURE)
    assert momentum_moment(1) == pytest.approx(3.15137437 * T, rel=TYPED_8)
    assert momentum_moment(2) == pytest.approx(15 * 1.03692775514337 / 1.2020569031595942 * T**2, rel=ROUNDING)
    assert momentum_moment(-1, 2 * T) == pytest.approx(math.pi**2 / 12 / norm / (2 * T), rel=ROUNDING)
    # <v> = <p/E>: at m = 3 T, by quadrature.
    ratio = quad(lambda u: u**3 / math.hypot(u, 3.0) / (math.exp(u) + 1), 0, 60, epsabs=0, epsrel=1e-11)[0] / norm
    assert mean_speed(3 * T) == pytest.approx(ratio, rel=QUADRATURE)
    # n = 3 zeta(3) T^3/(4 pi^2) per state: 55.96 per cm^3 x (2.7255/2.725)^3 of the older temperature.
    per_state = 3 * 1.2020569031595942 / (4 * math.pi**2) * (1.945368 * 8.617333e-5 / 1.973270e-5) ** 3
    assert number_density_per_cm3() == pytest.approx(per_state, rel=TYPED_5)
    assert flux_per_cm2_s(3 * T, 2, 1.5) == pytest.approx(3 * per_state * ratio * 2.99792458e10, rel=TYPED_5)


def test_speeds_between_the_limits():
    assert mean_speed(0.0) == pytest.approx(1.0, rel=ROUNDING)
    heavy = 50.0
    assert mean_speed(heavy) == pytest.approx(mean_momentum() / heavy, rel=LEFT_OUT_8)
    assert float(speed(3.0, 4.0)) == 0.6
    assert flux_per_cm2_s(0.0) == pytest.approx(number_density_per_cm3() * 29979245800.0, rel=ROUNDING)


def test_a_gas_of_another_temperature():
    """At redshift z: 1 + z times the temperature, (1 + z)^3 times the density; a slow flux grows as its power 4."""
    earlier = neutrino_temperature(10 * CMB_TEMPERATURE_K)
    assert neutrino_temperature() == TEMPERATURE and earlier == pytest.approx(10 * TEMPERATURE, rel=ROUNDING)
    assert number_density_per_cm3(2, temperature=earlier) == pytest.approx(
        1e3 * number_density_per_cm3(2), rel=ROUNDING
    )
    heavy = 50.0
    assert flux_per_cm2_s(heavy, temperature=earlier) == pytest.approx(1e4 * flux_per_cm2_s(heavy), rel=LEFT_OUT_6)
    with pytest.raises(DomainError, match=r"^cmb_temperature_K must be"):
        neutrino_temperature(0.0)


def test_age_at_decoupling():
    # t = 0.301 g^-1/2 M_Planck/T^2 with M_Planck = 1.22089e28 eV: 0.738 s at 1 MeV.
    by_hand = 0.30118 / math.sqrt(10.75) * 1.220890e28 / 1e12 * 6.582120e-16
    assert age_s(1e6) == pytest.approx(by_hand, rel=LEFT_OUT_3)
    assert age_s(5e5) == pytest.approx(4 * age_s(1e6), rel=ROUNDING)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: momentum_moment(-3), "power"),
        (lambda: momentum_moment(math.nan), "power"),
        (lambda: momentum_quantile(1.0), "fraction"),
        (lambda: mean_speed(-1.0), "mass"),
        (lambda: speed(0.0, 0.1), "momentum"),
        (lambda: number_density_per_cm3(0), "states"),
        (lambda: number_density_per_cm3(clustering=0.0), "clustering"),
        (lambda: de_broglie_length_m(0.0), "momentum"),
        (lambda: size_parameter(math.inf, 1.0), "radius_m"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
