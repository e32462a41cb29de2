"""The medium's own answer: the first order of Eq. (22), the weight that bounds it, and their sum rules."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from cnub import DomainError
from cnub.fluorescence import polariton
from cnub.fluorescence.decay import resonance_factor
from cnub.slow_light.bands import branches

LEFT_OUT_9 = 1e-9
"""Relative: what the limit or closed form leaves out at these arguments; measured 5e-11."""
LEFT_OUT_4 = 1e-4
"""Relative: what the limit or closed form leaves out at these arguments; measured 4e-05."""
NUMERICAL = 1e-9
"""Relative: the quadrature, root or solver behind one of the two values; measured 5e-11."""
ROUNDING_15 = 1e-15
"""Relative: rounding alone; exact here."""
TYPED = 6e-4
"""Absolute: the digits of the expected value, typed or published; measured 0.0005."""

FEW = st.floats(0.01, 3.0)
ROUNDING = 1e-12
"""Relative: products of the same doubles in another order; measured 3e-16."""
JOINT = 0.021
"""Relative: the share is as the length, which differs by 2 % between the two sides of the joint; measured 0.0198."""


@settings(derandomize=True, max_examples=60, deadline=None)
@given(FEW, FEW, FEW, st.floats(-5.0, 5.0))
def test_yield_is_a_probability(g, loss, escape, detuning):
    assert 0 < polariton.photon_yield(detuning, g, loss, escape) < 1


def test_yield_is_the_first_order_weight_for_weak_coupling_and_slow_escape():
    value = polariton.photon_yield(0.7, 1e-6, 0.2, 1e-8)
    assert value == pytest.approx(polariton.first_order_weight(0.7, 1e-6, 0.2), rel=LEFT_OUT_4)


def test_yield_is_the_integral_of_the_spectrum_and_of_the_decay_in_time():
    g, loss, escape, detuning = 0.3, 0.2, 0.5, 0.7
    expected = polariton.photon_yield(detuning, g, loss, escape)
    t = np.linspace(-1.0, 1.0, 200001)[1:-1]
    x = t / (1 - t**2)
    # Photons leaving against the frequency x of the drive: (c/2 pi) |g/[(x - D + i c/2)(x + i G/2) - g^2]|^2.
    response = g / ((x - detuning + 0.5j * escape) * (x + 0.5j * loss) - g * g)
    spectrum = escape / (2 * math.pi) * np.abs(response) ** 2 * (1 + t**2) / (1 - t**2) ** 2
    assert np.trapezoid(spectrum, t) == pytest.approx(expected, rel=ROUNDING)

    def decay(t, y):
        a, b = y[0], y[1]
        return [
            (-1j * detuning - escape / 2) * a - 1j * g * b, -loss / 2 * b - 1j * g * a, escape * abs(a) ** 2 + 0j
        ]  # fmt: skip

    emitted = solve_ivp(decay, (0, 400), [0j, 1 + 0j, 0j], rtol=1e-10, atol=1e-12).y[2, -1].real
    assert emitted == pytest.approx(expected, rel=NUMERICAL)


@pytest.mark.parametrize(("speed", "slope"), [(0.3, 1.0), (1.0, 1.0), (1.0, 0.2), (0.3, 0.01)])
def test_yield_along_the_line_of_the_neutrino(speed, slope):
    g, loss, escape, detuning = 0.3, 0.2, 0.5, 0.7
    t = np.linspace(-1.0, 1.0, 200001)[1:-1]
    x = t / (1 - t**2)
    photon = detuning - x * slope / speed  # energy of the photon at the energy x of the drive, from the level
    green = np.abs(g / ((x - photon + 0.5j * escape) * (x + 0.5j * loss) - g * g)) ** 2
    integral = np.trapezoid(escape / (2 * math.pi) * green * (1 + t**2) / (1 - t**2) ** 2, t)
    assert polariton.on_shell_yield(detuning, g, loss, escape, speed, slope) == pytest.approx(integral, rel=ROUNDING)


def test_the_reaction_of_the_photon_broadens_the_line():
    g, loss, escape, detuning = 0.3, 0.2, 0.5, 0.7
    width = polariton.broadened_width(g, loss, escape)
    line = g**2 * (1 + escape / loss) * resonance_factor(detuning, width)
    assert line == pytest.approx(polariton.photon_yield(detuning, g, loss, escape), rel=ROUNDING)


def test_yields_of_the_nominal_target_against_detuning_and_slope():
    """Orders of the yield at N_A: a referee's, by separate code, to three digits."""
    g, loss = 4.5127e-3, 6.5821e-8
    for detuning, known in ((0.0, 0.333), (1e-3, 0.331), (4.5e-3, 0.300), (20e-3, 0.105)):
        assert polariton.on_shell_yield(detuning, g, loss, loss, 1.0) == pytest.approx(known, abs=TYPED)
    for slope, fixed, line in ((1.0, 0.5, 1 / 3), (0.1, 0.1 / 1.1, 0.1 / 1.2), (1e-3, 1e-3 / 1.001, 1e-3 / 1.002)):
        assert polariton.photon_yield(0.0, g, loss, slope * loss) == pytest.approx(fixed, rel=LEFT_OUT_9)
        assert polariton.on_shell_yield(0.0, g, loss, slope * loss, 1.0, slope) == pytest.approx(line, rel=LEFT_OUT_9)


def test_one_excitation_has_the_weight_n_whatever_couples_the_dipoles():
    # Six spins one half, all down: the states that B_q^dagger reaches, under a random Hamiltonian.
    rng = np.random.default_rng(1)
    phases = np.exp(1j * rng.uniform(0, 6, 6))
    raised = np.zeros(64, complex)
    for n, phase in enumerate(phases):
        raised[1 << n] = phase
    hermitian = rng.normal(size=(64, 64))
    _, states = np.linalg.eigh(hermitian + hermitian.T)
    assert np.sum(np.abs(states.T @ raised) ** 2) == pytest.approx(6, rel=ROUNDING)


def test_no_coupling_can_beat_the_sum_rule_along_the_kinematic_line():
    """Weights of the excitation over (slope + v_j) at all intersections add up to 1/v_j for any coupling."""
    level, speed = 0.025, 0.8
    for g in (1e-5, 1e-3, 4.5e-3):

        def line(k):
            return level - speed * (k - level)

        total = 0.0
        for sign in (0, 1):

            def gap(k, s=sign, g=g):
                return branches(np.array([k]), level, g)[s][0] - line(k)

            ends = (1e-4, level) if sign == 0 else (level, 0.055)
            ends = ends if gap(ends[0]) * gap(ends[1]) < 0 else ends[::-1]
            k = brentq(gap, 1e-4, 0.055, xtol=1e-16)
            photon = branches(np.array([k]), level, g)[2][0]
            photon = photon if sign == 0 else 1 - photon
            total += (1 - photon) / (photon + speed)
        assert total == pytest.approx(1 / speed, rel=ROUNDING)


def test_two_branches_against_diagonalization():
    k = np.linspace(0.0, 0.05, 7)
    low, high, fraction = branches(k, 0.025, 2e-3)
    for n, q in enumerate(k):
        values, vectors = np.linalg.eigh([[q, 2e-3], [2e-3, 0.025]])
        np.testing.assert_allclose([low[n], high[n]], values, rtol=ROUNDING)
        assert fraction[n] == pytest.approx(vectors[0, 0] ** 2, rel=ROUNDING)


def test_critical_density_is_where_the_coupling_is_half_the_width():
    density = polariton.critical_density(6.6e-8, 1e-6, 0.025)
    assert polariton.collective_coupling(density, 1e-6, 0.025) == pytest.approx(3.3e-8, rel=ROUNDING)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: polariton.collective_coupling(-1.0, 1.0, 1.0), "density"),
        (lambda: polariton.photon_yield(0.0, 1.0, 0.0, 1.0), "width"),
        (lambda: polariton.photon_yield(math.nan, 1.0, 1.0, 1.0), "detuning"),
        (lambda: polariton.photon_yield(0.0, 1.0, 1.0, -1.0), "escape"),
        (lambda: polariton.on_shell_yield(0.0, 1.0, 1.0, 1.0, 0.0), "daughter_speed"),
        (lambda: branches([-0.1], 0.02, 1e-3), "k"),
        (lambda: polariton.critical_density(0.0, 1.0, 1.0), "width"),
        (lambda: polariton.on_shell_yield(0.0, 1.0, 1.0, 1.0, 1.0, 0.0), "photon_slope"),
        (lambda: polariton.broadened_width(1.0, 1.0, 0.0), "escape"),
    ],
)
def test_refusals(call, name):
    with pytest.raises(DomainError, match=rf"^{name} must"):
        call()


@pytest.mark.parametrize(
    ("width", "length", "speed", "slope"),
    [(1.0, 1.0, 1.0, 1.0), (0.3, 5.0, 0.4, 1.0), (1e-6, 1e-3, 1.0, 1.0), (0.3, 2.0, 0.4, 0.2)],
)
def test_finite_target_is_the_line_times_the_phase_matching_of_its_length(width, length, speed, slope):
    """Share by quadrature in angle: detuning x = (width/2) tan(angle), phase slip x (1/s + 1/v) L."""
    angle = np.linspace(-math.pi / 2, math.pi / 2, 400001)[1:-1]
    slip = width / 2 * np.tan(angle) * (1 / slope + 1 / speed) * length / 2
    # endless: L sinc^2 -> 2 pi delta(slip per length); int dangle sinc^2 = (pi/2) share 4/(width s L)
    lit = np.trapezoid(np.sinc(slip / math.pi) ** 2, angle) / math.pi
    scale = width / 2 * (1 / slope + 1 / speed) * length
    assert polariton.finite_share(width, length, speed, slope) == pytest.approx(lit * scale / 2, rel=LEFT_OUT_4)
    assert polariton.finite_share(1.0, 1.0) == pytest.approx(math.exp(-1), rel=ROUNDING_15)
    assert polariton.finite_share(1.0, 0.99e-5) == pytest.approx(polariton.finite_share(1.0, 1.01e-5), rel=JOINT)
