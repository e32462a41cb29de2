"""Figures of the chapter on Opher's reflection, Lewis' refraction, and their cancellation."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.figures import style
from cnub.figures.parameters import Choice, Points, Range
from cnub.figures.registry import figure
from cnub.forces.recoil import collimated_forces, power, reflected_pressure, refracted_pressure, wind_pressure
from cnub.matter import critical_angle
from cnub.reflection import SIGNS, sign_step

NAMED = {"attract": "attracted", "repel": "repelled"}
SLOPES = {"refraction, one face": "1", "reflection, one face": "3/2"}
"""Powers of G_F by the leading order; those of both faces are 2."""


def _pressures(sine: float, anisotropy: float) -> dict:
    """The four pressures in units of n v k, as functions of delta."""
    return {
        "refraction, one face": lambda d: abs(refracted_pressure(d)),
        "reflection, one face": reflected_pressure,
        "collimated, both faces": lambda d: collimated_forces(d, sine).net,
        "wind, both faces": lambda d: wind_pressure(d, anisotropy),
    }


def _powers_caption(table: pd.DataFrame, sign: str, sine: float, anisotropy: float) -> str:
    return rf"""Pressures in units of $n v k$ against $|\delta|$ for {NAMED[sign]} neutrinos: one face, Eq.
    {{eq}}`eq-oph-face`; both faces for a flux at $s = {sine:g}$ and for a wind of {100 * anisotropy:g} % anisotropy,
    whose slope is 2 up to a logarithm."""


def _powers_alt(table: pd.DataFrame, sign: str, sine: float, anisotropy: float) -> str:
    middle = sign_step(sign) * math.sqrt(table["delta"].min() * table["delta"].max())
    slopes = [f"{power(force, middle):.2f}" for force in _pressures(sine, anisotropy).values()]
    return f"Straight lines on logarithmic axes; the slopes of the {len(slopes)} half way are {', '.join(slopes)}."


@figure(
    "recoil-powers",
    chapter="opher_reflection",
    summary="Pressures on a slab against delta: how many G_F's",
    caption=_powers_caption,
    alt=_powers_alt,
)
def powers(
    sign: Annotated[str, Choice(SIGNS, "what matter does to the neutrinos")] = "repel",
    sine: Annotated[float, Range(0.1, 1.0, "sine of the glancing angle of the collimated flux")] = 0.3,
    anisotropy: Annotated[float, Range(1e-6, 1.0, "anisotropy of the wind")] = 0.1,
    points: Annotated[int, Range(5, 40, "points of a curve")] = 21,
) -> pd.DataFrame:
    """Pressures in units of n v k against |delta|, one or both faces; slopes are powers of G_F."""
    deltas = np.geomspace(1e-10, 1e-3, points)
    forces = _pressures(sine, anisotropy)
    rows = [(name, d, force(sign_step(sign) * float(d))) for name, force in forces.items() for d in deltas]
    return pd.DataFrame(rows, columns=["force", "delta", "pressure"])


@powers.drawing
def _draw_powers(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.2))
    axes = canvas.subplots()
    for dashes, (name, rows) in zip(("-", "--", "-.", ":"), table.groupby("force", sort=False), strict=True):
        label = rf"{name}: $G_F^{{{SLOPES.get(name, '2')}}}$"
        axes.loglog(rows["delta"], rows["pressure"], dashes, label=label)
    axes.set(xlabel=r"$|\delta| \propto G_F$", ylabel=r"pressure ($n\,v\,k$)")
    axes.legend(fontsize=9)
    return canvas


def _faces_caption(table: pd.DataFrame, delta: float) -> str:
    return rf"""Eq. {{eq}}`eq-oph-both` for $\delta$ = {style.tex(delta)}: a collimated flux on the entry face, on the
    exit face, and on the slab as a whole, against the glancing angle."""


def _faces_alt(table: pd.DataFrame) -> str:
    peak, end = table.loc[table["net"].idxmax()], table.iloc[-1]
    return (
        f"Three curves against angle: the entry face ends at {end['entry']:.2f}, the exit face at {end['exit']:.2f}; "
        f"their sum peaks at {peak['net']:.2g}, at {peak['angle_over_critical']:.2g} times the critical angle, and "
        f"ends at {end['net']:.1g}."
    )


@figure(
    "recoil-faces",
    chapter="opher_reflection",
    summary="A collimated flux pushes both faces, and nearly cancels",
    caption=_faces_caption,
    alt=_faces_alt,
)
def faces(
    delta: Annotated[float, Range(-0.1, 0.1, "refraction of the slab", least=1e-12)] = -1e-8, points: Points = 121
) -> pd.DataFrame:
    """Pressures on entry face, exit face and slab in units of n v k |delta| against the glancing angle in theta_c."""
    edge = critical_angle(delta)
    rows = []
    for ratio in np.geomspace(0.1, min(1e3, 1 / edge), points):
        forces = collimated_forces(delta, min(float(ratio * edge), 1.0))
        scaled = [value / abs(delta) for value in (forces.entry, forces.exit, forces.net)]
        rows.append((ratio, *scaled))
    return pd.DataFrame(rows, columns=["angle_over_critical", "entry", "exit", "net"])


@faces.drawing
def _draw_faces(table: pd.DataFrame, delta: float) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.9))
    axes = canvas.subplots()
    for column, dashes, label in (("entry", "-", "entry face"), ("exit", "--", "exit face"), ("net", "-.", "slab")):
        axes.semilogx(table["angle_over_critical"], table[column], dashes, label=label)
    axes.axvline(1, color="0.5", linewidth=1, linestyle=":")
    if delta < 0:  # from outside; an attracted neutrino always enters
        where = dict(xycoords=axes.get_xaxis_transform(), ha="right", color="0.3")
        axes.annotate("total reflection", (0.85, 0.82), **where)
    axes.set(xlabel=r"glancing angle / $\theta_c$", ylabel=r"pressure ($n\,v\,k\,|\delta|$)")
    canvas.legend(loc="outside upper center", ncols=3)
    return canvas
