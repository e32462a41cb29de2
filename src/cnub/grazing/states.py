"""Trapped states of flat ground on a grid: standing waves 2 cos below the surface, e^{-eta j} above it.

They solve the difference equation of the solver exactly, the interface between nodes included, so that on flat ground
they only turn their phase. Over ground of slope H' they carry the factor e^{i (H'/2) z} of a wave that runs along it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import roots_legendre

from cnub.domain import DomainError
from cnub.grazing.kernel import underground
from cnub.kernel_cache import njit


@dataclass(frozen=True)
class Trapped:
    """Every totally reflected wave of one grid under ground at one height: angles per node, weights, phases."""

    angle: np.ndarray
    weight: np.ndarray
    phase: np.ndarray
    decay: np.ndarray
    edge: np.ndarray
    lowest: int
    cell: float
    tilt: np.ndarray

    @property
    def wave_number(self) -> np.ndarray:
        """Vertical wave number q' of each state below the surface, 0 < q' < 1."""
        return 2.0 * np.sin(0.5 * self.angle) / self.cell

    def overlaps(self, wave: np.ndarray) -> np.ndarray:
        """Integral of ``wave`` times each state, without complex conjugation."""
        shifted = wave * self.tilt
        return self.cell * _overlaps(shifted, self.angle, self.phase, self.decay, self.edge, self.lowest)

    def projected(self, node: int, length: float = 0.0) -> np.ndarray:
        """Row ``node`` of the projector on the trapped states, as a function of the other node.

        After a ``length`` of flat ground between the two each state has turned by its energy.
        """
        energy = self.wave_number**2 - 1.0
        values = self.at(node) * self.weight * np.exp(-1j * energy * length)
        row = _synthesis(values, self.tilt.size, self.angle, self.phase, self.decay, self.edge, self.lowest)
        here = self.tilt[0] * (self.tilt[1] / self.tilt[0]) ** node  # the node may lie above the grid
        return row * np.conj(self.tilt) * here / (2.0 * math.pi)

    def density(self, overlaps: np.ndarray) -> float:
        """(1/2) Int dq of the squared ``overlaps``: a density in units of sqrt(2 delta) n0."""
        return 0.5 * float(np.sum(self.weight * np.abs(overlaps) ** 2))

    def at(self, node: int) -> np.ndarray:
        """Value of each state at ``node``, which may lie above the grid."""
        below = 2.0 * np.cos(self.angle * (self.lowest - node) + self.phase)
        if node <= self.lowest:
            return below
        inner = self.edge.shape[0] - 1
        step = min(node - self.lowest, inner)
        return self.edge[step] * self.decay ** (node - self.lowest - step)


def trapped_states(bottom: float, cell: float, nodes: int, ground: float, slope: float, count: int) -> Trapped:
    """The trapped states of flat ground at height ``ground`` and ``slope`` on nodes ``bottom`` + j ``cell``.

    ``count`` Gauss nodes in the angle t of q' = sin t, which resolves the approach to the critical angle. Raises
    :class:`cnub.DomainError` if the surface is not within the nodes.
    """
    if not bottom + 2.0 * cell < ground < bottom + (nodes - 4) * cell:
        high = bottom + nodes * cell
        raise DomainError(f"ground must be within the grid, {bottom:g} to {high:g}; got {ground:g}")
    x, w = _gauss(count)
    t = 0.25 * math.pi * (x + 1.0)
    top = 2.0 * math.asin(0.5 * cell)
    angle, weight = top * np.sin(t), 0.25 * math.pi * w * top * np.cos(t) / cell
    energy = (2.0 * np.sin(0.5 * angle) / cell) ** 2 - 1.0
    decay = np.exp(-2.0 * np.arcsinh(0.5 * cell * np.sqrt(np.maximum(-energy, 0.0))))
    lowest, edge = _across(energy, decay, cell, (ground - bottom) / cell)
    below = _equation(edge[0], edge[1], energy, cell, lowest, (ground - bottom) / cell)
    size = 2.0 * np.sin(angle) / np.sqrt(edge[0] ** 2 + below**2 - 2.0 * edge[0] * below * np.cos(angle))
    cosine = 0.5 * size * edge[0]
    sine = (np.cos(angle) * cosine - 0.5 * size * below) / np.sin(angle)
    tilt = np.exp(0.5j * slope * (bottom + cell * np.arange(nodes)))
    return Trapped(angle, weight, np.arctan2(sine, cosine), decay, edge * size, lowest, cell, tilt)


@lru_cache(maxsize=64)
def _gauss(count):
    return roots_legendre(count)


def _across(energy, decay, cell, ground):
    # values from the highest free node down to the first one entirely underground, then sorted upwards
    highest = math.floor(ground + 1.0) + 1
    lowest = math.ceil(ground - 1.0) - 1
    values = [decay.copy(), np.ones_like(decay)]
    for node in range(highest, lowest, -1):
        values.append(_equation(values[-1], values[-2], energy, cell, node, ground))
    return lowest, np.array(values[:0:-1])


def _equation(here, over, energy, cell, node, ground):
    potential = -underground(ground - node, ground - node)
    return (2.0 + cell * cell * (potential - energy)) * here - over


@njit(cache=True)
def _overlaps(wave, angle, phase, decay, edge, lowest):
    out = np.zeros(angle.size, np.complex128)
    inner = edge.shape[0] - 1
    for i in range(angle.size):
        turn = 2.0 * np.cos(angle[i])
        here, before = 2.0 * np.cos(phase[i]), 2.0 * np.cos(phase[i] - angle[i])
        total = 0.0j
        for j in range(lowest, -1, -1):
            total += here * wave[j]
            here, before = turn * here - before, here
        for m in range(1, inner + 1):
            total += edge[m, i] * wave[lowest + m]
        value = edge[inner, i]
        for j in range(lowest + inner + 1, wave.size):
            value *= decay[i]
            total += value * wave[j]
        out[i] = total
    return out


@njit(cache=True)
def _synthesis(amplitude, nodes, angle, phase, decay, edge, lowest):
    out = np.zeros(nodes, np.complex128)
    inner = edge.shape[0] - 1
    for i in range(angle.size):
        turn = 2.0 * np.cos(angle[i])
        here, before = 2.0 * np.cos(phase[i]), 2.0 * np.cos(phase[i] - angle[i])
        for j in range(lowest, -1, -1):
            out[j] += amplitude[i] * here
            here, before = turn * here - before, here
        for m in range(1, inner + 1):
            out[lowest + m] += amplitude[i] * edge[m, i]
        value = edge[inner, i]
        for j in range(lowest + inner + 1, nodes):
            value *= decay[i]
            out[j] += amplitude[i] * value
    return out
