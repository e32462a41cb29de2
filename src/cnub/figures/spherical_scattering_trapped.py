"""Figures of the chapter on spherical scattering: trapped waves, and the recorded run of who had time to fill them."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import NullFormatter

from cnub.constants import AGE_OF_EARTH_S, JULIAN_YEAR_S
from cnub.domain import DomainError
from cnub.figures import style
from cnub.figures.parameters import Range
from cnub.figures.registry import figure
from cnub.figures.spherical_scattering_criterion import CHAPTER, SIGNS
from cnub.runs import recorded, results
from cnub.sphere.crossover import one_k_scan
from cnub.sphere.curvature import FIRST_TRAPPED, curvature_criterion
from cnub.sphere.direct import direct_sum

_LOG_AGE = math.log10(AGE_OF_EARTH_S / JULIAN_YEAR_S)
"""Decimal logarithm of the age of the Earth in years."""
_ANSWERS = {"filled": "all states filled", "one_k": "at exactly one $k$", "empty": "trapped states empty"}
_COLOURS = {"filled": style.BLUE, "one_k": style.SKY, "empty": style.VERMILION}
RECORD = "crossover_map"
"""The recorded run of the maps and of the filling times."""


def _fixed_k_caption(table: pd.DataFrame, delta: float, lowest: float, highest: float) -> str:
    low, high = (float(curvature_criterion(kR, delta)) for kR in (lowest, highest))
    return rf"""Surface excess over $\delta$ against $kR$ at $|\delta| = {delta:g}$, where $kR\,\delta^{{3/2}}$ is
    {low:.2g} to {high:.2g}, for both signs. Dotted: means over the range."""


def _fixed_k_alt(table: pd.DataFrame) -> str:
    up, down = (table.loc[table["sign"] == sign, "ratio"] for sign in (1, -1))
    return (
        f"For positive delta the ratio goes up and down between {up.min():.2f} and {up.max():.2f} around "
        f"{up.mean():.2f}; for negative delta it stays between {down.min():.3f} and {down.max():.3f}."
    )


@figure(
    "sphere-fixed-k",
    chapter=CHAPTER,
    summary="Trapped waves: the sum at one k jumps, its average does not",
    caption=_fixed_k_caption,
    alt=_fixed_k_alt,
)
def fixed_k(
    delta: Annotated[float, Range(1e-3, 0.1, "size of the refraction")] = 0.1,
    lowest: Annotated[float, Range(10.0, 5e3, "smallest ball", "1/k")] = 60.0,
    highest: Annotated[float, Range(10.0, 5e3, "largest ball", "1/k")] = 68.0,
) -> pd.DataFrame:
    """Surface excess over delta against kR for both signs, at fixed k, and its mean over the range."""
    if highest <= lowest:
        raise DomainError(f"highest must be above lowest; got {highest:g} and {lowest:g}")
    scan = one_k_scan(delta, lowest, highest, 241)
    opposite = [-direct_sum(x, -delta)[0] / delta for x in scan["kR"]]
    parts = [
        pd.DataFrame({"sign": sign, "kR": scan["kR"], "ratio": ratio, "mean": np.mean(ratio)})
        for sign, ratio in ((1, scan["one_k"]), (-1, opposite))
    ]
    return pd.concat(parts, ignore_index=True)


@fixed_k.drawing
def _draw_fixed_k(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.4))
    axes = canvas.subplots()
    for sign, part in table.groupby("sign", sort=False):
        colour, label = SIGNS[sign]
        axes.plot(part["kR"], part["ratio"], color=colour, lw=1.4, label=rf"{label}, mean {part['mean'].iloc[0]:.3f}")
        axes.axhline(part["mean"].iloc[0], color=colour, ls=":", lw=1.2)
    axes.set(xlabel=r"$kR$", ylabel=r"$(n/n_0-1)/\delta$ at the surface")
    canvas.legend(loc="outside upper center", ncols=2)
    return canvas


def _maps() -> dict[str, np.ndarray]:
    with np.load(recorded(RECORD, "maps.npz")) as maps:
        return {name: maps[name] for name in maps.files}


def _grid(maps: dict[str, np.ndarray], which: str, answers: tuple[str, ...]) -> pd.DataFrame:
    sizes, deltas = np.meshgrid(maps[f"{which}_sizes"], maps[f"{which}_deltas"], indexing="ij")
    base = {"kR": sizes.ravel(), "delta": deltas.ravel()}
    parts = [pd.DataFrame(base | {"answer": a, "excess": maps[f"{which}_{a}"].ravel()}) for a in answers]
    return pd.concat(parts, ignore_index=True)


def _crossover_caption(table: pd.DataFrame) -> str:
    return rf"""Surface excess over $\sqrt{{2\delta}}$: every state filled, averaged over $k$ (left); the steady state
    at exactly one $k$ (middle); the average with the trapped states empty (right). Dashed: $kR\,\delta^{{3/2}} =
    {FIRST_TRAPPED:.2g}$. Recorded run `{RECORD}`."""


def _crossover_alt(table: pd.DataFrame) -> str:
    filled, one_k, empty = (table.loc[table["answer"] == answer, "excess"] for answer in _ANSWERS)
    above = table["kR"] * table["delta"] ** 1.5 > 2 * FIRST_TRAPPED
    negative = (one_k[above] < 0).mean()
    return (
        f"Three maps over delta and kR. The left one is between {filled.min():.2f} and {filled.max():.2f} everywhere; "
        f"the middle one is speckled well above the dashed line and negative at {100 * negative:.0f} percent of the "
        f"points there; the right one is smooth and goes down to {empty.min():.2f} there."
    )


@figure(
    "sphere-crossover",
    chapter=CHAPTER,
    summary="Map of dn/sqrt(2 delta) over kR and delta, by which states are filled",
    caption=_crossover_caption,
    alt=_crossover_alt,
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


def _crossover_far_caption(table: pd.DataFrame) -> str:
    return rf"""The same for $kR$ up to {style.tex(table["kR"].max())} and $\delta$ down to
    {style.tex(table["delta"].min())}, against the criterion. Dashed: $kR\,\delta^{{3/2}} = {FIRST_TRAPPED:.2g}$.
    Recorded run `{RECORD}`."""


def _crossover_far_alt(table: pd.DataFrame) -> str:
    filled, empty = (table[table["answer"] == answer] for answer in ("filled", "empty"))
    decades = math.log10(table["criterion"].max() / table["criterion"].min())
    far = empty.loc[empty["criterion"] > 1e3 * FIRST_TRAPPED, "excess"]
    return (
        f"Blue points stay between {filled['excess'].min():.2f} and {filled['excess'].max():.2f} over {decades:.0f} "
        f"decades; red points leave zero near the dashed line and settle at {far.min():.2f} to {far.max():.2f}."
    )


@figure(
    "sphere-crossover-far",
    chapter=CHAPTER,
    summary="The map to kR = 1e12 falls on one curve of kR delta^1.5",
    caption=_crossover_far_caption,
    alt=_crossover_far_alt,
)
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
            "." if answer == "filled" else "x",
            ms=2.5,
            color=_COLOURS[answer],
            label=_ANSWERS[answer],
            rasterized=True,
        )
    axes.axhline(-2 / 3, color="black", ls=":", lw=1.2, label=r"plane with empty trapped states, $-2/3$")
    axes.axvline(FIRST_TRAPPED, color="black", ls="--", lw=1.2)
    axes.set(xlabel=r"$kR\,\delta^{3/2}$", ylabel=r"$(n/n_0-1)/\sqrt{2\delta}$", ylim=(-0.75, 0.12))
    axes.legend(loc="lower left", markerscale=3)
    return canvas


def _filling_caption(table: pd.DataFrame) -> str:
    return rf"""Uniform Earth of its mean density, $\bar\nu_e$ of {results(RECORD)["filling"]["mass"]:g} eV. Left: time
    to fill the narrowest trapped wave against momentum; dotted, the age of the Earth. Right: share of the gas that is
    slower, and number of trapped waves. Recorded run `{RECORD}`."""


def _filling_alt(table: pd.DataFrame) -> str:
    some = table[table["trapped_waves"] > 0]
    momenta, years = some["momentum_over_mean"], some["log10_filling_years"]
    age = np.interp(-_LOG_AGE, -years, momenta)
    return (
        f"The filling time falls steeply, from 1e{years.iloc[0]:.0f} years at {momenta.iloc[0]:.2g} of the mean "
        f"momentum to 1e{years.iloc[-1]:.0f} years at {momenta.iloc[-1]:.2g}; it crosses the age of the Earth at "
        f"{age:.2g}. The share of the gas rises over the same momenta, the number of trapped waves falls from "
        f"{some['trapped_waves'].iloc[0]:.0f} to {some['trapped_waves'].iloc[-1]:.0f}."
    )


@figure(
    "sphere-filling",
    chapter=CHAPTER,
    summary="Time to fill the narrowest trapped wave of the Earth against momentum",
    caption=_filling_caption,
    alt=_filling_alt,
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
    left.axhline(_LOG_AGE, color="black", ls=":", lw=1.4, label="age of the Earth")
    left.set(xlabel=r"momentum $/\langle p\rangle$", ylabel=r"$\log_{10}$ (filling time / yr)", xscale="log")
    left.set(ylim=(-16, 60), xlim=(0.01, 0.1))
    left.xaxis.set_minor_formatter(NullFormatter())
    left.legend(loc="upper right")
    right.loglog(table["momentum_over_mean"], table["gas_below"], color="black", label="gas that is slower")
    right.loglog(some["momentum_over_mean"], some["trapped_waves"], color=style.GREEN, label="trapped waves")
    right.set(xlabel=r"momentum $/\langle p\rangle$", ylabel="share of the gas; number of waves")
    right.legend(loc="lower right", fontsize=9)
    return canvas
