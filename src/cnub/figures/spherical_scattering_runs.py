"""Figures of the chapter on spherical scattering that show recorded runs: the crossover map and the filling times."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import NullFormatter

from cnub.constants import AGE_OF_EARTH_S, JULIAN_YEAR_S
from cnub.figures import style
from cnub.figures.registry import figure
from cnub.runs import recorded, results
from cnub.sphere.curvature import FIRST_TRAPPED

CHAPTER = "spherical_scattering"
_ANSWERS = {"filled": "all states filled", "one_k": "at exactly one $k$", "empty": "trapped states empty"}
_COLOURS = {"filled": style.BLUE, "one_k": style.SKY, "empty": style.VERMILION}
EARTH_SIZE = 1.7e10
"""kR of the Earth at the mean momentum."""


def _maps() -> dict[str, np.ndarray]:
    with np.load(recorded("crossover_map", "maps.npz")) as maps:
        return {name: maps[name] for name in maps.files}


def _grid(maps: dict[str, np.ndarray], which: str, answers: tuple[str, ...]) -> pd.DataFrame:
    sizes, deltas = np.meshgrid(maps[f"{which}_sizes"], maps[f"{which}_deltas"], indexing="ij")
    base = {"kR": sizes.ravel(), "delta": deltas.ravel()}
    parts = [pd.DataFrame(base | {"answer": a, "excess": maps[f"{which}_{a}"].ravel()}) for a in answers]
    return pd.concat(parts, ignore_index=True)


@figure(
    "sphere-crossover", chapter=CHAPTER, summary="Map of dn/sqrt(2 delta) over kR and delta, by which states are filled"
)
def crossover() -> pd.DataFrame:
    """The recorded grid of 2404.11664: excess over sqrt(2 delta), all states filled, at one k, trapped states empty."""
    return _grid(_maps(), "near", tuple(_ANSWERS))


@crossover.drawing
def _draw_crossover(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.1))
    panels = canvas.subplots(1, 3, sharex=True, sharey=True)
    for axes, (answer, part) in zip(panels, table.groupby("answer", sort=False), strict=True):
        square = part.pivot(index="kR", columns="delta", values="excess")
        mesh = axes.pcolormesh(
            square.columns, square.index, square.to_numpy(), cmap=style.DIVERGING, vmin=-0.7, vmax=0.7, rasterized=True
        )
        delta = square.columns.to_numpy()
        axes.plot(delta, FIRST_TRAPPED * delta**-1.5, color="black", ls="--", lw=1.2)
        axes.set(xscale="log", yscale="log", title=_ANSWERS[answer], xlabel=r"$\delta$")
        axes.set(ylim=(square.index.min(), square.index.max()), xlim=(delta.min(), delta.max()))
        axes.title.set_fontsize(10)
        axes.set_xticks([1e-3, 1e-2], labels=["$10^{-3}$", "$10^{-2}$"])
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.grid(visible=False)
    panels[0].set_ylabel(r"$kR$")
    bar = canvas.colorbar(mesh, ax=panels, shrink=0.9)
    bar.ax.set_label("<colorbar>")
    bar.set_label(r"$(n/n_0-1)/\sqrt{2\delta}$")
    return canvas


@figure("sphere-crossover-far", chapter=CHAPTER, summary="The map to kR = 1e12 falls on one curve of kR delta^1.5")
def crossover_far() -> pd.DataFrame:
    """Excess over sqrt(2 delta) against kR delta^1.5 from the recorded grid that reaches kR = 1e12."""
    table = _grid(_maps(), "far", ("filled", "empty"))
    return table.assign(criterion=table["kR"] * table["delta"] ** 1.5)


@crossover_far.drawing
def _draw_crossover_far(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.5))
    axes = canvas.subplots()
    for answer, part in table.groupby("answer", sort=False):
        axes.semilogx(
            part["criterion"],
            part["excess"],
            ".",
            ms=2.5,
            color=_COLOURS[answer],
            label=_ANSWERS[answer],
            rasterized=True,
        )
    axes.axhline(-2 / 3, color="black", ls=":", lw=1.2, label=r"plane with empty trapped states, $-2/3$")
    axes.axvline(FIRST_TRAPPED, color="black", ls="--", lw=1.2)
    axes.set(xlabel=r"$kR\,\delta^{3/2}$", ylabel=r"$(n/n_0-1)/\sqrt{2\delta}$", ylim=(-0.75, 0.12))
    axes.legend(loc="lower left", markerscale=4)
    return canvas


@figure(
    "sphere-filling", chapter=CHAPTER, summary="Time to fill the narrowest trapped wave of the Earth against momentum"
)
def filling() -> pd.DataFrame:
    """Recorded filling times (log10 of years) and kR delta^1.5 of the relic gas against momentum over its mean."""
    maps = _maps()
    names = ("momentum_over_mean", "gas_below", "kR", "delta", "trapped_waves", "log10_filling_years", "unfilled_waves")
    return pd.DataFrame({name: maps[f"gas_{name}"] for name in names})


@filling.drawing
def _draw_filling(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.4))
    left, right = canvas.subplots(1, 2)
    some = table[table["trapped_waves"] > 0]
    left.plot(some["momentum_over_mean"], some["log10_filling_years"], color=style.BLUE)
    left.axhline(np.log10(AGE_OF_EARTH_S / JULIAN_YEAR_S), color="black", ls=":", lw=1.4, label="age of the Earth")
    left.set(xlabel=r"momentum $/\langle p\rangle$", ylabel=r"$\log_{10}$ (filling time / yr)", xscale="log")
    left.set(ylim=(-16, 60), xlim=(0.01, 0.1))
    left.xaxis.set_minor_formatter(NullFormatter())
    left.legend(loc="upper right")
    right.loglog(table["momentum_over_mean"], table["gas_below"], color="black", label="gas that is slower")
    right.loglog(some["momentum_over_mean"], some["trapped_waves"], color=style.GREEN, label="trapped waves")
    right.set(xlabel=r"momentum $/\langle p\rangle$", ylabel="share of the gas; number of waves")
    right.legend(loc="lower right", fontsize=9)
    return canvas


_METHODS = {
    "contour": (style.BLUE, "O(1) integral"),
    "direct": (style.BLACK, "direct sum"),
    "scipy jv, yv": (style.VERMILION, "SciPy jv, yv"),
    "scipy spherical_jn, spherical_yn": (style.ORANGE, "SciPy spherical_jn, _yn"),
    "arb": (style.PURPLE, "Arb, one wave × number"),
}


@figure(
    "sphere-benchmark", chapter=CHAPTER, summary="Cost and error of the sum over waves against kR, and of libraries"
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
        colour, label = _METHODS[method]
        left.loglog(part["kR"], part["seconds"], "o-", ms=3.5, color=colour, label=label)
        known = part[part["error_over_delta"] > 0]
        if len(known):
            right.loglog(known["kR"], known["error_over_delta"], "o-", ms=3.5, color=colour)
    left.axhline(2 * 86400, color="black", ls=":", lw=1.2)
    left.text(1.3e3, 2.6 * 86400, "two days", va="bottom")
    left.axvline(EARTH_SIZE, color="black", ls="--", lw=1.0)
    left.set(xlabel=r"$kR$", ylabel="seconds per answer", ylim=(3e-5, 3e7), xticks=(1e3, 1e6, 1e9, 1e12))
    right.set(xlabel=r"$kR$", ylabel=r"difference from the direct sum $/|\delta|$")
    canvas.legend(*left.get_legend_handles_labels(), loc="outside upper center", ncols=3, fontsize=9)
    return canvas


@figure("sphere-bessel-accuracy", chapter=CHAPTER, summary="Worst error of J and Y from order 1e2 to 1e13, by region")
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
    for region, part in table.groupby("region", sort=False):
        axes.loglog(part["order"], part["error"], "o-", ms=3.5, lw=1.2, label=region)
    axes.axhline(1e-13, color="black", ls=":", lw=1.2)
    axes.set(xlabel=r"order $\nu$", ylabel="worst error / modulus", ylim=(5e-17, 3e-13))
    canvas.legend(loc="outside upper center", ncols=3, fontsize=8.5)
    return canvas
