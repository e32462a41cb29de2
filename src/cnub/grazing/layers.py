"""Flat layers on a substrate under an isotropic flux: the reflection of the stack, and what it does to the density.

The stack enters only through its reflection amplitude r(q) at vertical wave number q (in units of k, cosine of the
angle of incidence), found layer by layer from below (Parratt). Every state filled, Re Int_0^1 r e^{2iqz} dq plus the
trapped states is the integral up the line from q = 1 to 1 + i infinity, where nothing is resonant: vertical incidence
decides, at O(delta), whatever the layers trap.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from scipy.optimize import brentq

from cnub.domain import DomainError, finite, finite_array, finite_complex, non_negative, one_of, positive
from cnub.grazing.halfspace import FLUXES, TRAPPED

THICKEST = 1e6
"""Total thickness, in 1/k, up to which the interference of the layers is resolved."""
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)
_X, _W = 0.5 * (_NODES + 1.0), 0.5 * _WEIGHTS
_PHASE = 12.0
"""Largest phase, in rad, within a panel of 48 nodes."""

Layers = Sequence[tuple[float, float]]


def stack_reflection(q: complex | np.ndarray, layers: Layers, substrate: float) -> complex | np.ndarray:
    """Reflection amplitude at vertical wave number ``q`` (units of k, Im q >= 0) of ``layers`` on a ``substrate``.

    ``layers`` from the top: (thickness in 1/k, delta); ``substrate`` its delta, 0 for vacuum. Raises
    :class:`cnub.DomainError` if a thickness is negative or a delta not between -1 and 1.
    """
    layers, substrate = _validated(layers, substrate)
    q = finite_complex("q", q)
    squares = [0.0, *(_square(delta) for _, delta in layers), _square(substrate)]
    amplitude = np.zeros_like(q)
    below = _vertical(q, squares[-1])
    for index in range(len(layers), -1, -1):
        above = _vertical(q, squares[index])
        # (above - below)/(above + below) without cancellation
        step = (squares[index] - squares[index + 1]) / (above + below) ** 2
        amplitude = (step + amplitude) / (1.0 + step * amplitude)
        if index:
            amplitude = amplitude * np.exp(2j * above * layers[index - 1][0])
        below = above
    return amplitude[()]


def layered_excess(
    layers: Layers, substrate: float, height: float, flux: str = "both", trapped: str = "filled"
) -> float:
    """Density excess dn/n0 at ``height`` >= 0 (in 1/k) above the stack, exact in every delta.

    ``flux``: "both", or what the waves from "above" change with those from below kept uniform, or the reverse;
    ``trapped``: totally reflected and guided states "filled" or "empty". Raises :class:`cnub.DomainError` outside those
    ranges, or if the stack is thicker than 1e6/k.
    """
    layers, substrate = _validated(layers, substrate)
    height = non_negative("height", height)
    one_of("flux", flux, FLUXES)
    one_of("trapped", trapped, TRAPPED)
    filled = vertical_side(layers, substrate, height)
    if flux == "both" and trapped == "filled":
        return filled
    interference, reflected = _on_the_axis(layers, substrate, height)
    above, below = 0.5 * reflected + interference, -0.5 * reflected
    bound = filled - interference if trapped == "filled" else 0.0
    return {"above": above, "below": below + bound, "both": above + below + bound}[flux]


def vertical_side(layers: Layers, substrate: float, height: float) -> float:
    """Excess with every state filled: -Re of the integral of r e^{2iqz} from q = 1 upwards, O(delta)."""
    height = non_negative("height", height)
    scale = 1.0 / (1.0 + height)
    total, edges = 0.0, np.concatenate(([0.0], np.geomspace(1e-6, 1e6, 73)))
    for low, high in pairwise(edges):
        t = scale * (low + (high - low) * _X)
        q = 1.0 + 1j * t
        wave = stack_reflection(q, layers, substrate) * np.exp(2j * q * height)
        total -= float(np.real(1j * scale * (high - low) * np.sum(_W * wave)))
    return total


def _on_the_axis(layers, substrate, height):
    # panels follow the interference of the layers, and crowd at grazing and at every critical angle
    reach = 2.0 * (height + sum(thickness for thickness, _ in layers))
    critical = [math.sqrt(abs(_square(delta))) for delta in [*(d for _, d in layers), substrate] if delta]
    marks = {0.0, 1.0, *np.linspace(0.0, 1.0, 2 + int(reach / _PHASE))}
    for c in critical:
        if c < 1.0:
            near = np.concatenate((c - np.geomspace(1e-9 * c, c, 40), c + np.geomspace(1e-9 * c, 1.0 - c, 60), [c]))
            marks.update(near[(near > 0.0) & (near < 1.0)])
    edges = np.array(sorted(marks))
    low, width = edges[:-1, None], np.diff(edges)[:, None]
    q = (low + width * _X).ravel()
    weight = (width * _W).ravel()
    r = stack_reflection(q, layers, substrate)
    return float(np.real(r * np.exp(2j * q * height)) @ weight), float(np.abs(r) ** 2 @ weight)


def _validated(layers, substrate):
    checked = [(non_negative("thickness", d), _index("delta", delta)) for d, delta in layers]
    if sum(d for d, _ in checked) > THICKEST:
        raise DomainError(f"thickness must add up to at most {THICKEST:g}/k; got {sum(d for d, _ in checked):g}")
    return checked, _index("substrate", substrate)


def _index(name, delta):
    delta = finite(name, delta)
    if not -1.0 < delta < 1.0:
        raise DomainError(f"{name} must be between -1 and 1, both excluded; got {delta!r}")
    return delta


def _square(delta):
    return delta * (2.0 + delta)


def _vertical(q, square):
    root = np.sqrt(q * q + square)
    return np.where(root.imag < 0, -root, root)


def guided_density(thickness: float, delta: float, height: float) -> float:
    """Density dn/n0 of the waves guided by one attracting layer in vacuum, mode by mode: pi |psi(z)|^2/k each.

    ``thickness`` and ``height`` (above the layer) in 1/k, ``delta`` > 0. tan or cot of half the phase across the layer.
    """
    thickness, square = positive("thickness", thickness), _square(positive("delta", delta))
    height, top = float(finite_array("height", height, 0.0)), math.sqrt(square)
    modes, total = math.ceil(thickness * top / math.pi), 0.0
    for m in range(modes):

        def mismatch(phase, m=m):
            # p = top cos(phase), decay = top sin(phase): neither cancels where the layer hardly guides
            return thickness * top * math.cos(phase) - m * math.pi - 2.0 * phase

        phase = brentq(mismatch, 0.0, math.pi / 2, xtol=1e-300)
        p, decay = top * math.cos(phase), top * math.sin(phase)
        # normalised: amplitude^2 (thickness/2 + 1/decay) inside, cos^2 of the edge phase = p^2/square at the surface
        total += math.pi * (p * p / square) / (0.5 * thickness + 1.0 / decay) * math.exp(-2.0 * decay * height)
    return total
