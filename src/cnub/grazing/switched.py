"""The flux switched on at t = 0 over ground that was dark: the density at the surface as time goes on.

Along a grazing wave length and time are one variable: what arrives at t left a length v t back. If at t = 0 only the
space above the ground was lit, isotropically, what is missing at t is the part of the observer's row, marched back by
v t, that lies underground; the march is unitary, so that the lit and the dark part are one together at any time. Most
of it is shadow: steep rays through a dark ball, which are lit when its chords are crossed, whatever it refracts. The
excess here is against ground of the same shape that is dark at t = 0 too and does not refract. (Ground that is put in
place into a gas that is there already leaves nothing missing: every wave was lit at t = 0, and the set is complete.)

The observer's row is a Gaussian of width 1/Q, three times with Q doubled; the excess is extrapolated to a point, its
first two orders in 1/Q removed.
"""

from __future__ import annotations

import math

import numpy as np

from cnub.domain import DomainError, finite_array
from cnub.grazing.kernel import underground
from cnub.grazing.paraxial import Grid, advance_through, grid
from cnub.grazing.profiles import Profile
from cnub.reflection import sign_step

EARLIEST, LATEST = 1e-4, 100.0
"""Times in l/v between which the excess is offered."""
BLUNTEST = 2.0
"""Smallest Q, in 1/lambda: twice the wave number of the trapped states."""
EDGE = 1.5
"""Smallest Q in units of the wave number at the edge of the shadow."""
CELL = 0.4
"""Cell in units of 1/Q: 8 cells for the wave length of Q, and at the band edge the Gaussian is gone."""
STEP, LONGEST_STEP = 1.0, 0.02
"""Step in units of 1/Q^2, and the longest one, in l; divided by sqrt(kappa) on round ground of kappa > 1."""
TILTED = 0.5
"""Cell in units of 1/(2 + tilt): four cells for the wave length of a wave that follows the ground."""
WORK = 3e9
"""Most nodes times steps of one march: about 30 s."""


def switched_excess(ground: Profile, times: object, sign: str = "attract") -> tuple[np.ndarray, np.ndarray]:
    """Excess at the surface at ``times`` (in l/v) after the flux was switched on over dark ground, and its error.

    In units of sqrt(2 abs(delta)), against the same shadow without refraction; the observer stands on ``ground`` at
    X = 0. On the plane it grows as -+ sqrt(2 pi t)/8 and ends at -+ 8/15, the talk's flux from above alone, of which
    1/4t^2 is missing; on a sphere that traps nothing it ends as -+ 1/(2 kappa t). A sphere of kappa << 1 that attracts
    goes beyond the plane, towards -31/30 at kappa t = 2, and is left with the -2/3 of its trapped waves. Raises
    :class:`cnub.DomainError` unless ``times`` are from 1e-4 to 100, and where a march would take more than about 30 s.

    The error is estimated from the last extrapolation. Late on round ground it is too small: steps slow the steepest
    waves of the row, and those that the edge of the shadow overtakes count as lit. Off by 3e-3 is the most seen.

    Source: derived from the paraxial wave equation.

    >>> from cnub.grazing import plane
    >>> excess, error = switched_excess(plane(), [0.1, 5.0])
    >>> print(f"{excess[0]:.2f} {excess[1]:.2f}")
    -0.10 -0.53
    """
    at, depth = finite_array("times", times, EARLIEST, LATEST), -sign_step(sign)
    order = np.argsort(at, axis=None)
    values = np.empty((2, at.size))
    values[:, order] = np.hstack([_extrapolated(ground, group, depth) for group in _decades(at.ravel()[order])])
    return values[0].reshape(at.shape), values[1].reshape(at.shape)


def _decades(times):
    """The increasing ``times`` in groups within a factor of ten, for each of which one observer is sharp enough."""
    groups = []
    while times.size:
        inside = times <= 10.0 * times[0]
        groups.append(times[inside])
        times = times[~inside]
    return groups


def _extrapolated(ground, stations, depth):
    sharpness = _sharpness(ground, float(stations[0]), float(stations[-1]))
    sharp, middle, blunt = (_refracted(ground, stations, depth, sharpness * finer) for finer in (4.0, 2.0, 1.0))
    first, second = 2.0 * middle - blunt, 2.0 * sharp - middle
    return np.array([(4.0 * second - first) / 3.0, np.abs(second - first) / 3.0])


def _sharpness(ground, earliest, latest):
    # near an observer on round ground the waves that matter have kappa^(1/3)
    bent = 4.0 * ground.kappa ** (1.0 / 3.0) if ground.half < 1.0 else 0.0
    # the steepest ray that has left the ground behind it: half the tilt on a sphere
    edge = 0.5 * abs(float(ground.height(np.array([-latest]))[0])) / latest
    return max(BLUNTEST, 2.0 / math.sqrt(earliest), bent, EDGE * edge)


def _refracted(ground, stations, depth, sharpness):
    """Dark part without refraction minus that with it, at each of the stations, for one width of the observer."""
    dark, shadow = (dark_and_lit(ground, stations, d, sharpness)[0] for d in (depth, 0.0))
    return shadow - dark


def dark_and_lit(
    ground: Profile, stations: np.ndarray, depth: float, sharpness: float
) -> tuple[np.ndarray, np.ndarray]:
    """Density missing and density there, for an observer of width 1/``sharpness``, in sqrt(2 abs(delta)).

    Their sum is that of the complete set, sqrt(pi) sharpness/2, at each of the increasing ``stations``.
    """
    mesh, step = _mesh(ground, float(stations[-1]), sharpness)
    row = sharpness / math.sqrt(2.0 * math.pi) * np.exp(-0.5 * (sharpness * mesh.z) ** 2) + 0j
    x, parts = 0.0, []
    for station in stations:
        row, x = _back(row, mesh, ground, x, -float(station), step, depth), -float(station)
        parts.append(_parts(row, mesh, float(ground.height(np.array([x]))[0])))
    dark, lit = np.array(parts).T
    return dark, lit


def _mesh(ground, latest, sharpness) -> tuple[Grid, float]:
    # no wave of the grid is faster than 2/cell: nothing reaches its ends
    tilt = 0.5 * abs(float(ground.slope(np.array([-latest]))[0]))
    cell = min(CELL / sharpness, TILTED / (2.0 + tilt))
    step = min(STEP / sharpness**2, LONGEST_STEP)
    reach = 2.0 * latest / cell + 12.0 / sharpness + 1.0
    work = 2.0 * reach / cell * _steps(ground, latest) / step
    if work > WORK:
        raise DomainError(
            f"times must span less: the march would need {work:.1e} nodes times steps, at most {WORK:.0e}"
        )
    return grid(-reach, reach, cell), step


def _steps(ground, latest):
    flat = min(latest, ground.half) if ground.breakpoints else 0.0
    return flat + (latest - flat) * _shorter(ground)


def _shorter(ground):
    return math.sqrt(max(1.0, ground.kappa))


def _back(row, mesh, ground, begin, end, step, depth):
    edge = min(max(-ground.half, end), begin) if ground.breakpoints else begin
    if edge < begin:
        row = advance_through(row, mesh, ground, begin, edge, step, depth)
    if end < edge:
        row = advance_through(row, mesh, ground, edge, end, step / _shorter(ground), depth)
    return row


def _parts(row, mesh, surface):
    density = math.pi * mesh.cell * np.abs(row) ** 2
    offset = (surface - mesh.z) / mesh.cell
    # only the two nodes next to the surface are partly underground
    share = np.where(offset > 0.0, 1.0, 0.0)
    for node in np.flatnonzero(np.abs(offset) < 1.0):
        share[node] = underground(offset[node], offset[node])
    dark = float(share @ density)
    return dark, float(density.sum()) - dark
