"""Figures of the chapter on what a discovery takes."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.constants import AVOGADRO
from cnub.discovery.exposure import events_table, exposure_for_evidence
from cnub.figures import style
from cnub.figures.parameters import CoherenceTime, Convention, Density, LightestMass, Ordering, Range
from cnub.figures.registry import figure
from cnub.fluorescence.channels import channel
from cnub.fluorescence.rates import event_rate

LOWEST, HIGHEST = 1e8, 1e24
"""Densities per cm^3 of the figure of the saturation."""
SLOPES = (1.0, 1e-3, 1e-5)
BACKGROUNDS = (0.0, 1.0, 100.0, 1e4)
FACTORS = {"paper": "the paper's conventions", "definition": r"$D_k$ and $|\mathbf d_{vg}|$ by definition"}


def _marked(table: pd.DataFrame, density_per_cm3: float) -> float:
    """Eq. (22), which goes with the square of the density."""
    last = table.iloc[-1]
    return last["paper_per_year"] * (density_per_cm3 / last["density_per_cm3"]) ** 2


def _saturation_caption(
    table: pd.DataFrame, coherence_time_s: float, length_m: float, ordering: str, density_per_cm3: float
) -> str:
    name = style.transition(channel(ordering).name)
    return rf"""Events per year of {name} ({ordering}) on resonance in $({length_m:.3g}\,\mathrm m)^3$ against the
    density of dipoles, for {style.seconds(coherence_time_s)}. Dashed: Eq. (22), with the square of the density; the
    triangle is at {style.tex(density_per_cm3, 3)} per cm³. Solid: with the reaction of the emitted photon, Eq.
    {{eq}}`eq-yield`, from unit vectors to a free spin (line), $D_k$ and $f_\theta$ by definition, in a target of that
    size. Dotted: the sum rule, N times one free spin."""


def _saturation_alt(table: pd.DataFrame) -> str:
    kept = table["rate_per_year"] / table["paper_per_year"]
    density, rate = np.log(table["density_per_cm3"]), np.log(table["rate_per_year"])
    slope = (rate.iloc[-1] - rate.iloc[-2]) / (density.iloc[-1] - density.iloc[-2])
    return (
        f"A dashed line rising with slope two on logarithmic axes, and a solid line that is {kept.iloc[0]:.2g} of it "
        f"at {table['density_per_cm3'].iloc[0]:.0e} dipoles per cubic centimetre and {kept.iloc[-1]:.0e} of it at "
        f"{table['density_per_cm3'].iloc[-1]:.0e}, where it rises with slope {slope:.2g}."
    )


@figure(
    "fluorescence-saturation",
    chapter="discovery",
    summary="Peak rate against density, with the photon's reaction",
    caption=_saturation_caption,
    alt=_saturation_alt,
)
def saturation(
    coherence_time_s: CoherenceTime = 1e-8,
    length_m: Annotated[float, Range(1e-3, 1e4, "edge of the target", "m")] = 3.0,
    ordering: Ordering = "NO",
    lightest_mass_eV: LightestMass = 0.0,
    density_per_cm3: Density = AVOGADRO,
) -> pd.DataFrame:
    """Events per year on resonance against the density (per cm^3): Eq. (22), and with the emitted field's reaction.

    ``density_per_cm3`` is the one that is marked.
    """
    rows = []
    for density in np.geomspace(LOWEST, HIGHEST, 97):
        found = event_rate(
            "M1", ordering, lightest_mass=lightest_mass_eV, coherence_time_s=coherence_time_s, volume_m3=length_m**3,
            density_per_cm3=float(density),
        )  # fmt: skip
        left = found.domain
        ends = (left.remains_low_per_year, left.remains_high_per_year)
        rows.append((density, left.weight, left.sum_rule_high_per_year, found.rate_per_year, *ends))
    columns = ["density_per_cm3", "weight", "sum_rule_per_year", "paper_per_year", "low_per_year", "rate_per_year"]
    return pd.DataFrame(rows, columns=columns).astype(float)


@saturation.drawing
def _draw_saturation(table: pd.DataFrame, length_m: float, density_per_cm3: float) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    density, paper = table["density_per_cm3"], table["paper_per_year"]
    axes.loglog(density, paper, color=style.VERMILION, ls="--", label="Eq. (22), first order in g")
    axes.loglog(density, table["sum_rule_per_year"], color="k", ls=":", label="N times one free spin")
    label = "with the reaction of the photon"
    axes.fill_between(density, table["low_per_year"], table["rate_per_year"], color=style.BLUE, alpha=0.5, label=label)
    axes.loglog(density, table["rate_per_year"], color=style.BLUE)
    name = r"$N_A$" if density_per_cm3 == AVOGADRO else style.tex(density_per_cm3, 3)
    axes.plot(density_per_cm3, _marked(table, density_per_cm3), "k^", ms=8, label=rf"Eq. (22) at {name} per cm$^3$")
    axes.set(xlabel=r"dipoles per cm$^3$", ylabel=rf"events per year on resonance, $({length_m:.3g}\,\mathrm{{m}})^3$")
    axes.legend(loc="upper left")
    return canvas


def _events_caption(table: pd.DataFrame, convention: str, ordering: str) -> str:
    name, times = style.transition(channel(ordering).name), table["coherence_time_s"].nunique()
    panels = "a coherence time" if times == 1 else f"{times} coherence times"
    return rf"""Events per year of {name} ({ordering}, M1, Dirac, massless lightest neutrino, $N_A$ dipoles per cm$^3$,
    {FACTORS[convention]}) against the volume, averaged over the gas, for {len(SLOPES)} slopes of the photon band and
    {panels}. Dotted: with the reaction of the emitted photon on the dipoles, for free spins and light as in vacuum;
    slower light leaves less. The line marks one event per year."""


def _events_alt(table: pd.DataFrame) -> str:
    vacuum = table[table["slope"] == 1.0]
    below = np.log10(vacuum["events_per_year"] / vacuum["saturated_per_year"])
    return (
        f"Panels of rising lines on logarithmic axes, one for each coherence time. Flat bands and longer coherence "
        f"lift the lines; the dotted line lies {below.min():.0f} to {below.max():.0f} powers of ten below that of the "
        "vacuum."
    )


@figure(
    "discovery-events",
    chapter="discovery",
    summary="Events per year against volume and slow light",
    caption=_events_caption,
    alt=_events_alt,
)
def events(
    convention: Convention = "paper",
    ordering: Ordering = "NO",
    coherence_time_s: CoherenceTime = 1e-8,
    second_time_s: CoherenceTime = 1e-6,
) -> pd.DataFrame:
    """Events per year (M1, gas average) against the volume (m^3) for two coherence times (s) and slopes."""
    times = sorted({coherence_time_s, second_time_s})
    return events_table(np.geomspace(1e-6, 1e3, 19), times, SLOPES, ordering, convention)


@events.drawing
def _draw_events(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.4))
    times = table.groupby("coherence_time_s")
    panels = canvas.subplots(1, len(times), sharey=True, squeeze=False)[0]
    for axes, (time, at_time) in zip(panels, times, strict=True):
        for (slope, part), colour in zip(at_time.groupby("slope", sort=False), style.CYCLE, strict=False):
            axes.loglog(part["volume_m3"], part["events_per_year"], color=colour, label=rf"$d\omega/dk$ = {slope:g}")
        bound = at_time[at_time["slope"] == 1.0]
        axes.loglog(bound["volume_m3"], bound["saturated_per_year"], "k:", label="with the photon's reaction")
        axes.axhline(1.0, color="#999999", lw=1)
        axes.set(title=f"coherence {style.seconds(time)}", xlabel=r"volume (m$^3$)")
    panels[0].set_ylabel("events per year")
    canvas.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return canvas


def _exposure_caption(table: pd.DataFrame, sigma: float) -> str:
    return rf"""Years until half of all experiments exclude background alone at {sigma:g} standard deviations, from
    Poisson counts; dotted: the likelihood ratio. The steps are whole counts."""


def _exposure_alt(table: pd.DataFrame) -> str:
    known = table["background_per_year"].unique()
    ends = table.groupby("background_per_year")["years"].agg(["first", "last"])
    most, least = ends.loc[known.max()], ends.loc[known.min()]
    return (
        f"Falling lines of exposure against the signal rate for {len(known)} backgrounds from {known.min():g} to "
        f"{known.max():g} per year, higher with more background: between {table['signal_per_year'].min():g} and "
        f"{table['signal_per_year'].max():g} signal events per year the lowest falls from {least['first']:.1e} to "
        f"{least['last']:.1e} years and the highest from {most['first']:.1e} to {most['last']:.1e}."
    )


@figure(
    "discovery-exposure",
    chapter="discovery",
    summary="Years for 3 sigma against signal and background",
    caption=_exposure_caption,
    alt=_exposure_alt,
)
def exposure(sigma: Annotated[float, Range(1.0, 8.0, "significance, one-sided", "sigma")] = 3.0) -> pd.DataFrame:
    """Years for evidence against the signal per year, for backgrounds per year; exact counts and likelihood ratio."""
    rows = []
    for background in BACKGROUNDS:
        for signal in np.geomspace(0.1, 1e3, 25):
            found = exposure_for_evidence(float(signal), background, sigma)
            rows.append((background, signal, found.years, found.asimov_years, found.counts))
    return pd.DataFrame(rows, columns=["background_per_year", "signal_per_year", "years", "asimov_years", "counts"])


@exposure.drawing
def _draw_exposure(table: pd.DataFrame, sigma: float) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    for (background, part), colour in zip(table.groupby("background_per_year"), style.CYCLE, strict=False):
        axes.loglog(part["signal_per_year"], part["years"], color=colour, label=f"{background:g}")
        if background:
            axes.loglog(part["signal_per_year"], part["asimov_years"], color=colour, ls=":", lw=1.2)
    axes.set(xlabel="signal events per year", ylabel=rf"years for {sigma:g}$\sigma$ in half of the experiments")
    canvas.legend(title="background events per year", loc="outside upper center", ncols=4)
    return canvas
