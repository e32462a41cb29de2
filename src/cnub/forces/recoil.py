"""Recoil of a slab under relic neutrinos, face by face, and how many powers of G_F it has.

Pressures are per n v k: n the density of the neutrinos, v and k their speed and momentum; positive along the flux (or
along the outward axis, from left to right). The slab is thick, phases between its faces averaged out; the wave slab
is in ``cnub.reflection``. A flux of unit density at glancing sine s brings s per area; its momentum along the normal
is s outside and s' inside.

Above the critical angle the waves inside satisfy A + B = 1 (A forward, B backward), so the entry face is pushed by
s (1 + R) - s' and the exit face by s' - s (1 - R): each is of order G_F, and they add up to 2 s R, of order G_F^2.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cnub.domain import DomainError, finite_array, integer, positive, representable, within
from cnub.faces import later
from cnub.quadrature import panels, unit_rule
from cnub.reflection import Layers, face_reflectivity, index_step, stack_reflectivity, thick_slab_reflectivity

quad = later("scipy.integrate", "quad")

REFLECTED_REPELLED = 16 / 35
"""One-face reflected pressure over theta_c^3 for delta < 0: 1/3 from total reflection, 13/105 from partial."""
REFLECTED_ATTRACTED = 8 / 105
"""The same for delta > 0: partial reflection only."""

_PRECISION = 1e-11
_NODES = 24


@dataclass(frozen=True)
class SlabForces:
    """Pressure on the entry face, on the exit face, and their sum, per n v k."""

    entry: float
    exit: float
    net: float


@representable
def collimated_forces(delta: float, sine: float) -> SlabForces:
    """Pressures of a collimated flux on both faces of a thick slab, for glancing sine ``sine`` (0 < s <= 1).

    Entry and exit are -+ delta to first order, whatever the angle: the potential step times the density. ``delta``
    within +-0.1. Raises :class:`cnub.DomainError` outside these ranges.

    Source: R. R. Lewis, Phys. Rev. D 21 (1980) 663; N. Cabibbo and L. Maiani, Phys. Lett. B 114 (1982) 115.

    >>> forces = collimated_forces(delta=1e-8, sine=0.5)
    >>> print(f"{forces.entry:.3e}")
    -1.000e-08
    """
    delta = within("delta", delta, -0.1, 0.1)
    s = positive("sine", within("sine", sine, 0.0, 1.0))
    slab = float(thick_slab_reflectivity(delta, s))
    net = 2 * s * s * slab
    bend = _bend(delta, s)
    if bend is None:
        return SlabForces(net, 0.0, net)
    return SlabForces(s * (bend + s * slab), s * (s * slab - bend), net)


@representable
def isotropic_forces(delta: float) -> SlabForces:
    """Pressures of the isotropic gas on the left face, the right face, and the slab; positive to the right.

    Each face is lit from outside by one half of the sky and, through the slab, by the other. The left face is counted
    by the directions of the waves outside the slab, the right one by those inside: their sum vanishes only as far as
    the two integrals agree. ``delta`` within +-0.1. Raises :class:`cnub.DomainError` outside these ranges.

    Source: N. Cabibbo and L. Maiani, Phys. Lett. B 114 (1982) 115.

    >>> forces = isotropic_forces(delta=1e-4)
    >>> print(abs(forces.net / forces.entry) < 1e-6)
    True
    """
    delta = within("delta", delta, -0.1, 0.1)
    left = hemisphere(delta, lambda s: collimated_forces(delta, s).entry - collimated_forces(delta, s).exit)
    right = _by_inner_directions(delta, lambda s: collimated_forces(delta, s).exit - collimated_forces(delta, s).entry)
    return SlabForces(left, right, left + right)


@representable
def isotropic_stack_pressure(layers: Layers) -> SlabForces:
    """Pressures on a stack of layers, as a wave, from the left and the right half of the sky, and their sum.

    Int_0^1 s^2 R ds for each side, ``layers`` and reflectivities as in ``cnub.reflection.stack_reflectivity``. The
    stack need not be symmetric: one cannot build a mirror that reflects from one side only.
    """
    x, w = unit_rule(200)
    # s = x^2 puts nodes at grazing incidence, where the reflection is.
    s, weights = x**2, 2 * w * x
    left = float(np.sum(weights * s**2 * stack_reflectivity(layers, s)))
    right = -float(np.sum(weights * s**2 * stack_reflectivity(layers[::-1], s)))
    return SlabForces(left, right, left + right)


@representable
def reflected_pressure(delta: float) -> float:
    """Pressure of the isotropic gas on one face by reflection alone: Int_0^1 s^2 R ds ~ (16/35) theta_c^3.

    What Opher's proposal counts: recoil, solid angle and inclination bring one critical angle each. 8/105 instead of
    16/35 for ``delta`` > 0. Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'How many G_F's for the force?'.

    >>> print(f"{reflected_pressure(-1e-8) / (2e-8) ** 1.5 * 35 / 16:.3f}")
    1.000
    """
    return _moment(delta, 2, face_reflectivity)


@representable
def refracted_pressure(delta: float) -> float:
    """Pressure on one face by the bending of what enters it: (1/2) Int_0^1 s (s - s')(1 - R) ds ~ -delta/2.

    What Lewis' proposal counts, one face only. ``delta`` within +-0.1. Raises :class:`cnub.DomainError` outside these
    ranges.

    Source: R. R. Lewis, Phys. Rev. D 21 (1980) 663.

    >>> print(f"{refracted_pressure(1e-8):.2e}")
    -5.00e-09
    """
    delta = within("delta", delta, -0.1, 0.1)

    def bent(s):
        bend = _bend(delta, s)
        return 0.0 if bend is None else s * bend * (1 - float(face_reflectivity(delta, s)))

    return hemisphere(delta, bent)


@representable
def reflection_moment(delta: float, order: int) -> float:
    """Int_0^1 s^n R ds of one face for n = ``order`` (0 to 2): proportional to theta_c^(n+1).

    n = 0 weighs the solid angle that reflects, 1 its projection on the face as well, 2 the recoil as well.
    """
    return _moment(delta, integer("order", order, 0, 2), face_reflectivity)


@representable
def wind_pressure(delta: float, anisotropy: float) -> float:
    """Net pressure on a thick slab in a wind, flux proportional to 1 + ``anisotropy`` * s along the normal.

    2 a Int_0^1 s^3 R ds: the isotropic part cancels between the faces, what is left is of order delta^2 log(1/delta).
    ``anisotropy`` from 0 to 1.
    """
    return 2 * within("anisotropy", anisotropy, 0.0, 1.0) * _moment(delta, 3, thick_slab_reflectivity)


@representable
def prism_forces(vertices: object, delta: float) -> np.ndarray:
    """First-order force on each side of a prism, shape (n, 2), per n v k and unit length: delta times outward normals.

    ``vertices`` of the cross-section, shape (n, 2), counter-clockwise. The same for any direction of the flux, see
    ``collimated_forces``; so the sum over a closed body vanishes, for collimated neutrinos too. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: derived from the force on each face, delta along its normal.

    >>> square = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]
    >>> print(prism_forces(square, delta=1e-8).sum(axis=0))
    [0. 0.]
    """
    points = finite_array("vertices", vertices)
    if points.ndim != 2 or points.shape[1] != 2 or len(points) < 3:
        raise DomainError(f"vertices must have shape (n, 2), n >= 3; got {points.shape}")
    sides = np.roll(points, -1, axis=0) - points
    return within("delta", delta, -0.1, 0.1) * np.stack([sides[:, 1], -sides[:, 0]], axis=1)


@representable
def power(force: Callable[[float], float], delta: float) -> float:
    """Local exponent d log|force| / d log|delta|, the number of G_F's; ``delta`` within +-0.05, not zero.

    Central difference over a factor 1.1; exact for a power law. Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'How many G_F's for the force?'.

    >>> print(f"{power(reflected_pressure, delta=-1e-6):.2f}")
    1.50
    """
    value = within("delta", delta, -0.05, 0.05)
    if value == 0:
        raise DomainError("delta must be between -0.05 and 0.05, not zero; got 0")
    low, high = abs(force(value / 1.1)), abs(force(value * 1.1))
    if low == 0 or high == 0:
        raise DomainError("force must not vanish; got 0, which has no power")
    return math.log(high / low) / (2 * math.log(1.1))


def _bend(delta: float, s: float) -> float | None:
    """s - s' without the cancellation, or nothing below the critical angle, where reflection is total."""
    step = index_step(delta)
    return -step / (s + math.sqrt(s * s + step)) if s * s + step > 0 else None


def hemisphere(delta: float, pressure: Callable[[float], float]) -> float:
    """Half of Int_0^1 of a ``pressure`` over the sine of the glancing angle: what one half of the sky pushes.

    >>> print(round(hemisphere(1e-3, lambda s: 2 * s), 12))
    0.5
    """
    edge = math.sqrt(abs(index_step(delta)))
    return 0.5 * _integrate(pressure, edge)


def _by_inner_directions(delta, pressure):
    """(1/2) Int ds over the sines s' inside, s ds = s' ds', and over those of total reflection, which have none."""
    step = index_step(delta)
    edge = math.sqrt(abs(step))
    total = quad(pressure, 0, edge, epsabs=0, epsrel=_PRECISION)[0] if step < 0 else 0.0
    # y is s' where delta < 0; where delta > 0, s'^2 = edge^2 + y^2. Panels double away from the critical angle
    top = math.sqrt(1 + min(step, 0.0))
    doublings = math.ceil(math.log2(top / edge)) + 4 if edge else 0
    y, weights = panels([0.0, *(top * 2.0**-n for n in range(doublings, -1, -1))], _NODES)
    outer = np.minimum(np.sqrt(y * y - min(step, 0.0)), 1.0)
    points = zip(weights.flat, outer.flat, y.flat, strict=True)
    return 0.5 * (total + sum(float(w * pressure(s) * v / s) for w, s, v in points))


def _moment(delta, order, reflectivity):
    delta = within("delta", delta, -0.1, 0.1)
    edge = math.sqrt(abs(index_step(delta)))
    return _integrate(lambda s: s**order * float(reflectivity(delta, s)), edge) if edge else 0.0


def _integrate(function, edge):
    """Int_0^1, split at the critical angle; s = edge cosh t above it removes the branch point of s'."""
    if edge == 0:
        return quad(function, 0, 1, epsabs=0, epsrel=_PRECISION)[0]

    def above(t):
        return function(min(edge * math.cosh(t), 1.0)) * edge * math.sinh(t)

    below = quad(function, 0, edge, epsabs=0, epsrel=_PRECISION, limit=200)[0]
    return below + quad(above, 0, math.acosh(1 / edge), epsabs=0, epsrel=_PRECISION, limit=400)[0]
