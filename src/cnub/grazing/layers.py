"""Flat layers on a substrate under an isotropic flux: the reflection of the stack, and what it does to the density.

The stack enters only through its reflection amplitude r(q) at vertical wave number q (in units of k, cosine of the
angle of incidence), found layer by layer from below (Parratt). Every state filled, Re Int_0^1 r e^{2iqz} dq plus the
trapped states is the integral up the line from q = 1 to 1 + i infinity, where nothing is resonant: vertical incidence
decides, at O(delta), whatever the layers trap.
"""

from __future__ import annotations

import math

import numpy as np

from cnub.domain import DomainError, non_negative, one_of
from cnub.grazing.halfspace import FLUXES, TRAPPED
from cnub.quadrature import panels
from cnub.reflection import Layers, checked_layers, index_step, stack_amplitude

THICKEST = 1e6
"""Total thickness, in 1/k, up to which the interference of the layers is resolved."""
_NODES = 48
_PHASE = 12.0
"""Largest phase, in rad, within a panel of 48 nodes."""


def layered_excess(
    layers: Layers, substrate: float, height: float, flux: str = "both", trapped: str = "filled"
) -> float:
    """Density excess dn/n0 at ``height`` >= 0 (in 1/k) above the stack, exact in every delta.

    ``flux``: "both", or what the waves from "above" change with those from below kept uniform, or the reverse;
    ``trapped``: totally reflected and guided states "filled" or "empty". Raises :class:`cnub.DomainError` outside those
    ranges, or if the stack is thicker than 1e6/k.

    Source: L. G. Parratt, Phys. Rev. 95 (1954) 359; derived from every direction with one weight.

    >>> print(f"{layered_excess([(1.0, 1e-6)], substrate=1e-6, height=0.0) / 1e-6:.3f}")
    0.500
    """
    layers, substrate = _checked(layers, substrate)
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
    nodes, weights = panels(np.concatenate(([0.0], np.geomspace(1e-6, 1e6, 73))), _NODES)
    q = 1.0 + 1j * scale * nodes
    wave = stack_amplitude(q, layers, substrate) * np.exp(2j * q * height)
    return -float(np.real(1j * scale * np.sum(weights * wave)))


def _on_the_axis(layers, substrate, height):
    # panels follow the interference of the layers, and crowd at grazing and at every critical angle
    reach = 2.0 * (height + sum(thickness for thickness, _ in layers))
    critical = [math.sqrt(abs(index_step(delta))) for delta in [*(d for _, d in layers), substrate] if delta]
    marks = {0.0, 1.0, *np.linspace(0.0, 1.0, 2 + int(reach / _PHASE))}
    for c in critical:
        if c < 1.0:
            near = np.concatenate((c - np.geomspace(1e-9 * c, c, 40), c + np.geomspace(1e-9 * c, 1.0 - c, 60), [c]))
            marks.update(near[(near > 0.0) & (near < 1.0)])
    q, weight = (part.ravel() for part in panels(np.array(sorted(marks)), _NODES))
    r = stack_amplitude(q, layers, substrate)
    return float(np.real(r * np.exp(2j * q * height)) @ weight), float(np.abs(r) ** 2 @ weight)


def _checked(layers, substrate):
    thicknesses, (*deltas, below) = checked_layers(layers, substrate)
    if sum(thicknesses) > THICKEST:
        raise DomainError(f"thickness must add up to at most {THICKEST:g}/k; got {sum(thicknesses):g}")
    return list(zip(thicknesses, deltas, strict=True)), below
