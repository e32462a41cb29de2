"""What a phenomenologist asks of the Earth's surface, in physical units: mass, state, material, height in metres.

The neutrinos of one state at a mass and momentum see the ground as delta = -E V/k^2, those of opposite lepton number
(Dirac) or helicity (Majorana) as -delta. From both follow the density excess of the asked one, the asymmetry of the
pair, its gradient, and the acceleration of a small body in it. V is the talk's U times a charge, at any speed v = p/E:
1 + v for Dirac neutrinos as decoupling left them, the talk's where they are slow and twice that where they have no
mass; 2v for a Majorana neutrino of helicity -1, none at rest, and of the opposite sign for helicity +1. The pull on the
body has the same charge once more, in the gas momentum by momentum.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cnub.constants import CENTIMETRE, EARTH_RADIUS_M, METRE
from cnub.domain import DomainError, non_negative, one_of, positive, representable, within
from cnub.forces.gradient import gradient_acceleration
from cnub.grazing.earth import MASSES, curvature
from cnub.grazing.halfspace import halfspace_excess
from cnub.grazing.patch import patch_excess
from cnub.matter import FLAVOURS, material, potential, vector_share
from cnub.oscillation import NATURES, mixing_matrix
from cnub.relic import mean_momentum, number_density, size_parameter, speed
from cnub.sphere import density_excess
from cnub.sphere.curvature import curvature_criterion
from cnub.sphere.limits import MAX_HEIGHT
from cnub.sphere.thermal import gas_profile

STATES = ("nu_e", "nu_mu", "nu_tau", "nu_1", "nu_2", "nu_3")
SHAPES = ("round", "flat", "patch")
STEP = 1e-3
"""Step of the difference for the slope, in units of 1/k: second order leaves 1e-6 of it."""
FLAT = 1e3
"""Earth radii of a ball that stands for flat ground below a height of 0.1 m."""
ROUNDING = 1e-14
"""Of the half-space in units of delta."""
WASHED = 0.7
"""kR |delta|^1.5 below which not even the first gallery wave exists (:mod:`cnub.grazing.gallery`)."""
TALLEST_M = 0.1
"""Height up to which the gas is averaged."""
Excess = Callable[[float, float], tuple[float, float]]
"""(sign of the species, height in m) -> (density excess, its error)."""


@dataclass(frozen=True)
class EarthAnswer:
    """What is found at a height above the ground.

    ``density_excess`` dn/n_0 of the asked species and its ``error_estimate``; ``asymmetry_per_cm3`` n_nu - n_nubar
    (Majorana: helicity -1 less +1) of this state; ``gradient_per_cm4`` upwards; ``acceleration_cm_s2`` of a small body
    of the ground's material, upwards. ``quantity`` is "fixed k" or "gas average"; ``delta`` (at ``momentum_eV``),
    ``kR`` and ``criterion`` kR |delta|^1.5 say in which regime; ``command`` is the dimensionless call at a fixed k.
    """

    density_excess: float
    error_estimate: float
    asymmetry_per_cm3: float
    gradient_per_cm4: float
    acceleration_cm_s2: float
    quantity: str
    momentum_eV: float
    delta: float
    kR: float
    criterion: float
    regime: str
    command: str


@representable
def earth(
    mass: float,
    state: str = "nu_e",
    height_m: float = 0.0,
    *,
    anti: bool = False,
    nature: str = "dirac",
    ground: str = "crust",
    momentum: float | None = None,
    gas: bool = False,
    shape: str = "round",
    length_m: float | None = None,
    filling_length_m: float = math.inf,
    ordering: str = "NO",
) -> EarthAnswer:
    """Density of relic neutrinos above the Earth, their asymmetry, its gradient, and the acceleration of a body in it.

    ``mass`` of the state in eV (1e-12 to 1e5), ``state`` one of nu_e, nu_mu, nu_tau, nu_1, nu_2, nu_3 (``ordering``
    gives the mixing), ``anti`` the antineutrino or, Majorana, helicity +1; ``height_m`` >= 0, up to 0.1 for the ``gas``
    and to 1e15/k; ``ground`` a material; ``momentum`` in eV (by default the mean one) or the ``gas`` of all. ``shape``
    is "round", "flat", or "patch" of ``length_m`` on a round Earth, where states trapped under it were empty
    ``filling_length_m`` back (inf: never). Raises :class:`cnub.DomainError` outside these ranges and where the sum at
    one k takes too long.

    Source: talk, 'Asymmetry'; talk, 'Gradient force' (potential of a nucleus).

    >>> found = earth(0.1, "nu_e", 1e-3)
    >>> print(f"{found.density_excess:.1e}, {found.acceleration_cm_s2:.0e} cm/s^2")
    -7.5e-10, -3e-32 cm/s^2
    """
    m, height = within("mass", mass, *MASSES), non_negative("height_m", height_m)
    one_of("state", state, STATES), one_of("shape", shape, SHAPES), one_of("nature", nature, NATURES)
    if gas and momentum is not None:
        raise DomainError("momentum must be left out for the gas, which has all of them")
    if (shape == "patch") == (length_m is None):
        raise DomainError(f"length_m must be given for a patch, and for no other shape; got {length_m} for {shape}")
    lengths = (
        0.0 if length_m is None else non_negative("length_m", length_m),
        _reach("filling_length_m", filling_length_m),
    )
    if shape != "patch" and filling_length_m != math.inf:
        raise DomainError(f"filling_length_m must be left out but for a patch; got {filling_length_m!r} for {shape}")
    if gas and shape == "patch":
        raise DomainError("shape must be round or flat for the gas; got 'patch'")
    if gas:
        within("height_m", height, 0.0, TALLEST_M)
    p = mean_momentum() if momentum is None else positive("momentum", momentum)
    within("height_m", height, 0.0, MAX_HEIGHT / (p * METRE))
    u = potential(material(ground), state.removeprefix("nu_"), ordering=ordering)
    size = float(_refraction(m, p, u, nature))
    kR = size_parameter(EARTH_RADIUS_M, p)
    excess = _gas(m, u, nature, shape) if gas else _fixed(size, p, kR, shape, lengths)
    sign = -1.0 if anti else 1.0
    value, error = excess(sign, height)
    step = STEP / (p * METRE)
    step = -step if gas and height + 2 * step > TALLEST_M else step
    asymmetry, slope = _rise(excess, height, step)
    if gas:  # to first order the pull of each momentum is its excess times its charge
        pull = _rise(_gas(m, u, nature, shape, charged=True), height, step)[1]
    else:
        pull = slope * float(_charge(m, p, nature))
    per_volume = number_density()
    criterion = float(curvature_criterion(kR, size))
    return EarthAnswer(
        value, error, asymmetry * per_volume * CENTIMETRE**3, slope * per_volume * CENTIMETRE**4,
        _acceleration(pull * per_volume, state, ground, ordering),
        "gas average" if gas else "fixed k", p, sign * size, kR, criterion, _regime(shape, criterion),
        "" if gas else _command(shape, sign * size, p, kR, height, lengths),
    )  # fmt: skip


def _reach(name: str, metres: float) -> float:
    return metres if metres == math.inf else non_negative(name, metres)


def _charge(mass: float, momentum: np.ndarray | float, nature: str) -> np.ndarray | float:
    """Energy in matter over that of a slow Dirac neutrino, for what decoupling left or helicity -1."""
    return 1 + speed(momentum, mass) if nature == "dirac" else vector_share(mass, momentum, nature)


def _refraction(mass: float, momentum: np.ndarray | float, u: float, nature: str) -> np.ndarray:
    return -np.hypot(mass, momentum) * u * _charge(mass, momentum, nature) / np.square(momentum)


def _rise(excess: Excess, height_m: float, step_m: float) -> tuple[float, float]:
    """Asymmetry of the pair at a height and its slope per 1/eV, by a difference of second order."""
    first, second, third = (
        excess(1.0, height_m + n * step_m)[0] - excess(-1.0, height_m + n * step_m)[0] for n in range(3)
    )
    return first, (-3 * first + 4 * second - third) / (2 * step_m * METRE)


def _gas(mass: float, u: float, nature: str, shape: str, charged: bool = False) -> Excess:
    """Averaged over the momenta, ``charged``: each by its charge. Flat ground is that of a ball too large to end."""
    radius_m = EARTH_RADIUS_M * (1.0 if shape == "round" else FLAT)

    def pulled(p):
        return _refraction(mass, p, u, nature) * (_charge(mass, p, nature) if charged else 1.0)

    def excess(sign, height_m):
        value, error = gas_profile(height_m, lambda p: sign * pulled(p), radius_m)
        return float(value), float(error)

    return excess


def _fixed(size: float, momentum: float, kR: float, shape: str, lengths: tuple) -> Excess:
    """At one momentum; ``size`` is delta of the neutrino."""

    def excess(sign, height_m):
        delta, height = sign * size, momentum * height_m * METRE
        if shape == "round":
            found = density_excess(kR, delta, height)
            return found.density_excess, found.error_estimate
        filled = float(halfspace_excess(delta, height))
        error = ROUNDING * abs(delta)
        if shape == "flat":
            return filled, error
        missing, uncertain = _patch(delta, momentum, kR, height_m, lengths)
        return filled + missing, error + uncertain

    return excess


def _patch(delta: float, momentum: float, kR: float, height_m: float, lengths: tuple) -> tuple[float, float]:
    """What empty trapped states take away over a patch, of order sqrt(2 |delta|), and its error."""
    angle = math.sqrt(2 * abs(delta))
    kappa, *dimensionless = _grazing(delta, momentum, kR, height_m, lengths)
    length, filling, height = dimensionless
    found = patch_excess(kappa, length, height, "attract" if delta > 0 else "repel", filling)
    return angle * found.density_excess, angle * found.error_estimate


def _grazing(delta, momentum, kR, height_m, lengths) -> tuple[float, float, float, float]:
    """kappa, length and filling length in l, height in lambda."""
    k, angle = momentum * METRE, math.sqrt(2 * abs(delta))
    length, filling = (metres * k * abs(delta) for metres in lengths)
    return curvature(kR, delta), length, filling, height_m * k * angle


def _acceleration(gradient: float, state: str, ground: str, ordering: str) -> float:
    """Of a body of the ground's material in the gradient of one state's asymmetry, eV^4."""
    z_over_a, name = material(ground).z_over_a, state.removeprefix("nu_")
    if name in FLAVOURS:
        return gradient_acceleration(gradient, z_over_a, name)
    shares = np.abs(mixing_matrix(ordering)[:, int(name) - 1]) ** 2
    return float(sum(w * gradient_acceleration(gradient, z_over_a, f) for w, f in zip(shares, FLAVOURS, strict=True)))


def _regime(shape: str, criterion: float) -> str:
    if shape == "flat":
        return "every state of flat ground filled: O(delta)"
    if criterion < WASHED:
        return "curvature fills and empties the trapped states: O(delta)"
    return "trapped waves exist at this momentum: at one k the sum has resonances"


def _command(shape, delta, momentum, kR, height_m, lengths) -> str:
    height = momentum * height_m * METRE
    if shape == "round":
        return f"cnub sphere --kR {kR:.17g} --delta {delta:.17g} --height {height:.17g}"
    if shape == "flat":
        return ""
    kappa, length, filling, up = _grazing(delta, momentum, kR, height_m, lengths)
    sign = "attract" if delta > 0 else "repel"
    return (
        f"cnub patch --kappa {kappa:.17g} --length {length:.17g} --height {up:.17g} --sign {sign} "
        f"--filling-length {filling:.17g}"
    )
