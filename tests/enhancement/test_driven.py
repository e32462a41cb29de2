"""Coherence on the driven transition: form factor, gas average, single-spin limit, detailed balance, noise."""

import math

import numpy as np
import pytest
from scipy.integrate import dblquad, quad

from cnub import DomainError
from cnub.coherence.structure import ball_form_factor
from cnub.constants import CENTIMETRE, FERMI_CONSTANT, METRE, SECOND
from cnub.enhancement.driven import ball_share, collective_lifetime_s, driven_rate, years_to_noise
from cnub.relic import TEMPERATURE, momentum_density, momentum_moment, number_density_per_cm3

LEFT_OUT_8 = 1e-8
"""Relative: what the limit or closed form leaves out at these arguments; measured 3e-09."""
LEFT_OUT_3 = 1e-3
"""Relative: what the limit or closed form leaves out at these arguments; measured 0.0001."""
SCATTER = 0.05
"""Relative: the scatter of this many samples; measured 0.01."""
ROUNDING = 1e-12
"""Relative: rounding alone; exact here."""
TYPED = 5e-4
"""Absolute: the digits of the expected value, typed or published; measured 3e-05."""

SPIN = {"mass": 0.1, "radius_m": 0.1, "density_per_cm3": 3e22}
QUADRATURE = 1e-9
"""Adaptive quadrature of the form factor over the angle; measured 2e-14."""
DOUBLE = 1e-5
"""What the double quadrature is asked for; measured 4e-11."""
AVERAGE = 1e-6
"""Gauss panels over the gas against adaptive quadrature at its default tolerance; measured 1e-8."""


@pytest.mark.parametrize(("p", "q", "radius"), [(1.0, 1.0, 3.0), (1.0, 0.5, 10.0), (2.0, 1.9, 0.3), (1.0, 1.0, 0.05)])
def test_share_is_the_mean_of_the_form_factor_over_the_angle(p, q, radius):
    def squared(cosine):
        return 0.5 * float(ball_form_factor(math.sqrt(p * p + q * q - 2 * p * q * cosine) * radius)) ** 2

    mean = quad(squared, -1, 1, epsabs=0, epsrel=1e-11, limit=500)[0]
    assert ball_share(p, q, radius) == pytest.approx(mean, rel=QUADRATURE)


def test_share_of_a_small_and_of_a_large_ball():
    assert ball_share(1.0, 1.0, 1e-6) == 1.0
    # The next term of the large ball is 1/(4 p^2 R^2) of the first.
    assert ball_share(1.0, 1.0, 1e4) == pytest.approx(9 / 8 / 1e8, rel=LEFT_OUT_8)


def test_one_spin_is_the_golden_rule():
    """n G_F^2 (1/4) 2/(2 pi) <p E>, the coupling of Eq. (4) of 2507.10868v1 with sum |A_ij|^2 = 1/4 for |C_ij|^2."""
    rate = driven_rate(0.1, 0.1, 1.0, 1e-16, angle=0.0)
    energy = quad(lambda p: momentum_density(p) * p * math.hypot(p, 0.1), 0, 60 * TEMPERATURE)[0]
    neutrinos = number_density_per_cm3(6) / CENTIMETRE**3
    one = neutrinos * FERMI_CONSTANT**2 * 0.25 * 2 / (2 * math.pi) * energy * SECOND
    assert rate.excitation_hz == pytest.approx(rate.spins * one, rel=AVERAGE)
    assert rate.deexcitation_hz == 0.0


def test_gas_average_of_the_coherent_rate_by_adaptive_quadrature():
    """The angle and the momentum integrated together, at a size where both matter."""
    radius, gap, mass = 3e3, 1e-6, 0.1  # 1/eV, eV, eV: about 0.6 mm

    def integrand(cosine, p):
        kinetic = math.hypot(p, mass) - mass - gap
        if kinetic <= 0:
            return 0.0
        after = math.sqrt(kinetic * (kinetic + 2 * mass))
        transfer = math.sqrt(max(p * p + after * after - 2 * p * after * cosine, 0.0))
        form = float(ball_form_factor(transfer * radius)) ** 2
        return momentum_density(p) * after * (kinetic + mass) * form / 2

    lowest = math.sqrt(gap * (gap + 2 * mass))
    expected = dblquad(integrand, lowest, 30 * TEMPERATURE, -1, 1, epsrel=1e-5)[0]
    found = driven_rate(mass, radius / METRE, 3e22, gap)
    one = number_density_per_cm3(6) / CENTIMETRE**3 * FERMI_CONSTANT**2 * 0.25 * 2 / (2 * math.pi) * SECOND
    alone = found.excitation_hz - found.spins**2 / 4 * one * expected
    assert abs(alone) < DOUBLE * found.excitation_hz


def test_n_squared_and_one_over_the_area():
    thin, dense = (driven_rate(0.1, 0.1, n, 1e-13).total_hz for n in (1e22, 2e22))
    assert dense == pytest.approx(4 * thin, rel=ROUNDING)
    small, large = (driven_rate(0.1, r, 1e22, 1e-13).total_hz for r in (0.1, 0.2))
    assert large == pytest.approx(2**4 * small, rel=LEFT_OUT_3)  # N^2/R^2; the rest is 1/(p R)^2 of slow neutrinos
    closed = 9 / 8 * 0.1 * momentum_moment(-1.0) / (0.1 * METRE) ** 2
    one = number_density_per_cm3(6) / CENTIMETRE**3 * FERMI_CONSTANT**2 / (4 * math.pi) * SECOND
    spins = 1e22 * 4e6 * math.pi / 3 * 1e-3
    assert thin == pytest.approx(2 * spins**2 / 4 * one * closed, rel=LEFT_OUT_3)


def test_excitations_cost_what_de_excitations_give():
    """A gas without phase space of its own would balance; this one gives less than it takes, by the level's energy."""
    rate = driven_rate(**SPIN, level_energy=1e-8)
    assert 0 < rate.excitation_hz < rate.deexcitation_hz
    assert rate.net_hz / rate.total_hz == pytest.approx(-6.5e-3, abs=TYPED)


def test_dephasing_takes_the_square():
    full, half = (driven_rate(**SPIN, level_energy=1e-12, contrast=c).total_hz for c in (1.0, 0.5))
    assert half == pytest.approx(full / 4, rel=ROUNDING)
    none = driven_rate(**SPIN, level_energy=1e-12, contrast=0.0)
    assert none.total_hz == none.incoherent_hz > 0


def test_variance_of_a_random_walk():
    """N spins across z: each flips J_z by one at the rate Gamma; by simulation of the walk."""
    rng, spins, rate, years = np.random.default_rng(5), 4e4, 1e-3, years_to_noise(1e-3, 4e4)
    seconds = years * 365.25 * 86400
    steps = rng.poisson(rate * seconds / 2, size=(2, 20000))
    assert np.var(steps[0] - steps[1]) == pytest.approx(spins / 4, rel=SCATTER)  # 20000 samples: 1 %
    assert years_to_noise(1e-3, 4e4, squeezing=1e-4) == pytest.approx(years * 1e-4)


def test_collective_lifetime_of_two_spins_in_step():
    """N = 2 at 45 degrees: one quantum on average, radiated at (1/tau) <J+J->; exact <J+J-> is 2/2 + 2/4."""
    assert collective_lifetime_s(8.0, 4e10) == pytest.approx(2 * 8.0 / 4e10)


def test_refusals():
    for call, name in [
        (lambda: driven_rate(0.0, 0.1, 1e22, 1e-9), "mass"),
        (lambda: driven_rate(0.1, -1.0, 1e22, 1e-9), "radius_m"),
        (lambda: driven_rate(0.1, 0.1, 1e22, 0.0), "level_energy"),
        (lambda: driven_rate(0.1, 0.1, 1e22, 1e-9, angle=4.0), "angle"),
        (lambda: driven_rate(0.1, 0.1, 1e22, 1e-9, contrast=1.1), "contrast"),
        (lambda: ball_share(1.0, 0.0, 1.0), "second"),
        (lambda: years_to_noise(1.0, 1e26, squeezing=2.0), "squeezing"),
        (lambda: collective_lifetime_s(1.0, 0.5), "spins"),
    ]:
        with pytest.raises(DomainError, match=rf"^{name} must"):
            call()
