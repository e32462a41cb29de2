"""Bound ground states against closed forms, the virial and the uncertainty, and the spread that they give a line."""

import math

import numpy as np
import pytest

from cnub import DomainError
from cnub.capture import smearing
from cnub.capture.nucleus import ATOM
from cnub.capture.smearing import ANGSTROM, ground_state

SPECTRAL = 1e-9
"""Relative: sine waves on a grid that holds the state; measured 5e-14 (oscillator), 3e-13 (Morse)."""
SLOPE = 1e-7
"""Relative: the virial with a numerical derivative of the potential; measured 2e-9."""
TAILS = 1e-5
"""Relative: tails of the momentum distribution beyond the grid of momenta; measured 8e-6."""

HALF_A_DIGIT = 0.005
"""Of 0.49 eV; measured 0.0018."""
RANDOM = 4e-3
"""Of shares among 2e5 directions, one standard deviation at most 1.1e-3; measured 1.7e-3."""
TYPED = 1e-7
"""Relative: the wavenumber of 1 eV, typed with seven digits; measured 8e-9."""


def oscillator(stiffness):
    return lambda x: stiffness * x**2


def test_oscillator():
    found = ground_state(oscillator(20.0), 0.6)
    omega = math.sqrt(2 * 20.0 / ANGSTROM**2 / ATOM)
    assert found.energy_eV == pytest.approx(omega / 2, rel=SPECTRAL)
    assert found.momentum_eV == pytest.approx(math.sqrt(ATOM * omega / 2), rel=SPECTRAL)
    assert found.position_A * ANGSTROM * found.momentum_eV == pytest.approx(0.5, rel=SPECTRAL)


def test_morse_potential():
    depth, inverse = 0.8, 1.7
    found = ground_state(lambda x: depth * (1 - np.exp(-inverse * x)) ** 2, 3.0, 801)
    omega = inverse / ANGSTROM * math.sqrt(2 * depth / ATOM)
    assert found.energy_eV == pytest.approx(omega / 2 - omega**2 / (16 * depth), rel=SPECTRAL)


@pytest.mark.parametrize("potential", [smearing.tube_potential, lambda x: 3.0 * x**2 + 40.0 * x**4 - 1.0 * x**3])
def test_virial_uncertainty_and_norm(potential):
    found = ground_state(potential, 2.0, 601)
    weight = found.amplitude**2 * (found.grid_A[1] - found.grid_A[0])
    step = 1e-5
    slope = (potential(found.grid_A + step) - potential(found.grid_A - step)) / (2 * step)
    assert found.momentum_eV**2 / ATOM == pytest.approx(float(weight @ (found.grid_A * slope)), rel=SLOPE)
    assert found.position_A * ANGSTROM * found.momentum_eV >= 0.5
    assert weight.sum() == pytest.approx(1.0, rel=SPECTRAL)


def test_momentum_distribution_has_the_rms_of_the_state():
    found = ground_state(smearing.tube_potential, 2.0, 401)
    q = np.linspace(-10, 10, 4001) * found.momentum_eV
    density = found.momentum_density(q)
    assert np.trapezoid(density, q) == pytest.approx(1.0, rel=TAILS)
    assert math.sqrt(np.trapezoid(density * q * q, q)) == pytest.approx(found.momentum_eV, rel=TAILS)


def test_spread_of_a_tenth_of_an_angstrom_is_half_an_electronvolt():
    assert smearing.energy_spread(smearing.localised_momentum(0.1)) == pytest.approx(0.49, abs=HALF_A_DIGIT)


def test_a_vibration_is_its_oscillator():
    omega = 2650.0 * smearing.PER_CENTIMETRE * math.sqrt(smearing.HYDROGEN / ATOM)
    found = ground_state(oscillator(0.5 * ATOM * omega**2 * ANGSTROM**2), 0.6)
    assert smearing.harmonic_momentum(2650.0) == pytest.approx(found.momentum_eV, rel=SPECTRAL)
    assert smearing.PER_CENTIMETRE * 8065.544 == pytest.approx(1.0, rel=TYPED)


@pytest.mark.parametrize("momenta", [(1e4, 1e4, 1.0), (1.1e4, 1.1e4, 1.6e4), (1e4, 1e4, 1e4)])
def test_share_of_directions_is_the_share_of_random_ones(momenta):
    random = np.random.default_rng(5).normal(size=(200_000, 3))
    random /= np.linalg.norm(random, axis=1, keepdims=True)
    spreads = smearing.energy_spread(1.0) * np.sqrt(random**2 @ np.square(momenta))
    for allowed in (0.05, 0.3, 0.6, 0.9):
        assert smearing.share_of_directions(momenta, allowed) == pytest.approx(np.mean(spreads <= allowed), abs=RANDOM)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: ground_state(lambda x: 0 * x), "reach_A"),
        (lambda: ground_state(oscillator(1e6), 3.0, 31), "points"),
        (lambda: ground_state(lambda x: np.zeros(3)), "potential"),
        (lambda: ground_state(oscillator(20.0), -1.0), "reach_A"),
        (lambda: ground_state(lambda x: np.full_like(x, math.nan)), "potential"),
        (lambda: smearing.energy_spread(0.0), "momentum_eV"),
        (lambda: smearing.share_of_directions((1.0, 2.0, 3.0), 0.1), "momenta"),
        (lambda: smearing.share_of_directions((1.0, 1.0, 3.0), 0.0), "spread_eV"),
        (lambda: smearing.axes_momenta("wood"), "target"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=named):
        call()
