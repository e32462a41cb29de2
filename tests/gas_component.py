"""One component of the momentum in an isotropic relic gas, in closed form: the witness of its averages."""

import numpy as np
from scipy.special import spence, zeta

from cnub.relic import TEMPERATURE


def component_density(p, temperature=TEMPERATURE):
    """Probability density in 1/eV: (1/2) int_|p|^inf n(q)/q dq, a logarithm and a dilogarithm for Fermi-Dirac.

    [u ln(1 + e^-u) - Li_2(-e^-u)]/(3 zeta(3) T), u = |p|/T.
    """
    u = np.abs(p) / temperature
    decay = np.exp(-u)
    return (u * np.log1p(decay) - spence(1 + decay)) / (3 * zeta(3) * temperature)


def flat_band_share(momentum, temperature=TEMPERATURE):
    """What a flat band at ``momentum`` k0 leaves of the peak: k = k0 + p, weights k^4 and min[1, (k0/k)^2]."""
    p = np.linspace(-1, 1, 20001) * min(momentum, 60 * temperature)
    ratio = 1 + p / momentum
    return np.trapezoid(component_density(p, temperature) * np.where(ratio < 1, ratio**4, ratio**2), p)
