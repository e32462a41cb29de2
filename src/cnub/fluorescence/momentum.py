"""One component of the momentum in an isotropic relic gas: what decides how well a neutrino is matched.

For an isotropic gas with n(p) the spectrum of |p|, a component has the density (1/2) int_{|p|}^inf n(q)/q dq; for
Fermi-Dirac it is a logarithm and a dilogarithm.
"""

from __future__ import annotations

import numpy as np
from scipy.special import spence, zeta

from cnub.domain import finite_array, positive, representable
from cnub.relic import TEMPERATURE

_NORM = 3 * zeta(3)


@representable
def component_density(p: np.ndarray | float, temperature: float = TEMPERATURE) -> np.ndarray:
    """Probability density in 1/eV of one momentum component ``p`` (eV) in a Fermi-Dirac gas.

    [ u ln(1 + e^-u) - Li_2(-e^-u) ] / (3 zeta(3) T), u = |p|/T, ``temperature`` in eV. Raises
    :class:`cnub.DomainError` unless p is finite and temperature > 0.
    """
    temperature = positive("temperature", temperature)
    u = np.abs(finite_array("p", p)) / temperature
    decay = np.exp(-u)
    return (u * np.log1p(decay) - spence(1 + decay)) / (_NORM * temperature)


@representable
def component_rms(temperature: float = TEMPERATURE) -> float:
    """Root mean square in eV of one momentum component, sqrt(<p^2>/3) = 2.077 T; ``temperature`` in eV, > 0."""
    return float(np.sqrt(5 * zeta(5) / zeta(3))) * positive("temperature", temperature)
