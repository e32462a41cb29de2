"""Slow light gives the peak back, unless the light is slow because it is stored in a resonant medium."""

import math

import pytest

from cnub import DomainError
from cnub.constants import HBAR_EV_S
from cnub.fluorescence import channel, thermal_resonance
from cnub.slow_light.bands import TransparencyBand
from cnub.slow_light.recovery import recovery
from gas_component import component_density, flat_band_share

WIDTH = HBAR_EV_S / 1e-8
NO = channel("NO")
FLAT = 1e-6
"""Relative: D_k = 1/(s + v_j) departs from 2 by the slope s = 1e-7; measured 1e-7."""
FIRST_ORDER = 1e-3
"""Relative: the next order in p/k of the gas; measured 1.4e-4."""
STORED = 2e-3
"""Relative: gain and loss cancel to first order in p/k over the slope, here 0.1; measured 9.5e-4."""
STORED_SLOW = 0.015
"""The same for a slope of 0.01; measured 0.0104."""


def test_flat_band_recovers_the_peak_and_doubles_the_phase_space():
    flat = recovery(NO, WIDTH, 1e-7)
    # the gas itself shifts k by p/k; measured 9e-5
    assert flat.resonance == pytest.approx(flat_band_share(NO.photon_energy), abs=3e-4)
    assert flat.phase_space == pytest.approx(2.0, rel=FLAT)


def test_vacuum_is_the_lorentzian_area_times_the_density_of_the_component():
    # d omega = dp/2 around zero: pi Gamma/2 times the density of omega, to first order in p/k. Measured 1 %.
    expected = math.pi * WIDTH / 2 * 2 * component_density(0.0)
    assert recovery(NO, WIDTH, 1.0).resonance == pytest.approx(expected, rel=FIRST_ORDER)


def test_fraction_is_the_product_of_its_factors_and_carries_the_error_of_the_average():
    found, mean = recovery(NO, WIDTH, 0.3, "stored"), thermal_resonance(NO, WIDTH, photon_slope=0.3)
    assert found.field == 0.3 and recovery(NO, WIDTH, 0.3).field == 1.0
    # D_k = 1/(slope + v_j) of a massless daughter against 1/2 in vacuum; 4/Gamma^2 at the peak.
    assert found.phase_space == pytest.approx(2 / 1.3, rel=1e-9)
    assert found.resonance == pytest.approx(mean.value * WIDTH**2 / 4, rel=1e-12)
    assert found.fraction == pytest.approx(found.resonance * found.phase_space * 0.3, rel=1e-12)
    assert found.error_estimate / found.fraction == pytest.approx(mean.error_estimate / mean.value, rel=1e-9)
    assert found.error_estimate > 0


def test_stored_light_gains_nothing():
    stored = [recovery(NO, WIDTH, s, "stored").fraction for s in (1.0, 0.1, 0.01)]
    assert stored[1] == pytest.approx(stored[0], rel=STORED)
    assert stored[2] == pytest.approx(stored[0], rel=STORED_SLOW)
    assert recovery(NO, WIDTH, 1e-6, "stored").fraction < 0.1 * stored[0]


def test_structured_light_has_the_share_of_its_matched_harmonic():
    whole, part = recovery(NO, WIDTH, 1e-3), recovery(NO, WIDTH, 1e-3, "structured", 0.25)
    assert part.field == 0.25 and part.fraction == pytest.approx(0.25 * whole.fraction, rel=1e-12)


def test_recovery_grows_as_the_slope_falls():
    values = [recovery(NO, WIDTH, s).fraction for s in (1.0, 1e-1, 1e-2, 1e-3, 1e-4)]
    assert values == sorted(values)


def test_a_real_band_averages_like_the_straight_line():
    coupling, slope = 5e-3, 1e-3
    control = coupling * math.sqrt(slope / (1 - slope))
    band = TransparencyBand(NO.photon_energy, coupling, control)
    real = thermal_resonance(NO, WIDTH, NO.photon_energy, dispersion=band)
    # EIT is straight over the gas as long as its window, the control field squared over g, is wider; measured 6e-7.
    assert real.value == pytest.approx(thermal_resonance(NO, WIDTH, photon_slope=slope).value, rel=1e-5)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((NO, 0.0, 0.1), "width"),
        ((NO, WIDTH, 1.5), "slope"),
        ((NO, WIDTH, 0.0), "slope"),
        ((NO, WIDTH, 1.0, "x"), "field"),
        ((NO, WIDTH, 1.0, "structured"), "harmonic_share"),
        ((NO, WIDTH, 1.0, "structured", 0.0), "harmonic_share"),
        ((NO, WIDTH, 1.0, "structured", 1.1), "harmonic_share"),
        ((NO, WIDTH, 1.0, "stored", 0.5), "harmonic_share"),
    ],
)
def test_refusals(arguments, name):
    with pytest.raises(DomainError, match=rf"^{name} must"):
        recovery(*arguments)
