"""The same forces by momentum flux and by gradient, side by side, and what is left of their first order in G_F.

Four bodies: a thick slab (rays, both faces), a wedge whose lit face is inclined (second Born order), a cylinder and a
ball (exact waves). A "part" is the lit face or half; the "whole" what is left when all parts are added.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd

from cnub.domain import DomainError, one_of, representable, within
from cnub.forces.bodies import FLUXES, SHAPES, body_forces, slab_gradient
from cnub.forces.recoil import SlabForces, collimated_forces, hemisphere, isotropic_forces, power
from cnub.forces.wedge import WedgeForces, wedge_forces
from cnub.reflection import face_reflectivity, index_step

COLUMNS = ["flux", "body", "part", "momentum_flux", "gradient", "difference"]
_DIRECTIONS = 12
"""Directions that average the flux over a wedge, besides two per unit of its size: its harmonics end there."""
_SMALL = 1e-7
"""delta at which the odd part of a force shows its first order: what is left there of the third is 1e-12."""


@representable
def force_balance(
    delta: float = 1e-3, sine: float = 0.3, size: float = 5.0, fluxes: tuple[str, ...] = FLUXES
) -> pd.DataFrame:
    """Forces per n v k and area on the lit part and on the whole of four bodies, by both methods.

    ``delta`` within +-0.05, not 0, ``sine`` of the glancing angle on the slab (0 to 1], ``size`` of the wedge and kR of
    cylinder and ball (0.1 to 20), ``fluxes`` "collimated" (along the axis of symmetry of the ball, the base of the
    wedge) or "isotropic". ``difference`` is relative to the gradient, or to that on one side where the whole vanishes.
    Raises :class:`cnub.DomainError` outside these ranges.

    >>> print(force_balance().difference.max() < 1e-8)
    True
    """
    if within("delta", delta, -0.05, 0.05) == 0:
        raise DomainError("delta must differ from 0; got 0")
    within("size", size, 0.1, 20.0)
    rows = [row for flux in fluxes for row in _rows(one_of("flux", flux, FLUXES), delta, sine, size)]
    return pd.DataFrame(rows, columns=COLUMNS)


@representable
def order_count(delta: float = 1e-6, sine: float = 0.3, size: float = 5.0) -> pd.DataFrame:
    """Powers of G_F on the lit part and on the whole of the bodies in a collimated flux, and the first order left.

    Powers at ``delta``; ``first_order_left`` is the part of the whole that is odd in delta, over that on a part, at
    1e-7 (wedge: the sum of the first-order forces over the largest). Arguments and refusals as `force_balance`.

    >>> print(order_count().first_order_left.max() < 1e-10)
    True
    """
    within("size", size, 0.1, 20.0)
    bodies: dict[str, Callable[[float], SlabForces]] = {
        "slab": lambda d: collimated_forces(d, sine),
        "cylinder": lambda d: body_forces("cylinder", d, size),
        "ball": lambda d: body_forces("ball", d, size),
    }
    rows = [(name, *_powers(force, delta), _odd_part(force)) for name, force in bodies.items()]
    first = wedge_forces(_wedge(size), delta).first
    left = float(np.linalg.norm(first.sum(axis=0)) / np.linalg.norm(first, axis=1).max())
    rows.insert(1, ("wedge", *_powers(lambda d: _as_parts(wedge_forces(_wedge(size), d)), delta), left))
    return pd.DataFrame(rows, columns=["body", "power_of_part", "power_of_whole", "first_order_left"])


def _wedge(size: float) -> np.ndarray:
    """A wedge in a flux along x: it rises with slope 1/2 and ends in a face across the flux."""
    return np.array([[0.0, 0.0], [size, 0.0], [size, size / 2]])


def _as_parts(found: WedgeForces) -> SlabForces:
    """Inclined face, the other faces and the whole, along the flux and by momentum."""
    entry = float(found.first[2, 0] + found.second[2, 0])
    return SlabForces(entry, float(found.momentum[0]) - entry, float(found.momentum[0]))


def _powers(force: Callable[[float], SlabForces], delta: float) -> tuple[float, float]:
    return power(lambda d: force(d).entry, delta), power(lambda d: force(d).net, delta)


def _odd_part(force: Callable[[float], SlabForces]) -> float:
    up, down = force(_SMALL), force(-_SMALL)
    return abs((up.net - down.net) / (up.entry - down.entry))


def _rows(flux, delta, sine, size):
    return _collimated(delta, sine, size) if flux == "collimated" else _isotropic(delta, size)


def _collimated(delta, sine, size):
    found, other = collimated_forces(delta, sine), slab_gradient(delta, sine)
    yield _row("collimated", "slab", "lit part", found.entry, other.entry)
    yield _row("collimated", "slab", "whole", found.net, other.net)
    yield _row("collimated", "wedge", "lit part", *_inclined_face(delta, 1 / math.sqrt(5)))
    wedge = wedge_forces(_wedge(size), delta)
    carried, pulled = wedge.momentum / size * 2, wedge.second.sum(axis=0) / size * 2
    yield "collimated", "wedge", "whole", carried[0], pulled[0], _distance(carried, pulled)
    for shape in SHAPES:
        found, other = (body_forces(shape, delta, size, by=by) for by in ("momentum flux", "gradient"))
        yield _row("collimated", shape, "lit part", found.entry, other.entry)
        yield _row("collimated", shape, "whole", found.net, other.net)


def _isotropic(delta, size):
    left = hemisphere(delta, lambda s: slab_gradient(delta, s).entry - slab_gradient(delta, s).exit)
    yield _row("isotropic", "slab", "one side", isotropic_forces(delta).entry, left)
    count = int(_DIRECTIONS + 2 * size)
    turned = [wedge_forces(_wedge(size), delta, 2 * math.pi * i / count) for i in range(count)]
    carried = np.mean([one.momentum for one in turned], axis=0)
    pulled = np.mean([one.second for one in turned], axis=0)
    part = float(np.linalg.norm(pulled, axis=1).max())
    yield "isotropic", "wedge", "whole", carried[0], pulled.sum(axis=0)[0], _distance(carried, pulled.sum(axis=0), part)
    for shape in SHAPES:
        found, other = (body_forces(shape, delta, size, "isotropic", by) for by in ("momentum flux", "gradient"))
        yield _row("isotropic", shape, "one side", found.entry, other.entry)


def _inclined_face(delta, s):
    """Pressure on one face lit from outside: what is reflected and bent, and the step times the density |1 + r|^2."""
    inside = math.sqrt(s * s + index_step(delta))
    once = float(face_reflectivity(delta, s))
    return s * (s * (1 + once) - inside * (1 - once)), -index_step(delta) * 2 * s * s / (s + inside) ** 2


def _row(flux, body, part, found, other, scale=None):
    return flux, body, part, found, other, abs(found - other) / abs(scale or other)


def _distance(found, other, scale=None):
    return float(np.linalg.norm(found - other) / (scale or np.linalg.norm(other)))
