"""Figures of the chapter on spherical scattering: profiles, the talk's number, the gas, the layered Earth."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub import matter
from cnub.constants import EARTH_RADIUS_M
from cnub.domain import DomainError
from cnub.figures import style
from cnub.figures.parameters import Mass, Range
from cnub.figures.registry import figure
from cnub.matter import MATERIALS, mean_refractivity, refractivity
from cnub.relic import de_broglie_length_m, mean_momentum, size_parameter
from cnub.sphere import prem, thermal
from cnub.sphere.born import born
from cnub.sphere.contour import contour_profile
from cnub.sphere.direct import direct_sum
from cnub.sphere.layered import born_layers, layered_sum

CHAPTER = "spherical_scattering"
TopMillimetres = Annotated[float, Range(0.1, 30.0, "greatest height", "mm")]


@figure("sphere-profile", chapter=CHAPTER, summary="Density excess against height: exact sum and Born, both signs")
def profile(
    kR: Annotated[float, Range(1.0, 1e5, "size of the ball", "1/k")] = 2000.0,
    delta: Annotated[float, Range(1e-8, 0.1, "size of the refraction")] = 1e-4,
    top: Annotated[float, Range(0.1, 1e3, "greatest height", "1/k")] = 12.0,
) -> pd.DataFrame:
    """Density excess over |delta| against height (1/k), summed at fixed k and in first order, for both signs."""
    heights = np.linspace(0.0, top, 241)
    rows = []
    for sign, name in ((1, "antineutrino"), (-1, "neutrino")):
        value, _ = born(kR, sign * delta, heights)
        part = pd.DataFrame({"particle": name, "height_1/k": heights, "born": value / delta})
        every = np.arange(0, len(heights), 8)
        part.loc[every, "sum"] = [direct_sum(kR, sign * delta, heights[i])[0] / delta for i in every]
        rows.append(part)
    return pd.concat(rows, ignore_index=True)


@profile.drawing
def _draw_profile(table: pd.DataFrame) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    styles = {
        "antineutrino": (style.BLUE, r"$\delta>0$ (antineutrino)"),
        "neutrino": (style.VERMILION, r"$\delta<0$ (neutrino)"),
    }
    for name, part in table.groupby("particle", sort=False):
        colour, label = styles[name]
        axes.plot(part["height_1/k"], part["born"], color=colour, label=f"{label}, Born")
        dots = part.dropna()
        axes.plot(
            dots["height_1/k"], dots["sum"], "o", ms=4.5, mfc="white", color=colour, label=f"{label}, sum of all waves"
        )
    axes.axhline(0.0, color="black", lw=0.8)
    axes.set(xlabel=r"height above the surface, $k(r-R)$", ylabel=r"$(n/n_0-1)/|\delta|$")
    canvas.legend(loc="outside upper center", ncols=2, fontsize=9)
    return canvas


@figure("sphere-size", chapter=CHAPTER, summary="Surface value over delta against kR: exact sum, Born, the Earth")
def size(
    delta: Annotated[float, Range(-0.1, 0.1, "refraction of the ball", least=1e-8)] = -1e-4,
    largest: Annotated[float, Range(1.0, 1e5, "largest ball", "1/k")] = 1e4,
) -> pd.DataFrame:
    """Surface excess over delta against kR from Born (smooth curve) and from the sum over all waves (points)."""
    curve = np.geomspace(0.05, largest, 1200)
    points = np.geomspace(0.05, largest, 45)
    smooth = pd.DataFrame({"method": "born", "kR": curve, "ratio": [born(x, delta)[0] / delta for x in curve]})
    exact = pd.DataFrame({"method": "direct", "kR": points, "ratio": [direct_sum(x, delta)[0] / delta for x in points]})
    return pd.concat([smooth, exact], ignore_index=True)


@size.drawing
def _draw_size(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.3))
    axes = canvas.subplots()
    smooth, exact = (table[table["method"] == name] for name in ("born", "direct"))
    axes.semilogx(smooth["kR"], smooth["ratio"], color=style.BLUE, label=r"Born: $\frac{1}{2}[1-\sin(4kR)/(4kR)]$")
    axes.semilogx(exact["kR"], exact["ratio"], "o", ms=4.5, mfc="white", color=style.BLACK, label="sum of all waves")
    axes.axhline(0.5, color="black", ls=":", lw=1.2)
    axes.set(xlabel=r"size of the ball, $kR$", ylabel=r"$(n/n_0-1)/\delta$ at the surface")
    axes.legend(loc="lower right")
    return canvas


@figure("sphere-earth", chapter=CHAPTER, summary="The Earth: profile at one momentum, and averaged over the gas")
def earth(
    delta: Annotated[float, Range(1e-10, 1e-7, "size of the refraction")] = 2.5e-8, top_mm: TopMillimetres = 4.0
) -> pd.DataFrame:
    """Density excess against height (mm) for |delta| at the mean momentum: O(1) integral, Born, and the gas average."""
    momentum = mean_momentum()
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
    for name, part in table.groupby("particle", sort=False):
        label = f"{name}s"
        axes.plot(part["height_mm"], part["one_momentum"] * 1e8, color=colours[name], label=f"{label}, one momentum")
        axes.plot(part["height_mm"], part["gas"] * 1e8, color=colours[name], ls="--", label=f"{label}, Fermi-Dirac gas")
    for value in (-1.25, 1.25):
        axes.axhline(value, color="black", ls=":", lw=1.2)
    axes.set(xlabel="height above the surface (mm)", ylabel=r"$n/n_0-1$  ($10^{-8}$)")
    canvas.legend(loc="outside upper center", ncols=2, fontsize=9)
    return canvas


_MEDIA = {"crust": style.VERMILION, "mantle": style.GREEN, "water": style.BLUE, "earth": style.BLACK}


@figure("sphere-inputs", chapter=CHAPTER, summary="Which mass, material and momentum give the talk's 1.25e-8")
def inputs(lightest: Mass = 0.01, heaviest: Mass = 1.0) -> pd.DataFrame:
    """|delta|/2 against the neutrino mass (eV), per material, at the mean momentum and averaged over the gas."""
    if heaviest <= lightest:
        raise DomainError(f"heaviest must be above lightest; got {heaviest:g} and {lightest:g}")
    masses = np.geomspace(lightest, heaviest, 61)
    rows = []
    for medium in _MEDIA:
        potential = matter.potential(MATERIALS[medium])
        for case in ("mean momentum", "gas"):
            if case == "gas":
                values = [abs(mean_refractivity(m, potential)) / 2 for m in masses]
            else:
                values = [abs(refractivity(m, mean_momentum(), potential)) / 2 for m in masses]
            rows.append(pd.DataFrame({"medium": medium, "momentum": case, "mass_eV": masses, "excess": values}))
    return pd.concat(rows, ignore_index=True)


@inputs.drawing
def _draw_inputs(table: pd.DataFrame) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    for (medium, case), part in table.groupby(["medium", "momentum"], sort=False):
        rho = MATERIALS[medium].density_g_per_cm3
        label = f"{medium}, {rho:g} g/cm³" if case == "gas" else None
        line = "-" if case == "gas" else "--"
        axes.loglog(part["mass_eV"], part["excess"], color=_MEDIA[medium], ls=line, label=label)
    axes.axhline(thermal.TALK_DELTA / 2, color="black", ls=":", lw=1.2)
    axes.text(1.1 * table["mass_eV"].min(), 1.1 * thermal.TALK_DELTA / 2, "the talk", va="bottom")
    axes.set(xlabel="neutrino mass (eV)", ylabel=r"$|\delta|/2$ for $\nu_e$")
    axes.set_xlim(table["mass_eV"].min(), table["mass_eV"].max())
    axes.plot([], [], color="black", label=r"gas, $\langle 1/p^2\rangle$")
    axes.plot([], [], color="black", ls="--", label=r"$p=\langle p\rangle$")
    axes.legend(fontsize=9, loc="lower right")
    return canvas


_STATES = {"e": style.VERMILION, "mu": style.BLUE, "1": style.ORANGE, "2": style.GREEN, "3": style.PURPLE}
_LABELS = {"e": r"$\nu_e$", "mu": r"$\nu_\mu,\ \nu_\tau$", "1": r"$\nu_1$", "2": r"$\nu_2$", "3": r"$\nu_3$"}


@figure("sphere-gas", chapter=CHAPTER, summary="Gas-averaged profile per flavour and mass state, over rock and water")
def gas(mass: Mass = 0.1, top_mm: TopMillimetres = 3.0) -> pd.DataFrame:
    """Gas-averaged excess against height (mm) for crust, mantle and water; antineutrinos have the opposite sign."""
    height_mm = np.linspace(0.0, top_mm, 91)
    shape, _ = thermal.mean_profile(height_mm * 1e-3, mass, 1.0)
    rows = []
    for medium in ("crust", "mantle", "water"):
        for state in _STATES:
            value = shape * matter.potential(MATERIALS[medium], state)
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


@figure(
    "sphere-layers", chapter=CHAPTER, summary="Concentric shells: Born against the exact sum, and the Earth in layers"
)
def layers(
    kR: Annotated[float, Range(10.0, 1e4, "size of the small Earth", "1/k")] = 1000.0,
    strength: Annotated[float, Range(1e-8, 1e-2, "refraction of its top shell")] = 1e-4,
    top: Annotated[float, Range(0.1, 100.0, "greatest height", "1/k")] = 6.0,
) -> pd.DataFrame:
    """Excess over the top shell's delta against height (1/k): a small Earth in PREM layers and the true one.

    The small Earth has size ``kR`` and the deltas of PREM scaled to ``strength`` in the top shell.
    """
    radii, deltas = prem.shell_refraction(0.1, mean_momentum(), antineutrino=True)
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
