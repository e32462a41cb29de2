"""Figures of the chapter on what a discovery takes: N, not N^2, by exact resolvents, and where the photons are."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.constants import AVOGADRO
from cnub.figures import style
from cnub.figures.parameters import Range, Seed
from cnub.figures.registry import figure
from cnub.fluorescence.medium import LORENTZ, emission_spectrum
from cnub.fluorescence.polariton import on_shell_yield
from cnub.fluorescence.rates import event_rate
from cnub.fluorescence.resolvent import dipole_shares, random_positions, ring_positions

NUMBERS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
RING_LENGTH, MODES, DRAWS = 20.0, 64, 8
"""Length of the ring in 1/Gamma, photons on it, and random arrangements that are averaged."""
WEAK = on_shell_yield(0.0, 1e-6, 1.0, 1.0, 1.0) / 1e-12
"""The yield over g^2 to first order, light leaving at the rate Gamma."""
READINGS = {"unit vectors": 1.0, "free spin": 1 / math.sqrt(2)}
"""g over that of |d_gv| = e/m_e."""
BRANCHES = ("lower line", "upper line")
FIELDS = {"without": 0.0, "with": LORENTZ}
SHARP_EV, BLURRED_EV = 4e-5, 1e-4
"""Widths in eV of level and light: for the place of a line, and for a spectrum that so many angles resolve."""
ANGLES = 80


Dense = Annotated[float, Range(0.05, 2.0, "dipoles over Avogadro's number per cm^3")]
Light = Annotated[float, Range(0.0, 0.1, "lightest neutrino mass", "eV")]


def _crossover_caption(table: pd.DataFrame, ratio: float) -> str:
    return rf"""Photons with the momentum that the neutrino lost, over the excitations of a single dipole, against the
    number $N$ of dipoles in one and the same volume; $2g/\Gamma_v = {ratio:g}$ at $N = {NUMBERS[-1]}$, light leaves at
    the rate $\Gamma_v$. Lines: first order, $\propto N^2$; Eq. {{eq}}`eq-yield` on the neutrino's line; the sum rule.
    Points: exact resolvent of $N$ dipoles and {MODES} photons on a ring, equally spaced and at random (mean of
    {DRAWS}). Random dipoles, and few, also shine alone, which one dimension exaggerates: their points lie lower."""


def _crossover_alt(table: pd.DataFrame) -> str:
    last = table.iloc[-1]
    worst = np.abs(table["ring"] / table["closed_form"] - 1)[table["number"] >= MODES].max()
    slope = np.log2(table["closed_form"]).diff()
    return (
        f"A dashed line of slope two, a dotted one of slope one, and a solid line that begins on the first and "
        f"bends from slope {slope.iloc[1]:.1f} to slope {slope.iloc[-1]:.1f}, "
        f"{last['first_order'] / last['closed_form']:.2g} times below the first at {last['number']:.0f}. Circles of "
        f"the ring lie on it, to {100 * worst:.1g} per cent from {MODES} dipoles on, crosses of random dipoles within "
        f"{100 * np.abs(table['random'] / table['closed_form'] - 1).max():.0f} per cent."
    )


@figure(
    "fluorescence-crossover",
    chapter="discovery",
    summary="From N^2 to N: exact resolvents of up to 512 dipoles",
    caption=_crossover_caption,
    alt=_crossover_alt,
)
def crossover(
    ratio: Annotated[float, Range(0.1, 20.0, "2g/Gamma_v of 512 dipoles")] = 4.0, seed: Seed = 0
) -> pd.DataFrame:
    """Matched photons per excitation of one dipole against the number of dipoles: closed forms and resolvents."""
    rows = []
    for number in NUMBERS:
        g = ratio / 2 * math.sqrt(number / NUMBERS[-1])
        ring = _matched(ring_positions(number, RING_LENGTH), g)
        random = np.mean([_matched(random_positions(number, RING_LENGTH, (seed + n) % 2**32), g) for n in range(DRAWS)])
        shares = (g * g * WEAK, on_shell_yield(0.0, g, 1.0, 1.0, 1.0), ring, random)
        rows.append((number, 2 * g, *(number * share for share in shares)))
    columns = ["number", "over_coupling", "first_order", "closed_form", "ring", "random"]
    return pd.DataFrame(rows, columns=columns)


def _matched(positions, coupling):
    return dipole_shares(positions, RING_LENGTH, coupling, 1.0, 1.0, modes=MODES).matched


@crossover.drawing
def _draw_crossover(table: pd.DataFrame) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    number = table["number"]
    axes.loglog(number, table["first_order"], color=style.VERMILION, ls="--", label="first order, $N^2$")
    axes.loglog(number, number, "k:", label="excitations, $N$")
    axes.loglog(number, table["closed_form"], color=style.BLUE, label="with the reaction of the photon")
    axes.loglog(number, table["ring"], "o", mfc="none", color=style.BLUE, ms=8, label="resolvent, ring")
    axes.loglog(number, table["random"], "x", color="k", ms=7, label="resolvent, random places")
    axes.set(xlabel="dipoles $N$ in a fixed volume", ylabel="photons per excitation of one dipole")
    axes.legend(loc="upper left")
    return canvas


def _spectrum_caption(table: pd.DataFrame, density: float) -> str:
    level, spread = 1e3 * table["level_eV"].iloc[0], BLURRED_EV * 1e3
    name = "N_A" if density == 1 else rf"{density:g}\,N_A"
    return rf"""The photons of $\nu_3\to\nu_1$ (NO, neutrinos at rest, level at {level:.2f} meV, ${name}$ dipoles per
    cm³) by the golden rule with Maxwell's response. Left: their two energies against the angle to the axis of the
    spins, for $|\mathbf d_{{gv}}| = e/m_e$ and for a free spin; each band reaches from without (its lower edge) to
    with the local field. Right: the spectrum over all angles, without the local field, level and light {spread:g} meV
    wide."""


def _spectrum_alt(table: pd.DataFrame) -> str:
    low, high = (1e3 * table[table["kind"] == branch]["energy_eV"] for branch in BRANCHES)
    return (
        f"Left, two pairs of bands that keep clear of the dashed level: the lower between {low.min():.1f} and "
        f"{low.max():.1f} meV, the upper between {high.min():.1f} and {high.max():.1f} meV, furthest apart along the "
        "axis. Right, two peaks of each reading and nothing but a trace of the second diagram at the level."
    )


@figure(
    "fluorescence-spectrum",
    chapter="discovery",
    summary="Photon energies with the reaction of the photon: two lines, none at the level",
    caption=_spectrum_caption,
    alt=_spectrum_alt,
)
def spectrum(density: Dense = 1.0, lightest_mass_eV: Light = 0.0) -> pd.DataFrame:
    """Energies (eV) of two lines against the cosine of the photon's angle, and the spectrum (1/eV) over all angles.

    ``against`` is the cosine for a line and photons per eV for a spectrum.
    """
    found = event_rate("M1", "NO", density_per_cm3=density * AVOGADRO, lightest_mass=lightest_mass_eV)
    chosen, g = found.channel, found.domain.coupling
    parts = [_line_rows(chosen, share * g, name) for name, share in READINGS.items()]
    parts += [_spectrum_rows(chosen, share * g, name) for name, share in READINGS.items()]
    return pd.concat(parts, ignore_index=True).assign(level_eV=chosen.photon_energy)


def _line_rows(chosen, coupling, reading):
    """Both lines without and with the local field, from across the axis to where the helicity flips the spins."""
    rows = []
    for cosine in np.linspace(0.0, 1.0, 11):
        at = {"angle": math.pi - math.acos(cosine), "shape": "spin flip"}
        for field, local in FIELDS.items():
            found = emission_spectrum(chosen, coupling, SHARP_EV, SHARP_EV, local=local, **at).lines(share=0.2)
            rows += [
                (branch, reading, field, cosine, end) for branch, end in zip(BRANCHES, found[[0, -1]], strict=True)
            ]
    return pd.DataFrame(rows, columns=["kind", "reading", "field", "against", "energy_eV"])


def _spectrum_rows(chosen, coupling, reading):
    """Photons per eV over the excitations of independent spins, mean over the directions by Gauss's rule."""
    nodes, weights = np.polynomial.legendre.leggauss(ANGLES)
    at = [
        emission_spectrum(chosen, coupling, BLURRED_EV, BLURRED_EV, angle=math.acos(x), shape="spin flip", local=0.0)
        for x in nodes
    ]
    mean = sum(w / 2 * one.photons for w, one in zip(weights, at, strict=True))
    near = np.abs(at[0].energy - chosen.photon_energy) < 1.3 * coupling
    columns = {"kind": "spectrum", "reading": reading, "field": "without"}
    return pd.DataFrame(columns | {"against": mean[near], "energy_eV": at[0].energy[near]})


@spectrum.drawing
def _draw_spectrum(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.2))
    axes, side = canvas.subplots(1, 2, sharey=True, width_ratios=[3, 2])
    level = 1e3 * table["level_eV"].iloc[0]
    for (reading, part), colour, hatch in zip(
        table.groupby("reading", sort=False), style.CYCLE, ("", "///"), strict=False
    ):
        for branch, label in zip(BRANCHES, (reading, None), strict=True):
            bare, local = (part[(part["kind"] == branch) & (part["field"] == field)] for field in FIELDS)
            ends = 1e3 * bare["energy_eV"].to_numpy(), 1e3 * local["energy_eV"].to_numpy()
            axes.fill_between(bare["against"], *ends, color=colour, alpha=0.45, hatch=hatch, label=label)
        curve = part[part["kind"] == "spectrum"]
        side.plot(1e-3 * curve["against"], 1e3 * curve["energy_eV"], color=colour, ls="--" if hatch else "-")
    for panel in (axes, side):
        panel.axhline(level, color="k", ls=":", lw=1)
    axes.annotate("level", (0.02, level), xytext=(0, 3), textcoords="offset points")
    axes.set(xlabel=r"$|\cos|$ of the angle of photon and spins", ylabel="photon energy (meV)", xlim=(0, 1))
    side.set(xlabel="photons per meV and\nper excitation of a lone spin", xlim=(0, None))
    canvas.legend(*axes.get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return canvas
