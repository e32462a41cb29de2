r"""The semiclassical treatment: rays that refract and partly reflect at the surface of a ball, no interference.

Rays of an isotropic gas enter a sphere of twice the ball's radius and are followed in three dimensions. Outside they
move with speed 1, inside with n = 1 + delta; at the surface the tangential momentum is kept, and a ray is reflected
with the probability ((q - q')/(q + q'))^2 of the normal momenta q, q' (1 beyond the critical angle). Energy sets the
speeds, angular momentum is the tangential momentum, particle number is the ray itself: the talk's three conservation
laws, checked along the way instead of assumed.

Whatever the reflection probability, a ray of given angular momentum comes in and goes out along the same two legs. So
outside the density is that of empty space, ray by ray. Inside, rays reach only what Liouville's theorem lets them:
density n, less the orbits with angular momentum between kR and nkR, which no ray from outside enters.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cnub.domain import finite_array, integer, within

OUTER = 2.0
"""Radius of the sphere on which rays start, in radii of the ball."""
MOST_BOUNCES = 20_000


@dataclass(frozen=True)
class RayDensity:
    """Density excess n/n0 - 1 per radial bin with its statistical error, and the worst violation of each law.

    ``unreturned`` counts rays that were still inside after 20000 bounces.
    """

    edges: np.ndarray
    excess: np.ndarray
    standard_error: np.ndarray
    energy_violation: float
    angular_momentum_violation: float
    unreturned: int


def trace(delta: float, rays: int = 20000, edges: object = None, seed: int = 1) -> RayDensity:
    """Follow ``rays`` rays through a ball of index 1 + ``delta`` and return the density they make, bin by bin.

    ``delta`` between -0.5 and 0.5; ``edges``: radii of the bins in units of the ball's, between 0 and 2, default 24
    bins up to 2. Empty space gives n0: the same ray without the ball is subtracted from each. Raises
    :class:`cnub.DomainError`.

    Source: talk, 'Semiclassical treatment' (density as a flux).

    >>> rays = trace(1e-2, rays=2000, edges=[1.0, 2.0])
    >>> print(abs(rays.excess[0]) < 1e-9)
    True
    """
    delta = within("delta", delta, -0.5, 0.5)
    rays, seed = integer("rays", rays, 100, 10**6), integer("seed", seed, 0, 2**32 - 1)
    bins = np.linspace(0.0, OUTER, 25) if edges is None else finite_array("edges", edges, low=0.0, high=OUTER)
    change, energy, angular, lost = _batch(1 + delta, rays, bins, np.random.default_rng(seed))
    # Rate of entry n0/4 x 4 pi OUTER^2 at unit speed; time per ray and volume turn it into a density.
    scale = math.pi * OUTER**2 / (4 / 3 * math.pi * np.diff(bins**3))
    error = change.std(axis=0) / math.sqrt(rays)
    return RayDensity(bins, change.mean(axis=0) * scale, error * scale, energy, angular, lost)


def filled_density(radius: object, delta: float) -> np.ndarray:
    """Exact incoherent excess at ``radius`` (units of the ball's): n [1 - sqrt(1 - 1/(n r)^2)] - 1 inside, 0 outside.

    The root is the share of directions whose angular momentum, n r sin(theta), exceeds what enters, 1; it is absent
    for n r < 1, and the excess then delta. Raises :class:`cnub.DomainError`.

    Source: talk, 'Semiclassical treatment' (density of rays); derived from Liouville's theorem.

    >>> print(filled_density([0.5, 1.5], delta=1e-2))
    [0.01 0.  ]
    """
    r = finite_array("radius", radius, low=0.0)
    n = 1 + within("delta", delta, -0.5, 0.5)
    reach = np.maximum(n * r, 1.0)
    return np.where(r > 1, 0.0, n * (1 - np.sqrt(1 - 1 / reach**2)) - 1)


def _start(count, random):
    """Points on the outer sphere and inward directions of an isotropic gas (cosine law), each of shape (count, 3)."""
    normal = random.normal(size=(count, 3))
    normal /= np.linalg.norm(normal, axis=1)[:, None]
    side = np.cross(normal, random.normal(size=(count, 3)))
    side /= np.linalg.norm(side, axis=1)[:, None]
    sine2 = random.random(count)[:, None]
    return OUTER * normal, np.sqrt(sine2) * side - np.sqrt(1 - sine2) * normal


def _dot(a, b):
    return np.einsum("ij,ij->i", a, b)


def _far_side(position, direction, radius):
    """Distance along ``direction`` at which a ray leaves the sphere of ``radius``."""
    along = _dot(position, direction)
    closest = _dot(position, position) - along**2
    return -along + np.sqrt(np.maximum(radius**2 - closest, 0.0))


def _times(bins, position, direction, length, slowness):
    """Time each straight leg spends in each radial bin, shape (rays, bins)."""
    along = _dot(position, direction)[:, None]
    closest = _dot(position, position)[:, None] - along**2
    half = np.sqrt(np.maximum(bins**2 - closest, 0.0))
    inside = np.minimum(length[:, None], half - along) - np.maximum(0.0, -half - along)
    return np.diff(np.maximum(inside, 0.0), axis=1) * slowness


def _cross(position, momentum, index_from, index_to, random):
    """Momentum after meeting the surface: refracted, or reflected by chance or necessity; and whether it passed."""
    normal = position / np.linalg.norm(position, axis=1)[:, None]
    q = _dot(momentum, normal)
    after2 = q**2 + index_to**2 - index_from**2
    after = np.copysign(np.sqrt(np.maximum(after2, 0.0)), q)
    passed = (after2 > 0) & (random.random(len(q)) >= ((q - after) / (q + after)) ** 2)
    return momentum + (np.where(passed, after, -q) - q)[:, None] * normal, passed


def _follow(index, bins, times, position, momentum, random):
    """Follow rays that hit the ball from the outer sphere until they have left; adds to ``times``.

    Returns position and momentum on the way out, and which rays are still inside after ``MOST_BOUNCES``.
    """
    reach = -_far_side(position, -momentum, 1.0)
    times += _times(bins, position, momentum, reach, 1.0)
    position = position + reach[:, None] * momentum
    momentum, inside = _cross(position, momentum, 1.0, index, random)
    for _ in range(MOST_BOUNCES):
        here = np.flatnonzero(inside)
        if len(here) == 0:
            break
        start, direction = position[here], momentum[here] / index
        length = _far_side(start, direction, 1.0)
        times[here] += _times(bins, start, direction, length, 1 / index)
        position[here] = start + length[:, None] * direction
        momentum[here], passed = _cross(position[here], momentum[here], index, 1.0, random)
        inside[here[passed]] = False
    times += _times(bins, position, momentum, _far_side(position, momentum, OUTER), 1.0)
    return position, momentum, inside


def _batch(index, rays, bins, random):
    """Differences of time per bin with and without the ball, violations of energy and L, rays that stayed inside."""
    position, momentum = _start(rays, random)
    change = np.zeros((rays, len(bins) - 1))
    along = _dot(position, momentum)
    hits = _dot(position, position) - along**2 < 1.0
    position, momentum = position[hits], momentum[hits]
    empty = _times(bins, position, momentum, _far_side(position, momentum, OUTER), 1.0)
    times = np.zeros_like(empty)
    angular = np.cross(position, momentum)
    position, momentum, lost = _follow(index, bins, times, position, momentum, random)
    change[hits] = times - empty
    energy = np.abs(_dot(momentum, momentum) - 1)[~lost].max()
    turned = np.linalg.norm(np.cross(position, momentum) - angular, axis=1)[~lost].max()
    return change, float(energy), float(turned), int(lost.sum())
