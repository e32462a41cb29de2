"""The density inside the ball: against Arb's Bessel functions, through the surface, and averaged over the gas."""

import math
import random

import numpy as np
import pytest
from flint import arb, ctx
from scipy.integrate import quad

from cnub import DomainError
from cnub.constants import EARTH_RADIUS_M, METRE
from cnub.matter import MATERIALS, mean_refractivity, potential
from cnub.relic import TEMPERATURE, momentum_moment
from cnub.sphere import density_excess, mean_profile
from cnub.sphere.orders import evanescent_order
from plane_limit import flat_limit

ESTIMATES = 3.0
"""Error estimates that the truth may be away; here all errors are below the rounding of the answer itself."""
ROUNDING = 4e-16
"""Of the answer: what its own rounding to a double may add to that."""
JOINED = 1e-12
"""Of |delta| and of the value: by how much both sides of the surface may differ there; measured 3e-14."""
STEP = 1e-14
"""Height in 1/k at which the two sides are compared: the density changes by some of delta over 1."""
GAS = 1e-10
"""Of the mean delta: two quadratures over the gas, and 1/kR that the plane leaves out; measured 6e-11."""
CRUST = MATERIALS["crust"]
U = potential(CRUST)


def points(count=50, seed=11):
    """(kR, delta, height) inside: kR 0.3 to 100, |delta| 1e-9 to 0.6 of both signs, depths from 1e-4 to the centre."""
    chance, found = random.Random(seed), []
    for i in range(count):
        kR = 10 ** chance.uniform(-0.5, 2.0)
        delta = (-1) ** i * 10 ** chance.uniform(-9.0, -0.22)
        depth = kR * 10 ** chance.uniform(-4.0, 0.0) if i % 10 else kR
        found.append((kR, delta, -depth))
    return found


def waves(kR, delta, height, bits=400):
    """n/n0 - 1 inside from the talk's partial waves, every Bessel function from Arb, as a ball that holds the truth.

    A_l^2 = 1/[x^4 (N^2 + D^2)], N and D = f_l'(x) j_l(nx) - n f_l(x) j_l'(nx) with f = j and y.
    """
    ctx.prec = bits
    x, n = arb(kR), 1 + arb(delta)
    inner, z = n * x, n * (x + arb(height))
    total = arb(-1)
    for l in range(evanescent_order(max(kR, float(inner)), 60.0) + 2):
        (j, dj), (y, dy), (p, dp) = (pair(kind, l, at) for kind, at in (("j", x), ("y", x), ("j", inner)))
        squares = (dj * p - n * j * dp) ** 2 + (dy * p - n * y * dp) ** 2
        # at the centre one wave is left, j_0 = 1
        here = (arb(1) if l == 0 else arb(0)) if height == -kR else pair("j", l, z)[0]
        total += (2 * l + 1) * here**2 / (x**4 * squares)
    return total


def pair(kind, l, x):
    """j_l or y_l and its slope."""
    function = x.bessel_j if kind == "j" else x.bessel_y
    value, next_one = ((arb.pi() / (2 * x)).sqrt() * function(l + i + arb(0.5)) for i in (0, 1))
    return value, l / x * value - next_one


@pytest.mark.parametrize(("kR", "delta", "height"), points())
def test_fixed_k_agrees_with_arb_to_three_error_estimates(kR, delta, height):
    truth, solution = waves(kR, delta, height), density_excess(kR, delta, height)
    assert float(truth.rad()) < 1e-25
    slack = ROUNDING * abs(solution.density_excess)
    assert abs(float(truth - arb(solution.density_excess))) <= ESTIMATES * solution.error_estimate + slack


@pytest.mark.parametrize("average", [False, True])
@pytest.mark.parametrize("delta", [0.05, -0.05, 1e-3, -1e-3, 2.5e-8, -2.5e-8])
@pytest.mark.parametrize("kR", [60.0, 2e3, 5e4])
def test_both_sides_join_at_the_surface(kR, delta, average):
    below, at, above = (density_excess(kR, delta, h, average=average).density_excess for h in (-STEP, 0.0, STEP))
    size = max(abs(delta), abs(at))
    assert abs(below - at) <= JOINED * size and abs(above - at) <= JOINED * size


@pytest.mark.parametrize("height_m", [-6e-3, -1.2e-3, -1e-4, 1e-4, 1.2e-3])
def test_the_gas_on_both_sides_is_the_first_order_over_a_plane(height_m):
    """Inside the matter fills what it leaves free outside: the two excesses at one distance add up to delta."""

    def integrand(x):
        out = flat_limit(x * TEMPERATURE * METRE * abs(height_m))
        return (out if height_m > 0.0 else 1.0 - out) / (np.exp(x) + 1)

    total, _ = quad(integrand, 0, 45, limit=2000, epsabs=1e-13)
    expected = mean_refractivity(0.1, U) * total / math.log(2)  # Int dx/(e^x + 1) = ln 2
    assert mean_profile(height_m, 0.1, U)[0] == pytest.approx(expected, abs=GAS * abs(mean_refractivity(0.1, U)))


def test_the_gas_joins_at_the_surface_and_tends_to_the_medium():
    below, at, above, deep = mean_profile([-1e-17, 0.0, 1e-17, -0.1], 0.1, U)[0]
    mean = mean_refractivity(0.1, U)
    assert abs(below - at) <= JOINED * abs(mean) and abs(above - at) <= JOINED * abs(mean)
    # what is left of the surface falls as the square of the depth
    tail = 1.0 / (96 * 1.8030853547 * (TEMPERATURE * METRE * 0.1) ** 2) / momentum_moment(-2, 1.0)
    assert deep / mean == pytest.approx(1.0 - tail, abs=0.02 * tail)


@pytest.mark.parametrize("height", [-3.0, -0.4, 0.7])
def test_the_exact_sum_inside_averaged_over_k_is_the_gas_component(height):
    """The first order that the gas averages, at one momentum, against the sum over every wave of a ball."""
    delta = 1e-7
    plane = flat_limit(abs(height)) if height > 0 else 1.0 - flat_limit(abs(height))
    assert density_excess(2e3, delta, height, average=True).density_excess / delta == pytest.approx(plane, abs=1e-3)


def test_depths_out_of_reach_are_refused():
    with pytest.raises(DomainError, match=r"^height_m must be"):
        mean_profile(-0.2, 0.1, U, radius_m=EARTH_RADIUS_M)
    with pytest.raises(DomainError, match=r"^height_m must be"):
        mean_profile(-0.1, 0.1, U, radius_m=0.15)
