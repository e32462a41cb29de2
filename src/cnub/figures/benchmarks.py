"""Figures of the page on benchmarks: what an answer costs beside others and the machine, and how that grows."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.figures import style
from cnub.figures.registry import figure
from cnub.runs import results

CHAPTER = "benchmarks"
MARKS = {"cnub": ("o", style.BLUE), "scipy": ("s", style.VERMILION), "Arb": ("^", style.PURPLE)}
OTHER_MARK = ("D", style.GREEN)
GROWTH = {
    "plain sum": ("o-", "plain sum of cnub, against $kR$"),
    "integral": ("s-", "integral of cnub, against $kR$"),
    "scipy jv, yv": ("^--", "SciPy jv, yv, against $kR$"),
    "scatterers": ("D-.", "scatterers at one momentum transfer"),
}


def _kind(by: str) -> str:
    return next((kind for kind in MARKS if by.startswith(kind)), "other")


def _pairs_caption(table: pd.DataFrame) -> str:
    limits = ", ".join(f"{name} {style.tex(seconds)} s" for name, seconds in results("benchmarks")["limits"].items())
    return rf"""Seconds for one unit of work, side by side in one process on one core. Circles: cnub; squares: SciPy;
    triangles: Arb; diamonds: NumPy, or the longer way of cnub. Bars: one operation of the kind that limits it
    ({limits}). Recorded run `benchmarks`."""


def _pairs_alt(table: pd.DataFrame) -> str:
    ours = table[table["by"] == "cnub"].set_index("what")["seconds"]
    others = table[table["by"] != "cnub"].groupby("what")["seconds"].min()
    ratios = (others / ours).dropna()
    return (
        f"In all {len(ratios)} rows that have another way the circle lies leftmost: the next is {ratios.min():.2g} to "
        f"{ratios.max():.2g} times as long."
        if (ratios > 1).all()
        else f"The circle lies leftmost in {(ratios > 1).sum()} of {len(ratios)} rows that have another way."
    )


@figure(
    "benchmark-pairs",
    chapter=CHAPTER,
    summary="Time per answer beside other libraries and the machine's limit",
    caption=_pairs_caption,
    alt=_pairs_alt,
)
def pairs() -> pd.DataFrame:
    """Recorded seconds per unit of work of each way, and of one operation of the kind that limits it."""
    recorded = results("benchmarks")
    table = pd.DataFrame(recorded["pairs"])
    return table.assign(limit_seconds=table["limit"].map(recorded["limits"]))


@pairs.drawing
def _draw_pairs(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.2))
    axes = canvas.subplots()
    rows = list(table["what"].unique())[::-1]
    seen = set()
    for row in table.itertuples():
        kind = _kind(row.by)
        marker, colour = MARKS.get(kind, OTHER_MARK)
        label = None if kind in seen else {"scipy": "SciPy", "other": "other"}.get(kind, kind)
        seen.add(kind)
        axes.plot(row.seconds, rows.index(row.what), marker, ms=6, color=colour, label=label, zorder=3)
        axes.plot(row.limit_seconds, rows.index(row.what), "|", ms=14, mew=2, color=style.BLACK)
    axes.set(xscale="log", xlabel="time (s)", ylabel="unit of work", yticks=range(len(rows)), yticklabels=rows)
    canvas.legend(*axes.get_legend_handles_labels(), loc="outside upper center", ncols=4, fontsize=9)
    return canvas


def _growth_caption(table: pd.DataFrame) -> str:
    part = table[table["what"] == "integral"]
    return rf"""Seconds of the processor against the work, $kR$ or the number of scatterers. The integral takes
    {style.tex(1e3 * part["seconds"].min())} to {style.tex(1e3 * part["seconds"].max())} ms up to $kR =$
    {style.tex(part["work"].max())}; the others grow with the work. Recorded run `benchmarks`."""


def _growth_alt(table: pd.DataFrame) -> str:
    integral, last = table[table["what"] == "integral"]["seconds"], table.groupby("what").last()
    return (
        f"The integral stays between {1e3 * integral.min():.2g} and {1e3 * integral.max():.2g} ms; the plain sum rises "
        f"to {last.loc['plain sum', 'seconds']:.2g} s at {last.loc['plain sum', 'work']:.0e} waves, the sum over "
        f"scatterers to {last.loc['scatterers', 'seconds']:.2g} s at {last.loc['scatterers', 'work']:.0e}."
    )


@figure(
    "benchmark-growth",
    chapter=CHAPTER,
    summary="How the time of an answer grows with the work",
    caption=_growth_caption,
    alt=_growth_alt,
)
def growth() -> pd.DataFrame:
    """Recorded seconds of an answer against kR or the number of scatterers."""
    return pd.DataFrame(results("benchmarks")["growth"])


@growth.drawing
def _draw_growth(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.6))
    axes = canvas.subplots()
    for what, part in table.groupby("what", sort=False):
        line, label = GROWTH[what]
        axes.loglog(part["work"], part["seconds"], line, ms=3.5, label=label)
    axes.set(xlabel="$kR$, or scatterers", ylabel="time (s)")
    canvas.legend(loc="outside upper center", ncols=2, fontsize=9)
    return canvas
