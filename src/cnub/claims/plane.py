"""Claims of the talk on the flat and the flattened Earth ('Enhanced asymmetry and gradient', 'Flatten the Earth')."""

from __future__ import annotations

import math

import numpy as np

from cnub.claims.ledger import Claim
from cnub.plane import earth, halfspace
from cnub.plane.patch import filling_curve, patch_excess
from cnub.plane.profiles import round_earth

_FLAT, _FLATTEN = "Enhanced asymmetry and gradient", "Flatten the Earth"
_PRINTED = "(2/15) sqrt(2|delta|) (3 + 5 exp(-|z|/lambda_cr))"
_EXACT = 1e-9


def _claim(name, statement, quoted, compute, by, **more):
    return Claim(
        id=f"talk-flat-{name}",
        source="talk",
        place=more.pop("place", _FLAT),
        statement=statement,
        quoted=quoted,
        compute=compute,
        by=by,
        **more,
    )


def _over_exponential(decay_lengths: float) -> float:
    """Decaying part at some decay lengths of height over the exponential of the same 1/e height."""
    length = halfspace.decay_lengths()["1/e height"]
    return float(halfspace.trapped_density(decay_lengths * length)) / (2 / 3 * math.exp(-decay_lengths))


def _isotropic() -> float:
    attracted, repelled = (float(halfspace.grazing_excess(0.0, sign)) for sign in halfspace.SIGNS)
    return repelled - attracted


_MARCHED = 12
"""Digits after the point that the rounding of a march leaves: the complete set is one up to 2e-14."""


def _patch_asymmetry() -> float:
    """Repelled minus attracted excess over a filled patch of 20 km at the centre, in sqrt(2|delta|)."""
    scales = earth.grazing_scales()
    length = 2e4 / scales.range_m
    attracted, repelled = (patch_excess(scales.kappa, length, 0.0, sign).density_excess for sign in halfspace.SIGNS)
    return round(repelled - attracted, _MARCHED)


def _half_filled_km() -> float:
    """Distance back, in km, from which the trapped states of the round Earth are half refilled here."""
    scales = earth.grazing_scales()
    stations = [x / scales.kappa for x in (0.4, 0.6, 0.8, 1.0, 1.2)]
    values, _ = filling_curve(round_earth(scales.kappa), stations, cell=0.2, step=0.06)
    # np.interp wants rising abscissae: the share that is refilled rises with the distance
    return float(np.interp(0.5, 1 + values / (2 / 3), stations)) * scales.range_m / 1e3


CLAIMS = [
    _claim(
        "surface",
        "15/sqrt(2|delta|) times the asymmetry at the surface, 2 (3 + 5)",
        "16",
        lambda: 15 * float(halfspace.downgoing_asymmetry(0.0)),
        halfspace.downgoing_asymmetry,
        tolerance=_EXACT,
        printed=_PRINTED,
        note="Downgoing flux only, upgoing flux kept uniform: 8/15 from each species. See talk-flat-isotropic.",
    ),
    _claim(
        "far",
        "15/sqrt(2|delta|) times the asymmetry far above the surface, 2 times 3",
        "6",
        lambda: 15 * float(halfspace.downgoing_asymmetry(1e6)),
        halfspace.downgoing_asymmetry,
        tolerance=_EXACT,
        printed=_PRINTED,
        note="Downgoing flux only, as at the surface.",
    ),
    _claim(
        "length",
        "1/e height of the decaying part in units of 1/(k sqrt(2|delta|))",
        "1",
        lambda: halfspace.decay_lengths()["1/e height"],
        halfspace.decay_lengths,
        tolerance=0.1,
        printed="lambda_cr",
        note="The talk does not define lambda_cr; 1 is the evanescent length at the critical angle. Held to 10 %: the "
        "exact profile has 0.929, its initial slope 8/(3 pi) = 0.849, its area 3 pi/8 = 1.178.",
    ),
    _claim(
        "exponential",
        "decaying part at five 1/e heights over the exponential",
        "1",
        lambda: _over_exponential(5.0),
        halfspace.trapped_density,
        tolerance=0.1,
        printed="exp(-|z|/lambda_cr)",
        note="The exact profile ends as 1/(2 u^2), u = z k sqrt(2|delta|), and is no exponential.",
    ),
    _claim(
        "isotropic",
        "asymmetry at the surface in sqrt(2|delta|) for a flux that is isotropic and has filled every state",
        "1.0667",
        _isotropic,
        halfspace.grazing_excess,
        printed="16/15",
        note="Waves from below and the totally reflected states cancel it: O(delta) remains, on flat ground too. "
        "With the trapped states alone empty it is 2/3.",
    ),
    _claim(
        "patch",
        "asymmetry over 20 km x 20 km of flattened crust in sqrt(2|delta|), steady state",
        "1.0667",
        _patch_asymmetry,
        patch_excess,
        place=_FLATTEN,
        printed="20 km * 20 km",
        note="Propagation is unitary and the waves complete: no profile of the ground has an O(sqrt delta) excess once "
        "its states are filled, which takes such a patch 7 ms.",
    ),
    _claim(
        "curvature-length",
        "distance in km along which the round ground of the crust refills half of the trapped states",
        "20",
        _half_filled_km,
        filling_curve,
        place="Semiclassical treatment",
        approximate=True,
        unit="km",
        printed="Neutrinos can already feel the curvature of the Earth spanning over 20 km",
        note="Half within 0.6 km, nearly all within 2 R theta_c = 1.7 km: shorter than the 20 km of the talk, which is "
        "half of l = 1/(k delta) = 40 km.",
    ),
]
