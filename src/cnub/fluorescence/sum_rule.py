"""What the neutrinos can excite at all: the golden rule for one dipole, from its matrix elements.

N dipoles in one product state without coherence between |g> and |v> are excited at N times this rate, whatever couples
them to each other and to light: the states that B_q^dagger = sum_r exp(i q.x_r) |v><g|_r makes have the total weight
<B_q B_q^dagger> = N. That is the sum rule which bounds Eqs. (17) and (22) of 2507.10868v1.
"""

from __future__ import annotations

import math

import numpy as np

from cnub.constants import BOHR_RADIUS, CENTIMETRE, FERMI_CONSTANT, YEAR
from cnub.domain import DomainError, finite_complex, non_negative, one_of, positive, representable, within
from cnub.fluorescence.channels import TRANSITIONS, Channel
from cnub.fluorescence.currents import PAULI

NEUTRINO_DENSITY_PER_CM3 = 112.0
"""n_nu_i of the paper, neutrinos and antineutrinos (Dirac) or both helicities (Majorana): 2 x 56 per cm^3."""
MOST_SPIN = 3.0
"""Sum of |sigma_vg|^2 over all states v of one spin, <g|sigma^2|g>, of which a free spin's own state takes one."""
UNIT = 1e-9
"""How far the norm of a state may be from one."""


@representable
def spin_strength(ground: np.ndarray, excited: np.ndarray) -> float:
    """|sigma_vg|^2 = sum over a of |<v|sigma_a|g>|^2 of one spin, from two-spinors of norm 1 (complex, (2,)).

    2 where the spin flips, 1 where it stays. Raises :class:`cnub.DomainError` unless both are normalised.

    Source: text below Eq. (2) of 2507.10868v1.

    >>> print(spin_strength(ground=[0.0, 1.0], excited=[1.0, 0.0]))
    2.0
    """
    g, v = (_state(name, state) for name, state in (("ground", ground), ("excited", excited)))
    return float(np.sum(np.abs(np.einsum("b,abc,c->a", v.conj(), PAULI, g)) ** 2))


def transition_strength(transition: str, chosen: Channel, level_energy: float | None = None) -> float:
    """Strength in the unit of a free spin's |sigma_vg|^2: 1 for M1 with |sigma_vg| = 1, (p_j a_0)^2/3 for E1.

    p_j is the momentum that the dipole takes up at ``level_energy`` (eV, by default that of the photon); the third is
    the average over its direction to x_vg, |x_vg| = a_0. Raises :class:`cnub.DomainError` outside these ranges.
    """
    if one_of("transition", transition, TRANSITIONS) == "M1":
        return 1.0
    return (_recoil(chosen, level_energy)[0] * BOHR_RADIUS) ** 2 / 3


@representable
def single_dipole_rate(chosen: Channel, strength: float = 1.0, level_energy: float | None = None) -> float:
    """Excitations per year of one dipole among 112 neutrinos per cm^3, nu_i + g -> nu_j + v, by the golden rule.

    n_nu G_F^2 |U_ei^* U_ej|^2 p_j E_j' S/(2 pi) with E_j' = m_i - E_vg, averaged over spins and directions, and S the
    ``strength``: |sigma_vg|^2 for M1 (2 for a free spin, summed over all v at most 3), |x_vg|^2 p_j^2/3 for E1
    (:func:`transition_strength`); ``level_energy`` E_vg in eV, by default the photon's. 0 where the level is closed,
    E_vg >= m_i - m_j. Dirac; Majorana neutrinos give twice as much. Raises :class:`cnub.DomainError` outside these
    ranges.

    Source: derived from Eqs. (3), (4) of 2507.10868v1 by the golden rule.

    >>> from cnub.fluorescence import channel
    >>> print(f'{single_dipole_rate(channel("NO")):.2e}')
    8.41e-42
    """
    s = within("strength", strength, 0.0, MOST_SPIN)
    momentum, energy = _recoil(chosen, level_energy)
    per_volume = FERMI_CONSTANT**2 * chosen.mixing / (2 * math.pi) * s * momentum * energy
    return NEUTRINO_DENSITY_PER_CM3 / CENTIMETRE**3 * per_volume * YEAR


def _recoil(chosen: Channel, level_energy: float | None) -> tuple[float, float]:
    """(p_j, E_j') in eV after the level was excited, 0 for p_j where it cannot be."""
    level = chosen.photon_energy if level_energy is None else positive("level_energy", level_energy)
    energy = non_negative("initial mass", chosen.initial_mass) - level
    square = (energy - chosen.final_mass) * (energy + chosen.final_mass) if energy > chosen.final_mass else 0.0
    return math.sqrt(square), max(energy, 0.0)


def _state(name: str, value: object) -> np.ndarray:
    state = finite_complex(name, value)
    if state.shape != (2,) or abs(np.linalg.norm(state) - 1) > UNIT:
        raise DomainError(f"{name} must be a two-spinor of norm 1; got {value!r}")
    return state
