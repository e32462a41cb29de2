"""Hard strikes: relic neutrinos that a body turns by a large angle, and so the ones that push it.

In first Born order |f|^2 = 4 (delta k^2 R^3)^2 [j_1(x)/x]^2 with x = 2 kR sin(theta/2) for a ball. At large x the mean
of j_1^2 is 1/(2 x^2): d sigma/d Omega = delta^2 R^2/(8 sin^4(theta/2)), whatever k is. It is the reflection by the
front and by the back of the ball, and for any body of sharp surface S, averaged over its orientation (Porod's law),

    d sigma/d Omega = delta^2 S/(32 pi sin^4(theta/2)),        sigma(> theta) = (delta^2 S/8) [1/sin^2(theta/2) - 1].

So it grows as the surface, not as N^2. It is no longer true for bodies smaller than 1/k, whose atoms all add up; for a
surface that is graded over more than ~1/k; and at angles within a few 1/(kR), or a few critical angles, of forward.
G. Porod, Kolloid-Z. 124 (1951) 83.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cnub.coherence.cross_sections import target_cross_section, target_delta
from cnub.coherence.scattering import rate_hz
from cnub.constants import JULIAN_YEAR_S, KILOGRAM, METRE, SPEED_OF_LIGHT_M_PER_S
from cnub.domain import DomainError, non_negative, positive, representable, within
from cnub.faces import later
from cnub.matter import material
from cnub.quadrature import panels
from cnub.relic import TEMPERATURE, mean_momentum, number_density
from cnub.sky.wind import filling

brentq = later("scipy.optimize", "brentq")
quad = later("scipy.integrate", "quad")

RIGHT_ANGLE = math.pi / 2
_FASTEST = 60.0
"""p/T at which the average over the gas ends: e^-60 of it is left."""
BORN_PHASE = 0.2
"""Phase 2 kR |delta| up to which the average over the gas takes the first Born order."""
_PANELS, _NODES = 80, 16
"""Gauss panels in log p of that average. Near 1/R they resolve sin(4kR); further up it is a part 1/(kR) of the rate and
averages out. Twice the panels move the rate by 7e-5; the cut at 1/R matters at 1e-1."""


@representable
def surface_cross_section(delta: float, area: float, angle: float = RIGHT_ANGLE) -> float:
    """Cross-section beyond ``angle`` of any large body of sharp surface ``area``, over its orientations: Porod's law.

    (delta^2 area/8) [1/sin^2(angle/2) - 1], in the unit of ``area`` (> 0); ``angle`` from 1e-6 to pi rad.
    """
    share = math.sin(within("angle", angle, 1e-6, math.pi) / 2) ** -2 - 1
    return within("delta", delta, -0.1, 0.1) ** 2 * positive("area", area) / 8 * share


@representable
def graded_share(width: float, momentum: float, angle: float = RIGHT_ANGLE) -> float:
    """Share of the strikes beyond ``angle`` that is left if the surface is smeared by a Gaussian of standard ``width``.

    The amplitude falls by exp(-q^2 width^2/2), q = 2k sin(theta/2). ``width`` in 1/eV (>= 0), ``momentum`` k in eV,
    ``angle`` from 1e-6 to below pi, in rad.
    """
    u = math.sin(within("angle", angle, 1e-6, 3.14) / 2) ** 2
    smear = (2 * positive("momentum", momentum) * non_negative("width", width)) ** 2
    left = quad(lambda v: math.exp(-smear * v) / v**2, u, 1.0, epsabs=0.0, epsrel=1e-10)[0]
    return left / (1 / u - 1)


@representable
def strike_rate_hz(
    radius_m: float = 1.0, mass: float = 0.1, momentum: float | None = None, nature: str = "dirac"
) -> float:
    """Rate in Hz at which a ball of ``radius_m`` turns relic neutrinos by more than a right angle: n v sigma.

    112 neutrinos and antineutrinos per cm^3 of ``mass`` in eV, all at ``momentum`` (eV; the mean one if not given); N_A
    scatterers of unit charge per cm^3; ``nature`` "dirac" or "majorana", which seldom turns back.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Coherent scattering rate'.

    >>> print(f"{strike_rate_hz(radius_m=1.0, mass=0.1):.4f}")
    0.0131
    """
    born = target_cross_section("hard", within("radius_m", radius_m, 1e-9, 1e9), mass, momentum, nature)
    return _rate_hz(born, radius_m)


@representable
def lowest_momentum(radius_m: float = 1.0, mass: float = 0.1, nature: str = "dirac") -> float:
    """Momentum in eV above which the gas is averaged: 1/R, or where the phase 2 kR |delta| has fallen to `BORN_PHASE`.

    Arguments as for :func:`gas_strike_rate_hz`. Raises :class:`cnub.DomainError`, also if the phase is larger up to the
    end of the gas.

    >>> round(lowest_momentum(1.0, 0.1) * METRE, 6), round(lowest_momentum(1.0, 1.0) * METRE, 2)
    (1.0, 4.9)
    """
    size = within("radius_m", radius_m, 0.01, 2.0) * METRE
    low, high = 1 / size, _FASTEST * TEMPERATURE

    def excess(momentum):
        return 2 * momentum * size * target_delta(nature, mass, momentum) - BORN_PHASE

    if excess(low) <= 0:
        return low
    if excess(high) > 0:
        raise DomainError(f"mass must be one that leaves 2 kR delta below {BORN_PHASE:g} in the gas; got {mass!r}")
    return brentq(excess, low, high, xtol=1e-30, rtol=1e-12)


@representable
def gas_strike_rate_hz(
    radius_m: float = 1.0, mass: float = 0.1, nature: str = "dirac", drift: float = 0.0, slowest_km_s: float = 0.0
) -> float:
    """The same averaged over the momenta above 1/R, where a strike by more than a right angle is a large transfer.

    ``radius_m`` from 0.01 to 2. v sigma falls as p^-3 (Dirac), so that every decade of momentum below the mean adds the
    same: slow neutrinos, which push little, make most of the rate, and the cut at 1/R is felt as the logarithm of R.
    For large masses the cut is higher, see :func:`lowest_momentum`. That is a gas at rest without gravity; ``drift`` in
    units of c (0 to 0.01) moves the ball through it, and ``slowest_km_s`` (0 to 1e4) is the speed below which none are:
    what comes from far away has at least the speed of escape. Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Coherent scattering rate'.

    >>> print(f"{gas_strike_rate_hz(radius_m=1.0, mass=0.1):.3f}")
    0.802
    """
    u, slowest = within("drift", drift, 0.0, 0.01), within("slowest_km_s", slowest_km_s, 0.0, 1e4)
    low = max(lowest_momentum(radius_m, mass, nature), mass * slowest * 1e3 / SPEED_OF_LIGHT_M_PER_S)
    edges = np.linspace(math.log(low), math.log(_FASTEST * TEMPERATURE + u * mass), _PANELS + 1)
    logs, weights = (part.ravel() for part in panels(edges, _NODES))
    momenta = np.exp(logs)
    rates = np.array([strike_rate_hz(radius_m, mass, p, nature) for p in momenta])
    density = momenta**2 * filling(momenta, mass, u)[0] / (2 * math.pi**2 * number_density())
    return float(np.sum(weights * momenta * density * rates))


def _rate_hz(born, radius_m):
    disc = math.pi * radius_m**2
    return rate_hz(born.cross_section_m2 / disc, born.speed, disc)


@dataclass(frozen=True)
class Recoil:
    """What hard strikes do to a ball: how often, what share of a momentum k each hands over, and what that moves.

    ``transfer`` is the mean of 1 - cos(theta), 1 to 2; ``kick_cm_s`` the speed that the ball gains in one strike;
    ``acceleration_cm_s2`` the mean one if all neutrinos came from one side; ``wander_cm_s`` the root mean square speed
    along one axis that strikes from all sides leave after a year.
    """

    rate_hz: float
    transfer: float
    kick_cm_s: float
    acceleration_cm_s2: float
    wander_cm_s: float


@representable
def strike_recoil(medium: str = "iron", radius_m: float = 1.0, mass: float = 0.1, nature: str = "dirac") -> Recoil:
    """Hard strikes on a ball of ``medium`` (a material) with ``radius_m`` (1e-6 to 1e3), nu_e at the mean momentum.

    112 neutrinos and antineutrinos per cm^3 of ``mass`` in eV (>= 0), ``nature`` "dirac" or "majorana". Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'Coherent scattering rate'.

    >>> print(f"{strike_recoil().kick_cm_s:.0e}")
    1e-33
    """
    chosen = material(medium)
    radius, k = within("radius_m", radius_m, 1e-6, 1e3), mean_momentum()
    charge = 3 * chosen.z_over_a - 1
    hard, moved = (
        target_cross_section(kind, radius, mass, k, nature, charge, chosen.density_g_per_cm3)
        for kind in ("hard", "hard transport")
    )
    rate, transfer = _rate_hz(hard, radius), moved.cross_section_m2 / hard.cross_section_m2
    weight = chosen.density_g_per_cm3 * 1e3 * 4 / 3 * math.pi * radius**3 * KILOGRAM
    speed = k / weight * 100 * SPEED_OF_LIGHT_M_PER_S
    # q^2 = 2 k^2 (1 - cos theta), a third of it along one axis
    wander = speed * math.sqrt(2 * transfer / 3 * rate * JULIAN_YEAR_S)
    return Recoil(rate, transfer, transfer * speed, rate * transfer * speed, wander)
