"""A liquid of hard spheres: its structure factor in closed form, and a sample of it by random moves.

J. K. Percus, G. J. Yevick, Phys. Rev. 110 (1958) 1; M. S. Wertheim, Phys. Rev. Lett. 10 (1963) 321.
"""

from __future__ import annotations

import numpy as np

from cnub.domain import finite_array, integer, representable, within
from cnub.kernel_cache import njit
from cnub.quadrature import unit_rule

PACKING = 0.45
"""Share of the volume that the spheres of a simple liquid near its triple point fill."""
_LARGEST_X = 400.0
_NODES = 320
"""Gauss nodes of the transform of the direct correlation: four in each half turn at the largest x."""
_STEP, _SWEEPS = 0.15, 1500
"""Longest move in diameters, and moves of each sphere. With 0.3 and 400
a lattice that fills 0.45 of the volume has hardly begun to melt."""


@representable
def liquid_structure_factor(x: object, packing: float = PACKING) -> np.ndarray:
    """S(q) of a bulk liquid of hard spheres of diameter d, at x = q d (any shape, 0 to 400), Percus-Yevick.

    S = 1/(1 + 24 eta Int_0^1 s^2 (a + b s + c s^3) sinc(x s) ds), eta = ``packing`` (0 to 0.49, where it freezes): at
    x = 0 it is the compressibility (1 - eta)^4/(1 + 2 eta)^2, at large x one. Raises :class:`cnub.DomainError` outside
    these ranges.

    Source: J. K. Percus, G. J. Yevick, Phys. Rev. 110 (1958) 1.

    >>> print(f"{float(liquid_structure_factor(0.0, packing=0.4)):.4f}")
    0.0400
    """
    x = finite_array("x", x, 0.0, _LARGEST_X)
    eta = within("packing", packing, 0.0, 0.49)
    a, b = (1 + 2 * eta) ** 2 / (1 - eta) ** 4, -6 * eta * (1 + eta / 2) ** 2 / (1 - eta) ** 4
    s, weights = unit_rule(_NODES)
    correlation = weights * s**2 * (a + b * s + eta * a / 2 * s**3)
    return 1 / (1 + 24 * eta * np.sinc(x[..., None] * s / np.pi) @ correlation)


@representable
def liquid_expectation(count: int, form_factor: object, x: object, packing: float = PACKING) -> np.ndarray:
    """Mean of S(q) of a body of ``count`` hard spheres: N^2 F^2 + N (S(x) - S(0) F^2), x = q d as above.

    With ``packing`` 0 the gas, :func:`cnub.coherence.random_expectation`. Terms of the surface, N^(2/3), are left out.
    Raises :class:`cnub.DomainError` outside these ranges.
    """
    count, form = integer("count", count, 1), finite_array("form_factor", form_factor) ** 2
    return count**2 * form + count * (
        liquid_structure_factor(x, packing) - liquid_structure_factor(0.0, packing) * form
    )


def sphere_diameter(count: int, packing: float = PACKING) -> float:
    """Diameter of ``count`` spheres that fill the share ``packing`` (0.01 to 0.49) of a cube of half edge one."""
    return (48 * within("packing", packing, 0.01, 0.49) / (np.pi * integer("count", count, 1))) ** (1 / 3)


def hard_spheres(edge: int, packing: float = PACKING, seed: int = 1) -> np.ndarray:
    """Centres, shape (edge^3, 3), of a liquid of hard spheres in a periodic cube of half edge one.

    Random moves of one sphere at a time, accepted where it touches none (Metropolis), from a cubic lattice of ``edge``
    (4 to 64) sites along each side; ``packing`` from 0.01 to 0.49; ``seed`` fixes the moves. Raises
    :class:`cnub.DomainError` outside these ranges.

    >>> hard_spheres(4, 0.3).shape
    (64, 3)
    """
    edge = integer("edge", edge, 4, 64)
    diameter = sphere_diameter(edge**3, packing)
    line = (np.arange(edge) + 0.5) * (2 / edge) - 1
    places = np.stack(np.meshgrid(line, line, line, indexing="ij"), axis=-1).reshape(-1, 3)
    _moved(places, diameter, _SWEEPS, _STEP * diameter, np.random.default_rng(integer("seed", seed, 0)))
    return places


@njit(cache=True)
def _cell_of(place, cells):
    cell = 0
    for axis in range(3):
        cell = cell * cells + int((place[axis] + 1) / 2 * cells) % cells
    return cell


@njit(cache=True)
def _free(places, a, trial, heads, following, cells, diameter):
    """Whether sphere ``a`` at ``trial`` touches no other: the 27 cells around it hold all that can."""
    home = _cell_of(trial, cells)
    x, y, z = home // cells**2, home // cells % cells, home % cells
    for near in range(27):
        i, j, k = (x + near // 9 - 1) % cells, (y + near // 3 % 3 - 1) % cells, (z + near % 3 - 1) % cells
        b = heads[(i * cells + j) * cells + k]
        while b >= 0:
            if b != a:
                square = 0.0
                for axis in range(3):
                    apart = abs(trial[axis] - places[b, axis])
                    square += min(apart, 2 - apart) ** 2
                if square < diameter**2:
                    return False
            b = following[b]
    return True


@njit(cache=True)
def _moved(places, diameter, sweeps, step, generator):
    number, cells = len(places), max(int(2 / diameter), 3)
    heads, following = np.full(cells**3, -1), np.full(number, -1)
    for a in range(number):
        home = _cell_of(places[a], cells)
        following[a], heads[home] = heads[home], a
    trial = np.empty(3)
    for _ in range(sweeps * number):
        a = generator.integers(0, number)
        for axis in range(3):
            trial[axis] = (places[a, axis] + step * (2 * generator.random() - 1) + 3) % 2 - 1
        if not _free(places, a, trial, heads, following, cells, diameter):
            continue
        old, new = _cell_of(places[a], cells), _cell_of(trial, cells)
        places[a] = trial
        if old != new:
            _unlink(heads, following, old, a)
            following[a], heads[new] = heads[new], a


@njit(cache=True)
def _unlink(heads, following, cell, a):
    if heads[cell] == a:
        heads[cell] = following[a]
        return
    b = heads[cell]
    while following[b] != a:
        b = following[b]
    following[b] = following[a]
