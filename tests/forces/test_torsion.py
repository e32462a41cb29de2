"""The torsion balance: SI by hand, a noisy pendulum simulated, and what the published one excludes."""

import math

import numpy as np
import pytest

from cnub import DomainError
from cnub.forces.stodolsky import energy_splitting
from cnub.forces.torsion import PUBLISHED_SPINS, PUBLISHED_SPLITTING_EV, torsion_balance

BY_HAND = 1e-6
"""Constants typed with seven digits."""
SLOW_PART = 0.01
"""Relative: structural damping adds 2/(pi Q) for each factor e below resonance, here 4.6 of them; measured 5.2e-3."""
ROUNDING = 1e-12
"""Powers of the inputs; measured 4e-16."""


def test_by_hand():
    found = torsion_balance(1e-20, 1e23, 2e-8, 5000.0, 4.0, 100.0, 1e6)
    torque = 1e23 * 1e-20 / 2 * 1.602176634e-19
    noise = math.sqrt(4 * 1.380649e-23 * 4.0 * 2e-8 / (5000.0 * 2 * math.pi / 100.0 * 1e6))
    assert found.torque_Nm == pytest.approx(torque, rel=BY_HAND, abs=0.0)
    assert found.angle_rad == pytest.approx(torque / 2e-8, rel=BY_HAND, abs=0.0)
    assert found.noise_torque_Nm == pytest.approx(noise, rel=BY_HAND, abs=0.0)
    assert found.noise_angle_rad == pytest.approx(noise / 2e-8, rel=BY_HAND, abs=0.0)
    assert found.shortfall == pytest.approx(noise / torque, rel=BY_HAND, abs=0.0)
    assert torsion_balance(found.reach_eV, 1e23, 2e-8, 5000.0, 4.0, 100.0, 1e6).shortfall == pytest.approx(
        1.0, rel=ROUNDING, abs=0.0
    )


def test_amplitude_of_a_modulated_signal_in_white_noise():
    """What the formula takes from the spectrum: an amplitude fitted for a time t has the variance S/t, S one-sided."""
    random, samples, step, trials = np.random.default_rng(5), 500, 0.1, 4000
    spectrum = 3.0
    noise = random.normal(0, math.sqrt(spectrum / (2 * step)), (trials, samples))
    wave = np.cos(2 * math.pi * 20 * np.arange(samples) / samples)
    amplitudes = 2 / samples * noise @ wave
    expected = spectrum / (samples * step)
    # A variance of 4000 trials is known to sqrt(2/4000); measured 0.6 of that.
    assert amplitudes.var() == pytest.approx(expected, rel=4 * math.sqrt(2 / trials))


def test_equipartition_of_the_spectrum():
    """4 k_B T kappa/(Q omega) is 4 k_B T times the damping kappa/(Q omega): a resonance of it has k_B T/kappa."""
    kappa, inertia, quality, temperature = 1e-8, 1e-5, 500.0, 300.0
    own = math.sqrt(kappa / inertia)
    parts = np.linspace(0.01, 0.9, 2000), np.linspace(0.9, 1.1, 20001), np.linspace(1.1, 80, 4000)
    omega = own * np.unique(np.concatenate(parts))
    spectrum = np.array(
        [torsion_balance(1e-20, 1e22, kappa, quality, temperature, 2 * math.pi / w, 1.0).noise_torque_Nm for w in omega]
    )
    response = 1 / ((kappa - inertia * omega**2) ** 2 + (kappa / quality) ** 2)
    mean_square = np.trapezoid(spectrum**2 * response, omega) / (2 * math.pi)
    assert mean_square == pytest.approx(1.380649e-23 * temperature / kappa, rel=SLOW_PART, abs=0.0)


def test_what_is_missing():
    ceiling = energy_splitting(1.0, mass=0.1)
    found = torsion_balance(ceiling)
    assert 15 < math.log10(found.shortfall) < math.log10(PUBLISHED_SPLITTING_EV / ceiling) < 19
    # Thermal noise is not what the published pendulum is limited by, nor is it far below: a factor of a hundred.
    assert 1 < PUBLISHED_SPLITTING_EV / found.reach_eV < 1000
    assert torsion_balance(ceiling, 4 * PUBLISHED_SPINS).reach_eV == pytest.approx(
        found.reach_eV / 4, rel=ROUNDING, abs=0.0
    )


@pytest.mark.parametrize("name", ["splitting", "spins", "kappa_Nm", "quality", "temperature_K", "period_s", "time_s"])
def test_refusals(name):
    arguments = {"splitting": 1e-20} | {name: 0.0}
    with pytest.raises(DomainError, match=f"^{name} must"):
        torsion_balance(**arguments)
