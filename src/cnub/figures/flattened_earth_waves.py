"""Figures of the chapter on the flattened Earth: single waves, the gallery of round ground, two readings of empty."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure as Canvas

from cnub.constants import AGE_OF_EARTH_S
from cnub.figures import style
from cnub.figures.parameters import Ground, Mass, Range
from cnub.figures.registry import figure
from cnub.grazing import critical_curvature, filling_curve, grazing_scales, paraxial, profiles
from cnub.grazing.gallery import gallery_resonances
from cnub.grazing.profiles import round_earth
from cnub.sphere.trapped import resonances

CHAPTER = "flattened_earth"
_GENTLE, _STEEP = 0.05, 1.0
"""Curvatures of the round ground that single waves cross."""
_HALVING = 0.003
"""Change of a density over its largest value if both steps are halved, measured."""
_NARROW = 100.0
"""1/width, in l, beyond which a trapped wave counts as narrow."""
_SCENES = {
    "total reflection of a repelled wave": (profiles.plane(), "repel", -0.6, 12.0, 4.0),
    "refraction of an attracted wave": (profiles.plane(), "attract", -0.6, 12.0, 4.0),
    f"whispering gallery, round ground, $\\kappa = {_GENTLE:g}$": (round_earth(_GENTLE), "attract", 0.0, -3.5, 1.8),
    f"the same, $\\kappa = {_STEEP:g}$: it leaves": (round_earth(_STEEP), "attract", 0.0, -1.5, 1.2),
}


def _waves_caption(table: pd.DataFrame) -> str:
    return rf"""Single waves: density of a packet over its largest value, in the frame that follows the ground (dotted).
    Top: a wave within the critical angle is totally reflected by a repelling half-space and refracted into an
    attracting one. Bottom: a wave under the surface of an attracting sphere runs along it at $\kappa = {_GENTLE:g}$,
    leaking by tunnelling, and leaves at once at $\kappa = {_STEEP:g}$. Error by halving both steps: below
    {100 * _HALVING:g} % of the largest value."""


def _waves_alt(table: pd.DataFrame) -> str:
    ends = table[table["X_l"] == table.groupby("scene")["X_l"].transform("max")]
    below = [
        part.loc[part["height_lambda"] < 0.0, "density"].sum() / part["density"].sum()
        for _, part in ends.groupby("scene", sort=False)
    ]
    shares = ", ".join(f"{100 * share:.0f}" for share in below)
    return (
        "Four colour maps of density against range and height. A band that comes down and is reflected at the ground; "
        "a band that passes into the ground; a band under the curved ground, with faint light above; a band that "
        f"leaves the ground. At the right edge {shares} percent of what is shown lie below the surface."
    )


@figure(
    "plane-waves",
    chapter=CHAPTER,
    summary="Single waves over flat and round ground",
    caption=_waves_caption,
    alt=_waves_alt,
)
def waves(
    cell: Annotated[float, Range(0.02, 0.1, "vertical step", "lambda")] = 0.05,
    step: Annotated[float, Range(0.01, 0.05, "horizontal step", "l")] = 0.025,
) -> pd.DataFrame:
    """Density of four packets against X (l) and height above the ground (lambda), normalised to its largest value."""
    tables = []
    for name, (ground, sign, q, centre, width) in _SCENES.items():
        # gallery waves start in the frame of the round ground: their tilt is that of its tangent
        start, end = (0.0, 22.0) if ground.kappa == 0.0 else (-6.0, 6.0) if ground.kappa < 0.5 else (-1.5, 2.0)
        level, tilt = float(ground.height(np.array([start]))[0]), 0.5 * float(ground.slope(np.array([start]))[0])
        mesh = paraxial.grid(min(level, 0.0) - 30.0, 30.0, cell, 20.0)
        packet = paraxial.plane_wave_packet(mesh, q + tilt, level + centre, width)
        stations = np.linspace(start, end, 89)
        density = paraxial.picture(packet, mesh, ground, stations, step, sign)
        above = np.linspace(-14.0, 14.0, 113)
        for x, frame in zip(stations, density / density.max(), strict=True):
            heights = above + float(ground.height(np.array([x]))[0])
            tables.append(
                pd.DataFrame(
                    {"scene": name, "X_l": x, "height_lambda": above, "density": np.interp(heights, mesh.z, frame)}
                )
            )
    return pd.concat(tables, ignore_index=True)


@waves.drawing
def _draw_waves(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 5.2))
    panels = canvas.subplots(2, 2, sharey=True)
    for axes, (name, scene) in zip(panels.flat, table.groupby("scene", sort=False), strict=True):
        image = scene.pivot(index="height_lambda", columns="X_l", values="density")
        extent = (image.columns[0], image.columns[-1], image.index[0], image.index[-1])
        shown = axes.imshow(
            image.to_numpy().clip(1e-4, 1.0),
            origin="lower",
            aspect="auto",
            extent=extent,
            norm=LogNorm(1e-4, 1.0),
            interpolation="nearest",
        )
        axes.axhline(0.0, color="white", lw=0.8, ls=":")
        axes.grid(visible=False)
        axes.set_title(name, fontsize=9)
    for axes in panels[:, 0]:
        axes.set_ylabel(r"height above ground / $\lambda$")
    for axes in panels[1]:
        axes.set_xlabel(r"$X$ / $\ell$")
    for axes in panels[0]:
        axes.set_xlabel(r"$X$ / $\ell$")
    canvas.colorbar(shown, ax=panels, label="density / largest", shrink=0.8)
    return canvas


def _gallery_caption(table: pd.DataFrame, delta: float, mass: float, ground: str) -> str:
    apart = (table["width_sphere"] / table["width"] - 1.0).abs()
    narrow = 1.0 / table["width"] > _NARROW
    return rf"""Length of path $1/\Gamma$ after which a trapped wave of the sphere is filled (or emptied) by tunnelling:
    Eq. {{eq}}`eq-flat-siegert` (lines) and exact partial waves at $\delta =$ {style.tex(delta)} (dots). The age of the
    Earth is given in the $\ell/v$ of {ground} and {mass:g} eV. Error: the two agree to {100 * apart[narrow].max():.1g}
    % where $1/\Gamma > {_NARROW:g}\,\ell$; of broader waves the width is not sharply defined, and differs by up to
    {100 * apart[~narrow].max():.2g} %."""


def _gallery_alt(table: pd.DataFrame, mass: float, ground: str) -> str:
    first = table[table["mode"] == 1]
    earth, critical = grazing_scales(mass, ground=ground).kappa, critical_curvature()
    return (
        f"Three falling curves of filling length against kappa with dots on them; that of the first wave falls from "
        f"{1.0 / first['width'].iloc[0]:.0e} at kappa {first['kappa'].iloc[0]:g} to "
        f"{1.0 / first['width'].iloc[-1]:.1g} at {first['kappa'].iloc[-1]:.2g}. Beyond {critical:.2g} is a shaded "
        f"region without trapped waves; the Earth is {'inside' if earth > critical else 'outside'} it, at {earth:.3g}."
    )


@figure(
    "plane-gallery",
    chapter=CHAPTER,
    summary="Trapped waves of the round Earth: length to fill",
    caption=_gallery_caption,
    alt=_gallery_alt,
)
def gallery_widths(
    delta: Annotated[float, Range(1e-6, 1e-2, "refraction of the ball")] = 1e-4,
    mass: Mass = 0.1,
    ground: Ground = "crust",
) -> pd.DataFrame:
    """Position and width of trapped waves of a sphere against kappa: paraxial, and by partial waves at ``delta``.

    ``mass`` and ``ground`` say where the drawing has the Earth, and its age.
    """
    rows = []
    for kappa in np.geomspace(0.02, 0.9, 18):
        paraxial_waves = gallery_resonances(kappa)[:3]
        kR = 1.0 / (math.sqrt(2.0) * kappa * delta**1.5)
        exact = resonances(kR, delta)[:3]
        for index, wave in enumerate(paraxial_waves):
            found = exact[index] if index < len(exact) else None
            # widths in order and in 1/l: nu = kR (1 - delta eps)
            rows.append(
                {
                    "kappa": kappa,
                    "mode": index + 1,
                    "position": wave.position,
                    "width": wave.width,
                    "position_sphere": -found.depth / (kR * delta) if found else math.nan,
                    "width_sphere": math.exp(found.log_width) / (kR * delta) if found else math.nan,
                }
            )
    return pd.DataFrame(rows)


@gallery_widths.drawing
def _draw_gallery(table: pd.DataFrame, mass: float, ground: str, narrow: bool) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.9))
    axes = canvas.subplots()
    for mode, group in table.groupby("mode"):
        colour = style.CYCLE[mode - 1]
        axes.loglog(group["kappa"], 1.0 / group["width"], color=colour, label=f"wave {mode}, paraxial")
        axes.loglog(
            group["kappa"],
            1.0 / group["width_sphere"],
            style.MARKERS[mode - 1],
            color=colour,
            ms=4,
            label=f"wave {mode}, sphere",
        )
    scales = grazing_scales(mass, ground=ground)
    age = AGE_OF_EARTH_S * scales.speed_m_per_s / scales.range_m
    axes.axhline(age, color=style.BLACK, lw=1.0, ls="--")
    axes.text(0.95, 2.0 * age, "age of the Earth", ha="right", fontsize=9)
    axes.axvline(scales.kappa, color=style.BLACK, lw=1.0, ls=":")
    place = {"y": 1e9, "s": "the Earth"} if narrow else {"y": 1e15, "s": f"the Earth ({ground})"}
    axes.text(0.93 * scales.kappa, **place, ha="right", fontsize=9, rotation=90)
    widest = max(80.0, 2.0 * scales.kappa)
    axes.axvspan(critical_curvature(), widest, color="#999999", alpha=0.2, lw=0)
    axes.text(5.0 if narrow else 7.0, 1e4, "no trapped wave", ha="center", fontsize=9)
    axes.set(xlabel=r"$\kappa = 1/(\sqrt{2}\, kR\, \delta^{3/2})$", ylabel=r"length to fill, in $\ell$")
    axes.set(xlim=(min(0.018, 0.5 * scales.kappa), widest), ylim=(0.3, max(1e30, 10.0 * age)))
    canvas.legend(loc="outside upper center", ncols=3, fontsize=8.5)
    return canvas


def _carried_caption(table: pd.DataFrame, kappa: float) -> str:
    return rf"""Deficit at the surface of a sphere of $\kappa = {kappa:g}$ against the filling length, in both readings.
    Bars: error estimates by halving the steps."""


def _carried_alt(table: pd.DataFrame) -> str:
    first, last = table.iloc[0], table.iloc[-1]
    return (
        f"Two curves that start together at {first['both ends']:.3f}. At a filling length of "
        f"{last['filling_length']:g} that for waves trapped at both ends is at {last['both ends']:.4f}, the other at "
        f"{last['then only']:.2f}."
    )


@figure(
    "plane-carried",
    chapter=CHAPTER,
    summary="Two readings of what stays empty over round ground",
    caption=_carried_caption,
    alt=_carried_alt,
)
def carried(kappa: Annotated[float, Range(1.0, 6.5, "curvature")] = 5.0) -> pd.DataFrame:
    """Deficit at the surface of a sphere against the filling length: trapped at both ends, or trapped then only."""
    lengths = np.linspace(0.0, 1.2, 13)
    trapped, error = filling_curve(round_earth(kappa), lengths, cell=0.2, step=0.06)
    then, wider = filling_curve(round_earth(kappa), lengths, carried=True)
    return pd.DataFrame(
        {"filling_length": lengths, "both ends": trapped, "error": error, "then only": then, "error then only": wider}
    )


@carried.drawing
def _draw_carried(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.3))
    axes = canvas.subplots()
    for name, error, colour in (("both ends", "error", style.BLUE), ("then only", "error then only", style.ORANGE)):
        axes.errorbar(
            table["filling_length"],
            table[name],
            table[error],
            color=colour,
            label=f"trapped at {name}" if name == "both ends" else "trapped then, whatever it became",
            marker="o",
            ms=3,
            capsize=2,
        )
    axes.set(xlabel=r"filling length / $\ell$", ylabel=r"$(n/n_0-1)/\sqrt{2\delta}$")
    axes.legend()
    return canvas
