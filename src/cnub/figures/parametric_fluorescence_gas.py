"""Figures of the chapter on parametric fluorescence: what the momenta of the gas leave of the resonance."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.constants import HBAR_EV_S
from cnub.figures import style
from cnub.figures.parameters import CoherenceTime, Density, LightestMass, Ordering, Points, Range, Volume
from cnub.figures.registry import figure
from cnub.figures.words import APART
from cnub.fluorescence.averages import (
    PAPER_MOMENTUM_SPREAD,
    incoherent_suppression,
    line_shape,
    paper_suppression,
    thermal_resonance,
)
from cnub.fluorescence.channels import channel
from cnub.fluorescence.rates import event_rate
from cnub.fluorescence.target import NOMINAL, Target

SLOPES = (1.0, 0.1, 0.01)
"""d omega/dk of the bands: vacuum and two flatter ones."""
TIMES_S = (1e-13, 1e-6)


def _cap(coherence_time_s: float) -> float:
    """What the paper's cap leaves of the peak."""
    return paper_suppression(HBAR_EV_S / coherence_time_s)


def _line_caption(table: pd.DataFrame, ordering: str, coherence_time_s: float) -> str:
    flat, flatter = (table.loc[table["slope"] == slope, "suppression"].to_numpy() for slope in SLOPES[1:])
    far = np.abs(flat / flatter - 1) < APART
    coincide = "Far from the centre the two flatter ones coincide." if far.mean() > 0.5 else ""
    return rf"""The averaged resonance factor of {style.transition(channel(ordering).name)} ({ordering}) over its peak
    $4/\Gamma_v^2$, against the detuning of the level, $\tau_v =$ {style.seconds(coherence_time_s)}, for light as in
    vacuum and for two flatter photon bands. {coincide} Dotted: the paper's cap."""


def _line_alt(table: pd.DataFrame, coherence_time_s: float) -> str:
    centre = table.loc[table.groupby("slope", sort=False)["detuning_eV"].apply(lambda part: part.abs().idxmin())]
    reached = ", ".join(f"{row.suppression:.1e} at slope {row.slope:g}" for row in centre.itertuples())
    return (
        f"{len(centre)} curves with one maximum each, on a logarithmic scale, narrower the flatter the photon band; at "
        f"their centre they reach {reached}. The dotted line lies at {_cap(coherence_time_s):.1e}."
    )


@figure(
    "fluorescence-line",
    chapter="parametric_fluorescence",
    summary="Line shape over the gas against E_vg",
    caption=_line_caption,
    alt=_line_alt,
)
def line(
    ordering: Ordering = "NO",
    lightest_mass_eV: LightestMass = 0.0,
    coherence_time_s: CoherenceTime = NOMINAL["M1"].coherence_time_s,
    half_range: Annotated[float, Range(1e-5, 1e-2, "largest detuning", "eV")] = 1e-3,
    points: Points = 1000,
) -> pd.DataFrame:
    """Averaged resonance factor over its peak against the level's detuning (eV), in vacuum and for slow light."""
    chosen, width = channel(ordering, lightest_mass=lightest_mass_eV), HBAR_EV_S / coherence_time_s
    offsets = np.linspace(-min(half_range, 0.99 * chosen.photon_energy), half_range, points)
    parts = []
    for slope in SLOPES:
        shape = line_shape(chosen, width, chosen.photon_energy + offsets, photon_slope=slope) * width**2 / 4
        parts.append(pd.DataFrame({"slope": slope, "detuning_eV": offsets, "suppression": shape}))
    return pd.concat(parts, ignore_index=True)


@line.drawing
def _draw_line(table: pd.DataFrame, coherence_time_s: float) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    for slope, part in table.groupby("slope", sort=False):
        axes.semilogy(part["detuning_eV"] * 1e3, part["suppression"], label=rf"$d\omega/d|\mathbf{{k}}|={slope:g}$")
    cap = _cap(coherence_time_s)
    axes.axhline(cap, color=style.BLACK, ls=":", lw=1.3)
    side = axes.get_yaxis_transform()
    axes.text(0.99, 0.8 * cap, r"paper: $(\Gamma_v/\Delta p)^2$", va="top", ha="right", transform=side)
    axes.set(xlabel=r"$E_{vg}-\omega_0$ (meV)", ylabel=r"averaged resonance / peak")
    canvas.legend(loc="outside upper center", ncols=len(SLOPES))
    return canvas


def _average_caption(table: pd.DataFrame, ordering: str, volume_m3: float) -> str:
    name = style.transition(channel(ordering).name)
    return rf"""M1 event rate of {name} ({ordering}) in {style.tex(volume_m3, 3)} m³ against the coherence time: every
    neutrino on resonance, the average over the gas, and the two estimates with $\Delta p =$
    {style.tex(PAPER_MOMENTUM_SPREAD)} eV."""


def _average_alt(table: pd.DataFrame) -> str:
    rates = table.drop(columns="coherence_time_s")
    first, last, time = rates.iloc[0], rates.iloc[-1], table["coherence_time_s"]
    return (
        f"Four lines that rise or stay level against the coherence time. At {style.seconds(time.iloc[0])} they lie "
        f"between {first.min():.1e} and {first.max():.1e} events per year; at {style.seconds(time.iloc[-1])} the peak "
        f"has reached {last['peak']:.1e}, the average over the gas {last['gas average']:.1e}, the incoherent estimate "
        f"{last['incoherent']:.1e}, and the paper's cap {last['paper']:.1e}."
    )


@figure(
    "fluorescence-average",
    chapter="parametric_fluorescence",
    summary="What the momentum spread leaves of the peak",
    caption=_average_caption,
    alt=_average_alt,
)
def average(
    ordering: Ordering = "NO",
    lightest_mass_eV: LightestMass = 0.0,
    volume_m3: Volume = NOMINAL["M1"].volume_m3,
    density_per_cm3: Density = NOMINAL["M1"].density_per_cm3,
    points: Annotated[int, Range(5, 200, "coherence times")] = 41,
) -> pd.DataFrame:
    """M1 event rate (1/yr) against the coherence time (s): peak, gas average, and the two estimates."""
    chosen, rows = channel(ordering, lightest_mass=lightest_mass_eV), []
    for time in np.geomspace(*TIMES_S, points):
        target = {"volume_m3": volume_m3, "density_per_cm3": density_per_cm3, "coherence_time_s": time}
        width = Target(**target).width
        peak = event_rate("M1", ordering, lightest_mass=lightest_mass_eV, **target).rate_per_year
        exact = peak * thermal_resonance(chosen, width).value * width**2 / 4
        paper, sum_ = paper_suppression(width), incoherent_suppression(width, PAPER_MOMENTUM_SPREAD)
        rows.append((time, peak, exact, peak * paper, peak * sum_))
    return pd.DataFrame(rows, columns=["coherence_time_s", "peak", "gas average", "paper", "incoherent"])


@average.drawing
def _draw_average(table: pd.DataFrame, volume_m3: float) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    labels = {
        "peak": ("every neutrino on resonance", "--"),
        "gas average": ("average over the gas", "-"),
        "incoherent": (rf"$\Gamma_v/\Delta p$, $\Delta p=${style.tex(PAPER_MOMENTUM_SPREAD)} eV", "-."),
        "paper": (r"$(\Gamma_v/\Delta p)^2$", ":"),
    }
    for key, (label, style_) in labels.items():
        axes.loglog(table["coherence_time_s"], table[key], style_, label=label)
    axes.set(xlabel=r"coherence time $\tau_v$ (s)", ylabel=f"M1 event rate in {style.tex(volume_m3, 3)} m³ (1/yr)")
    axes.legend(loc="upper left")
    return canvas
