"""Figures of the chapter on relic neutrinos."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.figures import style
from cnub.figures.mass_marks import bounds_caption, mark_bounds
from cnub.figures.parameters import Mass, Points, Range
from cnub.figures.registry import figure
from cnub.matter import MATERIALS, critical_angle, refractivity, weak_potential
from cnub.oscillation import ORDERINGS, masses
from cnub.relic import (
    CMB_TEMPERATURE_K,
    mean_momentum,
    mean_speed,
    momentum_density,
    momentum_quantile,
    neutrino_temperature,
)

CmbTemperature = Annotated[float, Range(0.3, 3000.0, "temperature of the photons", "K")]
"""From below today's to that at which atoms formed."""
QUANTILES = (0.05, 0.5, 0.95)


def _momenta_caption(table: pd.DataFrame, cmb_temperature_K: float) -> str:
    quantiles = [f"{q:.0%}".replace("%", " %") for q in QUANTILES]
    return rf"""Momenta of the relic gas, Eq. {{eq}}`eq-relic-fermi`, beside photons of {cmb_temperature_K:g} K, with
    the {", ".join(quantiles[:-1])} and {quantiles[-1]} quantiles and the mean."""


def _momenta_alt(table: pd.DataFrame) -> str:
    curve = table[table["mark"] == ""]
    peak = curve.loc[curve["density_per_meV"].idxmax(), "momentum_meV"]
    return (
        f"A skewed bell curve that rises from zero, peaks near {peak:.2g} meV and has fallen off by "
        f"{curve['momentum_meV'].max():.2g} meV; vertical lines mark {len(QUANTILES)} quantiles and the mean."
    )


@figure(
    "relic-momentum",
    chapter="relic_neutrinos",
    summary="Fermi-Dirac momenta of the relic gas and their quantiles",
    caption=_momenta_caption,
    alt=_momenta_alt,
)
def momenta(cmb_temperature_K: CmbTemperature = CMB_TEMPERATURE_K, points: Points = 301) -> pd.DataFrame:
    """Density of momentum in 1/meV against momentum in meV, with the rows of the quantiles and of the mean marked."""
    temperature = neutrino_temperature(cmb_temperature_K)
    p = np.linspace(0.0, 12 * temperature, points)
    density = 1e-3 * momentum_density(p, temperature)
    table = pd.DataFrame({"momentum_meV": 1e3 * p, "density_per_meV": density, "mark": ""})
    marks = {f"{q:.0%}": momentum_quantile(q, temperature) for q in QUANTILES} | {"mean": mean_momentum(temperature)}
    rows = [(1e3 * value, 1e-3 * float(momentum_density(value, temperature)), name) for name, value in marks.items()]
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
        height = row["density_per_meV"] * (1.0 if row["mark"] in ("95%", "mean") else 0.5)
        where = (row["momentum_meV"], height)
        axes.annotate(row["mark"], where, (shift, 4), textcoords="offset points", ha=side, color=colour)
    top = 1.13 * table["density_per_meV"].max()
    axes.set(xlabel="momentum $p$ (meV)", ylabel="probability density (1/meV)", xlim=(0, None), ylim=(0, top))
    return canvas


def _slowest(table: pd.DataFrame) -> tuple[float, float]:
    """The largest lightest mass of the table in eV, and the highest mean speed that a state still has there."""
    heavy = table["lightest_eV"].max()
    return heavy, table.loc[table["lightest_eV"] == heavy, "mean_speed"].max()


def _masses_caption(table: pd.DataFrame) -> str:
    heavy, speed = _slowest(table)
    return rf"""Masses and mean speeds against the lightest mass for both orderings, NuFIT 6.0. In IO $\nu_1$ lies under
    $\nu_2$. At {heavy:g} eV all three move at {100 * speed:.2g} % of the speed of light or less.
    {bounds_caption(ORDERINGS)}"""


def _masses_alt(table: pd.DataFrame) -> str:
    light, heavy = table["lightest_eV"].min(), table["lightest_eV"].max()
    speeds = table[table["mass_eV"] == table["lightest_eV"]].groupby("lightest_eV")["mean_speed"].max()
    return (
        f"Four panels. Above, the masses of three states in either ordering merge as the lightest mass grows from "
        f"{light:g} to {heavy:g} eV; below, the mean speed of the lightest state falls from {speeds.iloc[0]:.2g} to "
        f"{speeds.iloc[-1]:.2g} and meets those of the others, which are lower. "
        "Grey shading covers the masses above the cosmological bound."
    )


@figure(
    "relic-masses",
    chapter="relic_neutrinos",
    summary="The three masses and mean speeds against the lightest mass",
    caption=_masses_caption,
    alt=_masses_alt,
)
def mass_spectrum(
    cmb_temperature_K: CmbTemperature = CMB_TEMPERATURE_K, points: Annotated[int, Range(5, 300, "masses")] = 41
) -> pd.DataFrame:
    """Masses in eV and mean speeds (units of c) of nu_1, nu_2, nu_3 for both orderings; one row per mass state."""
    temperature, rows = neutrino_temperature(cmb_temperature_K), []
    for ordering in ORDERINGS:
        for lightest in np.geomspace(1e-4, 0.3, points):
            for state, mass in enumerate(masses(ordering, float(lightest)), start=1):
                rows.append((ordering, lightest, f"nu_{state}", mass, mean_speed(mass, temperature)))
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
            mark_bounds(grid[row, column], ordering, words=row == 1)
        grid[0, column].set_title(ordering, fontsize=10.5)
        grid[1, column].set_xlabel("lightest mass (eV)")
    grid[0, 0].set_ylabel("mass (eV)")
    grid[1, 0].set_ylabel(r"mean speed $\langle p/E\rangle$ ($c$)")
    grid[0, 0].legend()
    return canvas


def _refraction_caption(table: pd.DataFrame, mass: float) -> str:
    return rf"""Refractivity, Eq. {{eq}}`eq-relic-delta`, and critical angle of materials for {mass:g} eV at the mean
    momentum, in order of density. Muon and tau neutrinos are attracted, electron neutrinos repelled; antineutrinos the
    other way round. Densities and $Z/A$: PDG; Earth and mantle: PREM."""


def _refraction_alt(table: pd.DataFrame) -> str:
    names, angle = table.sort_values("density_g_per_cm3")["material"], table["critical_angle_mrad"].max()
    low, high = table["delta"].min(), table["delta"].max()
    return (
        f"Two panels of dots, one row per material from {names.iloc[0]} to {names.iloc[-1]}: refractivity of either "
        f"sign, from {low:.1e} to {high:.1e}, and critical angles up to {angle:.2g} mrad."
    )


@figure(
    "refraction-materials",
    chapter="relic_neutrinos",
    summary="Refraction and critical angle of real materials",
    caption=_refraction_caption,
    alt=_refraction_alt,
)
def refraction(mass: Mass = 0.1, cmb_temperature_K: CmbTemperature = CMB_TEMPERATURE_K) -> pd.DataFrame:
    """delta = n - 1 and critical angle in mrad of every material, nu_e and nu_mu of ``mass`` in eV, mean momentum."""
    momentum, rows = mean_momentum(neutrino_temperature(cmb_temperature_K)), []
    for medium in MATERIALS.values():
        for flavour in ("e", "mu"):
            delta = refractivity(mass, momentum, weak_potential(medium, flavour))
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
    power = math.floor(math.log10(table["delta"].abs().max()))
    for flavour, colour, marker in (("e", style.BLUE, "o"), ("mu", style.VERMILION, "s")):
        rows = table[table["flavour"] == flavour]
        label = r"$\nu_e$" if flavour == "e" else r"$\nu_{\mu,\tau}$"
        heights = rows["material"].map(position)
        left.plot(rows["delta"] / 10.0**power, heights, marker, color=colour, label=label)
        right.plot(rows["critical_angle_mrad"], heights, marker, color=colour)
    left.axvline(0, color="0.5", linewidth=1)
    left.set(xlabel=rf"$\delta$ ($10^{{{power}}}$)", ylabel="material", yticks=range(len(order)), yticklabels=order)
    right.set(xlabel=r"critical angle $\sqrt{2|\delta|}$ (mrad)", xlim=(0, None))
    canvas.legend(loc="outside upper center", ncols=2)
    return canvas
