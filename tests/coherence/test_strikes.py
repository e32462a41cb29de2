"""Hard strikes against quadrature, partial waves, two mirrors and Porod's law; the rate, and where it is false."""

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy import constants as codata
from scipy.integrate import quad
from scipy.special import eval_legendre, zeta

from cnub import DomainError
from cnub.coherence import strikes
from cnub.coherence.cross_sections import target_delta
from cnub.coherence.scattering import ball_cross_section
from cnub.coherence.strikes import (
    BORN_PHASE,
    RIGHT_ANGLE,
    gas_strike_rate_hz,
    graded_share,
    lowest_momentum,
    strike_rate_hz,
    strike_recoil,
    surface_cross_section,
)
from cnub.coherence.structure import ball_form_factor
from cnub.constants import METRE
from cnub.matter import material
from cnub.reflection import face_reflectivity
from cnub.relic import TEMPERATURE, mean_momentum
from cnub.sphere.direct import phase_shifts
from structure_witness import cube_form_factor

LEFT_OUT_9 = 1e-9
"""Relative: what the limit or closed form leaves out at these arguments; measured 3e-11."""
LEFT_OUT_6 = 1e-6
"""Relative: what the limit or closed form leaves out at these arguments; measured 2e-07."""
LEFT_OUT_5 = 1e-5
"""Relative: what the limit or closed form leaves out at these arguments; measured 6e-07."""
LEFT_OUT_4 = 1e-4
"""Relative: what the limit or closed form leaves out at these arguments; measured 4e-05."""
LEFT_OUT_3 = 1e-3
"""Relative: what the limit or closed form leaves out at these arguments; measured 8e-05."""
NUMERICAL = 2e-4
"""Relative: the quadrature, root or solver behind one of the two values; measured 7e-05."""
ROUNDING_15 = 1e-15
"""Relative: rounding alone; exact here."""
ROUNDING_12 = 1e-12
"""Relative: rounding alone; measured 7e-16."""
TYPED_3 = 1e-3
"""Relative: the digits of the expected value, typed or published; measured 0.0004."""

CLOSED_FORM = 1e-10
"""Adaptive quadrature at 1e-12 against the closed form; worst seen 5e-13."""
OSCILLATION = (2 * math.sqrt(2) + 1) / 2
"""In units of 1/kR: the ball about the law of large q: x^-3 sin 2x at both ends, x = 2kR and sqrt(2) kR."""
EDGE_OF_THE_GAS = 0.15
"""What the law of large q misses of the gas average near its cut at kR = 1, relative; seen 0.07."""
EDGES = 5e-3
"""Relative: the edges of the cube add terms of order 1/q = 1/40, whose mean over a period is small; measured 1.7e-3."""


@pytest.mark.parametrize("x", [0.02, 0.4, 0.8, 3.0, 60.0, 900.0])
@pytest.mark.parametrize("angle", [0.3, RIGHT_ANGLE, 2.5])
def test_ball_against_quadrature_of_its_form_factor(x, angle):
    delta, k = 1e-8, 2.0
    radius = x / k

    def integrand(q):
        return 2 * math.pi * q / k**2 * (2 / 3 * delta * k**2 * radius**3 * float(ball_form_factor(q * radius))) ** 2

    edges = np.linspace(2 * k * math.sin(angle / 2), 2 * k, 2 + int(x))
    pieces = [quad(integrand, a, b, epsabs=0, epsrel=1e-12)[0] for a, b in pairwise(edges)]
    assert ball_cross_section(delta, k, radius, angle) == pytest.approx(sum(pieces), rel=CLOSED_FORM, abs=0.0)


def test_slow_neutrinos_that_drift_and_gravity_take_away_from_the_gas():
    """Every decade adds the same only for a gas at rest, free of gravity: 0.80 Hz, of which 0.21 Hz is left here."""
    drift, escape = 369.82 / 299792.458, 43.6

    def slow(x):  # rate p^-3 of strikes, in units of that at p = T: a mean of p^2 f p^-3
        return 1 / (x * (math.exp(x) + 1))

    least, cut = 1 / (METRE * TEMPERATURE), 0.1 * escape / 299792.458 / TEMPERATURE
    kept = quad(slow, cut, 60, epsrel=1e-10)[0] / quad(slow, least, 60, epsrel=1e-10, limit=200)[0]
    whole = gas_strike_rate_hz(1.0, 0.1)
    assert gas_strike_rate_hz(1.0, 0.1, slowest_km_s=escape) / whole == pytest.approx(kept, rel=EDGE_OF_THE_GAS)
    moving = gas_strike_rate_hz(1.0, 0.1, drift=drift)
    assert moving / whole == pytest.approx(0.696, rel=TYPED_3)
    assert gas_strike_rate_hz(1.0, 0.1, drift=drift, slowest_km_s=escape) == pytest.approx(0.2086, rel=TYPED_3)


def test_every_angle_is_the_whole_cross_section():
    assert ball_cross_section(1e-8, 1.0, 1e5) == pytest.approx(2 * math.pi * (1e5 * 1e5 * 1e-8) ** 2, rel=LEFT_OUT_9)
    assert ball_cross_section(1e-8, 2.0, 40.0, math.pi) == 0.0


@pytest.mark.parametrize("kR", [20.0, 300.0])
def test_ball_against_partial_waves(kR):
    # Exact scattering amplitude, |f|^2 integrated over the backward hemisphere: no Born series enters.
    delta = 1e-5
    shifts = phase_shifts(kR, delta)
    cosine, weights = np.polynomial.legendre.leggauss(len(shifts))
    cosine, weights = (cosine - 1) / 2, weights / 2
    order = np.arange(len(shifts))
    weight = (2 * order + 1) * np.exp(1j * shifts) * np.sin(shifts)
    amplitude = np.array([np.sum(weight * eval_legendre(order, c)) for c in cosine])
    exact = 2 * math.pi * np.sum(weights * np.abs(amplitude) ** 2)
    # Second order: kR delta, and the reflection coefficient delta/2 of its own.
    assert ball_cross_section(delta, 1.0, kR, RIGHT_ANGLE) == pytest.approx(exact, rel=kR * delta, abs=0.0)


@pytest.mark.parametrize("delta", [1e-7, -1e-7])
def test_large_ball_is_two_mirrors(delta):
    # A sphere reflects as a mirror R^2/4 |r|^2 at the glancing angle theta/2, once outside and once inside.
    def mirrors(theta):
        return 2 * float(face_reflectivity(delta, math.sin(theta / 2))) / 4 * 2 * math.pi * math.sin(theta)

    expected = quad(mirrors, RIGHT_ANGLE, math.pi, epsabs=0, epsrel=1e-10)[0]
    assert surface_cross_section(delta, 4 * math.pi) == pytest.approx(expected, rel=LEFT_OUT_6, abs=0.0)


@pytest.mark.parametrize("kR", [30.0, 100.0, 1e3, 1e5])
def test_ball_follows_the_law_of_large_q(kR):
    law = surface_cross_section(1e-8, 4 * math.pi * kR**2)
    assert law == pytest.approx(math.pi / 2 * 1e-16 * kR**2, rel=ROUNDING_12)
    assert abs(ball_cross_section(1e-8, 1.0, kR, RIGHT_ANGLE) / law - 1) < OSCILLATION / kR + 3 / kR**2


def test_law_of_large_q_holds_for_a_cube():
    # <|F|^2> over orientations -> 2 pi S/(V^2 q^4): S = 24, V = 8 for half edge one.
    nodes, weights = np.polynomial.legendre.leggauss(400)
    height, azimuth = (nodes + 1) / 2, math.pi / 4 * (nodes + 1)
    ring = np.sqrt(1 - height**2)
    unit = np.stack(
        np.broadcast_arrays(ring[:, None] * np.cos(azimuth), ring[:, None] * np.sin(azimuth), height[:, None])
    )
    means = []
    for q in np.linspace(40.0, 40.0 + math.pi, 7)[:-1]:
        squared = cube_form_factor(q * unit.reshape(3, -1).T).reshape(400, 400) ** 2
        means.append(float(weights @ squared @ weights) / 4 * 64 * q**4 / (2 * math.pi * 24))
    # Edges of the cube add terms of relative order 1/q.
    assert np.mean(means) == pytest.approx(1.0, rel=EDGES)


def test_rate_of_the_metre_target():
    k = mean_momentum()
    delta = target_delta("dirac", 0.1, k)
    # n v (pi/2) delta^2 R^2 by hand: 112.016 cm^-3, v = 1/189.29 c.
    by_hand = 112.016e6 * 299792458 / 189.2915 * math.pi / 2 * delta**2
    assert strike_rate_hz() == pytest.approx(by_hand * turned(1 / 189.2915), rel=TYPED_3, abs=0.0)
    assert round(strike_rate_hz(), 3) == 0.013
    assert strike_rate_hz(2.0) == pytest.approx(4 * strike_rate_hz(), rel=LEFT_OUT_3)
    half = target_delta("dirac", 0.05, k) / delta
    lighter = turned(math.tanh(math.asinh(k / 0.05))) / turned(1 / 189.2915)
    expected = strike_rate_hz() * half**2 * lighter * math.hypot(k, 0.1) / math.hypot(k, 0.05)
    assert strike_rate_hz(mass=0.05) == pytest.approx(expected, rel=LEFT_OUT_4)
    # v U_0 in place of (1 + v) U_0/2, and cos^2(theta/2) kept
    ratio = (1 - math.log(2)) / turned(1 / 189.2915) * (2 / (189.2915 + 1)) ** 2
    assert strike_rate_hz(nature="majorana") == pytest.approx(strike_rate_hz() * ratio, rel=LEFT_OUT_3)


def turned(v):
    """What spin leaves of the hard strikes of a left-helical Dirac neutrino: mean of (1 + v cos)/(1 + v) over 1/u^2."""
    return 1 - 2 * v * math.log(2) / (1 + v)


def test_recoil_is_what_momentum_and_mass_make_of_it():
    """2 ln 2 of the momentum per hard strike of a slow Dirac neutrino, 2 (ln 2 - 1/2)/(1 - ln 2) of a Majorana one."""
    iron, k = material("iron"), mean_momentum()
    one = strike_recoil("iron", 1.0, 0.1)
    kilograms = iron.density_g_per_cm3 * 1e3 * 4 * math.pi / 3
    newton_seconds = k * codata.e / codata.c
    v = 1 / 189.2915
    spin = (math.log(2) * (1 + v) - v) / (1 + v - 2 * v * math.log(2))
    assert one.transfer == pytest.approx(2 * spin, rel=LEFT_OUT_3)
    assert one.kick_cm_s == pytest.approx(100 * one.transfer * newton_seconds / kilograms, rel=ROUNDING_12)
    assert one.acceleration_cm_s2 == pytest.approx(one.rate_hz * one.kick_cm_s, rel=ROUNDING_12)
    majorana = strike_recoil("iron", 1.0, 0.1, "majorana")
    assert majorana.transfer == pytest.approx(2 * (math.log(2) - 0.5) / (1 - math.log(2)), rel=LEFT_OUT_3)
    strikes_in_a_year = one.rate_hz * 365.25 * 86400
    step = math.sqrt(2 / 3 / one.transfer) * one.kick_cm_s
    assert one.wander_cm_s == pytest.approx(step * math.sqrt(strikes_in_a_year), rel=ROUNDING_12)
    unit = iron.density_g_per_cm3 * (3 * iron.z_over_a - 1)
    assert one.rate_hz == pytest.approx(strike_rate_hz() * unit**2, rel=ROUNDING_12)


def test_rate_of_the_gas_is_logarithmic_in_the_size(monkeypatch):
    rate = gas_strike_rate_hz()
    low = 1 / (METRE * TEMPERATURE)
    tail = quad(lambda x: 1 / (x * (math.exp(x) + 1)), low, 60.0, epsabs=0, epsrel=1e-9, limit=200)[0]
    law = tail / (1.5 * zeta(3)) * (mean_momentum() / TEMPERATURE) ** 3
    assert rate / strike_rate_hz() == pytest.approx(law, rel=EDGE_OF_THE_GAS)
    assert 4 < rate / gas_strike_rate_hz(0.5) < 4 * 1.2
    monkeypatch.setattr(strikes, "_PANELS", 2 * strikes._PANELS)
    assert gas_strike_rate_hz() == pytest.approx(rate, rel=NUMERICAL)


def test_the_average_begins_where_born_order_holds():
    for mass, nature in ((0.1, "dirac"), (10.0, "majorana")):
        assert lowest_momentum(1.0, mass, nature) == pytest.approx(1 / METRE, rel=ROUNDING_15)
    heavy = lowest_momentum(2.0, 1.0)
    assert heavy > 1 / (2 * METRE)
    assert 2 * heavy * 2 * METRE * target_delta("dirac", 1.0, heavy) == pytest.approx(BORN_PHASE, rel=ROUNDING_12)
    # Every decade of momentum below the mean adds the same, up to the factor 1/(e^x + 1) and the mass's square.
    tail = [quad(lambda x: 1 / (x * (math.exp(x) + 1)), p / TEMPERATURE, 60.0)[0] for p in (heavy, 1 / (2 * METRE))]
    law = tail[0] / tail[1] * 10
    assert gas_strike_rate_hz(2.0, 1.0) / gas_strike_rate_hz(2.0, 0.1) == pytest.approx(law, rel=EDGE_OF_THE_GAS)


def test_where_it_is_false():
    # Small: half of N^2 sigma_1, (8 pi/9) delta^2 k^4 R^6.
    assert ball_cross_section(1e-8, 1.0, 1e-3, RIGHT_ANGLE) == pytest.approx(
        8 * math.pi / 9 * 1e-16 * 1e-18, rel=LEFT_OUT_5
    )
    # Graded: beyond a right angle q lies between sqrt 2 k and 2 k.
    k = mean_momentum()
    assert graded_share(0.0, k) == pytest.approx(1.0)
    for width in (0.1, 0.5, 1.0):
        share = graded_share(width / k, k)
        assert math.exp(-((2 * width) ** 2)) < share < math.exp(-2 * width**2)
    assert graded_share(1e-3 * METRE, k) < 1e-6


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: ball_cross_section(0.2, 1.0, 1.0), "delta"),
        (lambda: ball_cross_section(0.0, 1.0, 1.0, 4.0), "angle"),
        (lambda: surface_cross_section(1e-8, 0.0), "area"),
        (lambda: graded_share(-1.0, 1.0), "width"),
        (lambda: target_delta("weyl", 0.1, 1.0), "nature"),
        (lambda: strike_recoil("cheese"), "material"),
        (lambda: strike_recoil(radius_m=0.0), "radius_m"),
        (lambda: strike_rate_hz(0.0), "radius_m"),
        (lambda: gas_strike_rate_hz(1e-4), "radius_m"),
        (lambda: lowest_momentum(1.0, 1e9), "mass"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
