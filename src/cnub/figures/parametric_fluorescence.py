"""Figures of the chapter on parametric fluorescence."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.coherence.arrangements import arrange
from cnub.coherence.structure import random_expectation
from cnub.figures import style
from cnub.figures.parameters import Convention, Ordering, Points, Range, Seed
from cnub.figures.registry import figure
from cnub.fluorescence.amplitude import box_form_factor, grating_positions, total_amplitude
from cnub.fluorescence.averages import (
    PAPER_MOMENTUM_SPREAD,
    incoherent_suppression,
    line_shape,
    paper_suppression,
    thermal_resonance,
)
from cnub.fluorescence.channels import channel, open_channels
from cnub.fluorescence.form_factors import emission_pattern
from cnub.fluorescence.rates import event_rate
from cnub.fluorescence.target import NOMINAL, Target


@figure(
    "fluorescence-phase-matching",
    chapter="parametric_fluorescence",
    summary="|M_tot|^2/N^2 of a uniform and a periodic target",
)
def phase_matching(
    number: Annotated[int, Range(10, 10_000, "dipoles")] = 1000,
    turns: Annotated[float, Range(5.0, 200.0, "D L of the grating", "rad")] = 60.0,
    seed: Seed = 1,
) -> pd.DataFrame:
    """Intensity of ``number`` random dipoles in a box of side L against q L, D L = ``turns``; mean and sample."""
    q = np.linspace(-1.5 * turns, 1.5 * turns, 901)
    transfers = np.stack([q, np.zeros_like(q), np.zeros_like(q)], axis=1)
    parts = []
    for name, grating in (("uniform", 0.0), ("periodic", turns)):
        cube = arrange("random cube", number, seed) / 2
        x = grating_positions(number, 1.0, grating, seed) if grating else cube
        sample = np.abs(total_amplitude(x, transfers)) ** 2 / number**2
        mean = random_expectation(number, box_form_factor(transfers, 1.0, grating)) / number**2
        parts.append(pd.DataFrame({"density": name, "q_L": q, "sample": sample, "mean": mean}))
    return pd.concat(parts, ignore_index=True)


@phase_matching.drawing
def _draw_phase_matching(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.6))
    panels = canvas.subplots(2, 1, sharex=True)
    titles = {"uniform": r"uniform, $n_0$", "periodic": r"periodic, $n_0[1+\cos(\mathbf{D}\cdot\mathbf{x})]$"}
    for axes, (name, part) in zip(panels, table.groupby("density", sort=False), strict=True):
        axes.semilogy(part["q_L"], part["sample"], color=style.SKY, lw=1.0, label="one arrangement")
        axes.semilogy(part["q_L"], part["mean"], color=style.BLUE, lw=1.4, label="mean over arrangements")
        axes.set(title=titles[name], ylim=(1e-6, 3), ylabel=r"$|\mathcal{M}_{\rm tot}|^2/N^2$")
    panels[1].set_xlabel(r"$(\mathbf{p}_i-\mathbf{p}_j'-\mathbf{k})\cdot\hat{\mathbf{D}}\,L$")
    canvas.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return canvas


@figure("fluorescence-emission", chapter="parametric_fluorescence", summary="Angular pattern of the emitted photon")
def emission(ordering: Ordering = "NO") -> pd.DataFrame:
    """g(theta) of dGamma/dOmega for each kind of dipoles, polarized along theta = 0, and its average, 2 f_theta."""
    theta = np.linspace(0.0, math.pi, 91)
    directions = np.stack([np.sin(theta), np.zeros_like(theta), np.cos(theta)], axis=1)
    chosen = channel(ordering)
    kinds = (("E1", "polarized"), ("M1", "polarized"), ("M1", "spin flip"), ("M1", "isotropic"))
    rows = [
        pd.DataFrame({"dipoles": f"{t} {d}", "theta": theta, "g": emission_pattern(t, d, directions, chosen)})
        for t, d in kinds
    ]
    return pd.concat(rows, ignore_index=True)


@emission.drawing
def _draw_emission(table: pd.DataFrame) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    for (name, part), line in zip(table.groupby("dipoles", sort=False), ("-", "--", "-.", ":"), strict=True):
        axes.plot(np.degrees(part["theta"]), part["g"], line, label=name)
    axes.set(xlabel=r"angle of the photon to the polarisation (degrees)", ylabel=r"$g(\theta)$", xlim=(0, 180))
    axes.set_xticks(range(0, 181, 30))
    axes.legend(loc="upper left")
    return canvas


@figure("fluorescence-masses", chapter="parametric_fluorescence", summary="Peak M1 rate and photon energy against mass")
def masses(convention: Convention = "definition", points: Annotated[int, Range(5, 300, "masses")] = 61) -> pd.DataFrame:
    """Photon energy (eV) and peak M1 rate (1/yr) of each open channel against the lightest mass (eV)."""
    rows = []
    for ordering in ("NO", "IO"):
        for mass in np.geomspace(1e-4, 0.3, points):
            for c in open_channels(ordering, mass):
                r = event_rate(
                    "M1", ordering, initial=c.initial, final=c.final, lightest_mass=mass, convention=convention
                )
                rows.append((ordering, c.name, mass, c.photon_energy, r.rate_per_year))
    return pd.DataFrame(rows, columns=["ordering", "channel", "lightest_mass_eV", "photon_energy_eV", "rate_per_year"])


@masses.drawing
def _draw_masses(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH + 0.6, 5.6))
    panels = canvas.subplots(2, 2, sharex=True, sharey="row")
    for column, ordering in enumerate(("NO", "IO")):
        for name, part in table[table["ordering"] == ordering].groupby("channel", sort=False):
            label = name.replace("nu", r"$\nu_").replace("->", r"\to ").replace(r"\to $\nu_", r"\to\nu_") + "$"
            for axes, key in zip(panels[:, column], ("photon_energy_eV", "rate_per_year"), strict=True):
                axes.loglog(part["lightest_mass_eV"], part[key], label=label)
        panels[0, column].set_title({"NO": "normal ordering", "IO": "inverted ordering"}[ordering])
        panels[0, column].legend(loc="lower left")
        panels[1, column].set_xlabel("lightest mass (eV)")
    panels[0, 0].set_ylabel(r"photon energy $\omega$ (eV)")
    panels[1, 0].set_ylabel("peak M1 rate (1/yr)")
    return canvas


@figure("fluorescence-line", chapter="parametric_fluorescence", summary="Line shape over the gas against E_vg")
def line(
    ordering: Ordering = "NO",
    half_range: Annotated[float, Range(1e-5, 1e-2, "largest detuning", "eV")] = 1e-3,
    points: Points = 1000,
) -> pd.DataFrame:
    """Averaged resonance factor over its peak against the level's detuning (eV), in vacuum and for slow light."""
    chosen, width = channel(ordering), NOMINAL["M1"].width
    offsets = np.linspace(-min(half_range, 0.99 * chosen.photon_energy), half_range, points)
    parts = []
    for slope in (1.0, 0.1, 0.01):
        shape = line_shape(chosen, width, chosen.photon_energy + offsets, photon_slope=slope) * width**2 / 4
        parts.append(pd.DataFrame({"slope": slope, "detuning_eV": offsets, "suppression": shape}))
    return pd.concat(parts, ignore_index=True)


@line.drawing
def _draw_line(table: pd.DataFrame) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    for slope, part in table.groupby("slope", sort=False):
        axes.semilogy(part["detuning_eV"] * 1e3, part["suppression"], label=rf"$d\omega/d|\mathbf{{k}}|={slope:g}$")
    axes.axhline(paper_suppression(NOMINAL["M1"].width), color=style.BLACK, ls=":", lw=1.3)
    axes.text(0.24, 0.8 * paper_suppression(NOMINAL["M1"].width), r"paper: $(\Gamma_v/\Delta p)^2$", va="top")
    axes.set(xlabel=r"$E_{vg}-\omega_0$ (meV)", ylabel=r"averaged resonance / peak")
    axes.legend(loc="upper right")
    return canvas


@figure(
    "fluorescence-average", chapter="parametric_fluorescence", summary="What the momentum spread leaves of the peak"
)
def average(points: Annotated[int, Range(5, 200, "coherence times")] = 41) -> pd.DataFrame:
    """M1 event rate (1/yr) against the coherence time (s): peak, gas average, and the two estimates."""
    rows = []
    for time in np.geomspace(1e-13, 1e-6, points):
        width = Target(27.0, 1.0, time).width
        peak = event_rate("M1", "NO", coherence_time_s=time).rate_per_year
        exact = peak * thermal_resonance(channel("NO"), width).value * width**2 / 4
        paper, sum_ = paper_suppression(width), incoherent_suppression(width, PAPER_MOMENTUM_SPREAD)
        rows.append((time, peak, exact, peak * paper, peak * sum_))
    return pd.DataFrame(rows, columns=["coherence_time_s", "peak", "gas average", "paper", "incoherent"])


@average.drawing
def _draw_average(table: pd.DataFrame) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    labels = {
        "peak": ("every neutrino on resonance", "--"),
        "gas average": ("average over the gas", "-"),
        "incoherent": (r"$\Gamma_v/\Delta p$, $\Delta p=10^{-4}$ eV", "-."),
        "paper": (r"$(\Gamma_v/\Delta p)^2$", ":"),
    }
    for key, (label, style_) in labels.items():
        axes.loglog(table["coherence_time_s"], table[key], style_, label=label)
    axes.set(xlabel=r"coherence time $\tau_v$ (s)", ylabel="M1 event rate in 27 m³ (1/yr)")
    axes.legend(loc="upper left")
    return canvas
