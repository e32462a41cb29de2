"""Intersections of omega(k) with E_i - E_j: vacuum, straight and curved bands, D_k from its definition."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnub import DomainError
from cnub.fluorescence import channel
from cnub.fluorescence.decay import phase_space_factor
from cnub.fluorescence.kinematics import (
    VACUUM,
    LinearBand,
    band_through_rest,
    energy_transfer,
    intersections,
)
from cnub.slow_light.matching import illustrative_band

NUMERICAL = 1e-9
"""Relative: the quadrature, root or solver behind one of the two values; measured 2e-11."""
ROUNDING_14 = 1e-14
"""Relative: rounding alone; measured 3e-16."""
ROUNDING_12 = 1e-12
"""Relative: rounding alone; measured 3e-16."""


def vacuum_photon_energy(chosen, momentum, cosine):
    """(m_i^2 - m_j^2)/[2 (E_i - p_i cos theta)] in eV of a moving neutrino, light as in vacuum."""
    split = (chosen.initial_mass - chosen.final_mass) * (chosen.initial_mass + chosen.final_mass)
    return split / (2 * (math.hypot(chosen.initial_mass, momentum) - momentum * cosine))


ROOT = 1e-12
"""Relative error of a bracketed root in double precision; measured <= 3e-15."""


@pytest.mark.parametrize("ordering", ["NO", "IO"])
def test_rest_frame_solution(ordering):
    chosen = channel(ordering)
    (found,) = intersections(chosen)
    assert found.momentum == pytest.approx(chosen.photon_energy, rel=ROOT)
    assert found.recoil_slope == pytest.approx(chosen.final_speed, rel=ROOT)
    assert found.D_k == pytest.approx(phase_space_factor(chosen), rel=ROOT)


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.floats(0, 5e-3), st.floats(-1, 1), st.sampled_from(["NO", "IO"]), st.floats(0, 0.2))
def test_moving_neutrino_in_vacuum(momentum, cosine, ordering, lightest):
    chosen = channel(ordering, lightest_mass=lightest)
    found = intersections(chosen, VACUUM, momentum, cosine, scan_points=4000)
    expected = vacuum_photon_energy(chosen, momentum, cosine)
    assert min(abs(x.energy / expected - 1) for x in found) < 1e-9


@pytest.mark.parametrize("slope", [1e-3, 0.3, 0.9])
def test_slope_by_difference_gives_the_phase_space_factor(slope):
    chosen = channel("IO", 2, 3, 0.02)
    (found,) = [x for x in intersections(chosen, band_through_rest(chosen, slope)) if x.energy > 0]
    step = 1e-5 * found.momentum
    band = band_through_rest(chosen, slope)

    def total(k):
        return band.omega(k) - energy_transfer(k, chosen.initial_mass, chosen.final_mass)

    derivative = (total(found.momentum + step) - total(found.momentum - step)) / (2 * step)
    # Central difference: truncation 1e-10, rounding 1e-16/1e-5.
    assert found.D_k == pytest.approx(1 / float(derivative), rel=NUMERICAL)
    assert found.D_k == pytest.approx(phase_space_factor(chosen, slope), rel=ROUNDING_12)


@pytest.mark.parametrize("cosine", [-0.8, 0.0, 0.6])
@pytest.mark.parametrize(("ordering", "i", "j", "lightest"), [("NO", 3, 1, 0.0), ("IO", 2, 3, 0.02)])
def test_recoil_of_a_moving_neutrino_is_the_slope_of_its_energy(ordering, i, j, lightest, cosine):
    chosen, p = channel(ordering, i, j, lightest), 5e-3
    # A straight band of slope 0.7 through the vacuum photon of this neutrino: not through that of one at rest.
    at = vacuum_photon_energy(chosen, p, cosine)
    found = min(intersections(chosen, LinearBand(at, at, 0.7), p, cosine), key=lambda x: abs(x.momentum - at))
    assert found.momentum == pytest.approx(at, rel=ROUNDING_12) and found.group_velocity == 0.7
    step = 1e-5 * at

    def out(k):
        """E_j of the recoil |p - k|, by components."""
        across, along = p * math.sqrt(1 - cosine**2), p * cosine - k
        return math.hypot(chosen.final_mass, across, along)

    slope = (out(at + step) - out(at - step)) / (2 * step)
    # Central difference: truncation (step/k)^2 = 1e-10, rounding 1e-16/1e-5.
    assert found.recoil_slope == pytest.approx(slope, rel=NUMERICAL)
    assert found.D_k == pytest.approx(1 / (0.7 + slope), rel=NUMERICAL)


def test_photons_of_a_moving_neutrino_by_boosting_that_of_one_at_rest():
    # Aberration: omega = omega_0/[gamma (1 - v cos theta)].
    chosen, p, cosine = channel("NO", 3, 2, 0.01), 0.02, 0.3
    gamma, speed = math.hypot(1, p / chosen.initial_mass), p / math.hypot(p, chosen.initial_mass)
    expected = chosen.photon_energy / (gamma * (1 - speed * cosine))
    assert vacuum_photon_energy(chosen, p, cosine) == pytest.approx(expected, rel=ROUNDING_14)


def test_the_band_of_figure_2():
    chosen = channel("NO")
    band = illustrative_band(chosen.initial_mass, 1e-3, 8e-3)
    found = intersections(chosen, band)
    flat = min(found, key=lambda x: x.group_velocity)
    assert flat.group_velocity == pytest.approx(1e-3, rel=ROUNDING_12)
    assert flat.energy == pytest.approx(chosen.initial_mass - flat.momentum, rel=ROUNDING_12)


def test_energy_and_momentum_are_conserved():
    chosen = channel("IO", lightest_mass=0.01)
    for x in intersections(chosen, VACUUM, 5e-4, 0.3):
        recoil = math.sqrt(5e-4**2 + x.momentum**2 - 2 * x.momentum * 5e-4 * 0.3)
        final = math.hypot(chosen.final_mass, recoil)
        assert x.energy + final == pytest.approx(math.hypot(chosen.initial_mass, 5e-4), rel=ROUNDING_14)


def test_no_crossing_and_superluminal_bands_are_refused():
    chosen = channel("NO")
    with pytest.raises(DomainError, match="dispersion must cross"):
        intersections(chosen, LinearBand(0.0, 1.0, 0.0))
    fast = band_through_rest(chosen, 1.5)
    with pytest.raises(DomainError, match="group velocity must be <= 1"):
        intersections(chosen, fast)
    assert intersections(chosen, fast, allow_superluminal=True)[-1].group_velocity == 1.5


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda c: energy_transfer(0.01, -1.0, 0.0), "initial_mass must be finite and >= 0"),
        (lambda c: energy_transfer(np.nan, 0.05, 0.0), "k must be"),
        (lambda c: intersections(c, momentum=-1.0), "momentum must be finite and >= 0"),
        (lambda c: intersections(c, cosine=2.0), "cosine must be between -1 and 1"),
        (lambda c: intersections(c, k_max=0.0), "k_max must be finite and > 0"),
    ],
)
def test_refusals(call, sentence):
    with pytest.raises(DomainError, match=sentence):
        call(channel("NO"))
