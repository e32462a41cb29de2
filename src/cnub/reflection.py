"""Fresnel reflection of a face, a slab, a stack of layers: one amplitude, found layer by layer from below (Parratt).

Wave numbers along the normal, q, are in units of k: for a real direction, the sine s of its glancing angle. In a medium
of index 1 + delta it is q' with q'^2 = q^2 + step, step = 2 delta + delta^2. Differences q - q' are never formed:
(q - q')/(q + q') = -step/(q + q')^2 keeps all digits for any delta. At grazing incidence q may be counted in units of
k sqrt|step| instead; then the step of a half-space is +1 where it attracts and -1 where it repels.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cnub.domain import finite_array, finite_complex, one_of, refraction, representable, within

__all__ = [
    "SIGNS",
    "face_reflectivity",
    "grazing_amplitude",
    "slab_reflectivity",
    "stack_amplitude",
    "stack_reflectivity",
    "thick_slab_reflectivity",
]

SIGNS = ("attract", "repel")
THICKEST = 1e9
"""Thickness of a layer, in 1/k, beyond which its phase is not resolved."""

Layers = Sequence[tuple[float, float]]
"""Thickness in 1/k and delta of each layer, from the one that is hit first."""


def index_step(delta: float) -> float:
    """2 delta + delta^2, by which the squared index of a medium exceeds that of the vacuum."""
    return delta * (2.0 + delta)


def sign_step(sign: str) -> float:
    """The step of a half-space in units of its size: 1.0 for "attract" (delta > 0), -1.0 for "repel"."""
    return 1.0 if one_of("sign", sign, SIGNS) == "attract" else -1.0


def amplitude(q: np.ndarray, steps: Sequence[float], thicknesses: Sequence[float] = ()) -> np.ndarray:
    """Reflection amplitude at ``q`` (complex, Im q >= 0) from vacuum on media of ``steps``, the last without end.

    ``thicknesses``, one less than media. ``q``, the roots of the steps and the inverse thicknesses are in one unit.
    L. G. Parratt, Phys. Rev. 95 (1954) 359.
    """
    media, waves = [0.0, *steps], [q, *(_inside(q, step) for step in steps)]
    found = _face(media[-2], media[-1], waves[-2], waves[-1])
    for j in range(len(thicknesses) - 1, -1, -1):
        face = _face(media[j], media[j + 1], waves[j], waves[j + 1])
        turn, both = np.expm1(2j * waves[j + 1] * thicknesses[j]), face * found
        # (face + found e^phase)/(1 + both e^phase); a thin layer between like media cancels in the plain sums alone
        found = _ratio(face + found + found * turn, 1.0 + both + both * turn)
    return found


@representable
def grazing_amplitude(q: complex | np.ndarray, sign: str) -> complex | np.ndarray:
    """Fresnel amplitude of a half-space at ``q`` in units of k sqrt|2 delta + delta^2| (Im q >= 0), from above.

    ``sign`` is "attract" (delta > 0) or "repel". Raises :class:`cnub.DomainError` otherwise.

    Source: derived from Fresnel's amplitude of one face.

    >>> complex(grazing_amplitude(0.75, "attract"))
    (-0.25+0j)
    """
    step = sign_step(sign)
    return amplitude(finite_complex("q", q), [step])[()]


@representable
def stack_amplitude(q: complex | np.ndarray, layers: Layers, substrate: float) -> complex | np.ndarray:
    """Reflection amplitude at ``q`` (units of k, Im q >= 0) of ``layers`` on a ``substrate``, in the shape of ``q``.

    ``layers``: (thickness in 1/k, delta) from the top; ``substrate`` its delta, 0 for vacuum. Raises
    :class:`cnub.DomainError` if a thickness is not between 0 and 1e9 or a delta not between -1 and 1.

    Source: L. G. Parratt, Phys. Rev. 95 (1954) 359.

    >>> print(f"{stack_amplitude(0.5, [(1.0, -1e-3)], substrate=1e-3).real:.3e}")
    -1.676e-04
    """
    thicknesses, deltas = checked_layers(layers, substrate)
    return amplitude(finite_complex("q", q), [index_step(delta) for delta in deltas], thicknesses)[()]


def checked_layers(layers: Layers, substrate: float) -> tuple[list[float], list[float]]:
    """Thicknesses of ``layers``, and the delta of each and of the ``substrate``; refusals as in `stack_amplitude`."""
    thicknesses = [within("thickness", thickness, 0.0, THICKEST) for thickness, _ in layers]
    deltas = [refraction("delta", delta) for _, delta in layers]
    return thicknesses, [*deltas, refraction("substrate", substrate)]


@representable
def face_reflectivity(delta: float, sine: object) -> np.ndarray:
    """Reflectivity |r|^2 of one face hit from vacuum; one for s below the critical angle if ``delta`` < 0.

    ``sine`` of the glancing angle (0 to 1, any shape), |``delta``| < 1. Raises :class:`cnub.DomainError` outside.

    Source: derived from Fresnel's amplitude of one face.

    >>> print(f"{face_reflectivity(-1e-3, sine=0.01):.6f}")
    1.000000
    """
    return stack_reflectivity([], sine, refraction("delta", delta))


@representable
def slab_reflectivity(delta: float, sine: object, thickness: float) -> np.ndarray:
    """Reflectivity of a uniform slab as a wave, of order delta^2 at fixed angle.

    ``thickness`` k d (0 to 1e9), ``sine`` from 0 to 1, |``delta``| < 1. Raises :class:`cnub.DomainError` outside.

    Source: L. G. Parratt, Phys. Rev. 95 (1954) 359.

    >>> print(slab_reflectivity(1e-3, sine=0.5, thickness=0.0))
    0.0
    """
    return stack_reflectivity([(thickness, delta)], sine)


@representable
def thick_slab_reflectivity(delta: float, sine: object) -> np.ndarray:
    """Reflectivity of a slab with the phases between its faces averaged out: 2 R/(1 + R), R that of one face.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: derived from the incoherent sum over both faces.

    >>> print(thick_slab_reflectivity(-1e-3, sine=0.01))
    0.9999999999999999
    """
    face = face_reflectivity(delta, sine)
    return 2 * face / (1 + face)


@representable
def stack_reflectivity(layers: Layers, sine: object, substrate: float = 0.0) -> np.ndarray:
    """Reflectivity of ``layers`` on a ``substrate``, by default the vacuum, hit on the first layer.

    Layers and substrate as in `stack_amplitude`, ``sine`` from 0 to 1. Reversing a stack in vacuum gives its other
    face; without absorption both are equal. Raises :class:`cnub.DomainError` outside these ranges.

    Source: L. G. Parratt, Phys. Rev. 95 (1954) 359.

    >>> forward = stack_reflectivity([(1.0, 1e-3), (2.0, -1e-3)], sine=0.5)
    >>> backward = stack_reflectivity([(2.0, -1e-3), (1.0, 1e-3)], sine=0.5)
    >>> print(abs(forward / backward - 1) < 1e-12)
    True
    """
    return np.abs(stack_amplitude(finite_array("sine", sine, 0.0, 1.0), layers, substrate)) ** 2


def _inside(q, step):
    """Wave number along the normal in a medium, decaying away from the surface where it is complex."""
    if step == 0.0:
        return q
    root = np.sqrt(q * q + step)
    return np.where(root.imag < 0, -root, root)


def _face(step_before, step_after, before, after):
    return _ratio(step_before - step_after, (before + after) ** 2)


def _ratio(above, below):
    # 0/0 along a surface: of a face without a step, of a layer without thickness; neither reflects
    safe = np.where(below == 0, 1.0, below)
    return np.where(below == 0, 0.0, above / safe)
