"""Drawing of the chapter on parametric fluorescence: what falls, what is lifted, and the photon that brings it back."""

from __future__ import annotations

from typing import Annotated

import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.constants import HBAR_EV_S
from cnub.figures import sketch, style
from cnub.figures.parameters import CoherenceTime, LightestMass, Ordering, Range
from cnub.figures.registry import figure
from cnub.fluorescence.channels import channel, channel_symbol
from cnub.fluorescence.target import NOMINAL


def _levels(table: pd.DataFrame) -> pd.Series:
    return table.set_index("level")["energy_eV"]


def _caption(table: pd.DataFrame, ordering: str, coherence_time_s: float, detuning: float) -> str:
    energy, chosen = _levels(table), channel(ordering)
    i, j = chosen.initial, chosen.final
    share, width = 100 * detuning, HBAR_EV_S / coherence_time_s / energy["photon"]
    return rf"""The two steps, energies to scale: (1) the neutrino falls from $E_{i}$ to $E_{j}'$ and lifts a dipole
    from $|g\rangle$; (2) the dipole falls back and sends off the photon. In between the dipole holds
    $E_{i}-E_{j}'=\omega$ (dashed), whatever levels it has. Its level $|v\rangle$, visited only virtually, lies off
    that by the detuning $\Delta=E_{{vg}}+E_{j}'-E_{i}$, drawn as {share:.0f} % of $\omega$. The rate goes as
    $1/(\Delta^2+\Gamma_v^2/4)$; on resonance, $\Delta=0$, the two lines are one. The width $\Gamma_v$ is
    {style.tex(width)} $\omega$ at {style.seconds(coherence_time_s)}, too thin to draw."""


def _alt(table: pd.DataFrame, ordering: str, lightest_mass_eV: float) -> str:
    energy, chosen = _levels(table), channel(ordering, lightest_mass=lightest_mass_eV)
    return (
        f"Three columns. Left, {channel_symbol(chosen.name)}: an arrow down from {_meV(energy['before'])} to "
        f"{_meV(energy['after'])}. Middle: an arrow up from the ground state g to a dashed line, "
        f"{_meV(energy['lent'])} higher, and one back; a solid line, the level v, lies at "
        f"{_meV(energy['v'])}. Right: a wavy arrow leaves, a photon of {_meV(energy['photon'])}."
    )


@figure(
    "fluorescence-sketch",
    chapter="parametric_fluorescence",
    summary="Drawing: levels of neutrino and dipole, and the two steps",
    caption=_caption,
    alt=_alt,
)
def levels(
    ordering: Ordering = "NO",
    lightest_mass_eV: LightestMass = 0.0,
    coherence_time_s: CoherenceTime = NOMINAL["M1"].coherence_time_s,
    detuning: Annotated[float, Range(0.1, 0.3, "detuning over the photon's energy")] = 0.16,
) -> pd.DataFrame:
    """Energies (eV) of the neutrino before and after, of the dipole over its ground state, and of the photon."""
    chosen = channel(ordering, lightest_mass=lightest_mass_eV)
    omega, rest = chosen.photon_energy, chosen.initial_mass
    found = {"before": rest, "after": rest - omega, "g": 0.0, "lent": omega, "v": (1 + detuning) * omega}
    return pd.DataFrame([*found.items(), ("photon", omega)], columns=["level", "energy_eV"])


TALL = 1.9
"""Height of the photon's energy, on a sheet that is as many units wide as inches."""
NEUTRINO, DIPOLE = (0.1, 1.25), (1.75, 3.05)
"""From where to where the levels of both columns go."""


@levels.drawing
def _draw(table: pd.DataFrame, ordering: str) -> Canvas:
    energy, chosen = _levels(table), channel(ordering)
    canvas, axes = sketch.sheet((0.0, sketch.WIDTH, -0.45, 1.55 * TALL))
    heights = TALL * energy / energy["photon"]
    _neutrino(axes, energy, chosen)
    _dipole(axes, heights)
    start, end = (DIPOLE[1] - 0.32, TALL / 2), (sketch.WIDTH - 0.1, TALL / 2)
    sketch.arrow(axes, sketch.wave(start, end, periods=5, amplitude=0.09), color=sketch.SECOND)
    sketch.words(axes, 3.72, TALL / 2 - 0.3, _meV(energy["photon"]))
    for x, name in ((sum(NEUTRINO) / 2, "neutrino"), (sum(DIPOLE) / 2, "dipole"), (3.72, "photon")):
        sketch.words(axes, x, 1.45 * TALL, name, fontweight="bold")
    return canvas


def _neutrino(axes, energy, chosen):
    middle = sum(NEUTRINO) / 2
    for y, label, name, away in ((TALL, chosen.initial, "before", 0.2), (0.0, chosen.final, "after", -0.24)):
        sketch.line(axes, NEUTRINO, (y, y), lw=2.4, solid_capstyle="butt")
        sketch.words(axes, middle, y + away, rf"$\nu_{label}$:  {_meV(energy[name])}")
    sketch.arrow(axes, [(middle, TALL), (middle, 0.0)], color=sketch.FIRST, lw=2.4)


def _meV(energy_eV):
    energy = 1e3 * energy_eV
    return f"{energy:.0f} meV" if energy > 999 else f"{energy:.3g} meV"


def _dipole(axes, heights):
    left, right = DIPOLE
    for name, text in (("g", r"$|g\rangle$"), ("v", r"$|v\rangle$")):
        sketch.line(axes, DIPOLE, [heights[name]] * 2, lw=2.4, solid_capstyle="butt")
        sketch.words(axes, right + 0.1, heights[name], text, ha="left")
    sketch.line(axes, DIPOLE, [heights["lent"]] * 2, ls=(0, (4, 3)), lw=1.4)
    up, down, middle = left + 0.32, right - 0.32, (left + right) / 2
    sketch.arrow(axes, [(up, 0.0), (up, TALL)], color=sketch.FIRST, lw=2.4)
    sketch.arrow(axes, [(down, TALL), (down, 0.0)], color=sketch.SECOND, lw=2.4)
    for x, step in ((up, "(1)"), (down, "(2)")):
        sketch.words(axes, x - 0.2, TALL / 2, step)
    gap = (heights["lent"] + heights["v"]) / 2
    for end in (heights["lent"], heights["v"]):
        sketch.arrow(axes, [(middle, gap), (middle, end)], head=8.0, lw=1.2)
    sketch.words(axes, middle + 0.16, gap, r"$\Delta$")
