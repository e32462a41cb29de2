"""The scan of filling in time: when half of the plane's excess is left over spheres and patches, piece by piece."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd

from cnub.domain import DomainError
from cnub.grazing.profiles import patch, plane
from cnub.grazing.switched import switched_excess
from cnub.grazing.weak import half_filled

AROUND = (0.4, 0.55, 0.7, 0.85, 1.0, 1.2, 1.4, 1.7, 2.0)
"""Stations behind the edge, in units of the larger of the diffraction length and sqrt(L/2 kappa)."""


def pieces(kappas: Iterable[float], lengths: Iterable[float]) -> list[dict]:
    """One piece per curvature and length (in l)."""
    kappas, lengths = list(kappas), list(lengths)
    return [{"kappa": float(kappa), "length": float(length)} for kappa in kappas for length in lengths]


def compute(piece: dict) -> list[dict]:
    """Excess over the patch and over the plane at each station, with errors; no row where the march is too long."""
    kappa, half = piece["kappa"], 0.5 * piece["length"]
    reach = max((half_filled() / kappa) ** (2.0 / 3.0), math.sqrt(half / kappa))
    times = half + reach * np.array(AROUND)
    try:
        excess, error = switched_excess(patch(kappa, piece["length"]), times)
        flat, wider = switched_excess(plane(), times)
    except DomainError:
        return []
    rows = zip(times, excess, flat, error + wider, strict=True)
    return [piece | {"time": float(t), "excess": float(e), "flat": float(f), "error": float(d)} for t, e, f, d in rows]


def half_times(table: pd.DataFrame) -> pd.DataFrame:
    """Time (l/v) at which half of the plane's excess is left, per curvature and length; NaN where it is not reached."""
    rows = []
    for (kappa, length), part in table.groupby(["kappa", "length"]):
        left, time = (part["excess"] / part["flat"]).to_numpy(), part["time"].to_numpy()
        below = np.flatnonzero(left < 0.5)
        if not below.size or below[0] == 0:
            half = math.nan
        else:
            last = slice(below[0] - 1, below[0] + 1)
            half = float(np.interp(0.5, left[last][::-1], time[last][::-1]))
        rows.append({"kappa": kappa, "length": length, "half_time": half, "criterion": 0.5 * length + 2.0 / kappa})
    return pd.DataFrame(rows)
