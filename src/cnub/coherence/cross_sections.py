"""Total, transport and hard-strike cross-sections of a ball, for Dirac and Majorana neutrinos of any speed.

Matter at rest acts on nu-bar gamma^0 (1 - gamma_5) nu. With U_0 = sqrt(2) G_F n (3Z - A)/2, the potential of a fast
nu_e, and delta_0 = -U_0 E/k^2 the first Born order of a ball is, summed over the helicities that come out,

    d sigma/d Omega = 4 delta_0^2 k^4 R^6 [j_1(x)/x]^2 w(theta),   x = 2 kR sin(theta/2),
    w = (1 + v)(1 + v cos theta)/4   Dirac, the helicity that decoupling left (nu left-, antinu right-handed),
    w = (1 - v)(1 - v cos theta)/4   Dirac, the other one,
    w = v^2 (1 + cos theta)/2        Majorana, either one.

A slow Dirac neutrino keeps its spin and scatters like a scalar of half the potential; a fast one keeps its helicity,
and so does a Majorana neutrino at any speed, which therefore never turns straight back.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import sici

from cnub.coherence.structure import ball_form_factor
from cnub.constants import AVOGADRO, CENTIMETRE, FERMI_CONSTANT, METRE
from cnub.domain import DomainError, finite, non_negative, one_of, positive, representable, within
from cnub.oscillation import NATURES
from cnub.quadrature import panels
from cnub.relic import mean_momentum

KINDS = ("total", "transport", "hard", "hard transport")
HELICITIES = ("produced", "other")
LARGEST_PHASE = 0.5
"""Phase 2 kR |delta| up to which the first Born order is given; its square is what the order leaves out."""
_SMALL = 0.5
"""x below which the closed forms lose digits to cancellation; there the integrand is smooth enough for 16 nodes."""
_HARD = math.sqrt(0.5)
"""sin(theta/2) beyond which a strike is hard: 90 degrees."""


@dataclass(frozen=True)
class Born:
    """A ball in first Born order: ``cross_section_m2``, the wave's k R and |delta| at zero angle, and its speed v."""

    cross_section_m2: float
    kR: float
    delta: float
    speed: float


@representable
def target_cross_section(
    kind: str,
    radius_m: float = 1.0,
    mass: float = 0.1,
    momentum: float | None = None,
    nature: str = "dirac",
    charge: float = 1.0,
    density: float = 1.0,
    helicity: str = "produced",
) -> Born:
    """Cross-section in m^2 of a ball of ``density`` (N_A per cm^3, > 0) scatterers with ``charge`` 3Z - A, nu_e.

    ``kind`` is "total"; "transport", weighted by 1 - cos(theta), the share of the momentum that it takes; "hard",
    beyond 90 degrees; or "hard transport". ``mass`` (>= 0) and ``momentum`` (> 0, the mean one if not given) in eV, at
    any speed; ``radius_m`` from 1e-12 to 1e12; ``nature`` "dirac" or "majorana"; ``helicity`` "produced" or "other".
    Raises :class:`cnub.DomainError` outside these ranges, or where the phase 2 kR |delta| exceeds 0.5.

    Source: talk, 'Coherent enhancement' (total amplitude); talk, 'Coherent scattering rate'.

    >>> print(f'{target_cross_section("hard", nature="majorana").cross_section_m2:.1e}')
    2.5e-21
    """
    one_of("kind", kind, KINDS)
    k = mean_momentum() if momentum is None else positive("momentum", momentum)
    energy = math.hypot(k, non_negative("mass", mass))
    radius = within("radius_m", radius_m, 1e-12, 1e12) * METRE
    delta = relativistic_potential(charge, density) * energy / k**2
    isotropic, slope = spin_weight(nature, k / energy, helicity)
    forward = target_delta(nature, mass, k, charge, density, helicity)
    if 2 * k * radius * forward > LARGEST_PHASE:
        raise DomainError(
            f"radius_m must leave a phase 2 kR delta of at most {LARGEST_PHASE:g}, got {2 * k * radius * forward:.2g}"
        )
    value = 8 * math.pi * (delta * k * radius**2) ** 2 * _share(kind, 2 * k * radius, isotropic, slope)
    return Born(value / METRE**2, k * radius, forward, k / energy)


@representable
def relativistic_potential(charge: float = 1.0, density: float = 1.0) -> float:
    """|U_0| = sqrt(2) G_F n C/2 in eV, the charge C = 3Z - A and n = ``density`` (> 0) in N_A per cm^3."""
    number = positive("density", density) * AVOGADRO / CENTIMETRE**3
    return FERMI_CONSTANT * number * abs(finite("charge", charge)) / math.sqrt(2)


@representable
def target_delta(
    nature: str,
    mass: float,
    momentum: float,
    charge: float = 1.0,
    density: float = 1.0,
    helicity: str = "produced",
) -> float:
    """|delta| of the wave that goes straight on: E U_0/k^2 times (1 + v)/2 (Dirac), (1 - v)/2 (other), v (Majorana).

    At rest half of the fast neutrino's potential is left for Dirac and none for Majorana neutrinos, which have no
    vector charge. ``mass`` (>= 0) and ``momentum`` (> 0) in eV; the others as for :func:`target_cross_section`.
    """
    k = positive("momentum", momentum)
    energy = math.hypot(k, non_negative("mass", mass))
    isotropic, slope = spin_weight(nature, k / energy, helicity)
    return relativistic_potential(charge, density) * energy / k**2 * math.sqrt(max(isotropic + slope, 0.0))


def spin_weight(nature: str, speed: float, helicity: str = "produced") -> tuple[float, float]:
    """(a, b) of w = a + b cos(theta): what spin leaves of the square, over that of a fast neutrino forward.

    ``speed`` from 0 to 1. Raises :class:`cnub.DomainError` outside these ranges.

    >>> spin_weight("dirac", 0.0), spin_weight("dirac", 1.0), spin_weight("majorana", 0.0)
    ((0.25, 0.0), (0.5, 0.5), (0.0, 0.0))
    """
    v = within("speed", speed, 0.0, 1.0)
    if one_of("nature", nature, NATURES) == "majorana":
        one_of("helicity", helicity, HELICITIES)
        return v * v / 2, v * v / 2
    v = v if one_of("helicity", helicity, HELICITIES) == "produced" else -v
    return (1 + v) / 4, v * (1 + v) / 4


def _share(kind, end, isotropic, slope):
    """Int w [1 - cos(theta)] j_1^2/x dx: with t = x/end, cos(theta) = 1 - 2 t^2."""
    start = end * _HARD if kind.startswith("hard") else 0.0
    first, second, third = (_bessel_integral(power, start, end) / end ** (power + 1) for power in (-1, 1, 3))
    if kind.endswith("transport"):
        return 2 * (isotropic + slope) * second - 4 * slope * third
    return (isotropic + slope) * first - 2 * slope * second


def _bessel_integral(power, low, high):
    """Int x^power j_1(x)^2 dx, power -1, 1 or 3."""
    if low >= _SMALL:
        return _antiderivative(power, high) - _antiderivative(power, low)
    edge = min(high, _SMALL)
    beyond = _antiderivative(power, high) - _antiderivative(power, edge) if high > edge else 0.0
    return _near_zero(low, edge)[power] + beyond


@lru_cache(maxsize=64)
def _near_zero(low, high):
    """The integrals up to `_SMALL` by power: one wave asks for all three, and all that reach further for the same."""
    x, weights = panels(np.array([low, high]), 16)
    squared = (ball_form_factor(x) / 3) ** 2
    return {power: float(np.sum(weights * x ** (power + 2) * squared)) for power in (-1, 1, 3)}


def _antiderivative(power, x):
    sine, cosine, double = math.sin(x), math.cos(2 * x), math.sin(2 * x)
    if power == -1:
        return -(x**-2 - x**-3 * double + x**-4 * sine**2) / 4
    logarithm = (math.log(x) - float(sici(2 * x)[1])) / 2
    if power == 1:
        return logarithm + double / (2 * x) - sine**2 / (2 * x**2)
    return logarithm + 0.625 * cosine + x * x / 4 + x * double / 4
