"""The matched harmonic of a Bloch wave: against the field on a grid, the sum over harmonics, and a uniform medium."""

import math

import numpy as np
import pytest

from cnub import DomainError
from cnub.slow_light import LayeredCrystal, cavity_chain
from cnub.slow_light.harmonics import harmonic_share

GRID = 1e-6
"""Absolute error of plane waves up to 200 reciprocal vectors against the exact field; measured 1e-7."""


def by_plane_waves(crystal, momentum, most=200):
    """Share of |B|^2 from (K + G) B_G in the eigenvector of (K+G)(K+G') eta_{G-G'}, nearest to the band's energy.

    eta is the inverse of the matrix of eps (Li's rule: E is continuous where eps and B' jump), so that it converges.
    """
    ends = np.concatenate([[0.0], np.cumsum(crystal.thicknesses)])
    m = np.arange(-2 * most, 2 * most + 1)
    G = 2 * np.pi * m / crystal.period
    safe = np.where(m == 0, 1.0, G)
    eps = np.zeros(m.size, dtype=complex)
    for n, low, high in zip(crystal.indices, ends[:-1], ends[1:], strict=True):
        part = np.where(m == 0, high - low, (np.exp(-1j * G * low) - np.exp(-1j * G * high)) / (1j * safe))
        eps += part / crystal.period * n**2
    orders = np.arange(-most, most + 1)
    q = momentum + 2 * np.pi * orders / crystal.period
    matrix = q[:, None] * q[None, :] * np.linalg.inv(eps[orders[:, None] - orders[None, :] + 2 * most])
    values, vectors = np.linalg.eigh(matrix)
    nearest = np.argmin(abs(values - float(crystal.omega(momentum)) ** 2))
    return abs(vectors[most, nearest]) ** 2


@pytest.mark.parametrize(("pairs", "expected"), [(1, 0.63), (2, 0.48), (4, 0.32), (8, 0.18)])
def test_the_share_falls_with_the_mirrors(pairs, expected):
    chain = cavity_chain(pairs, 0.02)
    # computed once by another program, to two digits
    assert harmonic_share(chain, chain.middle) == pytest.approx(expected, abs=0.006)


@pytest.mark.parametrize("pairs", [1, 2])
@pytest.mark.parametrize("inside", [0.2, 0.5, 0.8])
def test_plane_waves_give_the_same_share(pairs, inside):
    chain = cavity_chain(pairs, 0.02)
    k = (chain.band - 1 + inside) * math.pi / chain.period
    assert harmonic_share(chain, k) == pytest.approx(by_plane_waves(chain, k), abs=GRID)


@pytest.mark.parametrize("pairs", [1, 4])
def test_all_harmonics_together_are_the_whole_field(pairs):
    chain = cavity_chain(pairs, 0.02)
    total = sum(harmonic_share(chain, chain.middle, order) for order in range(-400, 401))
    # B has kinks at the faces, its harmonics fall as 1/G^4 squared; the rest is beyond 400; measured 1e-7.
    assert total == pytest.approx(1.0, abs=1e-6)


def test_a_uniform_medium_is_one_plane_wave():
    nearly = [LayeredCrystal((1.5, 1.5 + step), (40.0, 40.0)) for step in (0.01, 0.02)]
    lost = [1 - harmonic_share(one, 0.6 * math.pi / one.period) for one in nearly]
    # second order in the step of the index; measured 3.98
    assert 0 < lost[1] < 1e-3 and lost[1] / lost[0] == pytest.approx(4.0, rel=0.03)


def test_no_share_exceeds_the_bound_of_the_field():
    """Faraday's law and eps >= 1: |B_k|^2 <= (k/omega)^2 of the mean, for the harmonics below the light line."""
    chain = cavity_chain(4, 0.02)
    for order in range(-8, 9):
        k = chain.middle + 2 * math.pi * order / chain.period
        assert 0 <= harmonic_share(chain, chain.middle, order) <= min(1.0, (k / 0.02) ** 2)


@pytest.mark.parametrize("momentum", [0.0, 1.0, math.nan])
def test_refusals(momentum):
    with pytest.raises(DomainError, match="momentum must be"):
        harmonic_share(cavity_chain(1, 0.02), momentum)
