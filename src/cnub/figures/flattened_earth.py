"""Figures of the chapter on the flat and the flattened Earth: who fills the states over a half-space."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.figures import style
from cnub.figures.parameters import Range
from cnub.figures.registry import figure
from cnub.figures.words import together
from cnub.grazing import anisotropy, halfspace, layers

CHAPTER = "flattened_earth"
QUADRATURE = 1e-12
"""Relative error of a density of the half-space or of layers; the tests find it below 1e-13 sqrt(delta)."""
_SLAB = ((3.0, 1.0), (5.0, 2.0))
"""Thickness in 1/(k sqrt delta), and index step over delta, of the layers of the slab."""
_CASES = {
    "every state filled": ("attract", "both", "filled", style.BLACK, "-"),
    "trapped states empty": ("attract", "both", "empty", style.BLUE, (0, (6, 1.5, 1, 1.5, 1, 1.5))),
    "downgoing only, attracted": ("attract", "above", "filled", style.SKY, "-."),
    "downgoing only, repelled": ("repel", "above", "filled", style.VERMILION, "--"),
}


def _filling_caption(table: pd.DataFrame) -> str:
    left = table["every state filled"].abs().max()
    return rf"""Half-space lit by an isotropic flux, in units of $\sqrt{{2|\delta|}}$. Left: density excess against
    height for {len(_CASES)} ways to fill the states. Right: the asymmetry between repelled and attracted species for
    downgoing flux only, exact and with the talk's exponential, its $\lambda_{{\rm cr}}$ set to the true $1/e$ height.
    Source: talk, 'Enhanced asymmetry and gradient'. Error: quadrature; the filled density, which is zero, comes out
    below {style.tex(left, 1)}."""


def _filling_alt(table: pd.DataFrame) -> str:
    first, last = table.iloc[0], table.iloc[-1]
    starts = ", ".join(f"{name} at {first[name] + 0.0:.3f}" for name in list(_CASES)[1:])
    above = (table["asymmetry"] - table["talk"]).iloc[1:].max()
    return (
        f"Left, {len(_CASES)} curves against height: every state filled is zero everywhere; the others start so: "
        f"{starts}. Right, the exact asymmetry falls from {first['asymmetry']:.3f} to {last['asymmetry']:.3f} at the "
        f"greatest height, and lies up to {above:.3f} above the exponential."
    )


@figure(
    "plane-filling",
    chapter=CHAPTER,
    summary="Half-space: density against height for four fillings",
    caption=_filling_caption,
    alt=_filling_alt,
)
def filling(top: Annotated[float, Range(0.1, 50.0, "greatest height", "lambda")] = 4.0) -> pd.DataFrame:
    """Density excess in units of sqrt(2|delta|) against height in lambda, per filling, and the talk's profile."""
    heights = np.linspace(0.0, top, 161)
    table = pd.DataFrame({"height_lambda": heights})
    for name, (sign, flux, trapped, _, _) in _CASES.items():
        table[name] = halfspace.grazing_excess(heights, sign, flux, trapped)
    table["asymmetry"] = halfspace.downgoing_asymmetry(heights)
    table["talk"] = halfspace.talk_asymmetry(heights, halfspace.decay_lengths()["1/e height"])
    return table


@filling.drawing
def _draw_filling(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.8))
    left, right = canvas.subplots(1, 2)
    for name, (_, _, _, colour, line) in _CASES.items():
        left.plot(table["height_lambda"], table[name], color=colour, ls=line, label=name)
    left.set(xlabel=r"height / $\lambda$", ylabel=r"$(n/n_0 - 1)/\sqrt{2|\delta|}$", ylim=(-0.75, 1.15))
    left.legend(fontsize=8.5, loc="upper right")
    right.plot(table["height_lambda"], table["asymmetry"], color=style.GREEN, label="exact")
    right.plot(table["height_lambda"], table["talk"], color=style.ORANGE, ls="--", label="the talk's exponential")
    right.set(xlabel=r"height / $\lambda$", ylabel=r"asymmetry$/\sqrt{2|\delta|}$", ylim=(0.0, 1.15))
    right.legend(fontsize=8.5, loc="upper right")
    return canvas


def _orders_caption(table: pd.DataFrame, dipole: float) -> str:
    layers = " and ".join(f"${thick:g}/(k\\sqrt\\delta)$" for thick, _ in _SLAB)
    pairs = [(table.columns[1], table.columns[2]), (table.columns[3], table.columns[4])]
    same = all(together(table[one], table[other], logarithmic=True) for one, other in pairs)
    coincide = "The curves of half-space and slab coincide to the eye." if same else ""
    return rf"""Density change at the surface against $\delta > 0$. With empty trapped states it goes as $\sqrt\delta$,
    for a half-space and for a slab of two layers ($\delta$ and $2\delta$, {layers} thick) in vacuum; filled, as
    $\delta$; a dipole of {100 * abs(dipole):.3g} % in the flux adds $\delta\log\delta$. {coincide} Error:
    quadrature, below {style.tex(QUADRATURE)} relative."""


def _orders_alt(table: pd.DataFrame) -> str:
    size = np.log(table["delta"])
    lines = "; ".join(f"{name}, slope {np.polyfit(size, np.log(table[name]), 1)[0]:.2f}" for name in table.columns[1:])
    return f"{len(table.columns) - 1} rising lines on logarithmic axes: {lines}."


@figure(
    "plane-orders",
    chapter=CHAPTER,
    summary="Surface density against delta: filled, empty, dipole",
    caption=_orders_caption,
    alt=_orders_alt,
)
def orders(dipole: Annotated[float, Range(-1.0, 1.0, "dipole of the flux", least=1e-3)] = 0.5) -> pd.DataFrame:
    """|dn/n0| at the surface of an attracting half-space and of a layered slab, per filling, against delta."""
    deltas = np.geomspace(1e-8, 1e-3, 11)
    rows = []
    for delta in deltas:
        stack = [(thick / math.sqrt(delta), times * delta) for thick, times in _SLAB]
        rows.append(
            {
                "delta": delta,
                "half-space, trapped states empty": abs(halfspace.halfspace_excess(delta, 0.0, "both", "empty")),
                "slab of two layers, guided states empty": abs(layers.layered_excess(stack, 0.0, 0.0, "both", "empty")),
                "half-space, filled": abs(halfspace.halfspace_excess(delta, 0.0)),
                "slab of two layers, filled": abs(layers.layered_excess(stack, 0.0, 0.0)),
                "half-space, filled, added by a dipole": abs(anisotropy.dipole_excess(delta, dipole)),
            }
        )
    return pd.DataFrame(rows)


@orders.drawing
def _draw_orders(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.6))
    axes = canvas.subplots()
    lines = ("o-", "s--", "D-", "v--", "^-.")
    colours = (style.BLUE, style.SKY, style.BLACK, style.ORANGE, style.VERMILION)
    for name, line, colour in zip(table.columns[1:], lines, colours, strict=True):
        axes.loglog(table["delta"], table[name], line, color=colour, label=name, markersize=4)
    axes.set(xlabel=r"$\delta$", ylabel=r"$|\mathrm{d}n/n_0|$ at the surface")
    canvas.legend(loc="outside upper center", ncols=2, fontsize=8.5)
    return canvas
