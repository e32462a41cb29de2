"""The pull of the Earth's neutrinos on a body at its surface, in every state of the gas."""

import math

import numpy as np
import pytest

from cnub import DomainError
from cnub.constants import ATOMIC_MASS, FERMI_CONSTANT
from cnub.forces.gradient import CM_PER_S2
from cnub.forces.surface import STATES, asymmetry, surface_acceleration
from cnub.matter import FLAVOURS, critical_angle, material, refractivity, weak_charge_per_nucleon, weak_potential
from cnub.relic import mean_momentum, number_density
from cnub.sphere import density_excess

LEFT_OUT_3 = 1e-3
"""Relative: what the limit or closed form leaves out at these arguments; measured 0.0002."""
LEFT_OUT_3_WIDE = 2e-3
"""Relative: what the limit or closed form leaves out at these arguments; measured 0.002."""
NUMERICAL = 1e-10
"""Relative: the quadrature, root or solver behind one of the two values; measured 4e-12."""
ROUNDING_WIDE = 1e-12
"""Relative: rounding alone; measured 2e-16."""
STEPS_5 = 1e-5
"""Relative: the steps of a grid or of a difference; measured 5e-07."""
STEPS_3 = 1e-3
"""Relative: the steps of a grid or of a difference; measured 6e-05."""

ROUNDING = 1e-13


def test_asymmetry_of_the_talk_as_printed():
    delta = -1e-8
    for u in (0.0, 0.3, 2.0):
        printed = 2 / 15 * math.sqrt(2 * abs(delta)) * (3 + 5 * math.exp(-u))
        assert asymmetry("talk", delta, u / critical_angle(delta)) == pytest.approx(printed, rel=ROUNDING, abs=0.0)
        assert asymmetry("talk", -delta, u / critical_angle(delta)) == pytest.approx(-printed, rel=ROUNDING, abs=0.0)


@pytest.mark.parametrize("state", STATES)
def test_a_small_body_feels_the_slope_at_the_surface(state):
    """1e-7 m is 3e-4 of 1/k, over which the filled profile bends, and 4e-8 of lambda."""
    assert surface_acceleration(state, 1e-7) == pytest.approx(surface_acceleration(state), rel=LEFT_OUT_3)


def test_acceleration_of_a_small_and_of_a_large_body():
    """The talk's exponential has slope 2/3 per decay length where the exact profile has pi/4."""
    exact = surface_acceleration("downgoing flux", 1e-4)
    assert exact == pytest.approx(surface_acceleration("talk") * (math.pi / 4) / (2 / 3), rel=LEFT_OUT_3)
    assert surface_acceleration("empty plane", 1e-4) == pytest.approx(exact, rel=NUMERICAL)
    filled = abs(surface_acceleration("filled", 0.1))
    assert filled < 0.01 * abs(surface_acceleration("empty plane", 0.1)) < 1e-32


def test_flavours_add_up():
    parts = [surface_acceleration("talk", flavours=(flavour,)) for flavour in FLAVOURS]
    assert len({np.sign(part) for part in parts}) == 1
    assert surface_acceleration("talk") == pytest.approx(sum(parts), rel=ROUNDING, abs=0.0)
    # Z/A = 1/2: the three couplings are equal.
    assert surface_acceleration("talk") == pytest.approx(3 * parts[0], rel=ROUNDING, abs=0.0)


def test_order_of_the_talk():
    assert 5e-31 < abs(surface_acceleration("talk")) < 2e-30
    assert surface_acceleration("talk", mass=0.2) == pytest.approx(
        2 * surface_acceleration("talk", mass=0.1), rel=ROUNDING, abs=0.0
    )
    assert surface_acceleration("talk", body="water") > surface_acceleration("talk", body="lead")


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_stone_is_pushed_off_the_ground(flavour):
    """What the ground reflects piles up above it and repels a stone of the same matter, whatever the flavour."""
    soil = material("crust")
    delta = refractivity(0.1, mean_momentum(), weak_potential(soil, flavour))
    step = 1e-6 / critical_angle(delta)
    rise = asymmetry("talk", delta, step) - asymmetry("talk", delta, 0.0)
    slope = rise / step * mean_momentum() * number_density()
    # Repelled: neutrinos if delta < 0, so that n_nu - n_nubar falls with height; else antineutrinos, and it rises.
    assert np.sign(slope) == np.sign(delta)
    energy = FERMI_CONSTANT / (2 * math.sqrt(2)) * weak_charge_per_nucleon(soil.z_over_a, flavour)
    upward = -energy * slope / ATOMIC_MASS / CM_PER_S2
    found = surface_acceleration("talk", flavours=(flavour,))
    assert found == pytest.approx(upward, rel=STEPS_5, abs=0.0) and found > 0  # second order in the step: 5e-7


def test_acceleration_of_the_talk_by_hand():
    # Per flavour (4/3) 9.2145e-9 x 5.2822e-4 eV x 56.01 cm^-3, G_F/(2 sqrt 2) / 2 per nucleon; three flavours add up.
    gradient = 4 / 3 * 9.2145e-9 * 5.2822e-4 * 56.01 * 7.68356e-15
    each = 4.12378e-24 * 0.5 * gradient / 931.494e6 / 2.19536e-26
    assert surface_acceleration("talk") == pytest.approx(3 * each, rel=LEFT_OUT_3_WIDE)


def test_round_earth_against_flat():
    # Slopes pi |delta| k n and (4/3) |delta| k n with the same couplings.
    ratio = abs(surface_acceleration("filled")) / abs(surface_acceleration("talk"))
    assert ratio == pytest.approx(3 * math.pi / 4, rel=ROUNDING_WIDE)


def test_a_stone_on_the_round_earth_is_pulled_down():
    """Where every wave is there, the repelled species is rarer at the surface: minus the slope of the energy there."""
    soil, k, step = material("crust"), mean_momentum(), 1e-4
    upward = 0.0
    for flavour in FLAVOURS:
        potential = weak_potential(soil, flavour)
        delta = refractivity(0.1, k, potential)
        excess = [
            density_excess(1e10, delta, height, method="born").density_excess
            - density_excess(1e10, -delta, height, method="born").density_excess
            for height in (0.0, step)
        ]
        slope = (excess[1] - excess[0]) / step * k * number_density()
        coupling = FERMI_CONSTANT / (2 * math.sqrt(2)) * weak_charge_per_nucleon(soil.z_over_a, flavour)
        upward -= coupling * slope / ATOMIC_MASS / CM_PER_S2
    # Second order of the slope in the height of the step: 2 h/(pi/2) = 1e-4.
    assert surface_acceleration("filled") == pytest.approx(upward, rel=STEPS_3) and upward < 0


def test_slope_of_the_round_earth_against_the_ball():
    delta, step = -1e-8, 1e-4
    surface, above = (density_excess(1e10, delta, height, method="born").density_excess for height in (0.0, step))
    # Second order of the slope is 2 h/(pi/2): 1e-4.
    assert (above - surface) / step == pytest.approx(-math.pi / 2 * delta, rel=STEPS_3, abs=0.0)


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: surface_acceleration("full", 0.1), "state"),
        (lambda: surface_acceleration("filled", -1.0), "size_m"),
        (lambda: asymmetry("empty plane", 1e-8, 1e308), "height"),
        (lambda: surface_acceleration("empty plane", 1e304), "size_m"),
        (lambda: surface_acceleration(ground="cheese"), "material"),
        (lambda: surface_acceleration(body="cheese"), "material"),
        (lambda: surface_acceleration(mass=0.0), "mass"),
        (lambda: surface_acceleration(flavours=("sterile",)), "flavour"),
        (lambda: surface_acceleration(flavours=()), "flavours"),
    ],
)
def test_refusals(call, names):
    with pytest.raises(DomainError, match=f"^{names} must"):
        call()
