"""One dipole as a two-level system: what the neutrino field does to it, and the amplitude that follows.

Interaction picture of 2507.10868v1: -H_I = c exp(i Delta t) |v><g| + h.c., Delta = E_vg + E_j' - E_i (Eqs. 3, 4),
acts on C_g |g> + C_v |v> (Eq. 12). To first order C_v = c exp(i Delta t)/Delta (Eqs. 13, 20); with the level's
damping Gamma_v/2 the denominator becomes Delta - i Gamma_v/2, and the dipoles radiate M = n_d c [photon
part]/(-Delta) (Eqs. 14, 15, 21).
"""

from __future__ import annotations

import math

import numpy as np

from cnub.constants import FERMI_CONSTANT
from cnub.domain import DomainError, finite, finite_array, finite_complex, non_negative, one_of, positive, representable
from cnub.faces import later
from cnub.fluorescence.channels import TRANSITIONS

solve_ivp = later("scipy.integrate", "solve_ivp")

MOST_RADIANS = 1e4
"""Radians that the Schroedinger equation is followed: seconds of computing."""


@representable
def neutrino_coupling(
    transition: str, coefficient: complex, current: np.ndarray, element: np.ndarray, momentum_transfer: np.ndarray
) -> complex:
    """Coefficient c of |v><g|: G_F C_ij j^0 x_vg.q/(sqrt(2) i), E1, Eq. (3); G_F C_ij j.sigma_vg/sqrt(2), M1, Eq. (4).

    ``coefficient`` = C_ij; ``current`` j^mu, complex (4,), in eV; ``element`` = x_vg in 1/eV or sigma_vg, complex (3,);
    ``momentum_transfer`` q = p_i - p_j' in eV, (3,). Raises :class:`cnub.DomainError` on an unknown transition.

    Source: Eqs. (3), (4) of 2507.10868v1; talk, 'Fluorescence of relic neutrinos' (Hamiltonian, E1); talk,
    'Fluorescence of relic neutrinos' (Hamiltonian, M1).

    >>> current, element = np.array([0.0, 0.0, 0.0, 0.07]), np.array([0.0, 0.0, 1.0])
    >>> print(f'{abs(neutrino_coupling("M1", 0.1, current, element, np.zeros(3))):.2e}')
    5.77e-26
    """
    j, element = _shaped("current", current, (4,)), _shaped("element", element, (3,))
    q = _shaped("momentum_transfer", momentum_transfer, (3,), finite_array)
    common = FERMI_CONSTANT * complex(_shaped("coefficient", coefficient, ())) / math.sqrt(2)
    if one_of("transition", transition, TRANSITIONS) == "E1":
        return complex(common / 1j * j[0] * (element @ q))
    return complex(common * (j[1:] @ element))


@representable
def virtual_amplitude(coupling: complex, detuning: float, width: float = 0.0) -> complex:
    """C_v without its phase: coupling/(Delta - i Gamma_v/2), Eqs. (13) and (20), there without damping.

    ``detuning`` Delta and ``width`` Gamma_v in the unit of ``coupling``. Raises :class:`cnub.DomainError` where both
    are zero.

    Source: Eqs. (13), (20) of 2507.10868v1; talk, 'Fluorescence of relic neutrinos' (amplitude).

    >>> print(virtual_amplitude(coupling=1e-3, detuning=0.5))
    (0.002+0j)
    """
    denominator = finite("detuning", detuning) - 0.5j * non_negative("width", width)
    if denominator == 0:
        raise DomainError("detuning must differ from 0 if width is 0: the line is infinitely sharp; got 0")
    return complex(_shaped("coupling", coupling, ())) / denominator


@representable
def evolved_amplitude(coupling: float, detuning: float, width: float, time: float) -> tuple[complex, complex]:
    """(C_g, C_v exp(-i Delta t)) at ``time`` by solving the Schroedinger equation of Eq. (12) from C_g = 1.

    All orders in ``coupling``; the field is switched on like 1 - exp(-t/ramp), ramp = time/20, and |v> is damped by
    ``width``/2. Arguments in one unit of energy and its inverse; time > 0, width >= 0. Raises :class:`cnub.DomainError`
    outside these ranges.

    Source: Eq. (12) of 2507.10868v1; talk, 'Fluorescence of relic neutrinos' (state).

    >>> ground, excited = evolved_amplitude(coupling=1e-3, detuning=0.5, width=0.1, time=400.0)
    >>> print(f"{abs(excited) / abs(virtual_amplitude(1e-3, 0.5, 0.1)):.3f}")
    1.000
    """
    coupling, detuning = finite("coupling", coupling), finite("detuning", detuning)
    width, time = non_negative("width", width), positive("time", time)
    ramp = time / 20
    if time * max(abs(coupling), abs(detuning), width) > MOST_RADIANS:
        raise DomainError(f"time must be at most {MOST_RADIANS:g} over coupling, detuning and width; got {time!r}")

    def slope(t, state):
        drive = coupling * (1 - math.exp(-t / ramp))
        ground, virtual = state
        return [1j * drive * virtual, 1j * drive * ground - (1j * detuning + 0.5 * width) * virtual]

    solution = solve_ivp(slope, (0.0, time), [1 + 0j, 0j], method="DOP853", rtol=1e-11, atol=1e-16)
    return complex(solution.y[0, -1]), complex(solution.y[1, -1])


@representable
def matrix_element(
    transition: str,
    coupling: complex,
    density: float,
    dipole: np.ndarray,
    photon: np.ndarray,
    polarization: np.ndarray,
    detuning: float,
    width: float = 0.0,
) -> complex:
    """M of nu_i -> nu_j gamma: n_d c/(-Delta) times omega d_gv.eps* (E1, Eqs. 14, 15) or d_gv.(k x eps*) (M1, Eq. 21).

    ``coupling`` from :func:`neutrino_coupling`, ``density`` n_d in eV^3, ``dipole`` d_gv in 1/eV, complex (3,),
    ``photon`` = k in eV, (3,), light as in vacuum, ``polarization`` eps, complex (3,). An overall phase is dropped.
    Raises :class:`cnub.DomainError` outside these ranges.

    Source: Eqs. (14), (15), (21) of 2507.10868v1; talk, 'Fluorescence of relic neutrinos' (effective coupling, E1);
    talk, 'Fluorescence of relic neutrinos' (effective coupling, M1).

    >>> x, photon = np.array([1.0, 0.0, 0.0]), np.array([0.0, 0.0, 0.025])
    >>> print(f'{matrix_element("E1", 1e-18, 4.6e9, x, photon, x, detuning=-1e-3).real:.2e}')
    1.15e-07
    """
    one_of("transition", transition, TRANSITIONS)
    k, eps = _shaped("photon", photon, (3,), finite_array), np.conj(_shaped("polarization", polarization, (3,)))
    field = float(np.linalg.norm(k)) * eps if transition == "E1" else np.cross(k, eps)
    radiated = _shaped("dipole", dipole, (3,)) @ field
    return complex(-positive("density", density) * radiated * virtual_amplitude(coupling, detuning, width))


def _shaped(name, value, shape, check=finite_complex):
    array = check(name, value)
    if array.shape != shape:
        raise DomainError(f"{name} must be of shape {shape}; got shape {array.shape}")
    return array
