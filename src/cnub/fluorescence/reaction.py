"""How far Eqs. (17) and (22) of 2507.10868v1 hold for a target, and what remains of them where they do not.

Both are of first order in g = d sqrt(n_d w/2), the coupling of one photon to all dipoles together: the photon holds a
weight g^2/(detuning^2 + Gamma_v^2/4) of the excitation, which cannot exceed one. What bounds the rate is the sum rule,
N times the rate of one dipole (:mod:`cnub.fluorescence.sum_rule`), times the share that leaves as photons
(:func:`cnub.fluorescence.polariton.on_shell_yield`, on the line of energy and momentum conservation).

Eq. (22) contains |sigma_vg|^2 |d_gv|^2 = (e/m_e)^2 only as a product. The rate that remains is free of d, and so has
two readings: unit vectors, |sigma_vg| = 1 and |d_gv| = e/m_e, and a free spin, |sigma_vg|^2 = 2 and |d_gv|^2 = 2
mu_B^2. They are its two ends. The escape of light, s/L for an edge L, is good to a factor of two, so that no more than
the power of ten and a first digit are known.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cnub.constants import CENTIMETRE, METRE
from cnub.domain import positive, representable, within
from cnub.fluorescence.channels import Channel
from cnub.fluorescence.decay import resonance_factor
from cnub.fluorescence.polariton import (
    broadened_width,
    collective_coupling,
    finite_share,
    first_order_weight,
)
from cnub.fluorescence.sum_rule import single_dipole_rate, spin_strength, transition_strength
from cnub.fluorescence.target import Target

CATASTROPHE = 3.0
"""Static susceptibility of free dipoles beyond which the local field P/3 orders them by itself (Clausius-Mossotti)."""
MEAN_COUPLING = {"M1": 2 / 3, "E1": 2 / 5}
"""Mean of |d across k|^2/|d|^2 over the excitations: (1 + cos^2)/2 of a spin flip; sin^2, weighted with the cos^2 of
the neutrino's vertex, of a fixed electric dipole. With them the weak limit has f_theta = 1/3 and 1/15 by definition."""
SLOPES = (1e-100, 1e3)
"""Slopes of the photon whose escape from any target a double holds."""
FREE_SPIN = spin_strength(*np.eye(2))
"""|sigma_vg|^2 of a spin that flips."""


Resonance = Callable[[float], float]


@dataclass(frozen=True)
class FirstOrder:
    """Whether the rate of a target is of first order, and what remains.

    ``coupling`` g in eV; ``over_coupling`` 2g/Gamma_v; ``weight`` of the excitation in the photon, to first order;
    ``static_susceptibility`` 2 n_d |d|^2/E_vg of free dipoles along d (a quarter of it for free spins, whose |d|^2 is
    half as large and turns); ``finite_share`` of the first order that a
    target of this size keeps; ``photon_yield`` per excitation (unit vectors); ``single_dipole_per_year`` at
    |sigma_vg| = 1; the sum rule and what remains per year, ``low`` for unit vectors, ``high`` for a free spin. Yield
    and remains are None where the dipoles have no such ground state.
    """

    coupling: float
    over_coupling: float
    weight: float
    static_susceptibility: float
    finite_share: float
    photon_yield: float | None
    single_dipole_per_year: float
    sum_rule_low_per_year: float
    sum_rule_high_per_year: float
    remains_low_per_year: float | None
    remains_high_per_year: float | None

    @property
    def ground_state_exists(self) -> bool:
        """Whether the dipoles stay in |g> by themselves."""
        return self.static_susceptibility < CATASTROPHE

    @property
    def inside_first_order(self) -> bool:
        """Whether the weight of the first order is below one, in a ground state that exists."""
        return self.weight < 1 and self.ground_state_exists

    @property
    def verdict(self) -> str:
        """One sentence on the rate."""
        if not self.ground_state_exists:
            return (
                f"no such ground state: free dipoles of static susceptibility {self.static_susceptibility:.2g} >= "
                f"{CATASTROPHE:g} polarize each other (polarisation catastrophe); what remains is not computed"
            )
        if self.inside_first_order:
            return f"inside first order: weight {self.weight:.2g} < 1"
        return (
            f"outside first order: 2g/Gamma_v = {self.over_coupling:.1g}; what remains is N times one dipole's rate "
            f"times the yield of photons, {self.remains_low_per_year:.1g} to {self.remains_high_per_year:.1g} per year"
        )


def at_peak(width: float) -> float:
    """4/width^2."""
    return resonance_factor(0.0, width)


@representable
def target_yield(
    chosen: Channel,
    target: Target,
    coupling: float,
    photon_slope: float = 1.0,
    resonance: Resonance = at_peak,
) -> float:
    """Photons per excitation of a cube: the smaller of :func:`on_shell_yield` and first order times its finite share.

    ``coupling`` g in eV; light leaves at the rate s/L with the slope s = ``photon_slope`` and the edge L of ``target``.
    ``resonance`` gives 1/(detuning^2 + w^2/4) in eV^-2 for a width w in eV, by default on resonance. Raises
    :class:`cnub.DomainError` outside these ranges.
    """
    slope, speed, g = within("photon_slope", photon_slope, *SLOPES), chosen.final_speed, positive("coupling", coupling)
    rise = 1 + slope / speed
    loss, out = target.width, slope / _edge(target) / rise
    strong = (1 + out / loss) * resonance(broadened_width(g / math.sqrt(rise), loss, out))
    weak = resonance(loss) * finite_share(loss, _edge(target), speed, slope)
    return g * g / rise * min(strong, weak)


@representable
def first_order(
    transition: str,
    chosen: Channel,
    target: Target,
    dipole: float,
    *,
    level_energy: float | None = None,
    photon_slope: float = 1.0,
    abundance: float = 1.0,
    averaged: Resonance | None = None,
) -> FirstOrder:
    """The domain of Eqs. (17), (22) for a target, and what remains beyond it.

    ``dipole`` = |d_gv| in 1/eV of unit vectors, ``level_energy`` E_vg in eV (by default the photon's), ``abundance``
    multiplies the neutrinos (2 for Majorana, clustering); ``averaged`` gives the mean of 1/(detuning^2 + w^2/4) over
    the gas in eV^-2 for a width w in eV, without it every neutrino has the detuning of the level. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: derived from the reaction of the emitted photon on the dipoles.

    >>> from cnub.fluorescence import NOMINAL, channel, dipole_moment
    >>> found = first_order("M1", channel("NO"), NOMINAL["M1"], dipole_moment("M1"))
    >>> print(f"{found.remains_low_per_year:.1e} to {found.remains_high_per_year:.1e}")
    4.6e-11 to 9.1e-11
    """
    density, omega = target.density_per_cm3 / CENTIMETRE**3, chosen.photon_energy
    level = omega if level_energy is None else positive("level_energy", level_energy)
    g = collective_coupling(density, dipole, omega)
    detuning = level - omega
    resonance = averaged or (lambda width: resonance_factor(detuning, width))
    number = target.density_per_cm3 * target.volume_m3 * 1e6 * positive("abundance", abundance)
    at_level, at_photon = (
        single_dipole_rate(chosen, transition_strength(transition, chosen, energy), energy) for energy in (level, omega)
    )
    spins = FREE_SPIN if transition == "M1" else 1.0
    exists = (susceptibility := 2 * density * dipole**2 / level) < CATASTROPHE
    yields = [
        target_yield(chosen, target, g * math.sqrt(MEAN_COUPLING[transition] / s), photon_slope, resonance)
        for s in (1.0, spins)
    ]
    remains = [number * at_photon * s * share for s, share in zip((1.0, spins), yields, strict=True)]
    return FirstOrder(
        g, 2 * g / target.width, first_order_weight(0.0 if averaged else detuning, g, target.width), susceptibility,
        finite_share(target.width, _edge(target), chosen.final_speed, photon_slope), yields[0] if exists else None,
        at_level, number * at_level, number * at_level * spins, *(remains if exists else (None, None)),
    )  # fmt: skip


def _edge(target: Target) -> float:
    """Edge of a cube of the target's volume in 1/eV."""
    return target.volume_m3 ** (1 / 3) * METRE
