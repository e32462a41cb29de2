"""Rates by hand, the spectrum against an integral, its windows against its density, and both limits of the nature."""

import json
import math
from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad
from typer.testing import CliRunner

from cnub import DomainError
from cnub.capture import beta_spectrum, capture_rate, spectrum
from cnub.capture.nucleus import GROUND_SHARE, cross_section_cm2, density_of_states, endpoint, phase_space
from cnub.capture.rates import FWHM, captured_energy
from cnub.capture.spectrum import shares
from cnub.cli import app
from cnub.oscillation import masses
from cnub.relic import TEMPERATURE, momentum_moment

BY_HAND = 2e-3
"""Relative: inputs typed with four digits; measured 1.5e-4."""
INTEGRAL = 1e-8
"""Relative: quad against the rule of equal steps; measured 1e-14."""
SPREAD = 1e-5
"""Relative: the square of the width over that of the distance from the end; measured 4.7e-6."""
ROUNDING = 1e-12
"""Three squares of a unitary row."""
NEAR = 2e-3
"""Relative: F p E and the recoil vary by that over the last 10 eV; measured 1.9e-4."""


def test_rate_by_hand():
    atoms = 100 / 3.01605 * 6.02214e23
    slow = atoms * cross_section_cm2() * 56.01 * 2.99792e10 * 3.15576e7
    assert capture_rate(3.0).rate_per_year == pytest.approx(slow, rel=BY_HAND)
    assert capture_rate(3.0, nature="majorana").rate_per_year == pytest.approx(2 * slow, rel=BY_HAND)
    assert capture_rate(3.0, clustering=2.0, tritium_g=50.0).rate_per_year == pytest.approx(slow, rel=BY_HAND)


def test_energy_of_what_is_captured():
    """3.1514 T and sqrt(12.94 - 9.93) T without a mass, p^2/2m for a slow one, weighed by 1 + v for Dirac neutrinos."""
    mean, spread = captured_energy(0.0)
    assert mean == pytest.approx(momentum_moment(1), rel=INTEGRAL)
    assert spread**2 == pytest.approx(momentum_moment(2) - momentum_moment(1) ** 2, rel=INTEGRAL)
    assert captured_energy(1.0, "majorana")[0] - 1.0 == pytest.approx(momentum_moment(2) / 2, rel=SPREAD)

    def term(x, power, weight=1.0):
        energy = math.hypot(x, 2.0)
        return x * x / (math.exp(x) + 1) * energy**power * (1 + weight * x / energy)

    for nature, weight in (("dirac", 1.0), ("majorana", 0.0)):
        zeroth, first, second = (quad(term, 0, 60, args=(n, weight), epsabs=0, epsrel=1e-12)[0] for n in (0, 1, 2))
        mean, spread = captured_energy(2 * TEMPERATURE, nature)
        assert mean == pytest.approx(first / zeroth * TEMPERATURE, rel=INTEGRAL)
        assert spread**2 == pytest.approx((second / zeroth - (first / zeroth) ** 2) * TEMPERATURE**2, rel=INTEGRAL)


def test_a_massless_state_has_no_sharp_peak_at_the_end():
    found = capture_rate(0.0, resolution=1e-4)
    mean, spread = captured_energy(0.0)
    assert found.window_state == 1 and found.peaks_eV[0] == pytest.approx(mean, rel=NEAR)
    assert found.width_eV == pytest.approx(math.hypot(1e-4 / FWHM, spread), rel=INTEGRAL)
    assert found.window_eV[0] > 0.0  # beyond the decays, which end at 0
    assert found.background_per_year < 1e-6


def test_natures_are_alike_for_a_massless_state_and_differ_by_two_for_a_slow_one():
    dirac, majorana = (capture_rate(0.0, nature=nature).rates_per_year for nature in ("dirac", "majorana"))
    assert dirac[0] == pytest.approx(majorana[0], rel=INTEGRAL)
    assert 1.9 < majorana[2] / dirac[2] < 2.0


@pytest.mark.parametrize(("mass", "at"), [(0.0, -0.3), (0.1, -0.12), (0.1, 0.02), (0.2, -1.0)])
def test_spread_spectrum_against_quad(mass, at):
    width = 0.05 / FWHM

    def one(m):
        def integrand(lost):
            hit = math.exp(-0.5 * ((-at - lost) / width) ** 2) / (math.sqrt(2 * math.pi) * width)
            return lost * math.sqrt(max(lost**2 - m**2, 0.0)) * hit

        edges = sorted({max(m, -at + n * width) for n in (-10, -4, -1, 0, 1, 4, 10)})
        return sum(quad(integrand, a, b, epsabs=0, epsrel=1e-11)[0] for a, b in pairwise(edges))

    expected = spectrum.decays_per_eV3(100.0) * sum(
        s * one(m) for s, m in zip(shares(), masses("NO", mass), strict=True)
    )
    assert beta_spectrum([at], mass, 0.05)[0] == pytest.approx(expected, rel=INTEGRAL)


def test_perfect_spectrum_is_the_limit_of_a_good_one_and_the_whole_has_the_half_life():
    sharp, good = beta_spectrum([-0.5, -0.2], 0.05), beta_spectrum([-0.5, -0.2], 0.05, 1e-3)
    assert good == pytest.approx(sharp, rel=SPREAD)
    below = 10.0
    part = quad(lambda t: density_of_states(t) * (endpoint() - t) ** 2, endpoint() - below, endpoint(), epsrel=1e-10)[0]
    life = 100 / 3.01605 * 6.02214e23 * math.log(2) / 12.32 * part / phase_space() * GROUND_SHARE
    assert spectrum.decays_per_eV3(100.0) * below**3 / 3 == pytest.approx(life, rel=NEAR)


def test_counts_of_a_window_are_the_integral_of_the_spectrum():
    low, high, mass = 0.02, 0.11, 0.08
    by_density = quad(lambda e: float(beta_spectrum([e], mass, 0.06)[0]), low, high, epsabs=0, epsrel=1e-9)[0]
    found = spectrum.decays_between(low, high, mass, 0.06 / FWHM)
    assert found == pytest.approx(by_density, rel=INTEGRAL)


def test_what_binds_the_atom_hides_the_peak():
    free, bound = (capture_rate(0.1, target=target) for target in ("free", "graphene"))
    assert free.years < 1 < 1e9 < bound.years
    assert bound.rate_per_year == free.rate_per_year
    assert bound.width_eV == pytest.approx(math.hypot(0.05 / FWHM, bound.smearing_eV), rel=INTEGRAL)


def test_inverted_ordering_separates_what_normal_does_not():
    normal, inverted = (capture_rate(0.0, ordering, resolution=0.02) for ordering in ("NO", "IO"))
    assert 100 * inverted.years < normal.years
    assert inverted.window_state in (1, 2)
    assert shares("NO").sum() == pytest.approx(1.0, rel=ROUNDING)


def test_command_says_the_same():
    done = CliRunner().invoke(app, ["capture", "--mass", "0.2", "--target", "nanotube", "--json"])
    assert done.exit_code == 0
    assert json.loads(done.output)["rate_per_year"] == capture_rate(0.2).rate_per_year


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"mass": -1.0}, "mass"),
        ({"mass": 11.0}, "mass"),
        ({"ordering": "XO"}, "ordering"),
        ({"nature": "weyl"}, "nature"),
        ({"resolution": 0.0}, "resolution"),
        ({"target": "wood"}, "target"),
        ({"tritium_g": math.inf}, "tritium_g"),
        ({"clustering": 0.0}, "clustering"),
    ],
)
def test_refusals(arguments, named):
    with pytest.raises(DomainError, match=named):
        capture_rate(**arguments)
    with pytest.raises(DomainError, match="energies"):
        beta_spectrum(np.array([-50.0]))
