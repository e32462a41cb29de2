"""The rate by numerical phase-space integration, and the form factor f_theta that it leaves to Eqs. (17) and (22).

The transition enters through the tensor Q_ab = <a_a b_b>, averaged over the dipoles of the target: the neutrino couples
to a (x_vg/|x_vg| or sigma_vg), the photon to b (d_gv/|d_vg|), and since the medium radiates in phase it is amplitudes
that are averaged. E1: omega j^0 q.Q.eps*, q = p_i - p_j';  M1: j.Q.(k x eps*). For a neutrino at rest

    f_theta = (1/8 pi) int dOmega g,   g = sum |q.Q.eps|^2/k^2   or   sum |j.Q.(k x eps)|^2/(4 m_i E_j' k^2).
"""

from __future__ import annotations

import math
import reprlib

import numpy as np

from cnub.constants import ELECTRON_CHARGE, FERMI_CONSTANT
from cnub.domain import (
    DomainError,
    finite_array,
    finite_complex,
    integer,
    non_negative,
    one_of,
    positive,
    representable,
)
from cnub.faces import later
from cnub.fluorescence.channels import TRANSITIONS, Channel, channel
from cnub.fluorescence.currents import dirac_tensors
from cnub.fluorescence.kinematics import intersections

lebedev_rule = later("scipy.integrate", "lebedev_rule")

UNIT = 1e-9
"""How far the square of a unit vector may be from one."""
DIPOLES = {
    "polarized": np.diag([0.0, 0.0, 1.0]).astype(complex),
    "isotropic": np.eye(3, dtype=complex) / 3,
    "spin flip": np.outer([1, -1j, 0], [1, 1j, 0]) / 2,
}
"""Q for a and b along z; for a parallel to b in random directions; for a free spin flipped along its axis z.

In the last sigma_vg = (1, -i, 0) and d_gv = mu_B (1, i, 0): |sigma_vg| |d_gv| = 2 mu_B = e/m_e, the paper's, and Q
is made of unit vectors.
"""

CLOSED_FORM = {
    ("E1", "polarized"): 1 / 15,
    ("E1", "isotropic"): 0.0,
    ("M1", "polarized"): 1 / 3,
    ("M1", "isotropic"): 1 / 9,
    ("M1", "spin flip"): 1 / 3,
}
"""f_theta of a uniform target by hand: (1/8 pi) int cos^2 sin^2, 0 because q || k, (1/8 pi) int sin^2, and so on."""
ATTAINABLE = {"E1": 2 / 15, "M1": 1 / 3}
"""Largest f_theta of a uniform target, any a and b: b circular or linear for M1, a across b for E1."""
HIGHEST_FORM_FACTOR = 1.0
"""That of Eqs. (17) and (22) as the paper quotes its rates; no uniform target attains it."""

LEBEDEV_DEGREES = (*range(3, 33, 2), *range(35, 132, 6))
"""Degrees of the rules that there are, 6 to 5810 directions; the last takes a minute."""
UNIFORM_DEGREE = 11
"""Degree of Lebedev's rule for a uniform target: the currents are of degree 2 in the direction, as is each vertex."""


def dipole_tensor(dipoles: str | np.ndarray) -> np.ndarray:
    """Q, complex (3, 3): a name in :data:`DIPOLES` or the tensor itself; raises :class:`cnub.DomainError` otherwise."""
    if isinstance(dipoles, str):
        return DIPOLES[one_of("dipoles", dipoles, DIPOLES)]
    tensor = finite_complex("dipoles", dipoles)
    if tensor.shape != (3, 3):
        raise DomainError(f"dipoles must be a name or a finite (3, 3) tensor; got shape {tensor.shape}")
    return tensor


@representable
def phase_space_rate(
    transition: str,
    chosen: Channel,
    density: float,
    dipole: float,
    resonance: float,
    dipoles: str | np.ndarray = "polarized",
    grating: np.ndarray | None = None,
    degree: int = 31,
) -> float:
    """Gamma in eV of a neutrino at rest by integrating Eq. (16) over angles, with explicit spinors and Eqs. (15), (21).

    ``density`` of dipoles in eV^3, ``dipole`` = |d_vg| in 1/eV, ``resonance`` in eV^-2 (taken constant), ``dipoles`` as
    :func:`dipole_tensor`. ``grating`` = D in eV, (3,), adds the orders +-D of a density n_d [1 + cos(D.x)] (text below
    Eq. 14). Light as in vacuum; ``degree`` (3 to 131): Lebedev's rule is exact for spherical harmonics up to
    it, and ``UNIFORM_DEGREE`` will do without a grating. Raises :class:`cnub.DomainError` outside physics, or if
    |D| >= sqrt(m_i^2 - m_j^2) closes the channel.

    Source: Eq. (16) of 2507.10868v1.

    >>> factors = {"density": 4.6e9, "dipole": dipole_moment("M1"), "resonance": 1e14}
    >>> print(f'{phase_space_rate("M1", channel("NO"), **factors):.2e}')
    6.33e-34
    """
    strength = _strength(one_of("transition", transition, TRANSITIONS), chosen, density, dipole, resonance)
    tensor = dipole_tensor(dipoles)
    directions, weights = _sphere(integer("degree", degree, 3, LEBEDEV_DEGREES[-1]))
    total = sum(
        amplitude**2 * (_differential(transition, chosen, tensor, directions, shift) @ weights)
        for amplitude, shift in _orders(grating, chosen)
    )
    return float(strength * total)


@representable
def form_factor(transition: str, dipoles: str | np.ndarray = "polarized", chosen: Channel | None = None) -> float:
    """f_theta of a uniform target by numerical integration over the photon's direction, explicit spinors.

    ``dipoles`` as :func:`dipole_tensor`; ``chosen`` the channel (default: nu_3 -> nu_1 of NO), which matters only for
    the odd part in the spin-flip emission, and so not for f_theta. 2507.10868v1, below Eqs. (17) and (22). Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: text below Eqs. (17) and (22) of 2507.10868v1.

    >>> print(f'{form_factor("M1", "polarized"):.4f}')
    0.3333
    """
    found = chosen or channel("NO")
    directions, weights = _sphere(UNIFORM_DEGREE)
    g = emission_pattern(transition, dipoles, directions, found)
    return float(g @ weights) / (8 * math.pi)


@representable
def emission_pattern(transition: str, dipoles: str | np.ndarray, directions: np.ndarray, chosen: Channel) -> np.ndarray:
    """g at photon ``directions`` (N, 3), unit vectors: dGamma/dOmega = g Gamma(f_theta = 1)/(8 pi), shape (N,)."""
    one_of("transition", transition, TRANSITIONS)
    directions = finite_array("directions", directions)
    if directions.ndim != 2 or directions.shape[1] != 3:
        raise DomainError(f"directions must be of shape (N, 3); got shape {directions.shape}")
    if not np.allclose(np.sum(directions**2, axis=1), 1.0, rtol=0.0, atol=UNIT):
        raise DomainError(f"directions must be unit vectors; got {reprlib.repr(directions.tolist())}")
    k, out = chosen.photon_energy, chosen.initial_mass - chosen.photon_energy
    contracted = _contracted(transition, chosen, dipole_tensor(dipoles), k * directions, -k * directions)
    return contracted / (4 * chosen.initial_mass * out * k**2)


def _strength(transition, chosen, density, dipole, resonance):
    """Everything of |M|^2/(32 pi^2 m_i) that does not depend on the direction."""
    coupling = positive("dipole", dipole) ** 2 / (ELECTRON_CHARGE if transition == "E1" else 1.0)
    common = FERMI_CONSTANT**2 * chosen.mixing / 2 * (positive("density", density) * coupling) ** 2
    if transition == "M1":
        common /= positive("dipole", dipole) ** 2
    return common * non_negative("resonance", resonance) / (32 * math.pi**2 * chosen.initial_mass)


def _orders(grating, chosen):
    """(amplitude, D) of the orders of the density: 1 and, with a grating, 1/2 at each of +-D."""
    if grating is None:
        return [(1.0, np.zeros(3))]
    D = finite_array("grating", grating)
    if D.shape != (3,) or not D @ D < chosen.initial_mass**2 - chosen.final_mass**2:
        raise DomainError("grating must have three components and |D|^2 < m_i^2 - m_j^2, or the channel is closed")
    return [(1.0, np.zeros(3)), (0.5, D), (0.5, -D)]


def _differential(transition, chosen, tensor, directions, shift):
    """k^2 D_k/(E_j' omega) times the contracted currents, at each direction; p_j' = D - k."""
    k = _photon_momentum(chosen, directions, shift)
    photon = k[:, None] * directions
    recoil = shift - photon
    energy = np.sqrt(chosen.final_mass**2 + np.einsum("na,na->n", recoil, recoil))
    depth = 1 / np.abs(1 + (k - directions @ shift) / energy)
    contracted = _contracted(transition, chosen, tensor, photon, recoil)
    if transition == "E1":
        contracted = contracted * k**2
    return k * depth / energy * contracted


def _photon_momentum(chosen, directions, shift):
    """k from omega + E_j'(|D - k|) = m_i, light as in vacuum: by root finding, or in closed form with a grating."""
    if not shift.any():
        return np.full(len(directions), intersections(chosen)[0].momentum)
    split = chosen.initial_mass**2 - chosen.final_mass**2 - shift @ shift
    return split / (2 * (chosen.initial_mass - directions @ shift))


def _contracted(transition, chosen, tensor, photon, recoil):
    """Spin-averaged, polarisation-summed |j^0 q.Q.eps*|^2 or |j.Q.(k x eps*)|^2 in eV^4, per photon momentum (N, 3)."""
    masses = chosen.initial_mass, chosen.final_mass
    currents = dirac_tensors(*masses, recoil)
    basis = _polarizations(photon)
    if transition == "E1":
        amplitudes = np.einsum("na,ab,snb->sn", recoil, tensor, basis)
        return currents[:, 0, 0].real * np.sum(np.abs(amplitudes) ** 2, axis=0)
    vectors = np.cross(photon, basis) @ tensor.T
    return np.einsum("sna,nab,snb->n", vectors, currents[:, 1:, 1:], vectors.conj()).real


def _polarizations(k):
    """Two unit vectors across each photon momentum: (2, N, 3)."""
    axes = np.eye(3)[np.argmin(np.abs(k), axis=1)]
    first = np.cross(k, axes)
    first /= np.linalg.norm(first, axis=1, keepdims=True)
    return np.stack([first, np.cross(k, first) / np.linalg.norm(k, axis=1, keepdims=True)])


def _sphere(degree):
    """Unit vectors (N, 3) and weights that sum to 4 pi, exact for spherical harmonics up to ``degree`` at least."""
    directions, weights = lebedev_rule(next(d for d in LEBEDEV_DEGREES if d >= degree))
    return directions.T, weights
