"""Who gets N^2: the total rate of a transition that the neutrino drives, in any product state of N atoms.

A weak drive acts through B^dagger = sum_r exp(i phi_r) O_r, one O for all atoms, with the phases of the momentum
transfer. To first order in it, and summed over everything that target and light may become, the rate is
<B B^dagger> = ||B^dagger |Psi>||^2 times that of one atom. In a product state the cross terms are products of means,

    <B B^dagger> = |sum_r exp(i phi_r) <O>|^2 + N (<O^dagger O> - |<O>|^2),

so that N^2 needs <O> != 0: a coherence between the two states that the neutrino itself connects.
"""

from __future__ import annotations

import math
from functools import reduce

import numpy as np

from cnub.domain import DomainError, finite_array, finite_complex, integer, one_of, representable

UNIT = 1e-9
"""How far the norm of a state may be from one."""
MOST_LEVELS = 16


def transition_operator(lower: int, upper: int, levels: int) -> np.ndarray:
    """|upper><lower| of an atom with ``levels`` states, counted from 0; real, of shape (levels, levels).

    Raises :class:`cnub.DomainError` unless 0 <= lower, upper < levels <= 16.

    Source: text above Eq. (3) of 2507.10868v1.

    >>> print(transition_operator(0, 1, levels=2).tolist())
    [[0.0, 0.0], [1.0, 0.0]]
    """
    size = integer("levels", levels, 1, MOST_LEVELS)
    operator = np.zeros((size, size))
    operator[integer("upper", upper, 0, size - 1), integer("lower", lower, 0, size - 1)] = 1.0
    return operator


@representable
def transition_weight(state: object, operator: object, phases: object) -> float:
    """||sum_r exp(i phi_r) O_r |state>^N||^2: the total rate of a driven transition over that of one atom.

    ``state``: amplitudes of one atom, complex (levels,), of norm 1; ``operator`` O, complex (levels, levels);
    ``phases`` phi_r in rad, one per atom (N,). N for O = |v><g| in the ground state, N/2 + N (N - 1)/4 where g and v
    are filled equally and all phases agree. Raises :class:`cnub.DomainError` outside these ranges.

    Source: Eq. (1) of 2507.10868v1; derived from the golden rule summed over all final states.

    >>> print(f"{transition_weight([0.6, 0.8], [[0.0, 0.0], [1.0, 0.0]], np.zeros(100)):.2f}")
    2316.96
    """
    atom, o, phi = _state(state), finite_complex("operator", operator), finite_array("phases", phases).ravel()
    if o.shape != (len(atom), len(atom)):
        raise DomainError(f"operator must be of shape {(len(atom), len(atom))}, as the state is; got {o.shape}")
    made = o @ atom
    mean, total = complex(atom.conj() @ made), float(np.vdot(made, made).real)
    together = abs(mean * np.exp(1j * phi).sum()) ** 2
    return together + len(phi) * max(total - abs(mean) ** 2, 0.0)


@representable
def net_weight(state: object, lower: int, upper: int, count: int) -> float:
    """Excitations minus de-excitations of N equal atoms, in units of the rate of one, at one phase space for both.

    N (rho_lower - rho_upper): [B, B^dagger] is a sum over single atoms, so that no state of any kind lets the net
    exchange of quanta grow faster than N; what grows as N^2 is their number. ``state`` as in :func:`transition_weight`,
    ``count`` N >= 1. Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from the commutator of B and its adjoint.

    >>> print(f"{net_weight([1.0, 0.0], 0, 1, count=100):.0f}")
    100
    """
    atom, n = _state(state), integer("count", count, 1)
    filled = np.abs(atom) ** 2
    low, high = (integer(name, value, 0, len(atom) - 1) for name, value in (("lower", lower), ("upper", upper)))
    return n * float(filled[low] - filled[high])


def _state(value: object) -> np.ndarray:
    atom = finite_complex("state", value)
    if atom.ndim != 1 or not 1 <= len(atom) <= MOST_LEVELS or not math.isclose(np.linalg.norm(atom), 1, abs_tol=UNIT):
        raise DomainError(f"state must be a vector of 1 to {MOST_LEVELS} amplitudes of norm 1; got {value!r}")
    return atom


@representable
def largest_emission(count: int, carrier: str) -> float:
    """Largest rate of any state of N two-level atoms that emit one quantum, over that of one atom; by diagonalisation.

    ``carrier`` "pair": the atoms stay what they are, as in scattering nu_i -> nu_j or with photons, and their lowering
    operators commute, (N/2)(N/2 + 1) or ((N + 1)/2)^2. "fermion": each atom turns from boson to fermion, the operators
    anticommute, {B, B^dagger} = N, and no state gives more than N. ``count`` N from 1 to 8. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: R. H. Dicke, Phys. Rev. 93 (1954) 99; abstract of 2510.21705.

    >>> print(largest_emission(6, "pair"), largest_emission(6, "fermion"))
    12.0 6.0
    """
    n = integer("count", count, 1, 8)
    string = np.diag([1.0, -1.0]) if one_of("carrier", carrier, ("pair", "fermion")) == "fermion" else np.eye(2)
    lower, total = transition_operator(1, 0, 2), np.zeros((2**n, 2**n))
    for chosen in range(n):
        factors = [string] * chosen + [lower] + [np.eye(2)] * (n - 1 - chosen)
        total += reduce(np.kron, factors)
    return round(float(np.linalg.eigvalsh(total.T @ total)[-1]), 9)
