"""Figures of the chapter on slow light: media that have flat bands."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.constants import HBAR_EV_S
from cnub.figures import style
from cnub.figures.parameters import CoherenceTime, Range
from cnub.figures.registry import figure
from cnub.relic import component_rms
from cnub.slow_light.bands import TransparencyBand, TwoLevelBand, flat_window
from cnub.slow_light.crystal import LayeredCrystal, cavity_chain

Energy = Annotated[float, Range(3e-3, 0.1, "energy of the flat band", "eV")]
Coupling = Annotated[float, Range(1e-5, 0.02, "collective coupling", "eV")]

RED = style.VERMILION
MOST_PAIRS = 8
"""Pairs of layers in the mirrors of the last chain."""


def _bands_caption(table: pd.DataFrame, energy: float, coupling: float, control: float, pairs: int) -> str:
    layers = "one pair" if pairs == 1 else f"{pairs} pairs"
    return rf"""Three media with a flat band at {1e3 * energy:g} meV. The lower branch of a two-level medium (coupling
    {1e3 * coupling:g} meV); the slow branch of electromagnetically induced transparency (control field
    {1e3 * control:g} meV); a chain of half-wave cavities between mirrors of {layers} of layers (silicon and vacuum),
    from transfer matrices, in the extended zone. Dashed: vacuum."""


def _bands_alt(table: pd.DataFrame, energy: float) -> str:
    chain = table[table["model"] == "cavity chain"]
    return (
        "Three panels of photon energy against wave number. Two-level bends over to a plateau; EIT crosses with a "
        f"flattened part; the cavity chain shows bands with gaps up to {1e3 * chain['omega_eV'].max():.3g} meV, one of "
        f"them nearly flat. The flat parts lie at {1e3 * energy:g} meV."
    )


@figure(
    "slow-light-bands",
    chapter="slow_light",
    summary="Dispersion of three media with a flat band",
    caption=_bands_caption,
    alt=_bands_alt,
)
def bands(
    energy: Energy = 0.02,
    coupling: Coupling = 2e-3,
    control: Annotated[float, Range(1e-6, 5e-3, "coupling of the control field", "eV")] = 1e-3,
    pairs: Annotated[int, Range(1, MOST_PAIRS, "pairs of layers in a mirror")] = 2,
) -> pd.DataFrame:
    """omega(k) in eV of a two-level medium, EIT and a chain of cavities, all flat at ``energy``."""
    k = np.linspace(1e-4, 2 * energy, 241)
    parts = [
        pd.DataFrame({"model": "two-level", "k_eV": k, "omega_eV": TwoLevelBand(energy, coupling).omega(k)}),
        pd.DataFrame({"model": "EIT", "k_eV": k, "omega_eV": TransparencyBand(energy, coupling, control).omega(k)}),
    ]
    chain = cavity_chain(pairs, energy)
    for band in range(1, chain.band + 3):
        crystal = LayeredCrystal(chain.indices, chain.thicknesses, band)
        inside = (np.arange(40) + 0.5) / 40 + band - 1
        q = inside * np.pi / crystal.period
        parts.append(pd.DataFrame({"model": "cavity chain", "k_eV": q, "omega_eV": crystal.omega(q)}))
    return pd.concat(parts, ignore_index=True)


@bands.drawing
def _draw_bands(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.4))
    panels = canvas.subplots(1, 3, sharey=True)
    top = 1e3 * table.loc[table["model"] == "EIT", "k_eV"].max()
    for axes, (model, part) in zip(panels, table.groupby("model", sort=False), strict=True):
        k, omega = part["k_eV"] * 1e3, part["omega_eV"] * 1e3
        axes.plot([0, top], [0, top], color=RED, ls="--", lw=1.2)
        axes.plot(k, omega, *(("." if model == "cavity chain" else "-"),), ms=2.5, color=RED)
        axes.set(title=model, xlabel=r"$|\mathbf{k}|$ (meV)", xlim=(0, top), ylim=(0, top))
    panels[0].set_ylabel(r"$\omega$ (meV)")
    return canvas


def _reached(model: str, part: pd.DataFrame) -> str:
    """Where the window of ``model``, its rows ``part`` by rising window, is as wide as the gas on both sides."""
    needed, windows, slopes = 2 * component_rms(), part["window_eV"].to_numpy(), part["slope"].to_numpy()
    if windows[0] > needed:
        return f"the {model} exceeds it everywhere"
    if windows[-1] < needed:
        return f"the {model} comes to {windows[-1] / needed:.2g} of it at a slope of {style.tex(slopes[-1])}"
    slope = math.exp(np.interp(math.log(needed), np.log(windows), np.log(slopes)))
    return f"the {model} reaches it at a slope of {style.tex(slope)}"


def _windows_caption(table: pd.DataFrame, energy: float, coupling: float, coherence_time_s: float) -> str:
    names = {"EIT": "EIT medium", "two-level": "two-level medium", "cavity chain": "chain of cavities"}
    parts = {model: part.sort_values("window_eV") for model, part in table.groupby("model", sort=False)}
    reached = "; ".join(_reached(names[model], part) for model, part in parts.items())
    return rf"""Range of photon momenta over which each medium keeps its energy within half the width of a level of
    {style.seconds(coherence_time_s)}, against the slope at its centre: an EIT medium with a coupling of
    {1e3 * coupling:g} meV and a chain of cavities, both at {1e3 * energy:g} meV, and a two-level medium at half that
    energy. The gas needs the dotted line: {reached}."""


def _windows_alt(table: pd.DataFrame) -> str:
    ends = table.sort_values("slope").iloc[[0, -1]]
    return (
        f"Points of three media that fall with the slope on logarithmic axes, from a window of "
        f"{ends['window_eV'].iloc[0]:.1e} eV at slope {ends['slope'].iloc[0]:.1e} to {ends['window_eV'].iloc[1]:.1e} "
        f"eV at slope {ends['slope'].iloc[1]:.1e}; the dotted line lies at {2 * component_rms():.1e} eV."
    )


@figure(
    "slow-light-windows",
    chapter="slow_light",
    summary="Momentum window over which each real band stays flat",
    caption=_windows_caption,
    alt=_windows_alt,
)
def windows(energy: Energy = 0.02, coupling: Coupling = 1e-3, coherence_time_s: CoherenceTime = 1e-8) -> pd.DataFrame:
    """Slope at the centre and total window (eV) within half a level width, for the three media over their control."""
    tolerance = HBAR_EV_S / coherence_time_s / 2
    controls = coupling * np.geomspace(3e-3, 1, 11)
    media = [("EIT", TransparencyBand(energy, coupling, float(w)), energy) for w in controls]
    for g in energy * np.geomspace(3e-3, 0.5, 9):
        media.append(("two-level", TwoLevelBand(energy / 2, float(g)), energy))
    for pairs in range(1, MOST_PAIRS + 1):
        chain = cavity_chain(pairs, energy)
        media.append(("cavity chain", chain, (chain.band - 0.5) * np.pi / chain.period))
    rows = []
    for name, medium, k in media:
        window = flat_window(medium, k, tolerance, 2e-3)
        rows.append((name, window.slope, window.width, window.slope if name != "cavity chain" else 1.0))
    return pd.DataFrame(rows, columns=["model", "slope", "window_eV", "photon_fraction"])


@windows.drawing
def _draw_windows(table: pd.DataFrame) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    for (model, part), colour, mark in zip(table.groupby("model"), style.CYCLE, "osD", strict=False):
        axes.loglog(part["slope"], part["window_eV"], mark, color=colour, label=model)
    axes.axhline(2 * component_rms(), color="black", ls=":", lw=1.3)
    axes.text(table["slope"].max(), 2.2 * component_rms(), "rms of the gas, both sides", ha="right", va="bottom")
    axes.set(xlabel=r"slope at the centre, $d\omega/d|\mathbf{k}|$", ylabel="window within half a level width (eV)")
    axes.legend(loc="lower left")
    return canvas
