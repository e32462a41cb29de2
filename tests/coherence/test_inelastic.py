"""Elastic and inelastic parts against an average over the motion, sample by sample."""

import numpy as np
import pytest

from cnub import DomainError
from cnub.coherence.arrangements import arrange
from cnub.coherence.inelastic import debye_waller, elastic_and_inelastic
from cnub.coherence.phases import total_amplitude

STANDARD_ERRORS = 5.0
"""Of 400 samples; worst seen 1.6."""
SAMPLES = 400


@pytest.mark.parametrize(("size", "displacement"), [(2.0, 0.02), (9.0, 0.1), (25.0, 0.05)])
def test_motion_and_spread_against_samples(size, displacement):
    generator, places, spread = np.random.default_rng(8), arrange("random ball", 200), 0.3
    q = size * np.array([[0.6, 0.0, 0.8]])
    marks = 1 + np.sqrt(spread) * generator.choice([-1.0, 1.0], (SAMPLES, 200))
    moved = places + displacement * generator.standard_normal((SAMPLES, 200, 3))
    amplitudes = np.array([total_amplitude(x, q, w)[0] for x, w in zip(moved, marks, strict=True)])
    static = np.abs(total_amplitude(places, q)) ** 2
    elastic, inelastic = elastic_and_inelastic(static, 200, [size], displacement, spread)
    squares = np.abs(amplitudes) ** 2
    assert abs(squares.mean() - elastic[0] - inelastic[0]) < STANDARD_ERRORS * squares.std() / np.sqrt(SAMPLES)
    # |mean|^2 is too large by the variance of the mean, and strays by twice its size times the error of the mean
    mean, variance = amplitudes.mean(), amplitudes.var() / SAMPLES
    assert abs(abs(mean) ** 2 - variance - elastic[0]) < STANDARD_ERRORS * (
        2 * abs(mean) * np.sqrt(variance) + variance
    )


def test_limits():
    assert debye_waller(0.0, 3.0) == 1 and elastic_and_inelastic(9.0, 3, 0.0, 1.0) == (9.0, 0.0)
    # The share that a relic neutrino's transfer moves is (q u)^2, far below the rounding of one
    assert elastic_and_inelastic(1.0, 1, 1e-9, 1.0)[1] == pytest.approx(1e-18, rel=1e-12)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: debye_waller(-1.0, 1.0), "q"),
        (lambda: elastic_and_inelastic(1.0, 1, 1.0, -1.0), "displacement"),
        (lambda: elastic_and_inelastic(-1.0, 1, 1.0, 1.0), "static"),
        (lambda: elastic_and_inelastic(1.0, 1, 1.0, 1.0, -1.0), "spread"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
