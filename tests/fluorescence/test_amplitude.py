"""M_tot: N^2 in phase, N out of phase, the maxima of a grating, and the width of a finite target."""

import numpy as np
import pytest
from scipy.stats import kstest

from cnub import DomainError
from cnub.coherence.arrangements import arrange
from cnub.coherence.structure import random_expectation
from cnub.constants import METRE
from cnub.fluorescence.amplitude import box_form_factor, grating_positions, phase_matching_width, total_amplitude

ROUNDING_ABS_13 = 1e-13
"""Absolute: rounding alone; measured 3e-15."""
ROUNDING_14 = 1e-14
"""Relative: rounding alone; exact here."""
ROUNDING_12 = 1e-12
"""Relative: rounding alone; measured 2e-16."""

SIGMA = 5.0
"""Standard errors allowed between a sample and its mean, for fixed seeds; measured <= 3."""


def along_x(values):
    return np.stack([values, np.zeros_like(values), np.zeros_like(values)], axis=1)


@pytest.mark.parametrize("arrangement", ["random cube", "lattice cube"])
def test_in_phase_the_intensity_is_n_squared(arrangement):
    x = arrange(arrangement, 1000)
    assert abs(total_amplitude(x, np.zeros((1, 3)))[0]) == pytest.approx(1000, rel=ROUNDING_14)


@pytest.mark.parametrize(("q", "grating"), [(0.7, 0.0), (2.0, 0.0), (20.0, 0.0), (20.0, 20.0), (13.0, 20.0)])
def test_random_targets_scatter_as_the_mean_says(q, grating):
    count = 400

    def positions(seed):
        return grating_positions(count, 3.0, grating, seed) if grating else 1.5 * arrange("random cube", count, seed)

    transfers = np.array([[q, 0.3, 0.0]])
    samples = [abs(total_amplitude(positions(seed), transfers)[0]) ** 2 for seed in range(200)]
    expected = random_expectation(count, box_form_factor(transfers, 3.0, grating))[0]
    assert abs(np.mean(samples) - expected) < SIGMA * np.std(samples) / np.sqrt(len(samples))


def test_a_grating_matches_phases_at_plus_and_minus_d():
    D, count = 40.0, 20000
    x = grating_positions(count, 3.0, D)
    heights = np.abs(total_amplitude(x, along_x(np.array([-D, D, 0.5 * D, 0.0])))) / count
    assert heights[3] == pytest.approx(1.0)
    np.testing.assert_allclose(heights[:2], 0.5, atol=SIGMA / np.sqrt(count))
    assert heights[2] < 0.1


def test_form_factor_is_the_integral_over_the_box():
    u, w = np.polynomial.legendre.leggauss(60)
    x, w = 1.5 * u, 1.5 * w
    density = 1 + np.cos(7.0 * x)
    q = np.array([0.4, 2.0, 7.0])
    direct = [(w * density * np.exp(1j * value * x)).sum().real / (w * density).sum() for value in q]
    np.testing.assert_allclose(box_form_factor(along_x(q), 3.0, 7.0), direct, rtol=0, atol=ROUNDING_ABS_13)


def test_half_the_intensity_at_half_the_width():
    length_m = 3.0
    q = np.array([0.5 * phase_matching_width(length_m)])
    assert box_form_factor(along_x(q), length_m * METRE)[0] ** 2 == pytest.approx(0.5, rel=ROUNDING_12)


def test_a_lattice_has_its_bragg_maxima():
    x = 5 * arrange("lattice cube", 1000)
    assert abs(total_amplitude(x, along_x(np.array([2 * np.pi])))[0]) == pytest.approx(1000, rel=ROUNDING_12)


def test_same_seed_same_target():
    first, second, other = (grating_positions(5, 1.0, 3.0, seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, second)
    assert not np.array_equal(first, other)


def test_positions_of_a_grating_follow_its_density():
    x = grating_positions(20000, 1.0, 25.0)[:, 0]
    # Kolmogorov and Smirnov against the integral of 1 + cos(25 x): the mean of the largest distance is 0.87/sqrt(N).
    cumulative = (x + 0.5 + (np.sin(25 * x) + np.sin(12.5)) / 25) / (1 + np.sin(12.5) / 12.5)
    assert kstest(cumulative, "uniform").pvalue > 0.01


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: grating_positions(0, 1.0, 3.0), "number must be a whole number between 1 and 10000000"),
        (lambda: grating_positions(10, 0.0, 3.0), "length must be finite and > 0"),
        (lambda: grating_positions(10, 1.0, 0.0), "grating must be finite and > 0"),
        (lambda: total_amplitude(np.zeros((4, 2)), np.zeros((1, 3))), "positions must have shape"),
        (lambda: phase_matching_width(-1.0), "length_m must be finite and > 0"),
    ],
)
def test_refusals(call, sentence):
    with pytest.raises(DomainError, match=sentence):
        call()
