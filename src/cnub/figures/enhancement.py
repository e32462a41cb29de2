"""Figures of the chapter on further enhancement."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.enhancement.stark import ATOMIC_DIPOLE, PAPER_RATIO, field_for_mixing, mixing_angle, stark_enhancement
from cnub.enhancement.superradiance import (
    LARGEST_COHERENCE,
    collective_factor,
    mean_square_coherence,
    prepared_coherence,
)
from cnub.figures import style
from cnub.figures.parameters import Range
from cnub.figures.registry import figure

Dipole = Annotated[float, Range(1e-3, 100.0, "electric dipole", "e a_0")]
Magnetons = Annotated[float, Range(1e-3, 100.0, "magnetic dipole", "mu_B")]

GAPS = {1e-6: "1 µeV", 1e-3: "1 meV", 0.1: "0.1 eV", 1.0: "1 eV"}
"""Distances of the two parities in eV, with their names."""
PAPER_MAGNETONS = 2.0
"""d_M1 = e/m_e of the paper in Bohr magnetons."""
BREAKDOWN_V_PER_M = 1e8
"""1 MV/cm: solids break down there or before."""


def dipole_ratio(dipole_e_a0: float, magnetons: float) -> float:
    """d_E1/d_M1 of an electric dipole in e a_0 and a magnetic one in Bohr magnetons; 1/alpha for the paper's 1 and 2.

    >>> dipole_ratio(1.0, 2.0) == PAPER_RATIO
    True
    """
    return PAPER_RATIO * dipole_e_a0 * PAPER_MAGNETONS / magnetons


def _stark_caption(table: pd.DataFrame, dipole_e_a0: float, magnetons: float) -> str:
    squared = style.tex(dipole_ratio(dipole_e_a0, magnetons) ** 2)
    return rf"""Enhancement {{eq}}`eq-stark-gain` against the static field, for four distances between the two parities,
    $d_{{\rm E1}} = {dipole_e_a0:g}\,e a_0$ and $d_{{\rm M1}} = {magnetons:g}\,\mu_B$. Dotted: $(d_{{\rm E1}}/d_{{\rm
    M1}})^2$, {squared}. Solids break down in the shaded range or before."""


def _stark_alt(table: pd.DataFrame, dipole_e_a0: float, magnetons: float) -> str:
    low, high = (field_for_mixing(math.pi / 8, gap, dipole_e_a0 * ATOMIC_DIPOLE) for gap in (min(GAPS), max(GAPS)))
    last = table[table["field_V_per_m"] == table["field_V_per_m"].max()]["enhancement"]
    return (
        f"{len(GAPS)} curves that leave 1 quadratically and level off, halfway at fields from {low:.0e} V/m for "
        f"{GAPS[min(GAPS)]} to {high:.0e} V/m for {GAPS[max(GAPS)]}; at the strongest field they lie between "
        f"{last.min():.2g} and {last.max():.2g}, and a dotted line at {dipole_ratio(dipole_e_a0, magnetons) ** 2:.2g}."
    )


@figure(
    "stark-enhancement",
    chapter="enhancement",
    summary="Enhancement by parity mixing against the field",
    caption=_stark_caption,
    alt=_stark_alt,
)
def stark(
    strongest: Annotated[float, Range(1e3, 1e13, "strongest field", "V/m")] = 1e11,
    dipole_e_a0: Dipole = 1.0,
    magnetons: Magnetons = PAPER_MAGNETONS,
) -> pd.DataFrame:
    """Rate over the pure M1 rate, and the mixing angle (rad), against the field (V/m) for four level distances (eV)."""
    fields, dipole = np.geomspace(1.0, strongest, 221), dipole_e_a0 * ATOMIC_DIPOLE
    ratio = dipole_ratio(dipole_e_a0, magnetons)
    rows = [
        (gap, f, stark_enhancement(f, gap, dipole, ratio), mixing_angle(f, gap, dipole)) for gap in GAPS for f in fields
    ]
    return pd.DataFrame(rows, columns=["gap_eV", "field_V_per_m", "enhancement", "angle_rad"])


@stark.drawing
def _draw_stark(table: pd.DataFrame, dipole_e_a0: float, magnetons: float) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    for (gap, part), colour in zip(table.groupby("gap_eV"), style.CYCLE, strict=False):
        axes.loglog(part["field_V_per_m"], part["enhancement"], color=colour, label=GAPS[gap])
    squared, strongest = dipole_ratio(dipole_e_a0, magnetons) ** 2, table["field_V_per_m"].max()
    axes.axhline(squared, color="black", ls=":", lw=1.3)
    axes.text(1.3, 1.12 * squared, r"$(d_{\rm E1}/d_{\rm M1})^2$", va="bottom")
    if strongest > BREAKDOWN_V_PER_M:
        axes.axvspan(BREAKDOWN_V_PER_M, strongest, color="#999999", alpha=0.2, lw=0)
        top = axes.get_xaxis_transform()
        where = {"va": "top", "ha": "right", "fontsize": 9, "transform": top}
        axes.text(strongest, 0.97, "beyond\n1 MV/cm", **where)
    shown = [*table["enhancement"], squared, 1.0]
    axes.set(xlabel="static electric field (V/m)", ylabel="rate / rate of pure M1")
    axes.set(ylim=(0.8 * min(shown), 8 * max(shown)))
    canvas.legend(title="distance of the two parities", loc="outside upper center", ncols=4)
    return canvas


def _coherence_caption(table: pd.DataFrame, count: int, prepared: float) -> str:
    return rf"""Left: the collective factor {{eq}}`eq-lambda` over $N^2$ for {style.tex(count)} atoms, against the
    angle of the pulse that prepares $\cos\theta|g\rangle + \sin\theta|e\rangle$. Right: the average of $\rho_{{eg}}^2$
    over a run that prepares $\rho_{{eg}} = {prepared:g}$ anew after a given time, in units of the dephasing time
    $T_2$."""


def _coherence_alt(table: pd.DataFrame) -> str:
    angle, period = (table[table["against"] == name].reset_index(drop=True) for name in ("angle", "period"))
    top = angle.loc[angle["value"].idxmax()]
    return (
        f"Left, a curve with its maximum of {top['value']:.2g} at {math.degrees(top['x']):.0f} degrees. Right, a curve "
        f"on logarithmic axes that starts flat at {period['value'].iloc[0]:.2g} and falls inversely with time beyond "
        f"the dephasing time, to {period['value'].iloc[-1]:.1e} at {period['x'].iloc[-1]:g} of them."
    )


@figure(
    "lambda-coherence",
    chapter="enhancement",
    summary="The Lambda system: coherence and its decay",
    caption=_coherence_caption,
    alt=_coherence_alt,
)
def coherence(
    count: Annotated[int, Range(1, 10**12, "atoms")] = 10**6,
    prepared: Annotated[float, Range(1e-3, LARGEST_COHERENCE, "coherence after a preparation")] = LARGEST_COHERENCE,
) -> pd.DataFrame:
    """Collective factor over N^2 against the angle of preparation; mean rho_eg^2 against the time between pulses."""
    angles = np.linspace(0.0, np.pi / 2, 91)
    first = [
        ("angle", a, collective_factor(count, prepared_coherence(a), np.sin(a) ** 2) / count**2) for a in angles
    ]  # fmt: skip
    periods = np.geomspace(1e-2, 1e2, 81)
    second = [("period", t, mean_square_coherence(prepared, 1.0, t)) for t in periods]
    return pd.DataFrame(first + second, columns=["against", "x", "value"])


@coherence.drawing
def _draw_coherence(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.3))
    left, right = canvas.subplots(1, 2)
    angle, period = (table[table["against"] == name] for name in ("angle", "period"))
    left.plot(np.degrees(angle["x"]), angle["value"])
    left.set(xlabel="angle of preparation (deg)", ylabel=r"collective factor $/\ N^2$", xlim=(0, 90))
    left.set(ylim=(0, 1.08 * angle["value"].max()))
    right.loglog(period["x"], period["value"])
    right.set(xlabel=r"time between preparations $/\ T_2$", ylabel=r"mean of $\rho_{eg}^2$")
    return canvas
