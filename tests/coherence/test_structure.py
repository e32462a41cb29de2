"""The coherent sum against NumPy, the exact pair sum, and analytic form factors."""

import mpmath
import numpy as np
import pytest

from cnub import DomainError
from cnub.coherence.arrangements import arrange
from cnub.coherence.structure import (
    ball_form_factor,
    coherence_edge,
    random_expectation,
    scattering_sum,
    structure_average,
)
from structure_witness import cube_form_factor, debye_sum, lattice_cube_sum

LEFT_OUT = 1e-3
"""Relative: what the limit or closed form leaves out at these arguments; measured 0.0005."""
ROUNDING_15 = 3e-15
"""Relative: rounding alone; measured 1e-15."""
STEPS = 3e-4
"""Relative: the steps of a grid or of a difference; measured 0.0001."""
GATHERED = 1e-10
"""Relative: rounding, gathered over many terms; measured 3e-12."""

ROUNDING = 1e-12
"""Sums of 1000 phases of order 100; worst seen 4e-14 of N^2."""
STANDARD_ERRORS = 5.0
"""A sample mean strays from the exact mean by this many standard errors once in 10^6; worst seen 2.0."""
LAST_FRINGE = 1e-3
"""Relative: count F^2 at the largest q; measured below 5e-4."""


def test_kernel_against_numpy():
    x = arrange("random ball", 300)
    q = np.random.default_rng(2).uniform(-20, 20, (7, 3))
    expected = np.abs(np.exp(1j * q @ x.T).sum(axis=1)) ** 2
    np.testing.assert_allclose(scattering_sum(x, q), expected, rtol=ROUNDING, atol=ROUNDING * 300**2)


@pytest.mark.parametrize("kind", ["random ball", "lattice ball", "random cube", "lattice cube"])
def test_forward_is_n_squared_exactly(kind):
    x = arrange(kind, 500)
    assert scattering_sum(x, np.zeros((1, 3)))[0] == len(x) ** 2
    assert debye_sum(x, 0.0)[0] == len(x) ** 2


def test_average_over_directions_against_pairs():
    x, q = arrange("random ball", 400), np.array([0.3, 2.0, 7.0, 30.0])
    sampled, exact = structure_average(x, q, 2000), debye_sum(x, q)
    assert (np.abs(sampled.value - exact) < STANDARD_ERRORS * sampled.error_estimate + 1e-9 * 400**2).all()


def test_standard_error_is_neither_nothing_nor_idle():
    """At q of many phases the directions are independent samples: the error is that of a mean of 150."""
    x, q = arrange("random ball", 200), np.linspace(30.0, 60.0, 40)
    sampled, exact = structure_average(x, q, 150), debye_sum(x, q)
    pulls = (sampled.value - exact) / sampled.error_estimate
    # 40 pulls of unit variance: their rms lies in 0.5 to 1.5 unless the estimate is wrong; seen 0.99.
    assert 0.5 < np.sqrt(np.mean(pulls**2)) < 1.5


def test_n_squared_to_n():
    # Mean over 40 seeds of the exact pair sum; its scatter per seed is of order N^1.5 F below the edge, N above it.
    count, q = 300, np.array([0.05, 1.0, 3.0, 40.0])
    sums = np.array([debye_sum(arrange("random ball", count, seed), q) for seed in range(40)])
    expected = random_expectation(count, ball_form_factor(q))
    error = sums.std(axis=0, ddof=1) / np.sqrt(40)
    assert (np.abs(sums.mean(axis=0) - expected) < STANDARD_ERRORS * error + 1e-9 * count**2).all()
    assert expected[0] == pytest.approx(count**2, rel=LEFT_OUT) and expected[-1] == pytest.approx(
        count, rel=LAST_FRINGE
    )


def test_lattice_is_the_product_of_its_edges():
    x = arrange("lattice cube", 8**3)
    q = np.random.default_rng(3).uniform(-30, 30, (20, 3))
    np.testing.assert_allclose(scattering_sum(x, q), lattice_cube_sum(8, q), rtol=GATHERED, atol=ROUNDING * 8**6)
    bragg = np.array([[8 * np.pi, 0.0, 0.0]])
    assert scattering_sum(x, bragg)[0] == pytest.approx(8**6, rel=ROUNDING)
    assert lattice_cube_sum(8, bragg)[0] == 8**6


def test_dense_lattice_becomes_the_body():
    q = np.array([[0.7, 0.2, 0.0], [0.1, 1.1, 0.4]])
    # Midpoint rule in each direction: relative error (q a)^2/12 = 1e-4 here.
    np.testing.assert_allclose(lattice_cube_sum(60, q) / 60**6, cube_form_factor(q) ** 2, rtol=STEPS)


@pytest.mark.parametrize("x", [1e-8, 0.05, 0.0999999, 0.1000001, 1.0, 50.0])
def test_form_factor_against_mpmath(x):
    with mpmath.workdps(40):
        exact = 3 * (mpmath.sin(x) - x * mpmath.cos(x)) / mpmath.mpf(x) ** 3
    # Up to the rounding of sin x and cos x; measured 1e-14 of their size.
    assert float(ball_form_factor(x)) == pytest.approx(float(exact), rel=ROUNDING_15, abs=3e-14 / (1 + x * x))


def test_edge_of_coherence():
    edge = coherence_edge(1000)
    two = random_expectation(1000, ball_form_factor(edge))
    assert float(two) == pytest.approx(2000, rel=ROUNDING)
    assert 1 < edge < coherence_edge(100000) < 4.4934095


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: scattering_sum(np.zeros((4, 2)), np.zeros((1, 3))), "positions"),
        (lambda: scattering_sum(np.zeros((4, 3)), [[np.nan, 0, 0]]), "q"),
        (lambda: structure_average(np.zeros((4, 3)), -1.0), "q"),
        (lambda: structure_average(np.zeros((4, 3)), 1.0, 1), "directions"),
        (lambda: ball_form_factor(-1.0), "x"),
        (lambda: coherence_edge(2), "count"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
