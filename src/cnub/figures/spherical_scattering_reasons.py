"""Figures of the chapter on spherical scattering: three reasons why it is O(delta) and not O(sqrt delta)."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.figures import style
from cnub.figures.parameters import EarthDelta, MomentumOverMean, Range
from cnub.figures.registry import figure
from cnub.figures.spherical_scattering_criterion import CHAPTER, SIGNS, delta_of, earth_criterion
from cnub.sphere.beam import gathered
from cnub.sphere.direct import phase_shifts
from cnub.sphere.layered import penetrability

_SHADES = (style.SKY, style.ORANGE, style.BLACK)
FEW = 12
"""Orders in the window below which each is a dot."""


def _critical_angle_caption(table: pd.DataFrame, kR: float) -> str:
    return rf"""Strength $|S_l-1|/2$ of scattering against order, in units of the window of total reflection (grey),
    $\delta<0$, $kR =$ {style.tex(kR, 3)}."""


def _critical_angle_alt(table: pd.DataFrame) -> str:
    window = table[table["position"].between(-1.0, 0.0)].groupby("criterion")["strength"]
    reached = "; ".join(f"for {c:g} {part.min():.2g} to {part.max():.2g}" for c, part in window)
    return f"The strength inside the grey window, by the value of the criterion: {reached}."


@figure(
    "sphere-critical-angle",
    chapter=CHAPTER,
    summary="Reason 1: scattering at the critical angle is weak if kR delta^1.5 is small",
    caption=_critical_angle_caption,
    alt=_critical_angle_alt,
)
def critical_angle(kR: Annotated[float, Range(1e3, 1e6, "size of the ball", "1/k")] = 1e5) -> pd.DataFrame:
    """|S_l - 1|/2 against order, in units of the window kR(1 - |delta|) < nu < kR of total reflection (delta < 0)."""
    rows = []
    for c in (0.03, 0.3, 3.0):
        delta = delta_of(c, kR)
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


def _focusing_caption(table: pd.DataFrame, kR: float) -> str:
    return rf"""One plane wave, $kR = {kR:g}$: excess on the surface gathered from the lit pole up to an angle,
    $\frac12\int(|\Psi|^2-1)\,\mathrm d\cos\theta$, in units of $\sqrt{{2|\delta|}}$. The value at 180° is that of the
    isotropic flux; dotted: $\delta/2$."""


def _focusing_alt(table: pd.DataFrame) -> str:
    curves = []
    for (c, sign), part in table.groupby(["criterion", "sign"], sort=False):
        peak = part.loc[part["gathered"].abs().idxmax()]
        name = "attraction" if sign > 0 else "repulsion"
        curves.append(
            f"for {name} at {c:g} to {peak['gathered']:.2f} at {peak['angle_deg']:.0f} degrees, "
            f"back at {part['gathered'].iloc[-1]:.2f} at 180"
        )
    return f"Curves that start at zero and go, by the value of the criterion, {'; '.join(curves)}."


@figure(
    "sphere-focusing",
    chapter=CHAPTER,
    summary="Reason 2: what the limb loses, the focused rest of the sphere gives back",
    caption=_focusing_caption,
    alt=_focusing_alt,
)
def focusing(
    kR: Annotated[float, Range(100.0, 5e3, "size of the ball", "1/k")] = 2000.0,
    panels: Annotated[int, Range(4, 300, "panels of the sphere")] = 96,
) -> pd.DataFrame:
    """Excess of one beam gathered from the lit side up to an angle, in units of sqrt(2|delta|), both signs."""
    rows = []
    for c in (0.1, 1.0):
        delta = delta_of(c, kR)
        for sign in SIGNS:
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
            colour, label = SIGNS[sign]
            axes.plot(part["angle_deg"], part["gathered"], color=colour, label=f"{label}, gathered")
            axes.axhline(part["average"].iloc[0], color=colour, ls=":", lw=1.4, label=rf"{label}, $\delta/2$")
        axes.set(
            title=rf"$kR|\delta|^{{3/2}}={c:g}$", xlabel="angle from the lit pole (deg)", xticks=(0, 45, 90, 135, 180)
        )
    panels[0].set_ylabel(r"gathered excess $/\sqrt{2|\delta|}$")
    canvas.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return canvas


def _tunnelling_caption(table: pd.DataFrame, kR: float) -> str:
    return rf"""Penetrability $1/(\psi_l^2+\chi_l^2)$ of the barrier across the window of trapped waves, relative to its
    lower end; exact ($kR =$ {style.tex(kR, 3)}) and the WKB exponent (dotted, beside each; for the Earth
    on it)."""


def _tunnelling_alt(table: pd.DataFrame, earth_delta: float, momentum_over_mean: float) -> str:
    exact = table[table["kind"] == "exact"].groupby("criterion")["penetrability"].last()
    earth = earth_criterion(earth_delta, momentum_over_mean)
    ends = "; ".join(f"for {c:.2g}{' (the Earth)' if c == earth else ''} to {end:.1g}" for c, end in exact.items())
    return f"The penetrability falls across the window, by the value of the criterion: {ends}."


@figure(
    "sphere-tunnelling",
    chapter=CHAPTER,
    summary="Reason 3: the barrier that would trap waves is transparent if kR delta^1.5 is small",
    caption=_tunnelling_caption,
    alt=_tunnelling_alt,
)
def tunnelling(
    kR: Annotated[float, Range(1e3, 1e5, "size of the ball", "1/k")] = 1e5,
    earth_delta: EarthDelta = 2.5e-8,
    momentum_over_mean: MomentumOverMean = 1.0,
) -> pd.DataFrame:
    """Penetrability of the centrifugal barrier for kR < nu < kR(1 + delta), over that at nu = kR; exact and WKB.

    At the criterion of the Earth, which ``earth_delta`` and ``momentum_over_mean`` give, at 1 and at 10.
    """
    rows = []
    share = np.linspace(0.0, 1.0, 41)
    for c in (earth_criterion(earth_delta, momentum_over_mean), 1.0, 10.0):
        delta = delta_of(c, kR)
        orders = np.unique(np.round(kR * (1 + delta * share)).astype(int))
        fraction = (orders - kR) / (kR * delta)
        exact = penetrability(kR, orders) / penetrability(kR, np.array([int(kR)]))
        wkb = np.exp(-4 * math.sqrt(2) / 3 * c * share**1.5)
        rows.append(pd.DataFrame({"criterion": c, "kind": "exact", "fraction": fraction, "penetrability": exact}))
        rows.append(pd.DataFrame({"criterion": c, "kind": "wkb", "fraction": share, "penetrability": wkb}))
    return pd.concat(rows, ignore_index=True)


@tunnelling.drawing
def _draw_tunnelling(table: pd.DataFrame, earth_delta: float, momentum_over_mean: float) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.4))
    axes = canvas.subplots()
    earth = earth_criterion(earth_delta, momentum_over_mean)
    for colour, (c, group) in zip(_SHADES, table.groupby("criterion", sort=False), strict=True):
        exact, wkb = (group[group["kind"] == kind] for kind in ("exact", "wkb"))
        name = rf"$kR\delta^{{3/2}}={c:.2g}$" + (" (Earth)" if c == earth else "")
        marker = "o" if len(exact) < FEW else None
        axes.semilogy(exact["fraction"], exact["penetrability"], color=colour, marker=marker, ms=3, label=name)
        axes.semilogy(wkb["fraction"], wkb["penetrability"], color=colour, ls=":", lw=1.4)
    axes.set(xlabel=r"$(l+\frac{1}{2}-kR)/(kR\,\delta)$", ylabel="penetrability, relative", ylim=(1e-8, 2))
    axes.plot([], [], color="black", ls=":", label="WKB exponent")
    axes.legend(loc="lower left")
    return canvas
