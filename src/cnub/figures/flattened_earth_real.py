"""Figures of the chapter on the flattened Earth: filling times, anisotropic flux, a witness, and what is felt."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.constants import AGE_OF_EARTH_S, JULIAN_YEAR_S
from cnub.figures import style
from cnub.figures.flattened_earth_patch import CHAPTER, half_filled
from cnub.figures.parameters import Ground, Mass, Range
from cnub.figures.registry import figure
from cnub.figures.words import together
from cnub.forces.sensitivity import TORSION_BALANCE
from cnub.forces.surface import surface_acceleration
from cnub.grazing import anisotropy, critical_curvature, grazing_scales
from cnub.grazing.earth import patch_filling_time_s
from cnub.matter import MATERIALS
from cnub.sphere import ldos

_STEP_ERROR, _FORCE_ERROR = 1e-8, 1e-6
"""Errors of the quadrature over the horizon and of the slope of a profile."""
_RADIAL_ERROR = 1e-6
"""Error of a density from radially integrated waves; the tests hold it to this against the sum over waves."""
FILLINGS = {"empty plane": (style.BLUE, "-"), "downgoing flux": (style.ORANGE, "--"), "filled": (style.BLACK, "-.")}
"""States of the gas, and the line of each."""


def _times_caption(table: pd.DataFrame, mass: float) -> str:
    measured = half_filled.compute()
    spread = (0.5 * measured["half_filled"] * measured["kappa"])[measured["kappa"] > critical_curvature()]
    coincide = "The two grounds hardly differ." if together(*table.iloc[:, 1:].to_numpy().T, logarithmic=True) else ""
    return rf"""Time to fill the trapped states at the centre of a patch of the real Earth, $(L/2 + 2R\theta_c)/v$, for
    {mass:g} eV; it holds for $\kappa$ above {critical_curvature():.2f}. {coincide} If only the trapped waves were
    empty, half of the deficit is gone after {spread.min():.2f} to {spread.max():.2f} of $2/\kappa$ in units
    of $\ell$, {{numref}}`fig-patch-map`; if all was dark below, later, {{numref}}`fig-flat-switched-patches`."""


def _times_alt(table: pd.DataFrame) -> str:
    grounds = table.columns[1:]
    ends = " and ".join(f"from {table[g].iloc[0]:.1g} to {table[g].iloc[-1]:.1g} s over {g}" for g in grounds)
    above = math.log10(JULIAN_YEAR_S / table[grounds].to_numpy().max())
    return (
        f"Times that rise {ends}, for patches from {table['length_km'].min():g} to {table['length_km'].max():g} km; "
        f"lines for a year, {above:.0f} powers of ten above the longest, and for the age of the Earth."
    )


@figure(
    "patch-times",
    chapter=CHAPTER,
    summary="Time to fill a patch of the real Earth against its length",
    caption=_times_caption,
    alt=_times_alt,
)
def times(mass: Mass = 0.1, ground: Ground = "crust") -> pd.DataFrame:
    """Seconds to fill the trapped states at the centre of a patch of 0.1 to 1000 km, on ``ground`` and mean Earth."""
    lengths = np.concatenate(([0.1], np.geomspace(1.0, 1000.0, 31)))
    table = pd.DataFrame({"length_km": lengths})
    for name in dict.fromkeys((ground, "earth")):
        scales = grazing_scales(mass, None, name)
        table[name] = [patch_filling_time_s(1e3 * length, scales) for length in lengths]
    return table


@times.drawing
def _draw_times(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.3))
    axes = canvas.subplots()
    for name, line in zip(table.columns[1:], ("-", "--"), strict=False):
        label = f"{'mean Earth' if name == 'earth' else name}, {MATERIALS[name].density_g_per_cm3:g} g/cm$^3$"
        axes.loglog(table["length_km"], table[name], line, label=label)
    axes.axhline(AGE_OF_EARTH_S, color=style.BLACK, lw=1.0, ls=":")
    axes.text(0.1, 2e15, "age of the Earth", va="top", fontsize=9)
    axes.axhline(JULIAN_YEAR_S, color=style.BLACK, lw=1.0, ls=":")
    axes.text(0.1, 5e6, "a year", va="top", fontsize=9)
    shortest = table.iloc[:, 1:].to_numpy().min()
    axes.set(xlabel="length of the patch (km)", ylabel="time to fill (s)", ylim=(min(1e-4, 0.5 * shortest), 1e19))
    axes.legend(loc="center right")
    return canvas


def _horizon_caption(table: pd.DataFrame, contrast: float) -> str:
    return rf"""Surface excess with every state filled, for a flux that changes by {100 * abs(contrast):.3g} % across
    the horizon over an angular width given in $\theta_c$. A sharp step gives $\mp 8/15$ of the contrast, the talk's
    downgoing flux; beyond $\theta_c$ the effect fades. Error: quadrature, below {style.tex(_STEP_ERROR)}."""


def _horizon_alt(table: pd.DataFrame) -> str:
    first, last = table["attract"].iloc[0], table["attract"].iloc[-1]
    middle = float(np.interp(0.0, np.log(table["width_theta_c"]), table["attract"]))
    return (
        f"Two mirrored curves; that of the attracted species is at {first:.3f} for narrow steps, at {middle:.2f} for "
        f"one as wide as the critical angle, and at {last:.0e} for the widest."
    )


@figure(
    "plane-horizon",
    chapter=CHAPTER,
    summary="Angular structure at the horizon that would be needed",
    caption=_horizon_caption,
    alt=_horizon_alt,
)
def horizon(contrast: Annotated[float, Range(-1.0, 1.0, "height of the step", least=1e-3)] = 1.0) -> pd.DataFrame:
    """Surface excess in sqrt(2|delta|), every state filled, against the width in theta_c of a step at the horizon."""
    widths = np.geomspace(1e-2, 1e4, 49)
    rows = [(w, *(anisotropy.horizon_structure_excess(w, s, contrast) for s in ("attract", "repel"))) for w in widths]
    return pd.DataFrame(rows, columns=["width_theta_c", "attract", "repel"])


@horizon.drawing
def _draw_horizon(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.3))
    axes = canvas.subplots()
    axes.semilogx(table["width_theta_c"], table["attract"], color=style.BLUE, label="attracted")
    axes.semilogx(table["width_theta_c"], table["repel"], color=style.VERMILION, label="repelled")
    axes.set(xlabel=r"angular width of the step / $\theta_c$", ylabel=r"$(n/n_0-1)/\sqrt{2|\delta|}$")
    axes.legend()
    return canvas


def _states_caption(table: pd.DataFrame, kR: float) -> str:
    return rf"""Density under an isotropic flux (circles) and local density of states (crosses) outside
    {table["ball"].nunique()} balls of $kR = {kR:g}$. Error: {style.tex(_RADIAL_ERROR)}, from the radial integration."""


def _states_alt(table: pd.DataFrame) -> str:
    apart = (table["density"] - table["states"]).abs().max()
    lowest, highest = table["density"].min() - 1.0, table["density"].max() - 1.0
    return (
        f"Circles with crosses at their centres, within {apart:.0e} of them, along {table['ball'].nunique()} lines "
        f"that oscillate between {lowest:.2f} and {highest:.2f}."
    )


@figure(
    "plane-ldos",
    chapter=CHAPTER,
    summary="Density and local density of states above three balls",
    caption=_states_caption,
    alt=_states_alt,
)
def density_of_states(
    kR: Annotated[float, Range(0.5, 10.0, "size of the balls", "1/k")] = 5.0,
    delta: Annotated[float, Range(1e-3, 0.3, "size of the refraction")] = 0.1,
) -> pd.DataFrame:
    """n/n0 and Im G/Im G0 against kr for a uniform, a graded and a repelling ball."""
    balls = {
        f"uniform, $\\delta = {delta:g}$": lambda s: 1.0 + delta,
        f"graded, $\\delta = {2 * delta:g} (1 - r^2/R^2)$": lambda s: 1.0 + 2 * delta * (1.0 - s * s),
        f"uniform, $\\delta = {-delta:g}$": lambda s: 1.0 - delta,
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
    looks = zip(style.CYCLE, "xd+", "osD", strict=False)
    for (colour, states, density), (name, group) in zip(looks, table.groupby("ball", sort=False), strict=False):
        label = f"{name}: Im $G$/Im $G_0$"
        axes.plot(group["kr"], group["states"] - 1.0, marker=states, ms=4, color=colour, lw=0.8, label=label)
        axes.plot(group["kr"], group["density"] - 1.0, density, color=colour, mfc="none", ms=9, label="density")
    axes.set(xlabel=r"$kr$", ylabel=r"$n/n_0 - 1$")
    canvas.legend(loc="outside upper center", ncols=2, fontsize=8.5)
    return canvas


def _force_caption(table: pd.DataFrame, mass: float, ground: str) -> str:
    same = together(table["empty plane"], table["downgoing flux"], logarithmic=True)
    coincide = "The curves of the empty plane and of the downgoing flux coincide to the eye." if same else ""
    return rf"""Size of the mean acceleration of a body of {ground} standing on {ground} against its height, all
    flavours of {mass:g} eV, for {len(FILLINGS)} ways to fill the states; dotted: torsion balances. "Filled" holds for
    plane, patch and sphere alike. {coincide} Source: talk, 'Asymmetry' and 'Sensitivity for acceleration'.
    Error: quadrature, below {style.tex(_FORCE_ERROR)}; the mean momentum stands for the gas."""


def _force_alt(table: pd.DataFrame) -> str:
    empty, filled, down = (table[name] for name in ("empty plane", "filled", "downgoing flux"))
    apart = (down / empty - 1.0).abs().max()
    crossing = table.loc[(filled < empty).idxmax(), "height_m"]
    above = math.log10(TORSION_BALANCE / table[list(FILLINGS)].to_numpy().max())
    return (
        f"Acceleration against height of the body on logarithmic axes. Empty plane and downgoing flux, equal to "
        f"{apart:.0e}, fall from {empty.iloc[0]:.1e} to {empty.iloc[-1]:.1e}; filled starts "
        f"{filled.iloc[0] / empty.iloc[0]:.1f} times above them, is below them from {crossing:.0e} m on and ends at "
        f"{filled.iloc[-1]:.0e}; a dotted line lies {above:.0f} powers of ten above all."
    )


@figure(
    "plane-force",
    chapter=CHAPTER,
    summary="Gradient force on a body against its height, per filling",
    caption=_force_caption,
    alt=_force_alt,
)
def force(mass: Mass = 0.1, ground: Ground = "crust") -> pd.DataFrame:
    """Size of the acceleration in cm/s^2 of a body on ``ground`` against its height in m, per filling of the states."""
    heights = np.geomspace(1e-5, 30.0, 40)
    table = pd.DataFrame({"height_m": heights})
    for state in FILLINGS:
        table[state] = [abs(surface_acceleration(state, h, mass, ground)) for h in heights]
    return table


@force.drawing
def _draw_force(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.7))
    axes = canvas.subplots()
    for state, (colour, line) in FILLINGS.items():
        axes.loglog(table["height_m"], table[state], line, color=colour, label=state)
    axes.axhline(TORSION_BALANCE, color=style.VERMILION, lw=1.0, ls=":")
    axes.text(1e-5, 2 * TORSION_BALANCE, "torsion balances", fontsize=9)
    lowest = min(1e-36, 0.5 * table[list(FILLINGS)].to_numpy().min())
    axes.set(xlabel="height of the body (m)", ylabel=r"acceleration (cm s$^{-2}$)", ylim=(lowest, 1e-13))
    axes.legend(loc="center right")
    return canvas
