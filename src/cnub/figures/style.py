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

WIDTH = 6.4
"""Width of a figure in inches: one text column of the book, still legible on a phone."""

SETTINGS = {
    "axes.prop_cycle": mpl.cycler(color=CYCLE),
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
    "svg.fonttype": "path",
    "svg.hashsalt": "cnub",
}


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
