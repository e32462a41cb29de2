"""Figures of the chapter on the Stodolsky effect."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.figures import style
from cnub.figures.parameters import Points, Range
from cnub.figures.registry import figure
from cnub.forces.sensitivity import TORSION_BALANCE
from cnub.forces.stodolsky import energy_splitting, talk_inputs, torque_acceleration

QUOTED_ACCELERATION = 4e-29
"""Acceleration in cm/s^2 at full asymmetry as the talk prints it."""
ROUNDS_TO_QUOTED = (3.5, 4.5)
"""Accelerations in 1e-29 cm/s^2 that the talk's printed digit allows."""
BARYON_ASYMMETRY = 6.1e-10
"""Baryons per photon (Planck 2018), the size of a lepton asymmetry that sphalerons would share."""


def _torque_caption(table: pd.DataFrame, nucleons: float, radius_cm: float) -> str:
    return rf"""Eq. {{eq}}`eq-sto-torque` at its peak for a ring with {nucleons:g} nucleons per polarised electron, $R =
    {radius_cm:g}$ cm, in the wind of the CMB; the talk's {style.tex(QUOTED_ACCELERATION)} times the asymmetry; the
    sensitivity it quotes for torsion balances."""


def _torque_alt(table: pd.DataFrame) -> str:
    low, high = table["acceleration_cm_s2"].min(), table["acceleration_cm_s2"].max()
    above = math.log10(TORSION_BALANCE / high)
    return (
        f"Two parallel rising lines, the computed one from {low:.0e} to {high:.0e} cm per square second, and a "
        f"horizontal dotted line at {TORSION_BALANCE:.0e}, {above:.0f} powers of ten above its end."
    )


@figure(
    "stodolsky-torque",
    chapter="stodolsky_effect",
    summary="Torque acceleration of a magnet against the asymmetry",
    caption=_torque_caption,
    alt=_torque_alt,
)
def torque(
    nucleons: Annotated[float, Range(1.0, 300.0, "nucleons per polarised electron")] = 55.845,
    radius_cm: Annotated[float, Range(1e-3, 1e3, "radius of the ring", "cm")] = 1.0,
    points: Points = 61,
) -> pd.DataFrame:
    """Splitting in eV and peak acceleration in cm/s^2 of a magnet against (n_nu - n_nubar)/(2 nbar)."""
    rows = []
    for asymmetry in np.geomspace(1e-11, 1.0, points):
        splitting = energy_splitting(float(asymmetry))
        rows.append((asymmetry, splitting, torque_acceleration(splitting, nucleons, radius_cm)))
    return pd.DataFrame(rows, columns=["asymmetry", "splitting_eV", "acceleration_cm_s2"])


@torque.drawing
def _draw_torque(table: pd.DataFrame, nucleons: float, radius_cm: float) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.0))
    axes = canvas.subplots()
    asymmetry = table["asymmetry"]
    axes.loglog(
        asymmetry, table["acceleration_cm_s2"], label=f"A = {nucleons:g}, R = {radius_cm:g} cm, wind of the CMB"
    )
    axes.loglog(asymmetry, QUOTED_ACCELERATION * asymmetry, "--", label="as the talk prints it")
    axes.axhline(TORSION_BALANCE, color=style.BLACK, linewidth=1.2, linestyle=":", label="torsion balance")
    axes.axvline(BARYON_ASYMMETRY, color="0.5", linewidth=1)
    axes.annotate("baryon asymmetry", (BARYON_ASYMMETRY, 1e-22), (5, 0), textcoords="offset points", color="0.3")
    axes.set(xlabel=r"$(n_\nu - n_{\bar\nu})/(2\bar n)$", ylabel=r"acceleration (cm/s$^2$)", ylim=(1e-41, 1e-12))
    canvas.legend(loc="outside upper center", ncols=3, fontsize=9)
    return canvas


def _inputs_alt(table: pd.DataFrame) -> str:
    shown = 1e29 * table["acceleration_cm_s2"]
    return (
        f"{len(shown)} dots between {shown.min():.0f} and {shown.max():.0f} in units of 1e-29 cm per square second; "
        f"{shown.between(*ROUNDS_TO_QUOTED).sum()} of them lie in the band around 4."
    )


@figure(
    "stodolsky-inputs",
    chapter="stodolsky_effect",
    summary="Which inputs give the talk's torque acceleration",
    caption=r"""Accelerations at full asymmetry, Eq. {eq}`eq-sto-torque` with $\gamma = 1$ and $R = 1$ cm, for
    readings of the slide. The band rounds to the quoted value.""",
    alt=_inputs_alt,
)
def inputs() -> pd.DataFrame:
    """Acceleration in cm/s^2 at full asymmetry for each reading of the slide, which prints no inputs."""
    return pd.DataFrame(list(talk_inputs().items()), columns=["inputs", "acceleration_cm_s2"])


@inputs.drawing
def _draw_inputs(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 2.8))
    axes = canvas.subplots()
    labels = [name.replace(", mean torque, slow", ",\nmean torque, slow") for name in table["inputs"]]
    axes.plot(1e29 * table["acceleration_cm_s2"], labels, "o", color=style.BLUE)
    axes.axvspan(
        *ROUNDS_TO_QUOTED, color=style.VERMILION, alpha=0.2, linewidth=0, label=r"rounds to the quoted $4\cdot10^{-29}$"
    )
    axes.set(xlabel=r"acceleration ($10^{-29}$ cm/s$^2$)", ylabel="inputs", xlim=(0, 17))
    axes.invert_yaxis()
    canvas.legend(loc="outside upper center")
    return canvas
