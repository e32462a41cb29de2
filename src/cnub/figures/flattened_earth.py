"""Figures of the chapter on the flat and the flattened Earth."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.figures import style
from cnub.figures.registry import figure
from cnub.plane import halfspace

_CASES = {
    "every state filled": ("attract", "both", "filled", style.BLACK, "-"),
    "trapped states empty": ("attract", "both", "empty", style.BLUE, "-"),
    "downgoing only, attracted": ("attract", "above", "filled", style.SKY, "--"),
    "downgoing only, repelled": ("repel", "above", "filled", style.VERMILION, "--"),
}


@figure("plane-filling", chapter="flattened_earth", summary="Half-space: density against height for four fillings")
def filling(top: float = 4.0) -> pd.DataFrame:
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
