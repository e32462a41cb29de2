"""Drawing of the chapter on tritium capture: a bound atom is never at rest, and what that does to the line."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Circle, Ellipse, Rectangle

from cnub.capture.nucleus import endpoint, peak
from cnub.capture.smearing import TUBE, axes_momenta, energy_spread, ground_state, localised_momentum, tube_potential
from cnub.figures import sketch, style
from cnub.figures.parameters import Range
from cnub.figures.registry import figure
from cnub.oscillation import masses

REACH_EV = 2.0
"""Of the lines, to both sides."""
POINTS = 161


def _gap(mass_eV: float) -> float:
    """From the end of the decays to the peak, in eV."""
    lightest = masses("NO", mass_eV)[0]
    return peak(lightest) - endpoint(lightest)


def _held(table: pd.DataFrame) -> pd.DataFrame:
    return table.groupby(["target", "direction"], sort=False)[["width_A", "momentum_eV", "spread_eV"]].first()


def _caption(table: pd.DataFrame, mass_eV: float, length_A: float) -> str:
    held = _held(table)["spread_eV"]
    graphene, tube = held["graphene"], held["nanotube"]
    length_um = 1e-4 * length_A
    return rf"""A tritium atom on a sheet of graphene, seen from the side, and in a nanotube, cut along its axis. What
    holds an atom within $\Delta x$ gives it momenta of at least $\hbar/2\Delta x$ (arrows, root mean square): the
    tighter, the larger. The ion takes them along, and the electron's energy is moved by $\mathbf p\cdot\mathbf q/M$.
    Below, the line of electrons that leave along an arrow. Its standard deviation is {graphene["bond"]:.2g} eV along
    the bond, {graphene["sheet"]:.2g} along the sheet, {tube["across"]:.2g} across the tube, and
    {style.tex(tube["along"], 1)} along its axis, where the atom is free over {length_um:.2g} µm. Shaded: the decays,
    which end {_gap(mass_eV):.2g} eV below the line at a mass of {mass_eV:g} eV. Clouds ($2\Delta x$ to each side) and
    tube have one scale, the arrows one, the lines one; the carbon atoms and the bond are not to scale."""


def _alt(table: pd.DataFrame) -> str:
    held = _held(table)
    told = "; ".join(
        f"{target}, {direction}: {row['width_A']:.2g} angstrom, line {row['spread_eV']:.1g} eV"
        for (target, direction), row in held.iterrows()
    )
    return (
        "Two pictures with a curve below each. Left, a small cloud above a row of atoms, with long arrows both "
        "ways, and two broad curves that reach far into the shaded decays. Right, a band between two rows of "
        f"atoms, with a short arrow across, a narrower curve and a spike. {told}."
    )


@figure(
    "capture-sketch",
    chapter="tritium_capture",
    summary="Drawing: tritium on graphene and in a nanotube, and the electron's line",
    caption=_caption,
    alt=_alt,
)
def bound(
    mass_eV: Annotated[float, Range(0.0, 0.8, "lightest neutrino mass", "eV")] = 0.1,
    length_A: Annotated[float, Range(10.0, 1e7, "rms extent of the state along the tube", "angstrom")] = 1e4,
) -> pd.DataFrame:
    """Width (A) and momentum (eV) of the atom each way, both rms, and the line (1/eV) of electrons that go that way."""
    _, sheet, bond = axes_momenta("graphene")
    across = ground_state(tube_potential, 2.5 * TUBE["radius_A"])
    per_momentum = energy_spread(1.0)
    energies = np.linspace(-REACH_EV, REACH_EV, POINTS)
    ways = {
        ("graphene", "bond"): (localised_momentum(1.0) / bond, bond),
        ("graphene", "sheet"): (localised_momentum(1.0) / sheet, sheet),
        ("nanotube", "across"): (across.position_A, across.momentum_eV),
        ("nanotube", "along"): (length_A, localised_momentum(length_A)),
    }
    parts = []
    for (target, direction), (width, momentum) in ways.items():
        spread = per_momentum * momentum
        line = np.exp(-0.5 * (energies / spread) ** 2) / (spread * math.sqrt(2 * math.pi))
        if direction == "across":
            line = across.momentum_density(energies / per_momentum) / per_momentum
        columns = {"target": target, "direction": direction, "width_A": width, "momentum_eV": momentum}
        parts.append(pd.DataFrame(columns | {"spread_eV": spread, "energy_eV": energies, "line_per_eV": line}))
    return pd.concat(parts, ignore_index=True)


MIDDLES = {"graphene": 1.07, "nanotube": 3.33}
"""Of the two pictures, on a sheet that is as many units wide as inches."""
NAMES = {"graphene": "on graphene", "nanotube": "in a nanotube"}
HEIGHT, HALF = 2.98, 0.95
"""Of the atoms over the zero of the lines, and half the width of a picture."""
ANGSTROM, MOMENTUM, ENERGY, LINE = 0.72, 0.8 / 2e4, HALF / REACH_EV, 0.62
"""Inches of an angstrom, of an eV of momentum and of energy, of a line of 1/eV."""
SHOWN = 2.0
"""rms widths to which a cloud is drawn."""
LINES = {
    "bond": (sketch.SECOND, (0, (5, 1.5))),
    "sheet": (sketch.SECOND, (0, (1.5, 1.2))),
    "across": (sketch.FIRST, "-"),
    "along": (sketch.FIRST, "-"),
}
WORDS = {"bond": (0.52, 0.3), "sheet": (0.27, 0.5), "across": (0.22, 0.7), "along": (0.12, 1.38)}
"""Where a line is named, from the middle of its picture."""


@bound.drawing
def _draw(table: pd.DataFrame, mass_eV: float) -> Canvas:
    canvas, axes = sketch.sheet((0.0, sketch.WIDTH, -0.62, HEIGHT + 1.35))
    held = _held(table)
    _graphene(axes, MIDDLES["graphene"], held.loc["graphene"])
    _tube(axes, MIDDLES["nanotube"], held.loc["nanotube"])
    for target, part in table.groupby("target", sort=False):
        x = MIDDLES[target]
        sketch.words(axes, x, HEIGHT + 1.18, NAMES[target], fontweight="bold")
        _scale(axes, x, _gap(mass_eV))
        for direction, line in part.groupby("direction", sort=False):
            _line(axes, x, line, *LINES[direction])
            away, up = WORDS[direction]
            sketch.words(axes, x + away, up, direction, ha="left")
    return canvas


def _graphene(axes, x, held):
    low = HEIGHT - 0.8
    sketch.line(axes, [x, x], [low, HEIGHT], lw=6.0, alpha=0.3, solid_capstyle="butt")
    _carbon(axes, x, low)
    wide, tall = (2 * SHOWN * ANGSTROM * held.loc[way, "width_A"] for way in ("sheet", "bond"))
    axes.add_patch(Ellipse((x, HEIGHT), wide, tall, color=sketch.SECOND, lw=0, zorder=3))
    _momentum(axes, (x, HEIGHT), held.loc["sheet", "momentum_eV"], (1.0, 0.0))
    _momentum(axes, (x, HEIGHT), held.loc["bond", "momentum_eV"], (0.0, 1.0))


def _tube(axes, x, held):
    for side in (-1, 1):
        _carbon(axes, x, HEIGHT + side * ANGSTROM * TUBE["radius_A"])
    tall = SHOWN * ANGSTROM * held.loc["across", "width_A"]
    axes.add_patch(Rectangle((x - HALF, HEIGHT - tall), 2 * HALF, 2 * tall, color=sketch.FIRST, alpha=0.45, lw=0))
    _momentum(axes, (x, HEIGHT), held.loc["across", "momentum_eV"], (0.0, 1.0))


def _carbon(axes, x, y):
    """A row of atoms."""
    sketch.line(axes, [x - HALF, x + HALF], [y, y], lw=2.0)
    for place in np.linspace(-HALF + 0.13, HALF - 0.13, 5):
        axes.add_patch(Circle((x + place, y), 0.085, color=sketch.ink(), lw=0))


def _momentum(axes, place, momentum, way):
    for sign in (-1, 1):
        end = np.add(place, sign * MOMENTUM * momentum * np.array(way))
        sketch.arrow(axes, [place, end], head=10.0, lw=1.5, zorder=4)


def _scale(axes, x, gap):
    left, right = x - HALF, x + HALF
    axes.add_patch(Rectangle((left, 0.0), HALF - ENERGY * gap, 1.55, color=sketch.ink(), alpha=0.13, lw=0))
    sketch.line(axes, [left, right], [0.0, 0.0], lw=1.2)
    for energy in (-1, 0, 1):
        sketch.line(axes, [x + ENERGY * energy] * 2, [0.0, -0.06], lw=1.2)
        sketch.words(axes, x + ENERGY * energy, -0.2, f"{energy}".replace("-", "\N{MINUS SIGN}"))
    sketch.words(axes, x, -0.45, "energy moved (eV)")
    sketch.words(axes, left + 0.06, 1.38, "decays", ha="left")


def _line(axes, x, line, colour, dashes):
    top = 1.5 / LINE
    energy, height = line["energy_eV"].to_numpy(), line["line_per_eV"].to_numpy()
    if height.max() > top:  # sharper than the drawing
        sketch.arrow(axes, [(x, 0.0), (x, LINE * top)], color=colour, lw=2.0)
    else:
        sketch.line(axes, x + ENERGY * energy, LINE * height, color=colour, ls=dashes, lw=2.0)
