"""Cross-sections of a ball: spin by explicit spinors, angles by quadrature, limits in closed form."""

import itertools
import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import spherical_jn

from cnub import DomainError
from cnub.coherence.cross_sections import KINDS, relativistic_potential, spin_weight, target_cross_section
from cnub.coherence.scattering import ball_cross_section, no_go_length_m
from cnub.coherence.strikes import target_delta
from cnub.constants import METRE
from cnub.fluorescence.currents import GAMMA_5, helicity_spinor, u_spinor
from cnub.matter import material, weak_charge_from_couplings, weak_potential
from cnub.relic import mean_momentum

SPINORS = 1e-12
"""Relative to the forward square; measured 4e-16."""
QUADRATURE = 1e-9
"""Relative: adaptive quadrature over the angle; measured 2e-12."""
ROUNDING = 1e-12
"""Relative; measured 3e-15."""


def squared(nature, speed, angle, sign):
    """Sum over the final helicity of |u'^dagger V u|^2 for mass one, over (4E)^2: V = 1 - gamma_5, or -2 gamma_5."""
    p = speed / math.sqrt(1 - speed**2)
    directions = np.array([0.0, 0.0, 1.0]), np.array([math.sin(angle), 0.0, math.cos(angle)])
    vertex = np.eye(4) - GAMMA_5 if nature == "dirac" else -2 * GAMMA_5
    first = u_spinor(1.0, p * directions[0], helicity_spinor(directions[0], sign))
    finals = (u_spinor(1.0, p * directions[1], helicity_spinor(directions[1], s)) for s in (1, -1))
    return sum(abs(final.conj() @ vertex @ first) ** 2 for final in finals) / (16 * (1 + p * p))


@pytest.mark.parametrize("nature", ["dirac", "majorana"])
@pytest.mark.parametrize("speed", [1e-3, 0.3, 0.99])
@pytest.mark.parametrize(("helicity", "sign"), [("produced", -1), ("other", 1)])
def test_spin_against_explicit_spinors(nature, speed, helicity, sign):
    a, b = spin_weight(nature, speed, helicity)
    for angle in (0.0, 0.7, 2.0, 3.0):
        assert squared(nature, speed, angle, sign) == pytest.approx(a + b * math.cos(angle), abs=SPINORS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("nature", ["dirac", "majorana"])
@pytest.mark.parametrize(
    ("radius_m", "mass", "momentum"), [(1e-6, 0.1, 5e-4), (3e-4, 0.1, 5e-4), (0.02, 2e-3, 2e-3), (0.1, 0.0, 1e-3)]
)
def test_against_quadrature_over_the_angle(kind, nature, radius_m, mass, momentum):
    energy, size = math.hypot(mass, momentum), momentum * radius_m * METRE
    delta = relativistic_potential() * energy / momentum**2
    a, b = spin_weight(nature, momentum / energy)

    def integrand(t):
        x = 2 * size * t
        bessel = (float(spherical_jn(1, x)) / x) ** 2 if x > 1e-6 else 1 / 9
        cosine = 1 - 2 * t * t
        weight = (a + b * cosine) * ((1 - cosine) if kind.endswith("transport") else 1.0)
        return 4 * (delta * momentum**2 * (radius_m * METRE) ** 3) ** 2 * bessel * weight * 8 * math.pi * t

    edges = np.linspace(math.sqrt(0.5) if kind.startswith("hard") else 0.0, 1.0, 2 + int(size))
    expected = sum(quad(integrand, *pair, epsabs=0, epsrel=1e-12)[0] for pair in itertools.pairwise(edges))
    found = target_cross_section(kind, radius_m, mass, momentum, nature)
    assert found.cross_section_m2 * METRE**2 == pytest.approx(expected, rel=QUADRATURE)


def test_slow_dirac_is_the_scalar_ball():
    k, radius = 5e-4, 0.03
    found = target_cross_section("total", radius, 1e4, k).cross_section_m2
    delta = target_delta("dirac", 1e4, k)  # v = 5e-8 is left
    assert found * METRE**2 == pytest.approx(ball_cross_section(delta, k, radius * METRE), rel=2e-7)


def test_hard_strikes_of_a_large_ball():
    """(pi/2) delta^2 R^2 for a slow Dirac neutrino; 1 - ln 2 of it for Majorana, which keeps its helicity."""
    k, mass, radius = 0.01, 1e3, 1.0
    dirac, majorana = (target_cross_section("hard", radius, mass, k, nature) for nature in ("dirac", "majorana"))
    left_out = 2e-4  # v = 1e-5, (kR)^-1 = 2e-5 with the fringes of the front and back
    assert dirac.cross_section_m2 == pytest.approx(math.pi / 2 * dirac.delta**2 * radius**2, rel=left_out)
    expected = math.pi / 2 * (1 - math.log(2)) * majorana.delta**2 * radius**2
    assert majorana.cross_section_m2 == pytest.approx(expected, rel=left_out)


def test_small_bodies_scatter_as_n_squared():
    """kR << 1: total 4 pi (delta k^2 R^3/3)^2 x 4 a, transport over total 1 - b/(3a)."""
    for nature, speed in (("dirac", 0.6), ("majorana", 0.6)):
        mass, k = 0.8e-3, 0.6e-3
        a, b = spin_weight(nature, speed)
        total, transport = (target_cross_section(kind, 1e-8, mass, k, nature).cross_section_m2 for kind in KINDS[:2])
        assert transport / total == pytest.approx(1 - b / (3 * a), rel=1e-8)  # (kR)^2 = 1e-9 is left
        ratio = target_cross_section("total", 2e-8, mass, k, nature).cross_section_m2 / total
        assert ratio == pytest.approx(64.0, rel=1e-8)


def test_transport_grows_as_the_logarithm():
    """2 pi delta^2 R^2 [ln(4kR) + gamma - 1] for slow Dirac neutrinos."""
    k, mass = 0.01, 1e3
    for radius in (0.1, 1.0):
        one = target_cross_section("transport", radius, mass, k)
        bracket = math.log(4 * one.kR) + np.euler_gamma - 1
        assert one.cross_section_m2 == pytest.approx(2 * math.pi * (one.delta * radius) ** 2 * bracket, rel=1e-4)


def test_probability_is_that_of_the_no_go_slide():
    """sigma/(pi R^2) of a Majorana neutrino is 2 (R/L_0)^2 whatever its speed."""
    for mass in (0.0, 1e-3, 0.1):
        total = target_cross_section("total", 1.0, mass, mean_momentum(), "majorana", charge=2.0)  # C = (3Z - A)/2 = 1
        expected = 2 / no_go_length_m("majorana") ** 2
        # ln(kR)/(kR)^2 of cos^2(theta/2) is left out
        assert total.cross_section_m2 / math.pi == pytest.approx(expected, rel=3e-6, abs=0.0)


def test_probability_of_a_slow_dirac_neutrino_has_half_the_potential_for_e_over_p_times_as_long():
    """2 [U_0 R (1 + v)/(2 v)]^2, of which the slide's formula keeps v = 0 in the numerator."""
    for mass in (0.02, 0.1):
        total = target_cross_section("total", 1.0, mass)
        phase = relativistic_potential() * METRE * (1 + total.speed) / (2 * total.speed)
        assert total.cross_section_m2 / math.pi == pytest.approx(2 * phase**2, rel=3e-6)


def test_potential_is_that_of_matter():
    """N_A per cm^3 of charge C against the potential of iron, which the slow Dirac neutrino has by half."""
    iron = material("iron")
    nucleons = iron.density_g_per_cm3  # one mole of nucleons is a gram
    found = relativistic_potential(weak_charge_from_couplings(iron.z_over_a), nucleons)
    assert found == pytest.approx(2 * abs(weak_potential(iron)), rel=1e-6)  # the molar mass constant


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: target_cross_section("soft"), "kind"),
        (lambda: target_cross_section("total", -1.0), "radius_m"),
        (lambda: target_cross_section("total", 1e6), "radius_m"),
        (lambda: target_cross_section("total", mass=-1.0), "mass"),
        (lambda: target_cross_section("total", momentum=0.0), "momentum"),
        (lambda: target_cross_section("total", nature="both"), "nature"),
        (lambda: target_cross_section("total", density=0.0), "density"),
        (lambda: target_cross_section("total", helicity="left"), "helicity"),
        (lambda: spin_weight("dirac", 1.1), "speed"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must "):
        call()
