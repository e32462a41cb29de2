"""Words in a drawing: how wide they are, and folded to a width without breaking mathematics."""

from __future__ import annotations

import re

from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure as Canvas

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
