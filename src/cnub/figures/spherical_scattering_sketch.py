"""Drawing of the chapter on spherical scattering: rays that graze the Earth, and one that is trapped under its surface.

A ray has one angular momentum, p r cos(glancing angle), outside (p = 1) and inside (p = n): that is Snell's law.
"""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.constants import EARTH_RADIUS_M
from cnub.figures import sketch, style
from cnub.figures.parameters import EarthDelta, MomentumOverMean, Range
from cnub.figures.registry import figure
from cnub.figures.spherical_scattering_criterion import CHAPTER
from cnub.matter import critical_angle
from cnub.relic import de_broglie_length_m, mean_momentum, size_parameter
from cnub.sphere.curvature import FIRST_TRAPPED, curvature_criterion

FREE = 0.46
OUT = 0.32
"""Lengths in radii of the legs of a ray outside, before and after a passage."""
SHARE = {"passes": 0.5, "trapped": 0.65, "reflected": 0.6, "steep": 1.4}
"""Glancing angles over the critical one: of the trapped ray inside, of the others outside."""
CHORDS = 2
CUT = 10
"""Degrees above the horizontal at which the ball is cut off."""


def _caption(table: pd.DataFrame, delta: float, earth_delta: float, momentum_over_mean: float) -> str:
    momentum = momentum_over_mean * mean_momentum()
    angle = critical_angle(earth_delta)
    deep_m = EARTH_RADIUS_M * earth_delta / (1 + earth_delta)
    wave_m = de_broglie_length_m(momentum) / angle
    criterion = float(curvature_criterion(size_parameter(EARTH_RADIUS_M, momentum), earth_delta))
    return rf"""Rays at the surface of a round Earth, drawn for $|\delta| = {delta:g}$ in place of
    {style.tex(earth_delta)}, with the angles of that $\delta$. Top, attracted: a grazing ray bends down and passes. A
    ray that runs below the surface at less than the critical angle is reflected totally, again and again. It is
    **trapped**; only by tunnelling (dotted) does it come to the height where it would be free (dashed). Bottom,
    repelled: grazing rays are reflected totally, steeper ones pass. Partial reflections are left out. At the real
    $\delta$ the critical angle is {math.degrees(angle):.2g} degrees, and a trapped ray stays within {deep_m:.2g} m of
    the surface. A wave needs {wave_m:.2g} m there: the first one fits at $kR\,\delta^{{3/2}}$ = {FIRST_TRAPPED:.2g},
    and the Earth has {criterion:.2g}."""


def _alt(table: pd.DataFrame, delta: float) -> str:
    inside = math.degrees(math.acos(1 / (1 + delta)))
    return (
        "Two drawings of the upper rim of a ball, with rays that come from the left. Above, one ray enters, "
        f"crosses under the rim and leaves; another runs along the rim inside in {CHORDS} equal chords, each at "
        f"less than {inside:.0f} degrees to it, with a dashed tangent that starts above the rim. Below, one ray "
        "bounces off the rim outside, and a steeper one crosses the ball."
    )


@figure(
    "sphere-sketch",
    chapter=CHAPTER,
    summary="Drawing: grazing and trapped rays at a round Earth",
    caption=_caption,
    alt=_alt,
)
def rays(
    delta: Annotated[float, Range(0.05, 0.12, "size of the refraction that is drawn")] = 0.1,
    earth_delta: EarthDelta = 2.5e-8,
    momentum_over_mean: MomentumOverMean = 1.0,
) -> pd.DataFrame:
    """Corners of the rays in radii of the ball, and where each piece runs: outside, inside or in between."""
    dense, thin = 1 + delta, 1 - delta
    under, above = math.acos(1 / dense), math.acos(thin)
    held = SHARE["trapped"] * under
    paths = {
        ("attracted", "passes"): _passing(dense, SHARE["passes"] * under, math.radians(85)),
        ("attracted", "trapped"): [(_polar(1.0, a), "inside") for a in _vertices(held)],
        ("attracted", "leaks"): _leak(dense * math.cos(held), _vertices(held)[-2]),
        ("repelled", "reflected"): _bounced(SHARE["reflected"] * above, math.radians(134)),
        ("repelled", "steep"): _passing(thin, SHARE["steep"] * above, math.radians(90)),
    }
    rows = [(sign, ray, *point, side) for (sign, ray), path in paths.items() for point, side in path]
    return pd.DataFrame(rows, columns=["particle", "ray", "x_R", "y_R", "then"])


def _vertices(held: float) -> list[float]:
    """Places at which the trapped ray meets the surface, as polar angles, left to right."""
    return [math.radians(170) - 2 * held * n for n in range(CHORDS + 1)]


def _polar(radius: float, angle: float) -> np.ndarray:
    return radius * np.array([math.cos(angle), math.sin(angle)])


def _direction(angle: float, climb: float) -> np.ndarray:
    """Unit vector at the place ``angle`` that runs to the right and ``climb`` (rad) above the horizontal there."""
    return math.cos(climb) * np.array([math.sin(angle), -math.cos(angle)]) + math.sin(climb) * _polar(1.0, angle)


def _passing(index: float, glancing: float, enters: float) -> list:
    """A ray that enters at the place ``enters``, crosses along one chord and leaves."""
    leaves = enters - 2 * math.acos(math.cos(glancing) / index)
    first, last = _polar(1.0, enters), _polar(1.0, leaves)
    ends = first - FREE * _direction(enters, -glancing), last + OUT * _direction(leaves, glancing)
    return [(ends[0], "outside"), (first, "inside"), (last, "outside"), (ends[1], "end")]


def _bounced(glancing: float, place: float) -> list:
    """A ray that is reflected outside."""
    corner = _polar(1.0, place)
    ends = corner - FREE * _direction(place, -glancing), corner + FREE * _direction(place, glancing)
    return [(ends[0], "outside"), (corner, "outside"), (ends[1], "end")]


def _leak(radius: float, place: float) -> list:
    """From the surface to the ``radius`` at which a free ray of the same angular momentum is tangent, and along it."""
    start = _polar(radius, place)
    return [(_polar(1.0, place), "between"), (start, "outside"), (start + FREE * _direction(place, 0.0), "end")]


TITLES = {"attracted": r"attracted, $\delta>0$", "repelled": r"repelled, $\delta<0$"}
LINES = {
    "passes": {"color": sketch.FIRST},
    "trapped": {"color": sketch.SECOND, "lw": 2.6},
    "leaks": {"color": sketch.SECOND},
    "reflected": {"color": sketch.SECOND, "lw": 2.6},
    "steep": {"color": sketch.FIRST},
}
NAMES = {
    "passes": ("passes", 0.4, 0.55),
    "trapped": ("trapped", -0.5, 0.5),
    "leaks": ("tunnels out", -0.85, 0.99),
    "reflected": ("reflected", -0.84, 1.02),
    "steep": ("passes", 0.4, 0.55),
}
STEP = 1.28
"""From one ball down to the next."""


@rays.drawing
def _draw(table: pd.DataFrame) -> Canvas:
    canvas, axes = sketch.sheet((-1.12, 1.12, 0.12 - STEP, 1.42))
    for (particle, part), down in zip(table.groupby("particle", sort=False), (0.0, STEP), strict=True):
        _ground(axes, down)
        sketch.words(axes, -1.08, 1.33 - down, TITLES[particle], ha="left", fontweight="bold")
        for ray, path in part.groupby("ray", sort=False):
            _ray(axes, ray, path[["x_R", "y_R"]].to_numpy() - [0.0, down])
            name, x, y = NAMES[ray]
            sketch.words(axes, x, y - down, name)
    return canvas


def _ground(axes, down):
    arc = np.radians(np.linspace(CUT, 180 - CUT, 161))
    x, y = np.cos(arc), np.sin(arc) - down
    sketch.line(axes, x, y, lw=1.2)
    axes.fill_between(x, y, y.min(), color=sketch.ink(), alpha=0.1, lw=0)


def _ray(axes, ray, corners):
    if ray == "leaks":
        sketch.line(axes, *corners[:2].T, ":", color=LINES[ray]["color"], lw=2.2)
        sketch.arrow(axes, corners[1:], ls=(0, (4, 3)), **LINES[ray])
    else:
        sketch.arrow(axes, corners, **LINES[ray])
