"""The real Earth in grazing units: lengths, curvature, filling times, and the gas average.

lambda = 1/sqrt(2 m |U|) does not depend on the momentum, l and sqrt(2|delta|) do: the thermal average over the gas of a
profile in height is the profile times <1/p> sqrt(2 m |U|).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cnub.constants import EARTH_RADIUS_M, METRE, SPEED_OF_LIGHT_M_PER_S
from cnub.domain import finite_array, non_negative, positive, representable, within
from cnub.faces import later
from cnub.grazing.gallery import gallery_resonances
from cnub.grazing.halfspace import grazing_excess
from cnub.matter import material, refractivity, weak_potential
from cnub.relic import mean_momentum, momentum_moment, size_parameter, speed
from cnub.sphere.curvature import curvature_criterion

brentq = later("scipy.optimize", "brentq")


@dataclass(frozen=True)
class GrazingScales:
    """Grazing units of one momentum over one ground: delta, theta_c in rad, lambda and l in m, kappa, v in m/s."""

    delta: float
    critical_angle: float
    height_m: float
    range_m: float
    kappa: float
    speed_m_per_s: float


CURVATURES = (0.01, 0.5)
"""kappa between which the narrowest wave is narrow, and its width still a double."""
MASSES = (1e-12, 1e5)
"""Masses in eV between which ``delta`` of any ground stays far below one and above rounding."""


@representable
def grazing_scales(
    mass: float = 0.1,
    momentum: float | None = None,
    ground: str = "crust",
    radius_m: float = EARTH_RADIUS_M,
    nature: str = "dirac",
) -> GrazingScales:
    """Grazing units for a nu_e of ``mass`` and ``momentum`` (eV, by default the mean one) over ``ground``.

    delta is negative for nu_e over ground with 3Z > A: the attracted species is its antineutrino, of the same size.
    ``radius_m`` (m) of the ball; ``nature`` "majorana" is that of helicity -1. Raises :class:`cnub.DomainError` unless
    ``mass`` is from 1e-12 to 1e5 eV and the others are > 0.

    Source: talk, 'There is a criterion'.

    >>> print(f"{grazing_scales(mass=0.1).kappa:.0f}")
    47
    """
    k, mass = mean_momentum() if momentum is None else positive("momentum", momentum), within("mass", mass, *MASSES)
    delta = refractivity(mass, k, weak_potential(material(ground)), nature)
    angle = math.sqrt(2.0 * abs(delta))
    return GrazingScales(
        delta=delta,
        critical_angle=angle,
        height_m=1.0 / (k * angle * METRE),
        range_m=1.0 / (k * abs(delta) * METRE),
        kappa=curvature(size_parameter(radius_m, k), delta),
        speed_m_per_s=float(speed(k, mass)) * SPEED_OF_LIGHT_M_PER_S,
    )


def curvature(kR: float, delta: float) -> float:
    """kappa = 1/(sqrt 2 kR |delta|^1.5), the fall of a ball of size ``kR`` in grazing units, -kappa X^2."""
    return 1.0 / (math.sqrt(2.0) * float(curvature_criterion(positive("kR", kR), delta)))


def patch_filling_time_s(length_m: float, scales: GrazingScales) -> float:
    """Time in s for a patch of ``length_m`` >= 0 to be filled at its centre: half of it and the horizon, 2 l/kappa.

    Beyond that the ground has tilted out of the critical angle. For kappa above the critical curvature, where the
    sphere outside holds no trapped wave.
    """
    reach = 0.5 * non_negative("length_m", length_m) + 2.0 * scales.range_m / scales.kappa
    return reach / scales.speed_m_per_s


def curvature_outliving(seconds: float, scales: GrazingScales) -> float:
    """kappa at which the narrowest gallery wave takes ``seconds`` to fill, at the ``scales`` of the ground.

    Raises :class:`cnub.DomainError` unless ``seconds`` are those of a kappa from 0.01 to 0.5.
    """
    unit = scales.range_m / scales.speed_m_per_s
    shortest, longest = (unit / gallery_resonances(kappa)[0].width for kappa in reversed(CURVATURES))
    wanted = math.log(unit / within("seconds", seconds, shortest, longest))
    flat, curved = map(math.log, CURVATURES)
    return math.exp(brentq(lambda x: math.log(gallery_resonances(math.exp(x))[0].width) - wanted, flat, curved))


def thermal_excess(
    height_m: float | np.ndarray, sign: str, flux: str, trapped: str, mass: float = 0.1, ground: str = "crust"
) -> float | np.ndarray:
    """Gas average of the leading half-space excess dn/n0 at ``height_m`` (m, >= 0), ``mass`` in eV, over ``ground``.

    ``sign``, ``flux`` and ``trapped`` as in ``grazing_excess``; Dirac neutrinos, whose decay length is the same at
    every momentum, as that of Majorana ones is not. Raises :class:`cnub.DomainError` for a height above 1e30 m and a
    mass outside 1e-12 to 1e5 eV.
    """
    root = math.sqrt(2.0 * within("mass", mass, *MASSES) * abs(weak_potential(material(ground))))
    heights = finite_array("height_m", height_m, 0.0, 1e30) * METRE * root
    return root * momentum_moment(-1) * grazing_excess(heights, sign, flux, trapped)
