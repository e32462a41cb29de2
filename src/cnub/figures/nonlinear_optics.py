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


@figure("susceptibilities", chapter="nonlinear_optics", summary="chi1 and chi2 of a model molecule, all terms or not")
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


@susceptibilities.drawing
def _draw_susceptibilities(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.6))
    left, right = canvas.subplots(1, 2)
    for name, colour, label in (("full", _FULL, "every term"), ("leading", _LEADING, "leading term")):
        left.plot(table["omega_eV"], table[f"chi1_{name}"], color=colour, label=label)
        right.semilogy(table["omega_eV"], table[f"chi2_{name}_pm_per_V"], color=colour)
    left.set(xlabel=r"$\omega$ (eV)", ylabel=r"$\chi^{(1)}_{zz}(\omega)$", ylim=(0, None))
    right.set(xlabel=r"$\omega$ (eV)", ylabel=r"$|\chi^{(2)}_{zzz}(2\omega;\omega,\omega)|$ (pm/V)")
    canvas.legend(*left.get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return canvas


@figure("spdc-tuning", chapter="nonlinear_optics", summary="Emission angle of the pairs against wavelength in BBO")
def spdc_tuning(pump_um: Annotated[float, Range(0.25, 0.85, "wavelength of the pump", "um")] = 0.405) -> pd.DataFrame:
    """External angle (deg) of the signal against its wavelength (um), for three tilts of a type I crystal (deg)."""
    matched = spdc.phase_matching_angle(spdc.BBO, pump_um)
    rows = []
    for offset in (0.0, 0.3, 0.6):
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
    for (tilt, part), colour in zip(table.groupby("tilt_deg"), style.CYCLE, strict=False):
        axes.plot(part["signal_um"] * 1e3, part["external_deg"], ".", ms=4, color=colour, label=f"{tilt:.2f}°")
    axes.set(xlabel="signal wavelength (nm)", ylabel="angle to the pump, outside (deg)", ylim=(0, None))
    canvas.legend(title="angle between pump and optic axis", loc="outside upper center", ncols=3, markerscale=2)
    return canvas


@figure("spdc-cones", chapter="nonlinear_optics", summary="Directions of the photon pairs in BBO")
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
