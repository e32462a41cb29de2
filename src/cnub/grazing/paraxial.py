"""The paraxial wave over any ground, i dphi/dX = -d^2 phi/dZ^2 -+ Theta(H(X) - Z) phi, in grazing units.

Crank-Nicolson on a uniform grid: unitary, second order in both steps, with absorbing edges where asked for. The step
operator is symmetric, so its transpose is the same march through the steps in reverse order: one march of the row of
an observer serves every state and every starting point.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from cnub.domain import (
    DomainError,
    finite,
    finite_array,
    finite_complex,
    integer,
    non_negative,
    positive,
    within,
)
from cnub.grazing.kernel import march
from cnub.grazing.profiles import Profile
from cnub.reflection import sign_step

CELLS_PER_RADIAN = 2.0
"""Fewest cells per radian of the fastest wave: the grid's phase velocity is then 4 % slow, before extrapolation."""
EDGE_STRENGTH = 10.0
"""Absorption at the end of an edge; an edge of 60 lambda reflects less than 1e-5 of waves with q > 0.3."""


@dataclass(frozen=True)
class Grid:
    """Nodes ``bottom`` + j ``cell``, j < ``nodes``, in lambda, absorbing over ``edge`` lambda at both ends."""

    bottom: float
    cell: float
    nodes: int
    edge: float = 0.0

    @property
    def z(self) -> np.ndarray:
        """Heights of the nodes."""
        return self.bottom + self.cell * np.arange(self.nodes)

    def absorber(self) -> np.ndarray:
        """The imaginary potential of the edges, cubic, zero inside."""
        if self.edge == 0.0:
            return np.zeros(self.nodes, complex)
        z = self.z
        inward = np.minimum(z - z[0], z[-1] - z)
        return -1j * EDGE_STRENGTH * np.maximum(1.0 - inward / self.edge, 0.0) ** 3


def grid(low: float, high: float, cell: float, edge: float = 0.0, through: float = 0.0) -> Grid:
    """Grid from ``low`` to ``high`` plus absorbing edges of width ``edge`` beyond them, with a node at ``through``."""
    cell, edge = positive("cell", cell), non_negative("edge", edge)
    low, high, through = finite("low", low), finite("high", high), finite("through", through)
    below = math.ceil((through - low + edge) / cell)
    return Grid(through - below * cell, cell, below + 1 + math.ceil((high + edge - through) / cell), edge)


def resolve(name: str, wave_number: float, cell: float) -> None:
    """Raise :class:`cnub.DomainError` with the cell needed, unless ``cell`` resolves ``wave_number`` (in 1/lambda)."""
    cell, wave_number = positive("cell", cell), finite("wave_number", wave_number)
    needed = 1.0 / (CELLS_PER_RADIAN * max(abs(wave_number), 1e-9))
    if cell > needed:
        raise DomainError(f"{name} must be at most {needed:.3g} to resolve wave number {wave_number:.3g}; got {cell!r}")


def advance(
    wave: np.ndarray, mesh: Grid, profile: Profile, begin: float, end: float, step: float, sign: str
) -> np.ndarray:
    """The wave at X = ``end`` from ``wave`` (complex, one value per node) at X = ``begin`` (before or after it).

    ``step`` is the longest step allowed. With ``end`` < ``begin`` the transpose is applied: the row of an observer at
    ``begin`` becomes the functional that acts on waves at ``end``.
    """
    return advance_through(finite_complex("wave", wave), mesh, profile, begin, end, step, -sign_step(sign))


def advance_through(
    wave: np.ndarray, mesh: Grid, profile: Profile, begin: float, end: float, step: float, depth: float
) -> np.ndarray:
    """The same for ground of any potential ``depth``: -1 attracts, 1 repels, 0 is ground that does not refract."""
    starts, ends, lengths = _steps(profile, finite("begin", begin), finite("end", end), positive("step", step))
    return march(wave.copy(), mesh.absorber(), mesh.bottom, mesh.cell, starts, ends, lengths, depth)


def plane_wave_packet(mesh: Grid, q: float, centre: float, width: float) -> np.ndarray:
    """A packet e^{iqZ} under a Gaussian envelope: normalised, around ``centre``, of rms ``width``, upgoing if q > 0.

    The grazing angle is q sqrt(2 delta). Raises :class:`cnub.DomainError` if the cell does not resolve it, or if the
    ``centre`` is not on the mesh.
    """
    q, width = finite("q", q), positive("width", width)
    centre = within("centre", centre, float(mesh.z[0]), float(mesh.z[-1]))
    resolve("cell", abs(q) + 4.0 / width, mesh.cell)
    z = mesh.z - centre
    packet = np.exp(-0.25 * (z / width) ** 2 + 1j * q * z)
    return packet / math.sqrt(mesh.cell * float(np.sum(np.abs(packet) ** 2)))


def picture(wave: np.ndarray, mesh: Grid, profile: Profile, stations: np.ndarray, step: float, sign: str) -> np.ndarray:
    """Density of the wave at each of the increasing ``stations`` X, starting from ``wave`` at the first one.

    Shape (stations, nodes).
    """
    stations = finite_array("stations", stations)
    frames = [finite_complex("wave", wave)]
    for begin, end in pairwise(stations):
        frames.append(advance(frames[-1], mesh, profile, begin, end, step, sign))
    return np.abs(np.array(frames)) ** 2


def complete_set_density(
    profile: Profile, begin: float, end: float, mesh: Grid, step: float, sign: str, height: float = 0.0
) -> float:
    """Density at (``end``, ``height``) of a complete set of waves that all started at ``begin`` with unit density.

    The sum over any complete set is the squared norm of the observer's row, whatever the ground. ``mesh`` must not
    absorb. Exactly 1 if propagation is unitary.
    """
    if mesh.edge:
        raise DomainError(f"edge of the grid must be 0 for a complete set; got {mesh.edge!r}")
    begin, end, row = finite("begin", begin), finite("end", end), np.zeros(mesh.nodes, complex)
    node = integer("node", round((finite("height", height) - mesh.bottom) / mesh.cell), 0, mesh.nodes - 1)
    row[node] = 1.0
    return float(np.sum(np.abs(advance(row, mesh, profile, end, begin, step, sign)) ** 2))


def _steps(profile, begin, end, longest):
    low, high = min(begin, end), max(begin, end)
    marks = [low, *sorted(b for b in profile.breakpoints if low < b < high), high]
    counts = [max(1, math.ceil((b - a) / longest - 1e-9)) for a, b in pairwise(marks)]
    pieces = [np.linspace(a, b, 1 + n) for (a, b), n in zip(pairwise(marks), counts, strict=True)]
    left = np.concatenate([piece[:-1] for piece in pieces])
    right = np.concatenate([piece[1:] for piece in pieces])
    lengths = right - left
    # heights are taken just inside each step: at a cliff the ground has two
    inside = 1e-9 * lengths
    starts, ends = profile.height(left + inside), profile.height(right - inside)
    if begin <= end:
        return starts, ends, lengths
    return ends[::-1].copy(), starts[::-1].copy(), lengths[::-1].copy()
