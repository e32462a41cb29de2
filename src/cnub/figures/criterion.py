"""The figure of the chapter on the criterion for trapped waves."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.constants import EARTH_RADIUS_M
from cnub.figures import style
from cnub.figures.parameters import Range
from cnub.figures.registry import figure
from cnub.grazing.first_wave import first_wave
from cnub.relic import mean_momentum, size_parameter
from cnub.sphere.curvature import curvature_criterion
from cnub.sphere.poles import trapped_waves

LINES = {
    "bound": ("bound if the barrier were endless", ":"),
    "above": ("order above kR", "-."),
    "phase": ("full phase under the surface", "--"),
    "narrow": ("narrower than one order spacing", "-"),
}
HALVINGS = 40


def first_counted(kR: float) -> float:
    """C at which the ball of ``kR`` itself has its first pole that is narrower than an order spacing, by bisection."""
    low, high = 0.5, 12.0
    for _ in range(HALVINGS):
        middle = math.sqrt(low * high)
        if trapped_waves(kR, (middle / kR) ** (2 / 3)):
            high = middle
        else:
            low = middle
    return high


def _caption(table: pd.DataFrame, earth_delta: float) -> str:
    earth = table.iloc[-1]
    return rf"""$C = kR\,\delta^{{3/2}}$ at which an attracting ball has its first trapped wave, against $kR$, in four
    senses. Circles: the poles of the whole ball, counted; line through them: the grazing limit. Star: the Earth at the
    mean momentum with $|\delta| =$ {style.tex(earth_delta)}, $C$ = {style.tex(earth["criterion"])}."""


def _alt(table: pd.DataFrame) -> str:
    ends = table[table["kind"] == "narrow"]["criterion"]
    return (
        f"Three level lines and one that rises from {ends.iloc[0]:.1f} to {ends.iloc[-1]:.1f}, with circles on it; "
        f"the star, the Earth, lies far below at {table.iloc[-1]['criterion']:.2g}."
    )


@figure(
    "criterion-first-wave",
    chapter="criterion",
    summary="Where the first trapped wave appears, in four senses, against kR",
    caption=_caption,
    alt=_alt,
)
def first(
    earth_delta: Annotated[float, Range(1e-12, 1e-5, "size of delta of the Earth")] = 2.5e-8,
) -> pd.DataFrame:
    """C = kR delta^1.5 of the first trapped wave against kR: four criteria, the counted poles, and the Earth."""
    rows = []
    for kR in np.geomspace(1e2, 1e13, 45):
        found = first_wave(float(kR))
        rows += [(kind, kR, getattr(found, kind)) for kind in LINES]
    rows += [("counted", kR, first_counted(float(kR))) for kR in np.geomspace(1e3, 1e13, 6)]
    earth = size_parameter(EARTH_RADIUS_M, mean_momentum())
    rows.append(("Earth", earth, float(curvature_criterion(earth, earth_delta))))
    return pd.DataFrame(rows, columns=["kind", "kR", "criterion"])


@first.drawing
def _draw_first(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.2))
    axes = canvas.subplots()
    for (kind, (label, dash)), colour in zip(LINES.items(), style.CYCLE, strict=False):
        part = table[table["kind"] == kind]
        axes.loglog(part["kR"], part["criterion"], color=colour, ls=dash, label=label)
    for kind, mark, label in (("counted", "o", "counted poles of the ball"), ("Earth", "*", "the Earth")):
        part = table[table["kind"] == kind]
        axes.loglog(part["kR"], part["criterion"], ls="", marker=mark, color="k", mfc="white", label=label, ms=7)
    axes.set(xlabel=r"$kR$", ylabel=r"$kR\,\delta^{3/2}$", ylim=(0.02, 20))
    canvas.legend(loc="outside upper center", ncols=2, fontsize=9)
    return canvas
