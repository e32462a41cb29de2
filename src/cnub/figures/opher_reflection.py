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
from cnub.forces.balance import force_balance
from cnub.forces.gradient import modulated_prism
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
def _draw_faces(table: pd.DataFrame, delta: float, narrow: bool) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.9))
    axes = canvas.subplots()
    for column, dashes, label in (("entry", "-", "entry face"), ("exit", "--", "exit face"), ("net", "-.", "slab")):
        axes.semilogx(table["angle_over_critical"], table[column], dashes, label=label)
    axes.axvline(1, color="0.5", linewidth=1, linestyle=":")
    if delta < 0:  # from outside; an attracted neutrino always enters
        where = dict(xycoords=axes.get_xaxis_transform(), ha="right", color="0.3")
        axes.annotate("total\nreflection" if narrow else "total reflection", (0.85, 0.78), **where)
    axes.set(xlabel=r"glancing angle / $\theta_c$", ylabel=r"pressure ($n\,v\,k\,|\delta|$)")
    canvas.legend(loc="outside upper center", ncols=3)
    return canvas


def _bodies_caption(table: pd.DataFrame, sine: float, size: float) -> str:
    return rf"""Force on the lit face or half of four bodies and on the whole of them, in units of $n v k$ and the area
    that is lit, by the momentum that leaves (lines) and by $|\psi|^2\nabla U$ (dots), in a collimated flux of attracted
    neutrinos: a thick slab at $s = {sine:g}$, a wedge of length ${size:g}/k$ (its whole in second Born order), a
    cylinder and a ball of $kR = {size:g}$. The largest difference is {style.tex(table["difference"].max())} of the
    force."""


def _bodies_alt(table: pd.DataFrame) -> str:
    last = table[table["delta"] == table["delta"].max()]
    part, whole = (
        last.loc[mask, "momentum_flux"].abs().mean() for mask in (last["part"] != "whole", last["part"] == "whole")
    )
    return (
        f"{table['body'].nunique()} panels, in each two straight lines on logarithmic axes with dots on them: the part "
        f"rises with slope 1 to {part:.0e}, the whole with slope 2 to {whole:.0e}, on the average of the panels."
    )


@figure(
    "recoil-bodies",
    chapter="opher_reflection",
    summary="Force on four bodies by momentum flux and by gradient",
    caption=_bodies_caption,
    alt=_bodies_alt,
)
def bodies(
    sine: Annotated[float, Range(0.1, 1.0, "sine of the glancing angle on the slab")] = 0.3,
    size: Annotated[float, Range(0.5, 10.0, "k times the length of the wedge, the radius of cylinder and ball")] = 5.0,
    points: Annotated[int, Range(3, 12, "points of a line")] = 6,
) -> pd.DataFrame:
    """Forces in units of n v k and the lit area on a part and on the whole of each body, by both methods."""
    deltas = np.geomspace(1e-5, 3e-2, points)
    tables = [force_balance(float(d), sine, size, ("collimated",)).assign(delta=d) for d in deltas]
    return pd.concat(tables, ignore_index=True).drop(columns="flux")


@bodies.drawing
def _draw_bodies(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 5.0))
    grid = canvas.subplots(2, 2, sharex=True, sharey=True)
    for axes, (body, rows) in zip(grid.flat, table.groupby("body", sort=False), strict=True):
        looks = (("-", "o", style.BLUE), ("--", "s", style.VERMILION))
        for (dashes, mark, colour), (part, line) in zip(looks, rows.groupby("part", sort=False), strict=True):
            axes.loglog(line["delta"], line["momentum_flux"].abs(), dashes, color=colour, label=f"{part}, momentum")
            axes.loglog(
                line["delta"], line["gradient"].abs(), mark, color=colour, markersize=4, label=f"{part}, gradient"
            )
        axes.set_title(body, fontsize=10)
    for axes in grid[-1]:
        axes.set_xlabel(r"$\delta \propto G_F$")
    for axes in grid[:, 0]:
        axes.set_ylabel(r"force ($n\,v\,k$ area)")
    canvas.legend(*grid.flat[0].get_legend_handles_labels(), loc="outside upper center", ncols=4, fontsize=8)
    return canvas


def _prism_alt(table: pd.DataFrame) -> str:
    last = table.iloc[-1]
    return (
        f"Two curves against the length: uniform matter starts at {table['uniform'].iloc[0]:.1e} cm per square second "
        f"and passes through zero at every whole period; layered matter ends at {last['layered']:.1e}, on a level."
    )


@figure(
    "gradient-prism",
    chapter="opher_reflection",
    summary="Prism in a wave of the neutrino density",
    caption=r"""Eq. {eq}`eq-oph-prism` per nucleon in a density $n_\nu - n_{\bar\nu} = 2\bar n\cos 2ky$, against the
    length in periods $\pi/k$: uniform matter with its middle on the steepest slope, and layers that follow the density,
    a quarter of a period ahead.""",
    alt=_prism_alt,
)
def prism(
    z_over_a: Annotated[float, Range(0.35, 1.0, "charge per nucleon of the prism")] = 0.5,
    longest: Annotated[float, Range(1.0, 20.0, "length of the longest prism", "periods")] = 4.0,
    points: Points = 121,
) -> pd.DataFrame:
    """Acceleration in cm/s^2 of a prism of uniform and of layered matter against its length in periods."""
    rows = []
    for periods in np.linspace(longest / points, longest, points):
        n = float(periods)
        uniform, layered = modulated_prism(n, 0.0, 0.25 - n / 2, z_over_a), modulated_prism(n, 1.0, 0.25, z_over_a)
        rows.append((n, uniform[1], layered[1]))
    return pd.DataFrame(rows, columns=["periods", "uniform", "layered"])


@prism.drawing
def _draw_prism(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.4))
    axes = canvas.subplots()
    axes.plot(table["periods"], 1e23 * table["uniform"], "-", label="uniform matter")
    axes.plot(table["periods"], 1e23 * table["layered"], "--", label="layers in step")
    axes.axhline(0, color="0.5", linewidth=1)
    axes.set(xlabel=r"length ($\pi/k$)", ylabel=r"acceleration ($10^{-23}$ cm/s$^2$)")
    canvas.legend(loc="outside upper center", ncols=2)
    return canvas
