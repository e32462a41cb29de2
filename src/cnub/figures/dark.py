"""A figure for a dark ground: every colour of the style has its partner there, others are lifted."""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import Collection
from matplotlib.colors import to_hex, to_rgba_array
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from cnub.figures.style import DARK, on_dark

PROPERTIES: dict[type, tuple[str, ...]] = {
    Text: ("color",),
    Line2D: ("color", "markerfacecolor", "markeredgecolor"),
    Patch: ("facecolor", "edgecolor"),
    Collection: ("facecolor", "edgecolor"),
}
INK, PAPER = DARK["#000000"], DARK["#ffffff"]
GROUND = {
    **dict.fromkeys(("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), INK),
    **dict.fromkeys(("figure.facecolor", "axes.facecolor", "savefig.facecolor"), PAPER),
    "grid.color": DARK["#b0b0b0"],
}
"""What Matplotlib draws of itself."""


def darken(canvas: Canvas) -> None:
    """Give every artist of ``canvas`` the partners of its colours on a dark ground.

    Source: definition of the figures.
    """
    for artist in canvas.findobj():
        _recolour(artist)
        for attached in (getattr(artist, "arrow_patch", None), getattr(artist, "_bbox_patch", None)):
            if attached is not None:
                _recolour(attached)


def _recolour(artist: Artist) -> None:
    names = next((names for kind, names in PROPERTIES.items() if isinstance(artist, kind)), ())
    if isinstance(artist, Collection) and artist.get_array() is not None:
        return  # its colours are values
    for name in names:
        value = getattr(artist, f"get_{name}")()
        if not (isinstance(value, str) and value == "none"):
            colours = [_partner(colour) for colour in to_rgba_array(value)]
            getattr(artist, f"set_{name}")(colours if isinstance(artist, Collection) else colours[0])


def _partner(colour: np.ndarray) -> np.ndarray:
    return np.append(to_rgba_array(on_dark(to_hex(colour[:3])))[0, :3], colour[3])
