"""Figures of the chapter on the flat and the flattened Earth."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure as Canvas

from cnub.constants import AGE_OF_EARTH_S
from cnub.figures import style
from cnub.figures.parameters import Range
from cnub.figures.registry import figure
from cnub.grazing import anisotropy, earth, gallery, halfspace, layers, paraxial, profiles
from cnub.sphere import ldos
from cnub.sphere.trapped import resonances

_CASES = {
    "every state filled": ("attract", "both", "filled", style.BLACK, "-"),
    "trapped states empty": ("attract", "both", "empty", style.BLUE, "-"),
    "downgoing only, attracted": ("attract", "above", "filled", style.SKY, "--"),
    "downgoing only, repelled": ("repel", "above", "filled", style.VERMILION, "--"),
}


@figure("plane-filling", chapter="flattened_earth", summary="Half-space: density against height for four fillings")
def filling(top: Annotated[float, Range(0.1, 50.0, "greatest height", "lambda")] = 4.0) -> pd.DataFrame:
    """Density excess in units of sqrt(2|delta|) against height in lambda, per filling, and the talk's profile."""
    heights = np.linspace(0.0, top, 161)
    table = pd.DataFrame({"height_lambda": heights})
    for name, (sign, flux, trapped, _, _) in _CASES.items():
        table[name] = halfspace.grazing_excess(heights, sign, flux, trapped)
    table["asymmetry"] = halfspace.downgoing_asymmetry(heights)
    table["talk"] = halfspace.talk_asymmetry(heights, halfspace.decay_lengths()["1/e height"])
    return table


@filling.drawing
def _draw_filling(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.8))
    left, right = canvas.subplots(1, 2)
    for name, (_, _, _, colour, line) in _CASES.items():
        left.plot(table["height_lambda"], table[name], color=colour, ls=line, label=name)
    left.set(xlabel=r"height / $\lambda$", ylabel=r"$(n/n_0 - 1)/\sqrt{2|\delta|}$", ylim=(-0.75, 1.15))
    left.legend(fontsize=8.5, loc="upper right")
    right.plot(table["height_lambda"], table["asymmetry"], color=style.GREEN, label="exact")
    right.plot(table["height_lambda"], table["talk"], color=style.ORANGE, ls="--", label="the talk's exponential")
    right.set(xlabel=r"height / $\lambda$", ylabel=r"asymmetry$/\sqrt{2|\delta|}$", ylim=(0.0, 1.15))
    right.legend(fontsize=8.5, loc="upper right")
    return canvas


@figure("plane-orders", chapter="flattened_earth", summary="Surface density against delta: filled, empty, dipole")
def orders(dipole: Annotated[float, Range(-1.0, 1.0, "dipole of the flux", least=1e-3)] = 0.5) -> pd.DataFrame:
    """|dn/n0| at the surface of an attracting half-space and of a layered slab, per filling, against delta."""
    deltas = np.geomspace(1e-8, 1e-3, 11)
    rows = []
    for delta in deltas:
        stack = [(3.0 / math.sqrt(delta), delta), (5.0 / math.sqrt(delta), 2.0 * delta)]
        rows.append(
            {
                "delta": delta,
                "half-space, trapped states empty": abs(halfspace.halfspace_excess(delta, 0.0, "both", "empty")),
                "slab of two layers, guided states empty": abs(layers.layered_excess(stack, 0.0, 0.0, "both", "empty")),
                "half-space, filled": abs(halfspace.halfspace_excess(delta, 0.0)),
                "slab of two layers, filled": abs(layers.layered_excess(stack, 0.0, 0.0)),
                "half-space, filled, added by a dipole": abs(anisotropy.dipole_excess(delta, dipole)),
            }
        )
    return pd.DataFrame(rows)


@orders.drawing
def _draw_orders(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.6))
    axes = canvas.subplots()
    lines = ("o-", "s--", "o-", "s--", "^-")
    colours = (style.BLUE, style.SKY, style.BLACK, style.ORANGE, style.VERMILION)
    for name, line, colour in zip(table.columns[1:], lines, colours, strict=True):
        axes.loglog(table["delta"], table[name], line, color=colour, label=name, markersize=4)
    axes.set(xlabel=r"$\delta$", ylabel=r"$|\mathrm{d}n/n_0|$ at the surface")
    canvas.legend(loc="outside upper center", ncols=2, fontsize=8.5)
    return canvas


_SCENES = {
    "total reflection of a repelled wave": (profiles.plane(), "repel", -0.6, 12.0, 4.0),
    "refraction of an attracted wave": (profiles.plane(), "attract", -0.6, 12.0, 4.0),
    "whispering gallery, round ground, $\\kappa = 0.05$": (profiles.round_earth(0.05), "attract", 0.0, -3.5, 1.8),
    "the same, $\\kappa = 1$: it leaves": (profiles.round_earth(1.0), "attract", 0.0, -1.5, 1.2),
}


@figure("plane-waves", chapter="flattened_earth", summary="Single waves over flat and round ground")
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


@figure("plane-gallery", chapter="flattened_earth", summary="Trapped waves of the round Earth: length to fill")
def gallery_widths(delta: Annotated[float, Range(1e-6, 1e-2, "refraction of the ball")] = 1e-4) -> pd.DataFrame:
    """Position and width of trapped waves of a sphere against kappa: paraxial, and by partial waves at ``delta``."""
    rows = []
    for kappa in np.geomspace(0.02, 0.9, 18):
        paraxial_waves = gallery.gallery_resonances(kappa)[:3]
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
def _draw_gallery(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.9))
    axes = canvas.subplots()
    for mode, group in table.groupby("mode"):
        colour = style.CYCLE[mode - 1]
        axes.loglog(group["kappa"], 1.0 / group["width"], color=colour, label=f"wave {mode}, paraxial")
        axes.loglog(group["kappa"], 1.0 / group["width_sphere"], "o", color=colour, ms=4, label=f"wave {mode}, sphere")
    scales = earth.grazing_scales()
    age = AGE_OF_EARTH_S * scales.speed_m_per_s / scales.range_m
    axes.axhline(age, color=style.BLACK, lw=1.0, ls="--")
    axes.text(0.95, 2.0 * age, "age of the Earth", ha="right", fontsize=9)
    axes.axvline(scales.kappa, color=style.BLACK, lw=1.0, ls=":")
    axes.text(0.93 * scales.kappa, 1e15, "the Earth (crust)", ha="right", fontsize=9, rotation=90)
    axes.axvspan(gallery.critical_curvature(), 80.0, color="#999999", alpha=0.2, lw=0)
    axes.text(7.0, 1e8, "no trapped wave", ha="center", fontsize=9)
    axes.set(xlabel=r"$\kappa = 1/(\sqrt{2}\, kR\, \delta^{3/2})$", ylabel=r"length to fill, in $\ell$")
    axes.set(xlim=(0.018, 80.0), ylim=(0.3, 1e30))
    canvas.legend(loc="outside upper center", ncols=3, fontsize=8.5)
    return canvas


@figure("plane-ldos", chapter="flattened_earth", summary="Density and local density of states above three balls")
def density_of_states(kR: Annotated[float, Range(0.5, 10.0, "size of the balls", "1/k")] = 5.0) -> pd.DataFrame:
    """n/n0 and Im G/Im G0 against kr for a uniform, a graded and a repelling ball."""
    balls = {
        "uniform, $\\delta = 0.1$": lambda s: 1.1,
        "graded, $\\delta = 0.2 (1 - r^2/R^2)$": lambda s: 1.0 + 0.2 * (1.0 - s * s),
        "uniform, $\\delta = -0.1$": lambda s: 0.9,
    }
    rows = []
    for name, index in balls.items():
        for distance in kR + np.linspace(0.0, 4.0, 9):
            rows.append(
                {
                    "ball": name,
                    "kr": distance,
                    "density": ldos.isotropic_density(kR, index, distance),
                    "states": ldos.local_density_of_states(kR, index, distance),
                }
            )
    return pd.DataFrame(rows)


@density_of_states.drawing
def _draw_states(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.4))
    axes = canvas.subplots()
    for colour, (name, group) in zip(style.CYCLE, table.groupby("ball", sort=False), strict=False):
        axes.plot(group["kr"], group["states"] - 1.0, "x-", color=colour, lw=0.8, label=f"{name}: Im $G$/Im $G_0$")
        axes.plot(group["kr"], group["density"] - 1.0, "o", color=colour, mfc="none", ms=9, label="density")
    axes.set(xlabel=r"$kr$", ylabel=r"$n/n_0 - 1$")
    canvas.legend(loc="outside upper center", ncols=2, fontsize=8.5)
    return canvas
