"""Rays with partial reflection: three conservation laws, an outside that does not change, Liouville's inside."""

from itertools import pairwise

import numpy as np
import pytest

from cnub import DomainError
from cnub.sphere.rays import OUTER, _far_side, _start, filled_density, trace

CONSERVATION = 1e-12
"""Rounding of a path of up to some hundred legs; 1e-14 measured."""
OUTSIDE = 1e-14
"""Ray by ray the legs outside are those of empty space; what is left is rounding, 1.6e-15 measured."""


@pytest.mark.parametrize("radius", [1.0, OUTER])
def test_a_straight_leg_ends_on_its_sphere(radius):
    position, direction = _start(200, np.random.default_rng(3))
    position *= 0.4 * radius / OUTER
    end = position + _far_side(position, direction, radius)[:, None] * direction
    assert np.linalg.norm(end, axis=1) == pytest.approx(radius, rel=CONSERVATION)


@pytest.mark.parametrize("delta", [-0.2, -0.01, 0.01, 0.2])
def test_laws_of_the_talk(delta):
    result = trace(delta, 20000)
    assert result.unreturned == 0  # particle number
    assert result.energy_violation < CONSERVATION
    assert result.angular_momentum_violation < CONSERVATION


@pytest.mark.parametrize("delta", [-0.1, 0.1])
def test_outside_nothing_happens_inside_liouville(delta):
    edges = np.array([0.0, 0.4, 0.7, 0.85, 0.92, 0.96, 1.0, 1.01, 1.3, 2.0])
    result = trace(delta, 40000, edges)
    outside = edges[:-1] >= 1
    assert np.abs(result.excess[outside]).max() < OUTSIDE
    expected = [bin_mean(low, high, delta) for low, high in pairwise(edges[:7])]
    pull = (result.excess[:6] - expected) / result.standard_error[:6]
    assert np.abs(pull).max() < 4  # six bins: 4 sigma by chance once in 2600
    assert (np.abs(expected) > 5 * result.standard_error[:6]).sum() >= 3  # and it is not zero by want of rays


def bin_mean(low, high, delta):
    r = np.linspace(low, high, 20001)
    return np.average(filled_density((r[1:] + r[:-1]) / 2, delta), weights=np.diff(r**3))


def test_no_ball_no_change():
    assert np.abs(trace(0.0, 1000, [0.5, 0.7, 1.0, 2.0]).excess).max() < OUTSIDE


def test_the_orbits_no_ray_enters_are_missing_just_under_the_surface():
    delta = 0.02
    missing = delta - filled_density(1.0 - 1e-12, delta)
    assert missing == pytest.approx(np.sqrt(2 * delta), rel=delta)
    assert filled_density(1.0 - 1e-12, -delta) == pytest.approx(-delta)


def test_same_seed_same_answer():
    assert (trace(0.1, 500, seed=7).excess == trace(0.1, 500, seed=7).excess).all()


@pytest.mark.parametrize(
    ("arguments", "name"), [((0.6,), "delta"), ((0.1, 10), "rays"), ((0.1, 1000, [0.0, 3.0]), "edges")]
)
def test_refusals(arguments, name):
    with pytest.raises(DomainError, match=f"^{name} must be"):
        trace(*arguments)
