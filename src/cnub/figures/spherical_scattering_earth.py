"""Figures of the chapter on spherical scattering: over the Earth, and which inputs give the talk's number."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub import matter
from cnub.constants import EARTH_RADIUS_M
from cnub.domain import DomainError
from cnub.figures import style
from cnub.figures.parameters import EarthDelta, Flavour, Mass, MomentumOverMean, Range
from cnub.figures.registry import figure
from cnub.matter import MATERIALS, mean_refractivity, refractivity
from cnub.relic import de_broglie_length_m, mean_momentum, size_parameter
from cnub.sphere import thermal
from cnub.sphere.contour import contour_profile

CHAPTER = "spherical_scattering"
TopMillimetres = Annotated[float, Range(0.1, 30.0, "greatest height", "mm")]


def momentum_name(momentum_over_mean: float) -> str:
    """How a sentence calls this momentum.

    >>> momentum_name(1.0), momentum_name(0.3)
    ('the mean momentum', '0.3 times the mean momentum')
    """
    return "the mean momentum" if momentum_over_mean == 1.0 else f"{momentum_over_mean:g} times the mean momentum"


def _frame(table: pd.DataFrame) -> tuple[float, bool]:
    """Largest value that the frame shows, and whether the talk's value is in it: far from the curves it is not."""
    highest = 1.1 * table[["one_momentum", "gas"]].abs().to_numpy().max()
    quoted = 1.1 * thermal.TALK_DELTA / 2
    return (max(highest, quoted), True) if quoted < 3 * highest else (highest, False)


def _earth_caption(table: pd.DataFrame, delta: float, momentum_over_mean: float) -> str:
    dotted = rf" Dotted: the talk's $\pm{style.tex(thermal.TALK_DELTA / 2, 3)[1:]}." if _frame(table)[1] else ""
    return rf"""The Earth: density excess of $\bar\nu_e$ and $\nu_e$ against height, from the O(1) integral at
    {momentum_name(momentum_over_mean)} (solid) and averaged over the Fermi-Dirac gas (dashed); $|\delta|$, or its
    average, is {style.tex(delta)}.{dotted}"""


def _earth_alt(table: pd.DataFrame, momentum_over_mean: float, top_mm: float) -> str:
    one = table[table["particle"] == "antineutrino"]
    period = 1e3 * math.pi * de_broglie_length_m(momentum_over_mean * mean_momentum())
    left = np.interp(top_mm / 2, one["height_mm"], one["gas"]) / one["gas"].iloc[0]
    return (
        f"Solid curves oscillate with a period of {period:.2g} millimetres; dashed curves have fallen to {left:.1g} of "
        f"their start at {top_mm / 2:g} millimetres; all start at plus or minus {one['gas'].iloc[0]:.3g}."
    )


@figure(
    "sphere-earth",
    chapter=CHAPTER,
    summary="The Earth: profile at one momentum, and averaged over the gas",
    caption=_earth_caption,
    alt=_earth_alt,
)
def earth(
    delta: EarthDelta = 2.5e-8, momentum_over_mean: MomentumOverMean = 1.0, top_mm: TopMillimetres = 4.0
) -> pd.DataFrame:
    """Density excess against height (mm) for |delta| at one momentum: O(1) integral, Born, and the gas average."""
    momentum = momentum_over_mean * mean_momentum()
    kR, step = size_parameter(EARTH_RADIUS_M, momentum), de_broglie_length_m(momentum)
    height_mm = np.linspace(0.0, top_mm, 161)
    crust = matter.potential(MATERIALS["crust"])
    mass = matter.mass_for(delta, MATERIALS["crust"], momentum=momentum)
    gas_mass = matter.mass_for(delta, MATERIALS["crust"])
    rows = []
    for sign, name, flip in ((1, "antineutrino", -1), (-1, "neutrino", 1)):
        heights = height_mm * 1e-3 / step
        exact, error = contour_profile(kR, sign * delta, heights)
        gas, _ = thermal.mean_profile(height_mm * 1e-3, gas_mass, flip * crust)
        columns = {"particle": name, "height_mm": height_mm, "one_momentum": exact, "error": error, "gas": gas}
        rows.append(pd.DataFrame(columns | {"mass_eV": mass, "gas_mass_eV": gas_mass}))
    return pd.concat(rows, ignore_index=True)


@earth.drawing
def _draw_earth(table: pd.DataFrame) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    colours = {"antineutrino": style.BLUE, "neutrino": style.VERMILION}
    for dashes, (name, part) in zip(
        (("-", "--"), ("-.", (0, (1, 1)))), table.groupby("particle", sort=False), strict=False
    ):
        label = f"{name}s"
        axes.plot(
            part["height_mm"],
            part["one_momentum"] * 1e8,
            color=colours[name],
            ls=dashes[0],
            label=f"{label}, one momentum",
        )
        axes.plot(
            part["height_mm"], part["gas"] * 1e8, color=colours[name], ls=dashes[1], label=f"{label}, Fermi-Dirac gas"
        )
    for value in (-thermal.TALK_DELTA / 2, thermal.TALK_DELTA / 2):
        axes.axhline(value * 1e8, color="black", ls=":", lw=1.2)
    highest = _frame(table)[0] * 1e8
    axes.set(xlabel="height above the surface (mm)", ylabel=r"$n/n_0-1$  ($10^{-8}$)", ylim=(-highest, highest))
    canvas.legend(loc="outside upper center", ncols=2, fontsize=9)
    return canvas


_MEDIA = {
    "crust": (style.VERMILION, "o"),
    "mantle": (style.GREEN, "s"),
    "water": (style.BLUE, "^"),
    "earth": (style.BLACK, "D"),
}
_FLAVOURS = {"e": r"\nu_e", "mu": r"\nu_\mu", "tau": r"\nu_\tau"}


def _inputs_caption(table: pd.DataFrame, flavour: str, momentum_over_mean: float) -> str:
    return rf"""$|\delta|/2$ for ${_FLAVOURS[flavour]}$ against the neutrino mass. Solid: averaged over the gas. Dashed:
    at {momentum_name(momentum_over_mean)}. Dotted: the talk's {style.tex(thermal.TALK_DELTA / 2, 3)}."""


def _inputs_alt(table: pd.DataFrame) -> str:
    crossed = table.groupby(["medium", "momentum"])["excess"].agg(["min", "max"])
    count = ((crossed["min"] < thermal.TALK_DELTA / 2) & (crossed["max"] > thermal.TALK_DELTA / 2)).sum()
    return (
        "Rising straight lines on logarithmic axes, solid and dashed, for crust, mantle, water and mean Earth; "
        f"{count} of {len(crossed)} cross a dotted horizontal line."
    )


@figure(
    "sphere-inputs",
    chapter=CHAPTER,
    summary="Which mass, material and momentum give the talk's 1.25e-8",
    caption=_inputs_caption,
    alt=_inputs_alt,
)
def inputs(
    lightest: Mass = 0.01, heaviest: Mass = 1.0, flavour: Flavour = "e", momentum_over_mean: MomentumOverMean = 1.0
) -> pd.DataFrame:
    """|delta|/2 against the neutrino mass (eV), per material, at one momentum and averaged over the gas."""
    if heaviest <= lightest:
        raise DomainError(f"heaviest must be above lightest; got {heaviest:g} and {lightest:g}")
    masses = np.geomspace(lightest, heaviest, 61)
    one = momentum_over_mean * mean_momentum()
    name = momentum_name(momentum_over_mean).removeprefix("the ")
    rows = []
    for medium in _MEDIA:
        potential = matter.potential(MATERIALS[medium], flavour)
        at_one = [abs(refractivity(m, one, potential)) / 2 for m in masses]
        gas = [abs(mean_refractivity(m, potential)) / 2 for m in masses]
        for case, values in ((name, at_one), ("gas", gas)):
            rows.append(pd.DataFrame({"medium": medium, "momentum": case, "mass_eV": masses, "excess": values}))
    return pd.concat(rows, ignore_index=True)


@inputs.drawing
def _draw_inputs(table: pd.DataFrame, flavour: str, momentum_over_mean: float) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    for (medium, case), part in table.groupby(["medium", "momentum"], sort=False):
        rho = MATERIALS[medium].density_g_per_cm3
        label = f"{medium}, {rho:g} g/cm³" if case == "gas" else None
        line = "-" if case == "gas" else "--"
        colour, mark = _MEDIA[medium]
        look = {"color": colour, "ls": line, "marker": mark, "ms": 4, "markevery": 10}
        axes.loglog(part["mass_eV"], part["excess"], **look, label=label)
    axes.axhline(thermal.TALK_DELTA / 2, color="black", ls=":", lw=1.2)
    axes.text(1.1 * table["mass_eV"].min(), 1.1 * thermal.TALK_DELTA / 2, "the talk", va="bottom")
    axes.set(xlabel="neutrino mass (eV)", ylabel=rf"$|\delta|/2$ for ${_FLAVOURS[flavour]}$")
    axes.set_xlim(table["mass_eV"].min(), table["mass_eV"].max())
    axes.plot([], [], color="black", ls="-", label=r"gas, $\langle 1/p^2\rangle$")
    times = "" if momentum_over_mean == 1.0 else f"{momentum_over_mean:g}"
    axes.plot([], [], color="black", ls="--", label=rf"$p={times}\langle p\rangle$")
    axes.legend(fontsize=9, loc="lower right")
    return canvas
