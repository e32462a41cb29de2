"""Densities: Liouville's theorem by another rule, the Pauli principle by counting, published values in order."""

import numpy as np
import pytest

from cnub import DomainError
from cnub.relic import TEMPERATURE, momentum_moment, number_density_per_cm3
from cnub.sky.overdensity import PUBLISHED, bound_ceiling, energy_ceiling, unbound_density

FIRST_ORDER = 1e-3
"""Of the excess, relative: second order in m v/T; measured 6e-5 and, at the larger depth, 4e-4."""
TYPED = 2e-3
"""Relative: constants typed with four digits; measured 6e-4."""


def test_shallow_potential_is_first_order():
    mass, escape = 1e-3, 30.0
    momentum = mass * escape / 299792.458
    expected = momentum**2 * momentum_moment(-2) / 2
    assert unbound_density(mass, escape) - 1 == pytest.approx(expected, rel=FIRST_ORDER)


def test_deep_potential_by_drawn_momenta():
    """Mean of p/p_far over the gas, p^2 = p_far^2 + (m v)^2, by the inverse of the distribution."""
    mass, escape = 0.1, 544.0
    p = np.linspace(1e-9, 60 * TEMPERATURE, 2_000_001)
    weight = p**2 / (np.exp(p / TEMPERATURE) + 1)
    expected = np.trapezoid(weight * np.hypot(1, mass * escape / 299792.458 / p), p) / np.trapezoid(weight, p)
    assert unbound_density(mass, escape) == pytest.approx(expected, rel=1e-6)


def test_bound_states_by_counting_cells():
    """p^3/(6 pi^2 (hbar c)^3) per cm^3, one helicity: 0.1 eV at 544 km/s."""
    momentum = 0.1 * 544.0 / 299792.458
    by_hand = momentum**3 / (6 * np.pi**2 * 1.9733e-5**3)
    assert bound_ceiling(0.1, 544.0, 1.0) * number_density_per_cm3() == pytest.approx(by_hand, rel=TYPED)
    assert bound_ceiling(0.2) == pytest.approx(8 * bound_ceiling(0.1), rel=1e-12)


def test_pauli_at_the_mass_bound():
    """arXiv:2207.12413 allows 'overdensities up to 125 at 0.8 eV' by the Pauli principle: its abstract."""
    assert bound_ceiling(0.8, 544.0, 1.0) == pytest.approx(125, rel=0.1)


def test_what_a_static_potential_allows_is_what_simulations_find():
    """544 km/s gathers 1.05 to 1.06 at 0.05 eV and 1.30 to 1.70 at 0.15 eV; published are 1.07 to 1.20, 1.7 to 2.5."""
    for mass in (0.05, 0.1, 0.15):
        low, high = unbound_density(mass), unbound_density(mass) + bound_ceiling(mass)
        values = [one for one in PUBLISHED if one.mass == mass]
        assert min(one.low for one in values) < 1.1 * high and max(one.high for one in values) > low


def test_as_heavy_as_dark_matter():
    assert energy_ceiling(0.1, 0.4) == pytest.approx(0.4e9 / (0.1 * 336.1), rel=TYPED)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: bound_ceiling(0.0), "mass"),
        (lambda: bound_ceiling(0.1, 1e6), "escape_km_s"),
        (lambda: bound_ceiling(0.1, filling=2.0), "filling"),
        (lambda: unbound_density(-1.0), "mass"),
        (lambda: energy_ceiling(0.1, 0.0), "density_GeV_per_cm3"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
