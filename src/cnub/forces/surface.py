"""The force on a body at the Earth's surface in the gradient of n_nu - n_nubar, by which states are filled.

Ground and body repel or attract each flavour alike, so that the contributions of the flavours add. A body of height H
feels the difference of n_nu - n_nubar between its top and the ground over H; a small one the slope at the surface,
which is known in closed form in every state of the gas.
"""

from __future__ import annotations

import math

from cnub.constants import METRE
from cnub.domain import DomainError, one_of, within
from cnub.forces.gradient import gradient_acceleration
from cnub.grazing.earth import MASSES
from cnub.grazing.halfspace import HIGHEST, grazing_excess, halfspace_excess, talk_asymmetry
from cnub.matter import FLAVOURS, critical_angle, material, refractivity, vector_share, weak_potential
from cnub.reflection import SIGNS
from cnub.relic import mean_momentum, number_density

STATES = ("empty plane", "downgoing flux", "filled", "talk")
"""Trapped states never filled; the downgoing flux over a uniform upgoing one; the steady state of plane, patch and
sphere alike; and the talk's exponential for the second of these, with lambda_cr = 1/(k sqrt(2 |delta|))."""

LARGEST = 1e100
"""Size in metres up to which a body is followed, so that no height in wavelengths is too large for a double."""


def surface_acceleration(
    state: str = "filled",
    size_m: float = 0.0,
    mass: float = 0.1,
    ground: str = "crust",
    body: str | None = None,
    flavours: tuple[str, ...] = FLAVOURS,
    nature: str = "dirac",
) -> float:
    """Acceleration in cm/s^2, upwards, of a body of height ``size_m`` (0 to 1e100) on the ground, at the mean momentum.

    ``state``: "empty plane", "downgoing flux", "filled" or "talk", see `STATES`. ``mass`` in eV (1e-12 to 1e5), common
    to the ``flavours``, ``nature`` "dirac" or "majorana" (2v of the charge, for ground and body); ``ground`` and
    ``body`` materials by name, the body by default that of the ground. Size 0 is the slope at the surface: per flavour
    -pi delta k n if filled, which lasts 1/k = 0.4 mm, and 4/3 |delta| k n in the talk's profile. Raises
    :class:`cnub.DomainError` outside.

    Source: talk, 'Asymmetry'; talk, 'Gradient force' (potential of a nucleus).

    >>> print(f'{surface_acceleration(state="filled", size_m=1.0):.1e}')
    -2.4e-34
    """
    one_of("state", state, STATES)
    if not flavours:
        raise DomainError("flavours must be one or more; got none")
    k, soil, size = mean_momentum(), material(ground), within("size_m", size_m, 0.0, LARGEST) * METRE
    target, mass = material(body) if body is not None else soil, within("mass", mass, *MASSES)
    total = 0.0
    for flavour in flavours:
        delta = refractivity(mass, k, weak_potential(soil, flavour), nature)
        rise = _slope(state, delta) * k if size == 0 else _difference(state, delta, k * size) / size
        total += gradient_acceleration(rise * number_density(), target.z_over_a, flavour)
    return total * float(vector_share(mass, k, nature))


def asymmetry(state: str, delta: float, height: float) -> float:
    """(n_nu - n_nubar)/n at ``height`` over a plane of ``delta`` for neutrinos, -delta for antineutrinos.

    ``height`` in units of 1/k (0 to 1e300); ``state`` as in `surface_acceleration`; ``delta`` within +-0.1 unless it is
    "filled". Raises :class:`cnub.DomainError` outside.

    Source: talk, 'Enhanced asymmetry and gradient'.

    >>> print(asymmetry("downgoing flux", -1e-8, height=0.0) > 0)
    True
    """
    if one_of("state", state, STATES) == "filled":
        return float(halfspace_excess(delta, height) - halfspace_excess(-delta, height))
    angle, height = critical_angle(delta), within("height", height, 0.0, HIGHEST)
    if state == "talk":
        return -math.copysign(angle, delta) * float(talk_asymmetry(height * angle, 1.0))
    flux, trapped = ("both", "empty") if state == "empty plane" else ("above", "filled")
    attracted, repelled = (grazing_excess(height * angle, sign, flux, trapped) for sign in SIGNS)
    return math.copysign(angle, delta) * float(attracted - repelled)


def _difference(state, delta, height):
    return asymmetry(state, delta, height) - asymmetry(state, delta, 0.0)


def _slope(state, delta):
    """d/d(kz) of :func:`asymmetry` at the surface: of -T(u) that is pi/4, of -(2/3) exp(-u) it is 2/3."""
    if state == "filled":
        return -math.pi * delta
    return math.copysign(critical_angle(delta) ** 2, delta) * (2 / 3 if state == "talk" else math.pi / 4)
