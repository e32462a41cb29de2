"""Figures of the chapter on slow light."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.constants import HBAR_EV_S, SECOND
from cnub.domain import DomainError, positive
from cnub.figures import style
from cnub.figures.parameters import CoherenceTime, Ordering, Range
from cnub.figures.registry import figure
from cnub.fluorescence.averages import paper_suppression
from cnub.fluorescence.channels import Channel, channel
from cnub.fluorescence.kinematics import VACUUM, energy_transfer, intersections
from cnub.relic import component_rms
from cnub.slow_light.bands import LayeredCrystal, TransparencyBand, TwoLevelBand, cavity_chain, flat_window
from cnub.slow_light.matching import coherence_time, energy_spread, illustrative_band
from cnub.slow_light.recovery import FIELDS, recovery

MassIn = Annotated[float, Range(5e-3, 1.0, "mass of nu_i", "eV")]
MassOut = Annotated[float, Range(0.0, 1.0, "mass of nu_j, below that of nu_i", "eV")]
Slope = Annotated[float, Range(1e-6, 1.0, "slope d omega/dk of the flat band")]
Width = Annotated[float, Range(1e-4, 0.05, "half-width of the flat band", "eV")]
Energy = Annotated[float, Range(3e-3, 0.1, "energy of the flat band", "eV")]
Coupling = Annotated[float, Range(1e-5, 0.02, "collective coupling", "eV")]

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


@figure("slow-light-dispersion", chapter="slow_light", summary="Fig. 2 of the paper: omega(k) against E_3 - E_1'")
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
    axes.plot(k, table["energy_transfer_eV"] / unit, color=LIGHT, label=r"$E_3 - E_1'$")
    axes.plot(k, table["omega_medium_eV"] / unit, color=RED, label=r"$\omega$ in medium")
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


@figure("slow-light-true-spread", chapter="slow_light", summary="The two intersections with the spread of the gas")
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
    for name, centre in (("medium", medium.centre), ("vacuum", chosen.photon_energy)):
        part = _curves(chosen, component_rms(), slope, width, centre + offsets)
        parts.append(part.assign(around=name))
    return pd.concat(parts, ignore_index=True)


@true_spread.drawing
def _draw_true_spread(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.9))
    panels = canvas.subplots(1, 2)
    for axes, name in zip(panels, ("vacuum", "medium"), strict=True):
        part = table[table["around"] == name].reset_index(drop=True)
        k0, w0 = part[f"{name}_k_eV"][0], part[f"{name}_omega_eV"][0]
        k = (part["k_eV"] - k0) * 1e3
        shift = (part[["energy_transfer_eV", "lower_edge_eV", "upper_edge_eV", f"omega_{name}_eV"]] - w0) * 1e3
        axes.fill_between(k, shift["lower_edge_eV"], shift["upper_edge_eV"], color=LIGHT, alpha=0.25, lw=0)
        axes.plot(k, shift["energy_transfer_eV"], color=LIGHT, label=r"$E_3-E_1'$, band: gas rms")
        axes.plot(k, shift[f"omega_{name}_eV"], color=RED, ls="--" if name == "vacuum" else "-", label=r"$\omega(k)$")
        ends = [(part[f"{name}_k{e}_eV"][0], part[f"{name}_omega{e}_eV"][0]) for e in ("_slower", "", "_faster")]
        axes.plot(*zip(*[((a - k0) * 1e3, (b - w0) * 1e3) for a, b in ends], strict=True), "k^", ms=7)
        axes.set(title=f"in {name}", xlabel=r"$|\mathbf{k}|-k_0$ (meV)")
        axes.set(ylim=(-1, 1), xlim=(-1.5, 1.5), xticks=(-1, 0, 1))
    canvas.legend(*panels[1].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    panels[0].set_ylabel(r"energy $-\ \omega_0$ (meV)")
    return canvas


@figure("slow-light-spread", chapter="slow_light", summary="Energy spread and its time against d omega/dk")
def spread_against_slope(
    paper_spread: Annotated[float, Range(1e-7, 1e-2, "momentum spread", "eV")] = 1e-4,
) -> pd.DataFrame:
    """Spread of the matched energy (eV) and its inverse (s) against the slope, for the paper's spread and the gas."""
    slope = np.geomspace(1e-5, 1.0, 121)
    rows = []
    for label, dp in (("paper", paper_spread), ("gas rms", component_rms())):
        spread = np.array([energy_spread(dp, s) for s in slope])
        time = [coherence_time(e) for e in spread]
        rows.append(pd.DataFrame({"case": label, "slope": slope, "spread_eV": spread, "time_s": time}))
    return pd.concat(rows, ignore_index=True)


@spread_against_slope.drawing
def _draw_spread(table: pd.DataFrame) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    names = {"paper": r"$\Delta p = 10^{-4}$ eV (paper)", "gas rms": "rms of one component in the gas"}
    for (label, part), colour in zip(table.groupby("case", sort=False), (RED, LIGHT), strict=True):
        axes.loglog(part["slope"], part["spread_eV"], color=colour, label=names[label])
    axes.axhline(1 / (1e-8 * SECOND), color="black", ls=":", lw=1.3)
    axes.text(1.2e-5, 1.15 / (1e-8 * SECOND), r"1/(10 ns)", va="bottom")
    axes.plot(1e-3, 1e-7, "k^", ms=8, label=r"the paper's $10^{-3}\to10^{-7}$ eV")
    axes.set(xlabel=r"slope of the band, $d\omega/d|\mathbf{k}|$", ylabel=r"spread of $E_3-E_1'$ (eV)")
    seconds = axes.secondary_yaxis("right", functions=(_invert, _invert))
    seconds.set_ylabel("time for one radian (s)")
    axes.legend(loc="lower right")
    return canvas


@figure("slow-light-recovery", chapter="slow_light", summary="How much of the peak rate a flat band recovers")
def recovered(coherence_time_s: CoherenceTime = 1e-8, ordering: Ordering = "NO") -> pd.DataFrame:
    """Rate over the peak in vacuum against d omega/dk: the gas with either field of one photon, and the paper's cap."""
    width, chosen = HBAR_EV_S / positive("coherence_time_s", coherence_time_s), channel(ordering)
    rows = []
    for slope in np.geomspace(1e-6, 1.0, 97):
        for field in FIELDS:
            rows.append((field, slope, recovery(chosen, width, float(slope), field).fraction))
        rows.append(("paper", slope, paper_suppression(width, float(slope))))
    return pd.DataFrame(rows, columns=["case", "slope", "fraction"])


@recovered.drawing
def _draw_recovered(table: pd.DataFrame) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    looks = {
        "vacuum": (LIGHT, "-", "gas, field of one photon as in vacuum"),
        "stored": (style.GREEN, "-", "gas, light stored in a resonant medium"),
        "paper": (RED, "--", r"paper: $\min[1, (\Gamma_v/\Delta p\,s)^2]$"),
    }
    for case, (colour, line, label) in looks.items():
        part = table[table["case"] == case]
        axes.loglog(part["slope"], part["fraction"], color=colour, ls=line, label=label)
    axes.set(xlabel=r"slope of the band, $s=d\omega/d|\mathbf{k}|$", ylabel="rate / peak rate in vacuum")
    axes.legend(loc="center left", bbox_to_anchor=(0.0, 0.62), fontsize=9)
    return canvas


@figure("slow-light-bands", chapter="slow_light", summary="Dispersion of three media with a flat band")
def bands(
    energy: Energy = 0.02,
    coupling: Coupling = 2e-3,
    control: Annotated[float, Range(1e-6, 5e-3, "coupling of the control field", "eV")] = 1e-3,
    pairs: Annotated[int, Range(1, 8, "pairs of layers in a mirror")] = 2,
) -> pd.DataFrame:
    """omega(k) in eV of a two-level medium, EIT and a chain of cavities, all flat at ``energy``."""
    k = np.linspace(1e-4, 2 * energy, 241)
    parts = [
        pd.DataFrame({"model": "two-level", "k_eV": k, "omega_eV": TwoLevelBand(energy, coupling).omega(k)}),
        pd.DataFrame({"model": "EIT", "k_eV": k, "omega_eV": TransparencyBand(energy, coupling, control).omega(k)}),
    ]
    chain = cavity_chain(pairs, energy)
    for band in range(1, chain.band + 3):
        crystal = LayeredCrystal(chain.indices, chain.thicknesses, band)
        inside = (np.arange(40) + 0.5) / 40 + band - 1
        q = inside * np.pi / crystal.period
        parts.append(pd.DataFrame({"model": "cavity chain", "k_eV": q, "omega_eV": crystal.omega(q)}))
    return pd.concat(parts, ignore_index=True)


@bands.drawing
def _draw_bands(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.4))
    panels = canvas.subplots(1, 3, sharey=True)
    top = 1e3 * table.loc[table["model"] == "EIT", "k_eV"].max()
    for axes, (model, part) in zip(panels, table.groupby("model", sort=False), strict=True):
        k, omega = part["k_eV"] * 1e3, part["omega_eV"] * 1e3
        axes.plot([0, top], [0, top], color=RED, ls="--", lw=1.2)
        axes.plot(k, omega, *(("." if model == "cavity chain" else "-"),), ms=2.5, color=RED)
        axes.set(title=model, xlabel=r"$|\mathbf{k}|$ (meV)", xlim=(0, top), ylim=(0, top))
    panels[0].set_ylabel(r"$\omega$ (meV)")
    return canvas


@figure("slow-light-windows", chapter="slow_light", summary="Momentum window over which each real band stays flat")
def windows(energy: Energy = 0.02, coupling: Coupling = 1e-3, coherence_time_s: CoherenceTime = 1e-8) -> pd.DataFrame:
    """Slope at the centre and total window (eV) within half a level width, for the three media over their control."""
    tolerance = HBAR_EV_S / positive("coherence_time_s", coherence_time_s) / 2
    controls = coupling * np.geomspace(3e-3, 1, 11)
    media = [("EIT", TransparencyBand(energy, coupling, float(w)), energy) for w in controls]
    for g in energy * np.geomspace(3e-3, 0.5, 9):
        media.append(("two-level", TwoLevelBand(energy / 2, float(g)), energy))
    for pairs in range(1, 9):
        chain = cavity_chain(pairs, energy)
        media.append(("cavity chain", chain, (chain.band - 0.5) * np.pi / chain.period))
    rows = []
    for name, medium, k in media:
        window = flat_window(medium, k, tolerance, 2e-3)
        rows.append((name, window.slope, window.width, window.slope if name != "cavity chain" else 1.0))
    return pd.DataFrame(rows, columns=["model", "slope", "window_eV", "photon_fraction"])


@windows.drawing
def _draw_windows(table: pd.DataFrame) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    for (model, part), colour, mark in zip(table.groupby("model"), style.CYCLE, "osD", strict=False):
        axes.loglog(part["slope"], part["window_eV"], mark, color=colour, label=model)
    axes.axhline(2 * component_rms(), color="black", ls=":", lw=1.3)
    axes.text(table["slope"].max(), 2.2 * component_rms(), "rms of the gas, both sides", ha="right", va="bottom")
    axes.set(xlabel=r"slope at the centre, $d\omega/d|\mathbf{k}|$", ylabel="window within half a level width (eV)")
    axes.legend(loc="lower left")
    return canvas


def _invert(value):
    with np.errstate(divide="ignore"):
        return 1 / (np.asarray(value) * SECOND)
