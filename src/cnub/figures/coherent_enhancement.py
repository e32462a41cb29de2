"""Figures of the chapter on coherent enhancement."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.coherence.arrangements import arrange, lattice_spacing
from cnub.coherence.readings import METRE_TARGET_READINGS
from cnub.coherence.scattering import scattering_probability
from cnub.coherence.structure import ball_form_factor, coherence_edge, random_expectation, structure_average
from cnub.constants import METRE
from cnub.figures import style
from cnub.figures.parameters import Mass, Points, Range, Seed
from cnub.figures.registry import figure
from cnub.matter import material, refractivity, weak_potential
from cnub.relic import de_broglie_length_m, mean_momentum

QUOTED_RATE_HZ = 0.01
"""The rate that the talk gives for a metre-scale target ('Coherent scattering rate')."""


@figure(
    "coherent-sum", chapter="coherent_enhancement", summary="From N squared to N: the sum over scatterers in a ball"
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
def _draw_sum(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.2))
    axes = canvas.subplots()
    labels = {"random ball": "random positions", "lattice ball": "simple cubic lattice"}
    for (kind, label), colour, marker in zip(labels.items(), (style.BLUE, style.VERMILION), "os", strict=True):
        rows = table[table["arrangement"] == kind]
        axes.loglog(rows["qR"], rows["S_over_N"], marker, markersize=3.5, color=colour, label=label)
    rows = table[table["arrangement"] == "expectation"]
    axes.loglog(rows["qR"], rows["S_over_N"], color=style.BLACK, linewidth=1.2, label=r"$1 + (N-1)F^2$")
    axes.axhline(1, color="0.5", linewidth=1, linestyle=":")
    for name, text in (("edge", "coherent = incoherent"), ("bragg", "first Bragg peak")):
        position = float(table.loc[table["arrangement"] == name, "qR"].iloc[0])
        axes.axvline(position, color="0.5", linewidth=1, linestyle="--")
        axes.annotate(text, (position, 2e-4), (-5, 0), textcoords="offset points", ha="right", fontsize=9)
    axes.set(xlabel=r"momentum transfer times radius, $qR$", ylabel=r"$|\sum_a e^{i q\cdot x_a}|^2 / N$")
    axes.set_ylim(1e-4, None)
    canvas.legend(loc="outside upper center", ncols=3)
    return canvas


@figure("coherent-probability", chapter="coherent_enhancement", summary="Chance of coherent scattering against size")
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
    axes.axvline(de_broglie_length_m(mean_momentum()), color="0.5", linewidth=1, linestyle=":")
    axes.annotate(r"$R = 1/k$", (de_broglie_length_m(mean_momentum()), 1e-6), (5, 0), textcoords="offset points")
    axes.set(xlabel="radius of the ball (m)", ylabel="scattered per crossing")
    axes.legend()
    return canvas


@figure("metre-target", chapter="coherent_enhancement", summary="Readings of the talk's rate for a metre-scale target")
def metre_target() -> pd.DataFrame:
    """Rate in Hz of each reading of the talk's "0.01 Hz for a meter-scale target", and what it assumes."""
    rows = [(reading.name, reading.rate_hz(), reading.assumes) for reading in METRE_TARGET_READINGS]
    return pd.DataFrame(rows, columns=["reading", "rate_hz", "assumes"])


@metre_target.drawing
def _draw_readings(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.8))
    axes = canvas.subplots()
    names = table["reading"].str.replace("^2", "²").str.replace("^3", "³")
    axes.plot(table["rate_hz"], names, "o", color=style.BLUE)
    axes.axvline(QUOTED_RATE_HZ, color=style.VERMILION, linewidth=1.2, label="quoted: 0.01 Hz")
    axes.axvspan(QUOTED_RATE_HZ / 2, QUOTED_RATE_HZ * 2, color=style.VERMILION, alpha=0.15, linewidth=0)
    axes.set(xscale="log", xlabel="rate (Hz)", ylabel="reading", xlim=(1e-8, 1e8))
    axes.invert_yaxis()
    canvas.legend(loc="outside upper center")
    return canvas
