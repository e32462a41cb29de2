"""Figure of the chapter on slow light: what has to be set while the neutrino masses are unknown."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.discovery.scanning import flat_band_momentum
from cnub.domain import positive
from cnub.figures import style
from cnub.figures.parameters import Range
from cnub.figures.registry import figure
from cnub.fluorescence.channels import channel

SCANNED = {"NO": (3, 1), "IO": (2, 3)}
"""The channels near 25 meV for a massless lightest neutrino."""


def _scanning_caption(table: pd.DataFrame, band_energy: float) -> str:
    near = 1e3 * table.loc[table["lightest_mass_eV"] == 0.0, "vacuum_energy_eV"].mean()
    return rf"""What has to be set against the lightest mass, for the channels near {near:.0f} meV. Left: the level,
    with light as in vacuum. Right: the photon momentum at which a flat band of {1e3 * band_energy:g} meV must stand,
    its energy and the level fixed. Neutrinos at rest."""


def _scanning_alt(table: pd.DataFrame, band_energy: float) -> str:
    level, momentum = 1e3 * table["vacuum_energy_eV"], 1e3 * table["momentum_eV"].dropna()
    right = f"the photon momentum from {momentum.max():.3g} to {momentum.min():.3g} meV"
    if momentum.empty:
        right = f"the right panel is empty, as a band at {1e3 * band_energy:g} meV is above all of them"
    return (
        f"Two panels against the lightest mass, two nearly equal curves each. The level energy falls from "
        f"{level.max():.3g} to {level.min():.3g} meV; {right}."
    )


@figure(
    "slow-light-scanning",
    chapter="slow_light",
    summary="Settings of level and band against the lightest mass",
    caption=_scanning_caption,
    alt=_scanning_alt,
)
def scanning(
    band_energy: Annotated[float, Range(1e-4, 0.045, "energy of the flat band", "eV")] = 0.01,
    heaviest: Annotated[float, Range(1e-3, 1.0, "largest lightest mass", "eV")] = 0.1,
) -> pd.DataFrame:
    """Level energy in vacuum and photon momentum in a flat band at ``band_energy``, all eV, against the lightest mass.

    The momentum is NaN where the band lies above m_i - m_j.
    """
    energy = positive("band_energy", band_energy)
    rows = []
    for ordering, labels in SCANNED.items():
        for mass in np.concatenate([[0.0], np.geomspace(1e-4, positive("heaviest", heaviest), 80)]):
            chosen = channel(ordering, *labels, lightest_mass=float(mass))
            open_band = energy < chosen.initial_mass - chosen.final_mass
            momentum = flat_band_momentum(chosen, energy) if open_band else np.nan
            rows.append((ordering, chosen.name, mass, chosen.photon_energy, energy, momentum))
    columns = ["ordering", "channel", "lightest_mass_eV", "vacuum_energy_eV", "band_energy_eV", "momentum_eV"]
    return pd.DataFrame(rows, columns=columns)


@scanning.drawing
def _draw_scanning(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.8))
    panels = canvas.subplots(1, 2)
    shades = dict(zip(SCANNED, ((style.BLUE, "-"), (style.VERMILION, "--")), strict=True))
    names = {"NO": r"NO $\nu_3\to\nu_1$", "IO": r"IO $\nu_2\to\nu_3$"}
    for ordering, part in table.groupby("ordering", sort=False):
        colour, dashes = shades[ordering]
        for axes, column in zip(panels, ("vacuum_energy_eV", "momentum_eV"), strict=True):
            axes.plot(
                part["lightest_mass_eV"] * 1e3, part[column] * 1e3, color=colour, ls=dashes, label=names[ordering]
            )
    band = 1e3 * table["band_energy_eV"].iloc[0]
    panels[0].set(title="light as in vacuum", ylabel="level energy (meV)")
    panels[1].set(title=f"flat band at {band:g} meV", ylabel="photon momentum (meV)")
    for axes in panels:
        axes.set(xlabel="lightest mass (meV)", ylim=(0, None))
    canvas.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return canvas
