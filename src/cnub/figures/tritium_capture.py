"""Figures of the chapter on tritium capture."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.capture.nucleus import ATOM, GROUND_SHARE
from cnub.capture.rates import capture_rate
from cnub.capture.smearing import (
    ANGSTROM,
    FWHM,
    GRAPHENE,
    HYDROGEN,
    PER_CENTIMETRE,
    TUBE,
    axes_momenta,
    energy_spread,
    ground_state,
    share_of_directions,
    tube_potential,
)
from cnub.capture.spectrum import beta_spectrum
from cnub.figures import style
from cnub.figures.parameters import Range
from cnub.figures.registry import figure
from cnub.oscillation import ORDERINGS

Mass = Annotated[float, Range(0.0, 2.0, "lightest neutrino mass", "eV")]
Resolution = Annotated[float, Range(1e-3, 1.0, "full width at half maximum of the detector", "eV")]
LINES = {"NO": "-", "IO": "--"}
WELLS = ("graphene, stretch", "graphene, bend", "nanotube, across")
SIGMA = 3.0


def _spectrum_caption(table: pd.DataFrame, mass_eV: float, resolution_eV: float) -> str:
    return rf"""Electrons per year and eV from 100 g of free tritium, Dirac neutrinos, lightest mass {mass_eV:g} eV,
    resolution {resolution_eV:g} eV (full width at half maximum): decays, falling, and captures, in peaks. Energies are
    counted from the end for massless neutrinos. Only what leaves the ion in its ground state is shown."""


def _spectrum_alt(table: pd.DataFrame) -> str:
    parts = []
    for ordering, part in table.groupby("ordering", sort=False):
        top = part.loc[part["captures"].idxmax()]
        crossing = part[part["captures"] > part["decays"]]
        where = f"from {crossing['energy_eV'].min():.2f} eV on" if len(crossing) else "nowhere"
        parts.append(
            f"{ordering}: captures peak at {top['energy_eV']:.3f} eV with {top['captures']:.0f} per year and eV and "
            f"exceed the decays {where}"
        )
    return "Two pairs of curves on a logarithmic axis. " + "; ".join(parts) + "."


@figure(
    "capture-spectrum",
    chapter="tritium_capture",
    summary="Electrons of decays and captures near the end of the tritium spectrum",
    caption=_spectrum_caption,
    alt=_spectrum_alt,
)
def spectrum(mass_eV: Mass = 0.0, resolution_eV: Resolution = 0.02) -> pd.DataFrame:
    """Decays and captures per year and eV against the energy from the end, eV, for both orderings."""
    parts = []
    for ordering in ORDERINGS:
        found = capture_rate(mass_eV, ordering, resolution=resolution_eV)
        energies = np.linspace(-2 * resolution_eV, max(found.peaks_eV) + 2.5 * resolution_eV, 241)
        deviation = resolution_eV / FWHM
        peaks = sum(
            GROUND_SHARE * rate * np.exp(-0.5 * ((energies - at) / deviation) ** 2)
            for rate, at in zip(found.rates_per_year, found.peaks_eV, strict=True)
        )
        columns = {
            "ordering": ordering,
            "energy_eV": energies,
            "decays": beta_spectrum(energies, mass_eV, resolution_eV, ordering),
            "captures": peaks / (np.sqrt(2 * np.pi) * deviation),
        }
        parts.append(pd.DataFrame(columns))
    return pd.concat(parts, ignore_index=True)


@spectrum.drawing
def _draw_spectrum(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.0))
    axes = canvas.subplots()
    for (ordering, part), colour in zip(table.groupby("ordering", sort=False), style.CYCLE, strict=False):
        line = LINES[ordering]
        axes.semilogy(1e3 * part["energy_eV"], part["captures"], line, color=colour, label=f"captures, {ordering}")
        axes.semilogy(1e3 * part["energy_eV"], part["decays"], line, color=colour, lw=1, label=f"decays, {ordering}")
    axes.set(
        xlabel="kinetic energy from the end for massless neutrinos (meV)",
        ylabel="electrons per year and eV",
        ylim=(1e-2, 1e9),
    )
    canvas.legend(loc="outside upper center", ncols=2)
    return canvas


def _smearing_caption(table: pd.DataFrame) -> str:
    tenths = rf"{TUBE['height_eV']:g} eV (x/{TUBE['radius_A']:g} Å)$^{{{TUBE['power']}}}$"
    return rf"""Left: potentials of a tritium atom, drawn from the energy of its ground state, and the density of that
    state: along the bond to graphene (a vibration of {GRAPHENE["stretch"]:g}/cm for hydrogen), across it
    ({GRAPHENE["bend"]:g}/cm), and across a nanotube ({tenths}, our choice). Right: what its momenta make of a sharp
    electron line along that direction. Sudden decay, free ion."""


def _smearing_alt(table: pd.DataFrame) -> str:
    widths = table.groupby("well", sort=False)["spread_eV"].first()
    words = ", ".join(f"{name} {width:.2f} eV" for name, width in widths.items())
    return f"Three wells with bell-shaped densities; three bell-shaped lines with standard deviations: {words}."


@figure(
    "capture-smearing",
    chapter="tritium_capture",
    summary="Bound ground states of tritium and the width they give the electron's line",
    caption=_smearing_caption,
    alt=_smearing_alt,
)
def smearing() -> pd.DataFrame:
    """Potential (eV), density (1/A) against position, and line (1/eV) against energy, for three wells."""
    parts = []
    for name, (potential, reach) in _wells().items():
        state = ground_state(potential, reach)
        spread = energy_spread(state.momentum_eV)
        energies = np.linspace(-3.0, 3.0, state.grid_A.size)
        per_momentum = energy_spread(1.0)
        columns = {
            "well": name,
            "position_A": state.grid_A,
            "potential_eV": potential(state.grid_A),
            "density_per_A": state.amplitude**2,
            "energy_eV": energies,
            "line_per_eV": state.momentum_density(energies / per_momentum) / per_momentum,
            "spread_eV": spread,
        }
        parts.append(pd.DataFrame(columns))
    return pd.concat(parts, ignore_index=True)


def _wells():
    wells = {}
    for name, mode in zip(WELLS, ("stretch", "bend"), strict=False):
        omega = GRAPHENE[mode] * PER_CENTIMETRE * np.sqrt(HYDROGEN / ATOM)
        stiffness = 0.5 * ATOM * omega**2 * ANGSTROM**2
        wells[name] = (lambda x, k=stiffness: k * x**2), 0.6
    return wells | {WELLS[-1]: (tube_potential, 2.0)}


@smearing.drawing
def _draw_smearing(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.9))
    place, line = canvas.subplots(1, 2)
    for (name, part), colour, dash in zip(
        table.groupby("well", sort=False), style.CYCLE, ("-", "--", "-."), strict=False
    ):
        place.plot(part["position_A"], part["density_per_A"], dash, color=colour, label=name)
        inside = part[part["potential_eV"] < 8]
        place.plot(inside["position_A"], inside["potential_eV"], dash, color=colour, lw=0.9, alpha=0.7)
        line.plot(part["energy_eV"], part["line_per_eV"], dash, color=colour)
    place.set(xlabel="position (Å)", ylabel="density (1/Å), thick; potential (eV), thin", xlim=(-1.5, 1.5), ylim=(0, 8))
    line.set(xlabel="electron's energy, moved (eV)", ylabel="line (1/eV)", ylim=(0, None))
    canvas.legend(*place.get_legend_handles_labels(), loc="outside upper center", ncols=3)
    return canvas


def _exposure_caption(table: pd.DataFrame) -> str:
    return rf"""Years until half of all experiments with 100 g of tritium have evidence at {SIGMA:g} standard deviations
    (Poisson counts in a window as wide as the peak), against the resolution, Dirac neutrinos, normal
    ordering, for three lightest masses. Vertical lines: what the bound atom does to the line even of a perfect
    detector, as a full width."""


def _exposure_alt(table: pd.DataFrame) -> str:
    parts = []
    for mass, part in table.groupby("mass_eV"):
        quick = part[part["years"] < 1]["resolution_eV"]
        parts.append(
            f"{mass:g} eV: below a year up to a resolution of {quick.max():.2f} eV"
            if len(quick)
            else f"{mass:g} eV: never below a year"
        )
    return "Curves that rise steeply by many powers of ten. " + "; ".join(parts) + "."


@figure(
    "capture-exposure",
    chapter="tritium_capture",
    summary="Time to evidence against the resolution",
    caption=_exposure_caption,
    alt=_exposure_alt,
)
def exposure(
    heaviest_eV: Annotated[float, Range(0.05, 2.0, "largest of the three lightest masses", "eV")] = 0.4,
) -> pd.DataFrame:
    """Years to evidence against the resolution (eV) for three lightest masses."""
    rows = []
    for mass in (heaviest_eV, heaviest_eV / 4, heaviest_eV / 16):
        for resolution in np.geomspace(0.005, 1.0, 47):
            rows.append((mass, resolution, capture_rate(mass, resolution=float(resolution)).years))
    return pd.DataFrame(rows, columns=["mass_eV", "resolution_eV", "years"])


@exposure.drawing
def _draw_exposure(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.0))
    axes = canvas.subplots()
    for (mass, part), colour, dash in zip(
        table.groupby("mass_eV", sort=False), style.CYCLE, ("-", "--", "-."), strict=False
    ):
        axes.loglog(part["resolution_eV"], part["years"], dash, color=colour, label=f"lightest mass {mass:g} eV")
    for target, mark in (("graphene", ":"), ("nanotube", (0, (1, 4)))):
        rms = np.sqrt(np.mean(np.square(axes_momenta(target))))
        axes.axvline(FWHM * energy_spread(float(rms)), color="0.4", ls=mark, label=target)
    axes.set(xlabel="full width of the line (eV)", ylabel="years to evidence", ylim=(0.1, 1e12), xlim=(5e-3, 2.2))
    canvas.legend(loc="outside upper center", ncols=2)
    return canvas


def _directions_alt(table: pd.DataFrame) -> str:
    at = table.iloc[(table["spread_eV"] - 0.05).abs().argmin()]
    return (
        f"Two rising curves; at a spread of {at['spread_eV']:.2f} eV the tube leaves {at['nanotube']:.1e} of all "
        f"directions and graphene {at['graphene']:.1g}."
    )


@figure(
    "capture-directions",
    chapter="tritium_capture",
    summary="Share of the electrons whose energy is spread less than a given width",
    caption="""Share of all directions of the electron in which binding spreads its energy by at most the given standard
    deviation. Along a tube the atom is free, and a narrow cone is left; over graphene no direction is.""",
    alt=_directions_alt,
)
def directions(
    length_A: Annotated[float, Range(1.0, 1e7, "rms extent of the state along the tube", "angstrom")] = 1e4,
) -> pd.DataFrame:
    """Share of directions against the spread (eV) allowed, for the two targets."""
    spreads = np.geomspace(1e-3, 1.0, 121)
    columns = {"spread_eV": spreads}
    for target in ("nanotube", "graphene"):
        momenta = axes_momenta(target, length_A)
        columns[target] = [share_of_directions(momenta, float(s)) for s in spreads]
    return pd.DataFrame(columns)


@directions.drawing
def _draw_directions(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.6))
    axes = canvas.subplots()
    for name, colour, dash in (("nanotube", style.BLUE, "-"), ("graphene", style.VERMILION, "--")):
        shown = table[table[name] > 0]
        axes.loglog(shown["spread_eV"], shown[name], dash, color=colour, label=name)
    axes.set(xlabel="standard deviation of the energy (eV)", ylabel="share of directions", ylim=(1e-5, 1.5))
    axes.legend()
    return canvas
