"""The shape of an allowed beta spectrum, seen from the neutrino."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from cnub.constants import ELECTRON_MASS
from cnub.domain import finite_array, positive
from cnub.quadrature import unit_rule


def beta_shape(energy: object, endpoint: float) -> np.ndarray:
    """Probability per eV of a neutrino of ``energy`` (eV, any shape, >= 0) in a decay that ends at ``endpoint`` (> 0).

    E^2 (E_e) p_e, E_e = endpoint - E + m_e, normalised; without the Coulomb factor of the nucleus, which is 1 to 20 %
    for light ones. Raises :class:`cnub.DomainError` outside these ranges.

    >>> e = np.linspace(0.0, 0.42e6, 100_001)
    >>> print(f"{np.trapezoid(beta_shape(e, 0.42e6), e):.5f}")
    1.00000
    """
    q = positive("endpoint", endpoint)
    return _phase_space(finite_array("energy", energy, low=0.0), q) / _area(q)


def _phase_space(energy, endpoint):
    electron = np.clip(endpoint - energy, 0, None) + ELECTRON_MASS
    return energy**2 * electron * np.sqrt(electron**2 - ELECTRON_MASS**2)


@lru_cache(maxsize=64)
def _area(endpoint):
    # E = Q (1 - s^2) takes away the root at the end
    s, weights = unit_rule(60)
    return float(np.sum(weights * 2 * s * endpoint * _phase_space(endpoint * (1 - s**2), endpoint)))
