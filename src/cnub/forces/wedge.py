"""The second order of the force of a collimated flux on a prism with inclined faces, by momentum and by gradient.

Across a long prism of convex cross-section the first Born wave is psi_1(x) = delta_2 (i/4) Int H_0(|x - x'|) psi_0(x')
d^2x', delta_2 = 2 delta + delta^2. The faces are pushed by (delta_2/2) n Int |psi|^2 ds: delta along each normal at
first order (:func:`cnub.forces.recoil.prism_forces`), which adds up to nothing, then delta_2 n Int Re(psi_0* psi_1) ds.
The momentum that the wave leaves is Int (k - k') dsigma, of second order at once. Lengths are in 1/k, forces per n v k
and unit length of the prism.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from cnub.domain import DomainError, finite, finite_array, representable, within
from cnub.forces.recoil import prism_forces
from cnub.quadrature import unit_rule
from cnub.reflection import index_step

LARGEST = 20.0
"""Extent up to which the nodes below are tested to resolve the wave."""


@dataclass(frozen=True)
class WedgeForces:
    """``first`` order on each side, shape (n, 2), and the ``second`` order there; their sum by momentum, shape (2,)."""

    first: np.ndarray
    second: np.ndarray
    momentum: np.ndarray


@representable
def wedge_forces(vertices: object, delta: float, angle: float = 0.0) -> WedgeForces:
    """Forces on the sides of a prism in a flux along ``angle`` (rad), and what the scattered wave carries off.

    ``vertices`` of the convex cross-section in 1/k, shape (n, 2), counter-clockwise, 1e-3 to 20 across; ``delta``
    within +-0.1. Raises :class:`cnub.DomainError` outside these ranges.

    >>> found = wedge_forces([[0.0, 0.0], [4.0, 0.0], [0.0, 2.0]], delta=1e-6)
    >>> print(np.allclose(found.second.sum(axis=0), found.momentum, rtol=1e-8, atol=0.0))
    True
    """
    points, beam = _convex(vertices), finite("angle", angle)
    first = prism_forces(points, delta) * (index_step(delta) / (2 * delta) if delta else 1.0)
    return WedgeForces(first, _second_order(points, delta, beam), _carried_off(points, delta, beam))


def _convex(vertices):
    points = finite_array("vertices", vertices)
    if points.ndim != 2 or points.shape[1] != 2 or len(points) < 3:
        raise DomainError(f"vertices must have shape (n, 2), n >= 3; got {points.shape}")
    within("vertices", float(np.ptp(points, axis=0).max()), 1e-3, LARGEST)
    sides = np.roll(points, -1, axis=0) - points
    if np.any(_cross(sides, np.roll(sides, -1, axis=0)) <= 0):
        raise DomainError("vertices must be those of a convex cross-section, counter-clockwise")
    return points


def _nodes(points):
    return int(32 + 2.5 * np.ptp(points, axis=0).max())


def _cross(a, b):
    return a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]


def _carried_off(points, delta, angle):
    """delta_2^2/(8 pi) Int (k - k') |S(k - k')|^2 dtheta, S the form factor of the cross-section."""
    count = int(200 + 8 * np.ptp(points, axis=0).max())
    out = angle + 2 * math.pi * (np.arange(count) + 0.5) / count  # never straight on, where S is area by continuity
    transfer = np.stack([math.cos(angle) - np.cos(out), math.sin(angle) - np.sin(out)], axis=1)
    strength = np.abs(_form_factor(points, transfer)) ** 2
    return index_step(delta) ** 2 / (4 * count) * (strength @ transfer)


def _form_factor(points, transfer):
    """Int e^(iqx) d^2x of a polygon, side by side: q n/(i q^2) times the integral of e^(iqx) along the side."""
    sides = np.roll(points, -1, axis=0) - points
    normals = np.stack([sides[:, 1], -sides[:, 0]], axis=1)
    waves = np.sinc(transfer @ sides.T / (2 * math.pi)) * np.exp(1j * transfer @ (points + sides / 2).T)
    return np.sum(transfer @ normals.T * waves, axis=1) / (1j * np.sum(transfer**2, axis=1))


def _second_order(points, delta, angle):
    sides = np.roll(points, -1, axis=0) - points
    normals = np.stack([sides[:, 1], -sides[:, 0]], axis=1)
    count = _nodes(points)
    x, w = unit_rule(count)
    # bunched at the corners, where psi_1 is not smooth
    t, weights = special.betainc(4, 4, x), w * 140 * (x * (1 - x)) ** 3
    means = []
    for j in range(len(points)):
        places = points[j] + t[:, None] * sides[j]
        seen = sum(_swept(places, points[i], points[i] + sides[i], angle, count) for i in range(len(points)) if i != j)
        means.append(float(weights @ seen))
    return index_step(delta) ** 2 * np.array(means)[:, None] * normals


def _swept(places, start, end, angle, count):
    """Re (i/4) Int H_0(r) e^(ir cos) r dr dphi over the triangle between each place and a side, r from the place.

    Along the side, from the foot of the perpendicular h, the distance is h sinh(u): dphi = du/cosh(u), and r ends at
    h cosh(u).
    """
    along = (end - start) / np.linalg.norm(end - start)
    relative = start - places
    height = np.abs(_cross(relative, along))
    low = np.arcsinh(relative @ along / height)
    high = np.arcsinh((end - places) @ along / height)
    x, w = unit_rule(count)
    u = low[:, None] + (high - low)[:, None] * x
    reach = height[:, None] * np.cosh(u)
    normal = relative - (relative @ along)[:, None] * along
    normal /= np.linalg.norm(normal, axis=1)[:, None]
    beam = np.array([math.cos(angle), math.sin(angle)])
    cosine = (np.sinh(u) * (along @ beam) + (normal @ beam)[:, None]) / np.cosh(u)
    return np.sum((high - low)[:, None] * w * _outwards(reach, cosine, count) / np.cosh(u), axis=1)


def _outwards(reach, cosine, count):
    """Re (i/4) Int_0^reach H_0(r) e^(i r cosine) r dr; r = reach v^2 tames the logarithm at the start."""
    v, w = unit_rule(count)
    r = reach[..., None] * v**2
    wave = 0.25j * special.hankel1(0, r) * np.exp(1j * r * cosine[..., None])
    return reach * np.sum(2 * v * w * r * wave.real, axis=-1)
