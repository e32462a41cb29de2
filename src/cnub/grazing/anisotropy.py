"""Flux that is not isotropic over a half-space: what a smooth anisotropy leaves, and what structure would be needed.

The weight f of a direction multiplies the waves that come from it; a trapped state has the weight of the direction it
has below. Everything here is at the surface, in closed panels over the vertical wave number.
"""

from __future__ import annotations

import math

import numpy as np

from cnub.domain import DomainError, finite, positive, within
from cnub.quadrature import panels, unit_rule
from cnub.reflection import grazing_amplitude, index_step, sign_step

_NODES = 60


def dipole_excess(delta: float, dipole: float) -> float:
    """Change of the surface density, dn/n0, that a vertical ``dipole`` f = 1 + dipole cos adds, every state filled.

    cos = 1 for a wave from straight above; abs(dipole) <= 1; 1e-14 <= abs(delta) < 0.1. O(delta log delta): the waves
    near the horizon, which alone see O(sqrt delta), have the same weight from above and below. Raises
    :class:`cnub.DomainError` outside these ranges.

    Source: derived from Fresnel's amplitude with a weight of directions.

    >>> print(f"{dipole_excess(delta=1e-8, dipole=0.1):.1e}")
    -1.0e-08
    """
    delta, dipole = finite("delta", delta), within("dipole", dipole, -1.0, 1.0)
    if not 1e-14 <= abs(delta) < 0.1:
        raise DomainError(f"delta must be between 1e-14 and 0.1 in size; got {delta!r}")
    s = math.sqrt(abs(index_step(delta)))
    step, top = math.copysign(1.0, delta), 1.0 / s
    q, weight = _panels(top)
    r = grazing_amplitude(q, "attract" if step > 0 else "repel")
    share = np.abs(r) ** 2
    inside = np.sqrt(np.maximum(q * q + step, 0.0))
    # q - q' without cancellation; beyond the critical angle nothing comes from below
    change = np.where(inside > 0, -step / (q + inside), q) + inside * share + q * (share + 2.0 * np.real(r))
    # the trapped states have no counterpart outside: Int_0^1 |t|^2 q' dq' with |t|^2 = 4 q'^2 is 1
    total = float(weight @ change) - (1.0 if step > 0 else 0.0)
    return 0.5 * dipole * s * s * total


def horizon_structure_excess(width: float, sign: str, contrast: float = 1.0) -> float:
    """Surface excess in units of sqrt(2 abs(delta)) from an angular step at the horizon, every state filled.

    f = 1 + (contrast/2) tanh(angle above the horizon / (``width`` theta_c)), theta_c = sqrt(2 abs(delta)). A sharp step
    gives -(8/15) contrast (attract), the talk's downgoing flux; one wider than theta_c loses the effect.
    """
    width, contrast = positive("width", width), finite("contrast", contrast)
    step = sign_step(sign)
    q, weight = _panels(1e7)
    r = grazing_amplitude(q, sign)
    share = np.abs(r) ** 2
    inside = np.sqrt(np.maximum(q * q + step, 0.0))
    up, down = np.tanh(inside / width), np.tanh(q / width)
    # (down - up) at large q is -step/(2 q width) sech^2: already small where the difference would cancel
    total = float(weight @ (down - up + up * share + down * (share + 2.0 * np.real(r))))
    return 0.25 * contrast * (total - (2.0 * _trapped_step(width) if step > 0 else 0.0))


def _trapped_step(width):
    x, w = unit_rule(_NODES)
    return float(w @ (2.0 * x**2 * np.tanh(x / width)))


def _panels(top):
    # q = tan-like panels around the critical angle q = 1, then geometric to the top
    edges = np.concatenate(([0.0], 1.0 - np.geomspace(1.0, 1e-12, 60)[1:], [1.0], 1.0 + np.geomspace(1e-12, 1.0, 60)))
    edges = np.concatenate((edges[edges < min(top, 2.0)], np.geomspace(2.0, top, 60) if top > 2.0 else [top]))
    nodes, weights = panels(np.unique(edges), _NODES)
    return nodes.ravel(), weights.ravel()
