"""Figures of the chapter on slow light: the spread against the slope of the band, and what comes back of the peak."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.constants import HBAR_EV_S, SECOND
from cnub.figures import style
from cnub.figures.parameters import CoherenceTime, LightestMass, Ordering, Range
from cnub.figures.registry import figure
from cnub.fluorescence.averages import PAPER_MOMENTUM_SPREAD, paper_suppression
from cnub.fluorescence.channels import channel
from cnub.relic import component_rms
from cnub.slow_light.harmonics import harmonic_share
from cnub.slow_light.matching import coherence_time, energy_spread, slope_needed
from cnub.slow_light.recovery import FIELDS, chain_recovery, matched_chain, recovery

RED, LIGHT = style.VERMILION, style.BLUE
QUOTED_SLOPE, QUOTED_SPREAD = 1e-3, 1e-7
"""d omega/dk of the paper's example and the spread in eV that it gives for it."""


def _spread_caption(table: pd.DataFrame, final_speed: float) -> str:
    return rf"""Spread of the matched energy, Eq. {{eq}}`eq-slow-spread` with $v_j = {final_speed:.3g}$, against the
    slope of the photon band, and the time over which it amounts to one radian."""


def _spread_alt(table: pd.DataFrame, paper_spread: float, final_speed: float, coherence_time_s: float) -> str:
    width = HBAR_EV_S / coherence_time_s
    paper, gas = (slope_needed(width, spread, final_speed) for spread in (paper_spread, component_rms()))
    return (
        f"Two rising lines on logarithmic axes, for a momentum spread of {paper_spread:g} eV and for the gas. Below "
        f"slopes of {paper:.1e} and {gas:.1e} they lie within the width of a level of "
        f"{style.seconds(coherence_time_s)}, a dotted line; a triangle marks what the paper quotes."
    )


@figure(
    "slow-light-spread",
    chapter="slow_light",
    summary="Energy spread and its time against d omega/dk",
    caption=_spread_caption,
    alt=_spread_alt,
)
def spread_against_slope(
    paper_spread: Annotated[float, Range(1e-7, 1e-2, "momentum spread", "eV")] = PAPER_MOMENTUM_SPREAD,
    final_speed: Annotated[float, Range(1e-3, 1.0, "speed of nu_j", "c")] = 1.0,
    coherence_time_s: CoherenceTime = 1e-8,
) -> pd.DataFrame:
    """Spread of the matched energy (eV) and its inverse (s) against the slope, for the paper's spread and the gas.

    ``coherence_time_s`` is that of the level whose width is drawn beside them.
    """
    slope = np.geomspace(1e-5, 1.0, 121)
    rows = []
    for label, dp in (("paper", paper_spread), ("gas rms", component_rms())):
        spread = np.array([energy_spread(dp, s, final_speed) for s in slope])
        time = [coherence_time(e) for e in spread]
        rows.append(pd.DataFrame({"case": label, "slope": slope, "spread_eV": spread, "time_s": time}))
    return pd.concat(rows, ignore_index=True)


@spread_against_slope.drawing
def _draw_spread(table: pd.DataFrame, paper_spread: float, coherence_time_s: float) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    told = " (paper)" if paper_spread == PAPER_MOMENTUM_SPREAD else ""
    names = {
        "paper": rf"$\Delta p =$ {style.tex(paper_spread)} eV{told}",
        "gas rms": "rms of one component in the gas",
    }
    for (label, part), colour in zip(table.groupby("case", sort=False), (RED, LIGHT), strict=True):
        axes.loglog(part["slope"], part["spread_eV"], color=colour, label=names[label])
    width = HBAR_EV_S / coherence_time_s
    axes.axhline(width, color="black", ls=":", lw=1.3)
    axes.text(1.2 * table["slope"].min(), 1.15 * width, f"1/({style.seconds(coherence_time_s)})", va="bottom")
    quoted = rf"the paper's {style.tex(QUOTED_SLOPE)} $\to$ {style.tex(QUOTED_SPREAD)} eV"
    axes.plot(QUOTED_SLOPE, QUOTED_SPREAD, "k^", ms=8, label=quoted)
    axes.set(xlabel=r"slope of the band, $d\omega/d|\mathbf{k}|$", ylabel=r"spread of $E_3-E_1'$ (eV)")
    seconds = axes.secondary_yaxis("right", functions=(_invert, _invert))
    seconds.set_ylabel("time for one radian (s)")
    canvas.legend(loc="outside upper center", ncols=2, fontsize=9)
    return canvas


def _recovered_caption(table: pd.DataFrame, ordering: str, coherence_time_s: float) -> str:
    return rf"""Rate relative to the peak in vacuum against the slope of the photon band, for
    {style.transition(channel(ordering).name)} ({ordering}) and a level of {style.seconds(coherence_time_s)}. Blue:
    thermal average with the field of one photon as in vacuum, where its energy allows it. Green: the same with light
    that is slow because it is stored in a resonant medium. Dashed: the paper's estimate."""


def _recovered_alt(table: pd.DataFrame) -> str:
    low, high = table["slope"].min(), table["slope"].max()
    at = table.set_index(["case", "slope"])["fraction"]
    moved = {case: f"{at[case, high]:.1e} to {at[case, low]:.1e}" for case in ("vacuum", "stored", "paper")}
    return (
        f"Three curves on logarithmic axes. From slope {high:g} to {low:.0e} the blue one goes from {moved['vacuum']}, "
        f"the green one from {moved['stored']} and the dashed one from {moved['paper']}."
    )


@figure(
    "slow-light-recovery",
    chapter="slow_light",
    summary="How much of the peak rate a flat band recovers",
    caption=_recovered_caption,
    alt=_recovered_alt,
)
def recovered(
    coherence_time_s: CoherenceTime = 1e-8, ordering: Ordering = "NO", lightest_mass_eV: LightestMass = 0.0
) -> pd.DataFrame:
    """Rate over the peak in vacuum against d omega/dk: the gas with either field of one photon, and the paper's cap."""
    width, chosen = HBAR_EV_S / coherence_time_s, channel(ordering, lightest_mass=lightest_mass_eV)
    rows = []
    for slope in np.geomspace(1e-6, 1.0, 97):
        for field in FIELDS:
            rows.append((field, slope, recovery(chosen, width, float(slope), field).fraction))
        rows.append(("paper", slope, paper_suppression(width, float(slope))))
    return pd.DataFrame(rows, columns=["case", "slope", "fraction"])


@recovered.drawing
def _draw_recovered(table: pd.DataFrame) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    looks = {
        "vacuum": (LIGHT, "-", "gas, field of one photon as in vacuum"),
        "stored": (style.GREEN, "-.", "gas, light stored in a resonant medium"),
        "paper": (RED, "--", r"paper: $\min[1, (\Gamma_v/\Delta p\,s)^2]$"),
    }
    for case, (colour, line, label) in looks.items():
        part = table[table["case"] == case]
        axes.loglog(part["slope"], part["fraction"], color=colour, ls=line, label=label)
    axes.set(xlabel=r"slope of the band, $s=d\omega/d|\mathbf{k}|$", ylabel="rate / peak rate in vacuum")
    canvas.legend(loc="outside upper center", ncols=1, fontsize=9)
    return canvas


def _chains_caption(table: pd.DataFrame, coherence_time_s: float) -> str:
    return rf"""Chains of cavities between mirrors of 1 to {len(table)} pairs of silicon and vacuum layers, the middle
    of their band where a neutrino at rest meets it. Left: the share of the mean $|\mathbf B|^2$ that is in the harmonic
    matched in phase. Right: rate along the axis over the peak in vacuum at the slope of each chain,
    {style.transition(channel("NO").name)} (NO, massless $\nu_1$), a level of {style.seconds(coherence_time_s)}: with
    all of the mean field, and with that share of it."""


def _chains_alt(table: pd.DataFrame) -> str:
    first, last = table.iloc[0], table.iloc[-1]
    return (
        f"Two panels of points. Left: the share falls from {first['share']:.2g} at one pair to {last['share']:.2g} at "
        f"{len(table)}. Right, on logarithmic axes against the slope: circles reach {last['mean_field']:.2g} at slope "
        f"{last['slope']:.1e}, filled squares below them {last['matched']:.2g}."
    )


@figure(
    "slow-light-harmonics",
    chapter="slow_light",
    summary="The matched harmonic of light in chains of cavities, and what it leaves of the recovery",
    caption=_chains_caption,
    alt=_chains_alt,
)
def harmonics(
    most_pairs: Annotated[int, Range(2, 8, "pairs of layers in the thickest mirrors")] = 8,
    coherence_time_s: CoherenceTime = 1e-8,
) -> pd.DataFrame:
    """Slope, share of the matched harmonic, and rate over the peak in vacuum without and with it, by pairs."""
    width, chosen = HBAR_EV_S / coherence_time_s, channel("NO")
    rows = []
    for pairs in range(1, most_pairs + 1):
        chain, found = matched_chain(chosen, pairs), chain_recovery(chosen, width, pairs)
        share = harmonic_share(chain, chain.middle)
        rows.append((pairs, found.slope, share, found.fraction / share, found.fraction))
    return pd.DataFrame(rows, columns=["pairs", "slope", "share", "mean_field", "matched"])


@harmonics.drawing
def _draw_harmonics(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.6))
    left, right = canvas.subplots(1, 2)
    left.plot(table["pairs"], table["share"], "s", color=style.GREEN)
    left.set(xlabel="pairs of layers in a mirror", ylabel=r"share of $|\mathbf{B}|^2$ matched in phase", ylim=(0, 1))
    right.loglog(table["slope"], table["mean_field"], "o", color=LIGHT, mfc="none", label="all of the mean field")
    right.loglog(table["slope"], table["matched"], "s", color=style.GREEN, label="matched harmonic only")
    right.set(xlabel=r"slope of the band, $d\omega/d|\mathbf{k}|$", ylabel="rate / peak rate in vacuum")
    right.legend(fontsize=9)
    return canvas


def _invert(value):
    with np.errstate(divide="ignore"):
        return 1 / (np.asarray(value) * SECOND)
