"""Eqs. (17) and (22) of 2507.10868v1 in closed form, and the factors in them that a convention chooses."""

from __future__ import annotations

import math

import numpy as np

from cnub.constants import BOHR_MAGNETON, BOHR_RADIUS, ELECTRON_CHARGE, ELECTRON_MASS, FERMI_CONSTANT
from cnub.domain import finite, non_negative, one_of, positive, representable
from cnub.fluorescence.channels import TRANSITIONS, Channel

CONVENTIONS = ("paper", "definition")


@representable
def decay_rate(
    transition: str,
    mixing: float,
    density: float,
    dipole: float,
    photon_energy: float,
    photon_momentum: float,
    resonance: float,
    D_k: float = 1.0,
    form_factor: float = 1.0,
) -> float:
    """Gamma(nu_i -> nu_j gamma) in eV: Eq. (17) for E1, Eq. (22) for M1 of 2507.10868v1.

    ``mixing`` = |U_ei^* U_ej|^2, ``density`` of dipoles in eV^3, ``dipole`` = |d_vg| in 1/eV, photon energy and
    momentum in eV, ``resonance`` = 1/[(E_vg + E_j' - E_i)^2 + Gamma_v^2/4] in eV^-2. Where |k| > omega the squared
    field is the largest that the energy of a quantum allows, :func:`field_bound` times that of the equations. Raises
    :class:`cnub.DomainError` unless all are finite and >= 0 (the photon energy and the dipole > 0).

    Source: Eqs. (17), (22) of 2507.10868v1; talk, 'Fluorescence of relic neutrinos' (E1 rate); talk, 'Fluorescence of
    relic neutrinos' (M1 rate).

    >>> print(f'{decay_rate("M1", 0.015, 4.6e9, dipole_moment("M1"), 0.025, 0.025, resonance_factor(0.0, 6.6e-8)):.2e}')
    3.46e-32
    """
    one_of("transition", transition, TRANSITIONS)
    for name, value in (("photon_energy", photon_energy), ("dipole", dipole)):
        positive(name, value)
    named = {"mixing": mixing, "density": density, "photon_momentum": photon_momentum, "resonance": resonance}
    for name, value in (named | {"D_k": D_k, "form_factor": form_factor}).items():
        non_negative(name, value)
    field = float(field_bound(photon_momentum, photon_energy)) if photon_momentum > 0 else 1.0
    common = FERMI_CONSTANT**2 * mixing / (2 * math.pi) * form_factor * density**2 * D_k * resonance * field
    if transition == "E1":
        return common * (dipole**2 / ELECTRON_CHARGE) ** 2 * photon_energy * photon_momentum**4
    return common * dipole**2 * photon_momentum**4 / photon_energy


def field_bound(k: np.ndarray | float, omega: np.ndarray | float) -> np.ndarray | float:
    """min[1, (omega/k)^2]: the largest squared field of one quantum at (k, omega) over that of Eq. (16), same for E, B.

    Eq. (16) gives one quantum in a volume V the fields |E|^2 V = omega/2 and, by Faraday's law of one plane wave,
    |B|^2 V = k^2/(2 omega). But its energy is omega, half of it magnetic: the mean of |B|^2 V is omega/2 in a lossless
    medium made of structure, eps(x) >= 1 and mu = 1, shared by all harmonics, and k dw/dk/2 <= omega/2 in a uniform
    one; the mean of |E|^2 V is at most omega/2. With |B_k| = (k/omega)|E_k| of each harmonic, the phase-matched one has
    |B_k|^2 V <= min[omega, k^2/omega]/2 and |E_k|^2 V <= min[omega, omega^3/k^2]/2: both fall by this bound.
    """
    return np.minimum(1.0, omega / k) ** 2


@representable
def resonance_factor(detuning: float, width: float) -> float:
    """1/[detuning^2 + width^2/4] in eV^-2, detuning = E_vg + E_j' - E_i in eV, width = Gamma_v > 0 in eV (Eq. 17).

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: Eqs. (17), (22) of 2507.10868v1.

    >>> print(resonance_factor(detuning=0.0, width=2.0))
    1.0
    """
    return 1 / (finite("detuning", detuning) ** 2 + positive("width", width) ** 2 / 4)


def dipole_moment(transition: str, convention: str = "paper") -> float:
    """|d_vg| in 1/eV: e/(alpha m_e) for E1; for M1 e/m_e ("paper") or the Bohr magneton e/(2 m_e) ("definition").

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: text below Eqs. (17) and (22) of 2507.10868v1.

    >>> print(f'{dipole_moment("M1") / dipole_moment("M1", "definition"):.1f}')
    2.0
    """
    one_of("transition", transition, TRANSITIONS)
    one_of("convention", convention, CONVENTIONS)
    if transition == "E1":
        return ELECTRON_CHARGE * BOHR_RADIUS
    return ELECTRON_CHARGE / ELECTRON_MASS if convention == "paper" else BOHR_MAGNETON


@representable
def phase_space_factor(chosen: Channel, photon_slope: float = 1.0) -> float:
    """D_k = 1/[d(omega + E_j')/d|k|] by definition (below Eq. 16), nu_i of ``chosen`` at rest.

    ``photon_slope`` = d omega/dk in units of c (>= 0), 1 in vacuum. Raises :class:`cnub.DomainError` outside these
    ranges.

    Source: text below Eq. (16) of 2507.10868v1.

    >>> print(f'{phase_space_factor(channel("NO")):.3f}')
    0.500
    """
    return 1 / (non_negative("photon_slope", photon_slope) + chosen.final_speed)


def spin_factor(chosen: Channel, convention: str) -> float:
    """The factor for the spin of nu_j: 1 from the exact traces, 1/2 by the paper for a non-relativistic nu_j.

    The spin-averaged |j^0|^2 and |j|^2 per component of a neutrino at rest are 4 m_i E_j at any mass of nu_j
    (:func:`cnub.fluorescence.currents.spin_averaged_tensor`), so the exact factor is 1. The paper (below Eq. 17)
    halves the rate of nu_2 -> nu_1 in IO; ``convention="paper"`` does so for a nu_j slower than 1/2.
    """
    if one_of("convention", convention, CONVENTIONS) == "definition":
        return 1.0
    return 1.0 if chosen.final_speed >= 0.5 else 0.5
