"""Flat bands: eigenvalues against their limits, transfer matrices against closed forms, and the cone of a crystal."""

import math

import numpy as np
import pytest

from cnub import DomainError
from cnub.constants import HBAR_EV_S
from cnub.slow_light import bands
from cnub.slow_light.bands import TransparencyBand, TwoLevelBand, flat_window
from cnub.slow_light.crystal import LayeredCrystal, cavity_chain, flat_cone

LEFT_OUT_11 = 1e-11
"""Relative: what the limit or closed form leaves out at these arguments; measured 2e-13."""
LEFT_OUT_8 = 1e-8
"""Relative: what the limit or closed form leaves out at these arguments; measured 4e-10."""
LEFT_OUT_4 = 2e-4
"""Relative: what the limit or closed form leaves out at these arguments; measured 2e-05."""
LEFT_OUT_3 = 1e-3
"""Relative: what the limit or closed form leaves out at these arguments; measured 0.0004."""
LEFT_OUT_3_WIDE = 2e-3
"""Relative: what the limit or closed form leaves out at these arguments; measured 0.0002."""
ROUNDING_ABS_20 = 1e-20
"""Absolute: rounding alone; measured 5e-41."""
ROUNDING_ABS_14 = 1e-14
"""Absolute: rounding alone; measured 1e-16."""
ROUNDING_14 = 1e-14
"""Relative: rounding alone; exact here."""
ROUNDING_12 = 1e-12
"""Relative: rounding alone; measured 4e-15."""
STEPS = 1e-7
"""Relative: the steps of a grid or of a difference; measured 7e-09."""
TYPED = 1e-3
"""Relative: the digits of the expected value, typed or published; measured 0.0004."""

WIDTH = HBAR_EV_S / 1e-8


@pytest.mark.parametrize(
    "band",
    [
        TwoLevelBand(0.02, 1e-3),
        TransparencyBand(0.02, 1e-3, 2e-4),
        LayeredCrystal((1.0, 3.4), (60.0, 30.0)),
        LayeredCrystal((1.0, 3.4, 2.0), (60.0, 30.0, 20.0), 2),
    ],
)
def test_group_velocity_is_the_derivative(band):
    top = band.band * math.pi / band.period if isinstance(band, LayeredCrystal) else 0.03
    low = (band.band - 1) * math.pi / band.period if isinstance(band, LayeredCrystal) else 0.001
    k = np.linspace(low + 0.1 * (top - low), top - 0.1 * (top - low), 9)
    step = 1e-7
    numerical = (band.omega(k + step) - band.omega(k - step)) / (2 * step)
    np.testing.assert_allclose(numerical, band.group_velocity(k), rtol=STEPS)
    assert (band.group_velocity(k) > 0).all() and (band.group_velocity(k) <= 1).all()


def test_two_level_limits():
    band = TwoLevelBand(0.02, 1e-3)
    assert band.omega(0.02) == pytest.approx(0.019, rel=ROUNDING_12)
    assert band.group_velocity(0.02) == pytest.approx(0.5)
    assert band.omega(0.5) == pytest.approx(0.02 - 1e-6 / 0.48, rel=LEFT_OUT_8)


def test_transparency_slope_is_the_textbook_mixing_angle():
    band = TransparencyBand(0.02, 1e-3, 2e-5)
    assert band.omega(0.02) == pytest.approx(0.02, rel=ROUNDING_14)
    assert band.group_velocity(0.02) == pytest.approx(2e-5**2 / (2e-5**2 + 1e-3**2), rel=ROUNDING_12)
    # At the centre of the window the lossy state is empty: only the dephasing of the storage state counts.
    assert band.absorption(0.02, 1e-6, 0.0) == pytest.approx(0.0, abs=ROUNDING_ABS_20)
    assert band.absorption(0.02, 1e-6, 1e-12) == pytest.approx(1e-12, rel=LEFT_OUT_3)
    assert band.absorption(0.0203, 1e-6, 0.0) > 0


def test_uniform_stack_has_the_index_of_its_material():
    crystal = LayeredCrystal((2.0, 2.0), (40.0, 60.0))
    for omega in (0.003, 0.011):
        assert crystal.half_trace(omega) == pytest.approx(math.cos(2.0 * omega * 100.0), abs=ROUNDING_ABS_14)
        assert crystal.half_trace(omega, 0.6) == pytest.approx(
            math.cos(math.sqrt(4 - 0.36) * omega * 100.0), abs=ROUNDING_ABS_14
        )


def test_quarter_wave_gap_is_the_closed_form():
    n, m, centre = 3.4, 1.0, 0.02
    layers = (math.pi / (2 * n * centre), math.pi / (2 * m * centre))
    first, second = (LayeredCrystal((n, m), layers, b).edges() for b in (1, 2))
    half_gap = 2 / math.pi * math.asin((n - m) / (n + m))  # Yeh, Yariv and Hong 1977
    assert first[1] == pytest.approx(centre * (1 - half_gap), rel=ROUNDING_12)
    assert second[0] == pytest.approx(centre * (1 + half_gap), rel=ROUNDING_12)


def test_cavity_chain_narrows_by_the_square_of_the_index_ratio_per_two_pairs():
    widths = [np.diff(cavity_chain(pairs, 0.02).edges())[0] for pairs in (3, 4, 5)]
    # The coupling of neighbours is the transmission amplitude of a mirror, (n_low/n_high) per pair.
    assert widths[1] / widths[0] == pytest.approx(1 / 3.4, rel=LEFT_OUT_3_WIDE)
    assert widths[2] / widths[1] == pytest.approx(1 / 3.4, rel=LEFT_OUT_4)


@pytest.mark.parametrize(("pairs", "high"), [(1, 3.4), (7, 1.05), (8, 50.0), (26, 3.4)])
def test_cavity_chain_is_centred_on_the_cavity_whose_phase_counts_the_band(pairs, high):
    crystal = cavity_chain(pairs, 0.02, high)
    bottom, top = crystal.edges()
    assert bottom < 0.02 < top
    below = LayeredCrystal(crystal.indices, crystal.thicknesses, crystal.band - 1)
    assert below.edges()[1] < bottom


def test_the_cone_of_a_layered_crystal_is_tiny():
    # An energy omega/cos(theta)-like shift: the cone is about 1 - cos with theta^2/2 = tolerance/omega.
    fraction = flat_cone(cavity_chain(4, 0.02), WIDTH / 2)
    assert 0.3 < fraction / (WIDTH / 2 / 0.02) < 3
    assert flat_cone(cavity_chain(4, 0.02), 10.0) == 1.0


def test_flat_window_of_a_line_and_of_a_flat_band():
    class Line:
        def omega(self, k):
            return 0.01 + 0.5 * (np.asarray(k) - 0.02)

        def group_velocity(self, k):
            return 0.5

    window = flat_window(Line(), 0.02, 1e-6, 1e-3)
    assert window.width == pytest.approx(4e-6, rel=LEFT_OUT_11)
    # Lower branch far above the level: energy within g^2/(k - E) of it for all larger k.
    assert flat_window(TwoLevelBand(0.002, 1e-6), 0.02, 1e-8, 1e-2).width == pytest.approx(2e-2)


def test_loss_allowed_is_the_transit():
    assert bands.loss_allowed(1e-3, 3.0) == pytest.approx(6.58e-11, rel=TYPED)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: LayeredCrystal((0.5, 1.0), (1.0, 1.0)), "indices must"),
        (lambda: LayeredCrystal((1.0, 2.0), (1.0,)), "thicknesses must be one"),
        (lambda: LayeredCrystal((1.0, 2.0), (1.0, -1.0)), "thicknesses must"),
        (lambda: LayeredCrystal((2.0, 2.0), (1.0, 1.0), 3).edges(), "band must be separated"),
        (lambda: LayeredCrystal((1.0, 2.0), (1.0, 1.0)).edges(1.0), "sine must"),
        (lambda: TransparencyBand(0.02, 0.0, 1e-3), "coupling must"),
        (lambda: TwoLevelBand(0.02, -1e-3).omega(0.02), "coupling must"),
        (lambda: cavity_chain(0, 0.02), "pairs must"),
        (lambda: cavity_chain(3, 0.02, high=0.9), "high must"),
        (lambda: flat_window(TwoLevelBand(0.02, 1e-3), 0.02, 1e-8, 0.03), "furthest must"),
        (lambda: bands.loss_allowed(0.0, 3.0), "slope must"),
    ],
)
def test_refusals(call, words):
    with pytest.raises(DomainError, match=words):
        call()
