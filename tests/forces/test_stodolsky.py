"""Stodolsky splitting and torque against numbers worked by hand."""

import math

import numpy as np
import pytest

from cnub import DomainError
from cnub.constants import ELECTRON_MASS, FERMI_CONSTANT
from cnub.fluorescence.currents import contracted_current, dirac_current, helicity_spinor
from cnub.forces.stodolsky import (
    AXIAL_COUPLING,
    EARTH_SPEED,
    energy_splitting,
    helicity_factor,
    precession_period_s,
    state_splittings,
    talk_readings,
    torque_acceleration,
)
from cnub.oscillation import masses, mixing_matrix
from cnub.relic import mean_speed

ROUNDING = 1e-12
"""Relative: rounding alone; measured 7e-16."""

CANCELLED = 1e-9
"""Relative: a difference of two numbers that are equal to 1 %; measured 3e-14."""
DEGENERATE = 1e-3
"""Relative: masses that differ by a tenth, of which only <v> of a few 1e-3 knows; measured 5e-4."""
BY_HAND = 1e-3
"""Inputs typed with four digits."""


def test_splitting_by_hand():
    # 2 sqrt 2 * 1.16638e-23 eV^-2 * 0.5 * 1e-3 * 112.016 cm^-3 (1.97327e-5 eV cm)^3.
    expected = 2.82843 * 1.16638e-23 * 0.5e-3 * 112.016 * 1.97327e-5**3
    assert energy_splitting(1.0, speed=1e-3) == pytest.approx(expected, rel=BY_HAND, abs=0.0)
    assert energy_splitting(-0.5, 1e-3) == pytest.approx(-expected / 2, rel=BY_HAND, abs=0.0)
    assert energy_splitting(1.0, axial=-0.5) == -energy_splitting(1.0)
    assert EARTH_SPEED == pytest.approx(1.2336e-3, rel=BY_HAND)


def _current(helicity, mass, momentum, nature):
    """Time component of the current of a neutrino moving along z, over that of a relativistic one, from spinors."""
    p = np.array([0.0, 0.0, momentum])
    spinor = helicity_spinor(p, helicity)
    return contracted_current(mass, p, spinor, mass, p, spinor, nature)[0].real / (4 * math.hypot(mass, momentum))


@pytest.mark.parametrize("nature", ["dirac", "majorana"])
@pytest.mark.parametrize(("helicity", "sign"), [(-1, 1), (1, -1)])
def test_current_of_a_helicity_is_that_of_its_spinors(nature, helicity, sign):
    mass, momentum = 0.05, 0.02
    v = momentum / math.hypot(mass, momentum)
    expected = (1 + sign * v) / 2 if nature == "dirac" else sign * v
    assert _current(helicity, mass, momentum, nature) == pytest.approx(expected, rel=ROUNDING)


def test_states_by_their_mixing_helicity_and_nature():
    shares = np.abs(mixing_matrix("NO")[0]) ** 2
    fast = state_splittings(1.0, lightest_mass=0.0)
    whole = energy_splitting(1.0, axial=1.0)
    assert fast[0] == pytest.approx(whole * (shares[0] - 0.5), rel=ROUNDING)  # a massless state is relativistic
    dirac, other = state_splittings(1.0, lightest_mass=0.1), state_splittings(0.0, 1.0, lightest_mass=0.1)
    majorana = state_splittings(1.0, lightest_mass=0.1, nature="majorana")
    for i, m in enumerate(masses("NO", 0.1)):
        v = mean_speed(m)
        assert dirac[i] + other[i] == pytest.approx(whole * (shares[i] - 0.5), rel=ROUNDING)
        assert dirac[i] - other[i] == pytest.approx(majorana[i], rel=CANCELLED)
        assert majorana[i] == pytest.approx(v * whole * (shares[i] - 0.5), rel=ROUNDING)
    # Equal asymmetries of three degenerate states: nu_e less nu_mu and nu_tau, sum of |U_ei|^2 - 1/2 = -1/2.
    assert sum(dirac) == pytest.approx(-energy_splitting(1.0, mass=0.1), rel=DEGENERATE)
    with pytest.raises(DomainError, match=r"^other must be 0"):
        state_splittings(1.0, 0.5, nature="majorana")


def test_no_asymmetry_no_effect():
    assert energy_splitting(0.0) == 0.0
    with pytest.raises(DomainError, match="asymmetry and speed must differ from 0"):
        precession_period_s(0.0)


def test_period():
    # h/dE with h = 4.135667696e-15 eV s and dE of 2 sqrt 2 G_F v n at n = 112.016 cm^-3, v = 1e-3, g_A = 1/2
    splitting = 2.82843 * 1.16638e-23 * 0.5e-3 * 112.016 * 1.97327e-5**3
    assert precession_period_s(1.0, speed=1e-3) == pytest.approx(4.135667696e-15 / splitting, rel=BY_HAND)


def test_torque_by_hand():
    # Force dE/2 per atom over the arm R: a = dE/(2 A m_u R), in SI: J / (kg m).
    force = 1e-38 * 1.602177e-19 / 2 / 0.01
    assert torque_acceleration(1e-38, 50.0, 1.0) == pytest.approx(
        100 * force / (50 * 1.660539e-27), rel=BY_HAND, abs=0.0
    )
    mean = torque_acceleration(1e-38, 50.0, 1.0, "mean", inertia=0.5)
    assert mean == pytest.approx(4 / math.pi * torque_acceleration(1e-38, 50.0, 1.0), rel=ROUNDING, abs=0.0)


def test_readings_of_the_talk_by_hand():
    # 2 sqrt 2 G_F g_A (112.016 per cm^3) = 1.41978e-35 eV times beta, 1.7514e-38 eV in the wind of the CMB. Over A m_u
    # and 1 cm; the torque dE/2 at its peak and dE/pi in the mean.
    unit = 2.828427 * 1.1663787e-23 * 0.5 * 112.016 * 1.973270e-5**3
    wind, halo = unit * 1.233587e-3, unit * 1e-3

    def rim(splitting, nucleons, share):
        return splitting * 1.602177e-19 * share / (nucleons * 1.660539e-27 * 0.01) * 100

    speeds, slow = {"wind of the CMB": wind, "beta = 1e-3": halo}, 0.50264  # (1 + <v>)/2, <v> = 0.00528 at 0.1 eV
    shares, inertia = {"peak": 0.5, "mean": 1 / math.pi}, {"ring": 1.0, "disc": 0.5, "ball": 0.4}
    table = talk_readings()
    assert len(table) == len(table.drop_duplicates(["atom", "wind", "neutrinos", "torque", "shape"])) == 48
    for row in table.itertuples():
        splitting = speeds[row.wind] * (slow if row.neutrinos == "slow" else 1.0)
        nucleons = 100.0 if row.atom == "A = 100" else 55.845
        expected = rim(splitting, nucleons, shares[row.torque]) / inertia[row.shape]
        assert row.acceleration_cm_s2 == pytest.approx(expected, rel=BY_HAND, abs=0.0)


def _currents(mass, momentum, spin):
    return dirac_current(mass, momentum, spin, mass, momentum, spin).real


@pytest.mark.parametrize("mass", [0.0, 2e-4, 0.1])
def test_splitting_against_explicit_spinors(mass):
    # An electron drifts through neutrinos of helicity -1 coming from six sides, whose mean is exact for a vector; the
    # spin-odd part of its V - A current is -A. Nothing of the formula of Stodolsky enters.
    momentum, speed = 5e-4, 1e-3
    drift = ELECTRON_MASS * speed / math.sqrt(1 - speed**2) * np.array([0.0, 0.0, 1.0])
    electron_energy = math.hypot(ELECTRON_MASS, drift[2])
    up, down = (_currents(ELECTRON_MASS, drift, spin) / (2 * electron_energy) for spin in np.eye(2))
    energy = math.hypot(mass, momentum)
    sides = [sign * momentum * axis for axis in np.eye(3) for sign in (1, -1)]
    gas = np.mean([_currents(mass, p, helicity_spinor(p, -1)) for p in sides], axis=0) / (2 * energy)
    metric = np.array([1.0, -1, -1, -1])
    of_up, of_down = (
        FERMI_CONSTANT / math.sqrt(2) * AXIAL_COUPLING * float(gas @ (metric * sign * (up - down) / 2))
        for sign in (1, -1)
    )
    # Minus sign of the printed formula: lower with the spin along the drift.
    expected = 2 * math.sqrt(2) * FERMI_CONSTANT * AXIAL_COUPLING * speed * (1 + momentum / energy) / 2
    assert of_up < 0 < of_down
    assert of_down - of_up == pytest.approx(expected, rel=ROUNDING, abs=0.0)


def test_slow_neutrinos_have_half_the_current():
    assert helicity_factor(0.0) == 1.0
    assert helicity_factor(0.1) == pytest.approx((1 + mean_speed(0.1)) / 2, rel=ROUNDING)
    assert round(helicity_factor(0.1), 3) == 0.503
    assert energy_splitting(1.0, mass=0.1) == pytest.approx(helicity_factor(0.1) * energy_splitting(1.0), rel=ROUNDING)


def test_inputs_that_give_the_number_of_the_talk():
    table = talk_readings()
    printed = table["acceleration_cm_s2"].between(3.5e-29, 4.5e-29)
    assert (table["rounds"] == printed).all()
    found = {tuple(row[:5]) for row in table[printed].itertuples(index=False)}
    assert found == {
        ("iron", "beta = 1e-3", "slow", "mean", "ring"),
        ("A = 100", "wind of the CMB", "slow", "peak", "ring"),
        ("A = 100", "beta = 1e-3", "relativistic", "mean", "ring"),
        ("A = 100", "beta = 1e-3", "slow", "mean", "disc"),
    }


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: energy_splitting(math.nan), "asymmetry"),
        (lambda: energy_splitting(1.0, speed=2.0), "speed"),
        (lambda: energy_splitting(1.0, mass=-1.0), "mass"),
        (lambda: torque_acceleration(0.0, 50.0, 1.0), "splitting"),
        (lambda: torque_acceleration(1e-38, 50.0, 1.0, "most"), "torque"),
        (lambda: torque_acceleration(1e-38, 50.0, 0.0), "radius_cm"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
