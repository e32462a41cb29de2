"""Pictures of the live explorers, in the look of the book's figures."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.figures import find, style

NEED = {"field": "field that tunes it (T)", "mass": "lightest mass that it fits (eV)"}
"""What a line needs to meet a channel."""
NAMED = 3
"""Lines that the picture names: the best."""


def draw_profile(curves: dict[str, Callable], heights: np.ndarray, height_m: float, value: float) -> Canvas:
    """The asymmetry over ``heights`` in m, one curve for each function of the height, and ``value`` at ``height_m``."""
    canvas = Canvas()
    axes = canvas.subplots()
    for dashes, (name, profile) in zip(("-", "--"), curves.items(), strict=False):
        axes.plot(heights, [profile(float(height)) for height in heights], dashes, label=name)
    axes.plot(height_m, value, "o", color=style.BLACK, label="the patch" if len(curves) > 1 else "")
    axes.set_title(f"{style.tex(value, 4)} per cm³ at {style.tex(height_m, 4)} m", loc="left", fontsize=10.5, pad=16)
    axes.set(xscale="log", xlabel="height above the ground (m)", ylabel="neutrinos − antineutrinos (cm⁻³)")
    axes.margins(x=0.1, y=0.15)
    if len(curves) > 1:
        axes.legend()
    return canvas


def draw_steps(table: pd.DataFrame) -> Canvas:
    """The chapter's figure of the steps, with a dashed line at one photon a year."""
    canvas = find("answer-fluorescence").canvas(table)
    canvas.axes[0].axvline(1.0, color=style.BLACK, ls=(0, (4, 4)), lw=1.0)
    return canvas


def draw_lines(found: pd.DataFrame, means: str) -> Canvas:
    """What remains per year against what each line needs, by ordering; ``found`` has the best first."""
    canvas = Canvas()
    axes = canvas.subplots()
    for (ordering, mark), colour in zip({"NO": "o", "IO": "s"}.items(), style.CYCLE, strict=False):
        part = found[found["ordering"] == ordering]
        axes.plot(part["need"], part["rate"], mark, color=colour, label=ordering)
    for place, row in enumerate(found.head(NAMED).itertuples()):  # each name above the one before: they may be close
        name: dict[str, Any] = {"xytext": (6, 4 + 10 * place), "textcoords": "offset points", "fontsize": 9}
        axes.annotate(row.species, (row.need, row.rate), **name)
    axes.set(yscale="log", xlabel=NEED[means], ylabel="photons that remain per year")
    axes.margins(x=0.15, y=0.2)
    axes.legend(title="ordering")
    return canvas


def as_svg(draw: Callable[..., Canvas], *what: object) -> str:
    """What ``draw`` draws, as SVG."""
    stream = io.StringIO()
    settings: Any = style.SETTINGS  # Matplotlib types each name of a setting
    with mpl.rc_context(settings):
        draw(*what).savefig(stream, format="svg", metadata={"Date": None})
    return stream.getvalue()
