"""One look for all figures: colour-blind-safe colours (Okabe and Ito 2008), deterministic SVG."""

from __future__ import annotations

import matplotlib as mpl
from matplotlib.ticker import EngFormatter

BLACK = "#000000"
ORANGE = "#E69F00"
SKY = "#56B4E9"
GREEN = "#009E73"
YELLOW = "#F0E442"
BLUE = "#0072B2"
VERMILION = "#D55E00"
PURPLE = "#CC79A7"
CYCLE = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, BLACK)
SEQUENTIAL = "cividis"
DIVERGING = "PuOr"

DARK = {
    "#ffffff": "#14181e",
    BLACK: "#e6e8eb",
    ORANGE.lower(): "#ffb93b",
    SKY.lower(): "#9bd8ff",
    GREEN.lower(): "#2fcf9f",
    YELLOW.lower(): "#f5ec70",
    BLUE.lower(): "#4aa3e8",
    VERMILION.lower(): "#ff8445",
    PURPLE.lower(): "#e8a0cb",
    "#4c4c4c": "#c3c7cc",
    "#4d4d4d": "#c3c7cc",
    "#666666": "#adb2b8",
    "#808080": "#9aa0a7",
    "#999999": "#858b92",
    "#b0b0b0": "#b0b6bd",
    "#cccccc": "#50565d",
}
"""What each colour becomes on a dark ground: as far from it as it was from white."""

FAINT, LIFT = 110, 0.45
"""Brightness, 0 to 255, below which a colour without a partner is lifted on a dark ground, and how far to white."""

WIDTH = 6.4
"""Width of a figure in inches: one text column of the book."""
NARROW = 3.3
"""Width in inches on a screen that is narrower than half of that: a phone."""
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "*")
"""Marks that tell curves apart whose order is shown by their shade."""
DASHES = ("-", "--", "-.", (0, (6, 1.5, 1, 1.5, 1, 1.5)), (0, (8, 1.5)), (0, (3, 1)), (0, (1, 1)))
"""A line that is not given its dashes gets those of its place in the cycle, so that no two differ by colour alone."""

SETTINGS = {
    "axes.prop_cycle": mpl.cycler(color=CYCLE, linestyle=DASHES),
    "axes.grid": True,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.constrained_layout.use": True,
    "figure.figsize": (WIDTH, 3.9),
    "font.family": "DejaVu Sans",
    "font.size": 10.5,
    "grid.alpha": 0.25,
    "image.cmap": SEQUENTIAL,
    "legend.frameon": False,
    "lines.linewidth": 1.8,
    "mathtext.fontset": "dejavusans",
    "savefig.dpi": 160,
    "svg.fonttype": "none",
    "svg.hashsalt": "cnub",
}
TYPE = 9.5
"""Size in points of all text on a phone, where a point is a third larger than on paper."""
ON_A_PHONE = {
    "axes.labelsize": TYPE, "axes.titlesize": TYPE, "font.size": TYPE,
    "legend.fontsize": TYPE, "legend.handlelength": 1.7, "lines.markersize": 5.0,
}  # fmt: skip


def on_dark(colour: str) -> str:
    """What ``colour`` (#rrggbb) becomes on a dark ground: its partner, or itself made light enough to be seen.

    >>> on_dark("#000000"), on_dark("#ead34c")
    ('#e6e8eb', '#ead34c')
    """
    if colour in DARK or colour in DARK.values():
        return DARK.get(colour, colour)
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    if 0.3 * red + 0.59 * green + 0.11 * blue >= FAINT:
        return colour
    return "#" + "".join(f"{round(part + LIFT * (255 - part)):02x}" for part in (red, green, blue))


def tex(value: float, digits: int = 2) -> str:
    r"""``value`` at ``digits`` significant digits as mathematics for a caption, powers of ten written out.

    >>> tex(-1e-8), tex(2.5e-8), tex(0.3)
    ('$-10^{-8}$', '$2.5\\cdot10^{-8}$', '$0.3$')
    """
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    if -3 <= int(exponent) <= 3:
        return f"${float(f'{value:.{digits}g}'):g}$"
    leading = f"{float(mantissa):g}"
    sign = {"1": "", "-1": "-"}.get(leading, rf"{leading}\cdot")
    return rf"${sign}10^{{{int(exponent)}}}$"


def transition(name: str) -> str:
    r"""The name of a channel as mathematics for captions and labels.

    >>> transition("nu3->nu1")
    '$\\nu_3\\to\\nu_1$'
    """
    initial, final = name.removeprefix("nu").split("->nu")
    return rf"$\nu_{initial}\to\nu_{final}$"


def seconds(time_s: float) -> str:
    """A time as words show it, with the prefix of the SI.

    >>> seconds(1e-8)
    '10 ns'
    """
    return EngFormatter(unit="s")(time_s)
