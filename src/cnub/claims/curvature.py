"""Claims of the talk on why the round Earth gives O(delta): the criterion, conserved quantities, three reasons."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from cnub.claims.ledger import Claim
from cnub.constants import EARTH_RADIUS_M
from cnub.relic import de_broglie_length_m, mean_momentum, size_parameter
from cnub.sphere import thermal
from cnub.sphere.beam import gathered
from cnub.sphere.direct import direct_sum, phase_shifts
from cnub.sphere.layered import penetrability
from cnub.sphere.prem import RADIUS_KM
from cnub.sphere.rays import trace

_DELTA = thermal.TALK_DELTA
_EXACT = 1e-9
_ROUND, _SEMI = "But Earth is round", "Semiclassical treatment"
_REASONS = "There is a criterion: It's about the Earth curvature"
_BEAM = 2000.0


def _earth() -> float:
    return size_parameter(EARTH_RADIUS_M, mean_momentum())


def _criterion(delta: float = _DELTA) -> float:
    return _earth() * delta**1.5


def twenty_kilometres() -> float:
    """20 km over the radius of the Earth, in radians."""
    return 20.0 / RADIUS_KM


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
    """Sides of the limb, lit and shadow, with more than a tenth of the largest gathered excess, kR |delta|^1.5 = 1."""
    total = gathered(_BEAM, sign * _BEAM ** (-2 / 3), 96)[1]
    largest = np.abs(total).max()
    lit = abs(total[48])
    return float(int(lit > 0.1 * largest) + int(largest - lit > 0.1 * largest))


def _barrier() -> float:
    """Penetrability at l = kR(1 + delta) over that at l = kR, kR = 1e5, criterion of the Earth."""
    kR, delta = 1e5, (_criterion() / 1e5) ** (2 / 3)
    low, high = penetrability(kR, [kR, kR * (1 + delta)])
    return float(high / low)


@lru_cache(maxsize=1)
def _rays():
    return trace(0.05, 20000)


def _claim(key: str, place: str, statement: str, quoted: str, compute, by, **more) -> Claim:
    return Claim(f"sphere-{key}", "talk", place, statement, quoted, compute, by=by, **more)


CLAIMS = [
    _claim(
        "criterion",
        "There is a criterion",
        "excess over delta/2 where kR delta^1.5 = 0.1, the worst k of one order spacing",
        "1",
        _worst_below_criterion,
        direct_sum,
        tolerance=0.01,
        printed="kR delta^(3/2) << 1",
        note="kR = 2000, delta > 0. At fixed k the excess leaves delta/2 from kR delta^1.5 = 2.5 on, where the first "
        "wave is trapped; for delta < 0, and averaged over k, it never does.",
    ),
    _claim(
        "criterion-earth",
        "There is a criterion",
        "kR |delta|^1.5 of the Earth",
        "0",
        _criterion,
        size_parameter,
        tolerance=0.1,
        printed="kR delta^(3/2) << 1",
        note="With |delta| = 2.5e-8 at the mean momentum; << 1 is read as at most 0.1.",
    ),
    _claim(
        "arc",
        _SEMI,
        "arc of 20 km on the Earth",
        "0.003",
        twenty_kilometres,
        None,
        unit="rad",
    ),
    _claim(
        "arc-range",
        _SEMI,
        "range over which a grazing wave is refracted, 1/(k |delta|)",
        "20",
        lambda: de_broglie_length_m(mean_momentum()) / _DELTA * 1e-3,
        de_broglie_length_m,
        unit="km",
        approximate=True,
        note="15 km with |delta| = 2.5e-8.",
    ),
    _claim(
        "balance",
        _ROUND,
        "overdensity plus underdensity, rays on a ball of delta = 0.05, largest of all bins outside",
        "0",
        lambda: float(np.abs(_rays().excess[12:]).max()),
        trace,
        tolerance=1e-13,
        printed="~ 0",
        note="Zero ray by ray; the tolerance is rounding.",
    ),
    _claim(
        "particle-number",
        _SEMI,
        "rays that do not return",
        "0",
        lambda: _rays().unreturned,
        trace,
        tolerance=_EXACT,
        note="20000 rays, delta = 0.05.",
    ),
    _claim(
        "energy",
        _SEMI,
        "largest relative change of kinetic energy of a returning ray",
        "0",
        lambda: _rays().energy_violation,
        trace,
        tolerance=1e-12,
        note="Rounding.",
    ),
    _claim(
        "angular-momentum",
        _SEMI,
        "largest change of the angular momentum of a ray, in units of kR",
        "0",
        lambda: _rays().angular_momentum_violation,
        trace,
        tolerance=1e-12,
        note="Rounding.",
    ),
    _claim(
        "semiclassical-density",
        _SEMI,
        "semiclassical density over n0 just outside the surface",
        "1",
        lambda: 1 + float(_rays().excess[12]),
        trace,
        tolerance=1e-12,
        printed="n(r) = n0",
        note="Rounding.",
    ),
    _claim(
        "perturbative",
        _REASONS,
        "largest |S_l - 1|/2 where rays are totally reflected, at the criterion of the Earth",
        "0",
        _strength_at_critical_angle,
        phase_shifts,
        tolerance=0.1,
        printed="should be perturbative",
        note="kR = 1e5, delta < 0; perturbative is read as at most 0.1.",
    ),
    _claim(
        "focusing",
        _REASONS,
        "share of the deficit behind the limb that the focused rest of the sphere gives back, delta > 0",
        "1",
        lambda: _given_back(1.0),
        gathered,
        tolerance=0.1,
        printed="can eliminate the underdensity",
        note="kR = 2000, kR delta^1.5 = 1; the excess over 1 is the delta/2 that remains.",
    ),
    _claim(
        "tunnelling",
        _REASONS,
        "penetrability of the barrier at the top of the trapped window over that at its bottom, the Earth",
        "1",
        _barrier,
        penetrability,
        approximate=True,
        printed="tunneling effect of waves",
        note="kR = 1e5 at the criterion of the Earth: the barrier is transparent.",
    ),
    _claim(
        "interference-nu",
        "Looking closer",
        "sides of the limb that make the overdensity of neutrinos: the reflected waves alone",
        "1",
        lambda: _contributing_sides(-1),
        gathered,
        note="One beam, kR = 2000, kR |delta|^1.5 = 1: more than a tenth of the largest gathered excess counts.",
    ),
    _claim(
        "interference-antinu",
        "Looking closer",
        "sides of the limb that make the underdensity of antineutrinos",
        "2",
        lambda: _contributing_sides(1),
        gathered,
        note="Waves reflected on the lit side, and the gap behind the limb; one beam as for neutrinos.",
    ),
]
