"""Scanning over the masses: lines in vacuum, momenta in a flat band."""

import math

import numpy as np
import pytest

from cnub import DomainError
from cnub.constants import BOHR_MAGNETON, TESLA
from cnub.discovery import scanning
from cnub.fluorescence import channel
from cnub.fluorescence.kinematics import LinearBand, intersections

ROUNDING = 1e-12
"""Relative: rounding alone; measured 3e-16."""
TYPED = 1e-4
"""Relative: the digits of the expected value, typed or published; measured 8e-06."""

NO = channel("NO")


def test_flat_band_momentum_is_the_intersection():
    for energy in (0.005, 0.02):
        (found,) = intersections(NO, LinearBand(0.0, energy, 0.0))
        assert scanning.flat_band_momentum(NO, energy) == pytest.approx(found.momentum, rel=ROUNDING)


def test_at_the_vacuum_energy_the_flat_band_asks_for_the_vacuum_momentum():
    assert scanning.flat_band_momentum(NO, NO.photon_energy) == pytest.approx(NO.photon_energy, rel=ROUNDING)


def test_lines_fall_with_the_lightest_mass_and_keep_their_order():
    table = scanning.photon_lines(np.linspace(0.0, 0.2, 21))
    for _, part in table.groupby(["ordering", "channel"]):
        assert (np.diff(part["photon_energy_eV"]) < 0).all()
    assert len(table) == 2 * 21 * 3


def test_settings_cover_the_range():
    assert scanning.settings_needed(0.01, 0.02, 0.0011) == 10
    assert scanning.settings_needed(0.01, 0.02, 1.0) == 1


def test_zeeman_field_of_a_free_spin():
    assert scanning.zeeman_field_T(2 * BOHR_MAGNETON * TESLA) == pytest.approx(1.0, rel=ROUNDING)
    assert scanning.zeeman_field_T(0.025, 2.0023) == pytest.approx(215.7, rel=TYPED)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: scanning.photon_lines([-0.1]), "lightest_masses"),
        (lambda: scanning.flat_band_momentum(NO, 0.06), "energy"),
        (lambda: scanning.settings_needed(0.02, 0.01, 0.1), "high"),
        (lambda: scanning.zeeman_field_T(math.inf), "energy"),
    ],
)
def test_refusals(call, name):
    with pytest.raises(DomainError, match=rf"^{name} must"):
        call()
