"""The real Earth in grazing units: lengths, curvature, filling times, and the force of what stays empty.

lambda = 1/sqrt(2 m |U|) does not depend on the momentum, l and sqrt(2|delta|) do: the thermal average over the gas of a
profile in height is the profile times <1/p> sqrt(2 m |U|).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from cnub.constants import EARTH_RADIUS_M, METRE, SPEED_OF_LIGHT_M_PER_S
from cnub.domain import finite, finite_array, non_negative, one_of, positive
from cnub.forces.gradient import gradient_acceleration
from cnub.grazing.gallery import resonances
from cnub.grazing.halfspace import SIGNS, density_excess, grazing_excess
from cnub.matter import FLAVOURS, material, refractivity, weak_potential
from cnub.relic import mean_momentum, momentum_moment, number_density, speed

STATES = ("empty plane", "downgoing flux", "filled")


@dataclass(frozen=True)
class GrazingScales:
    """Grazing units of one momentum over one ground: delta, theta_c in rad, lambda and l in m, kappa, v in m/s."""

    delta: float
    critical_angle: float
    height_m: float
    range_m: float
    kappa: float
    speed_m_per_s: float


def grazing_scales(
    mass: float = 0.1, momentum: float | None = None, ground: str = "crust", radius_m: float = EARTH_RADIUS_M
) -> GrazingScales:
    """Grazing units for a nu_e of ``mass`` and ``momentum`` (eV, by default the mean one) over ``ground``.

    delta is negative for nu_e over ground with 3Z > A: the attracted species is its antineutrino, of the same size.
    """
    k = mean_momentum() if momentum is None else positive("momentum", momentum)
    delta = refractivity(mass, k, weak_potential(material(ground)))
    size = abs(delta)
    return GrazingScales(
        delta=delta,
        critical_angle=math.sqrt(2.0 * size),
        height_m=1.0 / (k * math.sqrt(2.0 * size) * METRE),
        range_m=1.0 / (k * size * METRE),
        kappa=1.0 / (math.sqrt(2.0) * k * positive("radius_m", radius_m) * METRE * size**1.5),
        speed_m_per_s=float(speed(k, mass)) * SPEED_OF_LIGHT_M_PER_S,
    )


def filling_time_s(length_m: float, scales: GrazingScales) -> float:
    """Time in s for a patch of ``length_m`` >= 0 to be filled at its centre: half of it and the horizon, 2 l/kappa.

    Beyond that the ground has tilted out of the critical angle. For kappa above the critical curvature, where the
    sphere outside holds no trapped wave.
    """
    reach = 0.5 * non_negative("length_m", length_m) + 2.0 * scales.range_m / scales.kappa
    return reach / scales.speed_m_per_s


def curvature_outliving(seconds: float, scales: GrazingScales) -> float:
    """kappa at which the narrowest gallery wave takes ``seconds`` to fill, at the ``scales`` of the ground."""
    wanted = math.log(scales.range_m / scales.speed_m_per_s / positive("seconds", seconds))
    logarithm = brentq(lambda x: math.log(resonances(math.exp(x))[0].width) - wanted, math.log(0.01), math.log(0.5))
    return math.exp(logarithm)


def thermal_excess(
    height_m: float | np.ndarray, sign: str, flux: str, trapped: str, mass: float = 0.1, ground: str = "crust"
) -> float | np.ndarray:
    """Gas average of the leading half-space excess dn/n0 at ``height_m`` (m, >= 0), ``mass`` in eV, over ``ground``.

    ``sign``, ``flux`` and ``trapped`` as in ``grazing_excess``.
    """
    root = math.sqrt(2.0 * positive("mass", mass) * abs(weak_potential(material(ground))))
    heights = finite_array("height_m", height_m, 0.0) * METRE * root
    return root * momentum_moment(-1) * grazing_excess(heights, sign, flux, trapped)


def surface_acceleration(
    state: str, size_m: float, mass: float = 0.1, ground: str = "crust", body: str = "crust"
) -> float:
    """Acceleration in cm/s^2, all flavours, of a ``body`` of height ``size_m`` > 0 standing on ``ground``.

    ``state``: "empty plane" (trapped states never filled), "downgoing flux" (the talk's), or "filled", the steady state
    of plane, patch and sphere alike. The mean gradient over the body is the difference of n_nu - n_nubar between its
    top and the ground over its height. ``mass`` in eV, at the mean momentum.
    """
    one_of("state", state, STATES)
    k, soil, size = mean_momentum(), material(ground), positive("size_m", size_m) * METRE
    total = 0.0
    for flavour in FLAVOURS:
        delta = refractivity(mass, k, weak_potential(soil, flavour))
        top, bottom = (asymmetry(state, delta, k * z) for z in (size, 0.0))
        gradient = (top - bottom) / size * number_density()
        total += gradient_acceleration(gradient, material(body).z_over_a, flavour)
    return total


def asymmetry(state: str, delta: float, height: float) -> float:
    """(n_nu - n_nubar)/n at ``height`` (1/k) over a plane of ``delta`` for neutrinos, -delta for the others."""
    if one_of("state", state, STATES) == "filled":
        return density_excess(delta, height) - density_excess(-delta, height)
    angle = math.sqrt(2.0 * abs(finite("delta", delta)))
    height = non_negative("height", height)
    flux, trapped = ("both", "empty") if state == "empty plane" else ("above", "filled")
    attracted, repelled = (grazing_excess(height * angle, sign, flux, trapped) for sign in SIGNS)
    return math.copysign(angle, delta) * float(attracted - repelled)
