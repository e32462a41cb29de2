"""Figures of the chapter on what sensors would have to resolve."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.figures import style
from cnub.figures.parameters import Choice, Ground, Range
from cnub.figures.registry import figure
from cnub.forces.drag import drag_acceleration
from cnub.forces.sensitivity import accelerations, sensor_reach
from cnub.mass_bounds import BOUNDS
from cnub.oscillation import NATURES

Nature = Annotated[str, Choice(NATURES, "nature of the neutrinos")]
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 3)))
SENSOR = "sensor: "


def _effects_caption(table: pd.DataFrame, ground: str, nature: str) -> str:
    return rf"""Accelerations by every mechanical effect of the relic gas on a body at the Earth's surface ({ground}),
    {nature.capitalize()} neutrinos, against their common mass; grey: published reach of sensors, white noise averaged
    over a year. Dotted vertical line: KATRIN's bound, {BOUNDS["KATRIN"].value:g} eV."""


def _effects_alt(table: pd.DataFrame) -> str:
    ours, reach = (table[table["effect"].str.startswith(SENSOR) == flag] for flag in (False, True))
    gap = np.log10(reach["acceleration_cm_s2"].min() / ours["acceleration_cm_s2"].max())
    return (
        f"{ours['effect'].nunique()} curves between {ours['acceleration_cm_s2'].min():.0e} and "
        f"{ours['acceleration_cm_s2'].max():.0e} cm per square second, {gap:.0f} powers of ten below the lowest of "
        f"{len(reach)} grey horizontal lines."
    )


@figure(
    "force-sensitivity",
    chapter="sensitivity",
    summary="Every mechanical effect against the mass, and the reach of sensors",
    caption=_effects_caption,
    alt=_effects_alt,
)
def effects(ground: Ground = "crust", nature: Nature = "dirac") -> pd.DataFrame:
    """Accelerations in cm/s^2 against the mass in eV, and of sensors (no mass)."""
    parts = [
        accelerations(float(mass), nature, ground)[["effect", "acceleration_cm_s2"]].assign(mass_eV=mass)
        for mass in np.geomspace(0.01, 2.0, 16)
    ]
    known = sensor_reach()
    lines = pd.DataFrame(
        {"effect": SENSOR + known["sensor"], "acceleration_cm_s2": known["acceleration_cm_s2"], "mass_eV": 0.0}
    )
    return pd.concat([*parts, lines], ignore_index=True)


@effects.drawing
def _draw_effects(table: pd.DataFrame, narrow: bool) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 5.6 * (1 + narrow)))
    panels = canvas.subplots(1 + narrow, 1, sharex=True, squeeze=False)[:, 0]
    above, axes = panels[0], panels[-1]
    ours = table[~table["effect"].str.startswith(SENSOR)]
    for (name, part), colour, dash in zip(ours.groupby("effect", sort=False), style.CYCLE, DASHES, strict=False):
        axes.loglog(part["mass_eV"], part["acceleration_cm_s2"], color=colour, ls=dash, label=name)
    reach = table[table["effect"].str.startswith(SENSOR)].sort_values("acceleration_cm_s2")
    _mark_reach(above, reach, narrow)
    for panel in panels:
        panel.axvline(BOUNDS["KATRIN"].value, color="0.3", lw=1, ls=":")
        panel.set(yscale="log", ylabel=r"acceleration (cm/s$^2$)", xlim=(0.01, 2.0))
    above.set_ylim(reach["acceleration_cm_s2"].min() / 100 if narrow else None, 1e-6)
    axes.set_xlabel("mass (eV)")
    canvas.legend(*axes.get_legend_handles_labels(), loc="outside upper center", ncols=2, fontsize=8.5)
    return canvas


def _mark_reach(axes, reach: pd.DataFrame, narrow: bool) -> None:
    """What each device reaches; neighbours have their names on different sides."""
    for number, (name, value) in enumerate(zip(reach["effect"], reach["acceleration_cm_s2"], strict=True)):
        axes.axhline(value, color="0.5", lw=1)
        first = number % 2 == 0
        at = (0.0105, value) if first or narrow else (0.21, value)
        shift = {"xytext": (0, -2), "va": "top"} if first and narrow else {"xytext": (0, 2)}
        words = name.removeprefix(SENSOR)
        axes.annotate(words, at, **shift, textcoords="offset points", color="0.3", fontsize=7.5)


def _wind_caption(table: pd.DataFrame, mass_eV: float) -> str:
    return rf"""Acceleration of an iron ball by the wind against its radius, neutrinos of {mass_eV:g} eV, first Born
    order. Up to $1/k$ all nuclei scatter together and the acceleration grows as their number, $R^3$; beyond, the
    surface scatters and the acceleration falls."""


def _wind_alt(table: pd.DataFrame) -> str:
    best = table.loc[table["dirac"].idxmax()]
    return (
        f"Two curves that rise as the radius cubed and bend near a millimetre; Dirac at most {best['dirac']:.0e} cm "
        f"per square second at {1e3 * best['radius_m']:.1g} mm, Majorana {table['majorana'].max():.0e}."
    )


@figure(
    "force-wind",
    chapter="sensitivity",
    summary="The push of the wind on a ball against its radius",
    caption=_wind_caption,
    alt=_wind_alt,
)
def wind(mass_eV: Annotated[float, Range(0.005, 0.3, "mass of the neutrinos", "eV")] = 0.1) -> pd.DataFrame:
    """Acceleration (cm/s^2) of an iron ball by the wind against its radius (m), for both natures."""
    radii = np.geomspace(1e-6, 1e-2, 25)
    columns = {nature: [drag_acceleration(float(r), mass_eV, nature) for r in radii] for nature in NATURES}
    return pd.DataFrame({"radius_m": radii} | columns)


@wind.drawing
def _draw_wind(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.6))
    axes = canvas.subplots()
    for name, colour, dash in zip(NATURES, style.CYCLE, DASHES, strict=False):
        axes.loglog(1e3 * table["radius_m"], table[name], color=colour, ls=dash, label=name.capitalize())
    axes.set(xlabel="radius (mm)", ylabel=r"acceleration (cm/s$^2$)")
    axes.legend()
    return canvas
