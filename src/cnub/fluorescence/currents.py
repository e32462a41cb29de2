"""Neutrino currents from explicit spinors, any masses and momenta, Dirac and Majorana: Eqs. (5)-(11) of 2507.10868v1.

Dirac representation, metric (+,-,-,-), spinors normalised to u^dagger u = 2E, antiparticle spinors v = i gamma^2 u^*.
The operator of Eq. (5) contracted with one neutrino in and one out leaves u-bar_j Gamma u_i, and for a Majorana field
also v-bar_i Gamma v_j. The paper adds the two (Eq. 7). Exchanging two fermion operators and C_ji = C_ij^* make it
u-bar_j Gamma u_i - (C_ij^*/C_ij) v-bar_i Gamma v_j; ``phase`` is that of the second term, 0 in the paper and
pi - 2 arg C_ij in general, Majorana phases included. It matters only where nu_j is slow.
"""

from __future__ import annotations

import cmath
import math
from functools import reduce

import numpy as np

from cnub.domain import (
    DomainError,
    finite,
    finite_array,
    finite_complex,
    integer,
    non_negative,
    one_of,
    positive,
    representable,
)
from cnub.oscillation import NATURES

PAULI = np.array([[[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]]])
_ZERO, _ONE = np.zeros((2, 2)), np.eye(2)
GAMMA = np.array([np.block([[_ONE, _ZERO], [_ZERO, -_ONE]])] + [np.block([[_ZERO, s], [-s, _ZERO]]) for s in PAULI])
GAMMA_5 = np.block([[_ZERO, _ONE], [_ONE, _ZERO]]).astype(complex)
_VERTEX = GAMMA[0] @ GAMMA @ (np.eye(4) - GAMMA_5)
"""gamma^0 gamma^mu (1 - gamma_5), so that the current is u_j^dagger _VERTEX u_i."""
_SPINS = np.eye(2, dtype=complex)


@representable
def helicity_spinor(direction: np.ndarray, sign: int) -> np.ndarray:
    """Two-spinor with spin ``sign`` (+1 or -1) along ``direction`` (3-vector, any length > 0)."""
    n = _direction("direction", direction)
    if integer("sign", sign, -1, 1) == 0:
        raise DomainError("sign must be +1 or -1; got 0")
    n = sign * n
    if n[2] > -1 + 1e-15:
        spinor = np.array([1 + n[2], n[0] + 1j * n[1]])
    else:
        spinor = np.array([0.0, 1.0 + 0j])
    return spinor / np.linalg.norm(spinor)


@representable
def u_spinor(mass: float, momentum: np.ndarray, spin: np.ndarray) -> np.ndarray:
    """Dirac spinor u(p, s), u^dagger u = 2E; ``mass`` and ``momentum`` (3,) in eV, ``spin`` a unit two-spinor.

    Raises :class:`cnub.DomainError` on a negative mass, a neutrino without energy, or a spin that is not normalised.
    """
    return _spinor("", mass, momentum, spin)


@representable
def v_spinor(mass: float, momentum: np.ndarray, spin: np.ndarray) -> np.ndarray:
    """Charge conjugate v = i gamma^2 u^* of :func:`u_spinor`, same arguments."""
    return 1j * GAMMA[2] @ u_spinor(mass, momentum, spin).conj()


@representable
def dirac_current(
    m_i: float, p_i: np.ndarray, spin_i: np.ndarray, m_j: float, p_j: np.ndarray, spin_j: np.ndarray
) -> np.ndarray:
    """j^mu = u-bar_j gamma^mu (1 - gamma_5) u_i, complex (4,), Eq. (6); arguments as :func:`u_spinor`, in eV.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: Eq. (6) of 2507.10868v1.

    >>> up, at_rest, fast = [1.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, -0.025]
    >>> print(f"{abs(dirac_current(0.05, at_rest, up, 0.0, fast, up)[0]):.3f}")
    0.100
    """
    return _sandwich(_spinor("_j", m_j, p_j, spin_j), _spinor("_i", m_i, p_i, spin_i))


@representable
def majorana_current(
    m_i: float, p_i: np.ndarray, spin_i: np.ndarray, m_j: float, p_j: np.ndarray, spin_j: np.ndarray, phase: float = 0.0
) -> np.ndarray:
    """j^mu = u-bar_j Gamma^mu u_i + e^(i phase) v-bar_i Gamma^mu v_j, complex (4,); Eq. (7) is ``phase`` = 0.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: Eq. (7) of 2507.10868v1.

    >>> up, at_rest, slow = [1.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 1e-6]
    >>> print(f"{abs(majorana_current(0.05, at_rest, up, 0.049, slow, up)[0]):.4f}")
    0.1980
    """
    first = dirac_current(m_i, p_i, spin_i, m_j, p_j, spin_j)
    second = _sandwich(v_spinor(m_i, p_i, spin_i), v_spinor(m_j, p_j, spin_j))
    return first + cmath.exp(1j * finite("phase", phase)) * second


@representable
def contracted_current(
    m_i: float,
    p_i: np.ndarray,
    spin_i: np.ndarray,
    m_j: float,
    p_j: np.ndarray,
    spin_j: np.ndarray,
    nature: str = "dirac",
) -> np.ndarray:
    """<p_j|j^mu|p_i> of the operator of Eq. (5) with its ladder operators as matrices, complex (4,); C_ij real.

    Arguments as :func:`u_spinor`. For ``nature`` "majorana" the antiparticle's operators are the particle's, b = a, and
    the sign of the second contraction is what their anticommutation makes it. Raises :class:`cnub.DomainError` outside
    these ranges.

    Source: Eq. (5) of 2507.10868v1.

    >>> up, at_rest, fast = [1.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.025]
    >>> current = contracted_current(0.05, at_rest, up, 0.0, fast, up)
    >>> print(np.allclose(current, dirac_current(0.05, at_rest, up, 0.0, fast, up)))
    True
    """
    a_i, a_j, b_i, b_j = _fermion_modes(4)
    if one_of("nature", nature, NATURES) == "majorana":
        b_i, b_j = a_i, a_j
    into, out = a_i.T[:, 0], a_j.T[:, 0]
    first = dirac_current(m_i, p_i, spin_i, m_j, p_j, spin_j)
    second = _sandwich(v_spinor(m_i, p_i, spin_i), v_spinor(m_j, p_j, spin_j))
    return (out @ a_j.T @ a_i @ into) * first + (out @ b_i @ b_j.T @ into) * second


@representable
def relativistic_current(m_i: float, energy_j: float, spin_i: np.ndarray, direction_j: np.ndarray) -> np.ndarray:
    """Eqs. (8), (9): 2 sqrt(2 m_i E_j) (<down|s_i>, -<down|sigma|s_i>), nu_i at rest, nu_j fast.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: Eqs. (8), (9) of 2507.10868v1.

    >>> print(f"{relativistic_current(0.05, 0.025, spin_i=[0.0, 1.0], direction_j=[0.0, 0.0, 1.0])[0].real:.3f}")
    0.100
    """
    left = helicity_spinor(_direction("direction_j", direction_j), -1).conj()
    scale = 2 * math.sqrt(2 * positive("m_i", m_i) * positive("energy_j", energy_j))
    return scale * _spin_matrix_elements(left, _unit_spinor("spin_i", spin_i))


@representable
def nonrelativistic_current(m_i: float, m_j: float, spin_i: np.ndarray, spin_j: np.ndarray) -> np.ndarray:
    """Eqs. (10), (11): 2 sqrt(m_i m_j) (<s_j|s_i>, -<s_j|sigma|s_i>), both neutrinos at rest; masses in eV, > 0.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: Eqs. (10), (11) of 2507.10868v1.

    >>> print(f"{nonrelativistic_current(0.05, 0.049, spin_i=[1.0, 0.0], spin_j=[1.0, 0.0])[0].real:.4f}")
    0.0990
    """
    scale = 2 * math.sqrt(positive("m_i", m_i) * positive("m_j", m_j))
    return scale * _spin_matrix_elements(_unit_spinor("spin_j", spin_j).conj(), _unit_spinor("spin_i", spin_i))


@representable
def spin_averaged_tensor(
    m_i: float, p_i: np.ndarray, m_j: float, p_j: np.ndarray, nature: str = "dirac", phase: float = 0.0
) -> np.ndarray:
    """T^(mu nu) = (1/2) sum over spins of j^mu j^nu* from explicit spinors, complex (4, 4), in eV^2.

    Masses in eV (>= 0), momenta ``p_i`` and ``p_j`` (3,) in eV; ``nature`` "dirac" (Eq. 6) or "majorana" (Eq. 7 with
    ``phase`` as in :func:`majorana_current`).
    """
    one_of("nature", nature, NATURES)
    phase = finite("phase", phase)
    total = np.zeros((4, 4), dtype=complex)
    for spin_i in _SPINS:
        for spin_j in _SPINS:
            if nature == "dirac":
                j = dirac_current(m_i, p_i, spin_i, m_j, p_j, spin_j)
            else:
                j = majorana_current(m_i, p_i, spin_i, m_j, p_j, spin_j, phase)
            total += 0.5 * np.outer(j, j.conj())
    return total


def dirac_tensors(m_i: float, m_j: float, p_j: np.ndarray) -> np.ndarray:
    """:func:`spin_averaged_tensor` of a Dirac nu_i at rest and each of many ``p_j`` (N, 3) in eV, complex (N, 4, 4)."""
    into = [_bispinor(m_i, np.zeros(3), np.asarray(spin)) for spin in _SPINS]
    out = [_bispinor(m_j, p_j, np.asarray(spin)) for spin in _SPINS]
    currents = np.array([_sandwich(bra, ket) for ket in into for bra in out])
    return 0.5 * np.einsum("snm,snk->nmk", currents, currents.conj())


@representable
def trace_tensor(m_i: float, p_i: np.ndarray, m_j: float, p_j: np.ndarray) -> np.ndarray:
    """The Dirac one by traces: 4 [p_i^mu p_j^nu + p_i^nu p_j^mu - g^(mu nu) p_i.p_j + i eps^(mu nu a b) p_ia p_jb].

    ``p_i`` and ``p_j`` (3,) in eV; the sign of the last term is that of eps^(0123) = +1 with j^mu j^nu*.
    """
    p, q = _four_momentum("_i", m_i, p_i), _four_momentum("_j", m_j, p_j)
    metric = np.diag([1.0, -1, -1, -1])
    product = p @ metric @ q
    antisymmetric = np.einsum("mnab,a,b->mn", LEVI_CIVITA, metric @ p, metric @ q)
    return 4 * (np.outer(p, q) + np.outer(q, p) - metric * product + 1j * antisymmetric)


def _levi_civita():
    eps = np.zeros((4, 4, 4, 4))
    for index in np.ndindex(4, 4, 4, 4):
        if len(set(index)) == 4:
            eps[index] = np.linalg.det(np.eye(4)[list(index)])
    return eps


LEVI_CIVITA = _levi_civita()
"""eps^(mu nu alpha beta) with eps^(0123) = +1."""


def _fermion_modes(count):
    """Annihilation operators of ``count`` modes on a Jordan-Wigner chain; the vacuum is the first basis vector."""
    lower, sign = np.array([[0.0, 1.0], [0.0, 0.0]]), np.diag([1.0, -1.0])
    factors = [[sign] * n + [lower] + [np.eye(2)] * (count - n - 1) for n in range(count)]
    return [reduce(np.kron, chain) for chain in factors]


def _spinor(label, mass, momentum, spin):
    """u(p, s) of the neutrino whose arguments carry ``label``, so that a refusal names what the caller gave."""
    p, m = _four_momentum(label, mass, momentum), float(mass)
    chi = _unit_spinor(f"spin{label}", spin)
    if not p[0] > 0:
        names = (f"m{label}", f"p{label}") if label else ("mass", "momentum")
        raise DomainError(f"{' and '.join(names)} must not both vanish; got an energy of 0")
    return _bispinor(m, p[1:], chi)


def _bispinor(mass, momentum, chi):
    """u(p, s) for momenta (..., 3)."""
    root = np.sqrt(np.sqrt(mass**2 + np.sum(momentum**2, axis=-1)) + mass)[..., None]
    return np.concatenate([root * chi, np.einsum("...a,abc,c->...b", momentum, PAULI, chi) / root], axis=-1)


def _sandwich(out, into):
    return np.einsum("...a,mab,...b->...m", out.conj(), _VERTEX, into)


def _spin_matrix_elements(bra, ket):
    return np.concatenate([[bra @ ket], -np.einsum("a,nab,b->n", bra, PAULI, ket)])


def _four_momentum(label, mass, momentum):
    names = (f"m{label}", f"p{label}") if label else ("mass", "momentum")
    m, p = non_negative(names[0], mass), _vector(names[1], momentum)
    return np.concatenate([[math.sqrt(m**2 + float(p @ p))], p])


def _vector(name, value):
    vector = finite_array(name, value)
    if vector.shape != (3,):
        raise DomainError(f"{name} must have three components; got shape {vector.shape}")
    return vector


def _direction(name, value):
    vector = _vector(name, value)
    largest = np.abs(vector).max()
    if largest == 0:
        raise DomainError(f"{name} must not be zero; got {value!r}")
    vector = vector / largest  # its square neither overflows nor vanishes
    return vector / np.linalg.norm(vector)


def _unit_spinor(name, value):
    spinor = finite_complex(name, value)
    if spinor.shape != (2,) or abs(np.linalg.norm(spinor) - 1) > 1e-12:
        raise DomainError(f"{name} must be a two-spinor of norm 1; got {value!r}")
    return spinor
