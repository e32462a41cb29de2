"""The gas as a body meets it that moves through it: how full the states of one momentum are, over all directions.

A state of momentum p and energy E, at the angle theta to the wind, is as full as the one of energy gamma (E - u p cos
theta) in the frame of the gas: the filling of a state is the same in every frame. Over directions the momentum q in
that frame runs between gamma |p - u E| and gamma (p + u E).
"""

from __future__ import annotations

import numpy as np

from cnub.domain import finite_array, non_negative, positive, within
from cnub.quadrature import unit_rule
from cnub.relic import TEMPERATURE

NODES = 80
"""Of the rule over q, which is cut at 60 T: twice as many change both means by 1e-13."""
_FASTEST = 60.0


def filling(
    momentum: object, mass: float, drift: float, temperature: float = TEMPERATURE
) -> tuple[np.ndarray, np.ndarray]:
    """Means of f and of f cos(theta) over directions at ``momentum`` (eV, one or more, > 0), shape (N,) each.

    f is the filling of one helicity state of ``mass`` (eV, >= 0) and theta the angle of flight to the wind, which blows
    at ``drift`` in units of c (0 to 0.1); ``temperature`` in eV (> 0). To first order in the drift they are f and
    -(E u/3) df/dp. Raises :class:`cnub.DomainError` outside these ranges.

    >>> full, along = filling([1e-3], mass=0.1, drift=1e-6)
    >>> print(f"{full[0]:.5f} {along[0]:.2e}")
    0.00256 5.08e-07
    """
    p = np.atleast_1d(finite_array("momentum", momentum, low=np.finfo(float).tiny)).ravel()
    m, t = non_negative("mass", mass), positive("temperature", temperature)
    u = within("drift", drift, 0.0, 0.1)
    if u == 0:
        return 1 / (np.exp(np.minimum(p / t, 700.0)) + 1), np.zeros_like(p)
    q, weights, cosine = _directions(p, m, u, t)
    full = weights / (np.exp(np.minimum(q / t, 700.0)) + 1)
    return full.sum(axis=-1), (full * cosine).sum(axis=-1)


def _directions(p, mass, drift, temperature):
    """Momenta q, weights of a mean over directions, and cosines, shape (N, NODES) each."""
    gamma = 1 / np.sqrt((1 - drift) * (1 + drift))
    energy = np.hypot(p, mass)
    shift, least = drift * energy, np.minimum(p, drift * energy)
    # q/gamma - max(p, uE) runs from -least to least, or to the end of the gas
    end = np.clip(_FASTEST * temperature / gamma - np.maximum(p, shift), -least, least)
    nodes, weights = unit_rule(NODES)
    step = -least[:, None] + (end + least)[:, None] * nodes
    q = gamma * (np.maximum(p, shift)[:, None] + step)
    # p - q for p > uE is made of small parts alone
    gap = np.where((p > shift)[:, None], -gamma * (step + drift**2 * gamma / (gamma + 1) * p[:, None]), p[:, None] - q)
    seen = np.hypot(q, mass)
    # E - E_q/gamma without a difference of near numbers; dcos = q dq/(gamma u p E_q)
    lost = gap * (p[:, None] + q) / (energy[:, None] + seen)
    cosine = (lost + seen * gamma * drift**2 / (gamma + 1)) / (drift * p[:, None])
    weight = 0.5 * (end + least)[:, None] * weights * q / (drift * p[:, None] * seen)
    return q, weight, cosine
