"""The liquid of hard spheres against Wertheim's closed form, Carnahan and Starling, and a sample of it."""

import mpmath
import numpy as np
import pytest

from cnub import DomainError
from cnub.coherence.arrangements import arrange
from cnub.coherence.liquid import hard_spheres, liquid_expectation, liquid_structure_factor, sphere_diameter
from cnub.coherence.structure import ball_form_factor, random_expectation, scattering_sum

QUADRATURE = 1e-12
"""Relative: the rule of 320 nodes against the closed form; measured 3e-13."""
THEORY = 0.09
"""Relative: what Percus and Yevick leave out at a packing of 0.4; at q = 0 Carnahan and Starling have 7.6 % more."""
SAMPLING = 4.0
"""Standard errors of the sample beyond what the theory leaves out; no bin needs any."""


def closed_form(x, eta):
    """Wertheim's S(x) in elementary functions, 40 digits."""
    with mpmath.workdps(40):
        x, eta = mpmath.mpf(x), mpmath.mpf(eta)
        a, b = (1 + 2 * eta) ** 2 / (1 - eta) ** 4, -6 * eta * (1 + eta / 2) ** 2 / (1 - eta) ** 4
        c, sin, cos = eta * a / 2, mpmath.sin(x), mpmath.cos(x)
        g = a * (sin - x * cos) / x**2 + b * (2 * x * sin + (2 - x**2) * cos - 2) / x**3
        g += c * (-(x**4) * cos + 4 * ((3 * x**2 - 6) * cos + (x**3 - 6 * x) * sin + 6)) / x**5
        return float(1 / (1 + 24 * eta * g / x))


@pytest.mark.parametrize("x", [0.01, 0.5, 3.0, 6.8, 20.0, 123.4, 400.0])
def test_structure_factor_against_the_closed_form(x):
    for eta in (0.05, 0.3, 0.45):
        assert float(liquid_structure_factor(x, eta)) == pytest.approx(closed_form(x, eta), rel=QUADRATURE)


def test_limits():
    eta = 0.4
    assert float(liquid_structure_factor(0.0, eta)) == pytest.approx(
        (1 - eta) ** 4 / (1 + 2 * eta) ** 2, rel=QUADRATURE
    )
    assert (liquid_structure_factor([0.0, 3.0, 9.0], 0.0) == 1).all()
    form = ball_form_factor([0.0, 0.5, 4.0])
    np.testing.assert_allclose(
        liquid_expectation(500, form, [0.0, 0.01, 0.1], 0.0), random_expectation(500, form), rtol=QUADRATURE
    )
    assert liquid_expectation(500, 1.0, 0.0, 0.4) == pytest.approx(500**2, rel=QUADRATURE)


def allowed(edge, reach):
    """Transfers that fit the periodic cube, half of them, up to ``reach``."""
    steps = np.pi * np.arange(-14, 15)
    q = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(-1, 3)
    size = np.linalg.norm(q, axis=1)
    return q[(size > 0) & (size < reach) & ((q @ [1e4, 1e2, 1.0]) > 0)]


def test_sample_against_percus_and_yevick():
    edge, packing, seeds = 12, 0.4, 4
    q = allowed(edge, 44.0)
    x = np.linalg.norm(q, axis=1) * sphere_diameter(edge**3, packing)
    samples = np.mean([scattering_sum(hard_spheres(edge, packing, seed), q) for seed in range(seeds)], axis=0) / edge**3
    theory = liquid_structure_factor(x, packing)
    for low in range(1, 5):
        inside = (x > low) & (x <= low + 1)
        error = samples[inside].std() / np.sqrt(inside.sum())
        assert abs(samples[inside].mean() - theory[inside].mean()) < THEORY * theory[inside].mean() + SAMPLING * error
    assert samples[x < 3].mean() < 0.12  # a gas has one
    peak = abs(x - 6.8) < 0.3  # a gas has one here, too, and a lattice nothing but its Bragg peaks
    assert samples[peak].mean() == pytest.approx(theory[peak].mean(), rel=THEORY)


def test_spheres_do_not_overlap_and_the_lattice_has_melted():
    edge, packing = 8, 0.45
    places = hard_spheres(edge, packing)
    apart = np.abs(places[:, None] - places[None])
    distance = np.linalg.norm(np.minimum(apart, 2 - apart), axis=-1)[np.triu_indices(edge**3, 1)]
    assert distance.min() >= sphere_diameter(edge**3, packing) and np.abs(places).max() <= 1
    bragg = np.pi * edge * np.eye(3)
    assert scattering_sum(arrange("lattice cube", edge**3), bragg) == pytest.approx(edge**6)
    assert scattering_sum(places, bragg).max() < 30 * edge**3  # of edge^6 = 512 N; worst seen 5 N


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: liquid_structure_factor(-1.0), "x"),
        (lambda: liquid_structure_factor(1.0, 0.6), "packing"),
        (lambda: hard_spheres(3), "edge"),
        (lambda: hard_spheres(4, 0.0), "packing"),
        (lambda: liquid_expectation(0, 1.0, 1.0), "count"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
