"""Figures of the chapter on coherent enhancement."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.coherence.arrangements import arrange, lattice_spacing
from cnub.coherence.readings import MASS, METRE_TARGET_READINGS
from cnub.coherence.scattering import scattering_probability
from cnub.coherence.structure import ball_form_factor, coherence_edge, random_expectation, structure_average
from cnub.constants import METRE
from cnub.figures import style
from cnub.figures.parameters import Mass, Points, Range, Seed
from cnub.figures.registry import figure
from cnub.matter import material, refractivity, weak_potential
from cnub.relic import de_broglie_length_m, mean_momentum, number_density_per_cm3

QUOTED_RATE_HZ = 0.01
"""The rate that the talk gives for a metre-scale target ('Coherent scattering rate')."""
BAND = 2.0
"""Factor within which a reading counts as near it, as the ledger's for a source's "~"."""


def _sum_caption(table: pd.DataFrame, count: int, directions: int) -> str:
    least = _lattice_dip(table)
    dip = (
        f"A lattice scatters less than $N$ between the forward and the first Bragg peak, down to {style.tex(least)} of "
        "it: its amplitudes cancel, not just average out."
        if least < 1
        else ""
    )
    return rf"""Eq. {{eq}}`eq-coh-sum` squared, over $N$, for {count} scatterers in a ball, averaged over {directions}
    directions of $\mathbf q$. Random positions follow Eq. {{eq}}`eq-coh-mean`. {dip} Standard errors from the
    directions are below the size of the dots at small $qR$."""


def _sum_alt(table: pd.DataFrame, count: int) -> str:
    end = table.loc[table["arrangement"] == "random ball", "S_over_N"].iloc[-1]
    return (
        f"Logarithmic plot: the sum per scatterer stays near {count} up to qR of about one, then falls in lobes, for "
        f"random positions to {end:.1f} at the end, for the lattice to as little as {_lattice_dip(table):.1g}."
    )


def _lattice_dip(table: pd.DataFrame) -> float:
    """Least sum over N of the lattice below its first Bragg peak."""
    bragg = _mark(table, "bragg")
    return table.loc[(table["arrangement"] == "lattice ball") & (table["qR"] < bragg), "S_over_N"].min()


def _mark(table: pd.DataFrame, name: str) -> float:
    return float(table.loc[table["arrangement"] == name, "qR"].iloc[0])


@figure(
    "coherent-sum",
    chapter="coherent_enhancement",
    summary="From N squared to N: the sum over scatterers in a ball",
    caption=_sum_caption,
    alt=_sum_alt,
)
def coherent_sum(
    count: Annotated[int, Range(10, 10_000, "scatterers")] = 2000,
    points: Annotated[int, Range(5, 100, "momentum transfers")] = 60,
    directions: Annotated[int, Range(2, 120, "directions of each")] = 120,
    seed: Seed = 1,
) -> pd.DataFrame:
    """S(q)/N of random and lattice balls against q R, with its standard error, and the analytic expectation."""
    x = np.geomspace(0.1, 60.0, points)
    parts = []
    for kind in ("random ball", "lattice ball"):
        positions = arrange(kind, count, seed)
        average = structure_average(positions, x, directions)
        columns = {"arrangement": kind, "qR": x, "S_over_N": average.value / len(positions)}
        parts.append(pd.DataFrame(columns | {"error": average.error_estimate / len(positions)}))
    analytic = random_expectation(count, ball_form_factor(x)) / count
    parts.append(pd.DataFrame({"arrangement": "expectation", "qR": x, "S_over_N": analytic, "error": 0.0}))
    marks = {"edge": coherence_edge(count), "bragg": 2 * np.pi / lattice_spacing("lattice ball", count)}
    rows = [(name, value, np.nan, np.nan) for name, value in marks.items()]
    return pd.concat([*parts, pd.DataFrame(rows, columns=parts[0].columns)], ignore_index=True)


@coherent_sum.drawing
def _draw_sum(table: pd.DataFrame, narrow: bool) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.2))
    axes = canvas.subplots()
    labels = {"random ball": "random positions", "lattice ball": "simple cubic lattice"}
    for (kind, label), colour, marker in zip(labels.items(), (style.BLUE, style.VERMILION), "os", strict=True):
        rows = table[table["arrangement"] == kind]
        axes.loglog(rows["qR"], rows["S_over_N"], marker, markersize=3.5, color=colour, label=label)
    rows = table[table["arrangement"] == "expectation"]
    axes.loglog(rows["qR"], rows["S_over_N"], color=style.BLACK, linewidth=1.2, label=r"$1 + (N-1)F^2$")
    axes.axhline(1, color="0.5", linewidth=1, linestyle=":")
    for height, name, text in (
        (0.04, "edge", "coherent =\nincoherent" if narrow else "coherent = incoherent"),
        (0.22 if narrow else 0.1, "bragg", "first Bragg peak"),
    ):
        position = _mark(table, name)
        axes.axvline(position, color="0.5", linewidth=1, linestyle="--")
        where = dict(xycoords=axes.get_xaxis_transform(), textcoords="offset points")
        axes.annotate(text, (position, height), (-5, 0), ha="right", fontsize=9, **where)
    axes.set(xlabel=r"momentum transfer times radius, $qR$", ylabel=r"$|\mathrm{sum}|^2 / N$")
    axes.set_ylim(1e-4, None)
    canvas.legend(loc="outside upper center", ncols=3)
    return canvas


def _probability_caption(table: pd.DataFrame, mass: float) -> str:
    return rf"""Eq. {{eq}}`eq-coh-born` for electron neutrinos of {mass:g} eV at the mean momentum; first Born order,
    valid while $P \ll 1$. The largest shown is {style.tex(table["probability"].max())}."""


def _probability_alt(table: pd.DataFrame) -> str:
    return (
        f"{table['material'].nunique()} rising lines on logarithmic axes, steeper below a radius of "
        f"{1e3 * de_broglie_length_m(mean_momentum()):.1g} mm than above it."
    )


@figure(
    "coherent-probability",
    chapter="coherent_enhancement",
    summary="Chance of coherent scattering against size",
    caption=_probability_caption,
    alt=_probability_alt,
)
def probability(mass: Mass = 0.1, points: Points = 81) -> pd.DataFrame:
    """Probability of scattering in a ball of iron, lead or water against its radius in m, Dirac nu_e, mean momentum."""
    rows = []
    for name in ("water", "iron", "lead"):
        delta = refractivity(mass, mean_momentum(), weak_potential(material(name)))
        for radius in np.geomspace(1e-5, 1e2, points):
            value = scattering_probability(delta, mean_momentum(), radius * METRE)
            rows.append((name, radius, value))
    return pd.DataFrame(rows, columns=["material", "radius_m", "probability"])


@probability.drawing
def _draw_probability(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.7))
    axes = canvas.subplots()
    for dashes, (name, rows) in zip(("-", "--", "-."), table.groupby("material", sort=False), strict=True):
        axes.loglog(rows["radius_m"], rows["probability"], dashes, label=name)
    wave = de_broglie_length_m(mean_momentum())
    axes.axvline(wave, color="0.5", linewidth=1, linestyle=":")
    where = dict(xycoords=axes.get_xaxis_transform(), textcoords="offset points")
    axes.annotate(r"$R = 1/k$", (wave, 0.9), (-5, 0), ha="right", **where)
    axes.set(xlabel="radius of the ball (m)", ylabel="scattered per crossing")
    axes.legend(loc="lower right")
    return canvas


def _near(table: pd.DataFrame) -> pd.Series:
    """The names of the readings in the band."""
    return table.loc[table["rate_hz"].between(QUOTED_RATE_HZ / BAND, QUOTED_RATE_HZ * BAND), "reading"]


def _readings_caption(table: pd.DataFrame, mass: float, size_m: float) -> str:
    return rf"""Readings of the talk's rate ('Coherent scattering rate'): a cube of {size_m:g} m or a ball of $R =
    {size_m:g}$ m, $N_A$ scatterers per cm³ (of $C = 1$ for all that is scattered, of $3Z-A = 1$ for the hard strikes),
    mass {mass:g} eV, density
    {number_density_per_cm3(2):.0f} cm⁻³. The band is a factor {BAND:g} around the quoted {QUOTED_RATE_HZ:g} Hz."""


def _readings_alt(table: pd.DataFrame) -> str:
    near, rates = _near(table), table["rate_hz"]
    listed = f"{len(near)} in the band around {QUOTED_RATE_HZ:g} Hz" + ("" if near.empty else f": {'; '.join(near)}")
    return (
        f"{len(rates)} dots on a logarithmic axis of rates, from {rates.min():.0e} to {rates.max():.0e} Hz, {listed}."
    )


@figure(
    "metre-target",
    chapter="coherent_enhancement",
    summary="Readings of the talk's rate for a metre-scale target",
    caption=_readings_caption,
    alt=_readings_alt,
)
def metre_target(
    mass: Mass = MASS,
    size_m: Annotated[float, Range(0.01, 2.0, "edge of a cube, radius of a ball", "m")] = 1.0,
) -> pd.DataFrame:
    """Rate in Hz of each reading of the talk's "0.01 Hz for a meter-scale target", and what it assumes."""
    rows = [(one.name, one.rate_hz(mass, size_m), one.assumes(mass, size_m)) for one in METRE_TARGET_READINGS]
    return pd.DataFrame(rows, columns=["reading", "rate_hz", "assumes"])


@metre_target.drawing
def _draw_readings(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.8))
    axes = canvas.subplots()
    names, rates = table["reading"].str.replace("^2", "²").str.replace("^3", "³"), table["rate_hz"]
    axes.plot(rates, names, "o", color=style.BLUE)
    axes.axvline(QUOTED_RATE_HZ, color=style.VERMILION, linewidth=1.2, label=f"quoted: {QUOTED_RATE_HZ:g} Hz")
    axes.axvspan(QUOTED_RATE_HZ / BAND, QUOTED_RATE_HZ * BAND, color=style.VERMILION, alpha=0.15, linewidth=0)
    ends = (min(rates.min(), QUOTED_RATE_HZ) / 10, max(rates.max(), QUOTED_RATE_HZ) * 10)
    axes.set(xscale="log", xlabel="rate (Hz)", ylabel="reading", xlim=ends)
    axes.invert_yaxis()
    canvas.legend(loc="outside upper center")
    return canvas
