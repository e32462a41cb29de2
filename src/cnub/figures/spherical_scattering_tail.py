"""The figure of the slow tail: what the gas could miss over the Earth at most and at least, by mass state and mass."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.figures import style
from cnub.figures.parameters import Ordering, Range
from cnub.figures.registry import figure
from cnub.figures.spherical_scattering_criterion import CHAPTER
from cnub.grazing.slow_tail import tail_size
from cnub.matter import MASS_STATES, material, mean_refractivity, potential

_LOOK = {"1": (style.ORANGE, "/"), "2": (style.GREEN, "\\"), "3": (style.PURPLE, ".")}


def attracted(state: str, ground: str, ordering: str) -> tuple[float, str]:
    """Potential in eV of the one of neutrino and antineutrino that ``ground`` attracts, and its name."""
    plain = potential(material(ground), state, ordering=ordering)
    return -abs(plain), rf"$\bar\nu_{state}$" if plain > 0 else rf"$\nu_{state}$"


def _caption(table: pd.DataFrame) -> str:
    return r"""Mean density that the gas misses at the surface of a *smooth* Earth if the trapped waves that tunnelling
    had no time to fill are empty, each mass state with its charge, against its mass. Upper edge: mean density, states
    far away as full as they can be. Lower edge, where there is one: crust, an Earth that moves, states bound to the Sun
    empty. Gravity is in both. Dotted: $\langle\delta\rangle/2$ of the same state at mean density. A surface that is not
    smooth to tens of nanometres leaves nothing of any of it."""


def _alt(table: pd.DataFrame) -> str:
    last = table[table["mass_eV"] == table["mass_eV"].max()]
    ranges = "; ".join(f"nu {r.state} {r.lower:.1g} to {r.upper:.1g}" for r in last.itertuples())
    return f"Three bands that rise with the mass, many decades wide, at {last['mass_eV'].iloc[0]:g} eV: {ranges}."


@figure(
    "sphere-tail",
    chapter=CHAPTER,
    summary="Upper and lower values of what the slow tail misses, by mass state and mass",
    caption=_caption,
    alt=_alt,
)
def tail(
    least: Annotated[float, Range(0.01, 0.2, "least mass", "eV")] = 0.05,
    greatest: Annotated[float, Range(0.2, 1.0, "greatest mass", "eV")] = 0.4,
    points: Annotated[int, Range(2, 12, "masses")] = 4,
    ordering: Ordering = "NO",
) -> pd.DataFrame:
    """Upper and lower mean deficit dn/n0 and shares of the gas (%), by mass (eV) and state, and <delta>/2 beside."""
    rows = []
    for mass in np.geomspace(least, greatest, points):
        for state in MASS_STATES:
            deep, name = attracted(state, "earth", ordering)
            upper, lower = tail_size(mass, deep), tail_size(mass, attracted(state, "crust", ordering)[0], moving=True)
            rows.append({
                "mass_eV": mass, "state": state, "name": name, "upper": upper.mean_missing, "lower": lower.mean_missing,
                "share_upper_percent": 100 * upper.share, "share_lower_percent": 100 * lower.share,
                "half_delta": 0.5 * mean_refractivity(mass, deep),
            })  # fmt: skip
    return pd.DataFrame(rows)


@tail.drawing
def _draw_tail(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.6))
    panels = canvas.subplots(1, 3, sharey=True)
    floor = 1e-12
    for axes, (state, part) in zip(panels, table.groupby("state", sort=False), strict=True):
        colour, hatch = _LOOK[state]
        low = np.maximum(part["lower"], floor)
        axes.fill_between(part["mass_eV"], low, np.maximum(part["upper"], floor), color=colour, alpha=0.35, hatch=hatch)
        axes.plot(part["mass_eV"], np.maximum(part["upper"], floor), "o-", color=colour, ms=4)
        axes.plot(part["mass_eV"], part["half_delta"], color="black", ls=":", label=r"$\langle\delta\rangle/2$")
        axes.set(xscale="log", yscale="log", title=part["name"].iloc[0], xlabel="mass (eV)", ylim=(floor, 1e-4))
        ticks = np.round([table["mass_eV"].min(), table["mass_eV"].max()], 3)
        axes.set_xticks([*ticks, 0.1, 0.2], labels=[f"{x:g}" for x in (*ticks, 0.1, 0.2)])
        axes.minorticks_off()
    panels[0].set_ylabel("$-(n/n_0-1)$ at the surface")
    panels[0].legend(loc="upper left")
    return canvas
