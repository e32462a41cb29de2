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
from cnub.figures.mass_marks import bounds_caption, mark_bounds
from cnub.figures.parameters import (
    CoherenceTime,
    Convention,
    Density,
    LightestMass,
    Ordering,
    Range,
    Seed,
    Volume,
)
from cnub.figures.registry import figure
from cnub.fluorescence.amplitude import box_form_factor, grating_positions, total_amplitude
from cnub.fluorescence.channels import channel, open_channels
from cnub.fluorescence.form_factors import emission_pattern
from cnub.fluorescence.rates import event_rate
from cnub.fluorescence.target import NOMINAL

ORDERED = {"NO": "normal ordering", "IO": "inverted ordering"}


def _phase_matching_caption(table: pd.DataFrame, number: int, turns: float) -> str:
    return rf"""$|\mathcal M_{{\rm tot}}|^2/N^2$ of Eq. {{eq}}`eq-fluor-mtot` for {number} dipoles in a box of side $L$,
    against the mismatch along one side. Top: random positions, uniform density. Bottom: periodic density, $DL =
    {turns:g}$, with its maxima of height $1/4$ at $\pm DL$."""


def _phase_matching_alt(table: pd.DataFrame, number: int, turns: float) -> str:
    return (
        f"Two panels on a logarithmic scale. The uniform target has one maximum at zero mismatch, the periodic one has "
        f"two more, at plus and minus {turns:g}; far from these the means go down to {1 / number:.1g}, one over the "
        "number of dipoles, and one arrangement scatters around them."
    )


@figure(
    "fluorescence-phase-matching",
    chapter="parametric_fluorescence",
    summary="|M_tot|^2/N^2 of a uniform and a periodic target",
    caption=_phase_matching_caption,
    alt=_phase_matching_alt,
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
def _draw_phase_matching(table: pd.DataFrame, number: int) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.6))
    panels = canvas.subplots(2, 1, sharex=True)
    titles = {"uniform": r"uniform, $n_0$", "periodic": r"periodic, $n_0[1+\cos(\mathbf{D}\cdot\mathbf{x})]$"}
    for axes, (name, part) in zip(panels, table.groupby("density", sort=False), strict=True):
        axes.semilogy(part["q_L"], part["sample"], color=style.SKY, lw=1.0, label="one arrangement")
        axes.semilogy(part["q_L"], part["mean"], color=style.BLUE, lw=1.4, label="mean over arrangements")
        axes.set(title=titles[name], ylim=(1e-3 / number, 3), ylabel=r"$|\mathcal{M}_{\rm tot}|^2/N^2$")
    panels[1].set_xlabel(r"$(\mathbf{p}_i-\mathbf{p}_j'-\mathbf{k})\cdot\hat{\mathbf{D}}\,L$")
    canvas.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return canvas


def _emission_caption(table: pd.DataFrame, ordering: str) -> str:
    name = style.transition(channel(ordering).name)
    return rf"""Angular pattern of the photon, ${{\rm d}}\Gamma/{{\rm d}}\Omega \propto g(\theta)$, for {name}
    ({ordering}). Spins that are flipped against their axis emit asymmetrically, the more so the faster the daughter is:
    it is left-handed and takes the flipped unit of angular momentum along."""


def _emission_alt(table: pd.DataFrame) -> str:
    curves = {name: part.reset_index(drop=True) for name, part in table.groupby("dipoles")}
    peak = math.degrees(curves["M1 polarized"]["theta"][curves["M1 polarized"]["g"].idxmax()])
    flip = curves["M1 spin flip"]["g"]
    return (
        f"Four curves of the pattern against the angle. E1 has two equal lobes on either side of 90 degrees, polarized "
        f"M1 one lobe at {peak:.0f} degrees, isotropic M1 is flat at "
        f"{curves['M1 isotropic']['g'].mean():.2g}, and the spin flip goes from {flip.iloc[0]:.2g} at 0 to "
        f"{flip.iloc[-1]:.2g} at 180 degrees."
    )


@figure(
    "fluorescence-emission",
    chapter="parametric_fluorescence",
    summary="Angular pattern of the emitted photon",
    caption=_emission_caption,
    alt=_emission_alt,
)
def emission(ordering: Ordering = "NO", lightest_mass_eV: LightestMass = 0.0) -> pd.DataFrame:
    """g(theta) of dGamma/dOmega for each kind of dipoles, polarized along theta = 0, and its average, 2 f_theta."""
    theta = np.linspace(0.0, math.pi, 91)
    directions = np.stack([np.sin(theta), np.zeros_like(theta), np.cos(theta)], axis=1)
    chosen = channel(ordering, lightest_mass=lightest_mass_eV)
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


MASSES_EV = (1e-4, 0.3)
DIPOLE = {
    "paper": r"$D_k = 1$, $|\mathbf d_{vg}| = e/m_e$",
    "definition": r"$D_k$ by definition, $|\mathbf d_{vg}| = \mu_B$",
}


def _masses_caption(
    table: pd.DataFrame, convention: str, volume_m3: float, density_per_cm3: float, coherence_time_s: float
) -> str:
    ends = table.groupby(["ordering", "channel"])["photon_energy_eV"].first()
    close = all((ends[ordering] > 0.9 * ends[ordering].max()).sum() == 2 for ordering in ORDERED)
    coincide = "In each ordering two channels have photons of nearly one energy." if close else ""
    return rf"""Photon energy and peak M1 rate of every open channel against the lightest mass:
    {style.tex(volume_m3, 3)} m³,
    {style.tex(density_per_cm3)} dipoles per cm³, {style.seconds(coherence_time_s)}, {DIPOLE[convention]}, $f_\theta =
    1$. The rates are Eq. (22), first order in the coupling $g$ of the photon, with $2g/\Gamma_v$ up to
    {style.tex(table["over_coupling"].max(), 1)}; the sum rule allows {style.tex(table["sum_rule_per_year"].max(), 1)}
    excitations a year at most (free spins). {coincide} {bounds_caption(tuple(ORDERED))}"""


def _masses_alt(table: pd.DataFrame) -> str:
    ends = table.groupby(["ordering", "channel"], sort=False)["photon_energy_eV"].agg(["first", "last"])
    highest = {ordering: 1e3 * part.max() for ordering, part in ends.groupby("ordering", sort=False)}
    light, heavy = table["lightest_mass_eV"].min(), table["lightest_mass_eV"].max()
    energies = " and ".join(
        f"from {part['first']:.2g} to {part['last']:.2g} meV in the {ORDERED[ordering]}"
        for ordering, part in highest.items()
    )
    return (
        f"Four panels, two orderings, photon energies above rates, each for three channels, against lightest masses "
        f"from {light:g} to {heavy:g} eV. All curves are flat at first and fall where the lightest mass exceeds the "
        f"splittings: the highest photon energy {energies}."
    )


@figure(
    "fluorescence-masses",
    chapter="parametric_fluorescence",
    summary="Peak M1 rate and photon energy against mass",
    caption=_masses_caption,
    alt=_masses_alt,
)
def masses(
    convention: Convention = "definition",
    volume_m3: Volume = NOMINAL["M1"].volume_m3,
    density_per_cm3: Density = NOMINAL["M1"].density_per_cm3,
    coherence_time_s: CoherenceTime = NOMINAL["M1"].coherence_time_s,
    points: Annotated[int, Range(5, 300, "masses")] = 61,
) -> pd.DataFrame:
    """Photon energy (eV), peak M1 rate (1/yr) and its bound of each open channel against the lightest mass (eV)."""
    target = {"volume_m3": volume_m3, "density_per_cm3": density_per_cm3, "coherence_time_s": coherence_time_s}
    rows = []
    for ordering in ORDERED:
        for mass in np.geomspace(*MASSES_EV, points):
            for c in open_channels(ordering, mass):
                labels = {"initial": c.initial, "final": c.final, "lightest_mass": mass}
                found = event_rate("M1", ordering, **labels, **target, convention=convention)
                bounds = found.domain.over_coupling, found.domain.sum_rule_high_per_year
                rows.append((ordering, c.name, mass, c.photon_energy, found.rate_per_year, *bounds))
    columns = ["ordering", "channel", "lightest_mass_eV", "photon_energy_eV", "rate_per_year"]
    return pd.DataFrame(rows, columns=[*columns, "over_coupling", "sum_rule_per_year"])


@masses.drawing
def _draw_masses(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH + 0.6, 5.6))
    panels = canvas.subplots(2, 2, sharex=True, sharey="row")
    for column, (ordering, title) in enumerate(ORDERED.items()):
        channels = table[table["ordering"] == ordering].groupby("channel", sort=False)
        for (name, part), dashes in zip(channels, ("-", "--", "-."), strict=True):
            for axes, key in zip(panels[:, column], ("photon_energy_eV", "rate_per_year"), strict=True):
                axes.loglog(part["lightest_mass_eV"], part[key], ls=dashes, label=style.transition(name))
        for axes in panels[:, column]:
            mark_bounds(axes, ordering, words=axes is panels[0, column])
        panels[0, column].set_title(title)
        panels[1, column].legend(loc="lower left")
        panels[1, column].set_xlabel("lightest mass (eV)")
    panels[0, 0].set_ylabel(r"photon energy $\omega$ (eV)")
    panels[1, 0].set_ylabel("peak M1 rate, first order (1/yr)")
    return canvas
