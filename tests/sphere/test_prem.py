"""The table of the Earth model against what it was built to reproduce, and its shells against the table."""

import numpy as np
import pytest

from cnub import DomainError
from cnub.relic import mean_momentum
from cnub.sphere import prem
from cnub.sphere.born import born
from cnub.sphere.layered import born_layers

ROUNDING = 1e-12
"""Relative: rounding alone; measured 7e-16."""
TYPED_ABS_5 = 1e-5
"""Absolute: the digits of the expected value, typed or published; measured 5e-07."""
TYPED_ABS_4 = 1e-4
"""Absolute: the digits of the expected value, typed or published; measured 6e-05."""
TYPED_4 = 2e-4
"""Relative: the digits of the expected value, typed or published; measured 0.0001."""


def test_mass_and_moment_of_inertia_of_the_earth():
    # Dziewonski and Anderson 1981 fit M = 5.974e24 kg and I/(M R^2) = 0.3308: a wrong coefficient shows here.
    mass, inertia = prem.moments()
    assert mass == pytest.approx(5.974e24, rel=TYPED_4)
    assert inertia == pytest.approx(0.3308, abs=TYPED_ABS_5)


@pytest.mark.parametrize(
    ("radius", "value"), [(0.0, 13.0885), (1221.5, 12.7636), (3480.0, 9.9035), (6346.6, 3.3808), (6371.0, 1.02)]
)
def test_printed_densities(radius, value):
    # Table II of the same paper lists the density at the interfaces, below each.
    assert prem.density(radius) == pytest.approx(value, abs=TYPED_ABS_4)


@pytest.mark.parametrize(
    ("radius", "below", "above"),
    [
        (1221.5, 12.7636, 12.1663),
        (3480.0, 9.9035, 5.5665),
        (5701.0, 4.3807, 3.9921),
        (5771.0, 3.9758, 3.9758),
        (5971.0, 3.7238, 3.5433),
        (6151.0, 3.4358, 3.3595),
        (6346.6, 3.3808, 2.9),
        (6356.0, 2.9, 2.6),
        (6368.0, 2.6, 1.02),
    ],
)
def test_printed_steps_at_the_interfaces(radius, below, above):
    # The same table, from both sides: where each polynomial begins and ends.
    assert prem.density(radius) == pytest.approx(below, abs=TYPED_ABS_4)
    assert prem.density(np.nextafter(radius, np.inf)) == pytest.approx(above, abs=TYPED_ABS_4)


@pytest.mark.parametrize("thickness", [20.0, 100.0, 1e4])
def test_shells_keep_the_mass(thickness):
    layers = prem.shells(thickness_km=thickness)
    outer = np.array([r for r, _ in layers])
    volume = 4 / 3 * np.pi * np.diff(outer**3, prepend=0.0) * 1e15  # cm^3
    mass = sum(v * m.density_g_per_cm3 for v, m in zip(volume, [m for _, m in layers], strict=True)) * 1e-3
    assert mass == pytest.approx(prem.moments()[0], rel=ROUNDING)


def test_land_has_no_water():
    assert prem.shells("land")[-1][1].density_g_per_cm3 == pytest.approx(2.6)
    assert prem.shells("ocean")[-1][1].density_g_per_cm3 == pytest.approx(1.02)
    assert prem.shells("land")[-1][0] == prem.RADIUS_KM


DEEPER = 1e-8
"""Relative: an interface at depth D adds 1/(4kD) of its step, 3e-8 at 3 km for a step like the surface's."""


@pytest.mark.parametrize("surface", prem.SURFACES)
def test_the_surface_knows_only_the_top_shell(surface):
    radii, deltas = prem.shell_refraction(0.1, mean_momentum(), surface=surface)
    value, error = born_layers(radii, deltas)
    assert abs(value - born(radii[-1], deltas[-1])[0]) < 10 * DEEPER * abs(deltas[-1])
    assert error < 1e-7 * abs(deltas[-1])


def test_antineutrinos_see_the_opposite_earth():
    _, deltas = prem.shell_refraction(0.1, mean_momentum(), "mu")
    _, opposite = prem.shell_refraction(0.1, mean_momentum(), "mu", antineutrino=True)
    assert (deltas == -opposite).all() and (deltas > 0).all()


def test_refusals():
    with pytest.raises(DomainError, match=r"^surface must be one of"):
        prem.shells("ice")
    with pytest.raises(DomainError, match=r"^radius_km must be"):
        prem.density(6372.0)
    with pytest.raises(DomainError, match=r"^thickness_km must be"):
        prem.shells(thickness_km=0.0)
