"""The gas met in motion: against quadrature over directions, its first order, and what it must keep."""

import math

import numpy as np
import pytest
from scipy.integrate import quad

from cnub import DomainError
from cnub.quadrature import panels
from cnub.relic import TEMPERATURE
from cnub.sky.wind import filling

DIRECTIONS = 1e-9
"""Relative: adaptive quadrature over the cosine; measured 4e-12."""
FIRST_ORDER = 1e-8
"""Relative: (E u/T)^2 at u = 1e-9, and rounding of the sum over T/(E u); measured 2e-9."""
FLOW = 1e-9
"""Relative: two sums over the same momenta; measured 2e-13."""


@pytest.mark.parametrize(
    ("momentum", "mass", "drift"),
    [(1e-3, 0.1, 1.2336e-3), (1e-5, 0.1, 1.2336e-3), (1e-3, 0.0, 0.05), (5e-4, 0.3, 0.01), (2e-3, 1.0, 1.2336e-3)],
)
def test_against_quadrature_over_directions(momentum, mass, drift):
    gamma, energy = 1 / math.sqrt(1 - drift**2), math.hypot(momentum, mass)

    def full(cosine):
        q2 = (gamma * (momentum * cosine - drift * energy)) ** 2 + momentum**2 * (1 - cosine**2)
        return 1 / (math.exp(math.sqrt(q2) / TEMPERATURE) + 1)

    expected = [quad(lambda c, n=n: full(c) * c**n / 2, -1, 1, epsabs=0, epsrel=1e-12, limit=400)[0] for n in (0, 1)]
    found = filling([momentum], mass, drift)
    assert [float(part[0]) for part in found] == pytest.approx(expected, rel=DIRECTIONS, abs=0.0)


def test_slow_winds():
    p, mass, u = 3e-4, 1e-3, 1e-8
    full, along = filling([p], mass, u)
    x = p / TEMPERATURE
    assert full[0] == pytest.approx(1 / (math.exp(x) + 1), rel=FIRST_ORDER)
    slope = -0.25 / math.cosh(x / 2) ** 2 / TEMPERATURE
    assert along[0] == pytest.approx(-math.hypot(p, mass) * u / 3 * slope, rel=FIRST_ORDER, abs=0.0)
    assert filling([p], mass, 0.0)[1][0] == 0.0


@pytest.mark.parametrize("mass", [0.0, 0.05, 1.0])
def test_the_moving_gas_is_denser_by_gamma_and_flows_at_the_drift(mass):
    u = 0.02
    edges = np.linspace(0.0, u * mass, 21)[:-1].tolist() if mass else []  # a cusp where p is that of the wind
    p, weights = (part.ravel() for part in panels(np.array([*edges, *(u * mass + TEMPERATURE * np.arange(61.0))]), 40))
    full, along = filling(p, mass, u)
    still = filling(p, mass, 0.0)[0]
    measure = weights * p**2
    density = float(measure @ full)
    assert float(measure @ (along * p / np.hypot(p, mass))) == pytest.approx(u * density, rel=FLOW, abs=0.0)
    assert density == pytest.approx(float(measure @ still) / math.sqrt(1 - u**2), rel=FLOW, abs=0.0)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(([0.0], 0.1, 1e-3), "momentum"), (([1.0], -1.0, 1e-3), "mass"), (([1.0], 1.0, 0.5), "drift")],
)
def test_refusals(arguments, named):
    with pytest.raises(DomainError, match=named):
        filling(*arguments)
