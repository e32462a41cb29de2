"""Spinor currents: Dirac equation, traces, the limits quoted as Eqs. (8)-(11), and the Majorana contraction."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnub import DomainError
from cnub.fluorescence.currents import (
    GAMMA,
    GAMMA_5,
    contracted_current,
    dirac_current,
    dirac_tensors,
    helicity_spinor,
    majorana_current,
    nonrelativistic_current,
    relativistic_current,
    spin_averaged_tensor,
    trace_tensor,
    u_spinor,
    v_spinor,
)

ROUNDING = 1e-12
"""Absolute: rounding alone; measured 6e-16."""

ALGEBRA = 1e-13
"""Sums of a few products of order one, relative to the largest; measured 2e-15."""
SPINS = np.eye(2, dtype=complex)
METRIC = np.diag([1.0, -1, -1, -1])
component = st.floats(-0.1, 0.1)
momenta = st.tuples(component, component, component).filter(lambda p: np.linalg.norm(p) > 1e-6)


def close(a, b, scale):
    np.testing.assert_allclose(a, b, rtol=0, atol=ALGEBRA * scale)


def test_clifford_algebra():
    for m in range(4):
        for n in range(4):
            close(GAMMA[m] @ GAMMA[n] + GAMMA[n] @ GAMMA[m], 2 * METRIC[m, n] * np.eye(4), 1)
    close(1j * GAMMA[0] @ GAMMA[1] @ GAMMA[2] @ GAMMA[3], GAMMA_5, 1)


@settings(derandomize=True, max_examples=25, deadline=None)
@given(st.floats(0, 0.1), momenta)
def test_spinors_solve_the_dirac_equation(mass, momentum):
    energy = math.sqrt(mass**2 + np.dot(momentum, momentum))
    slash = np.einsum("m,mab->ab", METRIC @ [energy, *momentum], GAMMA)
    for spin in SPINS:
        u, v = u_spinor(mass, momentum, spin), v_spinor(mass, momentum, spin)
        close(slash @ u, mass * u, energy**1.5)
        close(slash @ v, -mass * v, energy**1.5)
        assert np.vdot(u, u).real == pytest.approx(2 * energy, rel=ALGEBRA)


@settings(derandomize=True, max_examples=25, deadline=None)
@given(st.floats(1e-4, 0.1), momenta, st.floats(0, 0.1), momenta)
def test_spin_sums_are_the_traces(m_i, p_i, m_j, p_j):
    expected = trace_tensor(m_i, p_i, m_j, p_j)
    close(spin_averaged_tensor(m_i, p_i, m_j, p_j), expected, np.abs(expected).max())


def test_tensors_of_many_momenta_are_those_of_each_by_traces():
    p_j = np.random.default_rng(3).normal(scale=0.03, size=(20, 3))
    for m_j in (0.0, 0.03):
        for tensor, momentum in zip(dirac_tensors(0.05, m_j, p_j), p_j, strict=True):
            expected = trace_tensor(0.05, np.zeros(3), m_j, momentum)
            close(tensor, expected, np.abs(expected).max())


@pytest.mark.parametrize("m_j", [0.0, 0.03, 0.0499])
def test_at_rest_every_component_is_4_m_E_at_any_final_mass(m_j):
    # So the spin-averaged rate has no factor 1/2 for a slow nu_j, as the paper's text below Eq. (17) would have it.
    m_i = 0.05
    k = (m_i**2 - m_j**2) / (2 * m_i)
    tensor = spin_averaged_tensor(m_i, np.zeros(3), m_j, [0, 0, -k])
    close(np.diag(tensor), 4 * m_i * math.hypot(m_j, k) * np.ones(4), m_i**2)


def test_equations_8_and_9():
    spin_i, p_j = np.array([0.6, 0.8j]), 0.025 * np.array([0.48, 0.6, 0.64])
    left = helicity_spinor(p_j, -1)
    exact = dirac_current(0.05, np.zeros(3), spin_i, 0.0, p_j, left)
    close(exact, relativistic_current(0.05, 0.025, spin_i, p_j), 0.1)
    right = dirac_current(0.05, np.zeros(3), spin_i, 0.0, p_j, helicity_spinor(p_j, 1))
    close(right, np.zeros(4), 0.1)


@pytest.mark.parametrize("speed", [1e-2, 1e-4])
def test_equations_10_and_11_to_the_order_of_the_speed(speed):
    spin_i, spin_j = np.array([0.6, 0.8j]), np.array([1, 1j]) / math.sqrt(2)
    exact = dirac_current(0.05, np.zeros(3), spin_i, 0.0492, 0.0492 * speed * np.array([0.6, 0, 0.8]), spin_j)
    quoted = nonrelativistic_current(0.05, 0.0492, spin_i, spin_j)
    assert 0.01 * speed < np.abs(exact - quoted).max() / 0.1 < 2 * speed


def test_majorana_rate_is_twice_dirac_for_a_fast_daughter_at_any_phase():
    p_j = np.array([0, 0, -0.025])
    dirac = spin_averaged_tensor(0.05, np.zeros(3), 0.0, p_j)
    for phase in (0.0, 1.0, math.pi):
        majorana = spin_averaged_tensor(0.05, np.zeros(3), 0.0, p_j, "majorana", phase)
        close(np.diag(majorana), 2 * np.diag(dirac), 0.01)


def test_majorana_rate_averaged_over_the_phase_is_twice_dirac_for_any_daughter():
    p_j = np.array([0, 0, -0.001])
    dirac = spin_averaged_tensor(0.05, np.zeros(3), 0.049, p_j)
    phases = 2 * math.pi * np.arange(3) / 3
    mean = sum(spin_averaged_tensor(0.05, np.zeros(3), 0.049, p_j, "majorana", f) for f in phases) / 3
    close(np.diag(mean), 2 * np.diag(dirac), 0.01)


def test_slow_majorana_daughter_is_pure_vector_or_pure_axial():
    args = (0.05, np.zeros(3), 0.05, np.array([0, 0, 1e-9]))
    plus = spin_averaged_tensor(*args, "majorana", 0.0)
    minus = spin_averaged_tensor(*args, "majorana", math.pi)
    full = 16 * 0.05**2
    np.testing.assert_allclose(np.diag(plus).real, [full, 0, 0, 0], atol=1e-6 * full)
    np.testing.assert_allclose(np.diag(minus).real, [0, full, full, full], atol=1e-6 * full)


def test_second_contraction_is_the_right_handed_current():
    spin_i, spin_j, p_j = SPINS[0], SPINS[1], np.array([0.01, 0.02, -0.03])
    u_i, u_j = u_spinor(0.05, np.zeros(3), spin_i), u_spinor(0.01, p_j, spin_j)
    right = np.einsum("a,mab,b->m", u_j.conj(), GAMMA[0] @ GAMMA @ (np.eye(4) + GAMMA_5), u_i)
    both = majorana_current(0.05, np.zeros(3), spin_i, 0.01, p_j, spin_j)
    close(both - dirac_current(0.05, np.zeros(3), spin_i, 0.01, p_j, spin_j), right, 0.1)


def test_operator_of_equation_5_contracts_to_the_currents():
    args = (0.05, np.zeros(3), SPINS[0], 0.01, np.array([0.01, 0.02, -0.03]), SPINS[1])
    close(contracted_current(*args), dirac_current(*args), 0.1)
    close(contracted_current(*args, "majorana"), majorana_current(*args, math.pi), 0.1)


def test_exchange_of_operators_makes_the_second_contraction_negative():
    # Two Majorana modes on a Jordan-Wigner chain: <j| c_i c_j^dagger |i> = -<j| c_j^dagger c_i |i>.
    lower, sign, one = np.array([[0, 1], [0, 0]]), np.diag([1, -1]), np.eye(2)
    c_i, c_j = np.kron(lower, one), np.kron(sign, lower)
    vacuum = np.eye(4)[0]
    state_i, state_j = c_i.T @ vacuum, c_j.T @ vacuum
    assert state_j @ (c_i @ c_j.T) @ state_i == -(state_j @ (c_j.T @ c_i) @ state_i) != 0


@settings(derandomize=True, max_examples=25, deadline=None)
@given(momenta)
def test_helicity_spinors(direction):
    n = np.asarray(direction) / np.linalg.norm(direction)
    up, down = helicity_spinor(n, 1), helicity_spinor(n, -1)
    assert abs(np.vdot(up, down)) < 1e-12
    spin = [np.vdot(up, s @ up).real for s in ([[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]])]
    np.testing.assert_allclose(spin, n, atol=ROUNDING)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: u_spinor(-1.0, [0, 0, 0], SPINS[0]), "mass must be finite and >= 0"),
        (lambda: u_spinor(0.0, [0, 0, 0], SPINS[0]), "mass and momentum must not both vanish"),
        (lambda: u_spinor(1.0, [0, 0], SPINS[0]), "momentum must have three components"),
        (lambda: u_spinor(1.0, [0, 0, 0], [1, 1]), "spin must be a two-spinor of norm 1"),
        (lambda: helicity_spinor([0, 0, 0], 1), "direction must not be zero"),
        (lambda: helicity_spinor([0, 0, 1], 2), "sign must be"),
        (lambda: spin_averaged_tensor(1, [0, 0, 0], 0.5, [0, 0, 1], "weyl"), "nature must be one of"),
    ],
)
def test_refusals(call, sentence):
    with pytest.raises(DomainError, match=sentence):
        call()
