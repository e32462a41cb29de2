"""The theorem: total rates of product states against explicit state vectors, and what N^2 needs."""

import math
from functools import reduce

import numpy as np
import pytest

from cnub import DomainError
from cnub.enhancement.product_states import largest_emission, net_weight, transition_operator, transition_weight

LEFT_OUT = 0.05
"""Relative: what the limit or closed form leaves out at these arguments; measured 0.002."""

ROUNDING = 1e-12
"""State vectors of at most 2^10 amplitudes and sums of as many terms; measured 2e-15."""


def by_state_vector(atom, operator, phases):
    """Norm squared of the collective operator on the product state, all 'levels^N' amplitudes written out."""
    total = 0
    for chosen, phase in enumerate(phases):
        factors = [np.exp(1j * phase) * operator @ atom if r == chosen else atom for r in range(len(phases))]
        total = total + reduce(np.kron, factors)
    return np.vdot(total, total).real


@pytest.mark.parametrize("seed", range(6))
def test_any_product_state_any_operator_any_phases(seed):
    rng = np.random.default_rng(seed)
    levels, count = 2 + seed % 2, 2 + seed % 5
    atom = rng.normal(size=levels) + 1j * rng.normal(size=levels)
    atom /= np.linalg.norm(atom)
    operator = rng.normal(size=(levels, levels)) + 1j * rng.normal(size=(levels, levels))
    phases = rng.uniform(0, 2 * math.pi, count)
    assert transition_weight(atom, operator, phases) == pytest.approx(
        by_state_vector(atom, operator, phases), rel=ROUNDING
    )


def test_ten_atoms_at_random_positions_and_net_of_both_directions():
    """Phases q.x of atoms in a box, and the theorem's second statement from the same two state vectors."""
    rng = np.random.default_rng(11)
    atom = np.array([0.8, 0.6 * np.exp(0.7j)])
    phases = rng.uniform(0, 1, (10, 3)) @ np.array([3.0, -2.0, 5.0])
    up, down = transition_operator(0, 1, 2), transition_operator(1, 0, 2)
    excited, lowered = by_state_vector(atom, up, phases), by_state_vector(atom, down, -phases)
    assert transition_weight(atom, up, phases) == pytest.approx(excited, rel=ROUNDING)
    assert transition_weight(atom, down, -phases) == pytest.approx(lowered, rel=ROUNDING)
    assert excited - lowered == pytest.approx(net_weight(atom, 0, 1, 10), rel=1e2 * ROUNDING)  # N^2 parts cancel


def test_an_entangled_state_balances_both_directions_within_n():
    """Eight atoms in a random state of all: <BB+> - <B+B> is the sum of the populations, whatever the phases."""
    rng = np.random.default_rng(12)
    count, lift = 8, transition_operator(0, 1, 2)
    state = rng.normal(size=2**count) + 1j * rng.normal(size=2**count)
    state /= np.linalg.norm(state)
    total, balance = np.zeros((2**count, 2**count), dtype=complex), 0.0
    for chosen, phase in enumerate(rng.uniform(0, 2 * math.pi, count)):
        total += np.exp(1j * phase) * reduce(np.kron, [lift if r == chosen else np.eye(2) for r in range(count)])
        tilt = reduce(np.kron, [np.diag([1.0, -1.0]) if r == chosen else np.eye(2) for r in range(count)])
        balance += np.vdot(state, tilt @ state).real
    net = np.linalg.norm(total @ state) ** 2 - np.linalg.norm(total.conj().T @ state) ** 2
    assert net == pytest.approx(balance, rel=1e2 * ROUNDING)  # difference of numbers of order N
    assert abs(net) <= count


def test_the_ground_state_gives_n_at_any_momentum_transfer():
    phases = np.random.default_rng(1).uniform(0, 6, 1000)
    assert transition_weight([1, 0], transition_operator(0, 1, 2), phases) == 1000.0
    assert transition_weight([1, 0], transition_operator(0, 1, 2), np.zeros(1000)) == 1000.0


def test_a_coherence_that_the_neutrino_does_not_drive_gives_no_more_than_n():
    """Lambda: half in |g>, half in |e>, and e -> v is driven: <v|psi> = 0 leaves N rho_ee."""
    half = [math.sqrt(0.5), math.sqrt(0.5), 0]
    assert transition_weight(half, transition_operator(1, 2, 3), np.zeros(10**4)) == pytest.approx(5e3, rel=ROUNDING)


def test_the_driven_coherence_gives_a_quarter_of_n_squared_in_step_and_n_half_out_of_step():
    half, up = [math.sqrt(0.5), math.sqrt(0.5)], transition_operator(0, 1, 2)
    assert transition_weight(half, up, np.zeros(10**4)) == pytest.approx(1e8 / 4 + 1e4 / 4, rel=ROUNDING)
    rng = np.random.default_rng(3)
    blurred = np.mean([transition_weight(half, up, rng.uniform(0, 2 * math.pi, 400)) for _ in range(2000)])
    # 2000 draws of an exponential variable of mean N/4 on top of N/4: one standard deviation is 1 % of N/2.
    assert blurred == pytest.approx(200.0, rel=LEFT_OUT)


def test_net_is_the_difference_of_both_directions():
    atom, phases = np.array([0.8, 0.6j]), np.zeros(50)
    up, down = (transition_weight(atom, transition_operator(*pair, 2), phases) for pair in ((0, 1), (1, 0)))
    assert up - down == pytest.approx(net_weight(atom, 0, 1, 50), rel=1e3 * ROUNDING)  # the N^2 parts cancel


def test_entangled_states_of_pairs_reach_dicke_and_of_fermions_never_exceed_n():
    for count in range(1, 9):
        dicke = count // 2 * (count - count // 2 + 1) if count % 2 == 0 else ((count + 1) // 2) ** 2
        assert largest_emission(count, "pair") == dicke
        assert largest_emission(count, "fermion") == count


def test_refusals():
    up = transition_operator(0, 1, 2)
    for call, name in [
        (lambda: transition_weight([1, 1], up, [0.0]), "state"),
        (lambda: transition_weight([1, 0, 0], up, [0.0]), "operator"),
        (lambda: transition_weight([1, 0], up, [math.nan]), "phases"),
        (lambda: transition_operator(0, 2, 2), "upper"),
        (lambda: largest_emission(9, "pair"), "count"),
        (lambda: largest_emission(3, "boson"), "carrier"),
        (lambda: net_weight([1, 0], 0, 1, 0), "count"),
    ]:
        with pytest.raises(DomainError, match=rf"^{name} must"):
            call()
