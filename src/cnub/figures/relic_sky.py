"""Figures of the chapter on relic neutrinos: decoupling, speeds, the drift, the density here."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.figures import style
from cnub.figures.parameters import Points, Range
from cnub.figures.registry import figure
from cnub.figures.words import APART
from cnub.oscillation import ORDERINGS, masses
from cnub.relic import mean_speed
from cnub.sky.decoupling import decoupling_temperature, temperature_ratio, weak_over_expansion
from cnub.sky.drift import earth_drift
from cnub.sky.focusing import MASSES, focusing_over_the_year
from cnub.sky.helicity import speed_density
from cnub.sky.overdensity import PUBLISHED, bound_ceiling, unbound_density

Light = Annotated[float, Range(1e-4, 1.0, "lightest neutrino mass", "eV")]


def _decoupling_caption(table: pd.DataFrame) -> str:
    return rf"""Left: the weak rate $G_F^2T^5$ over the expansion rate; they meet at
    {style.tex(decoupling_temperature() / 1e6)} MeV. Right: $T_\nu/T_\gamma$, by the entropy of photons and electrons,
    from one to $(4/11)^{{1/3}}$ (dotted)."""


def _decoupling_alt(table: pd.DataFrame) -> str:
    return (
        f"Two panels against the temperature in MeV. Left, a straight line rises through one at "
        f"{decoupling_temperature() / 1e6:.2g}; right, the ratio falls from {table['ratio'].max():.2f} to "
        f"{table['ratio'].min():.3f} about the mass of the electron."
    )


@figure(
    "relic-decoupling",
    chapter="relic_neutrinos",
    summary="When neutrinos decoupled, and how they cooled against the photons",
    caption=_decoupling_caption,
    alt=_decoupling_alt,
)
def decoupling(points: Points = 61) -> pd.DataFrame:
    """Weak rate over expansion rate, and T_nu/T_gamma, against the temperature of the photons in MeV."""
    rows = [
        (t / 1e6, weak_over_expansion(float(t)), temperature_ratio(float(t))) for t in np.geomspace(1e4, 2e7, points)
    ]
    return pd.DataFrame(rows, columns=["temperature_MeV", "rate_over_expansion", "ratio"])


@decoupling.drawing
def _draw_decoupling(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.2))
    left, right = canvas.subplots(1, 2)
    left.loglog(table["temperature_MeV"], table["rate_over_expansion"])
    left.axhline(1, color="0.5", linewidth=1, linestyle=":")
    right.semilogx(table["temperature_MeV"], table["ratio"])
    right.axhline((4 / 11) ** (1 / 3), color="0.5", linewidth=1, linestyle=":")
    left.set(xlabel="temperature (MeV)", ylabel=r"$\Gamma/H$", xlim=(0.2, None), ylim=(1e-3, None))
    right.set(xlabel="temperature of the photons (MeV)", ylabel=r"$T_\nu/T_\gamma$", ylim=(0.65, 1.02))
    return canvas


def _speeds_caption(table: pd.DataFrame, lightest_mass: float) -> str:
    means = table.groupby(["ordering", "state"])["mean_speed"].first()
    close = abs(means["IO", "nu_1"] / means["IO", "nu_2"] - 1) < APART
    coincide = r"In IO $\nu_1$ and $\nu_2$ coincide to the eye." if close else ""
    return rf"""Speeds of the three mass states, per decade of $v$; lightest mass {lightest_mass:g} eV. The ticks above
    are the means. Light states crowd at $c$. {coincide}"""


def _speeds_alt(table: pd.DataFrame, lightest_mass: float) -> str:
    means = table.groupby(["ordering", "state"])["mean_speed"].first()
    told = "; ".join(f"{o} " + ", ".join(f"{means[o, s]:.2g}" for s in ("nu_1", "nu_2", "nu_3")) for o in ORDERINGS)
    return f"Two panels of three skewed bell curves on a logarithmic axis of speed. Mean speeds over c: {told}."


@figure(
    "relic-speeds",
    chapter="relic_neutrinos",
    summary="Speeds of the three mass states",
    caption=_speeds_caption,
    alt=_speeds_alt,
)
def speeds(
    lightest_mass: Light = 1e-3, points: Annotated[int, Range(50, 1000, "points of a curve")] = 300
) -> pd.DataFrame:
    """Probability per decade of speed against v/c for each mass state of both orderings, with its mean speed."""
    parts = []
    for ordering in ORDERINGS:
        for state, mass in enumerate(masses(ordering, lightest_mass), start=1):
            momentum = np.geomspace(3e-6, 4e-3, points)
            v = momentum / np.hypot(momentum, mass)
            density = speed_density(v, mass) * v * np.log(10)
            parts.append(
                pd.DataFrame({
                    "ordering": ordering, "state": f"nu_{state}", "mass_eV": mass, "speed": v,
                    "per_decade": density, "mean_speed": mean_speed(mass),
                })
            )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


@speeds.drawing
def _draw_speeds(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.6))
    panels = canvas.subplots(1, 2, sharey=True, sharex=True)
    for axes, (ordering, part) in zip(panels, table.groupby("ordering", sort=False), strict=True):
        for colour, dashes, (state, rows) in zip(style.CYCLE, ("-", "--", "-."), part.groupby("state"), strict=False):
            label = rf"$\nu_{state[-1]}$" if ordering == ORDERINGS[0] else None
            axes.semilogx(rows["speed"], rows["per_decade"], dashes, color=colour, label=label)
            axes.axvline(rows["mean_speed"].iloc[0], ymin=0.93, color=colour, linestyle=dashes, linewidth=1.5)
        axes.set(xlabel=r"speed $v/c$", ylim=(0, 3), xlim=(1e-4, 1.2))
        axes.set_title(ordering, fontsize=10.5)
    panels[0].set_ylabel("probability per decade")
    canvas.legend(loc="outside upper center", ncols=3)
    return canvas


def _drift_caption(table: pd.DataFrame, mass: float, latitude_deg: float) -> str:
    year = table[table["span"] == "year"]
    least, most = year["focusing"].min(), year["focusing"].max()
    return rf"""The drift of the Earth through the frame of the cosmic microwave background. Left: speed in the course
    of {int(year["year"].iloc[0])}, and the extra density of a gas of {mass:g} eV that the Sun focuses,
    {style.tex(100 * least)} to {style.tex(100 * most)} %. Right: height of the apex of the motion over the horizon at
    {latitude_deg:g}° latitude, one day; the wind comes from there."""


def _drift_alt(table: pd.DataFrame) -> str:
    year, day = (table[table["span"] == span] for span in ("year", "day"))
    return (
        f"Left, a wave of one year between {year['speed_km_s'].min():.0f} and {year['speed_km_s'].max():.0f} km/s and "
        "a second curve, out of step with it, for the density; right, the apex moves between "
        f"{day['altitude_deg'].min():.0f} and {day['altitude_deg'].max():.0f} degrees of height in a day."
    )


@figure(
    "relic-drift",
    chapter="relic_neutrinos",
    summary="The Earth's drift through the background, over a year and a day",
    caption=_drift_caption,
    alt=_drift_alt,
)
def drift(
    mass: Annotated[float, Range(*MASSES, "neutrino mass", "eV")] = 0.1,
    latitude_deg: Annotated[float, Range(-90.0, 90.0, "latitude", "degrees")] = 45.0,
    year: Annotated[int, Range(1950, 2048, "calendar year")] = 2026,
) -> pd.DataFrame:
    """Speed in km/s, focusing dn/n and height of the apex in degrees, over a year and its first day, 0 degrees east."""
    start = 367 * year - 7 * (year + 9 // 12) // 4 + 275 // 9 + 1721013.5 + 1
    parts = []
    for span, days in (("year", np.arange(0.0, 366.0, 3.0)), ("day", np.linspace(0.0, 1.0, 97))):
        one = earth_drift(start + days, latitude_deg)
        parts.append(
            pd.DataFrame({
                "span": span, "year": year, "day": days, "speed_km_s": one.speed_km_s, "altitude_deg": one.altitude_deg,
                "focusing": focusing_over_the_year(start + days, mass),
            })
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


@drift.drawing
def _draw_drift(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.3))
    left, right = canvas.subplots(1, 2, width_ratios=(1.35, 1))
    year, day = (table[table["span"] == span] for span in ("year", "day"))
    left.plot(year["day"], year["speed_km_s"], color=style.BLUE)
    left.set(xlabel="day of the year", ylabel="speed (km/s), solid")
    other = left.twinx()
    other.plot(year["day"], 100 * year["focusing"], "--", color=style.VERMILION)
    other.set(ylabel="focused density (%), dashed")
    other.grid(visible=False)
    right.plot(24 * day["day"], day["altitude_deg"], color=style.BLUE)
    right.axhline(0, color="0.5", linewidth=1, linestyle=":")
    right.set(xlabel="universal time (h)", ylabel="height of the apex (degrees)", xlim=(0, 24), xticks=range(0, 25, 6))
    return canvas


def _density_caption(table: pd.DataFrame, escape_km_s: float) -> str:
    return rf"""Density here over the cosmic mean against the mass. Lines: what a static potential with a speed of
    escape of {escape_km_s:g} km/s gathers from a gas that passes through, by Liouville's theorem (solid), and with its
    bound states half filled, the most that a gas without collisions can have (dashed). Points and bars: published."""


def _density_alt(table: pd.DataFrame) -> str:
    end = table[table["kind"] == "passing"].iloc[-1]
    bound = table[table["kind"] == "passing and bound"].iloc[-1]
    return (
        f"Two lines from one upward that part beyond 0.05 eV, to {end['low']:.2g} and {bound['low']:.2g} at "
        f"{end['mass_eV']:g} eV, with {(table['kind'] == 'published').sum()} published values about them."
    )


@figure(
    "relic-overdensity",
    chapter="relic_neutrinos",
    summary="How dense the gas is here",
    caption=_density_caption,
    alt=_density_alt,
)
def overdensity(
    escape_km_s: Annotated[float, Range(100.0, 1500.0, "speed of escape at the Sun", "km/s")] = 544.0,
    points: Points = 41,
) -> pd.DataFrame:
    """Density over the mean of what passes and of what is bound, and published values, low and high, by mass in eV."""
    rows = []
    for mass in np.geomspace(5e-3, 0.3, points):
        passing = unbound_density(float(mass), escape_km_s)
        rows.append(("passing", mass, passing, passing, "Liouville's theorem"))
        most = passing + bound_ceiling(float(mass), escape_km_s)
        rows.append(("passing and bound", mass, most, most, "half of the Pauli principle"))
    rows += [("published", one.mass, one.low, one.high, one.source) for one in PUBLISHED]
    return pd.DataFrame(rows, columns=["kind", "mass_eV", "low", "high", "source"])


@overdensity.drawing
def _draw_density(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.8))
    axes = canvas.subplots()
    for kind, dashes in (("passing", "-"), ("passing and bound", "--")):
        rows = table[table["kind"] == kind]
        axes.semilogx(rows["mass_eV"], rows["low"], dashes, color=style.BLACK, label=kind)
    published = table[table["kind"] == "published"]
    for index, (source, rows) in enumerate(published.groupby("source", sort=False)):
        middle, half = (rows["low"] + rows["high"]) / 2, (rows["high"] - rows["low"]) / 2
        where = rows["mass_eV"] * (1 + 0.03 * (index - 1))
        axes.errorbar(where, middle, half, fmt="os^"[index], color=style.CYCLE[index], capsize=3, label=source)
    axes.set(xlabel="mass (eV)", ylabel="density over the cosmic mean", ylim=(0.9, 3))
    axes.legend(loc="upper left", fontsize=9)
    return canvas
