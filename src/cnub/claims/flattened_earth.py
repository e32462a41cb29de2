"""Claims of the talk on the flat and the flattened Earth ('Enhanced asymmetry and gradient', 'Flatten the Earth')."""

from __future__ import annotations

import math
from functools import partial

from cnub.claims.ledger import talk
from cnub.grazing import earth, halfspace
from cnub.grazing.patch import patch_excess
from cnub.reflection import SIGNS

_FLAT, _FLATTEN = "Enhanced asymmetry and gradient", "Flatten the Earth"
_PRINTED = "(2/15) sqrt(2|delta|) (3 + 5 exp(-|z|/lambda_cr))"
_EXACT = 1e-9
_FLAT_VALUE = 16 / 15
"""The printed asymmetry at the surface in sqrt(2|delta|)."""


def _over_exponential(decay_lengths: float) -> float:
    """Decaying part at some decay lengths of height over the exponential of the same 1/e height."""
    length = halfspace.decay_lengths()["1/e height"]
    return float(halfspace.trapped_density(decay_lengths * length)) / (2 / 3 * math.exp(-decay_lengths))


def _isotropic() -> float:
    attracted, repelled = (float(halfspace.grazing_excess(0.0, sign)) for sign in SIGNS)
    return repelled - attracted


_MARCHED = 12
"""Digits after the point that the rounding of a march leaves: the complete set is one up to 2e-14."""


def _patch_asymmetry() -> float:
    """Repelled minus attracted excess over a filled patch of 20 km at the centre, in sqrt(2|delta|)."""
    scales = earth.grazing_scales()
    length = 2e4 / scales.range_m
    attracted, repelled = (patch_excess(scales.kappa, length, 0.0, sign).density_excess for sign in SIGNS)
    return round(repelled - attracted, _MARCHED)


def _unfilled() -> float:
    """The same with the states trapped under the patch empty at its rim."""
    scales = earth.grazing_scales()
    length = 2e4 / scales.range_m
    return -patch_excess(scales.kappa, length, 0.0, filling_length=length / 2).density_excess


def _patch_note() -> str:
    time = earth.patch_filling_time_s(2e4, earth.grazing_scales())
    return (
        "The slide asks, and has no number but the size. Computed, the share is "
        f"{_patch_asymmetry() / _FLAT_VALUE:.0g}: propagation is unitary and the waves complete, so that no profile "
        "along the wave has an O(sqrt delta) excess once its states are "
        f"filled, which takes such a patch {1e3 * time:.1f} ms. With the states trapped under it empty at its rim the "
        f"share would be {_unfilled() / _FLAT_VALUE:.3f}."
    )


def _length_note() -> str:
    lengths = ", ".join(f"{value:.3f} ({name})" for name, value in halfspace.decay_lengths().items())
    return (
        "The talk does not define lambda_cr; 1 is the evanescent length at the critical angle. Held to a tenth: the "
        f"exact profile has {lengths}."
    )


_flat = partial(talk, prefix="talk-flat")

CLAIMS = [
    _flat(
        "surface", _FLAT, "15/sqrt(2|delta|) times the asymmetry at the surface, 2 (3 + 5)", "16",
        lambda: 15 * float(halfspace.downgoing_asymmetry(0.0)), halfspace.downgoing_asymmetry, printed=_PRINTED,
        tolerance=_EXACT,
        note="Downgoing flux only, upgoing flux kept uniform: 8/15 from each species. See talk-flat-isotropic.",
    ),
    _flat(
        "far", _FLAT, "15/sqrt(2|delta|) times the asymmetry far above the surface, 2 times 3", "6",
        lambda: 15 * float(halfspace.downgoing_asymmetry(1e6)), halfspace.downgoing_asymmetry, printed=_PRINTED,
        tolerance=_EXACT,
        note="Downgoing flux only, as at the surface.",
    ),
    _flat(
        "length", _FLAT, "1/e height of the decaying part in units of 1/(k sqrt(2|delta|))", "1",
        lambda: halfspace.decay_lengths()["1/e height"], halfspace.decay_lengths, printed="lambda_cr", tolerance=0.1,
        note=_length_note,
    ),
    _flat(
        "exponential", _FLAT, "decaying part at five 1/e heights over the exponential", "1",
        lambda: _over_exponential(5.0), halfspace.trapped_density, printed="exp(-|z|/lambda_cr)", tolerance=0.1,
        note="The exact profile ends as 1/(2 u^2), u = z k sqrt(2|delta|), and is no exponential.",
    ),
    _flat(
        "isotropic", _FLAT,
        "asymmetry at the surface in sqrt(2|delta|) for a flux that is isotropic and has filled every state", "1.0667",
        _isotropic, halfspace.grazing_excess, printed="16/15",
        note="Waves from below and the totally reflected states cancel it: O(delta) remains, on flat ground too. With "
        "the trapped states alone empty it is 2/3.",
    ),
    _flat(
        "patch", _FLATTEN,
        "asymmetry over the centre of 20 km x 20 km of flattened crust, steady state, over the flat Earth's 16/15", "1",
        None, patch_excess, printed="20 km * 20 km",
        note=_patch_note,
    ),
]  # fmt: skip
