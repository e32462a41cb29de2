"""Slow light: the matched energy moves as the slope of the band, not as the momentum of the neutrino."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from cnub import DomainError
from cnub.fluorescence.channels import channel
from cnub.fluorescence.kinematics import band_through_rest, intersections
from cnub.relic import TEMPERATURE, component_rms
from cnub.slow_light import matching as slow_light
from cnub.slow_light.matching import FlatBand, energy_spread, illustrative_band, slope_needed
from gas_component import component_density

LEFT_OUT = 1e-7
"""Relative: what the limit or closed form leaves out at these arguments; measured 3e-09."""
ROUNDING_15 = 1e-15
"""Relative: rounding alone; exact here."""
ROUNDING_12 = 1e-12
"""Relative: rounding alone; measured 7e-14."""
STEPS = 1e-6
"""Absolute: the steps of a grid or of a difference; measured 8e-07."""
TYPED = 1e-6
"""Absolute: the digits of the expected value, typed or published; measured 1e-07."""

M3 = 0.05


def crossing(band, p, m_out=0.0):
    """Photon momentum at the intersection of the exact kinematics: the second method."""
    chosen = replace(channel("NO"), initial_mass=M3, final_mass=m_out)
    return intersections(chosen, band, abs(p), math.copysign(1.0, p))[0].momentum


@settings(derandomize=True, max_examples=25, deadline=None)
@given(st.floats(0.01, 1.0), st.floats(0.0, 0.045))
def test_spread_is_the_motion_of_the_intersection(slope, m_out):
    chosen = replace(channel("NO"), initial_mass=M3, final_mass=m_out)
    band = band_through_rest(chosen, slope)
    p = 1e-6
    moved = band.omega(crossing(band, p, m_out)) - band.omega(crossing(band, -p, m_out))
    # Odd part in p, so the next term is p^2 relative to the smallest scale of the problem; measured below 2e-8.
    assert moved == pytest.approx(2 * energy_spread(p, slope, chosen.final_speed), rel=LEFT_OUT)


def test_vacuum_gives_half_and_the_paper_its_own_number():
    assert energy_spread(1e-4, 1.0) == pytest.approx(5e-5)
    assert f"{energy_spread(1e-4, 1e-3):.0e}" == "1e-07"


def test_slope_needed_inverts_the_spread():
    for width in (1e-9, 6.6e-8, 1e-5):
        assert energy_spread(3e-4, slope_needed(width, 3e-4, 0.9), 0.9) == pytest.approx(width, rel=ROUNDING_12)
    assert slope_needed(1.0, 3e-4) == 1.0


def test_band_is_flat_where_it_meets_the_neutrino_and_starts_at_the_origin():
    band = illustrative_band(M3, 1e-3, 8e-3)
    assert band.omega(0.0) == 0.0
    assert band.group_velocity(band.centre) == pytest.approx(1e-3)
    assert crossing(band, 0.0) == pytest.approx(band.centre, rel=ROUNDING_12)
    k = np.linspace(0.0, M3, 4001)
    numerical = np.gradient(band.omega(k), k, edge_order=2)
    np.testing.assert_allclose(numerical, band.group_velocity(k), atol=STEPS)  # step^2 times the third derivative


def test_slope_one_is_vacuum():
    k = np.linspace(0.0, M3, 11)
    np.testing.assert_allclose(FlatBand(0.02, 1.0, 1e-3).omega(k), k, rtol=ROUNDING_15)


def test_component_density_against_its_integral_over_the_gas():
    T = TEMPERATURE
    norm = quad(lambda q: q * q / (math.exp(q) + 1), 0, 60)[0]
    for u in (0.0, 0.3, 2.0, 9.0):
        direct = 0.5 * quad(lambda q: q / (math.exp(q) + 1), u, 60, epsabs=1e-15)[0] / norm
        assert component_density(u * T) * T == pytest.approx(direct, rel=ROUNDING_12)
    moment = quad(lambda u: u * u * component_density(u * T) * T, -50, 50, limit=200, points=[0])[0]
    assert component_rms() == pytest.approx(math.sqrt(moment) * T, rel=ROUNDING_12)
    assert component_rms() == pytest.approx(3.48e-4, abs=TYPED)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: FlatBand(0.02, 1.5, 1e-3), "slope"),
        (lambda: FlatBand(0.02, 0.1, 0.0), "width"),
        (lambda: energy_spread(-1e-4, 0.1), "momentum_spread"),
        (lambda: energy_spread(1e-4, -0.1), "slope"),
        (lambda: energy_spread(1e-4, 0.1, 1.1), "velocity_out"),
        (lambda: slow_light.coherence_time(0.0), "spread"),
        (lambda: slope_needed(0.0, 1e-4), "width"),
        (lambda: component_rms(-1.0), "temperature"),
    ],
)
def test_refusal_names_the_parameter(call, name):
    with pytest.raises(DomainError, match=rf"^{name} must be"):
        call()
