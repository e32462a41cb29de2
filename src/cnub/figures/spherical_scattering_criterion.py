"""Figures of the chapter on spherical scattering: rays that conserve three things, and the criterion for waves."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.constants import EARTH_RADIUS_M
from cnub.figures import style
from cnub.figures.parameters import EarthDelta, MomentumOverMean, Range
from cnub.figures.registry import figure
from cnub.relic import mean_momentum, size_parameter
from cnub.sphere.average import order_average
from cnub.sphere.curvature import curvature_criterion
from cnub.sphere.layered import layered_sum
from cnub.sphere.rays import filled_density, trace

CHAPTER = "spherical_scattering"
SIGNS = {1: (style.BLUE, r"$\delta>0$"), -1: (style.VERMILION, r"$\delta<0$")}
FRAME = (-14, 4)
"""What the drawing of the criterion shows of the excess over delta."""
SCATTER = 0.1
"""Departure from one half that counts as scatter."""


def delta_of(criterion: float, kR: float) -> float:
    """|delta| at which kR |delta|^1.5 is ``criterion``."""
    return (criterion / kR) ** (2 / 3)


def earth_criterion(earth_delta: float, momentum_over_mean: float) -> float:
    """kR |delta|^1.5 of the Earth at this momentum.

    >>> round(earth_criterion(2.5e-8, 1.0), 3)
    0.067
    """
    kR = size_parameter(EARTH_RADIUS_M, momentum_over_mean * mean_momentum())
    return float(curvature_criterion(kR, earth_delta))


def _rays_caption(table: pd.DataFrame, delta: float) -> str:
    return rf"""Incoherent density around and in a ball of $\delta = \pm {delta:g}$: rays with partial reflection
    (points; error bars are statistical, and vanish outside) and Liouville's theorem (lines). For $\delta>0$ the orbits
    with $kR < l < (1+\delta)kR$, which no ray from outside enters, are missing under the surface."""


def _rays_alt(table: pd.DataFrame) -> str:
    attracted, rays = table[(table["kind"] == "exact") & (table["sign"] == 1)], table[table["kind"] == "rays"]
    inside = attracted["excess"].iloc[0]
    outside = rays.loc[rays["radius"] > 1.0, "excess"].abs().max()
    return (
        f"Density excess plus or minus {inside:.2g} deep inside, at most {outside:.0e} outside; for positive delta a "
        f"sharp dip to {attracted['excess'].min():.2f} just below the surface."
    )


@figure(
    "sphere-rays",
    chapter=CHAPTER,
    summary="Rays with partial reflection: density inside and outside the ball",
    caption=_rays_caption,
    alt=_rays_alt,
)
def rays(
    delta: Annotated[float, Range(1e-3, 0.3, "size of the refraction")] = 0.05,
    count: Annotated[int, Range(1000, 500_000, "rays")] = 60000,
) -> pd.DataFrame:
    """Incoherent density excess against radius, from rays (with standard error) and from Liouville's theorem."""
    edges = np.concatenate([np.linspace(0.3, 0.9, 13), np.linspace(0.92, 1.0, 5), np.linspace(1.04, 1.4, 10)])
    rows = []
    for sign in SIGNS:
        found = trace(sign * delta, count, edges)
        middle = (edges[1:] + edges[:-1]) / 2
        part = pd.DataFrame({"kind": "rays", "radius": middle, "excess": found.excess, "error": found.standard_error})
        fine = np.linspace(0.3, 1.4, 1101)
        exact = pd.DataFrame({"kind": "exact", "radius": fine, "excess": filled_density(fine, sign * delta)})
        rows += [part.assign(sign=sign), exact.assign(sign=sign)]
    return pd.concat(rows, ignore_index=True)


@rays.drawing
def _draw_rays(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.5))
    axes = canvas.subplots()
    for (sign, kind), part in table.groupby(["sign", "kind"], sort=False):
        colour, label = SIGNS[sign]
        if kind == "rays":
            axes.errorbar(
                part["radius"],
                part["excess"],
                part["error"],
                fmt="o" if sign > 0 else "s",
                ms=4,
                color=colour,
                mfc="white",
                lw=1.2,
                label=f"rays, {label}",
            )
        else:
            axes.plot(part["radius"], part["excess"], color=colour, lw=1.4, label=f"Liouville, {label}")
    axes.axvline(1.0, color="black", ls=":", lw=1.2)
    axes.set(xlabel=r"radius, $r/R$", ylabel=r"$n/n_0-1$, incoherent")
    canvas.legend(loc="outside upper center", ncols=2)
    return canvas


def _criterion_caption(table: pd.DataFrame, kR: float, sizes: int) -> str:
    hidden = ((table["method"] == "sum") & ~table["ratio"].between(*FRAME)).sum()
    return rf"""Surface excess over $\delta$ against $kR|\delta|^{{3/2}}$ at $kR =$ {style.tex(kR, 3)}. Circles: the sum
    at {sizes} values of $k$ within two order spacings, $\delta>0$ ({hidden} of them, next to resonances, lie outside
    the frame); line: its average over $k$. Crosses: $\delta<0$. Dashed: a plane whose trapped states are empty,
    $\delta/2-\frac23\sqrt{{2\delta}}$. Dotted: the Earth."""


def _criterion_alt(table: pd.DataFrame) -> str:
    circles = table[(table["sign"] == 1) & (table["method"] == "sum")]
    calm = circles.groupby("criterion")["ratio"].agg(lambda ratio: (ratio - 0.5).abs().max()) < SCATTER
    steady = table[(table["sign"] == -1) | (table["method"] == "average")]["ratio"]
    return (
        f"The circles lie within {SCATTER:g} of one half up to a value of {calm[calm].index.max():.2g}; beyond it they "
        f"scatter, down to {circles['ratio'].min():.1f}, while the averaged line and the crosses stay between "
        f"{steady.min():.2f} and {steady.max():.2f}."
    )


@figure(
    "sphere-criterion",
    chapter=CHAPTER,
    summary="Surface excess over delta against kR |delta|^1.5, at fixed k and averaged",
    caption=_criterion_caption,
    alt=_criterion_alt,
)
def criterion(
    kR: Annotated[float, Range(1e3, 3e4, "size of the ball", "1/k")] = 1e4,
    sizes: Annotated[int, Range(1, 48, "sizes within two spacings")] = 24,
    earth_delta: EarthDelta = 2.5e-8,
    momentum_over_mean: MomentumOverMean = 1.0,
) -> pd.DataFrame:
    """Excess over delta: sums at several k within two order spacings, the average over k, empty trapped states.

    ``earth_delta`` and ``momentum_over_mean`` say where the drawing has the Earth.
    """
    rows = []
    for sign in SIGNS:
        for c in np.geomspace(0.02, 20.0, 25):
            delta = sign * delta_of(c, kR)
            several = kR + 2.0 * np.arange(sizes if sign > 0 else 1) / sizes
            rows += [(sign, "sum", c, layered_sum([x], [delta])[0] / delta) for x in several]
            if sign > 0:
                rows.append((sign, "average", c, order_average(kR, delta)[0] / delta))
                rows.append((sign, "empty", c, 0.5 - 2 / 3 * math.sqrt(2 / delta)))
    return pd.DataFrame(rows, columns=["sign", "method", "criterion", "ratio"])


_CRITERION = {
    (1, "sum"): {"ls": "", "marker": "o", "color": style.BLUE, "label": r"$\delta>0$, sum at one $k$"},
    (1, "average"): {"color": style.BLUE, "label": r"$\delta>0$, averaged over $k$"},
    (1, "empty"): {"color": "black", "ls": "--", "lw": 1.2, "label": "plane, trapped states empty"},
    (-1, "sum"): {"ls": "", "marker": "x", "color": style.VERMILION, "label": r"$\delta<0$, sum at one $k$"},
}


@criterion.drawing
def _draw_criterion(table: pd.DataFrame, earth_delta: float, momentum_over_mean: float) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.6))
    axes = canvas.subplots()
    for key, part in table.groupby(["sign", "method"], sort=False):
        axes.semilogx(part["criterion"], part["ratio"], **{"ms": 3.5, "mfc": "white"} | _CRITERION[key])
    earth = earth_criterion(earth_delta, momentum_over_mean)
    axes.axvline(earth, color="black", ls=":", lw=1.2)
    axes.annotate("Earth", (earth, 2.0), (-4, 0), textcoords="offset points", ha="right")
    axes.set(xlabel=r"$kR\,|\delta|^{3/2}$", ylabel=r"$(n/n_0-1)/\delta$ at the surface", ylim=FRAME)
    axes.legend(loc="lower left", fontsize=9)
    return canvas
