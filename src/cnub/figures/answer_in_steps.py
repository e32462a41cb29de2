"""Figures of the chapter that leads from the printed numbers to what remains."""

from __future__ import annotations

from typing import Annotated

import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.discovery.steps import earth_steps, fluorescence_steps
from cnub.figures import style
from cnub.figures.parameters import Range
from cnub.figures.registry import figure

PLACES = 1.6
"""Factor of the axis beyond the values, for the numbers beside the bars."""


def _steps_caption(table: pd.DataFrame) -> str:
    first, last = table["value"].iloc[0], table["value"].iloc[-1]
    return rf"""Magnetic-dipole photons per year, from the {first:.2g} of Eq. (23) to the {style.tex(last, 1)} that
    remain at most. Each bar leads from the row above to its own number, a circle where it lowers, a diamond where it
    raises. Each row changes the assumption that the table above names, from the row it names there: the factors are
    not all independent. A dark part reaches from unit vectors to a free
    spin."""


def _alt(table: pd.DataFrame) -> str:
    rows = "; ".join(f"{row.step}: {row.value:.2g}" for row in table.itertuples())
    return f"Horizontal bars on a logarithmic axis, one per step. {rows}."


@figure(
    "answer-fluorescence",
    chapter="answer_in_steps",
    summary="From five photons a year to what remains, step by step",
    caption=_steps_caption,
    alt=_alt,
)
def fluorescence(
    lightest_mass_eV: Annotated[float, Range(0.0, 10.0, "lightest mass", "eV")] = 0.0,
    volume_m3: Annotated[float, Range(1e-9, 1e12, "volume", "m3")] = 27.0,
    density_per_cm3: Annotated[float, Range(1e10, 6.1e23, "dipoles", "per cm3")] = 6.02214076e23,
    coherence_time_s: Annotated[float, Range(1e-15, 1e3, "coherence time", "s")] = 1e-8,
    photon_slope: Annotated[float, Range(1e-9, 1.0, "slope of slow light")] = 1e-3,
) -> pd.DataFrame:
    """Events per year after each step, unit vectors (low) and a free spin (value), NO."""
    return fluorescence_steps("NO", lightest_mass_eV, volume_m3, density_per_cm3, coherence_time_s, photon_slope).drop(
        columns=["command", "key"]
    )


def _earth_caption(table: pd.DataFrame) -> str:
    return rf"""Size of the density excess of one species at the Earth's surface, over the mean density: from the claim
    over flat ground, {style.tex(table["value"].iloc[0])}, to the sum over a round Earth and its closed form,
    {style.tex(table["value"].iloc[-1])}, which is $\delta/2$. It is not the roundness that takes the difference away,
    but the filling of the trapped states: the flat ground with all of them filled has the same value."""


@figure(
    "answer-earth",
    chapter="answer_in_steps",
    summary="From the flat claim to delta/2 at the surface of the Earth",
    caption=_earth_caption,
    alt=_alt,
)
def earth(
    kR: Annotated[float, Range(50.0, 1e13, "radius over reduced wavelength")] = 1.7e10,
    delta: Annotated[float, Range(1e-12, 1e-2, "refraction of the ground")] = 2.5e-8,
) -> pd.DataFrame:
    """|dn/n_0| at the surface after each step."""
    return earth_steps(kR, delta).drop(columns=["command", "key"])


def _draw(table: pd.DataFrame, label: str, digits: int) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 0.42 * len(table) + 0.8))
    axes = canvas.subplots()
    before = table["value"].shift().fillna(table["value"])
    for place, (row, start) in enumerate(zip(table.itertuples(), before, strict=True)):
        colour = style.BLUE if row.value >= start else style.VERMILION
        axes.plot([start, row.value], [place, place], color=colour, ls="-", lw=9, solid_capstyle="butt", alpha=0.45)
        axes.plot([row.low, row.value], [place, place], color=colour, ls="-", lw=9, solid_capstyle="butt")
        axes.plot(row.value, place, "D" if row.value >= start else "o", color="black", ms=5)
        number = style.tex(row.value, digits if row.low == row.value else 1)
        axes.annotate(
            number, (max(row.value, start), place), xytext=(9, 0),
            textcoords="offset points", va="center", fontsize=9,
        )  # fmt: skip
    axes.set_xscale("log")
    axes.set_yticks(range(len(table)), table["step"].str.replace("D_k", "$D_k$"))
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.grid(axis="y", visible=False)
    axes.set(xlabel=label, ylabel="step", xlim=(table["low"].min() / PLACES, table["value"].max() * 20))
    return canvas


@fluorescence.drawing
def _draw_fluorescence(table: pd.DataFrame) -> Canvas:
    return _draw(table, "photons per year", 2)


@earth.drawing
def _draw_earth(table: pd.DataFrame) -> Canvas:
    return _draw(table, "|density excess| at the surface", 3)
