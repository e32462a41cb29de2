"""Figures of the chapter on spherical scattering: why O(delta) and not O(sqrt delta)."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.constants import EARTH_RADIUS_M
from cnub.domain import DomainError
from cnub.figures import style
from cnub.figures.parameters import Range
from cnub.figures.registry import figure
from cnub.relic import mean_momentum, size_parameter
from cnub.sphere.average import order_average
from cnub.sphere.beam import gathered
from cnub.sphere.crossover import one_k_scan
from cnub.sphere.curvature import curvature_criterion
from cnub.sphere.direct import direct_sum, phase_shifts
from cnub.sphere.layered import layered_sum, penetrability
from cnub.sphere.rays import filled_density, trace
from cnub.sphere.thermal import TALK_DELTA

CHAPTER = "spherical_scattering"
_SIGNS = {1: (style.BLUE, r"$\delta>0$"), -1: (style.VERMILION, r"$\delta<0$")}
EARTH = float(curvature_criterion(size_parameter(EARTH_RADIUS_M, mean_momentum()), TALK_DELTA))
"""kR |delta|^1.5 of the Earth at the mean momentum, for the |delta| of the talk's value."""
_SHADES = (style.SKY, style.ORANGE, style.BLACK)


def _delta(criterion: float, kR: float) -> float:
    """|delta| at which kR |delta|^1.5 is ``criterion``."""
    return (criterion / kR) ** (2 / 3)


@figure("sphere-rays", chapter=CHAPTER, summary="Rays with partial reflection: density inside and outside the ball")
def rays(
    delta: Annotated[float, Range(1e-3, 0.3, "size of the refraction")] = 0.05,
    count: Annotated[int, Range(1000, 500_000, "rays")] = 60000,
) -> pd.DataFrame:
    """Incoherent density excess against radius, from rays (with standard error) and from Liouville's theorem."""
    edges = np.concatenate([np.linspace(0.3, 0.9, 13), np.linspace(0.92, 1.0, 5), np.linspace(1.04, 1.4, 10)])
    rows = []
    for sign in _SIGNS:
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
        colour, label = _SIGNS[sign]
        if kind == "rays":
            axes.errorbar(
                part["radius"],
                part["excess"],
                part["error"],
                fmt="o",
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


@figure(
    "sphere-criterion",
    chapter=CHAPTER,
    summary="Surface excess over delta against kR |delta|^1.5, at fixed k and averaged",
)
def criterion(
    kR: Annotated[float, Range(1e3, 3e4, "size of the ball", "1/k")] = 1e4,
    sizes: Annotated[int, Range(1, 48, "sizes within two spacings")] = 24,
) -> pd.DataFrame:
    """Excess over delta: sums at several k within two order spacings, the average over k, empty trapped states."""
    rows = []
    for sign in _SIGNS:
        for c in np.geomspace(0.02, 20.0, 25):
            delta = sign * _delta(c, kR)
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
def _draw_criterion(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.6))
    axes = canvas.subplots()
    for key, part in table.groupby(["sign", "method"], sort=False):
        axes.semilogx(part["criterion"], part["ratio"], **{"ms": 3.5, "mfc": "white"} | _CRITERION[key])
    axes.axvline(EARTH, color="black", ls=":", lw=1.2)
    axes.text(0.93 * EARTH, 2.0, "Earth", ha="right")
    axes.set(xlabel=r"$kR\,|\delta|^{3/2}$", ylabel=r"$(n/n_0-1)/\delta$ at the surface", ylim=(-14, 4))
    axes.legend(loc="lower left", fontsize=9)
    return canvas


@figure(
    "sphere-critical-angle",
    chapter=CHAPTER,
    summary="Reason 1: scattering at the critical angle is weak if kR delta^1.5 is small",
)
def critical_angle(kR: Annotated[float, Range(1e3, 1e6, "size of the ball", "1/k")] = 1e5) -> pd.DataFrame:
    """|S_l - 1|/2 against order, in units of the window kR(1 - |delta|) < nu < kR of total reflection (delta < 0)."""
    rows = []
    for c in (0.03, 0.3, 3.0):
        delta = _delta(c, kR)
        shift = phase_shifts(kR, -delta)
        position = (np.arange(len(shift)) + 0.5 - kR) / (kR * delta)
        near = np.abs(position + 1) < 4
        rows.append(pd.DataFrame({"criterion": c, "position": position[near], "strength": np.abs(np.sin(shift[near]))}))
    return pd.concat(rows, ignore_index=True)


@critical_angle.drawing
def _draw_critical_angle(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.4))
    axes = canvas.subplots()
    axes.axvspan(-1, 0, color="black", alpha=0.08, lw=0, label="total reflection of rays")
    for colour, (c, part) in zip(_SHADES, table.groupby("criterion", sort=False), strict=True):
        marker = "o" if len(part) < 200 else None
        axes.plot(
            part["position"],
            part["strength"],
            color=colour,
            marker=marker,
            ms=3,
            lw=1.4,
            label=rf"$kR|\delta|^{{3/2}}={c:g}$",
        )
    axes.set(xlabel=r"$(l+\frac{1}{2}-kR)/(kR|\delta|)$", ylabel=r"$|S_l-1|/2$", ylim=(0, 1.05), xlim=(-5, 3))
    canvas.legend(loc="outside upper center", ncols=2)
    return canvas


@figure(
    "sphere-focusing",
    chapter=CHAPTER,
    summary="Reason 2: what the limb loses, the focused rest of the sphere gives back",
)
def focusing(
    kR: Annotated[float, Range(100.0, 5e3, "size of the ball", "1/k")] = 2000.0,
    panels: Annotated[int, Range(4, 300, "panels of the sphere")] = 96,
) -> pd.DataFrame:
    """Excess of one beam gathered from the lit side up to an angle, in units of sqrt(2|delta|), both signs."""
    rows = []
    for c in (0.1, 1.0):
        delta = _delta(c, kR)
        for sign in _SIGNS:
            cosines, total = gathered(kR, sign * delta, panels)
            angle = np.degrees(np.arccos(np.clip(-cosines, -1.0, 1.0)))
            columns = {"criterion": c, "sign": sign, "angle_deg": angle, "gathered": total / math.sqrt(2 * delta)}
            rows.append(pd.DataFrame(columns | {"average": sign * math.sqrt(delta / 8)}))
    return pd.concat(rows, ignore_index=True)


@focusing.drawing
def _draw_focusing(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.6))
    panels = canvas.subplots(1, 2, sharey=True)
    for axes, (c, group) in zip(panels, table.groupby("criterion", sort=False), strict=True):
        for sign, part in group.groupby("sign", sort=False):
            colour, label = _SIGNS[sign]
            axes.plot(part["angle_deg"], part["gathered"], color=colour, label=f"{label}, gathered")
            axes.axhline(part["average"].iloc[0], color=colour, ls=":", lw=1.4, label=rf"{label}, $\delta/2$")
        axes.set(
            title=rf"$kR|\delta|^{{3/2}}={c:g}$", xlabel="angle from the lit pole (deg)", xticks=(0, 45, 90, 135, 180)
        )
    panels[0].set_ylabel(r"gathered excess $/\sqrt{2|\delta|}$")
    canvas.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return canvas


@figure(
    "sphere-tunnelling",
    chapter=CHAPTER,
    summary="Reason 3: the barrier that would trap waves is transparent if kR delta^1.5 is small",
)
def tunnelling(kR: Annotated[float, Range(1e3, 1e5, "size of the ball", "1/k")] = 1e5) -> pd.DataFrame:
    """Penetrability of the centrifugal barrier for kR < nu < kR(1 + delta), over that at nu = kR; exact and WKB."""
    rows = []
    share = np.linspace(0.0, 1.0, 41)
    for c in (EARTH, 1.0, 10.0):
        delta = _delta(c, kR)
        orders = np.unique(np.round(kR * (1 + delta * share)).astype(int))
        fraction = (orders - kR) / (kR * delta)
        exact = penetrability(kR, orders) / penetrability(kR, np.array([int(kR)]))
        wkb = np.exp(-4 * math.sqrt(2) / 3 * c * share**1.5)
        rows.append(pd.DataFrame({"criterion": c, "kind": "exact", "fraction": fraction, "penetrability": exact}))
        rows.append(pd.DataFrame({"criterion": c, "kind": "wkb", "fraction": share, "penetrability": wkb}))
    return pd.concat(rows, ignore_index=True)


@tunnelling.drawing
def _draw_tunnelling(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.4))
    axes = canvas.subplots()
    for colour, (c, group) in zip(_SHADES, table.groupby("criterion", sort=False), strict=True):
        exact, wkb = (group[group["kind"] == kind] for kind in ("exact", "wkb"))
        name = rf"$kR\delta^{{3/2}}={c:.2g}$" + (" (Earth)" if c == EARTH else "")
        axes.semilogy(exact["fraction"], exact["penetrability"], color=colour, label=name)
        axes.semilogy(wkb["fraction"], wkb["penetrability"], color=colour, ls=":", lw=1.4)
    axes.set(xlabel=r"$(l+\frac{1}{2}-kR)/(kR\,\delta)$", ylabel="penetrability, relative", ylim=(1e-8, 2))
    axes.plot([], [], color="black", ls=":", label="WKB exponent")
    axes.legend(loc="lower left")
    return canvas


@figure("sphere-fixed-k", chapter=CHAPTER, summary="Trapped waves: the sum at one k jumps, its average does not")
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
        colour, label = _SIGNS[sign]
        axes.plot(part["kR"], part["ratio"], color=colour, lw=1.4, label=rf"{label}, mean {part['mean'].iloc[0]:.3f}")
        axes.axhline(part["mean"].iloc[0], color=colour, ls=":", lw=1.2)
    axes.set(xlabel=r"$kR$", ylabel=r"$(n/n_0-1)/\delta$ at the surface")
    canvas.legend(loc="outside upper center", ncols=2)
    return canvas
