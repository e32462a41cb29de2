"""The figures of the landing page: the answer at a glance, and what became of the sources' claims."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.claims import SOURCES, VERDICTS, recompute, tally
from cnub.discovery.steps import fluorescence_steps
from cnub.figures import style
from cnub.figures.registry import figure

_PALETTE = (style.BLUE, style.SKY, style.VERMILION, style.GREEN, style.ORANGE, "#999999")
_LOOKS = dict(zip(VERDICTS, zip(_PALETTE, ("", "/", "x", ".", "\\", "-"), strict=True), strict=True))


STAGES = {
    "as printed, Eq. (23)": "printed",
    "f by definition": "factors by\ndefinition",
    "the gas": "averaged\nover the gas",
    "what remains": "with the photon's\nreaction",
}
"""Steps of the answer that the landing page shows, and what it calls them."""


def _found_caption(table: pd.DataFrame) -> str:
    first, last = table["value"].iloc[0], table["value"].iloc[-1]
    return rf"""Photons per year from a cube of 3 m that the proposal {{cite}}`paper` prints, {style.tex(first, 1)}, and
    what is left: with its factors by their own definitions, averaged over the momenta of the relic gas; and, even
    with every neutrino on resonance, with the reaction of the photon on the dipoles, at most {style.tex(last, 1)}.
    Every step: {{doc}}`answer_in_steps`."""


def _found_alt(table: pd.DataFrame) -> str:
    rows = "; ".join(f"{row.stage}: {row.value:.1g}" for row in table.itertuples())
    return f"Bars on a logarithmic axis, photons per year, descending to the right. {rows}. A line marks one a year."


@figure(
    "found",
    chapter="intro",
    summary="Photons a year as printed, and what remains",
    caption=_found_caption,
    alt=_found_alt,
)
def found() -> pd.DataFrame:
    """Photons per year at four stages of the answer; columns stage, value (a free spin where two ends are known)."""
    values = fluorescence_steps().set_index("step")["value"]
    return pd.DataFrame({"stage": list(STAGES.values()), "value": [values[step] for step in STAGES]})


@found.drawing
def _draw_found(table: pd.DataFrame, narrow: bool) -> Canvas:
    if narrow:
        return _draw_found_in_rows(table)
    canvas = Canvas(figsize=(style.WIDTH, 3.4))
    axes = canvas.subplots()
    floor = table["value"].min() / 30
    colours = [style.BLUE] + [style.VERMILION] * (len(table) - 1)
    axes.bar(table["stage"], table["value"] - floor, bottom=floor, color=colours, width=0.62)
    for place, value in enumerate(table["value"]):
        axes.annotate(style.tex(value, 1), (place, value), xytext=(0, 4), textcoords="offset points", ha="center",
                      fontsize=13, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5})  # fmt: skip
    axes.axhline(1.0, color="black", lw=1, ls="--")
    axes.annotate("one a year", (len(table) - 0.55, 1.0), xytext=(0, 4), textcoords="offset points", ha="right")
    axes.set_yscale("log")
    axes.set(xlabel="what is counted", ylabel="photons per year", ylim=(floor, table["value"].max() * 60))
    axes.grid(axis="x", visible=False)
    return canvas


def _draw_found_in_rows(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 1.6))
    axes = canvas.subplots()
    floor, top = table["value"].min() / 30, table["value"].max()
    colours = [style.BLUE] + [style.VERMILION] * (len(table) - 1)
    axes.barh(range(len(table)), table["value"] - floor, left=floor, color=colours, height=0.34)
    for place, value in enumerate(table["value"]):
        axes.annotate(style.tex(value, 1), (value, place), xytext=(4, 0), textcoords="offset points", va="center")
    axes.axvline(1.0, color="black", lw=1, ls="--", label="one a year")
    axes.set_yticks(range(len(table)), table["stage"].str.replace("\n", " "))
    axes.set(xscale="log", xlabel="photons per year", xlim=(floor, top * 100), ylim=(len(table) - 0.5, -0.5))
    axes.grid(axis="y", visible=False)
    axes.legend()
    return canvas


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
        colour, hatch = _LOOKS[verdict]
        axes.barh(
            group["source"], group["count"], left=starts, color=colour, hatch=hatch, edgecolor="white", lw=0,
            label=label, height=0.6,
        )  # fmt: skip
        for source, count in zip(group["source"], group["count"], strict=True):
            left[source] += count
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)
    axes.set_xlabel("number of claims")
    canvas.legend(loc="outside upper center", ncols=2, fontsize=9)
    return canvas
