"""The slow tail over the Earth as it is: against the ball, orbits, waves in gravity, random directions."""

import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.special import airy

from cnub import DomainError
from cnub.constants import SPEED_OF_LIGHT_M_PER_S
from cnub.grazing import gallery, slow_tail
from cnub.matter import material, potential, weak_potential
from cnub.relic import TEMPERATURE, momentum_density
from cnub.sky.focusing import solar_potential
from cnub.sphere import filling

DEEP = weak_potential(material("earth"), antineutrino=True)
SAME_BORDER = 1e-5
"""Relative: the ball's exact widths against the barrier of the grazing limit, O(delta^(1/2)); measured 9e-7."""
SAME_MISSING = 0.01
"""Relative: both integrate a function with steps; measured 0.4 %, a tenth of it with ten times the nodes."""
GRAZING = 3e-3
"""Relative: the grazing limit leaves out O(delta), times how steep Ai'/Ai is; measured 1.1e-3."""
SAMPLED = 2e-3
"""Relative: 4e5 random directions; measured 4e-4."""


def test_without_gravity_it_is_the_tail_of_the_uniform_ball():
    mine, ball = slow_tail.tail_size(0.1, DEEP, gravity=False), filling.slow_tail(0.1, DEEP)
    assert mine.unfilled_below == pytest.approx(ball.unfilled_below, rel=SAME_BORDER)
    assert mine.share == pytest.approx(ball.unfilled_share, rel=1e-4)
    assert mine.mean_missing == pytest.approx(ball.mean_missing, rel=SAME_MISSING)


def test_the_narrow_waves_are_the_bound_states_of_the_gallery():
    for kappa in (0.7, 0.1, 3e-3):
        energies, densities = gallery.narrow_waves(kappa, 1e3)
        assert energies == pytest.approx(gallery.bound_states(kappa), abs=1e-13)
        assert densities == pytest.approx(
            [wave.surface_density for wave in gallery.gallery_resonances(kappa)], rel=1e-9
        )


@pytest.mark.parametrize("pull", [0.02, 0.3, 0.5])
def test_gravity_bends_a_level_path_as_an_orbit(pull):
    """r = R (1 + e)/(1 + e cos t), e = v^2/(g R) - 1: its rise over the ground is R t^2/2 times 1 - g R/v^2."""
    speed, angle = math.sqrt(slow_tail.EARTH_POTENTIAL / pull), 1e-3
    e = 1 / pull - 1
    rise = e * (1 - math.cos(angle)) / (1 + e * math.cos(angle))
    assert slow_tail.bent_curvature(1.0, speed) == pytest.approx(rise / (0.5 * angle**2), rel=1e-6)


@pytest.mark.parametrize("pull", [0.0, 0.1, 0.45])
def test_a_wave_under_the_surface_feels_the_bent_curvature(pull):
    """The radial equation with the gravity of a uniform ball, integrated from under the turning point, against Ai."""
    kR, delta, energy = 1e8, 1e-4 / 10 ** (2 / 3), -0.4
    order = kR * (1 - delta * energy)

    def bend(r):
        s = r / kR
        return order**2 / r**2 - (1 + delta) ** 2 + pull * (s * s - 1)

    start = kR - 25 / math.sqrt(2 * delta)
    found = solve_ivp(
        lambda r, u: [u[1], bend(r) * u[0]],
        (start, kR),
        [1.0, math.sqrt(bend(start))],
        method="DOP853",
        rtol=1e-10,
        atol=0.0,
    )
    exact = found.y[1, -1] / found.y[0, -1] / math.sqrt(2 * delta)  # per lambda

    def grazing(kappa):
        ai, derivative, _, _ = airy(-(kappa ** (-2 / 3)) * (energy + 1))
        return -(kappa ** (1 / 3)) * derivative / ai

    kappa = 1 / (math.sqrt(2) * kR * delta**1.5)
    bent = kappa if pull == 0 else slow_tail.bent_curvature(kappa, math.sqrt(slow_tail.EARTH_POTENTIAL / pull))
    assert exact == pytest.approx(grazing(bent), rel=GRAZING)
    assert pull == 0 or abs(exact / grazing(kappa) - 1) > 3 * GRAZING


def test_the_occupation_of_a_moving_earth_is_that_of_random_directions():
    mass, p = 0.1, 2e-5
    chance = np.random.default_rng(5)
    unit = chance.standard_normal((2, 400_000, 3))
    unit /= np.linalg.norm(unit, axis=2, keepdims=True)
    around = p * unit[0] + np.array([0, 0, mass * math.sqrt(solar_potential())])
    escape = 2 * solar_potential() * mass**2
    squared = (around**2).sum(axis=1)
    # the Sun turns the direction in which they came: any, here
    far = np.sqrt(np.maximum(squared - escape, 0.0))[:, None] * unit[1]
    drifted = np.linalg.norm(far + np.array([mass * 369.82e3 / SPEED_OF_LIGHT_M_PER_S, 0, 0]), axis=1)
    expected = np.mean(np.where(squared > escape, 1 / (np.exp(drifted / TEMPERATURE) + 1), 0.0))
    assert slow_tail._moving(np.array([p]), mass)[0] == pytest.approx(expected, rel=SAMPLED)
    assert slow_tail._moving(np.array([1e-7]), mass)[0] == 0.0 < expected < 0.5


def test_fast_neutrinos_do_not_feel_gravity_and_are_as_dense_as_the_gas():
    p = np.array([1e-3])
    full = slow_tail._density(p, 1e-3, False, True) * 2 / (np.exp(p / TEMPERATURE) + 1)
    assert full == pytest.approx(momentum_density(p), rel=1e-6)


@pytest.mark.parametrize("mass", [0.05, 0.4])
def test_the_lower_value_is_below_the_upper_and_charge_density_and_mass_raise_it(mass):
    upper = [slow_tail.tail_size(mass, potential(material("earth"), s, s == "1")).mean_missing for s in "123"]
    lower = [slow_tail.tail_size(mass, potential(material("crust"), s, s == "1"), True).mean_missing for s in "123"]
    assert all(0.0 <= low < high for low, high in zip(lower, upper, strict=True))
    assert upper == sorted(upper)


def test_refusals():
    with pytest.raises(DomainError, match="potential"):
        slow_tail.tail_size(0.1, 1e-14)
    with pytest.raises(DomainError, match="mass"):
        slow_tail.tail_size(1e-4, -1e-14)
    with pytest.raises(DomainError, match="speed"):
        slow_tail.bent_curvature(1.0, 3e-5)


def test_a_shallow_well_leaves_nothing_empty():
    assert slow_tail.tail_size(0.1, -1e-18).mean_missing == 0.0
