"""The row of an observer on its way back over the ground, and its overlap with the states trapped there.

A row is marched from station to station, and what the next station needs is the row at this one, nothing else. It
starts as the observer's row of the projector on the states trapped under him, cut at a depth; what the cut leaves out
feels the ground by its tilt alone, and is added again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from cnub.grazing.kernel import march
from cnub.grazing.paraxial import Grid, advance
from cnub.grazing.states import Trapped, trapped_states
from cnub.grazing.way import EDGE, MARGIN, OUTSIDE, Way, value


@dataclass(frozen=True)
class Row:
    """The observer's row at X = ``x``: ``values`` on the nodes of ``mesh``, ``round`` in the frame of round ground."""

    x: float
    values: np.ndarray
    mesh: Grid
    round: bool = False


@dataclass(frozen=True)
class Cut:
    """What the cut of a row leaves out: ``lost`` of the density trapped under the ground here, ``beyond`` in all.

    ``kept`` is what is left; ``wave_numbers`` and ``shares`` are those of the trapped states at the observer, ``tail``
    the depth of the cut.
    """

    lost: float
    beyond: float
    kept: float
    wave_numbers: np.ndarray
    shares: np.ndarray
    tail: float

    def missing(self, tilt: float) -> tuple[float, float]:
        """Density that the part beyond adds where the ground is tilted by ``tilt``, and how far that may be off.

        So deep a wave feels the ground by its tilt alone: rising and falling it has wave numbers q' and -q', close to
        those of the critical angle, 1. Under a tilt t the falling one stays trapped until t = 2, the rising one if
        q' < 1 - t. A tilt within the width of the cut, 1/tail, of 0 or 2 is not resolved.
        """
        blur, end = (math.exp(-0.5 * min(abs(tilt - t) * self.tail, 30.0) ** 2) for t in (0.0, 2.0))
        share = float(self.shares[self.wave_numbers < 1.0 - tilt].sum())
        level = share * blur
        falling = 0.5 * math.erfc((tilt - 2.0) * self.tail / math.sqrt(2.0))
        added = level * self.lost + (1.0 - level) * 0.5 * falling * self.beyond
        off = level * (1.0 - level) * self.beyond + blur * (1.0 - share) * self.kept + 0.25 * end * self.beyond
        return added, off


def start(way: Way) -> tuple[Row, Cut | None]:
    """The row at the observer, or behind the flat ground that is crossed at once, and its cut (none if carried)."""
    observer, mesh, tail = way.observer, way.mesh, way.resolution.tail
    if observer.carried:
        return Row(observer.position, np.eye(1, mesh.nodes, way.node)[0] / mesh.cell + 0j, mesh), None
    states = _states(way, mesh, 0.0, observer.slope)
    # over flat ground the states only turn, and the row spreads by their slope
    depth = np.minimum(mesh.z + 2.0 * way.crossed, 0.0) / tail
    values = states.projected(way.node, way.crossed) * np.exp(-0.5 * depth**2)
    row = Row(observer.position - way.crossed, values, mesh)
    return row, _cut(states, way.node, row, tail)


def _cut(states: Trapped, node: int, row: Row, tail: float) -> Cut:
    here = states.at(node)
    whole = states.density(here)
    # what is lost under the ground here, and, as the cut is no trapped state, what is lost in all
    lost = whole - states.density(states.overlaps(row.values))
    kept = math.pi * row.mesh.cell * float(np.sum(np.abs(row.values) ** 2))
    return Cut(lost, whole - kept, kept, states.wave_number, 0.5 * states.weight * here**2 / whole, tail)


def back_to(way: Way, row: Row, x: float) -> Row:
    """The row at ``x``, marched back from where it is: in the observer's frame up to ``way.last``, then round."""
    row = row if row.round else _march_in_frame(way, row, max(x, way.last))
    return _march_round(way, follow(way, row), x) if x < way.last else row


def follow(way: Way, row: Row) -> Row:
    """The same row in the frame of the round ground, where the surface rests and a slope acts instead."""
    if row.round:
        return row
    ground, outside = way.observer.ground, row.x - OUTSIDE
    zeta = row.mesh.z - (value(ground.height, outside) - way.observer.origin)
    keep = (zeta > -way.depth - EDGE) & (zeta < MARGIN + EDGE)
    values = (row.values * np.exp(0.5j * value(ground.slope, outside) * zeta))[keep]
    return Row(row.x, values, Grid(float(zeta[keep][0]), row.mesh.cell, int(keep.sum()), EDGE), True)


def trapped_here(way: Way, row: Row, steepest: float = math.inf) -> float:
    """Density of the states trapped under the ground at this X, its tilt taken as ``steepest`` at most."""
    observer = way.observer
    if row.round:
        states = _states(way, row.mesh, 0.0, 0.0)
    else:
        outside = steepest < math.inf and row.x <= -observer.ground.half
        tilt = steepest if outside else min(observer.tilt(row.x), steepest)
        surface = value(observer.ground.height, row.x) - observer.origin
        states = _states(way, row.mesh, surface, observer.slope + 2.0 * tilt)
    return states.density(states.overlaps(row.values))


def _states(way, mesh, surface, slope):
    return trapped_states(mesh.bottom, mesh.cell, mesh.nodes, surface, slope, way.states)


def _march_in_frame(way, row, x):
    ground, origin = way.observer.ground, way.observer.origin
    lowered = replace(ground, height=lambda t: ground.height(t) - origin)
    for stop in (*sorted(ground.breakpoints, reverse=True), -math.inf):
        goal = max(x, stop)
        if goal < row.x:
            values = advance(row.values, row.mesh, lowered, row.x, goal, _step(way, row.x, goal), "attract")
            row = replace(row, x=goal, values=values)
    return row


def _march_round(way, row, x):
    kappa, mesh = way.observer.ground.kappa, row.mesh
    count = max(1, math.ceil((row.x - x) / _step(way, row.x, x)))
    static = mesh.absorber() - kappa * mesh.z
    rest, lengths = np.zeros(count), np.full(count, (row.x - x) / count)
    values = march(row.values.copy(), static, mesh.bottom, mesh.cell, rest, rest, lengths, -1.0)
    return replace(row, x=x, values=values)


def _step(way, begin, end):
    # steep ground leaves a wave within 1/sqrt(kappa); the flat part of a patch has no such scale
    ground, step = way.observer.ground, way.resolution.step
    flat = ground.breakpoints and end >= -ground.half and begin <= ground.half
    return step if flat else step / math.sqrt(max(1.0, ground.kappa))
