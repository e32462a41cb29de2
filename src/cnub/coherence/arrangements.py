"""Where the scatterers sit: gas, one in each cell, lattice, in a ball, a cube or on a shell of unit radius (half edge).

A gas has them independently at random. "cells" has one at random in each cell of a cubic lattice: no two long-range
orders, no Bragg peaks, and as few fluctuations of large volumes as a cold liquid. A liquid of hard spheres is in
`cnub.coherence.liquid`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cnub.coherence.phases import total_amplitude
from cnub.domain import integer, one_of, representable

ARRANGEMENTS = (
    "random ball", "lattice ball", "random cube", "lattice cube", "cells ball", "cells cube", "random shell",
    "lattice shell",
)  # fmt: skip
MOST = 100_000_000
_HELD = 20_000_000
"""Positions that are handed out at once, of 24 bytes each; more of them are summed in blocks."""
_BLOCK = 1 << 20


def arrange(kind: str, count: int, seed: int = 1) -> np.ndarray:
    """Positions, shape (N, 3), of scatterers in a body of unit radius (ball, shell) or unit half edge (cube).

    ``kind`` is one of ``ARRANGEMENTS``; ``count`` (1 to 2e7) is N exactly at random or on a shell, and the target of N
    otherwise, with the spacing of a simple cubic lattice that follows from the volume; ``seed`` fixes what is random.
    The lattice of a shell is the spherical Fibonacci set. Raises :class:`cnub.DomainError` otherwise.

    Source: definition of the arrangements.

    >>> print(arrange("lattice cube", 27).shape)
    (27, 3)
    """
    return np.concatenate(list(_blocks(kind, integer("count", count, 1, _HELD), seed)))


@representable
def arrangement_amplitude(kind: str, count: int, q: object, seed: int = 1) -> tuple[int, np.ndarray]:
    """N and sum_a exp(i q.x_a), complex of shape (M,), of up to 1e8 scatterers that are never held all at once.

    Arguments as for :func:`arrange` and :func:`cnub.coherence.phases.total_amplitude`; the same positions. Raises
    :class:`cnub.DomainError` outside these ranges.

    >>> number, amplitude = arrangement_amplitude("lattice cube", 1000, [[0.0, 0.0, 0.0]])
    >>> number, amplitude.real
    (1000, array([1000.]))
    """
    number, amplitude = 0, np.zeros(1, complex)
    for block in _gathered(_blocks(kind, integer("count", count, 1, MOST), seed)):
        number, amplitude = number + len(block), amplitude + total_amplitude(block, q)
    return number, amplitude


@representable
def lattice_spacing(kind: str, count: int) -> float:
    """Spacing of the lattice or edge of the cells of `arrange`, over the radius (half edge); not for a gas or shell."""
    one_of("kind", kind, [name for name in ARRANGEMENTS if not name.startswith("random") and "shell" not in name])
    count = integer("count", count, 1, MOST)
    if kind.endswith("cube"):
        return 2 / _points_per_edge(count)
    return float((4 * np.pi / 3 / count) ** (1 / 3))


def _blocks(kind: str, count: int, seed: int) -> Iterator[np.ndarray]:
    """The positions, a block at a time; an ordered body as the layers of its lattice."""
    order, body = one_of("kind", kind, ARRANGEMENTS).split()
    generator = np.random.default_rng(integer("seed", seed, 0))
    if order == "random" or body == "shell":
        yield from _along(count, _spiral if order == "lattice" else _RANDOM[body], generator)
        return
    found = 0
    for layer in _layers(body, count, generator if order == "cells" else None):
        found += len(layer)
        yield layer
    if not found:
        yield np.zeros((1, 3))


def _gathered(blocks):
    """The same positions in fewer blocks, so that a transform is worth its overhead."""
    held, size = [], 0
    for block in blocks:
        held, size = [*held, block], size + len(block)
        if size > 4 * _BLOCK:
            yield np.concatenate(held)
            held, size = [], 0
    if held:
        yield np.concatenate(held)


def _along(count, place, generator):
    for start in range(0, count, _BLOCK):
        yield place(np.arange(start, min(start + _BLOCK, count)), count, generator)


def _random_shell(index, count, generator):
    direction = generator.standard_normal((len(index), 3))
    direction /= np.linalg.norm(direction, axis=1)[:, None]
    return direction


def _random_ball(index, count, generator):
    return _random_shell(index, count, generator) * generator.uniform(0, 1, len(index))[:, None] ** (1 / 3)


def _random_cube(index, count, generator):
    return generator.uniform(-1, 1, (len(index), 3))


_RANDOM = {"ball": _random_ball, "cube": _random_cube, "shell": _random_shell}


def _spiral(index, count, generator=None):
    """The spherical Fibonacci set: as evenly as points can lie on a sphere without being searched for."""
    height = 1 - 2 * (index + 0.5) / count
    azimuth = np.pi * (1 + np.sqrt(5)) * (index + 0.5)
    ring = np.sqrt(1 - height**2)
    return np.stack([ring * np.cos(azimuth), ring * np.sin(azimuth), height], axis=1)


def _layers(body, count, generator):
    """Layers of a cubic lattice, each site moved at random within its cell if there is a generator."""
    spacing, line = _line(body, count)
    for x in line:
        sites = np.stack(np.meshgrid([x], line, line, indexing="ij"), axis=-1).reshape(-1, 3)
        if generator is not None:
            sites = sites + spacing * generator.uniform(-0.5, 0.5, sites.shape)
        yield sites if body == "cube" else sites[np.sum(sites**2, axis=1) <= 1]


def _line(body, count):
    spacing = lattice_spacing(f"lattice {body}", count)
    if body == "cube":
        return spacing, (np.arange(_points_per_edge(count)) + 0.5) * spacing - 1
    reach = int(np.ceil(1 / spacing)) + 1  # and one for cells that reach in
    # Half a step off the centre: no site on a symmetry point, so the count stays close to the volume.
    return spacing, (np.arange(-reach, reach) + 0.5) * spacing


def _points_per_edge(count):
    return max(round(count ** (1 / 3)), 1)
