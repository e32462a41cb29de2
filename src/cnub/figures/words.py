"""Words in a drawing: how wide they are, and folded to a width without breaking mathematics."""

from __future__ import annotations

import re

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure as Canvas

APART, MOST = 0.02, 0.8
"""Share of the height of a panel within which two lines touch, and share of a curve over which they must."""
WORD = re.compile(r"(?:\$[^$]*\$|[^\s$])+")
"""Letters and whole formulas up to the next space."""


def renderer(canvas: Canvas) -> RendererAgg:
    """What measures text on ``canvas``."""
    drawn = canvas.canvas if isinstance(canvas.canvas, FigureCanvasAgg) else FigureCanvasAgg(canvas)
    return drawn.get_renderer()


def width(canvas: Canvas, text: str) -> float:
    """Width of ``text`` in points at the size of type that holds now."""
    mark = canvas.text(0, 0, text)
    box = mark.get_window_extent(renderer(canvas))
    mark.remove()
    return box.width * 72.0 / canvas.dpi


def fold(canvas: Canvas, text: str, most: float) -> str:
    """``text`` on lines of at most ``most`` points, broken between words; a word that is longer stays whole."""
    if not text or width(canvas, text) <= most:
        return text
    lines = [""]
    for word in WORD.findall(text):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width(canvas, longer) > most:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def together(one: np.ndarray, other: np.ndarray, logarithmic: bool = False) -> bool:
    """Whether two curves over the same places coincide to the eye: closer than a line is wide, as good as everywhere.

    >>> together(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.001, 3.0])), together(np.ones(3), np.zeros(3))
    (True, False)
    """
    one, other = (np.log(np.asarray(x, float)) if logarithmic else np.asarray(x, float) for x in (one, other))
    span = max(one.max(), other.max()) - min(one.min(), other.min())
    return bool((np.abs(one - other) <= APART * span).mean() >= MOST)
