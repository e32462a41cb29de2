"""Figures of the chapter on the flattened Earth from the recorded run `patch_scan`: across, above, and other shapes."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.figures import style
from cnub.figures.flattened_earth_patch import (
    ACROSS,
    CHAPTER,
    EXCESS,
    LENGTHS,
    RECORD,
    SHAPED,
    Kappa,
    note_error,
    recorded,
    shaded,
    smooth,
)
from cnub.figures.parameters import Choice, Range
from cnub.figures.registry import figure
from cnub.figures.words import together


def _across_caption(table: pd.DataFrame, filling_length: float) -> str:
    return rf"""Deficit across a patch of $L = {ACROSS:g}\,\ell$ (shaded) for a filling length of
    ${filling_length:g}\,\ell$, mean of the waves from both sides. An observer nearer than that to an edge has
    lost what comes over it. {RECORD}"""


def _across_alt(table: pd.DataFrame) -> str:
    steep = table[table["kappa"] == table["kappa"].max()]
    at = dict(zip(steep["position"].round(6), steep["excess"], strict=True))
    centre, edge, outside = at[0.0], at[ACROSS / 2], at[max(at)]
    return (
        f"Deficit against position, one curve per kappa. That of the largest is at {centre:.2f} at the centre of the "
        f"shaded patch, at {edge:.2f} at its edge and at {outside:.2f} at position {max(at):g}."
    )


@figure(
    "patch-across",
    chapter=CHAPTER,
    summary="Deficit across a patch of one l, waves from both sides",
    caption=_across_caption,
    alt=_across_alt,
)
def across(filling_length: Annotated[float, Range(0.0, 2.0, "filling length", "l")] = 0.4) -> pd.DataFrame:
    """Mean over both directions of the deficit at ``filling_length`` (l) against the position on the patch."""
    table = recorded()
    table = table[(table["length"] == ACROSS) & (table["rms"] == 0.0) & (table["kappa"] >= 1.0)]
    table = table[(table["shape"] == "smooth") & (table["height"] == 0.0)]
    rows = []
    for (kappa, position), group in table.groupby(["kappa", "position"]):
        first = group.drop_duplicates("filling_length").sort_values("filling_length")
        value = float(np.interp(filling_length, first["filling_length"], first["excess"]))
        rows.append({"kappa": kappa, "position": position, "one_side": value, "error": group["error"].max()})
    one = pd.DataFrame(rows)
    mirrored = one.assign(position=-one["position"]).rename(columns={"one_side": "other_side"})
    both = one.merge(mirrored.drop(columns="error"), on=["kappa", "position"])
    return both.assign(excess=0.5 * (both["one_side"] + both["other_side"]))


@across.drawing
def _draw_across(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.3))
    axes = canvas.subplots()
    for (kappa, group), look in zip(table.groupby("kappa"), shaded(table["kappa"].nunique()), strict=True):
        axes.plot(group["position"], group["excess"], **look, label=f"{kappa:g}")
    axes.axvspan(-0.5, 0.5, color="#999999", alpha=0.15, lw=0)
    axes.set(xlabel=r"position on the patch / $\ell$", ylabel=EXCESS)
    canvas.legend(title=r"$\kappa$", fontsize=8.5, ncols=6, loc="outside upper center")
    note_error(canvas, table)
    return canvas


def _heights_caption(table: pd.DataFrame, kappa: float, length: float) -> str:
    above = " and ".join(f"{height:g}" for height in sorted(table["height"].unique())[1:])
    return rf"""Deficit at the surface and at {above} $\lambda$ above the centre of a patch of $L = {length:g}\,\ell$ at
    $\kappa = {kappa:g}$. {RECORD}"""


def _heights_alt(table: pd.DataFrame) -> str:
    curves = table.groupby("height")["excess"]
    ends = ", ".join(f"from {e.iloc[0]:.2f} to {e.iloc[-1]:.2f} at height {height:g}" for height, e in curves)
    start, end = table["filling_length"].min(), table["filling_length"].max()
    return (
        f"{len(curves)} curves of deficit against filling length, flat up to half the patch length. From {start:g} to "
        f"{end:g} they go {ends}."
    )


@figure(
    "patch-heights",
    chapter=CHAPTER,
    summary="Deficit above the centre of a patch at three heights",
    caption=_heights_caption,
    alt=_heights_alt,
)
def heights(
    kappa: Kappa = 50.0, length: Annotated[float, Choice(LENGTHS, "length of the patch", "l")] = 1.0
) -> pd.DataFrame:
    """Deficit at three heights (lambda) above the centre of a smooth patch against filling length (l)."""
    table = recorded()
    table = pd.concat([smooth(table, kappa=kappa, length=length, height=z) for z in (0.0, 1.0, 3.0)])
    return table[["height", "filling_length", "excess", "error"]].reset_index(drop=True)


@heights.drawing
def _draw_heights(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.3))
    axes = canvas.subplots()
    for (height, group), mark in zip(table.groupby("height"), style.MARKERS, strict=False):
        start = group["filling_length"].iloc[0]
        shown = group[group["filling_length"] <= start + 0.12]
        axes.plot(
            np.concatenate(([0.9 * start], shown["filling_length"])),
            np.concatenate(([group["excess"].iloc[0]], shown["excess"])),
            marker=mark,
            ms=4,
            label=f"{height:g}",
        )
    axes.set(xlabel=r"filling length / $\ell$", ylabel=EXCESS)
    axes.legend(title=r"height / $\lambda$")
    note_error(canvas, table)
    return canvas


def _shapes_caption(table: pd.DataFrame, kappa: float, length: float) -> str:
    chord, flat = (table.loc[table["case"] == case, "excess"].to_numpy() for case in ("chord", "flat-topped"))
    coincide = ", the two alike to the eye" if len(chord) == len(flat) and together(chord, flat) else ""
    return rf"""Left: a patch of ${length:g}\,\ell$ at $\kappa = {kappa:g}$, joined smoothly, cut off along a chord, or
    raised to a flat top: the kink and the cliff fill it faster{coincide}. Right: flat ground with random hills,
    correlation length $0.5\,\ell$, mean of four; hills as high as $\lambda$ scatter only part of the trapped waves
    out. {RECORD}"""


def _shapes_alt(table: pd.DataFrame) -> str:
    ends = table.groupby("case", sort=False).last()
    shown = ", ".join(f"{case} at {end:.3f}" for case, end in ends["excess"].items())
    return (
        f"{len(ends)} curves of deficit against filling length that start near {table['excess'].min():.3f}: left, "
        f"three ends of a patch; right, hills, the higher the more they rise. At their last points: {shown}."
    )


@figure(
    "patch-shapes",
    chapter=CHAPTER,
    summary="Three ends of a patch, and rough ground",
    caption=_shapes_caption,
    alt=_shapes_alt,
)
def shapes(
    kappa: Kappa = 2.0, length: Annotated[float, Choice(SHAPED, "length of the patch", "l")] = 0.3
) -> pd.DataFrame:
    """Deficit against filling length (l): three shapes of one patch, and flat ground with hills (mean of four)."""
    table = recorded()
    ends = table[(table["kappa"] == kappa) & (table["length"] == length) & (table["position"] == 0.0)]
    ends = ends[(ends["height"] == 0.0) & (ends["rms"] == 0.0)].assign(case=ends["shape"])
    rough = table[table["rms"] > 0.0].assign(case=lambda t: "hills of rms " + t["rms"].map("{:g}".format))
    columns = ["case", "filling_length", "excess", "error"]
    return pd.concat([ends, rough])[columns].groupby(columns[:2], sort=False).mean().reset_index()


@shapes.drawing
def _draw_shapes(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.6))
    left, right = canvas.subplots(1, 2, sharey=True)
    for (case, group), mark in zip(table.groupby("case", sort=False), style.MARKERS, strict=False):
        hills = case.startswith("hills")
        shown = group if hills else group[group["filling_length"] < 3.0]
        (right if hills else left).plot(shown["filling_length"], shown["excess"], marker=mark, ms=4, label=case)
    left.set(xlabel=r"filling length / $\ell$", ylabel=EXCESS, title="ends of a patch")
    right.set(xlabel=r"filling length / $\ell$", title=r"flat ground with hills ($\lambda$)")
    for axes in (left, right):
        axes.title.set_fontsize(10)
        axes.legend(fontsize=8.5, loc="center right" if axes is left else "upper right")
    note_error(canvas, table)
    return canvas
