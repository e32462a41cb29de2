"""Figures of the chapter on slow light."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.domain import DomainError
from cnub.figures import style
from cnub.figures.parameters import Range
from cnub.figures.registry import figure
from cnub.fluorescence.channels import Channel, channel
from cnub.fluorescence.kinematics import VACUUM, energy_transfer, intersections
from cnub.relic import component_rms
from cnub.slow_light.matching import illustrative_band

MassIn = Annotated[float, Range(5e-3, 1.0, "mass of nu_i", "eV")]
MassOut = Annotated[float, Range(0.0, 1.0, "mass of nu_j, below that of nu_i", "eV")]
Slope = Annotated[float, Range(1e-6, 1.0, "slope d omega/dk of the flat band")]
Width = Annotated[float, Range(1e-4, 0.05, "half-width of the flat band", "eV")]

RED, LIGHT = style.VERMILION, style.BLUE


def _transition(mass_in: float, mass_out: float) -> Channel:
    if mass_out >= mass_in:
        raise DomainError(f"mass_out must be below mass_in; got {mass_out:g} and {mass_in:g}")
    return replace(channel("NO"), initial_mass=mass_in, final_mass=mass_out)


def _curves(chosen: Channel, spread: float, slope: float, width: float, k: np.ndarray) -> pd.DataFrame:
    medium = illustrative_band(chosen.initial_mass, slope, width)
    masses = (chosen.initial_mass, chosen.final_mass)
    backward, forward = (energy_transfer(k, *masses, spread, cosine) for cosine in (-1.0, 1.0))
    table = pd.DataFrame(
        {
            "k_eV": k,
            "omega_medium_eV": medium.omega(k),
            "omega_vacuum_eV": k,
            "energy_transfer_eV": energy_transfer(k, *masses),
            "lower_edge_eV": np.minimum(backward, forward),
            "upper_edge_eV": np.maximum(backward, forward),
        }
    )
    for name, band in (("medium", medium), ("vacuum", VACUUM)):
        for momentum, cosine, label in ((0.0, 1.0, ""), (spread, -1.0, "_slower"), (spread, 1.0, "_faster")):
            found = intersections(chosen, band, momentum, cosine)[0]
            table[f"{name}_k{label}_eV"], table[f"{name}_omega{label}_eV"] = found.momentum, found.energy
    return table


def _dispersion_caption(table: pd.DataFrame, mass_in: float, mass_out: float, spread: float) -> str:
    return rf"""The paper's Fig. 2. Photon energy in medium (solid red) and in vacuum (dashed red), and the energy the
    neutrino offers (blue), against the photon momentum, for $\nu_3 \to \nu_1\gamma$ with $m_3 = {mass_in:g}$ eV and
    $m_1 = {mass_out:g}$ eV. The shaded band is a momentum spread of {style.tex(spread)} eV,
    {spread / component_rms():.2g} times the rms of one component in the gas; triangles mark the solutions of
    {{eq}}`eq-slow-match`. The shape of the flat band is an illustration, in the paper as here."""


def _dispersion_alt(table: pd.DataFrame) -> str:
    at = 1e3 * table.iloc[0]
    return (
        f"A blue line that falls from {at['energy_transfer_eV']:.3g} meV, with a shaded band; a dashed red diagonal "
        f"and a solid red curve with a flat part; black triangles where they cross the blue line, at momenta of "
        f"{at['vacuum_k_eV']:.3g} meV (diagonal) and {at['medium_k_eV']:.3g} meV (curve)."
    )


@figure(
    "slow-light-dispersion",
    chapter="slow_light",
    summary="Fig. 2 of the paper: omega(k) against E_3 - E_1'",
    caption=_dispersion_caption,
    alt=_dispersion_alt,
)
def dispersion(
    mass_in: MassIn = 0.05,
    mass_out: MassOut = 0.0,
    spread: Annotated[float, Range(0.0, 1e-2, "momentum spread", "eV")] = 1e-3,
    slope: Slope = 1e-3,
    width: Width = 8e-3,
) -> pd.DataFrame:
    """Dispersion in medium and vacuum, the energy offered by the neutrino, and their intersections; all in eV."""
    return _curves(_transition(mass_in, mass_out), spread, slope, width, np.linspace(0.0, mass_in, 401))


@dispersion.drawing
def _draw_dispersion(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 4.4))
    axes = canvas.subplots()
    _draw_curves(axes, table, 1.0)
    axes.set(xlabel=r"photon momentum $|\mathbf{k}|$ (eV)", ylabel="energy (eV)")
    top = table["k_eV"].max()
    axes.set(xlim=(0, 1.03 * top), ylim=(0, 1.03 * top))
    canvas.legend(loc="outside upper center", ncols=3)
    return canvas


def _draw_curves(axes, table, unit):
    k = table["k_eV"] / unit
    axes.fill_between(
        k,
        table["lower_edge_eV"] / unit,
        table["upper_edge_eV"] / unit,
        color=LIGHT,
        alpha=0.25,
        lw=0,
        label="momentum spread",
    )
    axes.plot(k, table["energy_transfer_eV"] / unit, color=LIGHT, ls="-", label=r"$E_3 - E_1'$")
    axes.plot(k, table["omega_medium_eV"] / unit, color=RED, ls="-.", label=r"$\omega$ in medium")
    axes.plot(k, table["omega_vacuum_eV"] / unit, color=RED, ls="--", label=r"$\omega$ in vacuum")
    for name in ("medium", "vacuum"):
        axes.plot(
            table[f"{name}_k_eV"][0] / unit,
            table[f"{name}_omega_eV"][0] / unit,
            "^",
            color="black",
            ms=8,
            zorder=5,
            label="energy conserved" if name == "medium" else None,
        )


def _true_spread_alt(table: pd.DataFrame) -> str:
    wide = {}
    for name, part in table.groupby("around"):
        first = part.iloc[0]
        wide[name] = abs(first[f"{name}_omega_faster_eV"] - first[f"{name}_omega_slower_eV"])
    return (
        f"Two panels around the intersections, each with three triangles. In vacuum they spread along the dashed "
        f"diagonal and differ by {1e6 * wide['vacuum']:.3g} micro-eV in energy; in the medium they spread along the "
        f"curve, by {1e6 * wide['medium']:.3g} micro-eV."
    )


@figure(
    "slow-light-true-spread",
    chapter="slow_light",
    summary="The two intersections with the spread of the gas",
    caption=r"""{numref}`fig-slow-light-dispersion` magnified around its two intersections, with the true spread: the
    band is the rms of one momentum component of the gas, the triangles are the intersections at $-1$, $0$ and $+1$
    rms.""",
    alt=_true_spread_alt,
)
def true_spread(
    mass_in: MassIn = 0.05,
    mass_out: MassOut = 0.0,
    slope: Slope = 1e-3,
    width: Width = 8e-3,
    window: Annotated[float, Range(1e-4, 5e-3, "momenta on either side", "eV")] = 1.5e-3,
) -> pd.DataFrame:
    """The curves of Fig. 2 with the rms spread of the relic gas, within ``window`` (eV) of each intersection."""
    chosen, medium = _transition(mass_in, mass_out), illustrative_band(mass_in, slope, width)
    offsets = np.linspace(-window, window, 201)
    parts = []
    for name, band in (("medium", medium), ("vacuum", VACUUM)):
        centre = intersections(chosen, band)[0].momentum
        part = _curves(chosen, component_rms(), slope, width, centre + offsets)
        parts.append(part.assign(around=name))
    return pd.concat(parts, ignore_index=True)


@true_spread.drawing
def _draw_true_spread(table: pd.DataFrame, window: float) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.9))
    panels = canvas.subplots(1, 2)
    for axes, name in zip(panels, ("vacuum", "medium"), strict=True):
        part = table[table["around"] == name].reset_index(drop=True)
        k0, w0 = part[f"{name}_k_eV"][0], part[f"{name}_omega_eV"][0]
        k = (part["k_eV"] - k0) * 1e3
        shift = (part[["energy_transfer_eV", "lower_edge_eV", "upper_edge_eV", f"omega_{name}_eV"]] - w0) * 1e3
        axes.fill_between(k, shift["lower_edge_eV"], shift["upper_edge_eV"], color=LIGHT, alpha=0.25, lw=0)
        axes.plot(k, shift["energy_transfer_eV"], color=LIGHT, ls="-", label=r"$E_3-E_1'$, band: gas rms")
        axes.plot(k, shift[f"omega_{name}_eV"], color=RED, ls="--", label=r"$\omega(k)$")
        ends = [(part[f"{name}_k{e}_eV"][0], part[f"{name}_omega{e}_eV"][0]) for e in ("_slower", "", "_faster")]
        axes.plot(*zip(*[((a - k0) * 1e3, (b - w0) * 1e3) for a, b in ends], strict=True), "k^", ms=7)
        axes.set(title=f"in {name}", xlabel=r"$|\mathbf{k}|-k_0$ (meV)")
        half = 1e3 * window
        axes.set(ylim=(-half / 1.5, half / 1.5), xlim=(-half, half))
        axes.locator_params(axis="x", nbins=4)
    canvas.legend(*panels[1].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    panels[0].set_ylabel(r"energy $-\ \omega_0$ (meV)")
    return canvas
