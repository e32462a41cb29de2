"""Figures of the chapter on spherical scattering: the gas over materials, and the Earth in layers."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub import matter
from cnub.figures import style
from cnub.figures.parameters import Choice, Flavour, Mass, Ordering, Range
from cnub.figures.registry import figure
from cnub.figures.spherical_scattering_earth import CHAPTER, TopMillimetres
from cnub.figures.words import together
from cnub.matter import MATERIALS
from cnub.relic import mean_momentum
from cnub.sphere import prem, thermal
from cnub.sphere.born import born
from cnub.sphere.layered import born_layers, layered_sum

_STATES = {"e": style.VERMILION, "mu": style.BLUE, "1": style.ORANGE, "2": style.GREEN, "3": style.PURPLE}
_LABELS = {"e": r"$\nu_e$", "mu": r"$\nu_\mu,\ \nu_\tau$", "1": r"$\nu_1$", "2": r"$\nu_2$", "3": r"$\nu_3$"}
_SPOKEN = {"e": "electron neutrinos", "mu": "muon and tau neutrinos", "1": "nu 1", "2": "nu 2", "3": "nu 3"}
_ORDERINGS = {"NO": "normal", "IO": "inverted"}


def _gas_caption(table: pd.DataFrame, mass: float, ordering: str) -> str:
    curves = {state: part["excess"].to_numpy() for state, part in table.groupby("state")}
    close = "mu" in curves and "3" in curves and together(curves["mu"], curves["3"])
    coincide = r"The curves of $\nu_{\mu,\tau}$ and $\nu_3$ hardly differ." if close else ""
    return rf"""Gas-averaged excess of neutrinos against height, $m = {mass:g}$ eV, over crust, mantle and water, for
    flavours and mass states ({_ORDERINGS[ordering]} ordering). It is proportional to the mass; antineutrinos have the
    opposite sign. {coincide}"""


def _gas_alt(table: pd.DataFrame, top_mm: float) -> str:
    surface = table[table["height_mm"] == 0.0]
    largest = surface["excess"].abs().groupby(surface["medium"]).max().sort_values()
    one = table[(table["medium"] == "crust") & (table["state"] == "e")]
    left = np.interp(top_mm / 3, one["height_mm"], one["excess"]) / one["excess"].iloc[0]
    negative = [_SPOKEN[s] for s, e in surface.groupby("state", sort=False)["excess"] if (e < 0).all()]
    return (
        f"Three panels of curves that fall to {left:.1g} of their start at {top_mm / 3:g} millimetres, negative in all "
        f"for {' and '.join(negative)}, largest over {largest.index[-1]} and smallest over {largest.index[0]}."
    )


@figure(
    "sphere-gas",
    chapter=CHAPTER,
    summary="Gas-averaged profile per flavour and mass state, over rock and water",
    caption=_gas_caption,
    alt=_gas_alt,
)
def gas(mass: Mass = 0.1, top_mm: TopMillimetres = 3.0, ordering: Ordering = "NO") -> pd.DataFrame:
    """Gas-averaged excess against height (mm) for crust, mantle and water; antineutrinos have the opposite sign."""
    height_mm = np.linspace(0.0, top_mm, 91)
    shape, _ = thermal.mean_profile(height_mm * 1e-3, mass, 1.0)
    rows = []
    for medium in ("crust", "mantle", "water"):
        for state in _STATES:
            value = shape * matter.potential(MATERIALS[medium], state, ordering=ordering)
            rows.append(pd.DataFrame({"medium": medium, "state": state, "height_mm": height_mm, "excess": value}))
    return pd.concat(rows, ignore_index=True)


@gas.drawing
def _draw_gas(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.4))
    panels = canvas.subplots(1, 3, sharey=True)
    for axes, (medium, group) in zip(panels, table.groupby("medium", sort=False), strict=True):
        for state, part in group.groupby("state", sort=False):
            axes.plot(part["height_mm"], part["excess"] * 1e8, color=_STATES[state], label=_LABELS[state])
        axes.set(title=medium, xlabel="height (mm)")
        axes.axhline(0.0, color="black", lw=0.8)
    panels[0].set_ylabel(r"$n_\nu/n_0-1$  ($10^{-8}$)")
    canvas.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=5)
    return canvas


def _layers_caption(table: pd.DataFrame, kR: float, surface: str) -> str:
    layers = prem.shells(surface)
    thickness = kR * (1.0 - layers[-2][0] / layers[-1][0])
    close = together(table["earth_born"], table["top_shell_alone"])
    coincide = ", which coincide to the eye" if close else ""
    return rf"""Concentric shells. Blue: the layers of PREM {{cite}}`dziewonski1981` shrunk to $kR = {kR:g}$, where the
    {layers[-1][1].name} is only ${thickness:.1g}/k$ deep; Born (line) and the exact partial-wave sum of the layered
    ball (circles). Red: the true Earth, and a uniform ball made of its top layer (dashed){coincide}."""


def _layers_alt(table: pd.DataFrame) -> str:
    small = (table["small_sum"] - table["small_born"]).abs().max()
    top = (table["earth_born"] - table["top_shell_alone"]).abs().max()
    return (
        f"Two damped oscillations; circles lie within {small:.0e} of the blue one, and a dashed line within {top:.0e} "
        "of the red one."
    )


@figure(
    "sphere-layers",
    chapter=CHAPTER,
    summary="Concentric shells: Born against the exact sum, and the Earth in layers",
    caption=_layers_caption,
    alt=_layers_alt,
)
def layers(
    kR: Annotated[float, Range(10.0, 1e4, "size of the small Earth", "1/k")] = 1000.0,
    strength: Annotated[float, Range(1e-8, 1e-2, "refraction of its top shell")] = 1e-4,
    top: Annotated[float, Range(0.1, 100.0, "greatest height", "1/k")] = 6.0,
    flavour: Flavour = "e",
    surface: Annotated[str, Choice(prem.SURFACES, "what the top shell is")] = "ocean",
) -> pd.DataFrame:
    """Excess over the top shell's delta against height (1/k): a small Earth in PREM layers and the true one.

    The small Earth has size ``kR`` and the deltas of PREM scaled to ``strength`` in the top shell. In first order the
    mass drops out.
    """
    radii, deltas = prem.shell_refraction(0.1, mean_momentum(), flavour, antineutrino=True, surface=surface)
    heights = np.linspace(0.0, top, 121)
    small = radii * kR / radii[-1]
    scaled = deltas * strength / deltas[-1]
    every = np.arange(0, len(heights), 5)
    exact = np.full(heights.shape, np.nan)
    exact[every] = layered_sum(small, scaled, heights[every])[0] / strength
    columns = {
        "height_1/k": heights,
        "small_born": born_layers(small, scaled, heights)[0] / strength,
        "small_sum": exact,
        "earth_born": born_layers(radii, deltas, heights)[0] / deltas[-1],
        "top_shell_alone": born(radii[-1], float(deltas[-1]), heights)[0] / deltas[-1],
    }
    return pd.DataFrame(columns)


@layers.drawing
def _draw_layers(table: pd.DataFrame) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    h = table["height_1/k"]
    axes.plot(h, table["small_born"], color=style.BLUE, label="small layered ball, Born")
    dots = table.dropna()
    axes.plot(
        dots["height_1/k"],
        dots["small_sum"],
        "o",
        ms=4.5,
        mfc="white",
        color=style.BLUE,
        label="small layered ball, sum of all waves",
    )
    axes.plot(h, table["earth_born"], color=style.VERMILION, label="Earth in PREM layers, Born")
    axes.plot(h, table["top_shell_alone"], color="black", ls="--", lw=1.2, label="uniform Earth made of its top layer")
    axes.set(xlabel=r"height above the surface, $k(r-R)$", ylabel=r"$(n/n_0-1)/\delta_{\rm top}$")
    axes.legend(fontsize=9)
    return canvas
