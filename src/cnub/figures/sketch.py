"""What the schematic drawings share: a sheet without axes in one unit of length, arrows, waves and words.

Colours are those of the style in force, by their place in its cycle and by its colour of text, so that a drawing
follows it into the dark. Words are larger than in a plot and few: a drawing is as wide as a phone.
"""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path

WIDTH = 4.4
"""Inches: on a phone of 360 pixels the words are still 11 of them high."""
WORDS = 11.5
"""Points."""
FIRST, SECOND, THIRD = "C0", "C1", "C2"
"""Colours of the cycle in force; a drawing tells nothing by them alone."""
_PER_PERIOD = 24
Corners = tuple[float, float, float, float]
"""Left, right, bottom and top of a sheet."""


def ink() -> str:
    """The colour of words and lines."""
    return mpl.rcParams["text.color"]


def sheet(corners: Corners) -> tuple[Canvas, Axes]:
    """A canvas with one sheet from edge to edge, of equal units both ways and without axes."""
    left, right, bottom, top = corners
    canvas = Canvas(figsize=(WIDTH, WIDTH * (top - bottom) / (right - left)), layout="none")
    axes = canvas.add_axes((0.0, 0.0, 1.0, 1.0), xlim=(left, right), ylim=(bottom, top))
    axes.set_axis_off()
    return canvas, axes


def line(axes: Axes, x: Sequence[float], y: Sequence[float], *marks: str, **settings: object) -> None:
    """A solid line of ink, or what ``marks`` and ``settings`` of a plot say: the style gives lines dashes in turn."""
    axes.plot(x, y, *marks, **({} if marks else {"ls": "-"}) | {"color": ink()} | settings)


def arrow(axes: Axes, points: Sequence[Sequence[float]] | np.ndarray, head: float = 13.0, **line: object) -> None:
    """A line through ``points`` with a head at its end; ``line``: colour, width and dashes as of a patch."""
    settings = {"color": ink(), "lw": 1.8, "shrinkA": 0.0, "shrinkB": 0.0, "joinstyle": "miter", "capstyle": "butt"}
    path = Path(np.asarray(points, dtype=float))
    axes.add_patch(FancyArrowPatch(path=path, arrowstyle="-|>", mutation_scale=head, **settings | line))


def wave(
    start: Sequence[float], end: Sequence[float], periods: int, amplitude: float, straight: float = 0.12
) -> np.ndarray:
    """Points of a sine from ``start`` to ``end``, the last share of the way ``straight`` for the head of an arrow."""
    first, last = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
    way = last - first
    across = np.array([-way[1], way[0]]) / np.hypot(*way)
    along = np.linspace(0.0, 1.0 - straight, _PER_PERIOD * periods + 1)
    swing = amplitude * np.sin(2 * np.pi * periods * along / along[-1])
    return np.vstack([first + along[:, None] * way + swing[:, None] * across, last])


def words(axes: Axes, x: float, y: float, text: str, **settings: object) -> None:
    """``text`` in the size of drawings, centred on a place unless told otherwise."""
    axes.text(x, y, text, **{"ha": "center", "va": "center", "fontsize": WORDS} | settings)
