"""Eq. (16) integrated over explicit spinors against Eqs. (17) and (22); form factors; gratings."""

import math

import numpy as np
import pytest

from cnub import DomainError
from cnub.constants import AVOGADRO, CENTIMETRE
from cnub.fluorescence import NOMINAL, channel, decay_rate, dipole_moment
from cnub.fluorescence.decay import phase_space_factor, resonance_factor
from cnub.fluorescence.form_factors import ATTAINABLE, CLOSED_FORM, emission_pattern, form_factor, phase_space_rate

NUMERICAL = 1e-8
"""Relative: the quadrature, root or solver behind one of the two values; measured 8e-10."""
ROUNDING = 1e-12
"""Relative: rounding alone; measured 4e-15."""

DENSITY = AVOGADRO / CENTIMETRE**3
INTEGRATION = 1e-12
"""Lebedev's rule is exact for these polynomials of the angles; measured 3e-15. (Required: 1e-6.)"""
CASES = list(CLOSED_FORM)
CHANNELS = [("NO", 3, 1, 0.0), ("NO", 3, 2, 0.01), ("IO", 2, 1, 0.0), ("IO", 2, 3, 0.03)]
SMALL_D = 0.012
"""Relative: the next order, (D/k)^2 = 0.04 times a quarter; measured 7.6e-3 and 0.0102."""


@pytest.mark.parametrize(("transition", "dipoles"), CASES)
@pytest.mark.parametrize(("ordering", "i", "j", "lightest"), CHANNELS)
def test_closed_form_is_the_phase_space_integral(transition, dipoles, ordering, i, j, lightest):
    chosen = channel(ordering, i, j, lightest)
    resonance = resonance_factor(0.0, NOMINAL[transition].width)
    moment, energy = dipole_moment(transition), chosen.photon_energy
    integral = phase_space_rate(transition, chosen, DENSITY, moment, resonance, dipoles, degree=11)
    closed = decay_rate(
        transition, chosen.mixing, DENSITY, moment, energy, energy, resonance,
        phase_space_factor(chosen), CLOSED_FORM[transition, dipoles],
    )  # fmt: skip
    unit = decay_rate(transition, chosen.mixing, DENSITY, moment, energy, energy, resonance)
    # Roots of the kinematics carry 1e-16 m_i/omega.
    assert abs(integral - closed) <= max(INTEGRATION, 1e-14 * chosen.initial_mass / energy) * unit


@pytest.mark.parametrize(("transition", "dipoles"), CASES)
def test_form_factors(transition, dipoles):
    assert form_factor(transition, dipoles) == pytest.approx(CLOSED_FORM[transition, dipoles], abs=INTEGRATION)


def test_axis_of_the_dipoles_does_not_matter():
    n = np.array([0.48, 0.6, 0.64])
    assert form_factor("E1", np.outer(n, n)) == pytest.approx(1 / 15, rel=INTEGRATION)


def test_isotropic_electric_dipoles_radiate_only_with_a_grating():
    chosen, resonance = channel("NO"), resonance_factor(0.0, NOMINAL["E1"].width)
    moment = dipole_moment("E1")
    args = ("E1", chosen, DENSITY, moment, resonance)
    polarized = phase_space_rate(*args, "polarized", degree=11)
    assert phase_space_rate(*args, "isotropic", degree=11) < 1e-25 * polarized
    D = np.array([0, 0, 0.2 * chosen.photon_energy])
    small = phase_space_rate(*args, "isotropic", D)
    assert phase_space_rate(*args, "isotropic", D / 2) / small == pytest.approx(0.25, rel=SMALL_D)
    # Small D: both orders, amplitude 1/2 each, |D.Q.eps|^2 = D^2 sin^2/9, so f = 2/4 (D/k)^2/9 (1/8 pi)(8 pi/3).
    unit = phase_space_rate(*args, "polarized") * 15
    assert small / unit == pytest.approx(0.2**2 / 54, rel=SMALL_D)


def test_a_weak_grating_adds_half_of_the_uniform_rate():
    chosen, resonance = channel("NO"), resonance_factor(0.0, NOMINAL["M1"].width)
    args = ("M1", chosen, DENSITY, dipole_moment("M1"), resonance, "polarized")
    both = phase_space_rate(*args, np.array([0, 0, 1e-4 * chosen.photon_energy]), degree=11)
    # 1 + 2 (1/2)^2, to second order in D/k.
    assert both / phase_space_rate(*args, degree=11) == pytest.approx(1.5, rel=NUMERICAL)


@pytest.mark.parametrize("ordering", ["NO", "IO"])
def test_flipped_spins_emit_asymmetrically_by_parity_violation(ordering):
    chosen = channel(ordering)
    z = np.array([[0, 0, 1.0], [0, 0, -1.0]])
    up, down = emission_pattern("M1", "spin flip", z, chosen)
    # The flip +1 takes the spin of the neutrino to -1/2; a left-handed nu_j then leaves along +z, the photon along -z.
    assert (up - down) / (up + down) == pytest.approx(-chosen.final_speed, rel=ROUNDING)
    assert (up + down) / 2 == pytest.approx(1.0, rel=ROUNDING)


def test_a_higher_degree_changes_nothing():
    chosen = channel("NO")
    args = ("M1", chosen, DENSITY, dipole_moment("M1"), 1.0, "spin flip", np.array([1e-3, 2e-3, 0.0]))
    assert phase_space_rate(*args, degree=31) == pytest.approx(phase_space_rate(*args, degree=15), rel=ROUNDING)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: form_factor("E2"), "transition must be one of"),
        (lambda: form_factor("M1", "random"), "dipoles must be one of"),
        (lambda: form_factor("M1", np.eye(2)), "dipoles must be a name or a finite"),
        (lambda: phase_space_rate("M1", channel("NO"), 0.0, 1.0, 1.0), "density must be finite and > 0"),
        (lambda: phase_space_rate("M1", channel("NO"), 1.0, 1.0, -1.0), "resonance must be finite and >= 0"),
        (lambda: phase_space_rate("M1", channel("NO"), 1.0, 1.0, 1.0, grating=[0, 0, 1.0]), "channel is closed"),
        (lambda: phase_space_rate("M1", channel("NO"), 1.0, 1.0, 1.0, grating=[math.nan, 0, 0]), "grating must be"),
    ],
)
def test_refusals(call, sentence):
    with pytest.raises(DomainError, match=sentence):
        call()


def test_no_uniform_target_exceeds_the_attainable_form_factor():
    random = np.random.default_rng(3)
    for transition, most in ATTAINABLE.items():
        found = []
        for _ in range(30):
            a, b = random.normal(size=(2, 3)) + 1j * random.normal(size=(2, 3))
            found.append(form_factor(transition, np.outer(a, b) / np.linalg.norm(a) / np.linalg.norm(b)))
        # an average over dipoles of such tensors is no larger: the form factor is convex in Q
        assert max(found) <= most * (1 + INTEGRATION)
    assert form_factor("E1", np.outer([1, 0, 0], [0, 1, 0])) == pytest.approx(ATTAINABLE["E1"], rel=INTEGRATION)
    assert form_factor("M1", np.outer([1, 0, 0], [0, 1, 0])) == pytest.approx(ATTAINABLE["M1"], rel=INTEGRATION)
