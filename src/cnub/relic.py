"""The relic gas: a Fermi-Dirac distribution in momentum, frozen at decoupling, at T_nu = (4/11)^(1/3) T_CMB.

The gas decoupled while relativistic, so its momenta keep f(p) = 1/(exp(p/T) + 1) whatever the mass; only velocities
and energies know the mass. Everything here is per helicity state (g = 1) unless a number of states is given.
"""

from __future__ import annotations

import math

import numpy as np

from cnub.constants import CENTIMETRE, GRAVITY, HBAR_C_EV_M, KELVIN, METRE, SECOND
from cnub.domain import DomainError, finite, finite_array, integer, non_negative, positive, representable, within
from cnub.faces import later

brentq = later("scipy.optimize", "brentq")
quad = later("scipy.integrate", "quad")
gamma = later("scipy.special", "gamma")
zeta = later("scipy.special", "zeta")

__all__ = [
    "CMB_TEMPERATURE_K",
    "TEMPERATURE",
    "TEMPERATURE_K",
    "age_s",
    "component_rms",
    "de_broglie_length_m",
    "flux_per_cm2_s",
    "mean_momentum",
    "mean_speed",
    "momentum_cdf",
    "momentum_density",
    "momentum_moment",
    "neutrino_temperature",
    "number_density",
    "number_density_per_cm3",
    "size_parameter",
    "speed",
]

CMB_TEMPERATURE_K = 2.7255
"""Temperature of the cosmic microwave background in kelvin (Fixsen 2009)."""
TEMPERATURE_K = (4 / 11) ** (1 / 3) * CMB_TEMPERATURE_K
"""Temperature of the relic neutrinos in kelvin: the photons took the entropy of the electrons and positrons."""
TEMPERATURE = TEMPERATURE_K * KELVIN
"""Temperature of the relic neutrinos in eV."""

_TAIL = 60.0
"""p/T beyond which exp(-p/T) is below 1e-26: nothing left for a double."""


@representable
def neutrino_temperature(cmb_temperature_K: float = CMB_TEMPERATURE_K) -> float:
    """Temperature T_nu in eV of the neutrinos beside photons of ``cmb_temperature_K`` in kelvin (> 0).

    T_nu = (4/11)^(1/3) T_gamma, after the annihilation of electrons and positrons. At redshift z photons have 1 + z
    times their temperature of today. Raises :class:`cnub.DomainError` outside these ranges.

    Source: definition of the temperature after electrons and positrons annihilated.

    >>> print(f"{neutrino_temperature(2.7255) / TEMPERATURE:.6f}")
    1.000000
    """
    return (4 / 11) ** (1 / 3) * positive("cmb_temperature_K", cmb_temperature_K) * KELVIN


@representable
def number_density(states: int = 1, temperature: float = TEMPERATURE, clustering: float = 1.0) -> float:
    """Number density in eV^3 of ``states`` helicity states: n = states * 3 zeta(3) T^3 / (4 pi^2).

    ``temperature`` in eV (> 0); ``clustering`` (> 0) multiplies the cosmic mean, as the local halo may. One species has
    two states, its neutrino and its antineutrino. Raises :class:`cnub.DomainError` outside those ranges.

    Source: definition of the Fermi-Dirac distribution; DLMF 25.5.3.

    >>> print(f"{number_density() / number_density(states=2):.1f}")
    0.5
    """
    states = integer("states", states, 1)
    volume = positive("temperature", temperature) ** 3
    return states * positive("clustering", clustering) * 3 * float(zeta(3)) / (4 * math.pi**2) * volume


@representable
def number_density_per_cm3(states: int = 1, clustering: float = 1.0, temperature: float = TEMPERATURE) -> float:
    """Number density in cm^-3; today 56 per helicity state, 112 per species, 336 in all (``states`` = 1, 2, 6).

    ``clustering`` (> 0) multiplies the cosmic mean; ``temperature`` in eV (> 0). 2507.10868v1, above Eq. (18), has 112
    per species. Raises :class:`cnub.DomainError` outside these ranges.

    Source: text above Eq. (18) of 2507.10868v1.

    >>> print(f"{number_density_per_cm3(states=2):.1f}")
    112.0
    """
    return number_density(states, temperature, clustering) * CENTIMETRE**3


@representable
def momentum_moment(power: float, temperature: float = TEMPERATURE) -> float:
    """Mean of p^power over the gas, in eV^power: T^n Gamma(n+3) eta(n+3) / (Gamma(3) eta(3)), eta of Dirichlet.

    ``power`` > -3, where the mean exists. Raises :class:`cnub.DomainError` otherwise.

    Source: DLMF 25.5.3.

    >>> print(f"{momentum_moment(-2.0) * TEMPERATURE**2:.4f}")
    0.3844
    """
    power, temperature = finite("power", power), positive("temperature", temperature)
    if power <= -3 or power > 50:
        raise DomainError(f"power must be > -3 and <= 50; got {power!r}")
    return temperature**power * _fermi_integral(power + 3) / _fermi_integral(3.0)


@representable
def mean_momentum(temperature: float = TEMPERATURE) -> float:
    """Mean momentum in eV: 3.1514 T, ``temperature`` T in eV (> 0).

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: DLMF 25.5.3.

    >>> print(f"{mean_momentum() / TEMPERATURE:.4f}")
    3.1514
    """
    return momentum_moment(1, temperature)


@representable
def momentum_density(momentum: object, temperature: float = TEMPERATURE) -> np.ndarray:
    """Probability per unit momentum, in 1/eV, at ``momentum`` (eV, any shape, >= 0); it integrates to one.

    ``temperature`` T in eV (> 0): p^2/(e^(p/T) + 1) over Gamma(3) eta(3) T^3. Raises :class:`cnub.DomainError` outside
    these ranges.

    Source: definition of the Fermi-Dirac distribution.

    >>> p = np.linspace(0.0, 1e-2, 100_001)
    >>> print(f"{np.trapezoid(momentum_density(p), p):.6f}")
    1.000000
    """
    x = finite_array("momentum", momentum, low=0.0) / positive("temperature", temperature)
    return x * x * np.exp(-x) / (1 + np.exp(-x)) / (_fermi_integral(3.0) * temperature)


@representable
def momentum_cdf(momentum: float, temperature: float = TEMPERATURE) -> float:
    """Fraction of the gas below ``momentum`` (eV, >= 0), at ``temperature`` in eV (> 0).

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: definition of the Fermi-Dirac distribution.

    >>> print(f"{momentum_cdf(mean_momentum()):.4f}")
    0.5740
    """
    x = non_negative("momentum", momentum) / positive("temperature", temperature)
    if x >= _TAIL:
        return 1.0
    return quad(_weight, 0.0, x, epsabs=0.0, epsrel=1e-13)[0] / _fermi_integral(3.0) if x else 0.0


@representable
def momentum_quantile(fraction: float, temperature: float = TEMPERATURE) -> float:
    """Momentum in eV below which ``fraction`` (between 1e-12 and 1 - 1e-12) of the gas lies.

    ``temperature`` in eV (> 0). Inverse of :func:`momentum_cdf`. Raises :class:`cnub.DomainError` outside these ranges.

    Source: definition of the Fermi-Dirac distribution.

    >>> print(f"{momentum_cdf(momentum_quantile(0.5)):.6f}")
    0.500000
    """
    fraction = within("fraction", fraction, 1e-12, 1 - 1e-12)
    scale = positive("temperature", temperature)
    root = brentq(lambda x: momentum_cdf(x, 1.0) - fraction, 1e-6, _TAIL, xtol=1e-13, rtol=1e-13)
    return scale * root


@representable
def component_rms(temperature: float = TEMPERATURE) -> float:
    """Root mean square in eV of one momentum component, sqrt(<p^2>/3) = 2.077 T; ``temperature`` in eV, > 0.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: DLMF 25.5.3.

    >>> print(f"{component_rms() / TEMPERATURE:.3f}")
    2.077
    """
    return float(np.sqrt(5 * zeta(5) / zeta(3))) * positive("temperature", temperature)


@representable
def speed(momentum: object, mass: float) -> np.ndarray:
    """Speed p/E in units of c, for ``momentum`` (eV, any shape, > 0) and ``mass`` (eV, >= 0).

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: definition of the speed, p/E.

    >>> print(speed([1e-4, 1e-3], mass=0.1))
    [0.001     0.0099995]
    """
    p = finite_array("momentum", momentum, low=np.finfo(float).tiny)
    return p / np.hypot(p, non_negative("mass", mass))


@representable
def mean_speed(mass: float, temperature: float = TEMPERATURE) -> float:
    """Mean of p/E over the gas in units of c, for ``mass`` and ``temperature`` in eV (>= 0 and > 0).

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: definition of the Fermi-Dirac distribution.

    >>> print(f"{mean_speed(mass=0.1):.5f}")
    0.00528
    """
    scaled = non_negative("mass", mass) / positive("temperature", temperature)
    total = quad(lambda x: _weight(x) * x / math.hypot(x, scaled), 0.0, _TAIL, epsabs=0.0, epsrel=1e-11, limit=200)[0]
    return total / _fermi_integral(3.0)


@representable
def flux_per_cm2_s(mass: float, states: int = 1, clustering: float = 1.0, temperature: float = TEMPERATURE) -> float:
    """Flux n <v> in cm^-2 s^-1 through all directions, for ``mass`` in eV and ``states`` helicity states.

    ``clustering`` (> 0) multiplies the cosmic mean; ``temperature`` in eV (> 0). The one-sided flux through a plane is
    a quarter of it. Raises :class:`cnub.DomainError` outside these ranges.

    Source: definition of a flux, density times mean speed.

    >>> print(f"{flux_per_cm2_s(mass=0.1, states=2):.3e}")
    1.774e+10
    """
    natural = number_density(states, temperature, clustering) * mean_speed(mass, temperature)
    return natural * CENTIMETRE**2 * SECOND


@representable
def de_broglie_length_m(momentum: float) -> float:
    """Reduced wavelength 1/k in metres for ``momentum`` in eV (> 0): 0.37 mm at the mean momentum.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: definition of the reduced wavelength.

    >>> print(f"{de_broglie_length_m(mean_momentum()):.3e}")
    3.735e-04
    """
    return HBAR_C_EV_M / positive("momentum", momentum)


@representable
def size_parameter(radius_m: float, momentum: float) -> float:
    """kR, for ``radius_m`` in metres and ``momentum`` in eV (both > 0): 1.7e10 for the Earth at the mean momentum.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: definition of the size parameter.

    >>> print(f"{size_parameter(6.371e6, mean_momentum()):.2e}")
    1.71e+10
    """
    return positive("momentum", momentum) * positive("radius_m", radius_m) * METRE


@representable
def age_s(temperature: float, degrees: float = 10.75) -> float:
    """Age of the radiation-dominated Universe in seconds at ``temperature`` in eV (> 0): t = 1/(2H).

    H^2 = (8 pi G/3)(pi^2/30) g T^4; g = ``degrees`` is 10.75 with photons, e+-, and three neutrinos, as at decoupling.
    Friedmann equation of a flat Universe. Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from the Friedmann equation of a flat Universe full of radiation.

    >>> print(f"{age_s(temperature=1e6):.2f}")
    0.74
    """
    density = math.pi**2 / 30 * positive("degrees", degrees) * positive("temperature", temperature) ** 4
    return 1 / (2 * math.sqrt(8 * math.pi / 3 * GRAVITY * density)) / SECOND


def _weight(x: float) -> float:
    return x * x / (math.exp(x) + 1)


def _fermi_integral(s: float) -> float:
    """Int_0^inf x^(s-1)/(e^x + 1) dx = Gamma(s) eta(s); eta(1) = ln 2 is a limit."""
    eta = math.log(2) if s == 1 else _eta_product(s)
    return float(gamma(s)) * eta


def _eta_product(s: float) -> float:
    """eta(s) = (1 - 2^(1-s)) zeta(s), through expm1 because the factor vanishes at s = 1 where zeta diverges."""
    return float(-math.expm1((1 - s) * math.log(2)) * zeta(s))
