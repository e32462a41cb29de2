"""What a wave of one order does at the surface."""

import numpy as np
import pytest
from mpmath import mp, mpf

from cnub.sphere.surface import interface

ROUNDING_14 = 1e-14
"""Relative: rounding alone; measured 3e-16."""
ROUNDING_13 = 1e-13
"""Relative: rounding alone; measured 3e-16."""

DIFFERENCES = 2e-13


@pytest.mark.parametrize("delta", [1e-14, -1e-9, 1e-4, 1e-2])
def test_surface_amplitudes_keep_their_digits_at_any_delta(delta):
    """External reflection from Hankel functions of complex order, in 50 digits, against the differences of Debye."""
    x, s = 400.0, complex(np.exp(0.6j))
    with mp.workdps(50):
        nu, inside = x * mp.sqrt(1 - mp.mpmathify(s) ** 2), mpf(x) * (1 + mpf(delta))

        def log_derivative(hankel, z):
            return nu - z * hankel(nu + 1, z) / hankel(nu, z)

        incoming = log_derivative(mp.hankel2, inside)
        amplitude = (log_derivative(mp.hankel2, mpf(x)) - incoming) / (incoming - log_derivative(mp.hankel1, mpf(x)))
        assert abs(interface(x, s, delta)[0] / amplitude - 1) < DIFFERENCES


def test_phase_shift_amplitudes_conserve_flux():
    """At real order |R|^2 = |r'|^2 and |R|^2 + |t t'| = 1."""
    for delta in (1e-14, 1e-3, -1e-2):
        outer, through, inner, _ = interface(5000.0, 0.6 + 0j, delta)
        assert abs(outer) == pytest.approx(abs(inner), rel=ROUNDING_13)
        assert abs(outer) ** 2 + abs(through) == pytest.approx(1.0, rel=ROUNDING_14)
