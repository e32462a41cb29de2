"""The first order over a plane, in closed form."""

import numpy as np
from scipy.special import sici


def flat_limit(height):
    """First-order excess over delta for kR -> infinity, at ``height`` in 1/k: cos(2h)/2 - h [pi/2 - Si(2h)].

    In doubles good to 1e-16 h.
    """
    return 0.5 * np.cos(2 * height) - height * (0.5 * np.pi - sici(2 * height)[0])
