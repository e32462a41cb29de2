"""The way back from an observer over some ground, and the grid that his row needs on it.

The row is marched in the frame of the observer, where the ground falls away. A gentle sphere (kappa <= 1), which may
hold trapped waves, is followed in its own frame once it has tilted; beyond a steep one nothing is shared any more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cnub.domain import DomainError
from cnub.grazing.paraxial import Grid, grid
from cnub.grazing.profiles import Curve, Profile

FOLLOW = 2.5
"""Tilt of the ground, in wave numbers, from which a gentle sphere (kappa <= 1) is followed in its own frame."""
OUT_OF_REACH = 8.0
"""Tilt beyond which ground that holds no trapped wave (kappa > 1), or has a kink, shares nothing with those here."""
OUTSIDE = 1e-9
"""Distance in l from an edge at which the ground is surely that beyond it."""
DEPTH = 2.5
"""Depth of the grid below what the waves cross, in units of the cut: at its end e^{-6} of the density is left."""
CEILING = 500.0
"""Height up to which the row is followed; what evanescent waves carry above it is left to the error."""
SAMPLES = 2001
"""Points at which the highest and the lowest ground on the way back are looked for."""
MARGIN, EDGE = 30.0, 60.0
"""Free space above what is followed, and width of the absorbing edges, in lambda."""
WORK = 1.5e9
"""Most nodes times steps of one march, states included: about 20 s."""


@dataclass(frozen=True)
class Observer:
    """Stands ``height`` (lambda) above ``ground`` at X = ``position`` (l).

    ``carried``: counts every state that was trapped back there, instead of those that are trapped here too.
    """

    ground: Profile
    position: float
    height: float
    carried: bool

    @cached_property
    def origin(self) -> float:
        """Height of the ground under the observer."""
        return value(self.ground.height, self.position)

    @cached_property
    def slope(self) -> float:
        """Slope of the ground under the observer."""
        return value(self.ground.slope, self.position)

    @cached_property
    def steep(self) -> bool:
        """Whether the ground outside traps nothing that the states here share."""
        return self.ground.kappa > 1.0 or abs(self.tilt(-self.ground.half - OUTSIDE)) > OUT_OF_REACH

    def tilt(self, x: float) -> float:
        """Tilt of the ground at ``x`` against that under the observer, in wave numbers."""
        return 0.5 * (value(self.ground.slope, x) - self.slope) if math.isfinite(x) else 0.0

    def frame_ends(self, goal: float) -> float:
        """X of ``goal``, or before it where the tilt, which grows by kappa per unit of X outside, passes the limit."""
        kappa, half = self.ground.kappa, self.ground.half
        if kappa == 0.0 or not math.isfinite(half):
            return goal
        limit = OUT_OF_REACH if self.steep else FOLLOW
        spare = max(limit - abs(self.tilt(-half - OUTSIDE)), 0.0)
        return max(goal, min(-half, self.position) - spare / kappa)

    def crossed(self, nearest: float) -> float:
        """Length of flat ground that may be crossed at once: up to the edge, if no station is ``nearest`` than that."""
        half = self.ground.half
        on_patch = self.ground.breakpoints and abs(self.position) <= half
        return self.position + half if on_patch and self.position - nearest < -half else 0.0


@dataclass(frozen=True)
class Resolution:
    """Coarsest ``cell`` (lambda) and ``step`` (l) of a march, and the depth ``tail`` (lambda) at which it is cut."""

    cell: float
    step: float
    tail: float


@dataclass(frozen=True)
class Way:
    """An observer's way back: ``last`` X in his frame, ``crossed`` flat ground at once, and the grid of his row.

    ``depth`` below him that the grid holds, ``above`` the density that passes over it, ``states`` Gauss nodes of the
    trapped states, ``node`` of the grid at which he stands.
    """

    observer: Observer
    resolution: Resolution
    last: float
    crossed: float
    depth: float
    above: float
    states: int
    mesh: Grid
    node: int


def plan(observer: Observer, nearest: float, farthest: float, resolution: Resolution) -> Way:
    """The way back to stations from ``nearest`` to ``farthest`` behind the observer (in l).

    Raises :class:`cnub.DomainError` where the march would take more than about 20 s.
    """
    last, crossed = observer.frame_ends(observer.position - farthest), observer.crossed(nearest)
    lowest, highest = _extremes(observer, last)
    back, height = observer.position - last, observer.height
    depth = _crossing_depth(observer, back) + DEPTH * resolution.tail - (lowest if observer.carried else 0.0)
    seen = height if observer.carried else min(height, CEILING)
    top = MARGIN + 10.0 * math.sqrt(min(back, 100.0)) + max(seen, highest)
    states = 60.0 + 0.8 * (depth + EDGE) + 13.0 * math.sqrt(height)
    nodes = (top - lowest + depth + 2.0 * EDGE) / resolution.cell
    _affordable(nodes, _steps(observer, back, crossed) / resolution.step + states, height > back + depth)
    mesh = grid(lowest - depth, top, resolution.cell, EDGE, height)
    # the projector falls as 2/(pi (height + z)^2): its square above the top
    above = 0.0 if observer.carried else 4.0 / (3.0 * math.pi) / (height + top) ** 3
    node = round((height - mesh.bottom) / resolution.cell)
    return Way(observer, resolution, last, crossed, depth, above, 20 * math.ceil(0.05 * states), mesh, node)


def value(curve: Curve, x: float) -> float:
    """``curve`` at one X."""
    return float(np.asarray(curve(np.array([x], dtype=float)))[0])


def _extremes(observer, last):
    surface = observer.ground.height(np.linspace(last, observer.position, SAMPLES)) - observer.origin
    return float(surface.min()), float(surface.max())


def _crossing_depth(observer, back):
    # waves at the critical angle rise and fall by 2 per unit of X; round ground lets no deeper one come up again
    if observer.carried:
        return 2.0 * back
    return min(2.0 * back, 2.0 * observer.ground.half + 2.0 / max(observer.ground.kappa, 1e-300) + 10.0)


def _steps(observer, back, crossed):
    """Length to be marched in units of a step on flat ground."""
    ground, left = observer.ground, back - crossed
    flat = min(left, 2.0 * ground.half) if ground.breakpoints and observer.position > -ground.half else 0.0
    return flat + (left - flat) * math.sqrt(max(1.0, ground.kappa))


def _affordable(nodes, steps, by_height):
    if not nodes * steps <= WORK:
        raise DomainError(
            f"{'height' if by_height else 'filling_length'} must be smaller, for the march would need "
            f"{nodes * steps:.1e} nodes times steps, and at most {WORK:.1e} are taken"
        )
