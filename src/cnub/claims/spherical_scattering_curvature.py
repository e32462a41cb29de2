"""Claims of the talk on why the round Earth gives O(delta): the criterion, three reasons, a closer look."""

from __future__ import annotations

import math
from functools import partial

import numpy as np

from cnub.claims.ledger import talk
from cnub.constants import EARTH_RADIUS_M
from cnub.grazing.through import surface_parts
from cnub.relic import mean_momentum, size_parameter
from cnub.sphere import thermal
from cnub.sphere.beam import gathered
from cnub.sphere.curvature import curvature_criterion
from cnub.sphere.direct import direct_sum, phase_shifts
from cnub.sphere.layered import penetrability

_DELTA = thermal.TALK_DELTA
_REASONS = "There is a criterion: It's about the Earth curvature"
_BEAM = 2000.0


def _earth() -> float:
    return size_parameter(EARTH_RADIUS_M, mean_momentum())


def _criterion() -> float:
    return float(curvature_criterion(_earth(), _DELTA))


def swing_over_one_spacing(kR: float, criterion: float, points: int = 24) -> float:
    """Largest less smallest sum at one k, over delta/2, for ``points`` of k within one order spacing, by every wave.

    ``criterion`` is kR delta^1.5, delta > 0.
    """
    delta = (criterion / kR) ** (2 / 3)
    ratios = [2 * direct_sum(kR + x, delta)[0] / delta for x in np.linspace(0.0, math.pi, points)]
    return max(ratios) - min(ratios)


def _criterion_note() -> str:
    swings = ", ".join(
        f"{swing_over_one_spacing(kR, c):.1g} at kR = {kR:g} and kR delta^(3/2) = {c:g}"
        for kR in (1e3, 1e4)
        for c in (1.5, 2.5, 4.0)
    )
    return (
        "kR = 2000, delta > 0. Where the sum at one k leaves delta/2 depends on kR: the first mode fits under the "
        "surface from 9 pi/(8 sqrt 2) on, but is not seen while it is much broader than one order spacing. Over one "
        f"spacing of k the sum swings by the share {swings}. Averaged over k it stays, and for delta < 0."
    )


def contributions_above_a_plane(sign: str) -> int:
    """How many parts of order sqrt(delta), each with waves of its own, the density just above a plane has."""
    return sum(abs(float(part)) > 0.01 for part in surface_parts(1e-9, sign).values())


def _plane_note() -> str:
    names, signs = ("partial", "total"), ("attract", "repel")
    met, tails, others, total = (f"{float(surface_parts(1e-9, sign)[name]):.2f}" for sign in signs for name in names)
    return (
        f"Over a plane, in units of sqrt(2|delta|): incident with reflected {met} and tails of trapped waves {tails}, "
        f"which cancel if those waves are full. Neutrinos have two as well, {total} of waves reflected totally and "
        f"{others} of the others; all of these are reflected waves, as the talk says."
    )


def _worst_below_criterion() -> float:
    """Excess over delta/2 at kR delta^1.5 = 0.1, kR from 2000 to 2000 + pi: the value furthest from 1."""
    delta = (0.1 / 2000.0) ** (2 / 3)
    ratios = [2 * direct_sum(x, delta)[0] / delta for x in 2000.0 + np.linspace(0.0, math.pi, 12)]
    return max(ratios, key=lambda ratio: abs(ratio - 1))


def _strength_at_critical_angle() -> float:
    """Largest |S_l - 1|/2 in the window of total reflection, kR = 1e5, kR |delta|^1.5 of the Earth."""
    kR, delta = 1e5, (_criterion() / 1e5) ** (2 / 3)
    shift = phase_shifts(kR, -delta)
    nu = np.arange(len(shift)) + 0.5
    return float(np.abs(np.sin(shift[(nu > kR * (1 - delta)) & (nu < kR)])).max())


def _given_back(criterion: float) -> float:
    """Share of the largest deficit gathered by one beam that the rest of the sphere gives back, delta > 0."""
    total = gathered(_BEAM, (criterion / _BEAM) ** (2 / 3), 96)[1]
    return float(1 - total[-1] / total.min())


def _contributing_sides(sign: int) -> float:
    """Sides of the limb, lit and shadow, that make more than a tenth of the largest gathered excess."""
    return float(sum(share > 0.1 for share in _shares(sign, _criterion())))


def _shares(sign: int, criterion: float) -> tuple[float, float]:
    """Shares of the largest gathered excess made before and behind the limb, one beam, kR = 2000."""
    total = np.abs(gathered(_BEAM, sign * (criterion / _BEAM) ** (2 / 3), 96)[1])
    lit = float(total[48] / total.max())
    return lit, 1 - lit


def _shares_note(sign: int) -> str:
    here, large = (_shares(sign, criterion)[1] for criterion in (_criterion(), 1.0))
    return (
        f"One beam, kR = 2000. Behind the limb come {100 * here:.0f} % at the criterion of the Earth, "
        f"{100 * large:.0f} % where kR |delta|^(3/2) = 1; more than a tenth counts."
    )


def _barrier() -> float:
    """Penetrability at l = kR(1 + delta) over that at l = kR, kR = 1e5, criterion of the Earth."""
    kR, delta = 1e5, (_criterion() / 1e5) ** (2 / 3)
    low, high = penetrability(kR, [kR, kR * (1 + delta)])
    return float(high / low)


_sphere = partial(talk, prefix="sphere")

CLAIMS = [
    _sphere(
        "criterion", "There is a criterion",
        "excess over delta/2 where kR delta^1.5 = 0.1, the worst k of one order spacing", "1",
        _worst_below_criterion, direct_sum, printed="kR delta^(3/2) << 1", tolerance=0.01,
        note=_criterion_note,
    ),
    _sphere(
        "criterion-earth", "There is a criterion", "kR |delta|^1.5 of the Earth", "0",
        _criterion, curvature_criterion, printed="kR delta^(3/2) << 1", tolerance=0.1,
        note=lambda: (
            f"With |delta| = {_DELTA:g} at the mean momentum; << 1 is read as at most a tenth, which |delta| = "
            f"{(0.1 / _earth()) ** (2 / 3):.1e} would reach."
        ),
    ),
    _sphere(
        "perturbative", _REASONS, "largest |S_l - 1|/2 where rays are totally reflected, at the criterion of the Earth",
        "0",
        _strength_at_critical_angle, phase_shifts, printed="should be perturbative", tolerance=0.1,
        note="A repelling ball of kR = 100000; perturbative is read as at most a tenth.",
    ),
    _sphere(
        "focusing", _REASONS,
        "share of the deficit behind the limb that the focused rest of the sphere gives back, delta > 0", "1",
        lambda: _given_back(_criterion()), gathered, printed="can eliminate the underdensity", tolerance=0.1,
        note="kR = 2000 at the criterion of the Earth; the excess over 1 is the delta/2 that remains.",
    ),
    _sphere(
        "tunnelling", _REASONS,
        "penetrability of the barrier at the top of the trapped window over that at its bottom, the Earth", "1",
        _barrier, penetrability, printed="tunneling effect of waves", approximate=True,
        note="A ball of kR = 100000 at the criterion of the Earth: the barrier is transparent.",
    ),
    _sphere(
        "interference-nu", "Looking closer",
        "sides of the limb that make the overdensity of neutrinos, at the criterion of the Earth (reflected alone)",
        "1",
        lambda: _contributing_sides(-1), gathered,
        note=lambda: _shares_note(-1),
    ),
    _sphere(
        "interference-antinu", "Looking closer",
        "sides of the limb that make the underdensity of antineutrinos, at the criterion of the Earth", "2",
        lambda: _contributing_sides(1), gathered,
        note=lambda: _shares_note(1),
    ),
    _sphere(
        "interference-plane", "Looking closer",
        "contributions of order sqrt(delta) to the density of antineutrinos just above a plane", "2",
        lambda: contributions_above_a_plane("attract"), surface_parts,
        printed="the underdensity of antineutrinos receives two contributions",
        note=_plane_note,
    ),
]  # fmt: skip
