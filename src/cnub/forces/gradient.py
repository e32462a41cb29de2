"""Gradient force: the weak potential with the roles reversed, matter in a gradient of n_nu - n_nubar.

A nucleus of charge Z in an asymmetry of flavour f has the energy U = G_F/(2 sqrt 2) q_f (n_nu - n_nubar), q_e = 3Z - A,
q_mu = q_tau = Z - A: the potential of ``cnub.matter`` with the densities exchanged. Talk, 'Gradient force'.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable

from scipy.integrate import IntegrationWarning

from cnub.constants import ATOMIC_MASS, CENTIMETRE, FERMI_CONSTANT, SECOND
from cnub.domain import DomainError, finite, positive, representable, within
from cnub.faces import later
from cnub.matter import weak_charge_per_nucleon
from cnub.relic import mean_momentum, number_density

quad = later("scipy.integrate", "quad")

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


@representable
def modulated_prism(
    periods: float, grating: float = 0.0, phase: float = 0.25, z_over_a: float = 0.5
) -> tuple[float, float]:
    """Energy in eV and acceleration in cm/s^2, per nucleon, of a prism in the steepest density the gas could have.

    n_nu - n_nubar = 2 nbar cos(2ky) for electron neutrinos: waves of the mean momentum k that run against each other,
    of full contrast. The prism starts at ``phase`` periods (any) and is ``periods`` pi/k long (1e-3 to 50); its matter
    goes as 1 + ``grating`` cos(2kq), from 0 (uniform) to 1 (layers in step). Raises :class:`cnub.DomainError` outside.

    Source: talk, 'Gradient force' (energy of a prism); talk, 'Gradient force' (force on a prism).

    >>> energy, acceleration = modulated_prism(periods=40.0, grating=1.0, phase=0.25, z_over_a=0.5)
    >>> print(f"{acceleration:.1e}")
    4.6e-23
    """
    wave, share = 2 * mean_momentum(), within("grating", grating, 0.0, 1.0)
    length = within("periods", periods, 1e-3, 50.0) * 2 * math.pi / wave
    start = within("phase", phase, -1e6, 1e6) * 2 * math.pi / wave
    coupling = FERMI_CONSTANT / (2 * math.sqrt(2)) * weak_charge_per_nucleon(z_over_a)
    peak = 2 * number_density()

    def matter(q):
        return 1 + share * math.cos(wave * q)

    nucleons = length + share * math.sin(wave * length) / wave
    # A constant is added and taken off: what cancels over the prism has no relative accuracy of its own.
    energy = prism_energy(start, length, 1.0, matter, lambda y: peak * (2 + math.cos(wave * y)), coupling)
    force = prism_force(start, length, length, matter, lambda y: peak * wave * (2 - math.sin(wave * y)), coupling)
    acceleration = (force / nucleons + 2 * coupling * peak * wave) / ATOMIC_MASS / CM_PER_S2
    return energy / nucleons - 2 * coupling * peak, acceleration
