"""Drawing of the chapter on what a discovery takes: what becomes of one excitation in the target."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from cnub.constants import AVOGADRO, HBAR_EV_S, METRE, SPEED_OF_LIGHT_M_PER_S
from cnub.figures import sketch, style
from cnub.figures.parameters import CoherenceTime, Density, Range
from cnub.figures.registry import figure
from cnub.fluorescence.channels import channel
from cnub.fluorescence.polariton import on_shell_yield
from cnub.fluorescence.rates import event_rate
from cnub.fluorescence.target import Target

SLOPES = (1.0, 1e-1, 1e-3)
"""Of the photon band: light as in vacuum, and slow light."""


def _caption(
    table: pd.DataFrame, coherence_time_s: float, length_m: float, lightest_mass_eV: float, density_per_cm3: float
) -> str:
    domain = _domain(coherence_time_s, length_m, lightest_mass_eV, density_per_cm3)
    exchange_s = float(f"{math.pi * HBAR_EV_S / domain.coupling:.2g}")
    exchanges = length_m / SPEED_OF_LIGHT_M_PER_S / exchange_s
    first, weight = table["leaves"].iloc[0], style.tex(domain.weight, 1)
    often = f"about {style.tex(exchanges, 1)} times" if exchanges > 1 else "not once"
    return rf"""One excitation in a target of {length_m:.3g} m. Top, not to scale: the neutrino lifts one dipole,
    without a trace of which, and goes off. The quantum runs the other way, now as light (wave), now in the dipoles
    (large dots), there and back every $h/2g =$ {style.seconds(exchange_s)}, {often} while light of the vacuum would
    cross the target. In the end it is lost in the dipoles, at the rate $\Gamma_v$, or comes out. Bottom, to scale: the
    share that leaves as a photon, for a slope $s = \mathrm d\omega/\mathrm dk$ of the light, which takes $1/s$ times
    longer to the surface. At $s = 1$ it is {style.tex(first)}; to first order in $g$ it would be {weight}, and no share
    exceeds one."""


def _alt(table: pd.DataFrame) -> str:
    shares = ", ".join(f"{row.leaves:.2g} at a slope of {row.slope:g}" for row in table.itertuples())
    return (
        "A square full of dots, the target. An arrow comes in and ends at a point inside; an arrow leaves from "
        "there to the left, and to the right goes a wave that turns into large dots and back, until it comes out "
        f"on the right as a wave or ends in an arrow down. Below, bars with the share that leaves: {shares}."
    )


def _domain(coherence_time_s: float, length_m: float, lightest_mass_eV: float, density_per_cm3: float):
    return event_rate(
        "M1", "NO", lightest_mass=lightest_mass_eV, coherence_time_s=coherence_time_s, volume_m3=length_m**3,
        density_per_cm3=density_per_cm3,
    ).domain  # fmt: skip


@figure(
    "discovery-sketch",
    chapter="discovery",
    summary="Drawing: what becomes of one excitation, and how much light leaves",
    caption=_caption,
    alt=_alt,
)
def escape(
    coherence_time_s: CoherenceTime = 1e-8,
    length_m: Annotated[float, Range(1e-3, 1e4, "edge of the target", "m")] = 3.0,
    lightest_mass_eV: Annotated[float, Range(0.0, 0.1, "lightest neutrino mass", "eV")] = 0.0,
    density_per_cm3: Density = AVOGADRO,
) -> pd.DataFrame:
    """Photons and losses per excitation (M1, normal ordering, on resonance) for three slopes of the photon band."""
    coupling = _domain(coherence_time_s, length_m, lightest_mass_eV, density_per_cm3).coupling
    width = Target(length_m**3, density_per_cm3, coherence_time_s).width
    speed = channel("NO", lightest_mass=lightest_mass_eV).final_speed
    leaves = [on_shell_yield(0.0, coupling, width, s / (length_m * METRE), speed, s) for s in SLOPES]
    return pd.DataFrame({"slope": SLOPES, "leaves": leaves, "lost": [1 - share for share in leaves]})


BOX = (1.1, 1.75, 1.95)
"""Left and lower edge of the target and its size, on a sheet that is as many units wide as inches."""
ROWS = 13
"""Of dots in the target."""
LOST = (2.68, 2.23)
"""The middle of that word."""
BAR = (1.1, 2.3)
"""Where the bars begin, and the length of a whole one."""


@escape.drawing
def _draw(table: pd.DataFrame, length_m: float) -> Canvas:
    canvas, axes = sketch.sheet((0.0, sketch.WIDTH, -0.2, 4.1))
    _target(axes, length_m)
    _quantum(axes)
    for y, row in zip((1.0, 0.55, 0.1), table.itertuples(), strict=True):
        _bar(axes, y, row)
    sketch.words(axes, BAR[0], 1.45, "share that leaves", ha="left")
    return canvas


def _target(axes, length_m):
    left, low, size = BOX
    axes.add_patch(Rectangle((left, low), size, size, facecolor="none", edgecolor=sketch.ink(), lw=1.2))
    places = (np.arange(ROWS) + 0.5) / ROWS * size
    x, y = np.meshgrid(left + places, low + places)
    free = np.hypot((x - LOST[0]) / 0.3, (y - LOST[1]) / 0.12) > 1  # of the word
    x, y = x[free], y[free]
    sketch.line(axes, x.ravel(), y.ravel(), ".", ms=3.0, color=sketch.ink(), alpha=0.3, zorder=0)
    sketch.words(axes, left + size / 2, low + size + 0.2, f"{length_m:g} m")


def _quantum(axes):
    """The neutrino, and what it leaves behind."""
    left, low, size = BOX
    unit = size / ROWS
    y = low + 6.5 * unit
    start = left + 2.5 * unit
    sketch.arrow(axes, [(0.15, y + 1.0), (start, y)], color=sketch.FIRST, lw=2.4)
    sketch.arrow(axes, [(start, y), (0.15, y)], color=sketch.FIRST, lw=2.4)
    sketch.words(axes, 0.55, y + 1.0, r"$\nu_3$")
    sketch.words(axes, 0.3, y - 0.22, r"$\nu_1$")
    for column in (2, 3, 7, 8):
        sketch.line(axes, left + (column + 0.5) * unit, y, "o", ms=8, color=sketch.SECOND)
    light = {"color": sketch.SECOND, "lw": 2.0}
    sketch.line(axes, *sketch.wave((left + 3.9 * unit, y), (left + 7.1 * unit, y), 3, 0.08, straight=0.0).T, **light)
    sketch.arrow(axes, sketch.wave((left + 8.9 * unit, y), (4.3, y), 11, 0.08, straight=0.07), **light)
    sketch.words(axes, 3.7, y + 0.28, "leaves")
    last = left + 8.5 * unit
    sketch.arrow(axes, [(last, y - 0.12), (last, y - 0.72)], color=sketch.SECOND)
    sketch.words(axes, *LOST, "lost")


def _bar(axes, y, row):
    start, whole = BAR
    axes.add_patch(Rectangle((start, y - 0.14), whole, 0.28, facecolor="none", edgecolor=sketch.ink(), lw=1.2))
    axes.add_patch(Rectangle((start, y - 0.14), whole * row.leaves, 0.28, color=sketch.SECOND, lw=0))
    sketch.words(axes, start - 0.12, y, f"$s = {row.slope:g}$", ha="right")
    sketch.words(axes, start + whole + 0.12, y, style.tex(row.leaves), ha="left")
