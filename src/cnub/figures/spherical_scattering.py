"""Figures of the chapter on spherical scattering: one ball, the sum over its waves and its first order."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.figures import style
from cnub.figures.parameters import Range
from cnub.figures.registry import figure
from cnub.sphere.born import born
from cnub.sphere.direct import direct_sum

CHAPTER = "spherical_scattering"


def _profile_caption(table: pd.DataFrame, kR: float, delta: float) -> str:
    return rf"""Density excess against height for $kR = {kR:g}$, $|\delta| =$ {style.tex(delta)}: every partial wave
    summed (circles, squares) and the Born closed form (lines), for both signs."""


def _profile_alt(table: pd.DataFrame) -> str:
    start = table["born"].abs()[table["height_1/k"] == 0.0].mean()
    apart = (table["sum"] - table["born"]).abs().max()
    return (
        "Two oscillating, decaying curves, mirror images of each other, that start at plus and minus "
        f"{start:.2f}; circles lie within {apart:.0e} of them."
    )


@figure(
    "sphere-profile",
    chapter=CHAPTER,
    summary="Density excess against height: exact sum and Born, both signs",
    caption=_profile_caption,
    alt=_profile_alt,
)
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
        "antineutrino": (style.BLUE, "o", r"$\delta>0$ (antineutrino)"),
        "neutrino": (style.VERMILION, "s", r"$\delta<0$ (neutrino)"),
    }
    for name, part in table.groupby("particle", sort=False):
        colour, mark, label = styles[name]
        axes.plot(part["height_1/k"], part["born"], color=colour, label=f"{label}, Born")
        dots = part.dropna()
        axes.plot(
            dots["height_1/k"], dots["sum"], mark, ms=4.5, mfc="white", color=colour, label=f"{label}, sum of all waves"
        )
    axes.axhline(0.0, color="black", lw=0.8)
    axes.set(xlabel=r"height above the surface, $k(r-R)$", ylabel=r"$(n/n_0-1)/|\delta|$")
    canvas.legend(loc="outside upper center", ncols=2, fontsize=9)
    return canvas


def _size_caption(table: pd.DataFrame, delta: float) -> str:
    return rf"""Surface value over $\delta$ against the size of the ball, $\delta =$ {style.tex(delta)}. Dotted: one
    half, where first order settles once the ball is larger than a wavelength."""


def _size_alt(table: pd.DataFrame) -> str:
    smooth, exact = (table[table["method"] == name] for name in ("born", "direct"))
    highest = smooth.loc[smooth["ratio"].idxmax()]
    apart = np.abs(exact["ratio"] - np.interp(exact["kR"], smooth["kR"], smooth["ratio"])).max()
    return (
        f"A curve that rises from {smooth['ratio'].iloc[0]:.2f} to {highest['ratio']:.2f} at kR = {highest['kR']:.2g} "
        f"and ends at {smooth['ratio'].iloc[-1]:.3f}; circles of the exact sum lie within {apart:.0e} of it."
    )


@figure(
    "sphere-size",
    chapter=CHAPTER,
    summary="Surface value over delta against kR: exact sum, Born, the Earth",
    caption=_size_caption,
    alt=_size_alt,
)
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
