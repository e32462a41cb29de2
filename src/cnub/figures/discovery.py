"""Figures of the chapter on what a discovery takes."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.constants import AVOGADRO, CENTIMETRE, HBAR_EV_S, METRE, YEAR
from cnub.discovery.candidates import lines
from cnub.discovery.exposure import events_table, exposure_for_evidence
from cnub.discovery.polariton import collective_coupling, first_order_weight, photon_yield, saturated_decay_rate
from cnub.discovery.scanning import photon_lines
from cnub.domain import positive
from cnub.figures import style
from cnub.figures.parameters import CoherenceTime, Convention, Range
from cnub.figures.registry import figure
from cnub.fluorescence.channels import channel
from cnub.fluorescence.decay import dipole_moment
from cnub.fluorescence.rates import NEUTRINO_DENSITY_PER_CM3


@figure("fluorescence-saturation", chapter="discovery", summary="Peak rate against density, with the photon's reaction")
def saturation(
    coherence_time_s: CoherenceTime = 1e-8,
    length_m: Annotated[float, Range(1e-3, 1e3, "edge of the target", "m")] = 3.0,
) -> pd.DataFrame:
    """Events per year on resonance against the density (per cm^3): Eq. (22), and with the emitted field's reaction."""
    chosen, dipole = channel("NO"), dipole_moment("M1")
    width = HBAR_EV_S / positive("coherence_time_s", coherence_time_s)
    scale = NEUTRINO_DENSITY_PER_CM3 / CENTIMETRE**3 * (length_m * METRE) ** 3 * YEAR
    rows = []
    for density in np.geomspace(1e8, 1e24, 97):
        n, omega = density / CENTIMETRE**3, chosen.photon_energy
        g = collective_coupling(n, dipole, omega)
        weights = (first_order_weight(0.0, g, width), photon_yield(0.0, g, width, 1 / (length_m * METRE)))
        rates = [scale * saturated_decay_rate(chosen.mixing, n, omega, 1.0, weight) for weight in weights]
        rows.append((density, *weights, *rates))
    return pd.DataFrame(rows, columns=["density_per_cm3", "weight", "photon_yield", "paper_per_year", "rate_per_year"])


@saturation.drawing
def _draw_saturation(table: pd.DataFrame) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    density, paper = table["density_per_cm3"], table["paper_per_year"]
    axes.loglog(density, paper, color=style.VERMILION, ls="--", label="Eq. (22), first order in g")
    axes.loglog(density, table["rate_per_year"], color=style.BLUE, label="with the reaction of the photon")
    axes.plot(AVOGADRO, np.interp(AVOGADRO, density, paper), "k^", ms=8, label=r"paper, $N_A$ per cm$^3$")
    axes.set(xlabel=r"dipoles per cm$^3$", ylabel=r"events per year on resonance, $(3\,\mathrm{m})^3$")
    axes.legend(loc="upper left")
    return canvas


@figure("discovery-lines", chapter="discovery", summary="Photon energies of the channels against real M1 lines")
def photon_lines_figure(
    heaviest: Annotated[float, Range(1e-3, 1.0, "largest lightest mass", "eV")] = 0.2,
) -> pd.DataFrame:
    """Photon energy (eV) of every channel against the lightest mass (eV), and the energies of the candidate lines."""
    masses = np.concatenate([[0.0], np.geomspace(1e-4, heaviest, 80)])
    columns = ["ordering", "channel", "lightest_mass_eV", "photon_energy_eV"]
    channels = photon_lines(masses)[columns].assign(kind="channel")
    known = lines()
    known = known[known["energy_meV"] > 0]
    marks = pd.DataFrame({"channel": known["species"], "photon_energy_eV": known["energy_meV"] * 1e-3, "kind": "line"})
    return pd.concat([channels, marks], ignore_index=True)


@photon_lines_figure.drawing
def _draw_lines(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 5.8))
    axes, side = canvas.subplots(1, 2, sharey=True, width_ratios=[3, 1])
    channels = table[table["kind"] == "channel"]
    colours = dict(zip(("nu3->nu1", "nu3->nu2", "nu2->nu1", "nu2->nu3", "nu1->nu3"), style.CYCLE, strict=False))
    for (ordering, name), part in channels.groupby(["ordering", "channel"], sort=False):
        pretty = name.replace("nu", r"$\nu_", 1).replace("->nu", r"\to\nu_") + "$"
        axes.plot(part["lightest_mass_eV"].clip(lower=1e-4), part["photon_energy_eV"] * 1e3, color=colours[name],
                  ls="-" if ordering == "NO" else "--", label=f"{ordering} {pretty}")  # fmt: skip
    axes.set(xscale="log", yscale="log", xlabel="lightest mass (eV)", ylabel="energy (meV)")
    canvas.legend(*axes.get_legend_handles_labels(), loc="outside upper center", ncols=3)
    _label_lines(side, table[table["kind"] == "line"].sort_values("photon_energy_eV"))
    return canvas


def _label_lines(side, marks):
    """Short bars at the energies, joined to names that are spread evenly over the axis so that none overlaps."""
    side.set(xlim=(0, 1), xticks=[], xlabel="M1 lines", ylim=(0.15, 120))
    side.grid(False)
    places = np.geomspace(0.18, 100, len(marks))
    for place, name, energy in zip(places, marks["channel"], marks["photon_energy_eV"] * 1e3, strict=True):
        side.plot([0.0, 0.12, 0.3], [energy, energy, place], color=style.BLACK, lw=0.7)
        side.text(0.32, place, name, fontsize=7, va="center", clip_on=False)


@figure("discovery-events", chapter="discovery", summary="Events per year against volume and slow light")
def events(convention: Convention = "paper") -> pd.DataFrame:
    """Events per year (M1, NO, gas average) against the volume (m^3) for coherence times (s) and slopes."""
    return events_table(np.geomspace(1e-6, 1e3, 19), (1e-8, 1e-6), (1.0, 1e-3, 1e-5), convention=convention)


@events.drawing
def _draw_events(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.4))
    panels = canvas.subplots(1, 2, sharey=True)
    for axes, (time, at_time) in zip(panels, table.groupby("coherence_time_s"), strict=True):
        for (slope, part), colour in zip(at_time.groupby("slope", sort=False), style.CYCLE, strict=False):
            axes.loglog(part["volume_m3"], part["events_per_year"], color=colour, label=rf"$d\omega/dk$ = {slope:g}")
        bound = at_time[at_time["slope"] == 1.0]
        axes.loglog(bound["volume_m3"], bound["saturated_per_year"], "k:", label="with the photon's reaction")
        axes.axhline(1.0, color="#999999", lw=1)
        axes.set(title=f"coherence {time * 1e6:g} µs", xlabel=r"volume (m$^3$)", ylim=(1e-18, 1e9))
    panels[0].set_ylabel("events per year")
    canvas.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return canvas


@figure("discovery-exposure", chapter="discovery", summary="Years for 3 sigma against signal and background")
def exposure(sigma: Annotated[float, Range(1.0, 8.0, "significance, one-sided", "sigma")] = 3.0) -> pd.DataFrame:
    """Years for evidence against the signal per year, for backgrounds per year; exact counts and likelihood ratio."""
    rows = []
    for background in (0.0, 1.0, 100.0, 1e4):
        for signal in np.geomspace(0.1, 1e3, 25):
            found = exposure_for_evidence(float(signal), background, sigma)
            rows.append((background, signal, found.years, found.asimov_years, found.counts))
    return pd.DataFrame(rows, columns=["background_per_year", "signal_per_year", "years", "asimov_years", "counts"])


@exposure.drawing
def _draw_exposure(table: pd.DataFrame) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    for (background, part), colour in zip(table.groupby("background_per_year"), style.CYCLE, strict=False):
        axes.loglog(part["signal_per_year"], part["years"], color=colour, label=f"{background:g}")
        if background:
            axes.loglog(part["signal_per_year"], part["asimov_years"], color=colour, ls=":", lw=1.2)
    axes.set(xlabel="signal events per year", ylabel=r"years for 3$\sigma$ in half of the experiments")
    canvas.legend(title="background events per year", loc="outside upper center", ncols=4)
    return canvas
