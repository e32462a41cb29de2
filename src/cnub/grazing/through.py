"""The density through a flat surface, above and below, in its parts: which waves interfere with which.

At O(sqrt delta), in units of sqrt(2|delta|) n0 and of lambda; the surface lies between a dense side, where the vertical
wave number is q, and a rare one, where it is sqrt(q^2 - 1). Above an attracting body the rare side is outside, over a
repelling one inside. A wave of q < 1 is totally reflected on the dense side: over a repelling body that is one that
comes from outside, under an attracting one it is trapped. Each part is an integral of its own.
"""

from __future__ import annotations

import numpy as np

from cnub.domain import finite_array
from cnub.grazing.halfspace import grazing_excess, trapped_density
from cnub.reflection import sign_step

_STEP = 0.1
_T = np.exp(_STEP * np.arange(-420, 421))
"""Equal steps of log t, whose ends carry 1e-18; the branch point t = 2i, an angle pi/2 away, lets them err by e^-98."""


def surface_parts(height: float | np.ndarray, sign: str) -> dict[str, np.ndarray]:
    """Parts of dn/n0 at ``height`` (in lambda, negative inside), each of its shape, in units of sqrt(2|delta|).

    "total": the waves that are totally reflected. Attracted ones are trapped, and count in full; repelled ones come
    from outside, where n0 holds them already: there it is their standing wave, inside their tail. "partial": the
    interference of waves that are reflected in part. "thinned": what refraction takes from these under an attracting
    surface. ``sign`` "attract" or "repel". Raises :class:`cnub.DomainError` on another sign or height.
    """
    z, attracts = finite_array("height", height), sign_step(sign) > 0
    up = z if attracts else -z  # distance from the surface on the rare side
    rare = up > 0.0
    partial = np.where(rare, _rare(np.maximum(up, 0.0)), _dense(np.maximum(-up, 0.0)))
    # a unit of q on the dense side is dq' = q dq/q' on the rare one: between 0 and 1 all of one is left over
    left = np.where(rare, 0.0, 1.0)
    total = trapped_density(up)
    return {
        "total": total if attracts else total - left,
        "partial": partial,
        "thinned": 0.0 - left if attracts else 0.0 * left,
    }


def _rare(u):
    """Interference on the rare side, Re Int_0^oo r e^{2iqu} dq."""
    return grazing_excess(u, "attract", trapped="empty")


def _dense(depth):
    """The same on the dense side for q > 1, up the line from q = 1: Re Int (q - q')^2 e^{2iqd} dq, q = 1 + it."""
    q = 1.0 + 1j * _T
    inside = np.sqrt(1j * _T) * np.sqrt(2.0 + 1j * _T)
    wave = 1j * _STEP * _T / (q + inside) ** 2 * np.exp(2j * q * depth.ravel()[:, None])
    return np.real(wave.sum(axis=1)).reshape(depth.shape)
