"""Figures of the chapter on spherical scattering: a closer look at the density through the surface, in its parts."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.figures import style
from cnub.figures.parameters import Mass, Range
from cnub.figures.registry import figure
from cnub.figures.spherical_scattering_criterion import CHAPTER, SIGNS
from cnub.grazing.through import surface_parts
from cnub.matter import material, mean_refractivity, weak_potential
from cnub.sphere.solution import density_excess
from cnub.sphere.thermal import mean_profile

_POINTS = 121


def _through_caption(table: pd.DataFrame, kR: float, delta: float, mass: float) -> str:
    return rf"""Density through the surface (grey: inside). Left: one $k$, every partial wave of a ball of
    $kR = {kR:g}$, $|\delta| =$ {style.tex(delta)}. Right: the gas of {mass:g} eV over crust, in units of
    $|\langle\delta\rangle|$. Dotted: $\pm\delta/2$, about which inside and outside are mirror images, and the density
    of states of the medium."""


def _through_alt(table: pd.DataFrame) -> str:
    parts = []
    for kind, where in (("one k", "at one k"), ("gas", "of the gas")):
        up = table[(table["kind"] == kind) & (table["sign"] == 1)]
        middle = np.interp(0.0, up["height"], up["excess"])
        parts.append(f"{where} it runs from {up['excess'].iloc[0]:.2f} deep inside through {middle:.2f} at the surface "
                     f"to {up['excess'].iloc[-1]:.2f} above")  # fmt: skip
    return f"For attraction the excess over delta is continuous: {'; '.join(parts)}. Repulsion is its mirror image."


@figure(
    "sphere-through",
    chapter=CHAPTER,
    summary="Density through the surface, inside and outside: at one k and for the gas",
    caption=_through_caption,
    alt=_through_alt,
)
def through(
    kR: Annotated[float, Range(100.0, 5e3, "size of the ball", "1/k")] = 2000.0,
    delta: Annotated[float, Range(1e-8, 0.01, "size of the refraction")] = 1e-4,
    reach: Annotated[float, Range(1.0, 50.0, "greatest height and depth", "1/k")] = 10.0,
    mass: Mass = 0.1,
    reach_mm: Annotated[float, Range(0.1, 10.0, "the same for the gas", "mm")] = 1.5,
) -> pd.DataFrame:
    """Excess over |delta| against height (1/k, or mm for the gas; negative inside), for both signs."""
    steps = np.linspace(-1.0, 1.0, _POINTS)
    mean = abs(mean_refractivity(mass, weak_potential(material("crust"))))
    gas = mean_profile(1e-3 * reach_mm * steps, mass, weak_potential(material("crust"), antineutrino=True))[0] / mean
    rows = []
    for sign in SIGNS:
        exact = [density_excess(kR, sign * delta, h).density_excess / delta for h in reach * steps]
        for kind, height, excess in (("one k", reach * steps, exact), ("gas", reach_mm * steps, sign * gas)):
            rows.append(pd.DataFrame({"kind": kind, "sign": sign, "height": height, "excess": excess}))
    return pd.concat(rows, ignore_index=True)


@through.drawing
def _draw_through(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.4))
    panels = canvas.subplots(1, 2, sharey=True)
    labels = {"one k": r"height, $k(r-R)$", "gas": "height (mm)"}
    for axes, (kind, group) in zip(panels, table.groupby("kind", sort=False), strict=True):
        axes.axvspan(group["height"].min(), 0.0, color="black", alpha=0.08, lw=0)
        for sign, part in group.groupby("sign", sort=False):
            colour, label = SIGNS[sign]
            axes.plot(part["height"], part["excess"], color=colour, ls="-" if sign > 0 else "--", label=label)
            for level in (0.5, 1.0):
                axes.axhline(sign * level, color="black", ls=":", lw=0.9)
        axes.axhline(0.0, color="black", lw=0.8)
        axes.set(title={"one k": "one $k$", "gas": "the gas"}[kind], xlabel=labels[kind])
        axes.set_xlim(group["height"].min(), group["height"].max())
    panels[0].set_ylabel(r"$(n/n_0-1)/|\delta|$")
    canvas.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return canvas


_PARTS = {
    "total": (style.BLUE, "-", "reflected totally"),
    "partial": (style.VERMILION, "--", "reflected in part: interference"),
    "thinned": (style.ORANGE, "-.", "thinned by refraction"),
    "sum": (style.BLACK, ":", "sum"),
}


def _parts_caption(table: pd.DataFrame) -> str:
    worst = table.loc[table["part"] == "sum", "excess"].abs().max()
    return rf"""The same at $O(\sqrt\delta)$, in units $\lambda = 1/(k\sqrt{{2|\delta|}})$ and
    $\sqrt{{2|\delta|}}\,n_0$, in which every momentum looks alike (grey: inside). Each part is an integral of its own;
    their sum is zero to {style.tex(worst, 1)}."""


def _parts_alt(table: pd.DataFrame) -> str:
    just = table[table["height"] == table.loc[table["height"] > 0, "height"].min()].set_index(["sign", "part"])[
        "excess"
    ]
    return (
        f"Two panels. Just outside, total reflection holds {just[1, 'total']:.2f} (attraction) and "
        f"{just[-1, 'total']:.2f} (repulsion), the interference of what is reflected in part {just[1, 'partial']:.2f} "
        f"and {just[-1, 'partial']:.2f}; the sum is a flat line at zero in both, inside and outside."
    )


@figure(
    "sphere-parts",
    chapter=CHAPTER,
    summary="Which waves interfere near the surface: parts of order sqrt delta, and their sum",
    caption=_parts_caption,
    alt=_parts_alt,
)
def parts(reach: Annotated[float, Range(0.5, 20.0, "greatest height and depth", "lambda")] = 5.0) -> pd.DataFrame:
    """Parts of dn/n0 in units of sqrt(2|delta|) against height in lambda, negative inside, for both signs."""
    heights = reach * np.concatenate([np.linspace(-1.0, -1e-9, 100), np.linspace(1e-9, 1.0, 100)])
    rows = []
    for sign, name in ((1, "attract"), (-1, "repel")):
        found = surface_parts(heights, name)
        found["sum"] = sum(found.values())
        for part, excess in found.items():
            rows.append(pd.DataFrame({"sign": sign, "part": part, "height": heights, "excess": excess}))
    return pd.concat(rows, ignore_index=True)


@parts.drawing
def _draw_parts(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.6))
    panels = canvas.subplots(1, 2, sharey=True)
    names = {1: r"$\delta>0$ (antineutrino)", -1: r"$\delta<0$ (neutrino)"}
    for axes, (sign, group) in zip(panels, table.groupby("sign", sort=False), strict=True):
        axes.axvspan(group["height"].min(), 0.0, color="black", alpha=0.08, lw=0)
        for part, curve in group.groupby("part", sort=False):
            if curve["excess"].any():
                colour, line, label = _PARTS[part]
                axes.plot(curve["height"], curve["excess"], color=colour, ls=line, label=label)
        axes.set(
            title=names[sign], xlabel=r"height over $\lambda$", xlim=(group["height"].min(), group["height"].max())
        )
    panels[0].set_ylabel(r"$(n/n_0-1)/\sqrt{2|\delta|}$")
    canvas.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return canvas
