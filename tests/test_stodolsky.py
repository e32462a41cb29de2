"""Stodolsky splitting and torque against numbers worked by hand."""

import math

import pytest

from cnub import DomainError
from cnub.constants import HBAR_EV_S
from cnub.forces.stodolsky import (
    EARTH_SPEED,
    energy_splitting,
    precession_period_s,
    talk_inputs,
    torque_acceleration,
)

BY_HAND = 1e-3
"""Inputs typed with four digits."""


def test_splitting_by_hand():
    # 2 sqrt 2 * 1.16638e-23 eV^-2 * 0.5 * 1e-3 * 112.016 cm^-3 (1.97327e-5 eV cm)^3.
    expected = 2.82843 * 1.16638e-23 * 0.5e-3 * 112.016 * 1.97327e-5**3
    assert energy_splitting(1.0, speed=1e-3) == pytest.approx(expected, rel=BY_HAND, abs=0.0)
    assert energy_splitting(-0.5, 1e-3) == pytest.approx(-expected / 2, rel=BY_HAND, abs=0.0)
    assert energy_splitting(1.0, axial=-0.5) == -energy_splitting(1.0)
    assert EARTH_SPEED == pytest.approx(1.2336e-3, rel=BY_HAND)


def test_no_asymmetry_no_effect():
    assert energy_splitting(0.0) == 0.0
    with pytest.raises(DomainError, match="splitting"):
        precession_period_s(0.0)


def test_period():
    assert precession_period_s(1.0) == pytest.approx(2 * math.pi * HBAR_EV_S / energy_splitting(1.0))


def test_torque_by_hand():
    # Force dE/2 per atom over the arm R: a = dE/(2 A m_u R), in SI: J / (kg m).
    force = 1e-38 * 1.602177e-19 / 2 / 0.01
    assert torque_acceleration(1e-38, 50.0, 1.0) == pytest.approx(
        100 * force / (50 * 1.660539e-27), rel=BY_HAND, abs=0.0
    )
    mean = torque_acceleration(1e-38, 50.0, 1.0, "mean", inertia=0.5)
    assert mean == pytest.approx(4 / math.pi * torque_acceleration(1e-38, 50.0, 1.0), rel=1e-12, abs=0.0)


def test_readings_of_the_talk_by_hand():
    # 2 sqrt 2 G_F g_A (112.016 per cm^3) = 1.41978e-35 eV times beta, 1.7514e-38 eV in the wind of the CMB. Over A m_u
    # and 1 cm; the torque dE/2 at its peak and dE/pi in the mean.
    unit = 2.828427 * 1.1663787e-23 * 0.5 * 112.016 * 1.973270e-5**3
    wind, halo = unit * 1.233587e-3, unit * 1e-3

    def rim(splitting, nucleons, share):
        return splitting * 1.602177e-19 * share / (nucleons * 1.660539e-27 * 0.01) * 100

    expected = {
        "iron, wind of the CMB, peak torque": rim(wind, 55.845, 0.5),
        "iron, wind of the CMB, mean torque": rim(wind, 55.845, 1 / math.pi),
        "iron, beta = 1e-3, mean torque": rim(halo, 55.845, 1 / math.pi),
        "A = 50, beta = 1e-3, mean torque": rim(halo, 50.0, 1 / math.pi),
        "A = 50, beta = 1e-3, mean torque, half splitting": rim(halo / 2, 50.0, 1 / math.pi),
    }
    found = talk_inputs()
    assert {name: found[name] for name in expected} == pytest.approx(expected, rel=BY_HAND, abs=0.0)


def test_inputs_that_give_the_number_of_the_talk():
    readings = talk_inputs()
    matching = [name for name, value in readings.items() if 3.5e-29 <= value < 4.5e-29]
    assert matching == ["A = 50, beta = 1e-3, mean torque, half splitting"]
    assert all(3e-29 < value < 2e-28 for value in readings.values())


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: energy_splitting(math.nan), "asymmetry"),
        (lambda: energy_splitting(1.0, speed=2.0), "speed"),
        (lambda: torque_acceleration(0.0, 50.0, 1.0), "splitting"),
        (lambda: torque_acceleration(1e-38, 50.0, 1.0, "most"), "torque"),
        (lambda: torque_acceleration(1e-38, 50.0, 0.0), "radius_cm"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
