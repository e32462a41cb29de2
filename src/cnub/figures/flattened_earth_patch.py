"""Figures of the chapter on the flattened Earth from the recorded run `patch_scan`: how soon the centre is filled."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.figure import Figure as Canvas

from cnub import runs
from cnub.figures import style
from cnub.figures.parameters import Choice
from cnub.figures.registry import figure
from cnub.grazing.gallery import critical_curvature

CHAPTER = "flattened_earth"
RECORD = "Recorded run `patch_scan`; error by halving the steps."
"""The end of every caption of these figures."""
KAPPAS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
LENGTHS = (0.0, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
"""Curvatures and lengths (l) of the recorded patches; the ends of a patch have three shapes for those that follow."""
SHAPED = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
ACROSS = 1.0
"""Length (l) of the patches that were recorded at several positions."""

Kappa = Annotated[float, Choice(KAPPAS, "curvature of the ground")]

EXCESS = r"$(n/n_0-1)/\sqrt{2\delta}$"


@lru_cache(maxsize=1)
def recorded() -> pd.DataFrame:
    """The rows of the recorded run: piece, station, excess and error."""
    return pd.DataFrame(runs.results("patch_scan")["columns"]).drop_duplicates(ignore_index=True)


def smooth(table: pd.DataFrame, **equal: object) -> pd.DataFrame:
    """The rows of smooth patches seen from their centre that have the values ``equal``."""
    plain = table[(table["rms"] == 0.0) & (table["position"] == 0.0)]
    wanted = {"shape": "smooth", "height": 0.0} | equal
    for name, value in wanted.items():
        plain = plain[plain[name] == value]
    return plain


def note_error(canvas: Canvas, table: pd.DataFrame) -> None:
    """Say at the foot of a figure how large the errors of its rows are."""
    canvas.supxlabel(f"numerical error at most {1.05 * table['error'].max():.1e}", fontsize=8, x=0.99, ha="right")


def colours(count: int) -> np.ndarray:
    """``count`` colours in their order, the light end of the map left out."""
    return colormaps[style.SEQUENTIAL](np.linspace(0.0, 0.92, count))


def shaded(count: int) -> list[dict[str, object]]:
    """The looks of ``count`` curves in their order: shade and mark."""
    marks = style.MARKERS[:count]
    return [{"color": c, "ls": "-", "marker": m, "ms": 4} for c, m in zip(colours(count), marks, strict=True)]


def _round_caption(table: pd.DataFrame) -> str:
    return rf"""Deficit at the surface of the round Earth against the filling length. For $\kappa \gg 1$ it is gone
    after $2/\kappa$, where the ground has tilted by twice the critical angle; for $\kappa \ll 1$ it first drops to the
    share of the gallery and then fades wave by wave. Dotted: the plane. {RECORD}"""


def _round_alt(table: pd.DataFrame) -> str:
    last = table.groupby("kappa")["excess"].last()
    return (
        f"{len(last)} curves of deficit against filling length on a logarithmic axis, from {table['excess'].min():.3f} "
        f"up; those for large kappa rise first. At their last points that of kappa {last.index[0]:g} is at "
        f"{last.iloc[0]:.3f}, that of {last.index[-1]:g} at {last.iloc[-1]:.3f}."
    )


@figure(
    "patch-round",
    chapter=CHAPTER,
    summary="Deficit over round ground against the filling length",
    caption=_round_caption,
    alt=_round_alt,
)
def round_ground() -> pd.DataFrame:
    """Deficit at the surface of the sphere against filling length (l), per kappa; with its error."""
    table = smooth(recorded(), length=0.0)
    return table[["kappa", "filling_length", "excess", "error"]].reset_index(drop=True)


@round_ground.drawing
def _draw_round(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.9))
    axes = canvas.subplots()
    for (kappa, group), look in zip(table.groupby("kappa"), shaded(table["kappa"].nunique()), strict=True):
        shown = group[group["filling_length"] > 0]
        axes.semilogx(shown["filling_length"], shown["excess"], **look, label=f"{kappa:g}")
    axes.axhline(-2 / 3, color=style.BLACK, lw=0.8, ls=":")
    axes.set(xlabel=r"filling length / $\ell$", ylabel=EXCESS, ylim=(-0.75, 0.05))
    canvas.legend(title=r"$\kappa$", fontsize=8, ncols=5, loc="outside upper center")
    note_error(canvas, table)
    return canvas


def _lengths_caption(table: pd.DataFrame) -> str:
    return rf"""Deficit at the centre of a smoothly joined patch against the filling length beyond half its own, in
    units of $1/\kappa$. Up to $L/2$ the patch is the plane. Beyond it is filled from its sides: within $2/\kappa$ for
    any length, unless the sphere around it is so gentle that it holds trapped waves. {RECORD}"""


def _lengths_alt(table: pd.DataFrame) -> str:
    deepest = table[table["beyond"].between(2.0, 10.0)].groupby("kappa")["excess"].min()
    left = ", ".join(f"{lowest:.2f} at kappa {kappa:g}" for kappa, lowest in deepest.items())
    return (
        f"{table['kappa'].nunique()} panels with one curve per patch length. All start at {table['excess'].min():.3f}; "
        f"beyond two the deepest of them are still at {left}."
    )


@figure(
    "patch-lengths",
    chapter=CHAPTER,
    summary="Deficit at the centre of patches behind their edge",
    caption=_lengths_caption,
    alt=_lengths_alt,
)
def lengths(gentle: Kappa = 0.2, middle: Kappa = 2.0, steep: Kappa = 50.0) -> pd.DataFrame:
    """Deficit at the centre of smooth patches against the filling length beyond half their own, per L and kappa."""
    table = recorded()
    table = pd.concat([smooth(table, kappa=k) for k in sorted({gentle, middle, steep})])
    return table[["kappa", "length", "beyond", "excess", "error"]].reset_index(drop=True)


@lengths.drawing
def _draw_lengths(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.9))
    panels = np.atleast_1d(canvas.subplots(1, table["kappa"].nunique(), sharey=True))
    for axes, (kappa, part) in zip(panels, table.groupby("kappa"), strict=True):
        shades = iter(colours(part["length"].nunique()))
        for place, (length, group) in enumerate(part.groupby("length")):
            shown = group[group["beyond"] <= 10.0]
            marked = {"marker": "o", "ms": 3.5} if place >= len(style.DASHES) else {}
            axes.plot(shown["beyond"], shown["excess"], color=next(shades), lw=1.4, label=f"{length:g}", **marked)
        axes.set_xscale("symlog", linthresh=1.0)
        axes.set_xticks([0, 1, 3, 10], ["0", "1", "3", "10"])
        axes.set_title(rf"$\kappa = {kappa:g}$", fontsize=10)
        axes.set_xlabel(r"$(X_0 - L/2)\,\kappa$ / $\ell$")
    panels[0].set_ylabel(EXCESS)
    handles, labels = panels[0].get_legend_handles_labels()
    canvas.legend(handles, labels, title=r"$L/\ell$", loc="outside upper center", ncols=5, fontsize=8)
    note_error(canvas, table)
    return canvas


def _map_caption(table: pd.DataFrame) -> str:
    return rf"""Filling length beyond $L/2$ after which half of the deficit is left at the centre, against $\kappa$, per
    patch length; dashed: the distance $2/\kappa$ at which the ground has tilted by twice the critical angle. Left of
    the dotted line the sphere holds trapped waves. {RECORD}"""


def _map_alt(table: pd.DataFrame) -> str:
    ratio = 0.5 * table["half_filled"] * table["kappa"]
    free, trapping = ratio[table["kappa"] > critical_curvature()], ratio[table["kappa"] < critical_curvature()]
    return (
        "Falling lines on logarithmic axes of filling length against kappa. Right of the dotted line they lie at "
        f"{free.min():.2f} to {free.max():.2f} of the dashed line, left of it at {trapping.min():.2f} to "
        f"{trapping.max():.0f} of it."
    )


@figure(
    "patch-map",
    chapter=CHAPTER,
    summary="Filling length behind the edge at which half is filled",
    caption=_map_caption,
    alt=_map_alt,
)
def half_filled() -> pd.DataFrame:
    """Filling length beyond L/2, in l, at which half of the deficit is left, against kappa per L."""
    rows = []
    for (kappa, length), group in smooth(recorded()).groupby(["kappa", "length"]):
        left, beyond = group["excess"].to_numpy() / group["excess"].iloc[0], group["beyond"].to_numpy()
        half = float(np.interp(0.5, 1.0 - left, beyond)) if left.min() < 0.5 else np.nan
        rows.append({"kappa": kappa, "length": length, "half_filled": half / kappa, "error": group["error"].max()})
    return pd.DataFrame(rows)


@half_filled.drawing
def _draw_half(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.9))
    axes = canvas.subplots()
    chosen = table[table["length"].isin([0.0, 0.1, 0.3, 1.0, 10.0, 100.0])]
    for (length, group), look in zip(chosen.groupby("length"), shaded(chosen["length"].nunique()), strict=True):
        axes.loglog(group["kappa"], group["half_filled"], **look, label=f"{length:g}")
    kappa = np.geomspace(0.05, 50.0, 9)
    axes.loglog(kappa, 2.0 / kappa, color=style.BLACK, lw=0.9, ls="--", label=r"$2/\kappa$")
    axes.axvline(critical_curvature(), color=style.BLACK, lw=0.8, ls=":")
    axes.set(xlabel=r"$\kappa$", ylabel=r"$X_0 - L/2$ of half filling, in $\ell$")
    axes.legend(title=r"$L/\ell$", fontsize=8.5)
    note_error(canvas, table)
    return canvas
