"""Figures of the appendix on nonlinear optics."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.constants import CENTIMETRE, VOLT_PER_METRE
from cnub.figures import style
from cnub.figures.parameters import Range
from cnub.figures.registry import figure
from cnub.nonlinear_optics import spdc
from cnub.nonlinear_optics.susceptibility import chi1, chi2, polar_molecule

_LEADING, _FULL = style.VERMILION, style.BLUE
_OFFSET = 1.3e-4  # keeps the grid off the levels, where the undamped susceptibility is infinite


def _listed(numbers) -> str:
    return " and ".join(", ".join(f"{number:g}" for number in numbers).rsplit(", ", 1))


def _susceptibilities_caption(table: pd.DataFrame, density_per_cm3: float) -> str:
    levels = ", ".join(f"{energy:g}" for energy in polar_molecule().energies)
    return rf"""Left: $\chi^{{(1)}}$ of a model polar molecule with three levels ({levels} eV) at
    {style.tex(density_per_cm3)} per cm$^3$, with every term and with the resonant one alone. Right: $|\chi^{{(2)}}|$
    for frequency doubling, from all six permutations of Eq. {{eq}}`eq-chi2` and from the leading ordering alone. The
    two agree near the two-photon resonances at half of the level energies, not far below."""


def _susceptibilities_alt(table: pd.DataFrame) -> str:
    low, high = table.iloc[0], table["omega_eV"].max()
    peaks = [energy / 2 for energy in polar_molecule().excited if energy / 2 < high]
    sharp = f", with sharp peaks at {_listed(peaks)} eV" if peaks else ""
    return (
        f"Two panels against the photon energy up to {high:.2g} eV. The linear susceptibility starts at "
        f"{low['chi1_full']:.2g}, its leading term at {low['chi1_leading']:.2g}. The quadratic one, on a logarithmic "
        f"scale, starts at {low['chi2_full_pm_per_V']:.2g} pm/V, its leading term at "
        f"{low['chi2_leading_pm_per_V']:.2g} pm/V{sharp}."
    )


@figure(
    "susceptibilities",
    chapter="nonlinear_optics",
    summary="chi1 and chi2 of a model molecule, all terms or not",
    caption=_susceptibilities_caption,
    alt=_susceptibilities_alt,
)
def susceptibilities(
    density_per_cm3: Annotated[float, Range(1e10, 1e24, "molecules", "per cm^3")] = 1e22,
    highest: Annotated[float, Range(0.1, 10.0, "highest photon energy", "eV")] = 3.2,
) -> pd.DataFrame:
    """chi1_zz and |chi2_zzz(2w; w, w)| (pm/V) against the photon energy (eV), every term or the leading ones."""
    density = density_per_cm3 / CENTIMETRE**3
    levels = polar_molecule()
    rows = []
    for omega in np.linspace(0.02, highest, 240) + _OFFSET:
        row = {"omega_eV": omega}
        for name, every in (("full", True), ("leading", False)):
            row[f"chi1_{name}"] = chi1(levels, density, omega, every)[2, 2].real
            quadratic = chi2(levels, density, omega, omega, every)[2, 2, 2]
            row[f"chi2_{name}_pm_per_V"] = abs(quadratic) * VOLT_PER_METRE * 1e12
        rows.append(row)
    return pd.DataFrame(rows)


def _limits(table: pd.DataFrame) -> tuple[float, float | None]:
    """From zero; past a level, where the undamped susceptibility is infinite, what most of the curve needs."""
    if table["omega_eV"].max() < polar_molecule().excited.min():
        return 0.0, None
    most = 1.1 * float(table["chi1_full"].abs().quantile(0.93))
    return -most, most


@susceptibilities.drawing
def _draw_susceptibilities(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.6))
    left, right = canvas.subplots(1, 2)
    for name, colour, label in (("full", _FULL, "every term"), ("leading", _LEADING, "leading term")):
        left.plot(table["omega_eV"], table[f"chi1_{name}"], color=colour, label=label)
        right.semilogy(table["omega_eV"], table[f"chi2_{name}_pm_per_V"], color=colour)
    left.set(xlabel=r"$\omega$ (eV)", ylabel=r"$\chi^{(1)}_{zz}(\omega)$", ylim=_limits(table))
    right.set(xlabel=r"$\omega$ (eV)", ylabel=r"$|\chi^{(2)}_{zzz}(2\omega;\omega,\omega)|$ (pm/V)")
    canvas.legend(*left.get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return canvas


def _tuning_caption(table: pd.DataFrame, pump_um: float) -> str:
    return f"""Angle at which the photon of a given wavelength leaves a type I crystal of BBO pumped at
    {1e3 * pump_um:g} nm, for {table["offset_deg"].nunique()} angles between pump and optic axis."""


def _tuning_alt(table: pd.DataFrame) -> str:
    least = table.loc[table.groupby("offset_deg")["external_deg"].idxmin()]
    down = ", ".join(
        f"{row.external_deg:.1f} degrees near {1e3 * row.signal_um:.0f} nm at {row.tilt_deg:.1f} degrees"
        for row in least.itertuples()
    )
    return (
        f"{len(least)} curves of emission angle against wavelength, V-shaped to bowl-shaped, higher the larger the "
        f"angle to the optic axis; they come down to {down} to that axis."
    )


@figure(
    "spdc-tuning",
    chapter="nonlinear_optics",
    summary="Emission angle of the pairs against wavelength in BBO",
    caption=_tuning_caption,
    alt=_tuning_alt,
)
def spdc_tuning(
    pump_um: Annotated[float, Range(0.25, 0.85, "wavelength of the pump", "um")] = 0.405,
    step_deg: Annotated[float, Range(0.05, 2.0, "step of the tilt", "deg")] = 0.3,
) -> pd.DataFrame:
    """External angle (deg) of the signal against its wavelength (um), for three tilts of a type I crystal (deg)."""
    matched = spdc.phase_matching_angle(spdc.BBO, pump_um)
    rows = []
    for offset in (0.0, step_deg, 2 * step_deg):
        tilt = matched + math.radians(offset)
        for signal in np.linspace(1.4 * pump_um, 3.2 * pump_um, 91):
            for polar in spdc.emission_angles(spdc.BBO, pump_um, tilt, signal, math.pi / 2):
                outside = spdc.external_angle(spdc.BBO, signal, polar)
                rows.append((offset, math.degrees(tilt), signal, math.degrees(outside)))
    return pd.DataFrame(rows, columns=["offset_deg", "tilt_deg", "signal_um", "external_deg"])


@spdc_tuning.drawing
def _draw_tuning(table: pd.DataFrame) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    for (tilt, part), colour, mark in zip(table.groupby("tilt_deg"), style.CYCLE, "ox^", strict=False):
        axes.plot(part["signal_um"] * 1e3, part["external_deg"], mark, ms=2.5, color=colour, label=f"{tilt:.2f}°")
    axes.set(xlabel="signal wavelength (nm)", ylabel="angle to the pump, outside (deg)", ylim=(0, None))
    canvas.legend(title="angle between pump and optic axis", loc="outside upper center", ncols=3, markerscale=2)
    return canvas


def _circles(table: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Centre toward the optic axis and radius (deg) of the signal and the idler of type II."""
    spans = table[table["kind"] == "II"].groupby("photon")["x_deg"].agg(["min", "max"])
    return {
        photon: ((span["min"] + span["max"]) / 2, (span["max"] - span["min"]) / 2) for photon, span in spans.iterrows()
    }


def _cross(table: pd.DataFrame) -> bool:
    (first, radius), (second, other) = _circles(table).values()
    return abs(radius - other) < abs(first - second) < radius + other


def _cones_caption(table: pd.DataFrame, pump_um: float) -> str:
    crossing = "cross in two lines" if _cross(table) else "do not cross"
    return f"""The cones at {2e3 * pump_um:g} nm. Type I: signal and idler lie on one cone around the pump. Type II: the
    ordinary and the extraordinary photon lie on two cones that lean to opposite sides and {crossing}."""


def _cones_alt(table: pd.DataFrame) -> str:
    single = table[table["kind"] == "I"]["x_deg"]
    signal, idler = (_circles(table)[photon] for photon in ("signal", "idler"))
    return (
        f"Left, a single circle centred on the pump, {single.max():.2g} degrees in radius. Right, two circles "
        f"displaced along the direction of the optic axis: the signal's by {signal[0]:.2g} degrees, the idler's by "
        f"{idler[0]:.2g}, with radii of {signal[1]:.2g} and {idler[1]:.2g} degrees."
    )


@figure(
    "spdc-cones",
    chapter="nonlinear_optics",
    summary="Directions of the photon pairs in BBO",
    caption=_cones_caption,
    alt=_cones_alt,
)
def spdc_cones(
    pump_um: Annotated[float, Range(0.27, 1.4, "wavelength of the pump", "um")] = 0.405,
    offset_one: Annotated[float, Range(0.05, 3.0, "tilt from the collinear one, type I", "deg")] = 0.5,
    offset_two: Annotated[float, Range(0.05, 3.0, "tilt from the collinear one, type II", "deg")] = 0.6,
) -> pd.DataFrame:
    """Internal directions (deg) of degenerate signal and idler, at tilts offset (deg) from the collinear one."""
    rows = []
    for kind, offset in (("I", offset_one), ("II", offset_two)):
        tilt = spdc.phase_matching_angle(spdc.BBO, pump_um, kind) + math.radians(offset)
        for azimuth in np.linspace(0.0, 2 * math.pi, 145):
            for x, y in _pair_directions(kind, pump_um, tilt, azimuth):
                rows.append((kind, "signal", math.degrees(x[0]), math.degrees(x[1])))
                rows.append((kind, "idler", math.degrees(y[0]), math.degrees(y[1])))
    return pd.DataFrame(rows, columns=["kind", "photon", "x_deg", "y_deg"])


def _pair_directions(kind, pump_um, tilt, azimuth):
    for polar in spdc.emission_angles(spdc.BBO, pump_um, tilt, 2 * pump_um, azimuth, kind):
        signal = np.array([math.cos(azimuth), math.sin(azimuth)]) * polar
        idler = -_idler_polar(kind, pump_um, tilt, polar) * np.array([math.cos(azimuth), math.sin(azimuth)])
        yield signal, idler


def _idler_polar(kind: str, pump_um: float, tilt: float, polar: float) -> float:
    k_signal = spdc.BBO.index(2 * pump_um, "o") / (2 * pump_um)
    k_pump = spdc.BBO.index(pump_um, "e", tilt) / pump_um
    return math.atan2(k_signal * math.sin(polar), k_pump - k_signal * math.cos(polar))


@spdc_cones.drawing
def _draw_cones(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.9))
    panels = canvas.subplots(1, 2)
    for axes, (kind, part) in zip(panels, table.groupby("kind"), strict=True):
        for (photon, points), colour in zip(part.groupby("photon"), (style.ORANGE, style.BLUE), strict=True):
            size = 9 if photon == "idler" else 4
            axes.plot(points["x_deg"], points["y_deg"], ".", ms=size, color=colour, label=photon)
        axes.plot(0, 0, "k+", ms=10, label="pump")
        axes.set(title=f"type {kind}", xlabel="inside, toward the optic axis (deg)", aspect="equal")
    panels[0].set_ylabel("inside, across (deg)")
    canvas.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=3)
    return canvas
