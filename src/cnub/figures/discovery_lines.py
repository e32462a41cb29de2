"""Figure of the chapter on what a discovery takes: the photon energies of the channels against real lines."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.discovery.candidates import lines
from cnub.discovery.scanning import photon_lines
from cnub.figures import style
from cnub.figures.mass_marks import bounds_caption, mark_bounds
from cnub.figures.parameters import Range
from cnub.figures.registry import figure

MATTER = ("atom", "ion", "molecule", "rare earth", "magnet")
"""Columns of the lines: magnons and the iron ion of a magnetic crystal in one."""


def _lines_caption(table: pd.DataFrame) -> str:
    light = table[table["lightest_mass_eV"] == 0.0]["photon_energy_eV"]
    near = (light > 0.9 * light.max()).sum()
    return f"""Photon energies of all channels against the lightest mass, {near} of them hardly apart, and the
    energies of real lines of a magnetic dipole on the same scale. {bounds_caption(("NO", "IO"))} The shading is that
    of NO."""


def _lines_alt(table: pd.DataFrame) -> str:
    channels, marks = (1e3 * table[table["kind"] == kind]["photon_energy_eV"] for kind in ("channel", "line"))
    light = 1e3 * table[table["lightest_mass_eV"] == 0.0]["photon_energy_eV"]
    near = light[light > light.max() / 2]
    return (
        f"Left, {len(near)} nearly equal curves between {near.min():.1f} and {near.max():.1f} meV for light neutrinos "
        f"and {len(light) - len(near)} lower ones, all falling at large mass, the lowest to {channels.min():.1g} meV. "
        f"Right, {len(marks)} bars in columns for atoms, ions, molecules, rare earths and magnets from "
        f"{marks.min():.1g} to {marks.max():.2g} meV."
    )


@figure(
    "discovery-lines",
    chapter="discovery",
    summary="Photon energies of the channels against real M1 lines",
    caption=_lines_caption,
    alt=_lines_alt,
)
def photon_lines_figure(
    heaviest: Annotated[float, Range(1e-3, 1.0, "largest lightest mass", "eV")] = 0.2,
) -> pd.DataFrame:
    """Photon energy (eV) of every channel against the lightest mass (eV), and the energies of the candidate lines."""
    masses = np.concatenate([[0.0], np.geomspace(1e-4, heaviest, 80)])
    columns = ["ordering", "channel", "lightest_mass_eV", "photon_energy_eV"]
    channels = photon_lines(masses)[columns].assign(kind="channel")
    known = lines()
    known = known[(known["energy_meV"] > 0) & (known["dipole"] == "M1")]
    marks = pd.DataFrame({"channel": known["species"], "photon_energy_eV": known["energy_meV"] * 1e-3, "kind": "line"})
    marks["matter"] = known["kind"].replace({"magnon": "magnet", "crystal": "magnet"})
    return pd.concat([channels, marks], ignore_index=True)


@photon_lines_figure.drawing
def _draw_lines(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 5.8))
    axes, side = canvas.subplots(1, 2, sharey=True, width_ratios=[2, 1])
    channels = table[table["kind"] == "channel"]
    names = ("nu3->nu1", "nu3->nu2", "nu2->nu1", "nu2->nu3", "nu1->nu3")
    looks = dict(zip(names, zip(style.CYCLE, style.MARKERS, strict=False), strict=False))
    for (ordering, name), part in channels.groupby(["ordering", "channel"], sort=False):
        axes.plot(part["lightest_mass_eV"].clip(lower=1e-4), part["photon_energy_eV"] * 1e3, color=looks[name][0],
                  marker=looks[name][1], markevery=(5 * names.index(name), 25), ms=5, mfc="white",
                  ls="-" if ordering == "NO" else "--", label=f"{ordering} {style.transition(name)}")  # fmt: skip
    axes.set(xscale="log", yscale="log", xlabel="lightest mass (eV)", ylabel="energy (meV)")
    mark_bounds(axes, "NO")
    canvas.legend(*axes.get_legend_handles_labels(), loc="outside upper center", ncols=3)
    _mark_lines(side, table[table["kind"] == "line"])
    side.set_ylim(0.8e3 * table["photon_energy_eV"].min(), 1.3e3 * table["photon_energy_eV"].max())
    return canvas


def _mark_lines(side, marks):
    """A bar at each energy, one column for each kind of matter: the names are in the table of the chapter."""
    for column, kind in enumerate(MATTER):
        energies = 1e3 * marks.loc[marks["matter"] == kind, "photon_energy_eV"]
        side.hlines(energies, column - 0.35, column + 0.35, color=style.BLACK, lw=0.9)
    side.set_xticks(range(len(MATTER)), MATTER, rotation=60, ha="right", fontsize=8)
    side.set(xlim=(-0.6, len(MATTER) - 0.4), xlabel="M1 lines of matter")
    side.grid(axis="x", visible=False)
