"""The matched harmonic of a Bloch wave: against the field on a grid, the sum over harmonics, and a uniform medium."""

import math

import numpy as np
import pytest

from cnub import DomainError
from cnub.slow_light import LayeredCrystal, cavity_chain
from cnub.slow_light.harmonics import harmonic_share

LEFT_OUT_ABS_6 = 1e-6
"""Absolute: what the limit or closed form leaves out at these arguments; measured 1e-07."""
LEFT_OUT_ABS_3 = 0.006
"""Absolute: what the limit or closed form leaves out at these arguments; measured 0.005."""
LEFT_OUT_3 = 0.007
"""Relative: what the limit or closed form leaves out at these arguments; measured 0.004."""
LEFT_OUT_2 = 0.01
"""Relative: what the limit or closed form leaves out at these arguments; measured 0.006."""
LEFT_OUT_2_WIDE = 0.03
"""Relative: what the limit or closed form leaves out at these arguments; measured 0.007."""
NUMERICAL_6 = 2e-6
"""Relative: the quadrature, root or solver behind one of the two values; measured 5e-07."""
NUMERICAL_6_WIDE = 3e-6
"""Relative: the quadrature, root or solver behind one of the two values; measured 5e-07."""

GRID = 1e-6
"""Absolute error of plane waves up to 200 reciprocal vectors against the exact field; measured 1e-7."""


def bloch_wave(crystal, momentum, most=200):
    """B_G, their K + G, and the matrix of eps: the eigenvector of (K+G)(K+G') eta_{G-G'} nearest to the band's energy.

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
    squared_index = eps[orders[:, None] - orders[None, :] + 2 * most]
    values, vectors = np.linalg.eigh(q[:, None] * q[None, :] * np.linalg.inv(squared_index))
    nearest = np.argmin(abs(values - float(crystal.omega(momentum)) ** 2))
    return vectors[:, nearest], q, squared_index


def by_plane_waves(crystal, momentum):
    """Share of the harmonic at ``momentum`` in the sum of |B|^2."""
    waves, momenta, _ = bloch_wave(crystal, momentum)
    return abs(waves[momenta == momentum][0]) ** 2


@pytest.mark.parametrize(("pairs", "expected"), [(1, 0.63), (2, 0.48), (4, 0.32), (8, 0.18)])
def test_the_share_falls_with_the_mirrors(pairs, expected):
    chain = cavity_chain(pairs, 0.02)
    # computed once by another program, to two digits
    assert harmonic_share(chain, chain.middle) == pytest.approx(expected, abs=LEFT_OUT_ABS_3)


@pytest.mark.parametrize("pairs", [1, 2])
@pytest.mark.parametrize("inside", [0.2, 0.5, 0.8])
def test_plane_waves_give_the_same_share(pairs, inside):
    chain = cavity_chain(pairs, 0.02)
    k = (chain.band - 1 + inside) * math.pi / chain.period
    assert harmonic_share(chain, k) == pytest.approx(by_plane_waves(chain, k), abs=GRID)


def test_half_of_a_quantum_is_magnetic_and_its_energy_moves_at_the_group_velocity():
    """The normalisation, in plane waves: mean eps |E|^2 = mean |B|^2, E_k = (w/k) B_k; flux over energy is d w/d k."""
    chain = cavity_chain(3, 0.02)
    magnetic, q, eps = bloch_wave(chain, chain.middle)
    electric = 0.02 * magnetic / q
    # Measured 4.6e-7, twice the error of 401 plane waves in the energy, and 5e-7.
    assert (electric.conj() @ eps @ electric).real == pytest.approx(np.sum(abs(magnetic) ** 2), rel=NUMERICAL_6)
    flux = (electric.conj() @ magnetic).real / np.sum(abs(magnetic) ** 2)
    assert flux == pytest.approx(float(chain.group_velocity(chain.middle)), rel=NUMERICAL_6_WIDE)


def test_in_the_end_the_share_falls_as_the_inverse_of_the_period():
    """A wave that fills the cavity and one depth of the mirrors, however long these are."""
    chains = [cavity_chain(pairs, 0.02) for pairs in (16, 20, 24)]
    filled = [harmonic_share(chain, chain.middle) * chain.period for chain in chains]
    # The wave number over the energy still moves by 1/pairs; measured 0.63 % and 0.45 %.
    assert filled[1] == pytest.approx(filled[0], rel=LEFT_OUT_2)
    assert filled[2] == pytest.approx(filled[1], rel=LEFT_OUT_3)


@pytest.mark.parametrize("pairs", [1, 4])
def test_all_harmonics_together_are_the_whole_field(pairs):
    chain = cavity_chain(pairs, 0.02)
    total = sum(harmonic_share(chain, chain.middle, order) for order in range(-400, 401))
    # B has kinks at the faces, its harmonics fall as 1/G^4 squared; the rest is beyond 400; measured 1e-7.
    assert total == pytest.approx(1.0, abs=LEFT_OUT_ABS_6)


def test_a_uniform_medium_is_one_plane_wave():
    nearly = [LayeredCrystal((1.5, 1.5 + step), (40.0, 40.0)) for step in (0.01, 0.02)]
    lost = [1 - harmonic_share(one, 0.6 * math.pi / one.period) for one in nearly]
    # second order in the step of the index; measured 3.98
    assert 0 < lost[1] < 1e-3 and lost[1] / lost[0] == pytest.approx(4.0, rel=LEFT_OUT_2_WIDE)


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
