"""Electric susceptibilities of a medium from its levels and dipoles (Appendix A of 2507.10868v1).

The field is a sum of plane waves, E(t) = sum_i E_i exp(-i w_i t) over positive **and** negative frequencies with
E(-w) = E(w)^*. With both signs kept, Eqs. (A2)-(A6) hold as printed and contain the counter-rotating terms too: for
the levels alone they are the exact second order of perturbation theory without damping. Heaviside-Lorentz units:
dipoles in 1/eV, fields in eV^2, densities in eV^3; chi^(1) is a number and chi^(2) is in eV^-2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from cnub.constants import BOHR_RADIUS, ELECTRON_CHARGE
from cnub.domain import DomainError, finite, finite_array, positive, representable

RESONANCE_GUARD = 1e-12
"""A denominator below this fraction of the level energy is a resonance, where undamped perturbation theory ends."""

Wave = tuple[float, Sequence[complex]]
"""A frequency in eV and the complex amplitude (3) in eV^2 of its exp(-i omega t) part."""


@dataclass(frozen=True)
class Levels:
    """A medium's radiant: ``energies`` (M) in eV, ground state first at 0, and ``dipoles`` (3, M, M) in 1/eV.

    Raises :class:`cnub.DomainError` unless the ground state lies at 0 and lowest, and the dipoles are Hermitian.
    """

    energies: np.ndarray
    dipoles: np.ndarray

    def __post_init__(self) -> None:
        energies = finite_array("energies", self.energies)
        dipoles = np.asarray(self.dipoles, dtype=complex)
        if energies.ndim != 1 or energies.size < 2 or energies[0] != 0 or not (energies[1:] > 0).all():
            raise DomainError(f"energies must be 0 for the ground state, then > 0; got {energies.tolist()}")
        if dipoles.shape != (3, energies.size, energies.size):
            raise DomainError(f"dipoles must be of shape (3, M, M) with M = {energies.size}; got {dipoles.shape}")
        if not np.allclose(dipoles, dipoles.conj().swapaxes(1, 2), rtol=1e-12, atol=0):
            raise DomainError("dipoles must be Hermitian in the levels, d_vg = d_gv^*; got one that is not")
        object.__setattr__(self, "energies", energies)
        object.__setattr__(self, "dipoles", dipoles)

    @property
    def excited(self) -> np.ndarray:
        """Energies E_vg of the excited states in eV."""
        return self.energies[1:]

    @property
    def to_excited(self) -> np.ndarray:
        """d_vg, shape (3, M - 1)."""
        return self.dipoles[:, 1:, 0]

    @property
    def between_excited(self) -> np.ndarray:
        """d_vv' - d_gg delta_vv', shape (3, M - 1, M - 1): a dipole shared by all states adds a constant only."""
        inner = self.dipoles[:, 1:, 1:].copy()
        diagonal = np.arange(inner.shape[1])
        inner[:, diagonal, diagonal] -= self.dipoles[:, 0, 0][:, None]
        return inner


def polar_molecule() -> Levels:
    """A model: ground state, 3.5 eV and 5.5 eV, dipoles of order e a_0 along z, all three connected (Fig. 3b).

    The size is that of a small polar molecule; it stands for no particular one.

    Source: Appendix A of 2507.10868v1.

    >>> print(polar_molecule().energies)
    [0.  3.5 5.5]
    """
    along_z = np.array([[0.0, 1.2, 0.5], [1.2, 1.5, 0.9], [0.5, 0.9, 0.4]]) * ELECTRON_CHARGE * BOHR_RADIUS
    return Levels(np.array([0.0, 3.5, 5.5]), np.array([0 * along_z, 0 * along_z, along_z]))


def polarization_series(field: np.ndarray, *chis: np.ndarray) -> np.ndarray:
    """P_i = chi1_ij E_j + chi2_ijk E_j E_k + chi3_ijkl E_j E_k E_l + ..., Eq. (A1).

    ``field`` (3) in eV^2; ``chis`` of shapes (3, 3), (3, 3, 3), ...; returns P (3) in eV^2. Raises
    :class:`cnub.DomainError` on other shapes.

    Source: Eq. (A1) of 2507.10868v1.

    >>> field = np.array([1.0, 0.0, 0.0])
    >>> print(polarization_series(field, 0.5 * np.eye(3)))
    [0.5 0.  0. ]
    """
    field = finite_array("field", field)
    total = np.zeros(3)
    for order, chi in enumerate(chis, start=1):
        tensor = finite_array("chi", chi)
        if tensor.shape != (3,) * (order + 1):
            raise DomainError(f"chi of order {order} must be of shape {(3,) * (order + 1)}; got {tensor.shape}")
        for _ in range(order):
            tensor = tensor @ field
        total = total + tensor
    return total


@representable
def first_order_coefficient(levels: Levels, waves: Sequence[Wave], time: float) -> np.ndarray:
    """C_v^(1)(t) of every excited state (M - 1), Eq. (A2), interaction picture.

    ``waves``: frequencies (eV) and amplitudes (eV^2) of a real field; ``time`` in 1/eV. Raises
    :class:`cnub.DomainError` if a frequency sits on a level.

    Source: Eq. (A2) of 2507.10868v1.

    >>> waves = [(0.5, (0.0, 0.0, 1e-3)), (-0.5, (0.0, 0.0, 1e-3))]
    >>> print(first_order_coefficient(polar_molecule(), waves, time=0.0).shape)
    (2,)
    """
    total = np.zeros(levels.excited.size, dtype=complex)
    for omega, amplitude in _both_signs(waves):
        gap = _gap(levels, omega)
        total += (levels.to_excited.T @ amplitude) / gap * np.exp(1j * gap * finite("time", time))
    return total


@representable
def second_order_coefficient(levels: Levels, waves: Sequence[Wave], time: float) -> np.ndarray:
    """C_v^(2)(t) of every excited state (M - 1), Eq. (A5); arguments as :func:`first_order_coefficient`.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: Eq. (A5) of 2507.10868v1.

    >>> waves = [(0.5, (0.0, 0.0, 1e-3)), (-0.5, (0.0, 0.0, 1e-3))]
    >>> print(second_order_coefficient(polar_molecule(), waves, time=0.0).shape)
    (2,)
    """
    total = np.zeros(levels.excited.size, dtype=complex)
    inner = levels.between_excited
    both = _both_signs(waves)
    for omega_i, first in both:
        step = (levels.to_excited.T @ first) / _gap(levels, omega_i)
        for omega_j, second in both:
            gap = _gap(levels, omega_i + omega_j)
            total += np.einsum("kvw,k,w->v", inner, second, step) / gap * np.exp(1j * gap * finite("time", time))
    return total


@representable
def linear_dipole(levels: Levels, waves: Sequence[Wave], time: float) -> np.ndarray:
    """<d>^(1)(t) (3) in 1/eV of one radiant, Eq. (A3); arguments as :func:`first_order_coefficient`.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: Eq. (A3) of 2507.10868v1.

    >>> waves = [(0.5, (0.0, 0.0, 1e-3)), (-0.5, (0.0, 0.0, 1e-3))]
    >>> print(linear_dipole(polar_molecule(), waves, time=0.0)[:2])
    [0. 0.]
    """
    time = finite("time", time)
    amplitude = first_order_coefficient(levels, waves, time) * np.exp(-1j * levels.excited * time)
    return 2 * (levels.to_excited.conj() @ amplitude).real


@representable
def two_photon_hamiltonian(levels: Levels, density: float, waves: Sequence[Wave], time: float) -> float:
    """H_2gamma^(1)(t) in eV^4, the energy density coupling two photons, Eq. (A4); ``density`` n_d in eV^3.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: Eq. (A4) of 2507.10868v1.

    >>> waves = [(0.5, (0.0, 0.0, 1e-3)), (-0.5, (0.0, 0.0, 1e-3))]
    >>> print(two_photon_hamiltonian(polar_molecule(), 4.6e9, waves, time=0.0) < 0)
    True
    """
    density = positive("density", density)
    both = _both_signs(waves)
    total = 0.0
    for omega_i, first in both:
        excited = levels.to_excited.T @ first
        for omega_j, second in both:
            back = levels.to_excited.conj().T @ second
            phase = np.exp(-1j * (omega_i + omega_j) * finite("time", time))
            total += 2 * density * (np.sum(back * excited / -_gap(levels, omega_i)) * phase).real
    return float(total)


@representable
def second_order_polarization(levels: Levels, density: float, waves: Sequence[Wave], time: float) -> np.ndarray:
    """P^(2)(t) (3) in eV^2, Eq. (A6), in the interaction picture; ``density`` n_d in eV^3.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: Eq. (A6) of 2507.10868v1.

    >>> waves = [(0.5, (0.0, 0.0, 1e-3)), (-0.5, (0.0, 0.0, 1e-3))]
    >>> print(second_order_polarization(polar_molecule(), 4.6e9, waves, time=0.0)[:2])
    [0. 0.]
    """
    density, time = positive("density", density), finite("time", time)
    rotation = np.exp(-1j * levels.excited * time)
    first = first_order_coefficient(levels, waves, time) * rotation
    second = second_order_coefficient(levels, waves, time) * rotation
    direct = 2 * (levels.to_excited.conj() @ second).real
    return density * (direct + np.einsum("w,kwv,v->k", first.conj(), levels.between_excited, first).real)


@representable
def chi1(levels: Levels, density: float, omega: float, counter_rotating: bool = True) -> np.ndarray:
    """Linear susceptibility (3, 3) at ``omega`` (eV) for the density n_d (eV^3), from Eq. (A3) with P = chi E.

    n_d sum_v [d_gv d_vg/(E_vg - w) + (d_gv d_vg)^*/(E_vg + w)]; ``counter_rotating=False`` drops the second term.
    Raises :class:`cnub.DomainError` on a level.

    Source: Eq. (A3) of 2507.10868v1.

    >>> print(f"{index_of_chi(chi1(polar_molecule(), density=4.6e9, omega=0.5)[2, 2].real):.3f}")
    5.410
    """
    density, omega = positive("density", density), finite("omega", omega)
    pair = np.einsum("iv,jv->vij", levels.to_excited.conj(), levels.to_excited)
    terms = pair / _gap(levels, omega)[:, None, None]
    if counter_rotating:
        terms = terms + pair.conj() / _gap(levels, -omega)[:, None, None]
    return density * terms.sum(axis=0)


@representable
def chi2(levels: Levels, density: float, omega_j: float, omega_k: float, permute: bool = True) -> np.ndarray:
    """Quadratic susceptibility (3, 3, 3) in eV^-2 for E_j(omega_j) E_k(omega_k) -> P_i(omega_j + omega_k).

    (n_d/2) times the sum over the six permutations of (i, -w_j - w_k), (j, w_j), (k, w_k) of
    d^a_gn d^b_nm d^c_mg/[(E_n + w_a)(E_m - w_c)]: the explicit form that Appendix A leaves out, from Eq. (A6); Boyd,
    Nonlinear Optics, Sec. 3.2. ``permute=False`` keeps only the leading ordering of Eq. (A5). Raises
    :class:`cnub.DomainError` on a level.

    Source: Eq. (A6) of 2507.10868v1; R. W. Boyd, Nonlinear Optics (2008), section 3.2.

    >>> chi = chi2(polar_molecule(), density=4.6e9, omega_j=0.5, omega_k=0.4)
    >>> print(abs(chi[2, 2, 2]) > abs(chi[0, 0, 0]))
    True
    """
    density = positive("density", density)
    omega_j, omega_k = finite("omega_j", omega_j), finite("omega_k", omega_k)
    frequencies = (-(omega_j + omega_k), omega_j, omega_k)
    down, up, inner = levels.to_excited.conj(), levels.to_excited, levels.between_excited
    total = np.zeros((3, 3, 3), dtype=complex)
    for a, b, c in permutations(range(3)) if permute else [(0, 1, 2), (0, 2, 1)]:
        left, right = down / _gap(levels, -frequencies[a]), up / _gap(levels, frequencies[c])
        term = np.einsum("an,bnm,cm->abc", left, inner, right)
        total += term.transpose(np.argsort((a, b, c)))
    return density / 2 * total


@representable
def index_of_chi(chi: float) -> float:
    """n = sqrt(1 + Re chi^(1)) (Appendix A, below Eq. (A1)); raises :class:`cnub.DomainError` if 1 + chi < 0.

    Source: text below Eq. (A1) of 2507.10868v1.

    >>> print(index_of_chi(1.25))
    1.5
    """
    squared = 1 + finite("chi", chi)
    if squared < 0:
        raise DomainError(f"chi must be >= -1 (light does not propagate below); got {chi!r}")
    return float(np.sqrt(squared))


def _both_signs(waves):
    both = []
    for omega, amplitude in waves:
        vector = np.asarray(amplitude, dtype=complex)
        if vector.shape != (3,) or not np.isfinite(vector).all():
            raise DomainError(f"waves must have three finite components; got {amplitude!r}")
        both += [(finite("omega", omega), vector), (-omega, vector.conj())]
    return both


def _gap(levels, omega):
    gap = levels.excited - omega
    if (np.abs(gap) < RESONANCE_GUARD * levels.excited).any():
        raise DomainError(f"omega must differ from every level; got {omega:g} eV, on a level")
    return gap
