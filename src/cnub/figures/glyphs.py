"""Outlines of signs that no typeface of a reader has: roots and script letters of mathematics."""

from __future__ import annotations

from functools import cache

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.path import Path

COMMANDS = {Path.MOVETO: ("M", 1), Path.LINETO: ("L", 1), Path.CURVE3: ("Q", 2), Path.CURVE4: ("C", 3)}
"""Command of SVG and points that follow it."""


@cache
def _font(family: str, slant: str) -> FT2Font:
    return get_font(findfont(FontProperties(family=family, style=slant), fallback_to_default=False))


def outline(face: tuple[str, str], letter: str, size: float, x: float, y: float) -> str:
    """The path of ``letter`` of a typeface that Matplotlib brings (family and slant), ``size`` points high, at a place.

    ``y`` is counted downwards.

    Raises ``ValueError`` if there is no such typeface.

    >>> outline(("DejaVu Sans", "normal"), "-", 10.0, 1.0, 2.0)[:2]
    'M1'
    """
    font = _font(*face)
    font.set_size(size, 72)
    font.load_char(ord(letter), flags=LoadFlags.NO_HINTING)
    vertices, codes = font.get_path()
    parts, at = [], 0
    while at < len(codes):
        if codes[at] == Path.CLOSEPOLY:
            parts.append("z")
            at += 1
            continue
        command, count = COMMANDS[codes[at]]
        points = vertices[at : at + count]
        parts.append(command + " ".join(f"{x + px:.2f} {y - py:.2f}" for px, py in points))
        at += count
    return "".join(parts)
