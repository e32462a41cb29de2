"""Fresnel reflection of a slab: one face, a uniform slab as a wave, a stack of layers.

Directions are given by s, the sine of the glancing angle, so that k s is the wave number along the normal. Inside a
medium of index 1 + delta it is s' with s'^2 = s^2 + 2 delta + delta^2. Differences s - s' are never formed:
(s - s')/(s + s') = -(2 delta + delta^2)/(s + s')^2 keeps all digits for any delta.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cnub.domain import DomainError, finite_array, representable, within

_MAX_DELTA = 0.1


@representable
def inside_normal(delta: float, sine: object) -> np.ndarray:
    """s' = sqrt(s^2 + 2 delta + delta^2), complex, Im s' >= 0; ``sine`` from 0 to 1, ``delta`` within +-0.1."""
    s = finite_array("sine", sine, 0.0, 1.0)
    return np.sqrt(s * s + _step(delta) + 0j)


@representable
def face_reflectivity(delta: float, sine: object) -> np.ndarray:
    """Reflectivity |r|^2 of one face hit from vacuum; one for s below the critical angle if ``delta`` < 0.

    ``sine`` of the glancing angle (0 to 1, any shape), ``delta`` within +-0.1.
    """
    return np.abs(_face_amplitude(delta, sine)) ** 2


@representable
def slab_reflectivity(delta: float, sine: object, thickness: float) -> np.ndarray:
    """Reflectivity of a uniform slab as a wave: r = rho (1 - e)/(1 - rho^2 e), e = exp(2 i s' k d).

    ``thickness`` k d (0 to 10^9), ``sine`` from 0 to 1, ``delta`` within +-0.1. Of order delta^2 at fixed angle.
    """
    d = within("thickness", thickness, 0.0, 1e9)
    rho = _face_amplitude(delta, sine)
    phase = 2j * inside_normal(delta, sine) * d
    return np.abs(rho * np.expm1(phase) / (1 - rho * rho * np.exp(phase))) ** 2


@representable
def thick_slab_reflectivity(delta: float, sine: object) -> np.ndarray:
    """Reflectivity of a slab with the phases between its faces averaged out: 2 R/(1 + R), R that of one face."""
    R = face_reflectivity(delta, sine)
    return 2 * R / (1 + R)


@representable
def layered_reflectivity(deltas: Sequence[float], thicknesses: Sequence[float], sine: object) -> np.ndarray:
    """Reflectivity of a stack of layers in vacuum, hit on the face of the first layer.

    ``deltas`` (within +-0.1) and ``thicknesses`` k d (0 to 10^9) of shape (n,), ``sine`` from 0 to 1. Reversing the
    stack gives the other face; without absorption both are equal. L. G. Parratt, Phys. Rev. 95 (1954) 359.
    """
    values = finite_array("deltas", deltas, -_MAX_DELTA, _MAX_DELTA)
    depths = finite_array("thicknesses", thicknesses, 0.0, 1e9)
    if values.ndim != 1 or values.shape != depths.shape:
        raise DomainError(f"deltas and thicknesses must be of one shape (n,); got {values.shape} and {depths.shape}")
    steps = [_step(delta) for delta in values]
    s = finite_array("sine", sine, 0.0, 1.0)
    media = [0.0, *steps, 0.0]
    normals = [np.sqrt(s * s + step + 0j) for step in media]
    amplitude = np.zeros_like(normals[0])
    for j in range(len(steps), -1, -1):
        rho = _amplitude(media[j], media[j + 1], normals[j], normals[j + 1])
        beyond = amplitude * np.exp(2j * normals[j + 1] * depths[j]) if j < len(steps) else amplitude
        amplitude = (rho + beyond) / (1 + rho * beyond)
    return np.abs(amplitude) ** 2


def _face_amplitude(delta, sine):
    s = finite_array("sine", sine, 0.0, 1.0)
    return _amplitude(0.0, _step(delta), s, inside_normal(delta, s))


def _amplitude(step_before, step_after, before, after):
    # s = 0 on a face without a step reflects nothing; with one, everything.
    total = before + after
    safe = np.where(total == 0, 1.0, total)
    return np.where(total == 0, 0.0, (step_before - step_after) / safe**2)


def _step(delta):
    value = within("delta", delta, -_MAX_DELTA, _MAX_DELTA)
    return value * (2 + value)
