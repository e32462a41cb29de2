"""Figure of the chapter on relic neutrinos: among which other neutrinos they are, with their sources and formulas."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.figures import style
from cnub.figures.parameters import Range
from cnub.figures.registry import figure
from cnub.sky.spectrum import SOURCES, source_flux

AT_PEAK = {
    "relic": (0, 4), "solar thermal": (0, 4), "solar 7Be": (-6, -2), "solar pep": (0, 3), "supernova": (0, 3),
    "reactor": (8, 2),
}  # fmt: skip
"""Sources whose number stands at their peak, shifted by points, and not left of their line."""
CROWDED_EV = (6e2, 3e8)
"""Energies at which most lines lie: they have a panel of their own."""


def _spectrum_caption(table: pd.DataFrame) -> str:
    remembered = sorted(set(table.loc[table["standing"] == "memory", "source"]))
    return rf"""Neutrinos natural (solid) and made (dashed): flux per energy over all directions, after the figure that
    the talk shows {{cite}}`formaggio2012`. Right: the crowded part of it. Each line has its formula or
    its source in the table. Numbers written from memory of the source, not looked up: {"; ".join(remembered)}."""


def _spectrum_alt(table: pd.DataFrame) -> str:
    peaks = table.loc[table.groupby("source", sort=False)["flux"].idxmax()]
    listed = "; ".join(f"{row.source} {row.flux:.0e} at {row.energy_eV:.0e} eV" for row in peaks.itertuples())
    return f"Logarithmic axes, {len(peaks)} lines that are the lower the higher their energy. Their peaks: {listed}."


@figure(
    "neutrino-spectrum",
    chapter="relic_neutrinos",
    summary="Fluxes of natural and artificial neutrinos",
    caption=_spectrum_caption,
    alt=_spectrum_alt,
)
def spectrum(points: Annotated[int, Range(20, 400, "points of a curve")] = 120) -> pd.DataFrame:
    """Flux in 1/(cm^2 s eV) of every source against energy in eV, what is counted, and where it is from."""
    parts = []
    for one in SOURCES:
        energy = np.geomspace(one.low, one.high, points)
        parts.append(
            pd.DataFrame({
                "source": one.name, "made": one.made, "counts": one.counts, "energy_eV": energy,
                "flux": source_flux(one.name, energy), "from": one.source, "standing": one.standing,
            })
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


@spectrum.drawing
def _draw_spectrum(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 6.2))
    panels = canvas.subplots(1, 2)
    for axes, crowded in zip(panels, (False, True), strict=True):
        _draw_lines(axes, table, crowded)
    panels[1].set(xlim=CROWDED_EV, ylim=(1e-9, 1e9), ylabel="")
    canvas.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=2, fontsize=8)
    return canvas


def _draw_lines(axes, table: pd.DataFrame, crowded: bool) -> None:
    """The lines, with the numbers of those in the crowded range or of the others."""
    colours = dict(zip(table["source"].unique(), 3 * style.CYCLE, strict=False))
    for index, (name, rows) in enumerate(table.groupby("source", sort=False), start=1):
        dashes = "--" if rows["made"].iloc[0] else "-"
        label = f"{index} {name}, {rows['counts'].iloc[0]}"
        axes.loglog(rows["energy_eV"], rows["flux"], dashes, color=colours[name], label=label)
        place = rows.loc[rows["flux"].idxmax() if name in AT_PEAK else rows.index[0]]
        shift = AT_PEAK.get(name, (-6, -3))
        where = (place["energy_eV"], place["flux"])
        if crowded == (CROWDED_EV[0] < place["energy_eV"] < CROWDED_EV[1]):
            axes.annotate(str(index), where, shift, textcoords="offset points", ha="center", fontsize=8)
    axes.set(xlabel="energy (eV)", ylabel=r"flux (cm$^{-2}$ s$^{-1}$ eV$^{-1}$)", ylim=(1e-41, 1e19))
