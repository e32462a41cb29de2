"""The figure of the landing page: what became of the sources' claims."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.claims import SOURCES, VERDICTS, recompute, tally
from cnub.figures import style
from cnub.figures.registry import figure

_PALETTE = (style.BLUE, style.SKY, style.VERMILION, style.GREEN, style.ORANGE, "#999999")
_COLOURS = dict(zip(VERDICTS, _PALETTE, strict=True))


def _tally_alt(table: pd.DataFrame) -> str:
    told = []
    for source, group in table[table["count"] > 0].groupby("source", sort=False):
        parts = ", ".join(f"{verdict} {count}" for verdict, count in zip(group["verdict"], group["count"], strict=True))
        told.append(f"of the {group['count'].sum()} of the {source} {parts}")
    return f"Horizontal stacked bars of the number of claims per verdict: {'; '.join(told)}."


@figure(
    "claims-tally",
    chapter="intro",
    summary="How many claims of each source are reproduced, and how many differ",
    caption="What became of the claims of the two sources, and of abstracts that dispute or extend them (literature): "
    "counts per verdict, recomputed when this was drawn.",
    alt=_tally_alt,
)
def claims_tally() -> pd.DataFrame:
    """Count of claims per source and verdict; columns source, verdict, count."""
    entries = recompute()
    counts = {source: tally([e for e in entries if e.claim.source == source]) for source in SOURCES}
    rows = [(s, v, counts[s].get(v, 0)) for s in SOURCES for v in VERDICTS]
    return pd.DataFrame(rows, columns=["source", "verdict", "count"])


@claims_tally.drawing
def _draw(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 2.4))
    axes = canvas.subplots()
    left = dict.fromkeys(SOURCES, 0)
    for verdict, group in table.groupby("verdict", sort=False):
        if not group["count"].sum():
            continue
        label = f"{verdict} ({group['count'].sum()})"
        starts = [left[source] for source in group["source"]]
        axes.barh(group["source"], group["count"], left=starts, color=_COLOURS[verdict], label=label, height=0.6)
        for source, count in zip(group["source"], group["count"], strict=True):
            left[source] += count
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)
    axes.set_xlabel("number of claims")
    canvas.legend(loc="outside upper center", ncols=2, fontsize=9)
    return canvas
