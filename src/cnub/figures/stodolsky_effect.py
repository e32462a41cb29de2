"""Figures of the chapter on the Stodolsky effect."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.constants import JULIAN_YEAR_S
from cnub.figures import style
from cnub.figures.parameters import Choice, Ground, Points, Range
from cnub.figures.registry import figure
from cnub.forces.lepton_number import BARYON_ASYMMETRY, asymmetry_table
from cnub.forces.sensitivity import TORSION_BALANCE
from cnub.forces.stodolsky import QUOTED_ACCELERATION, energy_splitting, talk_readings, torque_acceleration
from cnub.forces.torsion import PUBLISHED_SPINS, PUBLISHED_SPLITTING_EV, torsion_balance
from cnub.oscillation import ORDERINGS

ROUNDS_TO_QUOTED = (3.5, 4.5)
"""Accelerations in 1e-29 cm/s^2 that the talk's printed digit allows."""


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
    shown, rows = 1e29 * table["acceleration_cm_s2"], table.groupby(["atom", "wind", "neutrinos"]).ngroups
    return (
        f"{len(shown)} marks in {rows} rows between {shown.min():.1f} and {shown.max():.0f} in units of 1e-29 cm per "
        f"square second; {table['rounds'].sum()} of them lie in the band around 4."
    )


@figure(
    "stodolsky-inputs",
    chapter="stodolsky_effect",
    summary="Which inputs give the talk's torque acceleration",
    caption=r"""Accelerations at full asymmetry, Eq. {eq}`eq-sto-torque` with $R = 1$ cm, for all readings of the slide:
    a row for atom, speed and splitting; the shape of the magnet by the mark, filled for the peak of the torque, empty
    for its mean. The band rounds to the quoted value.""",
    alt=_inputs_alt,
)
def inputs() -> pd.DataFrame:
    """Acceleration in cm/s^2 at full asymmetry for each reading of the slide, which prints no inputs."""
    return talk_readings()


@inputs.drawing
def _draw_inputs(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.0))
    axes = canvas.subplots()
    marks = {"ring": "o", "disc": "s", "ball": "^"}
    for (shape, torque), rows in table.groupby(["shape", "torque"], sort=False):
        names = rows["atom"] + ", " + rows["wind"] + ", " + rows["neutrinos"]
        face = style.BLUE if torque == "peak" else "none"
        axes.plot(
            1e29 * rows["acceleration_cm_s2"], names, marks[shape], color=style.BLUE, markerfacecolor=face,
            label=f"{shape}, {torque}",
        )  # fmt: skip
    axes.axvspan(*ROUNDS_TO_QUOTED, color=style.VERMILION, alpha=0.2, linewidth=0, label=r"rounds to $4\cdot10^{-29}$")
    axes.set(xlabel=r"acceleration ($10^{-29}$ cm/s$^2$)", ylabel="inputs", xscale="log", xlim=(1, 50))
    axes.set_xticks([1, 2, 4, 10, 20, 40], ["1", "2", "4", "10", "20", "40"])
    axes.minorticks_off()
    axes.invert_yaxis()
    canvas.legend(loc="outside upper center", ncols=4, fontsize=8)
    return canvas


def _balance_caption(table: pd.DataFrame, mass_eV: float, quality: float, years: float) -> str:
    return rf"""Splitting of an electron's spin by each asymmetry, three Dirac states, the lightest of {mass_eV:g} eV,
    against what a spin pendulum has excluded {{cite}}`heckel2006` and what the thermal noise of one with as many spins
    leaves in {years:g} years, Eq. {{eq}}`eq-sto-noise`, $Q = {quality:g}$, at room temperature."""


def _balance_alt(table: pd.DataFrame) -> str:
    shown, lines = table[table["kind"] == "neutrinos"], table[table["kind"] != "neutrinos"]
    low, high = shown["splitting_eV"].min(), shown["splitting_eV"].max()
    gap = math.log10(lines["splitting_eV"].min() / high)
    return (
        f"{len(shown)} dots, one to a row, from {low:.0e} to {high:.0e} eV; {len(lines)} vertical lines lie "
        f"{gap:.0f} powers of ten and more to their right."
    )


@figure(
    "stodolsky-balance",
    chapter="stodolsky_effect",
    summary="Splittings by each asymmetry against a torsion balance of spins",
    caption=_balance_caption,
    alt=_balance_alt,
)
def balance(
    mass_eV: Annotated[float, Range(5e-3, 1.0, "lightest mass", "eV")] = 0.1,
    ordering: Annotated[str, Choice(ORDERINGS, "of the masses")] = "NO",
    ground: Ground = "crust",
    kappa_Nm: Annotated[float, Range(1e-12, 1e-4, "torsion constant of the fibre", "N m/rad")] = 1e-8,
    quality: Annotated[float, Range(10.0, 1e7, "quality of the fibre")] = 2000.0,
    years: Annotated[float, Range(0.01, 100.0, "time of the average", "years")] = 1.0,
) -> pd.DataFrame:
    """Splittings in eV by each asymmetry, and those that a torsion balance excludes or could at its thermal noise."""
    found = asymmetry_table(mass_eV, ordering, ground)
    reach = torsion_balance(
        found["splitting_eV"].iloc[0], PUBLISHED_SPINS, kappa_Nm, quality, time_s=years * JULIAN_YEAR_S
    ).reach_eV
    rows = [(name, "neutrinos", value) for name, value in zip(found["asymmetry"], found["splitting_eV"], strict=True)]
    rows += [("excluded", "published", PUBLISHED_SPLITTING_EV), ("thermal noise", "reach", reach)]
    return pd.DataFrame(rows, columns=["name", "kind", "splitting_eV"])


@balance.drawing
def _draw_balance(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.0))
    axes = canvas.subplots()
    dots = table[table["kind"] == "neutrinos"]
    axes.plot(dots["splitting_eV"], dots["name"], "o", color=style.BLUE, label="wind of neutrinos")
    for dashes, (_, row) in zip(("-", "--"), table[table["kind"] != "neutrinos"].iterrows(), strict=True):
        axes.axvline(row["splitting_eV"], linestyle=dashes, color=style.VERMILION, label=row["name"])
    axes.set(xlabel="splitting (eV)", ylabel="asymmetry", xscale="log")
    axes.invert_yaxis()
    canvas.legend(loc="outside upper center", ncols=3)
    return canvas
