"""Gradient force: the weak potential with the roles reversed, matter in a gradient of n_nu - n_nubar.

A nucleus of charge Z in an asymmetry of flavour f has the energy U = G_F/(2 sqrt 2) q_f (n_nu - n_nubar), q_e = 3Z - A,
q_mu = q_tau = Z - A: the potential of ``cnub.matter`` with the densities exchanged. Talk, 'Gradient force'.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable

from scipy.integrate import IntegrationWarning, quad

from cnub.constants import ATOMIC_MASS, CENTIMETRE, FERMI_CONSTANT, SECOND
from cnub.domain import DomainError, finite, positive, representable, within
from cnub.matter import weak_charge_per_nucleon

AxialProfile = Callable[[float], float]
"""A density, or its slope, along the axis of a prism."""
_PRISM = 1e-10
"""Relative accuracy of the integrals along it."""
CM_PER_S2 = CENTIMETRE / SECOND**2
"""One cm/s^2 in eV."""


@representable
def gradient_acceleration(density_gradient: float, z_over_a: float, flavour: str = "e") -> float:
    """Acceleration in cm/s^2 of a body, -grad U/m per nucleon, in a gradient of n_nu - n_nubar in eV^4.

    ``z_over_a`` of the body, ``flavour`` of the neutrinos ("e", "mu", "tau"). The body's size and mass cancel. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Gradient force' (potential of a nucleus).

    >>> print(f"{gradient_acceleration(density_gradient=1e-20, z_over_a=0.5):.2e}")
    -1.01e-27
    """
    charge = weak_charge_per_nucleon(z_over_a, flavour)
    force = -FERMI_CONSTANT / (2 * math.sqrt(2)) * charge * finite("density_gradient", density_gradient)
    return force / ATOMIC_MASS / CM_PER_S2


@representable
def prism_energy(
    position: float, length: float, area: float, matter: AxialProfile, neutrinos: AxialProfile, coupling: float
) -> float:
    """E = S Int_0^l U_1 rho_m(q) rho_nu(y_a + q) dq, in eV, of a prism with one end at ``position`` y_a (1/eV).

    ``length`` l in 1/eV (1e-100 to 1e100) and ``area`` S in 1/eV^2 (> 0). ``matter`` rho_m(q) and ``neutrinos``
    rho_nu(y) are densities in eV^3, ``coupling`` U_1 in eV^-2 is G_F/(2 sqrt 2) times the weak charge of one scatterer.
    Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Gradient force' (energy of a prism).

    >>> unit = lambda y: 1.0
    >>> print(f"{prism_energy(0.0, length=2.0, area=3.0, matter=unit, neutrinos=unit, coupling=0.5):.1f}")
    3.0
    """
    y, top = within("position", position, -1e100, 1e100), within("length", length, 1e-100, 1e100)
    with warnings.catch_warnings():
        warnings.simplefilter("error", IntegrationWarning)
        try:
            integral = quad(lambda q: matter(q) * neutrinos(y + q), 0.0, top, epsabs=0.0, epsrel=_PRISM, limit=200)[0]
        except IntegrationWarning as error:
            raise DomainError(
                f"integral of matter times neutrinos must be one that converges; got length {length!r}"
            ) from error
    return (
        positive("area", area) * finite("coupling", coupling) * finite("integral of matter times neutrinos", integral)
    )


@representable
def prism_force(
    position: float, length: float, volume: float, matter: AxialProfile, slope: AxialProfile, coupling: float
) -> float:
    """F_y = -(V/l) Int_0^l U_1 rho_m(q) d rho_nu(y_a + q)/d y_a dq, in eV^2, along y.

    ``volume`` V in 1/eV^3 (> 0), ``slope`` the derivative of rho_nu in eV^4, the rest as in :func:`prism_energy`. It is
    -dE/dy_a with S = V/l. Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Gradient force' (force on a prism).

    >>> unit = lambda y: 1.0
    >>> print(f"{prism_force(0.0, length=2.0, volume=6.0, matter=unit, slope=unit, coupling=0.5):.1f}")
    -3.0
    """
    area = positive("volume", volume) / within("length", length, 1e-100, 1e100)
    if math.isinf(area):
        raise OverflowError
    return -prism_energy(position, length, area, matter, slope, coupling)
