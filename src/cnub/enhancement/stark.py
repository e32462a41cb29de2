"""Parity mixing by a static electric field: one level that the neutrino reaches by M1 and that radiates by E1.

Sec. III of 2507.10868v1, "Configuration mixing". Two excited states of opposite parity, |+> (M1 from the ground state)
and |-> (E1), lie ``gap`` apart and are coupled by d F. In the eigenstate next to |+> the neutrino finds the amplitude
cos(theta), the photon cos(theta) d_M1 and sin(theta) d_E1; tan(2 theta) = 2 d F/gap.
"""

from __future__ import annotations

import math

import numpy as np

from cnub.constants import BOHR_RADIUS, ELECTRON_CHARGE, FINE_STRUCTURE, VOLT_PER_METRE
from cnub.domain import DomainError, non_negative, positive, representable, within

ATOMIC_DIPOLE = ELECTRON_CHARGE * BOHR_RADIUS
"""e a_0 in 1/eV."""
PAPER_RATIO = 1 / FINE_STRUCTURE
"""|d_E1/d_M1| with the paper's d_E1 = e/(alpha m_e) and d_M1 = e/m_e; twice that with the Bohr magneton."""


@representable
def stark_hamiltonian(field_V_per_m: float, gap: float, dipole: float = ATOMIC_DIPOLE) -> np.ndarray:
    """The 2 x 2 Hamiltonian in eV of |+>, |-> in a static field (V/m): energies 0 and ``gap`` (eV), coupling -d F.

    ``dipole`` in 1/eV. Raises :class:`cnub.DomainError` unless field >= 0, gap > 0 and dipole > 0.

    Source: Section III of 2507.10868v1.

    >>> print(stark_hamiltonian(field_V_per_m=1e5, gap=1e-3).diagonal())
    [0.    0.001]
    """
    coupling = positive("dipole", dipole) * non_negative("field_V_per_m", field_V_per_m) * VOLT_PER_METRE
    return np.array([[0.0, -coupling], [-coupling, positive("gap", gap)]])


@representable
def mixing_angle(field_V_per_m: float, gap: float, dipole: float = ATOMIC_DIPOLE) -> float:
    """theta in [0, pi/4): arctan(2 d F/gap)/2; arguments as :func:`stark_hamiltonian`.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: Section III of 2507.10868v1.

    >>> print(f"{mixing_angle(field_for_mixing(0.1, gap=1e-3), gap=1e-3):.3f}")
    0.100
    """
    hamiltonian = stark_hamiltonian(field_V_per_m, gap, dipole)
    return 0.5 * math.atan2(-2 * hamiltonian[0, 1], hamiltonian[1, 1])


@representable
def stark_enhancement(
    field_V_per_m: float, gap: float, dipole: float = ATOMIC_DIPOLE, ratio: float = PAPER_RATIO
) -> float:
    """Rate over that of the pure M1 transition at zero field, cos^2 (cos^2 + ratio^2 sin^2).

    ``ratio`` = |d_E1/d_M1| (> 0); the interference of E1 and M1, odd in the field, averages out over the photon's
    polarization. From the eigenvectors of :func:`stark_hamiltonian`; at most about ratio^2/4, at theta = pi/4. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: Section III of 2507.10868v1.

    >>> print(f"{stark_enhancement(field_V_per_m=0.0, gap=1e-3):.3f}")
    1.000
    """
    _, vectors = np.linalg.eigh(stark_hamiltonian(field_V_per_m, gap, dipole))
    even, odd = vectors[:, 0] ** 2
    return float(even * (even + positive("ratio", ratio) ** 2 * odd))


@representable
def field_for_mixing(angle: float, gap: float, dipole: float = ATOMIC_DIPOLE) -> float:
    """Field in V/m that mixes by ``angle`` (rad, in (0, pi/4)): F = gap tan(2 theta)/(2 d).

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: Section III of 2507.10868v1.

    >>> print(f"{field_for_mixing(angle=0.1, gap=1e-3):.2e}")
    1.92e+06
    """
    angle = within("angle", angle, 0.0, math.pi / 4)
    if not 0 < angle < math.pi / 4:
        raise DomainError(f"angle must be > 0 and < pi/4, which no field reaches; got {angle!r}")
    return positive("gap", gap) * math.tan(2 * angle) / (2 * positive("dipole", dipole) * VOLT_PER_METRE)
