"""Figures of the chapter on spherical scattering that show recorded runs: what a sum costs, how exact J and Y are."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.figures import style
from cnub.figures.registry import figure
from cnub.runs import results

CHAPTER = "spherical_scattering"
TWO_DAYS_S = 2 * 86400
"""What the talk's sum took."""
WORST_SHOWN = 1e-13
"""The dotted line of the accuracy."""
_METHODS = {
    "contour": (style.BLUE, "o", "O(1) integral"),
    "direct": (style.BLACK, "s", "direct sum"),
    "scipy jv, yv": (style.VERMILION, "^", "SciPy jv, yv"),
    "scipy spherical_jn, spherical_yn": (style.ORANGE, "D", "SciPy spherical_jn, _yn"),
    "arb": (style.PURPLE, "v", "Arb, one wave × number"),
}


def _benchmark_caption(table: pd.DataFrame) -> str:
    delta, threads = results("sphere_benchmark")["delta"], results("earth_direct")["threads"]
    return rf"""Left: time per answer against size, $\delta =$ {style.tex(delta)}; the last point of the direct sum is
    the run over the Earth, on {threads} cores. Arb: the time of one wave times their number. Dotted: the talk's two
    days; dashed: the Earth. Right: difference from the direct sum. Recorded runs `sphere_benchmark` and
    `earth_direct`."""


def _benchmark_alt(table: pd.DataFrame) -> str:
    last = table.sort_values("kR").groupby("method").last()
    integral = table.loc[table["method"] == "contour", "seconds"]
    ends = "; ".join(
        f"{_METHODS[method][2]} {last.loc[method, 'seconds']:.1g} s at kR = {last.loc[method, 'kR']:.0e}"
        for method in _METHODS
        if method != "contour"
    )
    return (
        f"The time of the integral stays between {1e3 * integral.min():.1g} and {1e3 * integral.max():.1g} "
        f"milliseconds; that of the others grows with the size, and ends so: {ends}."
    )


@figure(
    "sphere-benchmark",
    chapter=CHAPTER,
    summary="Cost and error of the sum over waves against kR, and of libraries",
    caption=_benchmark_caption,
    alt=_benchmark_alt,
)
def benchmark() -> pd.DataFrame:
    """Recorded seconds per answer and error over |delta| against kR; Arb: seconds of one wave times their number."""
    recorded, earth = results("sphere_benchmark"), results("earth_direct")
    table = pd.DataFrame(recorded["answers"])[["method", "kR", "seconds", "error_over_delta"]]
    arb = pd.DataFrame(recorded["arb"])
    # one measured wave stands for all at the size where it lies, x = 1.4 order; the first one pays for loading
    whole = {"method": "arb", "kR": 1.4 * arb["order"], "seconds": 1.4 * arb["order"] * arb["seconds_per_wave"]}
    fastest = min(sign["direct_seconds"] for sign in earth["signs"])
    whole_earth = pd.DataFrame({"method": ["direct"], "kR": [earth["kR"]], "seconds": [fastest]})
    return pd.concat([table, whole_earth, pd.DataFrame(whole).iloc[1:]], ignore_index=True)


@benchmark.drawing
def _draw_benchmark(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.6))
    left, right = canvas.subplots(1, 2)
    for method, part in table.groupby("method", sort=False):
        colour, mark, label = _METHODS[method]
        left.loglog(part["kR"], part["seconds"], ls="-", marker=mark, ms=4, color=colour, label=label)
        known = part[part["error_over_delta"] > 0]
        if len(known):
            right.loglog(known["kR"], known["error_over_delta"], ls="-", marker=mark, ms=4, color=colour)
    left.axhline(TWO_DAYS_S, color="black", ls=":", lw=1.2)
    left.text(1.3e3, 1.3 * TWO_DAYS_S, "two days", va="bottom")
    left.axvline(results("earth_direct")["kR"], color="black", ls="--", lw=1.0)
    left.set(xlabel=r"$kR$", ylabel="seconds per answer", ylim=(3e-5, 3e7), xticks=(1e3, 1e6, 1e9, 1e12))
    right.set(xlabel=r"$kR$", ylabel=r"difference from the direct sum $/|\delta|$")
    canvas.legend(*left.get_legend_handles_labels(), loc="outside upper center", ncols=3, fontsize=9)
    return canvas


def _accuracy_caption(table: pd.DataFrame) -> str:
    return rf"""Worst error of $J_\nu(x)$, $Y_\nu(x)$ and their derivatives against arbitrary precision, relative to
    their modulus, by region of $x/\nu$. Dotted: {style.tex(WORST_SHOWN)}. Recorded run `bessel_accuracy`."""


def _accuracy_alt(table: pd.DataFrame) -> str:
    errors, orders = table["error"], np.log10(table["order"])
    return (
        f"{table['region'].nunique()} lines between {errors.min():.0e} and {errors.max():.0e} over orders from "
        f"1e{orders.min():.0f} to 1e{orders.max():.0f}; {(errors > WORST_SHOWN).sum()} of their {len(table)} points "
        "lie above the dotted line."
    )


@figure(
    "sphere-bessel-accuracy",
    chapter=CHAPTER,
    summary="Worst error of J and Y from order 1e2 to 1e13, by region",
    caption=_accuracy_caption,
    alt=_accuracy_alt,
)
def bessel_accuracy() -> pd.DataFrame:
    """Recorded worst error, relative to the modulus, per decade of order and region of argument over order."""
    recorded = results("bessel_accuracy")
    parts = [
        pd.DataFrame({"region": region, "order": [float(d) for d in recorded["decades"]], "error": errors})
        for region, errors in recorded["regions"].items()
    ]
    return pd.concat(parts, ignore_index=True)


@bessel_accuracy.drawing
def _draw_bessel_accuracy(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.4))
    axes = canvas.subplots()
    for (region, part), mark in zip(table.groupby("region", sort=False), style.MARKERS, strict=False):
        axes.loglog(part["order"], part["error"], marker=mark, ms=4.5, lw=1.2, label=region)
    axes.axhline(WORST_SHOWN, color="black", ls=":", lw=1.2)
    axes.set(xlabel=r"order $\nu$", ylabel="worst error / modulus", ylim=(5e-17, 3e-13))
    canvas.legend(loc="outside upper center", ncols=3, fontsize=8.5)
    return canvas
