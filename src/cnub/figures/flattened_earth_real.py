"""Figures of the chapter on the flattened Earth: anisotropic flux, filling times, and what a detector would feel."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.constants import AGE_OF_EARTH_S, JULIAN_YEAR_S
from cnub.figures import style
from cnub.figures.parameters import Mass, Range
from cnub.figures.registry import figure
from cnub.forces.earth import surface_acceleration
from cnub.forces.sensitivity import TORSION_BALANCE
from cnub.grazing import anisotropy, earth
from cnub.grazing.patch import filling_curve
from cnub.grazing.profiles import round_earth

FILLINGS = {"empty plane": (style.BLUE, "-"), "downgoing flux": (style.ORANGE, "--"), "filled": (style.BLACK, "-")}
"""States of the gas, and the line of each."""


@figure("plane-horizon", chapter="flattened_earth", summary="Angular structure at the horizon that would be needed")
def horizon(contrast: Annotated[float, Range(-1.0, 1.0, "height of the step", least=1e-3)] = 1.0) -> pd.DataFrame:
    """Surface excess in sqrt(2|delta|), every state filled, against the width in theta_c of a step at the horizon."""
    widths = np.geomspace(1e-2, 1e4, 49)
    rows = [(w, *(anisotropy.horizon_structure_excess(w, s, contrast) for s in ("attract", "repel"))) for w in widths]
    return pd.DataFrame(rows, columns=["width_theta_c", "attract", "repel"])


@horizon.drawing
def _draw_horizon(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.3))
    axes = canvas.subplots()
    axes.semilogx(table["width_theta_c"], table["attract"], color=style.BLUE, label="attracted")
    axes.semilogx(table["width_theta_c"], table["repel"], color=style.VERMILION, label="repelled")
    axes.set(xlabel=r"angular width of the step / $\theta_c$", ylabel=r"$(n/n_0-1)/\sqrt{2|\delta|}$")
    axes.legend()
    return canvas


@figure("patch-times", chapter="flattened_earth", summary="Time to fill a patch of the real Earth against its length")
def times(mass: Mass = 0.1) -> pd.DataFrame:
    """Seconds to fill the trapped states at the centre of a patch of 0 to 1000 km, per ground."""
    lengths = np.concatenate(([0.1], np.geomspace(1.0, 1000.0, 31)))
    table = pd.DataFrame({"length_km": lengths})
    for ground in ("crust", "earth"):
        scales = earth.grazing_scales(mass, None, ground)
        table[ground] = [earth.patch_filling_time_s(1e3 * length, scales) for length in lengths]
    return table


@times.drawing
def _draw_times(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.3))
    axes = canvas.subplots()
    labels = {"crust": "crust, 2.7 g/cm$^3$", "earth": "mean Earth, 5.51 g/cm$^3$"}
    for (ground, label), line in zip(labels.items(), ("-", "--"), strict=True):
        axes.loglog(table["length_km"], table[ground], line, label=label)
    axes.axhline(AGE_OF_EARTH_S, color=style.BLACK, lw=1.0, ls=":")
    axes.text(0.1, 2e15, "age of the Earth", va="top", fontsize=9)
    axes.axhline(JULIAN_YEAR_S, color=style.BLACK, lw=1.0, ls=":")
    axes.text(0.1, 5e6, "a year", va="top", fontsize=9)
    axes.set(xlabel="length of the patch (km)", ylabel="time to fill (s)", ylim=(1e-4, 1e19))
    axes.legend(loc="center right")
    return canvas


@figure("plane-force", chapter="flattened_earth", summary="Gradient force on a body against its height, per filling")
def force(mass: Mass = 0.1) -> pd.DataFrame:
    """Size of the acceleration in cm/s^2 of a body on crust against its height in m, per filling of the states."""
    heights = np.geomspace(1e-5, 30.0, 40)
    table = pd.DataFrame({"height_m": heights})
    for state in FILLINGS:
        table[state] = [abs(surface_acceleration(state, h, mass)) for h in heights]
    return table


@force.drawing
def _draw_force(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.7))
    axes = canvas.subplots()
    for state, (colour, line) in FILLINGS.items():
        axes.loglog(table["height_m"], table[state], line, color=colour, label=state)
    axes.axhline(TORSION_BALANCE, color=style.VERMILION, lw=1.0, ls=":")
    axes.text(1e-5, 2 * TORSION_BALANCE, "torsion balances", fontsize=9)
    axes.set(xlabel="height of the body (m)", ylabel=r"acceleration (cm s$^{-2}$)", ylim=(1e-36, 1e-13))
    axes.legend(loc="center right")
    return canvas


@figure("plane-carried", chapter="flattened_earth", summary="Two readings of what stays empty over round ground")
def carried(kappa: Annotated[float, Range(1.0, 6.5, "curvature")] = 5.0) -> pd.DataFrame:
    """Deficit at the surface of a sphere against the filling length: trapped at both ends, or trapped then only."""
    lengths = np.linspace(0.0, 1.2, 13)
    trapped, error = filling_curve(round_earth(kappa), lengths, cell=0.2, step=0.06)
    then, wider = filling_curve(round_earth(kappa), lengths, carried=True)
    return pd.DataFrame(
        {"filling_length": lengths, "both ends": trapped, "error": error, "then only": then, "error then only": wider}
    )


@carried.drawing
def _draw_carried(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.3))
    axes = canvas.subplots()
    for name, error, colour in (("both ends", "error", style.BLUE), ("then only", "error then only", style.ORANGE)):
        axes.errorbar(
            table["filling_length"],
            table[name],
            table[error],
            color=colour,
            label=f"trapped at {name}" if name == "both ends" else "trapped then, whatever it became",
            marker="o",
            ms=3,
            capsize=2,
        )
    axes.set(xlabel=r"filling length / $\ell$", ylabel=r"$(n/n_0-1)/\sqrt{2\delta}$")
    axes.legend()
    return canvas
