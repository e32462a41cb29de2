"""Density deficit over ground of any shape if the states trapped under it were empty a filling length back.

A complete set of waves gives a uniform density over any ground, so the excess is minus the density of what is missing.
Missing is what was trapped a filling length X back and is trapped here: with P the projector on the totally reflected
waves of the local flat ground, at the observer and at X back, and U the propagation between them,

    dn/n0 = - sqrt(2 delta) pi <Z| P_here U P_back U^+ P_here |Z> .

On flat ground P and U commute, and this is the empty half-space at any X. Curvature lets other waves in. The state that
arrives from below at more than the critical angle is not counted: on curved ground it comes straight from outside.
``carried`` counts it: everything trapped under the tangent half-space at X back, whatever became of it.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

import numpy as np

from cnub.domain import DomainError, finite_array, non_negative, one_of, positive, within
from cnub.grazing import gallery
from cnub.grazing.halfspace import trapped_density
from cnub.grazing.paraxial import complete_set_density, grid, resolve
from cnub.grazing.profiles import Profile, patch
from cnub.grazing.row import back_to, follow, start, trapped_here
from cnub.grazing.way import FOLLOW, OUT_OF_REACH, Observer, Resolution, plan
from cnub.reflection import SIGNS

CELL = 0.1
"""Coarse cell in lambda; the fine one is half of it, and the answer is extrapolated from both."""
STEP = 0.03
"""Coarse step in l, on flat ground; divided by sqrt(kappa) on a sphere with kappa > 1."""
FASTEST, LONGEST_STEP = 2.0, 0.1
"""Wave number that a cell must resolve, twice that of the trapped states, and the longest coarse step, in l."""
TAIL = 100.0
"""Depth, in lambda, at which the observer's row is cut; ``Cut.missing`` says what lies beyond."""
EXTRAPOLATED = 0.5
"""What the extrapolation leaves, in units of its last correction: 0.37 at worst over spheres, patches and hills."""
CUT_MARGIN = 2.0
"""What the cut leaves, in units of what halving it changes: 1.6 over rough ground, where that falls as TAIL^-0.7."""
LONGEST = 300.0
"""Length of round ground, in l, that is marched through; beyond it the resonances fade one by one."""
HIGHEST = 1e5
"""Height up to which the answer is offered; in lambda, so that this is 270 km for the mean neutrino over crust."""
FARTHEST = 1e6
"""Distance of the observer from the middle of the ground, in l."""
HALF_SPACE_ROUNDING = 5e-14
"""Relative, of the trapped density of the half-space; measured 1.9e-14."""
REACHED, CROSSED = 40.0, 2.0
"""Margin, in lambda, around observer and ground, and length, in l, of the march of a complete set."""


@dataclass(frozen=True)
class PatchSolution:
    """Density excess in units of sqrt(2 abs(delta)), its error estimate, the method and the seconds it took."""

    density_excess: float
    error_estimate: float
    method: str
    seconds: float


def patch_excess(
    kappa: float,
    length: float,
    height: float = 0.0,
    sign: str = "attract",
    filling_length: float = math.inf,
    shape: str = "smooth",
    carried: bool = False,
) -> PatchSolution:
    """Density excess over the centre of a patch of ``length`` (in l) on a sphere of curvature ``kappa`` > 0.

    ``length`` 0 is the round Earth, inf the plane; ``height`` from 0 to 1e5 in lambda; ``filling_length`` >= 0 in l,
    inf for the steady state, which has every state filled: its excess is that of a complete set of waves marched over
    the ground. ``sign`` "repel" traps nothing, so that nothing is ever missing. ``shape`` as in ``profiles.patch``.
    Raises :class:`cnub.DomainError` outside those ranges, and where the march would take more
    than about 20 s.

    Source: talk, 'There is a criterion'; derived from the paraxial wave equation.

    >>> print(abs(patch_excess(kappa=20.0, length=1.0).density_excess) < 1e-6)
    True
    """
    begun = time.perf_counter()
    one_of("sign", sign, SIGNS)
    ground = patch(kappa, _or_infinite("length", length), shape)
    height = within("height", height, 0.0, HIGHEST)
    filling_length = _or_infinite("filling_length", filling_length)
    if filling_length == math.inf or sign == "repel":
        (value, error), method = _complete(ground, height, sign), "complete set"
    elif (filling_length <= ground.half and ground.breakpoints) or ground.name == "plane":
        value, method = -float(trapped_density(height)), "half-space"
        error = HALF_SPACE_ROUNDING * abs(value)
    else:
        (value,), (error,) = filling_curve(ground, [filling_length], height, carried=carried)
        method = "paraxial"
    return PatchSolution(float(value), float(error), method, time.perf_counter() - begun)


def filling_curve(
    ground: Profile,
    filling_lengths: object,
    height: float = 0.0,
    position: float = 0.0,
    carried: bool = False,
    cell: float = CELL,
    step: float = STEP,
) -> tuple[np.ndarray, np.ndarray]:
    """Excess (attracting ground) and its error for each of ``filling_lengths`` (in l, >= 0), in units of sqrt(2 delta).

    The observer stands ``height`` above the ground at X = ``position``. ``cell`` and ``step`` are the coarse ones. The
    error adds half the distance of the extrapolated from the fine value, twice what cutting the row at half the depth
    changes, and what the ground's tilt leaves open of the part beyond the cut. Raises :class:`cnub.DomainError` outside
    these ranges.

    Source: derived from the paraxial wave equation.

    >>> excess, error = filling_curve(plane(), [0.1])
    >>> print(f"{excess[0]:.3f}")
    -0.667
    """
    lengths = finite_array("filling_lengths", filling_lengths, 0.0)
    height, position = non_negative("height", height), within("position", position, -FARTHEST, FARTHEST)
    resolve("cell", FASTEST, positive("cell", cell))
    if positive("step", step) > LONGEST_STEP:
        raise DomainError(f"step must be at most {LONGEST_STEP:g} l to resolve how trapped states turn; got {step}")
    order = np.argsort(lengths, kind="stable")
    observer = Observer(ground, position, height, carried)

    def march_back(refine, tail):
        return _march_back(observer, lengths[order], Resolution(cell / refine, step / refine, tail))

    # the costliest first: it is the one that may be refused
    fine, coarse, cut = march_back(2, TAIL), march_back(1, TAIL), march_back(1, 0.5 * TAIL)
    values, errors = np.empty_like(lengths), np.empty_like(lengths)
    values[order] = fine[0] + (fine[0] - coarse[0]) / 3.0
    errors[order] = EXTRAPOLATED * np.abs(fine[0] - coarse[0]) / 3.0 + CUT_MARGIN * np.abs(cut[0] - coarse[0]) + fine[1]
    return values, errors


def _march_back(observer, lengths, resolution):
    """Excess and its uncertainty at each of the increasing ``lengths``, from one march."""
    position, half = observer.position, observer.ground.half
    farthest = min(float(lengths.max()), LONGEST + position + half if math.isfinite(half) else math.inf)
    way = plan(observer, float(lengths.min()), farthest, resolution)
    _check_reach(way, float(lengths.max()), farthest)
    row, cut = start(way)
    results = []
    for length in lengths:
        row, result = _station(way, row, cut, position - length, position - farthest)
        results.append(result)
    return tuple(np.array(column) for column in zip(*results, strict=True))


def _check_reach(way, longest, farthest):
    observer = way.observer
    if observer.carried and observer.position - longest < way.last:
        raise DomainError(
            f"filling_length must be at most {observer.position - way.last:.3g} l with carried states, or the grid "
            f"would have to resolve wave numbers beyond {OUT_OF_REACH if observer.steep else FOLLOW:g}; got {longest:g}"
        )
    kappa, least = observer.ground.kappa, 1.0 / way.depth
    if longest > farthest and kappa < least:
        raise DomainError(f"kappa must be at least {least:.2g} for so long a filling length; got {kappa!r}")


def _station(way, row, cut, x, farthest):
    """The row marched back to the station at ``x``, the excess there and its uncertainty."""
    if way.observer.steep and x < way.last:
        row = back_to(way, row, way.last)
        return row, (0.0, trapped_here(way, row, OUT_OF_REACH))
    row = back_to(way, row, max(x, farthest))
    if x < farthest:
        row = follow(way, row)
        return row, _faded(way, row, farthest - x)
    within_cut = cut is not None and cut.beyond and not row.round
    missing, open_ = cut.missing(abs(way.observer.tilt(row.x))) if within_cut else (0.0, 0.0)
    return row, (-trapped_here(way, row) - missing, open_ + way.above)


def _faded(way, row, longer):
    """What is left of the gallery waves in a row on round ground, ``longer`` back still: each fades by its width."""
    kappa, mesh = way.observer.ground.kappa, row.mesh
    total, now = 0.0, 0.0
    for energy, wave in zip(gallery.bound_states(kappa), gallery.gallery_resonances(kappa), strict=True):
        overlap = mesh.cell * np.sum(gallery.gallery_wave(kappa, float(energy), mesh.z) * row.values)
        share = math.pi * abs(overlap) ** 2
        now += share
        total += share * math.exp(-wave.width * longer)
    return -total, abs(now - trapped_here(way, row)) * (total / now if now else 1.0)


def _complete(ground, height, sign):
    # the march is unitary up to one rounding per step
    mesh = grid(-REACHED, REACHED + height, CELL, 0.0, height)
    density = complete_set_density(ground, -CROSSED, 0.0, mesh, STEP, sign, height)
    return density - 1.0, math.ceil(CROSSED / STEP) * np.finfo(float).eps


def _or_infinite(name, value):
    if isinstance(value, float) and value == math.inf:
        return math.inf
    try:
        return non_negative(name, value)
    except DomainError as error:
        raise DomainError(f"{name} must be >= 0, inf allowed; got {value!r}") from error
