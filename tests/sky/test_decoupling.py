"""Decoupling: Gamma = H in SI units, entropy in its limits and by the energy of the plasma."""

import math

import pytest
from scipy.integrate import quad

from cnub import DomainError
from cnub.constants import ELECTRON_MASS, HBAR_EV_S
from cnub.relic import age_s
from cnub.sky.decoupling import (
    decoupling_temperature,
    denser_by_reheating,
    expansion_rate,
    temperature_ratio,
    weak_over_expansion,
)

ROUNDING = 1e-12
"""Relative; measured 4e-16."""
TYPED = 1e-3
"""Relative: constants typed with four digits; measured 2e-4."""
INTEGRATED = 1e-8
"""Relative: quadrature of an entropy by steps of temperature; measured 4e-10."""


def test_rate_equals_expansion_in_other_units():
    """G_F = 1.1664e-5 GeV^-2, M_Planck = 1.2209e19 GeV: T^3 = 1.66 sqrt(10.75)/(G_F^2 M_Planck)."""
    by_hand = (math.sqrt(4 * math.pi**3 / 45 * 10.75) / (1.1664e-5**2 * 1.2209e19)) ** (1 / 3) * 1e9
    assert decoupling_temperature() == pytest.approx(by_hand, rel=TYPED)
    assert weak_over_expansion(decoupling_temperature(3.0), 3.0) == pytest.approx(1, rel=ROUNDING)
    assert decoupling_temperature(8.0) == pytest.approx(decoupling_temperature() / 2, rel=ROUNDING)


def test_expansion_rate_is_that_of_the_age():
    assert HBAR_EV_S / (2 * expansion_rate(1e6)) == pytest.approx(age_s(1e6), rel=ROUNDING)


def test_temperatures_before_and_after():
    assert temperature_ratio(1e9) == pytest.approx(1, rel=1e-6)  # 5/(11 x 7/4 pi^2) x (m/T)^2 is left
    assert temperature_ratio(1e3) == pytest.approx((4 / 11) ** (1 / 3), rel=ROUNDING)


@pytest.mark.parametrize("temperature", [2e5, 6e5, 2e6])
def test_entropy_is_the_integral_of_heat(temperature):
    """dS = dQ/T at fixed volume: entropy of the electrons from their energy at all lower temperatures."""

    def energy(t):
        def density(u):
            e = math.hypot(u, ELECTRON_MASS / t)
            return u * u * e / (math.exp(e) + 1)

        return 4 * quad(density, 0, 60, epsabs=0, epsrel=1e-12)[0] / (2 * math.pi**2) * t**4

    def heat(t):
        step = 1e-3 * t
        slope = (8 * (energy(t + step) - energy(t - step)) - energy(t + 2 * step) + energy(t - 2 * step)) / (12 * step)
        return slope / t

    entropy = quad(heat, ELECTRON_MASS / 100, temperature, epsabs=0, epsrel=1e-9, limit=100)[0]
    degrees = entropy / temperature**3 * 45 / (2 * math.pi**2)
    assert temperature_ratio(temperature) == pytest.approx(((2 + degrees) / 5.5) ** (1 / 3), rel=INTEGRATED)


def test_reheating():
    assert denser_by_reheating(3.0) == 1 and 1.010 < denser_by_reheating() < 1.012


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: decoupling_temperature(0.0), "strength"),
        (lambda: temperature_ratio(-1.0), "photon_temperature"),
        (lambda: denser_by_reheating(5.0), "effective_number"),
        (lambda: expansion_rate(1.0, 0.0), "degrees"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
