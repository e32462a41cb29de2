"""Figures of the chapter on Opher's reflection, Lewis' refraction, and their cancellation."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.figures import style
from cnub.figures.parameters import Mass, Points, Range
from cnub.figures.registry import figure
from cnub.forces.recoil import collimated_forces, reflected_pressure, refracted_pressure, wind_pressure
from cnub.forces.sensitivity import TORSION_BALANCE, accelerations
from cnub.matter import critical_angle

_PRESSURES = {
    "refraction, one face": lambda d: abs(refracted_pressure(d)),
    "reflection, one face": reflected_pressure,
    "collimated, both faces": lambda d: collimated_forces(d, 0.3).net,
    "wind, both faces": lambda d: wind_pressure(d, 0.1),
}


@figure("recoil-powers", chapter="opher_reflection", summary="Pressures on a slab against delta: how many G_F's")
def powers(points: Annotated[int, Range(5, 40, "points of a curve")] = 21) -> pd.DataFrame:
    """Pressures in units of n v k against |delta| (repelled neutrinos), one or both faces; slopes are powers of G_F."""
    deltas = np.geomspace(1e-10, 1e-3, points)
    rows = [(name, d, force(-float(d))) for name, force in _PRESSURES.items() for d in deltas]
    return pd.DataFrame(rows, columns=["force", "delta", "pressure"])


@powers.drawing
def _draw_powers(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.2))
    axes = canvas.subplots()
    slopes = {"refraction, one face": "1", "reflection, one face": "3/2"}
    for dashes, (name, rows) in zip(("-", "--", "-.", ":"), table.groupby("force", sort=False), strict=True):
        label = rf"{name}: $G_F^{{{slopes.get(name, '2')}}}$"
        axes.loglog(rows["delta"], rows["pressure"], dashes, label=label)
    axes.set(xlabel=r"$|\delta| \propto G_F$", ylabel=r"pressure ($n\,v\,k$)")
    axes.legend(fontsize=9)
    return canvas


@figure("recoil-faces", chapter="opher_reflection", summary="A collimated flux pushes both faces, and nearly cancels")
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
def _draw_faces(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.9))
    axes = canvas.subplots()
    for column, dashes, label in (("entry", "-", "entry face"), ("exit", "--", "exit face"), ("net", "-.", "slab")):
        axes.semilogx(table["angle_over_critical"], table[column], dashes, label=label)
    axes.axvline(1, color="0.5", linewidth=1, linestyle=":")
    axes.annotate("total reflection", (0.85, 3.3), ha="right", color="0.3")
    axes.set(xlabel=r"glancing angle / $\theta_c$", ylabel=r"pressure ($n\,v\,k\,|\delta|$)")
    axes.legend(loc="upper right")
    return canvas


@figure("force-sensitivity", chapter="opher_reflection", summary="Accelerations against what a torsion balance sees")
def sensitivity(mass: Mass = 0.1) -> pd.DataFrame:
    """Accelerations in cm/s^2 of the first-order effects for neutrinos of ``mass`` in eV, and the torsion balance."""
    rows = [*accelerations(mass).items(), ("torsion balance", TORSION_BALANCE)]
    return pd.DataFrame(rows, columns=["effect", "acceleration_cm_s2"])


@sensitivity.drawing
def _draw_sensitivity(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 2.8))
    axes = canvas.subplots()
    colours = [style.VERMILION if name == "torsion balance" else style.BLUE for name in table["effect"]]
    axes.scatter(table["acceleration_cm_s2"], table["effect"], color=colours, zorder=3)
    axes.set(xscale="log", xlabel=r"acceleration (cm/s$^2$)", ylabel="effect", xlim=(1e-38, 1e-13))
    axes.set_xticks([10.0**power for power in range(-36, -12, 6)])
    axes.invert_yaxis()
    return canvas
