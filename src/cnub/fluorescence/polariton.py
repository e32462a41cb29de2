"""The target's own dipoles and the photon they emit: where Eqs. (17) and (22) of 2507.10868v1 end.

A photon of momentum k and the collective excitation of n_d dipoles with that momentum are two coupled oscillators,
with the coupling g = d sqrt(n_d w/2) (d: dipole moment, field of one quantum sqrt(w/2V), N = n_d V dipoles). The
neutrino drives the excitation; the photon comes out through g. To first order the photon contains the excitation with
the weight g^2/[(w - E)^2 + Gamma^2/4], and that weight times a phase space is exactly Eq. (22). A weight cannot exceed
one: for g > Gamma/2 the first order ends before the resonance does, and the emitted field takes over the damping.
Driven at all frequencies, the excitation is made once per quantum of the drive; the share that escapes as photons is
:func:`photon_yield`, in closed form.
"""

from __future__ import annotations

import math

from cnub.domain import finite, non_negative, positive, representable

_SERIES = 1e-5
"""Below this x the closed form of :func:`finite_share` cancels to 1e-11; its series leaves x^2/12, less."""


@representable
def collective_coupling(density: float, dipole: float, omega: float) -> float:
    """g = d sqrt(n_d w/2) in eV; ``density`` in eV^3, ``dipole`` in 1/eV, ``omega`` in eV, all > 0.

    Half the splitting of the two branches on resonance; E1 and M1 alike (B or E of one photon, with k = w). Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: derived from dipoles coupled to one mode of light.

    >>> print(f"{collective_coupling(density=4.6e9, dipole=6e-7, omega=0.025):.1e}")
    4.5e-03
    """
    density, dipole = positive("density", density), positive("dipole", dipole)
    return dipole * math.sqrt(density * positive("omega", omega) / 2)


@representable
def critical_density(width: float, dipole: float, omega: float) -> float:
    """Density in eV^3 at which g = Gamma_v/2, where the first order in g ends; width, omega in eV, dipole in 1/eV.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from dipoles coupled to one mode of light.

    >>> density = critical_density(width=6.6e-8, dipole=6e-7, omega=0.025)
    >>> print(f"{collective_coupling(density, 6e-7, 0.025) / 6.6e-8:.3f}")
    0.500
    """
    width, dipole = positive("width", width), positive("dipole", dipole)
    return width**2 / (2 * dipole**2 * positive("omega", omega))


@representable
def first_order_weight(detuning: float, coupling: float, width: float) -> float:
    """g^2/(detuning^2 + width^2/4): the weight that Eqs. (17) and (22) use, unbounded on resonance; all in eV."""
    return positive("coupling", coupling) ** 2 / (finite("detuning", detuning) ** 2 + positive("width", width) ** 2 / 4)


@representable
def photon_yield(detuning: float, coupling: float, width: float, escape: float) -> float:
    """Probability in [0, 1] that an excitation of the collective state leaves the target as a photon.

    g^2 c (G + c)/[G c (D^2 + (G + c)^2/4) + g^2 (G + c)^2] for the ``detuning`` D of photon and level, the
    ``coupling`` g, the ``width`` G of the level (> 0) and the rate c = ``escape`` (> 0) at which photons leave, all in
    eV. Equals :func:`first_order_weight` as g -> 0, then c -> 0. Raises :class:`cnub.DomainError` outside.

    Source: derived from dipoles coupled to one mode of light.

    >>> print(f"{photon_yield(detuning=0.0, coupling=5e-3, width=6.6e-8, escape=6.6e-8):.3f}")
    0.500
    """
    d, g = finite("detuning", detuning), non_negative("coupling", coupling)
    loss, out = positive("width", width), positive("escape", escape)
    both = loss + out
    return g * g * out * both / (loss * out * (d * d + both * both / 4) + (g * both) ** 2)


@representable
def on_shell_yield(
    detuning: float, coupling: float, width: float, escape: float, daughter_speed: float, photon_slope: float = 1.0
) -> float:
    """Photons per excitation where energy and momentum are conserved: dk integral over the neutrino's line, times v_j.

    For nu_i at rest the drive falls as w = E_i - E_j with slope -v_j in k (``daughter_speed``, > 0) while the photon
    rises with ``photon_slope`` s (> 0): :func:`photon_yield` with D, g^2 and c divided by 1 + s/v_j. ``detuning`` (eV)
    is that of the photon at the momentum where the line meets the level. First order: D_k v_j = v_j/(s + v_j) times
    the weight.
    """
    rise = _rise(daughter_speed, photon_slope)
    d, g, out = finite("detuning", detuning), non_negative("coupling", coupling), positive("escape", escape)
    return photon_yield(d / rise, g / math.sqrt(rise), width, out / rise)


@representable
def broadened_width(coupling: float, width: float, escape: float) -> float:
    """Full width w in eV of :func:`photon_yield` against the detuning: (G + c) sqrt(1 + 4 g^2/(G c)).

    P = (g^2 (G + c)/G)/(D^2 + w^2/4), so that the photon's reaction puts w in place of Gamma_v. Raises
    :class:`cnub.DomainError` outside the ranges of :func:`photon_yield`.
    """
    g, loss, out = non_negative("coupling", coupling), positive("width", width), positive("escape", escape)
    return (loss + out) * math.sqrt(1 + 4 * g / loss * (g / out))


@representable
def finite_share(width: float, length: float, daughter_speed: float = 1.0, photon_slope: float = 1.0) -> float:
    """Share of the first-order rate that a target of finite ``length`` keeps: 1 - (1 - e^-x)/x.

    x = (Gamma/2) (1/s + 1/v_j) L: driven off the level by some energy, photon and neutrino fall out of phase by that
    energy times (1/s + 1/v_j) per length; sinc^2 of it is averaged over the Lorentzian of ``width`` Gamma and compared
    with an endless target. ``width`` in eV, ``length`` L in 1/eV, ``daughter_speed`` v_j and ``photon_slope`` s, all
    > 0.
    """
    slow = _rise(daughter_speed, photon_slope) / photon_slope
    x = positive("width", width) / 2 * slow * positive("length", length)
    return x / 2 - x * x / 6 if x < _SERIES else 1 + math.expm1(-x) / x


def _rise(daughter_speed: float, photon_slope: float) -> float:
    """1 + s/v_j: how much faster than alone the photon leaves the neutrino's line, per energy of the drive."""
    return 1 + positive("photon_slope", photon_slope) / positive("daughter_speed", daughter_speed)
