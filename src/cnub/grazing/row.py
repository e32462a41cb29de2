"""The row of an observer on its way back over the ground, and its overlap with the states trapped there.

The row is marched in the frame of the observer, where the ground falls away. A gentle sphere (kappa <= 1), which may
hold trapped waves, is followed in its own frame once it has tilted: there the surface rests and -kappa zeta acts.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from cnub.domain import DomainError
from cnub.grazing.kernel import march
from cnub.grazing.paraxial import Grid, advance, grid
from cnub.grazing.states import trapped_states

FOLLOW = 2.5
"""Tilt of the ground, in wave numbers, from which a gentle sphere (kappa <= 1) is followed in its own frame."""
OUT_OF_REACH = 8.0
"""Tilt beyond which ground that holds no trapped wave (kappa > 1), or has a kink, shares nothing with those here."""
DEPTH = 2.5
"""Depth of the grid below what the waves cross, in units of the cut: at its end e^{-6} of the density is left."""
CEILING = 500.0
"""Height up to which the row is followed; what evanescent waves carry above it, 4/(3 pi z^3), is left to the error."""
SAMPLES = 2001
"""Points at which the highest and the lowest ground on the way back are looked for."""
MARGIN, EDGE = 30.0, 60.0
"""Free space above what is followed, and width of the absorbing edges, in lambda."""
WORK = 1.5e9
"""Most nodes times steps of one march, states included: about 20 s."""


class ObserverRow:
    """The observer's row on its way back: first in the frame of the observer, then in that of the round ground."""

    def __init__(self, ground, span, height, position, carried, cell, step, tail):
        nearest, reach = span
        self.ground, self.x, self.step, self.tail = ground, position, step, tail
        self.origin, self.slope_here = _value(ground.height, position), _value(ground.slope, position)
        self.following, self.round_from = False, -ground.half - 1e-9
        self.steep = ground.kappa > 1.0 or abs(self._tilt(self.round_from)) > OUT_OF_REACH
        self.last = self._leave(position - reach)
        back = position - self.last
        depth = 2.0 * back if carried else min(2.0 * back, 2.0 * ground.half + 2.0 / max(ground.kappa, 1e-300) + 10.0)
        surface = ground.height(np.linspace(self.last, position, SAMPLES)) - self.origin
        lowest, highest = float(surface.min()), float(surface.max())
        self.depth = depth + DEPTH * tail - (lowest if carried else 0.0)
        top = MARGIN + 10.0 * math.sqrt(min(back, 100.0)) + max(height if carried else min(height, CEILING), highest)
        self.above = 0.0 if carried else 2.0 / (3.0 * math.pi) / (height + top) ** 3
        count = 60.0 + 0.8 * (self.depth + EDGE) + 13.0 * math.sqrt(height)
        turned = position + ground.half if position - nearest < -ground.half else 0.0
        on_flat = min(back - turned, 2.0 * ground.half) if ground.breakpoints and position > -ground.half else 0.0
        steps = (on_flat + (back - turned - on_flat) * math.sqrt(max(1.0, ground.kappa))) / step
        name = "height" if height > back + self.depth else "filling_length"
        _affordable(name, (top - lowest + self.depth + 2.0 * EDGE) / cell, steps + count)
        self.count = 20 * math.ceil(0.05 * count)
        self.mesh = grid(lowest - self.depth, top, cell, EDGE, height)
        self.node = round((height - self.mesh.bottom) / cell)
        self._start(carried, turned)

    def back_to(self, x):
        self._march(max(x, self.last))
        if x < self.last:
            self.follow()
            self._march_round(x)

    def density(self, steepest=math.inf):
        """Density of the states trapped under the ground at this X, its tilt taken as ``steepest`` at most."""
        if self.following:
            states = self._states(0.0, 0.0)
        else:
            slope = self.slope_here + 2.0 * min(self._tilt(self.x), steepest)
            if steepest < math.inf and self.x <= -self.ground.half:
                slope = self.slope_here + 2.0 * steepest
            states = self._states(_value(self.ground.height, self.x) - self.origin, slope)
        return states.density(states.overlaps(self.row))

    def follow(self):
        """Change to the frame of the round ground, where the surface rests and a slope acts instead."""
        if self.following:
            return
        outside = self.x - 1e-9
        ground, slope = _value(self.ground.height, outside) - self.origin, _value(self.ground.slope, outside)
        zeta = self.mesh.z - ground
        keep = (zeta > -self.depth - EDGE) & (zeta < MARGIN + EDGE)
        self.row = (self.row * np.exp(0.5j * slope * zeta))[keep]
        self.mesh = Grid(float(zeta[keep][0]), self.mesh.cell, int(keep.sum()), EDGE)
        self.following = True

    def _states(self, ground, slope):
        return trapped_states(self.mesh.bottom, self.mesh.cell, self.mesh.nodes, ground, slope, self.count)

    def missing(self):
        """Density that the part of the row beyond its cut would add at this X, and how far that may be off.

        So deep a wave feels the ground by its tilt alone: rising and falling it has wave numbers q' and -q', close to
        those of the critical angle, 1. Under a tilt t the falling one stays trapped until t = 2, the rising one if
        q' < 1 - t. A tilt within the width of the cut, 1/tail, of 0 or 2 is not resolved.
        """
        if self.following or not self.beyond:
            return 0.0, self.above
        tilt = abs(self._tilt(self.x))
        blur, end = (math.exp(-0.5 * min(abs(tilt - t) * self.tail, 30.0) ** 2) for t in (0.0, 2.0))
        share = float(self.spectrum[1][self.spectrum[0] < 1.0 - tilt].sum())
        level = share * blur
        falling = 0.5 * math.erfc((tilt - 2.0) * self.tail / math.sqrt(2.0))
        value = level * self.lost + (1.0 - level) * 0.5 * falling * self.beyond
        open_ = level * (1.0 - level) * self.beyond + blur * (1.0 - share) * self.kept + 0.25 * end * self.beyond
        return value, open_ + self.above

    def _start(self, carried, flat):
        self.lost = self.beyond = self.kept = 0.0
        if carried:
            self.row = np.eye(1, self.mesh.nodes, self.node)[0] / self.mesh.cell + 0j
            return
        states = self._states(0.0, self.slope_here)
        # over flat ground with no station on it the states only turn, and the row spreads by their slope
        turned = flat if self.ground.breakpoints and abs(self.x) <= self.ground.half else 0.0
        depth = np.minimum(self.mesh.z + 2.0 * turned, 0.0) / self.tail
        self.row = states.projected(self.node, turned) * np.exp(-0.5 * depth**2)
        self.x -= turned
        whole = states.density(states.at(self.node))
        self.spectrum = states.wave_number, 0.5 * states.weight * states.at(self.node) ** 2 / whole
        # what is lost under the ground here, and, as the cut is no trapped state, what is lost in all
        self.lost = whole - states.density(states.overlaps(self.row))
        self.kept = math.pi * self.mesh.cell * float(np.sum(np.abs(self.row) ** 2))
        self.beyond = whole - self.kept

    def _tilt(self, x):
        return 0.5 * (_value(self.ground.slope, x) - self.slope_here) if math.isfinite(x) else 0.0

    def _leave(self, goal):
        # where the tilt, which grows by kappa per unit of X outside the patch, passes the limit
        if self.ground.kappa == 0.0 or not math.isfinite(self.ground.half):
            return goal
        limit = OUT_OF_REACH if self.steep else FOLLOW
        spare = max(limit - abs(self._tilt(self.round_from)), 0.0)
        return max(goal, min(-self.ground.half, self.x) - spare / self.ground.kappa)

    def _march(self, x):
        if self.following:
            return
        lowered = replace(self.ground, height=lambda t: self.ground.height(t) - self.origin)
        for stop in (*sorted(self.ground.breakpoints, reverse=True), -math.inf):
            goal = max(x, stop)
            if goal < self.x:
                self.row = advance(self.row, self.mesh, lowered, self.x, goal, self._step_at(goal), "attract")
                self.x = goal

    def _step_at(self, x):
        # steep ground leaves a wave within 1/sqrt(kappa); the flat part of a patch has no such scale
        flat = self.ground.breakpoints and x >= -self.ground.half and self.x <= self.ground.half
        return self.step if flat else self.step / math.sqrt(max(1.0, self.ground.kappa))

    def _march_round(self, x):
        steps = max(1, math.ceil((self.x - x) / self._step_at(x)))
        static = self.mesh.absorber() - self.ground.kappa * self.mesh.z
        rest, lengths = np.zeros(steps), np.full(steps, (self.x - x) / steps)
        self.row = march(self.row, static, self.mesh.bottom, self.mesh.cell, rest, rest, lengths, -1.0)
        self.x = x


def _affordable(name, nodes, steps):
    if not nodes * steps <= WORK:
        raise DomainError(
            f"{name} must be smaller, for the march would need {nodes * steps:.1e} nodes times steps, and at most "
            f"{WORK:.1e} are taken"
        )


def _value(curve, x):
    return float(np.asarray(curve(np.array([x], dtype=float)))[0])
