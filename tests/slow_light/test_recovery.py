"""Slow light gives the peak back, unless the light is slow because it is stored in a resonant medium."""

import math

import numpy as np
import pytest

from cnub import DomainError
from cnub.constants import HBAR_EV_S
from cnub.fluorescence import channel, thermal_resonance
from cnub.fluorescence.kinematics import LinearBand
from cnub.relic import component_rms
from cnub.slow_light.bands import TransparencyBand
from cnub.slow_light.harmonics import harmonic_share
from cnub.slow_light.recovery import FIELDS, chain_recovery, matched_chain, recovery
from gas_component import component_density, flat_band_share

LEFT_OUT_ABS_4 = 3e-4
"""Absolute: what the limit or closed form leaves out at these arguments; measured 0.0002."""
LEFT_OUT_ABS_4_WIDE = 6e-4
"""Absolute: what the limit or closed form leaves out at these arguments; measured 0.0003."""
LEFT_OUT_5 = 1e-5
"""Relative: what the limit or closed form leaves out at these arguments; measured 6e-07."""
ROUNDING = 1e-12
"""Relative: rounding alone; measured 3e-16."""

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
STRAIGHT = 0.03
"""Relative: the tangent against coupled cavities, three rms of the gas inside; measured 0.023, at most 0.025."""


def test_flat_band_recovers_the_peak_and_doubles_the_phase_space():
    flat = recovery(NO, WIDTH, 1e-7)
    # the gas itself shifts k by p/k; measured 9e-5
    assert flat.resonance == pytest.approx(flat_band_share(NO.photon_energy), abs=LEFT_OUT_ABS_4)
    assert flat.phase_space == pytest.approx(2.0, rel=FLAT)


def test_vacuum_is_the_lorentzian_area_times_the_density_of_the_component():
    # d omega = dp/2 around zero: pi Gamma/2 times the density of omega, to first order in p/k. Measured 1 %.
    expected = math.pi * WIDTH / 2 * 2 * component_density(0.0)
    assert recovery(NO, WIDTH, 1.0).resonance == pytest.approx(expected, rel=FIRST_ORDER)


def test_fraction_is_the_product_of_its_factors_and_carries_the_error_of_the_average():
    found, mean = recovery(NO, WIDTH, 0.3, "stored"), thermal_resonance(NO, WIDTH, photon_slope=0.3)
    assert found.field == 0.3 and recovery(NO, WIDTH, 0.3).field == 1.0
    # D_k = 1/(slope + v_j) of a massless daughter against 1/2 in vacuum; 4/Gamma^2 at the peak.
    assert found.phase_space == pytest.approx(2 / 1.3, rel=ROUNDING)
    assert found.resonance == pytest.approx(mean.value * WIDTH**2 / 4, rel=ROUNDING)
    assert found.fraction == pytest.approx(found.resonance * found.phase_space * 0.3, rel=ROUNDING)
    assert found.error_estimate / found.fraction == pytest.approx(mean.error_estimate / mean.value, rel=ROUNDING)
    assert found.error_estimate > 0


def test_stored_light_gains_nothing():
    stored = [recovery(NO, WIDTH, s, "stored").fraction for s in (1.0, 0.1, 0.01)]
    assert stored[1] == pytest.approx(stored[0], rel=STORED)
    assert stored[2] == pytest.approx(stored[0], rel=STORED_SLOW)
    assert recovery(NO, WIDTH, 1e-6, "stored").fraction < 0.1 * stored[0]


def test_the_rate_of_a_chain_is_that_of_its_matched_harmonic():
    """|k|^2 D_k times the share of omega_k over that of vacuum: the squared field of a quantum is its omega."""
    found, chain = chain_recovery(NO, WIDTH, 8), matched_chain(NO, 8)
    k, omega, vacuum = chain.middle, float(chain.omega(chain.middle)), NO.photon_energy
    assert omega + math.hypot(NO.final_mass, k) == pytest.approx(NO.initial_mass, rel=ROUNDING)
    assert found.slope == chain.group_velocity(k)
    # A massless daughter moves at 1 whatever its momentum; D_k = 1/2 in vacuum.
    assert found.phase_space == pytest.approx((k / vacuum) ** 2 * 2 / (1 + found.slope), rel=ROUNDING)
    assert found.field == pytest.approx(harmonic_share(chain, k) * omega / vacuum, rel=ROUNDING)
    assert found.fraction == pytest.approx(found.resonance * found.phase_space * found.field, rel=ROUNDING)
    assert 0 < found.error_estimate < 1e-6 * found.fraction
    # The same by Eq. (22) at the chain's own k and omega, the average with its bound of the field, and the share.
    mean = thermal_resonance(NO, WIDTH, omega, dispersion=LinearBand(k, omega, found.slope)).value
    rate, peak = k**4 / omega * mean / (1 + found.slope), vacuum**3 * 4 / WIDTH**2 / 2
    assert found.fraction == pytest.approx(rate * harmonic_share(chain, k) / peak, rel=ROUNDING)


def test_a_chain_narrower_than_a_line_has_all_of_the_peak():
    """A level of a picosecond: neutrinos of all momenta are on resonance, and |k|^2 omega is flat to (p/k)^2."""
    # Second order in p/k = 1.2e-2 of one component; measured 3.1e-4.
    assert chain_recovery(NO, HBAR_EV_S / 1e-12, 8).resonance == pytest.approx(1.0, abs=LEFT_OUT_ABS_4_WIDE)


@pytest.mark.parametrize("pairs", [2, 5, 8])
def test_a_chain_gets_more_than_stored_light_and_less_than_the_field_of_vacuum(pairs):
    found = chain_recovery(NO, WIDTH, pairs)
    stored, vacuum = (recovery(NO, WIDTH, found.slope, field).fraction for field in FIELDS[::-1])
    assert stored < found.fraction < vacuum


class Coupled:
    """The band of coupled cavities, omega_0 + (slope/a) sin[(k - k_0) a], with the middle and slope of ``chain``."""

    def __init__(self, chain):
        self.k, self.a = chain.middle, chain.period
        self.middle, self.slope = float(chain.omega(self.k)), float(chain.group_velocity(self.k))

    def omega(self, k):
        return self.middle + self.slope / self.a * np.sin((k - self.k) * self.a)

    def group_velocity(self, k):
        return self.slope * np.cos((k - self.k) * self.a)


@pytest.mark.parametrize(
    ("pairs", "lightest", "width"), [(4, 0.0, WIDTH), (8, 0.0, WIDTH), (10, 0.0, WIDTH), (6, 0.1, 10 * WIDTH)]
)
def test_a_straight_band_is_good_as_long_as_the_gas_is_inside(pairs, lightest, width):
    chosen = channel("NO", lightest_mass=lightest)
    band, chain = Coupled(matched_chain(chosen, pairs)), matched_chain(chosen, pairs)
    k = chain.middle + np.linspace(-1, 1, 5) * component_rms()
    half_width = (chain.edges()[1] - chain.edges()[0]) / 2
    # Mirrors of four pairs also couple next neighbours, to second order in the slope; measured 1.7e-7.
    np.testing.assert_allclose(band.omega(k), chain.omega(k), atol=1e-6 * half_width)
    real = thermal_resonance(chosen, width, band.middle, dispersion=band).value * width**2 / 4
    real /= (band.middle / band.k) ** 2  # the field that a quantum can have at rest is not part of the resonance
    assert chain_recovery(chosen, width, pairs).resonance == pytest.approx(real, rel=STRAIGHT)


def test_recovery_grows_as_the_slope_falls():
    values = [recovery(NO, WIDTH, s).fraction for s in (1.0, 1e-1, 1e-2, 1e-3, 1e-4)]
    assert values == sorted(values)


def test_a_real_band_averages_like_the_straight_line():
    coupling, slope = 5e-3, 1e-3
    control = coupling * math.sqrt(slope / (1 - slope))
    band = TransparencyBand(NO.photon_energy, coupling, control)
    real = thermal_resonance(NO, WIDTH, NO.photon_energy, dispersion=band)
    # EIT is straight over the gas as long as its window, the control field squared over g, is wider; measured 6e-7.
    assert real.value == pytest.approx(thermal_resonance(NO, WIDTH, photon_slope=slope).value, rel=LEFT_OUT_5)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((NO, 0.0, 0.1), "width"),
        ((NO, WIDTH, 1.5), "slope"),
        ((NO, WIDTH, 0.0), "slope"),
        ((NO, WIDTH, 1.0, "x"), "field"),
    ],
)
def test_refusals(arguments, name):
    with pytest.raises(DomainError, match=rf"^{name} must"):
        recovery(*arguments)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((NO, 0.0, 2), "width must"),
        ((NO, WIDTH, 0), "pairs must be a whole number"),
        ((channel("IO"), WIDTH, 4), "pairs must leave 3 times the rms of the gas inside the band of nu2->nu1"),
    ],
)
def test_refusals_of_a_chain(arguments, words):
    with pytest.raises(DomainError, match=words):
        chain_recovery(*arguments)
