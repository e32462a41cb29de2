"""Figures of the chapter on relic neutrinos."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.figures import style
from cnub.figures.parameters import Mass, Points, Range
from cnub.figures.registry import figure
from cnub.matter import MATERIALS, critical_angle, refractivity, weak_potential
from cnub.oscillation import ORDERINGS, masses
from cnub.relic import TEMPERATURE, mean_momentum, mean_speed, momentum_density, momentum_quantile


@figure("relic-momentum", chapter="relic_neutrinos", summary="Fermi-Dirac momenta of the relic gas and their quantiles")
def momenta(points: Points = 301) -> pd.DataFrame:
    """Density of momentum in 1/meV against momentum in meV, with the rows of the quantiles and of the mean marked."""
    p = np.linspace(0.0, 12 * TEMPERATURE, points)
    table = pd.DataFrame({"momentum_meV": 1e3 * p, "density_per_meV": 1e-3 * momentum_density(p), "mark": ""})
    marks = {f"{q:.0%}": momentum_quantile(q) for q in (0.05, 0.5, 0.95)} | {"mean": mean_momentum()}
    rows = [(1e3 * value, 1e-3 * float(momentum_density(value)), name) for name, value in marks.items()]
    return pd.concat([table, pd.DataFrame(rows, columns=table.columns)], ignore_index=True)


@momenta.drawing
def _draw_momenta(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.4))
    axes = canvas.subplots()
    curve, marks = table[table["mark"] == ""], table[table["mark"] != ""]
    axes.plot(curve["momentum_meV"], curve["density_per_meV"], color=style.BLUE)
    for _, row in marks.iterrows():
        colour = style.VERMILION if row["mark"] == "mean" else "0.4"
        axes.vlines(row["momentum_meV"], 0, row["density_per_meV"], color=colour, linewidth=1.2)
        side, shift = ("right", -5) if row["mark"] == "50%" else ("left", 5)
        height = row["density_per_meV"] * (1.0 if row["mark"] == "95%" else 0.5)
        where = (row["momentum_meV"], height)
        axes.annotate(row["mark"], where, (shift, 4), textcoords="offset points", ha=side, color=colour)
    axes.set(xlabel="momentum $p$ (meV)", ylabel="probability density (1/meV)", xlim=(0, None), ylim=(0, 1.8))
    return canvas


@figure("relic-masses", chapter="relic_neutrinos", summary="The three masses and mean speeds against the lightest mass")
def mass_spectrum(points: Annotated[int, Range(5, 300, "masses")] = 41) -> pd.DataFrame:
    """Masses in eV and mean speeds (units of c) of nu_1, nu_2, nu_3 for both orderings; one row per mass state."""
    rows = []
    for ordering in ORDERINGS:
        for lightest in np.geomspace(1e-4, 0.3, points):
            for state, mass in enumerate(masses(ordering, float(lightest)), start=1):
                rows.append((ordering, lightest, f"nu_{state}", mass, mean_speed(mass)))
    return pd.DataFrame(rows, columns=["ordering", "lightest_eV", "state", "mass_eV", "mean_speed"])


@mass_spectrum.drawing
def _draw_masses(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 5.4))
    grid = canvas.subplots(2, 2, sharex=True, sharey="row")
    for column, (ordering, group) in enumerate(table.groupby("ordering", sort=False)):
        for row, quantity in enumerate(("mass_eV", "mean_speed")):
            for colour, dashes, (state, lines) in zip(
                style.CYCLE, ("-", "--", "-."), group.groupby("state"), strict=False
            ):
                label = rf"$\nu_{state[-1]}$"
                axes = grid[row, column]
                axes.loglog(lines["lightest_eV"], lines[quantity], dashes, color=colour, label=label)
        grid[0, column].set_title(ordering, fontsize=10.5)
        grid[1, column].set_xlabel("lightest mass (eV)")
    grid[0, 0].set_ylabel("mass (eV)")
    grid[1, 0].set_ylabel(r"mean speed $\langle p/E\rangle$ ($c$)")
    grid[0, 0].legend()
    return canvas


@figure("refraction-materials", chapter="relic_neutrinos", summary="Refraction and critical angle of real materials")
def refraction(mass: Mass = 0.1) -> pd.DataFrame:
    """delta = n - 1 and critical angle in mrad of every material, nu_e and nu_mu of ``mass`` in eV, mean momentum."""
    rows = []
    for medium in MATERIALS.values():
        for flavour in ("e", "mu"):
            delta = refractivity(mass, mean_momentum(), weak_potential(medium, flavour))
            angle = 1e3 * critical_angle(delta)
            rows.append((medium.name, flavour, medium.density_g_per_cm3, medium.z_over_a, delta, angle, medium.source))
    columns = ["material", "flavour", "density_g_per_cm3", "z_over_a", "delta", "critical_angle_mrad", "source"]
    return pd.DataFrame(rows, columns=columns)


@refraction.drawing
def _draw_refraction(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 5.2))
    left, right = canvas.subplots(1, 2, sharey=True)
    order = table.groupby("material")["density_g_per_cm3"].first().sort_values().index
    position = {name: index for index, name in enumerate(order)}
    for flavour, colour, marker in (("e", style.BLUE, "o"), ("mu", style.VERMILION, "s")):
        rows = table[table["flavour"] == flavour]
        label = r"$\nu_e$" if flavour == "e" else r"$\nu_{\mu,\tau}$"
        heights = rows["material"].map(position)
        left.plot(1e8 * rows["delta"], heights, marker, color=colour, label=label)
        right.plot(rows["critical_angle_mrad"], heights, marker, color=colour)
    left.axvline(0, color="0.5", linewidth=1)
    left.set(xlabel=r"$\delta$ ($10^{-8}$)", ylabel="material", yticks=range(len(order)), yticklabels=order)
    right.set(xlabel=r"critical angle $\sqrt{2|\delta|}$ (mrad)", xlim=(0, None))
    canvas.legend(loc="outside upper center", ncols=2)
    return canvas
