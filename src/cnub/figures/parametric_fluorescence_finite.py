"""Figure of the chapter on parametric fluorescence: what a target of finite size keeps of the resonance."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.constants import METRE
from cnub.figures import style
from cnub.figures.registry import figure
from cnub.fluorescence.polariton import finite_share
from cnub.fluorescence.target import LATER_LARGE, LATER_SMALL, NOMINAL, Target

TIMES_S = (1e-8, 1e-5)
SLOPES = (1.0, 1e-2)
DASHES = {1.0: "-", 1e-2: "--"}
TARGETS = {"27 m³, 10 ns": NOMINAL["M1"], "5 m³, 10 ns": LATER_LARGE, "5 cm³, 10 µs": LATER_SMALL}


def _caption(table: pd.DataFrame) -> str:
    shares = table[table["kind"] == "target"].set_index("target")["share"]
    told = ", ".join(f"{style.tex(share, 2)} ({name})" for name, share in shares.items())
    return rf"""Share of the first-order peak rate that a target keeps, $1-(1-e^{{-x}})/x$ with
    $x = \Gamma_v L\,(1/s+1/v_j)/2$, against its edge $L$, for a slope $s = d\omega/dk$ of the photon and $v_j = 1$.
    Marks, $s = 1$: the paper's target and the two of a later version's abstract, {told}."""


def _alt(table: pd.DataFrame) -> str:
    marks = table[table["kind"] == "target"]
    return (
        f"Lines that rise with the edge and level off at one, where light takes longer than the coherence time; for "
        f"{len(TIMES_S)} coherence times, slow light further left. Marks from {marks['share'].min():.1e} to "
        f"{marks['share'].max():.2f}."
    )


def _share(target: Target, slope: float) -> float:
    return finite_share(target.width, target.volume_m3 ** (1 / 3) * METRE, photon_slope=slope)


@figure(
    "fluorescence-finite",
    chapter="parametric_fluorescence",
    summary="Share of the resonance that a target of finite size keeps",
    caption=_caption,
    alt=_alt,
)
def finite() -> pd.DataFrame:
    """Share of the first-order rate against the edge (m), for coherence times (s) and slopes of the photon band."""
    rows = []
    for time in TIMES_S:
        for slope in SLOPES:
            for edge in np.geomspace(1e-3, 1e5, 81):
                target = Target(float(edge) ** 3, NOMINAL["M1"].density_per_cm3, time)
                rows.append(("curve", "", time, slope, edge, _share(target, slope)))
    for name, target in TARGETS.items():
        edge = target.volume_m3 ** (1 / 3)
        rows.append(("target", name, target.coherence_time_s, 1.0, edge, _share(target, 1.0)))
    return pd.DataFrame(rows, columns=["kind", "target", "coherence_time_s", "slope", "edge_m", "share"])


@finite.drawing
def _draw(table: pd.DataFrame) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    curves, marks = (table[table["kind"] == kind] for kind in ("curve", "target"))
    colours, widths = dict(zip(TIMES_S, style.CYCLE, strict=False)), dict(zip(TIMES_S, (2.2, 1.1), strict=True))
    for (time, slope), part in curves.groupby(["coherence_time_s", "slope"], sort=False):
        label = rf"{style.seconds(time)}, $d\omega/dk = {slope:g}$"
        axes.loglog(part["edge_m"], part["share"], color=colours[time], ls=DASHES[slope], lw=widths[time], label=label)
    for row, marker in zip(marks.itertuples(), "^sD", strict=True):
        axes.plot(row.edge_m, row.share, marker, color="k", ms=7, ls="none", label=row.target)
    axes.set(xlabel="edge of the target (m)", ylabel="share of the peak rate", ylim=(1e-8, 3))
    axes.legend(loc="lower right")
    return canvas
