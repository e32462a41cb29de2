"""Figures of the chapter on who gets N^2."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.constants import METRE
from cnub.enhancement.driven import driven_rate
from cnub.enhancement.product_states import net_weight, transition_operator, transition_weight
from cnub.enhancement.schemes import DRIVEN, STATES
from cnub.figures import style
from cnub.figures.parameters import Range
from cnub.figures.registry import figure
from cnub.relic import mean_speed

ALL = "coherence of g and v"
LARGEST_N = 10**6


def _scaling_caption(table: pd.DataFrame) -> str:
    top = table[table["N"] == table["N"].max()].iloc[0]
    return rf"""What a neutrino drives in $N$ equal atoms, over what it drives in one, summed over all final states.
    Only a coherence between the two states that it connects itself, $g$ and $v$, gives $N^2$ ({style.tex(top[ALL])} for
    {style.tex(top["N"])} atoms), and only as far as the phases agree: with random phases it is $N$ again. In the ground
    state and with the coherence of two other states it is $N$ at once. At one phase space for both
    directions excitations minus de-excitations are at most $N$ in every state."""


def _scaling_alt(table: pd.DataFrame) -> str:
    top = table[table["N"] == table["N"].max()].iloc[0]
    return (
        f"Logarithmic axes, N from 1 to {top['N']:.0e}. One line of slope two ends at {top[ALL]:.1e}; three lines of "
        f"slope one end at {top['ground state']:.1e}, {top['coherence of g and e']:.1e} and {top['random phases']:.1e}."
    )


@figure(
    "superradiance-scaling",
    chapter="superradiance",
    summary="Total rate against the number of atoms, for three preparations",
    caption=_scaling_caption,
    alt=_scaling_alt,
)
def scaling(seed: Annotated[int, Range(0, 2**31, "seed of the random phases")] = 0) -> pd.DataFrame:
    """Weight of the driven transition against N: three preparations in phase, the third with random phases, the net."""
    random = np.random.default_rng(seed).uniform(0, 2 * math.pi, LARGEST_N)
    rows = []
    for count in np.unique(np.geomspace(1, LARGEST_N, 25).round().astype(int)):
        weights = [
            transition_weight(STATES[name], transition_operator(DRIVEN[name], 2, 3), np.zeros(count)) for name in STATES
        ]
        blurred = transition_weight(STATES[ALL], transition_operator(DRIVEN[ALL], 2, 3), random[:count])
        rows.append((count, *weights, blurred, net_weight(STATES["ground state"], 0, 2, int(count))))
    return pd.DataFrame(rows, columns=["N", *STATES, "random phases", "largest net"])


@scaling.drawing
def _draw_scaling(table: pd.DataFrame) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    looks = [("-", style.BLUE, 2.2), ("--", style.VERMILION, 1.6), ("-", "black", 1.6)]
    for name, (line, colour, width) in zip(STATES, looks, strict=True):
        axes.loglog(table["N"], table[name], ls=line, color=colour, lw=width, label=name)
    axes.loglog(
        table["N"], table["random phases"], "o", mfc="none", color="black", ms=5, label="g and v, random phases"
    )
    top = table.iloc[-1]
    axes.text(top["N"] / 40, top[ALL] / 800, "$N^2/4$", ha="right")
    axes.text(top["N"] / 4, top["ground state"] * 1.5, "$N$", ha="right")
    axes.set(xlabel="number of atoms $N$", ylabel="rate / rate of one atom")
    canvas.legend(loc="outside upper center", ncols=2)
    return canvas


def _splitting_caption(table: pd.DataFrame, mass_eV: float, radius_m: float, density_per_cm3: float) -> str:
    return rf"""Quanta exchanged per second between relic neutrinos and a ball of {style.tex(density_per_cm3)} spins per
    cm³ and {100 * radius_m:g} cm radius, each halfway between its two states, against their distance; three neutrinos
    of {mass_eV:g} eV, gas average. Dotted: the distance at which the momentum transfer of a neutrino of mean speed,
    $E_{{vg}}/v$, is $1/R$."""


def _splitting_alt(table: pd.DataFrame) -> str:
    first, last = table.iloc[0], table.iloc[-1]
    return (
        f"Logarithmic axes. The total is flat at {first['total_hz']:.1g} Hz, bends at the dotted line and falls to "
        f"{last['total_hz']:.0e} Hz. The net rises with the distance from {first['net_hz']:.0e} Hz, has its largest "
        f"value of {table['net_hz'].max():.0e} Hz near the dotted line and falls."
    )


@figure(
    "superradiance-splitting",
    chapter="superradiance",
    summary="Total and net rate of prepared spins against their splitting",
    caption=_splitting_caption,
    alt=_splitting_alt,
)
def splitting(
    mass_eV: Annotated[float, Range(0.01, 10.0, "mass of the neutrinos", "eV")] = 0.1,
    radius_m: Annotated[float, Range(1e-3, 10.0, "radius of the ball", "m")] = 0.1,
    density_per_cm3: Annotated[float, Range(1.0, 1e24, "spins", "per cm3")] = 3e22,
) -> pd.DataFrame:
    """Total, net (absolute) and incoherent rate in Hz against the level energy in eV; ``edge_eV`` is <v>/R."""
    edge = mean_speed(mass_eV) / (radius_m * METRE)
    rows = []
    for gap in np.geomspace(1e-14, 1e-4, 61):
        rate = driven_rate(mass_eV, radius_m, density_per_cm3, gap)
        rows.append((gap, rate.total_hz, abs(rate.net_hz), rate.incoherent_hz, edge))
    return pd.DataFrame(rows, columns=["level_eV", "total_hz", "net_hz", "incoherent_hz", "edge_eV"])


@splitting.drawing
def _draw_splitting(table: pd.DataFrame) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    axes.loglog(table["level_eV"], table["total_hz"], color=style.BLUE, label="total: noise")
    axes.loglog(table["level_eV"], table["net_hz"], color=style.VERMILION, ls="--", label="net: energy")
    axes.loglog(table["level_eV"], table["incoherent_hz"], color="black", ls="-.", label="without coherence, total")
    axes.axvline(table["edge_eV"].iloc[0], color="black", ls=":", lw=1.2)
    axes.set(xlabel="distance of the two states (eV)", ylabel="quanta per second (Hz)")
    canvas.legend(loc="outside upper center", ncols=3)
    return canvas
