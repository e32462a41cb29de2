"""Figures of the chapter on coherent enhancement: arrangements, what their sums cost, cross-sections with spin."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.coherence.arrangements import arrange
from cnub.coherence.cross_sections import KINDS, target_cross_section
from cnub.coherence.liquid import hard_spheres, liquid_expectation, sphere_diameter
from cnub.coherence.structure import ball_form_factor, random_expectation, structure_average
from cnub.figures import style
from cnub.figures.parameters import Points, Range, Seed
from cnub.figures.registry import figure
from cnub.relic import mean_momentum
from cnub.runs.records import results

KEPT = {"random ball": "gas", "liquid": "liquid", "cells ball": "one per cell", "lattice ball": "crystal",
        "random shell": "shell, random"}  # fmt: skip
PACKING = 0.45


def _arrangements_caption(table: pd.DataFrame, edge: int, directions: int) -> str:
    count = int(table.loc[table["arrangement"] == "liquid", "count"].iloc[0])
    return rf"""$|\sum_a e^{{i\mathbf q\cdot\mathbf x_a}}|^2/N$ of about {count} scatterers, averaged over {directions}
    directions: a gas, a liquid of hard spheres that fill {100 * PACKING:g} % of the volume, one scatterer at random in
    each cell of a lattice, a crystal, and a shell. Black: the gas, Eq. {{eq}}`eq-coh-mean`; grey: the liquid,
    {{eq}}`eq-coh-liquid`."""


def _arrangements_alt(table: pd.DataFrame) -> str:
    middle = table[(table["qR"] > 8) & (table["qR"] < 12)].groupby("arrangement")["S_over_N"].mean()
    return (
        "Curves that start together at the number of scatterers, and part beyond qR of about 5: near qR = 10 the gas "
        f"keeps {middle['random ball']:.1g} per scatterer, the liquid {middle['liquid']:.1g}, one per cell "
        f"{middle['cells ball']:.1g}, the crystal {middle['lattice ball']:.1g}; at the end gas, liquid "
        "and shell meet at one."
    )


@figure(
    "coherent-arrangements",
    chapter="coherent_enhancement",
    summary="N and N squared of a gas, a liquid, a crystal and a shell",
    caption=_arrangements_caption,
    alt=_arrangements_alt,
)
def arrangements(
    edge: Annotated[int, Range(6, 20, "spheres along the edge of the liquid that the ball is cut from")] = 14,
    points: Annotated[int, Range(20, 100, "momentum transfers")] = 70,
    directions: Annotated[int, Range(20, 120, "directions of each")] = 100,
    seed: Seed = 1,
) -> pd.DataFrame:
    """S(q)/N of balls and a shell of equal number against q R, by kind, with the expectations of gas and liquid."""
    x, diameter = np.geomspace(0.3, 120.0, points), sphere_diameter(edge**3, PACKING)
    liquid = hard_spheres(edge, PACKING, seed)
    liquid = liquid[np.sum(liquid**2, axis=1) <= 1]
    count, parts = len(liquid), []
    for kind in KEPT:
        places = liquid if kind == "liquid" else arrange(kind, count, seed)
        mean = structure_average(places, x, directions).value / len(places)
        parts.append(pd.DataFrame({"arrangement": kind, "count": len(places), "qR": x, "S_over_N": mean}))
    form = ball_form_factor(x)
    expected = {
        "gas, expected": random_expectation(count, form),
        "liquid, expected": liquid_expectation(count, form, x * diameter, PACKING),
    }
    for name, value in expected.items():
        parts.append(pd.DataFrame({"arrangement": name, "count": count, "qR": x, "S_over_N": value / count}))
    return pd.concat(parts, ignore_index=True)


@arrangements.drawing
def _draw_arrangements(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.3))
    axes = canvas.subplots()
    for name, colour, width in (("gas, expected", style.BLACK, 1.2), ("liquid, expected", "0.55", 2.5)):
        rows = table[table["arrangement"] == name]
        axes.loglog(rows["qR"], rows["S_over_N"], color=colour, linewidth=width)
    for (kind, label), marker, colour in zip(KEPT.items(), "os^xd", style.CYCLE, strict=False):
        rows = table[table["arrangement"] == kind]
        axes.loglog(rows["qR"], rows["S_over_N"], marker, markersize=3.5, color=colour, label=label)
    axes.axhline(1, color="0.5", linewidth=1, linestyle=":")
    axes.set(xlabel="momentum transfer times radius, $qR$", ylabel=r"$|\mathrm{sum}|^2 / N$")
    axes.set_ylim(1e-2, None)
    canvas.legend(loc="outside upper center", ncols=5, markerscale=1.5, handletextpad=0.2, columnspacing=1.0)
    return canvas


def _cost_caption(table: pd.DataFrame) -> str:
    recorded = results("coherent_sum")
    rates = recorded["rates"]
    limit = max(rate for name, rate in rates.items() if name.startswith("sine"))
    return rf"""Seconds for {style.tex(recorded["transfers"])} momentum transfers against the number of scatterers: the
    kernel on one core, {style.tex(rates["scatterer-phases per second"])} phases per second where the machine makes
    {style.tex(limit)} pairs of sine and cosine, and the FFT on {recorded["cores"]}. They differ by at most
    {style.tex(table["error_over_root_N"].max())} $\sqrt N$. Recorded run `coherent_sum`."""


def _cost_alt(table: pd.DataFrame) -> str:
    last = table.iloc[-1]
    return (
        f"Logarithmic plot: the kernel rises in proportion to {last['kernel_seconds']:.0f} s at "
        f"{last['scatterers']:.0e} scatterers; the transform is level at first and ends at {last['fft_seconds']:.0f} s."
    )


@figure(
    "coherent-cost",
    chapter="coherent_enhancement",
    summary="What a sum over scatterers costs",
    caption=_cost_caption,
    alt=_cost_alt,
)
def cost() -> pd.DataFrame:
    """Seconds by kernel and by FFT, and how far they are apart over sqrt(N), against the number of scatterers."""
    return pd.DataFrame(results("coherent_sum")["rows"])


@cost.drawing
def _draw_cost(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.3))
    axes = canvas.subplots()
    axes.loglog(table["scatterers"], table["kernel_seconds"], "o-", label="kernel, one core")
    axes.loglog(table["scatterers"], table["fft_seconds"], "s--", label="non-uniform FFT")
    axes.set(xlabel="scatterers", ylabel="time (s)")
    axes.legend(loc="upper left")
    return canvas


LABELS = {"total": "total", "transport": "transport", "hard": "beyond 90°"}


def _sections_caption(table: pd.DataFrame, radius_m: float, momentum_over_mean: float) -> str:
    return rf"""Cross-sections of a ball of {radius_m:g} m of $N_A$ unit charges per cm³ over its disc $\pi R^2$, at
    {momentum_over_mean:g} times the mean momentum, against the mass: relativistic on the left, slow on the right. Left
    Dirac, right Majorana neutrinos."""


def _sections_alt(table: pd.DataFrame) -> str:
    slow = table[table["mass_eV"] == table["mass_eV"].max()].set_index(["nature", "kind"])["share"]
    return (
        "Two panels of three curves, total above transport above hard strikes. They agree at small mass; at the "
        f"largest the Dirac ones rise to {slow['dirac', 'hard']:.0e} for hard strikes, the Majorana ones stay level at "
        f"{slow['majorana', 'hard']:.0e}."
    )


@figure(
    "coherent-cross-sections",
    chapter="coherent_enhancement",
    summary="Total, transport and hard-strike cross-sections of a ball",
    caption=_sections_caption,
    alt=_sections_alt,
)
def cross_sections(
    radius_m: Annotated[float, Range(1e-6, 10.0, "radius of the ball", "m")] = 1.0,
    momentum_over_mean: Annotated[float, Range(0.3, 10.0, "momentum over the mean of the gas")] = 1.0,
    points: Points = 61,
) -> pd.DataFrame:
    """Cross-sections over pi R^2, total, transport and hard, against the mass in eV, Dirac and Majorana neutrinos."""
    momentum, rows = momentum_over_mean * mean_momentum(), []
    for nature in ("dirac", "majorana"):
        for kind in KINDS[:3]:
            for mass in np.geomspace(1e-5, 1.0, points):
                born = target_cross_section(kind, radius_m, float(mass), momentum, nature)
                rows.append((nature, kind, mass, born.cross_section_m2 / (np.pi * radius_m**2)))
    return pd.DataFrame(rows, columns=["nature", "kind", "mass_eV", "share"])


@cross_sections.drawing
def _draw_sections(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.5))
    panels = canvas.subplots(1, 2, sharey=True)
    for axes, (nature, part) in zip(panels, table.groupby("nature", sort=False), strict=True):
        for dashes, (kind, rows) in zip(("-", "--", "-."), part.groupby("kind", sort=False), strict=True):
            axes.loglog(rows["mass_eV"], rows["share"], dashes, label=LABELS[kind] if nature == "dirac" else None)
        axes.set_title(nature.capitalize(), fontsize=10.5)
        axes.set_xlabel("mass (eV)")
    panels[0].set_ylabel(r"$\sigma/\pi R^2$")
    canvas.legend(loc="outside upper center", ncols=3)
    return canvas
