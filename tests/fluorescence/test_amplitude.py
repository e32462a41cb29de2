"""M_tot: N^2 in phase, N out of phase, the maxima of a grating, and the width of a finite target."""

import numpy as np
import pytest

from cnub import DomainError
from cnub.constants import METRE
from cnub.fluorescence.amplitude import (
    box_form_factor,
    dipole_positions,
    expected_intensity,
    phase_matching_width,
    total_amplitude,
)

SIGMA = 5.0
"""Standard errors allowed between a sample and its mean, for fixed seeds; measured <= 3."""


def along_x(values):
    return np.stack([values, np.zeros_like(values), np.zeros_like(values)], axis=1)


@pytest.mark.parametrize("arrangement", ["random", "lattice"])
def test_in_phase_the_intensity_is_n_squared(arrangement):
    x = dipole_positions(arrangement, 1000, 3.0)
    assert abs(total_amplitude(x, np.zeros((1, 3)))[0]) == pytest.approx(1000, rel=1e-14)


@pytest.mark.parametrize(("q", "grating"), [(0.7, 0.0), (2.0, 0.0), (20.0, 0.0), (20.0, 20.0), (13.0, 20.0)])
def test_random_targets_scatter_as_the_mean_says(q, grating):
    kind, count = ("grating" if grating else "random"), 400
    transfers = np.array([[q, 0.3, 0.0]])
    samples = [
        abs(total_amplitude(dipole_positions(kind, count, 3.0, grating, seed), transfers)[0]) ** 2
        for seed in range(200)
    ]
    expected = expected_intensity(box_form_factor(transfers, 3.0, grating), count)[0]
    assert abs(np.mean(samples) - expected) < SIGMA * np.std(samples) / np.sqrt(len(samples))


def test_a_grating_matches_phases_at_plus_and_minus_d():
    D, count = 40.0, 20000
    x = dipole_positions("grating", count, 3.0, D)
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
    np.testing.assert_allclose(box_form_factor(along_x(q), 3.0, 7.0), direct, rtol=0, atol=1e-13)


def test_half_the_intensity_at_half_the_width():
    length_m = 3.0
    q = np.array([0.5 * phase_matching_width(length_m)])
    assert box_form_factor(along_x(q), length_m * METRE)[0] ** 2 == pytest.approx(0.5, rel=1e-12)


def test_a_lattice_has_its_bragg_maxima():
    x = dipole_positions("lattice", 1000, 10.0)
    assert abs(total_amplitude(x, along_x(np.array([2 * np.pi])))[0]) == pytest.approx(1000, rel=1e-10)


def test_same_seed_same_target():
    np.testing.assert_array_equal(
        dipole_positions("random", 5, 1.0, seed=3), dipole_positions("random", 5, 1.0, seed=3)
    )


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: dipole_positions("bcc", 10, 1.0), "arrangement must be one of"),
        (lambda: dipole_positions("random", 0, 1.0), "number must be a whole number between 1 and 10000000"),
        (lambda: dipole_positions("random", 10, 0.0), "length must be finite and > 0"),
        (lambda: dipole_positions("grating", 10, 1.0), "grating must be finite and > 0"),
        (lambda: total_amplitude(np.zeros((4, 2)), np.zeros((1, 3))), "positions must have shape"),
        (lambda: phase_matching_width(-1.0), "length_m must be finite and > 0"),
    ],
)
def test_refusals(call, sentence):
    with pytest.raises(DomainError, match=sentence):
        call()
