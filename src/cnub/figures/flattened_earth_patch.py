"""Figures of the chapter on the flattened Earth that show the recorded run `patch_scan`."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.figure import Figure as Canvas

from cnub import runs
from cnub.figures import style
from cnub.figures.parameters import Choice, Range
from cnub.figures.registry import figure
from cnub.grazing.gallery import critical_curvature

KAPPAS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
LENGTHS = (0.0, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
"""Curvatures and lengths (l) of the recorded patches; the ends of a patch have three shapes for those that follow."""
SHAPED = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
ACROSS = 1.0
"""Length (l) of the patches that were recorded at several positions."""

Kappa = Annotated[float, Choice(KAPPAS, "curvature of the ground")]

_EXCESS = r"$(n/n_0-1)/\sqrt{2\delta}$"


@lru_cache(maxsize=1)
def recorded() -> pd.DataFrame:
    """The rows of the recorded run: piece, station, excess and error."""
    return pd.DataFrame(runs.results("patch_scan")["columns"]).drop_duplicates(ignore_index=True)


def _smooth(table, **equal):
    plain = table[(table["rms"] == 0.0) & (table["position"] == 0.0)]
    wanted = {"shape": "smooth", "height": 0.0} | equal
    for name, value in wanted.items():
        plain = plain[plain[name] == value]
    return plain


def _note_error(canvas, table):
    canvas.supxlabel(f"numerical error at most {1.05 * table['error'].max():.1e}", fontsize=8, x=0.99, ha="right")


@figure("patch-round", chapter="flattened_earth", summary="Deficit over round ground against the filling length")
def round_ground() -> pd.DataFrame:
    """Deficit at the surface of the sphere against filling length (l), per kappa; with its error."""
    table = _smooth(recorded(), length=0.0)
    return table[["kappa", "filling_length", "excess", "error"]].reset_index(drop=True)


@round_ground.drawing
def _draw_round(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.9))
    axes = canvas.subplots()
    colours = iter(_colours(table["kappa"].nunique()))
    for kappa, group in table.groupby("kappa"):
        shown = group[group["filling_length"] > 0]
        axes.semilogx(shown["filling_length"], shown["excess"], "o-", ms=3, color=next(colours), label=f"{kappa:g}")
    axes.axhline(-2 / 3, color=style.BLACK, lw=0.8, ls=":")
    axes.set(xlabel=r"filling length / $\ell$", ylabel=_EXCESS, ylim=(-0.75, 0.05))
    canvas.legend(title=r"$\kappa$", fontsize=8, ncols=5, loc="outside upper center")
    _note_error(canvas, table)
    return canvas


@figure("patch-lengths", chapter="flattened_earth", summary="Deficit at the centre of patches behind their edge")
def lengths(gentle: Kappa = 0.2, middle: Kappa = 2.0, steep: Kappa = 50.0) -> pd.DataFrame:
    """Deficit at the centre of smooth patches against the filling length beyond half their own, per L and kappa."""
    table = recorded()
    table = pd.concat([_smooth(table, kappa=k) for k in sorted({gentle, middle, steep})])
    return table[["kappa", "length", "beyond", "excess", "error"]].reset_index(drop=True)


@lengths.drawing
def _draw_lengths(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.9))
    panels = np.atleast_1d(canvas.subplots(1, table["kappa"].nunique(), sharey=True))
    for axes, (kappa, part) in zip(panels, table.groupby("kappa"), strict=True):
        colours = iter(_colours(part["length"].nunique()))
        for length, group in part.groupby("length"):
            shown = group[group["beyond"] <= 10.0]
            axes.plot(shown["beyond"], shown["excess"], color=next(colours), lw=1.4, label=f"{length:g}")
        axes.set_xscale("symlog", linthresh=1.0)
        axes.set_xticks([0, 1, 3, 10], ["0", "1", "3", "10"])
        axes.set_title(rf"$\kappa = {kappa:g}$", fontsize=10)
        axes.set_xlabel(r"$(X_0 - L/2)\,\kappa$ / $\ell$")
    panels[0].set_ylabel(_EXCESS)
    handles, labels = panels[0].get_legend_handles_labels()
    canvas.legend(handles, labels, title=r"$L/\ell$", loc="outside upper center", ncols=5, fontsize=8)
    _note_error(canvas, table)
    return canvas


@figure("patch-map", chapter="flattened_earth", summary="Filling length behind the edge at which half is filled")
def half_filled() -> pd.DataFrame:
    """Filling length beyond L/2, in l, at which half of the deficit is left, against kappa per L."""
    rows = []
    for (kappa, length), group in _smooth(recorded()).groupby(["kappa", "length"]):
        left, beyond = group["excess"].to_numpy() / group["excess"].iloc[0], group["beyond"].to_numpy()
        half = float(np.interp(0.5, 1.0 - left, beyond)) if left.min() < 0.5 else np.nan
        rows.append({"kappa": kappa, "length": length, "half_filled": half / kappa, "error": group["error"].max()})
    return pd.DataFrame(rows)


@half_filled.drawing
def _draw_half(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.9))
    axes = canvas.subplots()
    chosen = table[table["length"].isin([0.0, 0.1, 0.3, 1.0, 10.0, 100.0])]
    colours = iter(_colours(chosen["length"].nunique()))
    for length, group in chosen.groupby("length"):
        axes.loglog(group["kappa"], group["half_filled"], "o-", ms=3, color=next(colours), label=f"{length:g}")
    kappa = np.geomspace(0.05, 50.0, 9)
    axes.loglog(kappa, 2.0 / kappa, color=style.BLACK, lw=0.9, ls="--", label=r"$2/\kappa$")
    axes.axvline(critical_curvature(), color=style.BLACK, lw=0.8, ls=":")
    axes.set(xlabel=r"$\kappa$", ylabel=r"$X_0 - L/2$ of half filling, in $\ell$")
    axes.legend(title=r"$L/\ell$", fontsize=8.5)
    _note_error(canvas, table)
    return canvas


@figure("patch-heights", chapter="flattened_earth", summary="Deficit above the centre of a patch at three heights")
def heights(
    kappa: Kappa = 50.0, length: Annotated[float, Choice(LENGTHS, "length of the patch", "l")] = 1.0
) -> pd.DataFrame:
    """Deficit at three heights (lambda) above the centre of a smooth patch against filling length (l)."""
    table = recorded()
    table = pd.concat([_smooth(table, kappa=kappa, length=length, height=z) for z in (0.0, 1.0, 3.0)])
    return table[["height", "filling_length", "excess", "error"]].reset_index(drop=True)


@heights.drawing
def _draw_heights(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.3))
    axes = canvas.subplots()
    for height, group in table.groupby("height"):
        start = group["filling_length"].iloc[0]
        shown = group[group["filling_length"] <= start + 0.12]
        axes.plot(
            np.concatenate(([0.9 * start], shown["filling_length"])),
            np.concatenate(([group["excess"].iloc[0]], shown["excess"])),
            "o-",
            ms=3,
            label=f"{height:g}",
        )
    axes.set(xlabel=r"filling length / $\ell$", ylabel=_EXCESS)
    axes.legend(title=r"height / $\lambda$")
    _note_error(canvas, table)
    return canvas


@figure("patch-across", chapter="flattened_earth", summary="Deficit across a patch of one l, waves from both sides")
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
    colours = iter(_colours(table["kappa"].nunique()))
    for kappa, group in table.groupby("kappa"):
        axes.plot(group["position"], group["excess"], "o-", ms=3, color=next(colours), label=f"{kappa:g}")
    axes.axvspan(-0.5, 0.5, color="#999999", alpha=0.15, lw=0)
    axes.set(xlabel=r"position on the patch / $\ell$", ylabel=_EXCESS)
    canvas.legend(title=r"$\kappa$", fontsize=8.5, ncols=6, loc="outside upper center")
    _note_error(canvas, table)
    return canvas


@figure("patch-shapes", chapter="flattened_earth", summary="Three ends of a patch, and rough ground")
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
    for case, group in table.groupby("case", sort=False):
        hills = case.startswith("hills")
        shown = group if hills else group[group["filling_length"] < 3.0]
        (right if hills else left).plot(shown["filling_length"], shown["excess"], "o-", ms=3, label=case)
    left.set(xlabel=r"filling length / $\ell$", ylabel=_EXCESS, title="ends of a patch")
    right.set(xlabel=r"filling length / $\ell$", title=r"flat ground with hills ($\lambda$)")
    for axes in (left, right):
        axes.title.set_fontsize(10)
        axes.legend(fontsize=8.5, loc="center right" if axes is left else "upper right")
    _note_error(canvas, table)
    return canvas


def _colours(count: int) -> np.ndarray:
    # the light end of the map is left out
    return colormaps[style.SEQUENTIAL](np.linspace(0.0, 0.92, count))
