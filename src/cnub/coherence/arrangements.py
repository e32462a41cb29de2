"""Where the scatterers sit: at random or on a lattice, in a ball or a cube, all of unit radius (or half edge)."""

from __future__ import annotations

import numpy as np

from cnub.domain import integer, one_of, representable

ARRANGEMENTS = ("random ball", "lattice ball", "random cube", "lattice cube")
_MAX_POINTS = 1_000_000


def arrange(kind: str, count: int, seed: int = 1) -> np.ndarray:
    """Positions, shape (N, 3), of scatterers that fill a body of unit radius (ball) or unit half edge (cube).

    ``kind`` is one of ``ARRANGEMENTS``; ``count`` (1 to 10^6) is N exactly at random, and the target of N on a simple
    cubic lattice, whose spacing then follows from the volume; ``seed`` fixes the random positions.
    Raises :class:`cnub.DomainError` otherwise.

    Source: definition of the arrangements.

    >>> print(arrange("lattice cube", 27).shape)
    (27, 3)
    """
    one_of("kind", kind, ARRANGEMENTS)
    count, seed = integer("count", count, 1, _MAX_POINTS), integer("seed", seed, 0)
    ordered, body = kind.split()
    if ordered == "lattice":
        return _lattice_ball(count) if body == "ball" else _lattice_cube(count)
    generator = np.random.default_rng(seed)
    return _random_ball(count, generator) if body == "ball" else generator.uniform(-1, 1, (count, 3))


@representable
def lattice_spacing(kind: str, count: int) -> float:
    """Spacing of the lattice that ``arrange`` builds, in units of the radius (half edge); kinds "lattice ..." only."""
    one_of("kind", kind, [name for name in ARRANGEMENTS if name.startswith("lattice")])
    count = integer("count", count, 1, _MAX_POINTS)
    if kind.endswith("cube"):
        return 2 / _points_per_edge(count)
    return float((4 * np.pi / 3 / count) ** (1 / 3))


def _random_ball(count, generator):
    direction = generator.standard_normal((count, 3))
    direction /= np.linalg.norm(direction, axis=1)[:, None]
    return direction * generator.uniform(0, 1, count)[:, None] ** (1 / 3)


def _lattice_ball(count):
    spacing = lattice_spacing("lattice ball", count)
    reach = int(np.ceil(1 / spacing))
    # Half a step off the centre: no site on a symmetry point, so the count stays close to the volume.
    line = (np.arange(-reach, reach) + 0.5) * spacing
    sites = np.stack(np.meshgrid(line, line, line, indexing="ij"), axis=-1).reshape(-1, 3)
    inside = sites[np.sum(sites**2, axis=1) <= 1]
    return inside if len(inside) else np.zeros((1, 3))


def _lattice_cube(count):
    edge = _points_per_edge(count)
    line = (np.arange(edge) + 0.5) * (2 / edge) - 1
    return np.stack(np.meshgrid(line, line, line, indexing="ij"), axis=-1).reshape(-1, 3)


def _points_per_edge(count):
    return max(round(count ** (1 / 3)), 1)
