"""Figures of the chapter on further enhancement."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from cnub.constants import FINE_STRUCTURE
from cnub.enhancement.stark import mixing_angle, stark_enhancement
from cnub.enhancement.superradiance import collective_factor, mean_square_coherence, prepared_coherence
from cnub.figures import style
from cnub.figures.parameters import Range
from cnub.figures.registry import figure

_GAPS = {1e-6: "1 µeV", 1e-3: "1 meV", 0.1: "0.1 eV", 1.0: "1 eV"}


@figure("stark-enhancement", chapter="enhancement", summary="Enhancement by parity mixing against the field")
def stark(strongest: Annotated[float, Range(1e3, 1e13, "strongest field", "V/m")] = 1e11) -> pd.DataFrame:
    """Rate over the pure M1 rate, and the mixing angle (rad), against the field (V/m) for four level distances (eV)."""
    fields = np.geomspace(1.0, strongest, 221)
    rows = [(gap, f, stark_enhancement(f, gap), mixing_angle(f, gap)) for gap in _GAPS for f in fields]
    return pd.DataFrame(rows, columns=["gap_eV", "field_V_per_m", "enhancement", "angle_rad"])


@stark.drawing
def _draw_stark(table: pd.DataFrame) -> Canvas:
    canvas = Canvas()
    axes = canvas.subplots()
    for (gap, part), colour in zip(table.groupby("gap_eV"), style.CYCLE, strict=False):
        axes.loglog(part["field_V_per_m"], part["enhancement"], color=colour, label=_GAPS[gap])
    axes.axhline(1 / FINE_STRUCTURE**2, color="black", ls=":", lw=1.3)
    axes.text(1.3, 1.12 / FINE_STRUCTURE**2, r"$1/\alpha^2$", va="bottom")
    axes.axvspan(1e8, table["field_V_per_m"].max(), color="#999999", alpha=0.2, lw=0)
    axes.text(1.3e8, 5e4, "beyond 1 MV/cm", fontsize=9)
    axes.set(xlabel="static electric field (V/m)", ylabel="rate / rate of pure M1", ylim=(0.8, 1e5))
    canvas.legend(title="distance of the two parities", loc="outside upper center", ncols=4)
    return canvas


@figure("lambda-coherence", chapter="enhancement", summary="The Lambda system: coherence and its decay")
def coherence(count: Annotated[int, Range(1, 10**12, "atoms")] = 10**6) -> pd.DataFrame:
    """Collective factor over N^2 against the angle of preparation; mean rho_eg^2 against the time between pulses."""
    angles = np.linspace(0.0, np.pi / 2, 91)
    first = [
        ("angle", a, collective_factor(count, prepared_coherence(a), np.sin(a) ** 2) / count**2) for a in angles
    ]  # fmt: skip
    periods = np.geomspace(1e-2, 1e2, 81)
    second = [("period", t, mean_square_coherence(0.5, 1.0, t)) for t in periods]
    return pd.DataFrame(first + second, columns=["against", "x", "value"])


@coherence.drawing
def _draw_coherence(table: pd.DataFrame) -> Canvas:
    canvas = Canvas(figsize=(style.WIDTH, 3.3))
    left, right = canvas.subplots(1, 2)
    angle, period = (table[table["against"] == name] for name in ("angle", "period"))
    left.plot(np.degrees(angle["x"]), angle["value"])
    left.set(xlabel="angle of preparation (deg)", ylabel=r"collective factor $/\ N^2$", xlim=(0, 90), ylim=(0, 0.27))
    right.loglog(period["x"], period["value"])
    right.set(xlabel=r"time between preparations $/\ T_2$", ylabel=r"mean of $\rho_{eg}^2$")
    return canvas
