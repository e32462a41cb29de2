"""Claims of the talk on the round Earth: the scattering problem, its sum over waves, and the number it gives."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
from scipy.special import spherical_jn, spherical_yn

from cnub.claims.ledger import talk
from cnub.constants import EARTH_RADIUS_M
from cnub.matter import MATERIALS, mass_for, mean_refractivity, potential, refractivity, weak_potential
from cnub.relic import mean_momentum, size_parameter
from cnub.sphere import density_excess, thermal
from cnub.sphere.beam import gathered
from cnub.sphere.born import born
from cnub.sphere.direct import direct_sum, phase_shift
from cnub.sphere.layered import layered_phase_shifts
from cnub.sphere.talk import printed_tangent, printed_term

_DELTA = thermal.TALK_DELTA
_MASS = 0.1
_EXACT = 1e-9
_FIT = 1e-10, 1e-7
_PROBLEM, _MODES, _OVER = "The scattering problem", "Bessel modes", "Overdensity"
_SEMI = "Semiclassical treatment"


def _earth() -> float:
    return size_parameter(EARTH_RADIUS_M, mean_momentum())


def _lippmann_schwinger() -> float:
    """First iteration of the equation over the derivative of the exact sum at delta = 0, ball of kR = 20."""
    step = 1e-5
    slope = (direct_sum(20.0, step)[0] - direct_sum(20.0, -step)[0]) / (2 * step)
    return born(20.0, step)[0] / step / slope


def _tangent_ratio() -> float:
    """Printed tan(delta_l) over the one from carrying the radial wave through the ball, mean over l, kR = 12."""
    x, inside, orders = 12.0, 12.0 * (1 + 0.1), np.arange(12)
    kinds = ((spherical_jn, x), (spherical_yn, x), (spherical_jn, inside))
    waves = [(wave(orders, z), wave(orders + 1, z)) for wave, z in kinds]
    return float(np.mean(printed_tangent(x, inside, *waves) / np.tan(layered_phase_shifts([x], [0.1])[:12])))


def _printed_sum(kR: float, delta: float, r: float) -> float:
    total = 0.0
    for l in range(int(kR) + 30):
        shift = phase_shift(l, kR, delta)
        j, n = spherical_jn(l, r), spherical_yn(l, r)
        total += printed_term(l, math.tan(shift), j, n)
    return total


def _sum_ratio() -> float:
    """Printed sum over the average of |Psi|^2 over the sphere, kR = 40, delta = 0.02."""
    return _printed_sum(40.0, 0.02, 40.0) / gathered(40.0, 0.02)[1][-1]


def _excess(delta: float, height: float = 0.0) -> float:
    return density_excess(_earth(), delta, height).density_excess


def _envelope_steps() -> float:
    """Share of half oscillations in height over which the largest |dn| falls, kR of the Earth, one momentum."""
    heights = (np.arange(12)[:, None] + np.linspace(0.0, 1.0, 12)) * math.pi / 2
    peaks = np.array([[abs(_excess(_DELTA, float(h))) for h in row] for row in heights]).max(axis=1)
    return float(np.mean(np.diff(peaks) < 0))


def _gas_steps() -> float:
    """Share of steps of 0.05 mm, up to 3 mm, over which the gas-averaged excess falls."""
    values, _ = thermal.mean_profile(np.arange(61) * 5e-5, 0.1, potential(MATERIALS["crust"]))
    return float(np.mean(np.diff(np.abs(values)) < 0))


def _exponent(sign: int) -> float:
    """Slope of log|dn| against log|delta| over ``_FIT`` at the surface of the Earth."""
    deltas = np.geomspace(*_FIT, 7)
    values = [abs(_excess(sign * d)) for d in deltas]
    return float(np.polyfit(np.log(deltas), np.log(values), 1)[0])


def _inputs() -> str:
    """Which masses would give |delta| = 2.5e-8 for nu_e."""
    cases = [
        f"{mass_for(_DELTA, MATERIALS[medium], momentum=momentum):.2g} eV ({medium}, {label})"
        for medium in ("earth", "crust")
        for momentum, label in ((mean_momentum(), "mean momentum"), (None, "<1/p^2> of the gas"))
    ]
    return (
        "The talk does not state mass, momentum, density or Z/A. At the mean momentum it is "
        f"{abs(_refractivity()):.2g}. For nu_e a mass of {', '.join(cases)} would do."
    )


def _refractivity() -> float:
    return refractivity(_MASS, mean_momentum(), weak_potential(MATERIALS["crust"]))


_sphere = partial(talk, prefix="sphere")

CLAIMS = [
    _sphere(
        "lippmann-schwinger", _PROBLEM,
        "first iteration of the Lippmann-Schwinger equation over the first order of the sum", "1",
        _lippmann_schwinger, born, tolerance=1e-6,
        note="Derivative by a difference in delta: its square times kR^2 remains.",
    ),
    _sphere(
        "tan-delta", _MODES, "printed tan(delta_l) over that of the radial wave carried through the ball", "1",
        _tangent_ratio, printed_tangent, tolerance=_EXACT,
        note="Orders 0 to 11 of a ball of kR = 12 that attracts by a tenth.",
    ),
    _sphere(
        "overdensity-sum", _MODES, "printed sum over l, over the average of |Psi|^2 on the sphere", "1",
        _sum_ratio, gathered, tolerance=_EXACT,
        note="At the surface of a ball of kR = 40 that attracts by a fiftieth.",
    ),
    _sphere(
        "density-average", _SEMI, "(1/4 pi) Int |Psi|^2 dOmega of one beam over the density in an isotropic flux", "1",
        lambda: (1 + gathered(60.0, -0.05)[1][-1]) / (1 + direct_sum(60.0, -0.05)[0]), gathered, tolerance=_EXACT,
        note="A ball of kR = 60 that repels by a twentieth.",
    ),
    _sphere(
        "value", _OVER,
        "density excess of antineutrinos at the surface of the Earth, |delta| chosen so that its half is the value",
        "1.25e-8",
        lambda: _excess(_DELTA), density_excess, definition=True,
        note="It is delta/2 for any input, so it fixes |delta|, which the talk does not state, and no physics: see "
        "sphere-half for the factor and sphere-delta-inputs for what could be behind it.",
    ),
    _sphere(
        "value-neutrino", _OVER, "density excess of neutrinos at the surface of the Earth, the same |delta|",
        "-1.25e-8",
        lambda: _excess(-_DELTA), density_excess, definition=True,
        note="As sphere-value.",
    ),
    _sphere(
        "half", _OVER,
        "slope of the surface excess against delta at the kR of the Earth, from the sum over complex orders", "0.5",
        lambda: (_excess(_DELTA) - _excess(-_DELTA)) / (2 * _DELTA), density_excess,
        printed="1.25e-8, with |delta| of order 1e-8", tolerance=1e-6,
        note=lambda: (
            "What the value asserts of any delta in reach. A deficit of the order of the critical angle, (2/3) sqrt(2 "
            f"delta), would make it {-2 / 3 * math.sqrt(2 / _DELTA):.0f}."
        ),
    ),
    _sphere(
        "delta-inputs", _OVER,
        "|delta| behind the value, against <m U/k^2> of nu_e of 0.1 eV in rock, the talk's own average", "2.5e-8",
        lambda: abs(mean_refractivity(_MASS, weak_potential(MATERIALS["crust"]))), mean_refractivity,
        printed="1.25e-8 = |delta|/2", approximate=True,
        note=_inputs,
    ),
    _sphere(
        "two-days", _OVER, "time of the evaluation on a laptop", "2",
        unit="days",
        note="Depends on a program and a machine that are not given. Our times are in the benchmark run.",
    ),
    _sphere(
        "opposite", _OVER, "excess of antineutrinos over that of neutrinos at the surface of the Earth", "-1",
        lambda: _excess(_DELTA) / _excess(-_DELTA), density_excess, tolerance=1e-6,
        note="Broken at second order, by |delta|.",
    ),
    _sphere(
        "proportional-nu", _OVER, "exponent of delta in the excess of neutrinos", "1",
        lambda: _exponent(-1), density_excess, tolerance=1e-6,
        note=f"Fit from {_FIT[0]:g} to {_FIT[1]:g} at the kR of the Earth.",
    ),
    _sphere(
        "proportional-antinu", _OVER, "exponent of delta in the excess of antineutrinos", "1",
        lambda: _exponent(1), density_excess, tolerance=1e-6,
        note=f"Fit from {_FIT[0]:g} to {_FIT[1]:g} at the kR of the Earth.",
    ),
    _sphere(
        "decreases", _OVER, "share of half oscillations over which the excess of one momentum decreases", "1",
        _envelope_steps, density_excess, tolerance=_EXACT,
        note="Twelve half oscillations: it changes sign, and its amplitude falls.",
    ),
    _sphere(
        "decreases-gas", _OVER, "share of steps in height over which the excess of the gas decreases", "1",
        _gas_steps, thermal.mean_profile, tolerance=_EXACT,
        note="Sixty steps over the first eight 1/k; averaged over momenta it falls without oscillation.",
    ),
]  # fmt: skip
