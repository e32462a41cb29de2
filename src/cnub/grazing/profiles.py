"""Profiles of the ground H(X), in grazing units: X in l = 1/(k|delta|), H in lambda = 1/(k sqrt(2|delta|)).

A profile gives height and slope at any X and its breakpoints, the X where height or slope jumps: the solver puts steps
there. Every shape here has height 0 at X = 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cnub.domain import DomainError, integer, non_negative, one_of, positive

SHAPES = ("smooth", "chord", "flat-topped")
STEEPEST = 1e100
"""Largest curvature: kappa X^2 stays within doubles."""
RESOLVED = 10.0
"""A terrain must repeat at least this many correlation lengths, or it is no random ground."""

Curve = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Profile:
    """Ground of ``height(X)`` and ``slope(X)``; ``kappa`` and ``half`` say what lies outside abs(X) = ``half``.

    Beyond ``half`` the slope falls as that of a sphere, by 2 kappa per unit of X.
    """

    name: str
    height: Curve
    slope: Curve
    breakpoints: tuple[float, ...] = ()
    kappa: float = 0.0
    half: float = math.inf


def plane() -> Profile:
    """Flat ground without end.

    Source: definition of flat ground.

    >>> print(plane().height(3.0))
    0.0
    """
    return Profile("plane", np.zeros_like, np.zeros_like)


def round_earth(kappa: float) -> Profile:
    """The sphere, H = -kappa X^2 with ``kappa`` = 1/(sqrt 2 kR delta^1.5) > 0.

    Raises :class:`cnub.DomainError` outside these ranges.

    Source: talk, 'There is a criterion'.

    >>> print(round_earth(kappa=20.0).height(1.0))
    -20.0
    """
    kappa = _curvature(kappa)
    return Profile("round", lambda x: -kappa * np.square(x), lambda x: -2.0 * kappa * x, (), kappa, 0.0)


def patch(kappa: float, length: float, shape: str = "smooth") -> Profile:
    """A sphere of curvature ``kappa`` > 0 flattened over ``length`` >= 0 (inf: the plane), in units of l.

    ``shape``: "smooth", curved ground joins the flat one without a kink, H = -kappa (abs(X) - L/2)^2; "chord", the cap
    is cut off, H = -kappa (X^2 - L^2/4); "flat-topped", the ground is raised to the tangent plane and falls off a cliff
    to -kappa X^2 at its ends. Raises :class:`cnub.DomainError` outside those ranges.
    """
    kappa, shape = _curvature(kappa), one_of("shape", shape, SHAPES)
    if isinstance(length, float) and length == math.inf:
        return plane()
    half = 0.5 * non_negative("length", length)
    if half == 0.0:
        return round_earth(kappa)
    height, slope = _outside(kappa, half, shape)
    return Profile(shape, height, slope, (-half, half), kappa, half)


def _curvature(kappa):
    if positive("kappa", kappa) > STEEPEST:
        raise DomainError(f"kappa must be > 0 and at most {STEEPEST:g}; got {kappa!r}")
    return float(kappa)


def _outside(kappa, half, shape):
    # at abs(X) = half both are those of the flat side
    if shape == "smooth":
        beyond = lambda x: np.maximum(np.abs(x) - half, 0.0)  # noqa: E731
        return lambda x: -kappa * beyond(x) ** 2, lambda x: -2.0 * kappa * np.sign(x) * beyond(x)
    level = half * half if shape == "chord" else 0.0
    return (
        lambda x: np.where(np.abs(x) > half, -kappa * (np.square(x) - level), 0.0),
        lambda x: np.where(np.abs(x) > half, -2.0 * kappa * x, 0.0),
    )


def terrain(kappa: float, rms: float, correlation: float, seed: int, extent: float = 200.0) -> Profile:
    """Random ground on a sphere of curvature ``kappa`` >= 0: -kappa X^2 plus a Gaussian random field.

    ``rms`` height in lambda; correlation e^{-x^2/2c^2} with c = ``correlation`` in l; periodic over ``extent``;
    ``seed`` fixes it. Its ``slope`` is that of the sphere without the hills, along which states are trapped. Raises
    :class:`cnub.DomainError` if ``extent`` is shorter than 10 correlation lengths.

    Source: definition, a Gaussian random field on a sphere.

    >>> ground = terrain(kappa=1.0, rms=1.0, correlation=1.0, seed=1)
    >>> print(abs(ground.height(0.0)) < 1e-12)
    True
    """
    kappa, rms = non_negative("kappa", kappa), non_negative("rms", rms)
    correlation, extent = positive("correlation", correlation), positive("extent", extent)
    if correlation > extent / RESOLVED:
        raise DomainError(f"correlation must be at most extent/{RESOLVED:g} = {extent / RESOLVED:g}; got {correlation}")
    random = np.random.default_rng(integer("seed", seed, 0))
    wave = 2.0 * math.pi / extent * np.arange(1, math.ceil(4.0 * extent / (2.0 * math.pi * correlation)) + 2)
    spectrum = np.exp(-0.25 * (wave * correlation) ** 2)
    spectrum *= rms / math.sqrt(np.sum(spectrum**2))
    cosine, sine = spectrum * random.standard_normal(wave.size), spectrum * random.standard_normal(wave.size)

    def height(x):
        angle = np.multiply.outer(np.asarray(x, dtype=float), wave)
        return (np.cos(angle) - 1.0) @ cosine + np.sin(angle) @ sine - kappa * np.square(x)

    return Profile("terrain", height, lambda x: -2.0 * kappa * np.asarray(x), (), kappa, 0.5 * extent)
