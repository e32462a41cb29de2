"""Density against local density of states, and both against the sum over partial waves."""

import pytest

from cnub import DomainError
from cnub.sphere import density_excess, ldos

ROUNDING = 1e-12
"""Relative: rounding alone; measured 2e-16."""

RADIAL = 1e-6
"""Of the radial integration from a small radius; measured 3e-7 against the exact partial waves."""


@pytest.mark.parametrize("distance", [10.0, 11.3])
def test_density_is_the_local_density_of_states(distance):
    for index in (lambda s: 1.05, lambda s: 1.0 + 0.1 * (1.0 - s * s), lambda s: 0.9):
        density = ldos.isotropic_density(10.0, index, distance)
        assert density == pytest.approx(ldos.local_density_of_states(10.0, index, distance), rel=ROUNDING)
    exact = density_excess(10.0, 0.05, distance - 10.0, method="direct").density_excess
    assert ldos.isotropic_density(10.0, lambda s: 1.05, distance) - 1 == pytest.approx(exact, abs=RADIAL)


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: ldos.isotropic_density(300.0, lambda s: 1.0, 300.0), "kR"),
        (lambda: ldos.local_density_of_states(10.0, lambda s: 1.0, 9.0), "distance"),
    ],
)
def test_refusals(call, names):
    with pytest.raises(DomainError, match=f"^{names} must"):
        call()
