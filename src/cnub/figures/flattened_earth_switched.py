"""Figures of the chapter on the flattened Earth: the flux switched on at t = 0, over the Earth and over patches."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub import runs
from cnub.figures import style
from cnub.figures.flattened_earth_patch import CHAPTER
from cnub.figures.parameters import Ground, Mass
from cnub.figures.registry import figure
from cnub.grazing.switched_gas import FROM_ABOVE, half_filling_time_s, latest_s, switched_over_earth
from cnub.grazing.switched_scan import half_times

MARKS = ("o", "s", "^", "D", "v", "P")


def _over_earth_caption(table: pd.DataFrame, mass: float, ground: str) -> str:
    return rf"""Excess at the surface after an isotropic flux of {mass:g} eV was switched on over dark {ground}, in
    $\sqrt{{2|\delta|}}$ of the mean momentum, against the same shadow without refraction; attracted species less,
    repelled ones more. Dotted: what flux from above alone would have on flat ground, 8/15; the round Earth never
    gets there. Dashed: half filled at the mean momentum. First order in the refraction, up to $vt = R/2$, where terms
    of order $\delta$ begin to count; what trapped waves of slow neutrinos keep is not in it."""


def _over_earth_alt(table: pd.DataFrame) -> str:
    peak, gas = table["at_mean"].max(), table["gas"].max()
    return (
        f"Two curves on logarithmic axes that rise as the root of time to {peak:.2f} (mean momentum) and "
        f"{gas:.2f} (gas) and then fall, the first as the inverse of time, the gas later and more slowly; a level "
        f"line at {FROM_ABOVE:.2f} above both."
    )


@figure(
    "flat-switched",
    chapter=CHAPTER,
    summary="Excess over the Earth after the flux was switched on, one momentum and the gas",
    caption=_over_earth_caption,
    alt=_over_earth_alt,
)
def over_earth(mass: Mass = 0.1, ground: Ground = "crust") -> pd.DataFrame:
    """Size of the excess against the time since the flux was switched on, at the mean momentum and for the gas."""
    half, latest = half_filling_time_s(mass), latest_s(mass)
    ripples = np.geomspace(0.6 * half, 6.0 * half, 60)
    table = switched_over_earth(
        np.unique(np.concatenate([np.geomspace(0.02 * half, latest, 40), ripples])), mass, ground
    )
    return table.assign(half_filled_s=half)


@over_earth.drawing
def _draw_over_earth(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.0))
    axes = canvas.subplots()
    axes.loglog(table["time_s"], table["at_mean"], color=style.BLUE, label="at the mean momentum")
    axes.loglog(table["time_s"], table["gas"], color=style.VERMILION, ls="-.", label="averaged over the gas")
    axes.axhline(FROM_ABOVE, color="k", ls=":", lw=1.2)
    axes.text(table["time_s"].iloc[-1], 1.1 * FROM_ABOVE, "flux from above alone", ha="right", va="bottom", fontsize=9)
    axes.axvline(table["half_filled_s"].iloc[0], color="0.4", ls="--", lw=1.2)
    axes.set(xlabel="time since the flux was switched on (s)", ylabel=r"$|n/n_0-1|/\sqrt{2|\delta|}$", ylim=(1e-5, 2))
    axes.legend(loc="lower left")
    return canvas


def _patches_caption(table: pd.DataFrame) -> str:
    ratio = table["half_time"] / table["criterion"]
    return rf"""Time at which half of the plane's excess of the attracted species is left at the centre of a flattened
    patch after the flux was switched on, over the criterion $L/2 + 2/\kappa$ of this chapter: from {ratio.min():.1f} to
    {ratio.max():.1f}. Short patches take the length of diffraction around the sphere, long ones their own. Recorded run
    `switched_on`."""


def _patches_alt(table: pd.DataFrame) -> str:
    ratio = table["half_time"] / table["criterion"]
    kinds = table["kappa"].nunique()
    return (
        f"{kinds} rows of marks, one for each curvature, from {ratio.min():.1f} to {ratio.max():.1f}, that "
        f"meet near one for long patches."
    )


@figure(
    "flat-switched-patches",
    chapter=CHAPTER,
    summary="Half-filling times of patches after the flux was switched on, over the criterion",
    caption=_patches_caption,
    alt=_patches_alt,
)
def on_patches() -> pd.DataFrame:
    """Half-filling time in l/v and the criterion, per curvature and length of the recorded patches."""
    return half_times(pd.DataFrame(runs.results("switched_on")["columns"])).dropna().reset_index(drop=True)


@on_patches.drawing
def _draw_on_patches(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.9))
    axes = canvas.subplots()
    for (kappa, part), mark, colour in zip(table.groupby("kappa"), MARKS, style.CYCLE, strict=False):
        axes.semilogx(
            part["length"] * kappa, part["half_time"] / part["criterion"], marker=mark, mfc="white", color=colour, lw=1,
            label=rf"$\kappa = {kappa:g}$",
        )  # fmt: skip
    axes.axhline(1.0, color="k", ls=":", lw=1.2)
    axes.set_xscale("symlog")
    axes.set(xlabel=r"length of the patch, $\kappa L$", ylabel=r"half-filling time over $L/2 + 2/\kappa$")
    axes.set_ylim(0, None)
    axes.legend()
    return canvas
