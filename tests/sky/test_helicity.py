"""Helicities and speeds: counted, projected with explicit spinors, and turned by a potential."""

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad, solve_ivp

from cnub import DomainError
from cnub.fluorescence.currents import GAMMA_5, helicity_spinor, u_spinor
from cnub.relic import mean_speed, number_density_per_cm3
from cnub.sky.helicity import flipped_by_turning, helicity_content, speed_density

ROUNDING = 1e-12
"""Relative; measured 3e-16."""
QUADRATURE = 1e-8
"""Relative: adaptive quadrature; measured 2e-11."""
WEAK = 2e-4
"""Relative: second order of a deflection by 1e-4; measured 3e-5."""


@pytest.mark.parametrize("nature", ["dirac", "majorana"])
def test_everyone_is_counted(nature):
    for turned in (0.0, 0.3, 1.0):
        one = helicity_content(nature, 0.05, turned)
        total = one.nu_left + one.nu_right + one.antinu_left + one.antinu_right
        assert total == pytest.approx(number_density_per_cm3(2), rel=ROUNDING)


def test_left_chiral_share_by_spinors():
    """|P_L u|^2/|u|^2 of helicity -1 is (1 + v)/2, averaged over the gas."""
    mass = 1e-3

    def share(p):
        z = np.array([0.0, 0.0, 1.0])
        u = u_spinor(mass, p * z, helicity_spinor(z, -1))
        left = (np.eye(4) - GAMMA_5) / 2 @ u
        return float((left.conj() @ left).real / (u.conj() @ u).real)

    for p in (1e-4, 1e-3, 1e-2):
        assert share(p) == pytest.approx((1 + p / math.hypot(p, mass)) / 2, rel=ROUNDING)
    content = helicity_content("dirac", mass)
    expected = number_density_per_cm3() * (1 + mean_speed(mass)) / 2
    assert content.acts_as_neutrino == pytest.approx(expected, rel=ROUNDING)
    assert content.acts_as_antineutrino == pytest.approx(expected, rel=ROUNDING)


def test_majorana_acts_twice_as_much_as_slow_dirac_and_as_much_as_fast():
    slow = [helicity_content(nature, 1.0).acts_as_neutrino for nature in ("dirac", "majorana")]
    fast = [helicity_content(nature, 0.0).acts_as_neutrino for nature in ("dirac", "majorana")]
    assert slow[1] / slow[0] == pytest.approx(2 / (1 + mean_speed(1.0)), rel=ROUNDING)
    assert fast[0] == pytest.approx(fast[1], rel=QUADRATURE)


def test_turned_at_random_dirac_helicities_are_even():
    content = helicity_content("dirac", 0.1, turned=1.0)
    assert content.nu_left == content.nu_right == content.antinu_left


@pytest.mark.parametrize("mass", [1e-4, 1e-2, 0.3])
def test_speeds_are_normalised_and_have_their_mean(mass):
    def moment(power):
        # v = tanh(y) spreads the end at v = 1, where a light state crowds
        ends = np.arcsinh(np.array([1e-7, 0.03, 0.3, 1.0, 3.0, 12.0]) * 1e-3 / mass)
        pieces = [
            quad(
                lambda y: float(speed_density(math.tanh(y), mass)) * math.tanh(y) ** power / math.cosh(y) ** 2,
                low, high, epsabs=0, epsrel=1e-11,
            )[0]
            for low, high in pairwise(ends)
        ]  # fmt: skip
        return sum(pieces)

    assert moment(0) == pytest.approx(1, rel=QUADRATURE) and moment(1) == pytest.approx(
        mean_speed(mass), rel=QUADRATURE
    )


@pytest.mark.parametrize("speed", [0.1, 0.6, 0.95])
def test_flip_by_a_weak_field(speed):
    """Momentum and spin carried through a passing 1/r potential step by step: the angle between them at the end."""
    gamma, strength = 1 / math.sqrt(1 - speed**2), 1e-4 * speed**2

    def turning(t, state):
        x, y = speed * t, 1.0
        across = strength * y / (x * x + y * y) ** 1.5
        momentum = (1 + speed**2) / speed * across
        spin = (2 * gamma + 1) / (gamma + 1) * speed * across
        return [momentum, spin]

    done = solve_ivp(turning, (-1e5, 1e5), [0.0, 0.0], rtol=1e-10, atol=1e-16, max_step=50.0, dense_output=False)
    bend, spin = done.y[:, -1]
    expected = math.sin((bend - spin) / 2) ** 2
    assert flipped_by_turning(bend, speed) == pytest.approx(expected, rel=WEAK)


def test_limits_of_turning():
    assert flipped_by_turning(math.pi, 0.0) == 1 and flipped_by_turning(math.pi, 1.0) == 0


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: helicity_content("weyl", 0.1), "nature"),
        (lambda: helicity_content("dirac", 0.1, turned=1.1), "turned"),
        (lambda: helicity_content("dirac", -0.1), "mass"),
        (lambda: speed_density(1.0, 0.1), "speed"),
        (lambda: flipped_by_turning(-1.0, 0.1), "angle"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
