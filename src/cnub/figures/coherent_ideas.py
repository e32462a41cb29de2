"""Figures of the chapter on coherent enhancement: the talk's other ideas, each by its formula."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.coherence.ideas import (
    ion_energy,
    ion_strikes_per_year,
    neutron_star_overdensity,
    z_burst_probability,
    z_resonance_energy,
)
from cnub.constants import ATOMIC_MASS
from cnub.figures import style
from cnub.figures.parameters import Points, Range
from cnub.figures.registry import figure

SlowMass = Annotated[float, Range(0.01, 1.0, "neutrino mass", "eV")]
LEAD = {"neutrons": 126, "protons": 82}
RIGIDITY = 6.8e12
"""Energy per charge in eV of the beams of the LHC in its third run (CERN)."""
PUBLISHED = (1e11, 1e14)
"""Overdensities that the cooling of neutron stars constrains; abstract of arXiv:2408.01489."""


def collider_gamma() -> float:
    """Lorentz factor of lead in the LHC."""
    return RIGIDITY * LEAD["protons"] / ((LEAD["neutrons"] + LEAD["protons"]) * ATOMIC_MASS)


def _ions_caption(table: pd.DataFrame, mass: float, ions: float) -> str:
    return rf"""Accelerated ions: energy at which lead of Lorentz factor $\gamma$ meets relic neutrinos of {mass:g} eV,
    and elastic scatterings of {style.tex(ions)} such ions in a year, each coherent over its nucleus. Dotted: lead in
    the LHC, {RIGIDITY / 1e12:g} TeV per charge."""


def _ions_alt(table: pd.DataFrame) -> str:
    last = table[table["nature"] == "majorana"].iloc[-1]
    return (
        f"Two panels against the Lorentz factor. Left, the energy rises in proportion to {last['energy_eV']:.1e} eV; "
        f"right, two parallel lines rise as its square, to {last['per_year']:.0e} scatterings per year for Majorana."
    )


@figure(
    "idea-ions",
    chapter="coherent_enhancement",
    summary="Relic neutrinos on accelerated ions",
    caption=_ions_caption,
    alt=_ions_alt,
)
def ions_idea(
    mass: SlowMass = 0.1,
    ions: Annotated[float, Range(1.0, 1e20, "ions in the beam")] = 1e11,
    points: Points = 41,
) -> pd.DataFrame:
    """Energy in the frame of the ion in eV, and elastic scatterings on lead per year, against the Lorentz factor."""
    rows = []
    for nature in ("majorana", "dirac"):
        for gamma in np.geomspace(1e2, 3e5, points):
            rate = ion_strikes_per_year(float(gamma), ions, mass, nature=nature, **LEAD)
            rows.append((nature, gamma, ion_energy(float(gamma), mass), rate))
    return pd.DataFrame(rows, columns=["nature", "gamma", "energy_eV", "per_year"])


@ions_idea.drawing
def _draw_ions(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.2))
    left, right = canvas.subplots(1, 2)
    for dashes, (nature, rows) in zip(("-", "--"), table.groupby("nature", sort=False), strict=True):
        if nature == "majorana":
            left.loglog(rows["gamma"], rows["energy_eV"], color=style.BLACK)
        right.loglog(rows["gamma"], rows["per_year"], dashes, label=nature.capitalize())
    for axes in (left, right):
        axes.axvline(collider_gamma(), color="0.5", linewidth=1, linestyle=":")
        axes.set_xlabel(r"Lorentz factor $\gamma$")
    left.set_ylabel(r"neutrino energy $\gamma E$ (eV)")
    right.set_ylabel("scatterings per year")
    right.legend(loc="upper left")
    return canvas


def _burst_caption(table: pd.DataFrame) -> str:
    peak = table.loc[table["nature"] == "majorana", "probability"].max()
    return rf"""Z-burst: chance that a cosmic-ray neutrino of one mass state makes a $Z$ on a relic partner over
    $c/H_0$, today's density throughout. The peak of Majorana neutrinos is {style.tex(peak)}, that of Dirac ones half of
    it."""


def _burst_alt(table: pd.DataFrame) -> str:
    peaks = table.loc[table.groupby("mass_eV")["probability"].idxmax()]
    places = ", ".join(f"{row.energy_eV:.1e} eV for {row.mass_eV:g} eV" for row in peaks.itertuples())
    return (
        f"Narrow peaks on logarithmic axes, one for each mass, at {places}; the lighter the mass the higher the energy."
    )


@figure(
    "idea-z-burst",
    chapter="coherent_enhancement",
    summary="Z-burst: cosmic-ray neutrinos on relic ones",
    caption=_burst_caption,
    alt=_burst_alt,
)
def z_burst_idea(mass: SlowMass = 0.1, points: Points = 401) -> pd.DataFrame:
    """Chance of the Z-burst over c/H_0 against energy in eV: half, once and twice the mass, Majorana and Dirac."""
    parts = []
    for share in (0.5, 1.0, 2.0):
        peak = z_resonance_energy(share * mass)
        energy = peak * np.sort(np.append(np.geomspace(0.3, 3.0, points), 1.0))
        for nature in ("majorana", "dirac"):
            chance = z_burst_probability(energy, share * mass, nature)
            parts.append(
                pd.DataFrame({"mass_eV": share * mass, "nature": nature, "energy_eV": energy, "probability": chance})
            )
    return pd.concat(parts, ignore_index=True)


@z_burst_idea.drawing
def _draw_burst(table: pd.DataFrame, narrow: bool) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.4))
    axes = canvas.subplots()
    for number, (mass, rows) in enumerate(table.groupby("mass_eV")):
        colour, raised = style.CYCLE[number], 12 if narrow and number % 2 else 4
        for dashes, (nature, line) in zip(("-", ":"), rows.groupby("nature", sort=False), strict=True):
            label = f"{mass:g} eV" if nature == "majorana" else None
            axes.loglog(line["energy_eV"], line["probability"], dashes, color=colour, label=label)
        top = rows.loc[rows["probability"].idxmax()]
        axes.annotate(
            f"{mass:g} eV", (top["energy_eV"], top["probability"]), (0, raised), textcoords="offset points", ha="center"
        )
    axes.set(
        xlabel="energy of the cosmic-ray neutrino (eV)", ylabel=r"chance over $c/H_0$", ylim=(1e-5, 5 if narrow else 2)
    )
    axes.plot([], [], "-", color="0.3", label="Majorana")
    axes.plot([], [], ":", color="0.3", label="Dirac")
    handles, labels = axes.get_legend_handles_labels()
    axes.legend(handles[-2:], labels[-2:], loc="lower left")
    return canvas


def _star_caption(table: pd.DataFrame) -> str:
    low, high = (style.tex(edge) for edge in PUBLISHED)
    return rf"""Neutron stars (12 km, 1.4 solar masses): density over the cosmic mean at which all relic neutrinos that
    fall in, leaving with the mean energy of the surface, carry away what it radiates. Less cannot cool it. Band: {low}
    to {high}, published."""


def _star_alt(table: pd.DataFrame) -> str:
    first, last = table.iloc[0], table.iloc[-1]
    return (
        f"Parallel lines that rise as the cube of the temperature, from {table['overdensity'].min():.0e} at "
        f"{first['temperature_K']:.0e} K to {table['overdensity'].max():.0e} at "
        f"{last['temperature_K']:.0e} K, with a band."
    )


@figure(
    "idea-neutron-star",
    chapter="coherent_enhancement",
    summary="Cooling of neutron stars by relic neutrinos",
    caption=_star_caption,
    alt=_star_alt,
)
def neutron_star_idea(mass: SlowMass = 0.1, points: Points = 41) -> pd.DataFrame:
    """Least density over the cosmic mean that cools a neutron star against its temperature in K; three masses."""
    rows = [
        (share * mass, temperature, neutron_star_overdensity(float(temperature), share * mass))
        for share in (0.5, 1.0, 2.0)
        for temperature in np.geomspace(1e3, 1e7, points)
    ]
    return pd.DataFrame(rows, columns=["mass_eV", "temperature_K", "overdensity"])


@neutron_star_idea.drawing
def _draw_star(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.4))
    axes = canvas.subplots()
    for dashes, (mass, rows) in zip(("-", "--", "-."), table.groupby("mass_eV"), strict=True):
        axes.loglog(rows["temperature_K"], rows["overdensity"], dashes, label=f"{mass:g} eV")
    axes.axhspan(*PUBLISHED, color=style.VERMILION, alpha=0.15, linewidth=0)
    axes.set(xlabel="temperature of the surface (K)", ylabel="density over the cosmic mean")
    axes.legend(loc="upper left")
    return canvas
