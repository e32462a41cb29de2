"""First order in the refraction: the excess after the flux was switched on, over ground of any shape, by one integral.

Gaussian integrals over what is dark and what refracts leave Fresnel's integral, because the phases of the three free
waves, straight from the observer and with a stop at s, add up to a perfect square.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from scipy.optimize import brentq
from scipy.special import wofz

from cnub.domain import DomainError, finite_array
from cnub.grazing.profiles import Profile, round_earth
from cnub.quadrature import panels

_NODES, _TURN, _MOST = 60, 40.0, 1e6
"""Nodes of a panel, phase that it follows, and the largest phase for which an answer is given."""


def first_order_excess(ground: Profile, times: object) -> np.ndarray:
    """What ``switched_excess`` is for attracting ground to first order; the opposite for repelling ground.

    -sqrt(2 pi t)/8 over the plane; sqrt(t) times a function of kappa t^(3/2) over a sphere. It holds while it is small,
    on a sphere of kappa >> 1 at any time. Raises :class:`cnub.DomainError` unless ``times`` >= 0, and where waves turn
    by more than 1e6 on the way.
    """
    at = finite_array("times", times, 0.0)
    return np.array([_excess(ground, float(t)) for t in at.ravel()]).reshape(at.shape)


def _excess(ground, t):
    if t == 0.0:
        return 0.0
    middle = _edge(ground, t, np.array([0.25 * math.pi]))[0]
    turns = 4.0 * middle**2 / (2.0 * t)
    if turns > _MOST:
        raise DomainError(f"times must be so short that waves turn by at most {_MOST:g}; at {t:.3g} it is {turns:.1e}")
    # s = t sin^2: no end is singular
    angle, weight = (part.ravel() for part in panels(np.linspace(0.0, 0.5 * math.pi, 5 + int(turns / _TURN)), _NODES))
    beyond = _beyond(_edge(ground, t, angle), t * np.cos(angle) ** 2)
    return -float(weight @ np.imag(beyond)) / math.sqrt(4.0 * math.pi * t)


def _edge(ground, t, angle):
    # where the edge of what is dark and that of what refracts cross, in the variable of the square
    stretch = np.sin(angle)
    return ground.height(-t * stretch**2) / stretch - stretch * float(ground.height(np.array([-t]))[0])


def _beyond(edge, rest):
    """e^{-i pi/4} Int_edge^oo (u - edge) e^{i u^2/(4 rest)} du."""
    # Int_edge^oo e^{i a u^2} du = (1/2) sqrt(pi/a) e^{i pi/4} erfc(z), z = e^{-i pi/4} sqrt(a) edge, a = 1/(4 rest)
    turn = np.exp(-0.25j * math.pi)
    z = turn * edge / (2.0 * np.sqrt(rest))
    # erfc(z) = e^{-z^2} w(i z)
    return np.exp(-z * z) * (2j * turn * rest - edge * np.sqrt(math.pi * rest) * wofz(1j * z))


@lru_cache(maxsize=1)
def half_filled() -> float:
    """kappa t^(3/2) at which a sphere of kappa >> 1 has half of the plane's excess left.

    t = (half_filled()/kappa)^(2/3), in metres (half_filled()^2 * 2 R^2/k)^(1/3): a length of diffraction around the
    ball, which the refraction does not enter.
    """
    plane = -math.sqrt(2.0 * math.pi) / 8.0
    return brentq(lambda kappa: _excess(round_earth(kappa), 1.0) / plane - 0.5, 1.0, 20.0, xtol=1e-12)
