"""The Lambda system: coherence from density matrices, N^2 from explicit atoms, decoherence from a master equation."""

import math

import numpy as np
import pytest
from scipy.integrate import quad, solve_ivp

from cnub import DomainError
from cnub.enhancement import superradiance as s

LEFT_OUT_8 = 1e-8
"""Relative: what the limit or closed form leaves out at these arguments; measured 1e-09."""
LEFT_OUT_5 = 1e-5
"""Relative: what the limit or closed form leaves out at these arguments; measured 1e-06."""
NUMERICAL = 1e-10
"""Relative: the quadrature, root or solver behind one of the two values; measured 5e-12."""
ROUNDING_ABS_15 = 1e-15
"""Absolute: rounding alone; exact here."""
ROUNDING_12 = 1e-12
"""Relative: rounding alone; measured 3e-16."""
TYPED = 5e-3
"""Relative: the digits of the expected value, typed or published; measured 0.003."""


@pytest.mark.parametrize("angle", [0.0, 0.4, math.pi / 4, 1.2])
def test_coherence_of_the_prepared_state(angle):
    state = np.array([math.cos(angle), math.sin(angle)])
    assert s.prepared_coherence(angle) == pytest.approx(abs(np.outer(state, state)[0, 1]), abs=ROUNDING_ABS_15)
    assert s.prepared_coherence(angle) <= s.LARGEST_COHERENCE


def test_collective_factor_from_explicit_atoms():
    """Product state of N atoms: norm of the collective lowering operator acting on it, by matrices."""
    count, angle = 5, 0.6
    atom = np.array([math.cos(angle), math.sin(angle)])
    lower = np.array([[0.0, 1.0], [0.0, 0.0]])
    state = np.ones(1)
    for _ in range(count):
        state = np.kron(state, atom)
    total = np.zeros_like(state)
    for r in range(count):
        operator = np.eye(1)
        for n in range(count):
            operator = np.kron(operator, lower if n == r else np.eye(2))
        total += operator @ state
    expected = s.collective_factor(count, s.prepared_coherence(angle), math.sin(angle) ** 2)
    assert total @ total == pytest.approx(expected, rel=ROUNDING_12)


def test_without_coherence_only_n_is_left():
    assert s.collective_factor(10**6, 0.0, 0.5) == 5e5
    assert s.collective_factor(10**6, 0.5, 0.5) == pytest.approx(0.25e12, rel=LEFT_OUT_5)


def test_dephasing_against_a_master_equation():
    rate = 0.7

    def lindblad(t, y):
        rho = y.reshape(2, 2)
        sz = np.diag([1.0, -1.0])
        return (rate / 2 * (sz @ rho @ sz - rho)).ravel()

    start = np.full(4, 0.5)
    end = solve_ivp(lindblad, (0, 2.0), start, rtol=1e-10, atol=1e-13).y[:, -1]
    start_to_end = s.mean_square_coherence(0.5, 1 / rate, 2.0)
    # Mean of rho^2 from the decay of rho itself: 0.25 (1 - e^(-2 t/T))/(2 t/T), e^(-t/T) of the master equation.
    assert start_to_end == pytest.approx(0.25 * (1 - (2 * end[1]) ** 2) / (2 * rate * 2.0), rel=NUMERICAL)


def test_mean_square_is_the_time_average():
    direct = quad(lambda t: (0.5 * math.exp(-t / 0.4)) ** 2, 0.0, 1.3, epsabs=1e-13)[0] / 1.3
    assert s.mean_square_coherence(0.5, 0.4, 1.3) == pytest.approx(direct, rel=ROUNDING_12)
    assert s.mean_square_coherence(0.5, 1.0, 1e-9) == pytest.approx(0.25, rel=LEFT_OUT_8)


def test_largest_gain_is_a_quarter_of_the_ratio_squared():
    assert s.lambda_enhancement(0.5, 10.0) == 25.0


def test_a_photon_of_another_energy_than_the_neutrino_gives():
    assert s.lambda_enhancement(0.5, 10.0, 3.0) == 75.0


def test_dicke_time_of_a_dense_medium():
    # One metastable second, visible light, 3 m of N_A per cm^3.
    assert s.dicke_time(1.0, 6e29, 1e-6, 3.0) == pytest.approx(8 * math.pi / (3 * 1.8e18), rel=ROUNDING_12)


def test_collective_decay_is_no_faster_than_a_quarter_of_a_cycle_of_the_coupling():
    """g^2 = n d^2 omega/2 with d^2 = 3 pi Gamma/omega^3: for 1 s, 1 eV and N_A per cm^3, 3.8 meV."""
    density, width, omega = 6.02214076e23 * 1.973269804e-5**3, 6.582119569e-16, 1.0
    coupling = math.sqrt(density * 3 * math.pi * width / omega**3 * omega / 2)
    wavelength = 2 * math.pi * 1.973269804e-7
    found = s.collective_decay_s(1.0, 6.02214076e23, wavelength, 3.0)
    assert found == pytest.approx(math.pi / 2 / coupling * width, rel=TYPED)
    assert coupling == pytest.approx(3.8e-3, rel=0.01)
    thin = s.collective_decay_s(1.0, 1e10, 1e-6, 0.01)
    assert thin == s.dicke_time(1.0, 1e16, 1e-6, 0.01)


def test_dicke_time_from_the_light_that_n_phased_dipoles_radiate_along_their_pencil():
    """Rate per atom over 1/tau: N times the share of the dipole pattern within which N phases still agree."""
    side, length, wavelength, density, lifetime = 400.0, 900.0, 2.0, 0.3, 5.0
    k, count = 2 * math.pi / wavelength, density * side**2 * length
    # Directions near the axis, across which a dipole radiates 3/(8 pi); exp(i q.x) averaged over the square face.
    angle = np.linspace(-0.4, 0.4, 400001)
    lobe = np.trapezoid(np.sinc(k * side * angle / (2 * math.pi)) ** 2, angle)
    rate = count / lifetime * 3 / (8 * math.pi) * lobe**2
    # Cut at 80 side lobes; measured 2.5e-3.
    assert s.dicke_time(lifetime, density, wavelength, length) == pytest.approx(1 / rate, rel=TYPED)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: s.prepared_coherence(2.0), "angle"),
        (lambda: s.lambda_enhancement(0.6), "coherence"),
        (lambda: s.collective_factor(10, 0.5, 0.1), "coherence"),
        (lambda: s.lambda_enhancement(0.5, 1.0, 0.0), "energy_ratio"),
        (lambda: s.collective_factor(0, 0.1, 0.5), "count"),
        (lambda: s.mean_square_coherence(0.5, 0.0, 1.0), "dephasing_time"),
        (lambda: s.mean_square_coherence(0.5, 1.0, 0.0), "period"),
        (lambda: s.dicke_time(0.0, 1.0, 1.0, 1.0), "lifetime"),
    ],
)
def test_refusals(call, name):
    with pytest.raises(DomainError, match=rf"^{name} must"):
        call()
