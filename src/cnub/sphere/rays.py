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
from numba import njit

from cnub.domain import finite_array, integer, within

OUTER = 2.0
"""Radius of the sphere on which rays start, in radii of the ball."""
MOST_BOUNCES = 100_000


@dataclass(frozen=True)
class RayDensity:
    """Density excess n/n0 - 1 per radial bin with its statistical error, and the worst violation of each law.

    ``unreturned`` counts rays that were still inside after 100000 bounces.
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
    :class:`cnub.DomainError`. Talk, "Semiclassical treatment".
    """
    delta = within("delta", delta, -0.5, 0.5)
    rays, seed = integer("rays", rays, 100, 10**8), integer("seed", seed, 0, 2**32 - 1)
    bins = np.linspace(0.0, OUTER, 25) if edges is None else finite_array("edges", edges, low=0.0, high=OUTER)
    mean, error, worst_energy, worst_momentum, lost = _trace(1 + delta, rays, bins, np.random.default_rng(seed))
    # Rate of entry n0/4 x 4 pi OUTER^2 at unit speed; time per ray and volume turn it into a density.
    scale = math.pi * OUTER**2 / (4 / 3 * math.pi * np.diff(bins**3))
    return RayDensity(bins, mean * scale, error * scale, worst_energy, worst_momentum, lost)


def filled_density(radius: object, delta: float) -> np.ndarray:
    """Exact incoherent excess at ``radius`` (units of the ball's): n [1 - sqrt(1 - 1/(n r)^2)] - 1 inside, 0 outside.

    The root is the share of directions whose angular momentum, n r sin(theta), exceeds what enters, 1; it is absent
    for n r < 1, and the excess then delta. Raises :class:`cnub.DomainError`.
    """
    r = finite_array("radius", radius, low=0.0)
    n = 1 + within("delta", delta, -0.5, 0.5)
    reach = np.maximum(n * r, 1.0)
    return np.where(r > 1, 0.0, n * (1 - np.sqrt(1 - 1 / reach**2)) - 1)


@njit(cache=True)
def _start(random):
    """A point on the outer sphere and an inward direction of an isotropic gas (cosine law)."""
    z, phi = 2 * random.random() - 1, 2 * math.pi * random.random()
    s = math.sqrt(1 - z * z)
    normal = np.array([s * math.cos(phi), s * math.sin(phi), z])
    axis = np.array([-normal[1], normal[0], 0.0]) / s
    other = np.cross(normal, axis)
    sine2, turn = random.random(), 2 * math.pi * random.random()
    side = math.cos(turn) * axis + math.sin(turn) * other
    return OUTER * normal, math.sqrt(sine2) * side - math.sqrt(1 - sine2) * normal


@njit(cache=True)
def _leg(position, direction, radius, inwards):
    """Distance to the sphere of ``radius``: its near side (inwards) or its far side; negative if it is missed."""
    along = np.dot(position, direction)
    closest = np.dot(position, position) - along * along
    if closest >= radius * radius and inwards:
        return -1.0
    half = math.sqrt(max(radius * radius - closest, 0.0))
    return -along - half if inwards else -along + half


@njit(cache=True)
def _tally(times, bins, position, direction, length, slowness):
    along = np.dot(position, direction)
    closest = np.dot(position, position) - along * along
    below = 0.0
    for i in range(len(bins)):
        half = math.sqrt(max(bins[i] * bins[i] - closest, 0.0))
        inside = max(0.0, min(length, -along + half) - max(0.0, -along - half))
        if i > 0:
            times[i - 1] += (inside - below) * slowness
        below = inside


@njit(cache=True)
def _cross(position, momentum, index_from, index_to, random):
    """Momentum after meeting the surface: refracted, or reflected by chance or necessity; and whether it passed."""
    normal = position / math.sqrt(np.dot(position, position))
    q = np.dot(momentum, normal)
    after2 = q * q + index_to * index_to - index_from * index_from
    if after2 > 0:
        after = math.copysign(math.sqrt(after2), q)
        if random.random() >= ((q - after) / (q + after)) ** 2:
            return momentum + (after - q) * normal, True
    return momentum - 2 * q * normal, False


@njit(cache=True)
def _follow(index, bins, times, position, momentum, random):
    """One ray from entry to exit. Returns violations of energy and angular momentum, and whether it came out."""
    angular = np.cross(position, momentum)
    length = _leg(position, momentum, 1.0, True)
    if length < 0:
        _tally(times, bins, position, momentum, _leg(position, momentum, OUTER, False), 1.0)
        return 0.0, 0.0, True
    _tally(times, bins, position, momentum, length, 1.0)
    position = position + length * momentum
    momentum, within_ball = _cross(position, momentum, 1.0, index, random)
    bounces = 0
    while within_ball and bounces < MOST_BOUNCES:
        direction = momentum / index
        length = _leg(position, direction, 1.0, False)
        _tally(times, bins, position, direction, length, 1 / index)
        position = position + length * direction
        momentum, passed = _cross(position, momentum, index, 1.0, random)
        within_ball = not passed
        bounces += 1
    if within_ball:
        return 0.0, 0.0, False
    _tally(times, bins, position, momentum, _leg(position, momentum, OUTER, False), 1.0)
    change = np.cross(position, momentum) - angular
    return abs(np.dot(momentum, momentum) - 1.0), math.sqrt(np.dot(change, change)), True


@njit(cache=True)
def _trace(index, rays, bins, random):
    count = len(bins) - 1
    total, squares = np.zeros(count), np.zeros(count)
    energy, angular, lost = 0.0, 0.0, 0
    times, empty = np.zeros(count), np.zeros(count)
    for _ in range(rays):
        times[:], empty[:] = 0.0, 0.0
        position, momentum = _start(random)
        _tally(empty, bins, position, momentum, _leg(position, momentum, OUTER, False), 1.0)
        worse_energy, worse_angular, out = _follow(index, bins, times, position, momentum, random)
        energy, angular = max(energy, worse_energy), max(angular, worse_angular)
        lost += 0 if out else 1
        for i in range(count):
            difference = times[i] - empty[i]
            total[i] += difference
            squares[i] += difference * difference
    mean = total / rays
    spread = np.sqrt(np.maximum(squares / rays - mean * mean, 0.0) / rays)
    return mean, spread, energy, angular, lost
