"""The gas average: limits, signs, the flavours' sum, and an adaptive integration as the second method."""

import numpy as np
import pytest
from scipy.integrate import quad

from cnub import DomainError
from cnub.constants import METRE
from cnub.grazing.halfspace import halfspace_excess
from cnub.matter import MATERIALS, mean_refractivity, potential
from cnub.relic import TEMPERATURE, mean_momentum, momentum_moment
from cnub.sphere import thermal
from plane_limit import flat_limit

CRUST = MATERIALS["crust"]
U = potential(CRUST)


def test_surface_value_is_half_the_mean_refractivity():
    value, error = thermal.mean_profile(0.0, 0.1, U)
    assert abs(value - mean_refractivity(0.1, U) / 2) <= error
    assert error < 0.01 * abs(value)


@pytest.mark.parametrize("height_m", [1e-4, 1.2e-3, 8e-3])
def test_against_adaptive_integration_over_a_plane(height_m):
    def integrand(x):
        return flat_limit(x * TEMPERATURE * METRE * height_m) / (np.exp(x) + 1)

    total, _ = quad(integrand, 0, 45, limit=2000, epsabs=1e-13)
    expected = mean_refractivity(0.1, U) * total / np.log(2)  # Int dx/(e^x + 1) = ln 2
    assert thermal.mean_profile(height_m, 0.1, U)[0] == pytest.approx(expected, abs=1e-10 * abs(expected) + 1e-17)


@pytest.mark.parametrize("height_m", [0.0, 1e-4, 1e-3])
def test_error_estimate_covers_all_orders_and_is_not_idle(height_m):
    """All orders over a plane, momentum by momentum: the Earth's curvature changes them by less than a millionth."""
    value, error = thermal.mean_profile(height_m, 0.1, U)
    momenta, weights = thermal._momenta(height_m)
    deltas = mean_refractivity(0.1, U) * momenta**-2 / momentum_moment(-2)
    exact = sum(w * halfspace_excess(d, p * METRE * height_m) for w, d, p in zip(weights, deltas, momenta, strict=True))
    assert np.abs(deltas).max() < 0.9
    assert 0.01 * error < abs(value - exact) <= error


def test_the_gas_forgets_what_one_momentum_remembers():
    height_m = 40.25 * np.pi / (mean_momentum() * METRE)  # where sin(2kh) = 1
    one_momentum = abs(flat_limit(40.25 * np.pi)) * 2
    gas = abs(thermal.mean_profile(height_m, 0.1, U)[0]) * 2 / abs(mean_refractivity(0.1, U))
    assert gas < 0.1 * one_momentum


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: thermal.mean_profile(-1.0, 0.1, U), "height_m"),
        (lambda: thermal.mean_profile(0.0, 0.0, U), "mass"),
        (lambda: thermal.mean_profile(0.0, 0.1, np.nan), "potential"),
        (lambda: thermal.mean_profile(0.0, 0.1, U, 1e-3), "radius_m"),
    ],
)
def test_refusals(call, name):
    with pytest.raises(DomainError, match=f"^{name} must be"):
        call()
