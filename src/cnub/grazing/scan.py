"""The scan of patches in pieces, each of which is computed by itself."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from cnub.grazing.patch import filling_curve
from cnub.grazing.profiles import patch, terrain

BEYOND = (0.0, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0, 100.0)
"""Stations behind the edge of the flat part, in units of 1/kappa."""
HILLS, HILL_LENGTH = (0.3, 1.0, 3.0), 0.5
"""Rms heights in lambda, and correlation length in l, of the hills on otherwise flat ground."""
ROUGH = (0.0, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.5, 10.0, 15.0, 20.0)
"""Filling lengths over rough ground, in l."""


def pieces(kappas: Iterable[float], lengths: Iterable[float], heights: Iterable[float]) -> list[dict]:
    """One piece per curve: smooth patches at their centre in every combination, other shapes, positions, terrain."""
    kappas, lengths, heights = list(kappas), list(lengths), list(heights)
    main = [_piece(k, length, z) for k in kappas for length in lengths for z in heights]
    shapes = [
        _piece(k, length, 0.0, shape=shape)
        for k in kappas
        for length in lengths
        if 0.0 < length <= 10.0
        for shape in ("chord", "flat-topped")
    ]
    across = [_piece(k, 1.0, 0.0, position=x) for k in kappas if k >= 1.0 for x in np.linspace(-0.6, 0.6, 13).round(3)]
    rough = [_piece(0.0, math.inf, 0.0, rms=rms, seed=seed) for rms in HILLS for seed in range(1, 5)]
    return main + shapes + across + rough


def _piece(kappa, length, height, shape="smooth", position=0.0, rms=0.0, seed=0):
    return {
        "kappa": float(kappa), "length": float(length), "height": float(height), "shape": shape,
        "position": float(position), "rms": rms, "seed": seed,
    }  # fmt: skip


def compute(piece: dict) -> list[dict]:
    """The filling curve of one piece: rows with filling_length, excess and error in units of sqrt(2 delta)."""
    kappa, half = piece["kappa"], 0.5 * piece["length"]
    beyond: tuple[float, ...]
    if piece["rms"] > 0.0:
        ground, lengths = terrain(0.0, piece["rms"], HILL_LENGTH, piece["seed"], 60.0), np.array(ROUGH)
        beyond = ROUGH
    else:
        ground, beyond = patch(kappa, piece["length"], piece["shape"]), BEYOND
        lengths = max(half + piece["position"], 0.0) + np.array(BEYOND) / kappa
    values, errors = filling_curve(ground, lengths, piece["height"], piece["position"])
    rows = zip(beyond, lengths, values, errors, strict=True)
    return [
        piece | {"beyond": b, "filling_length": float(x), "excess": float(v), "error": float(e)} for b, x, v, e in rows
    ]
