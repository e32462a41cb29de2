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
