"""Two mass states at one energy: complete sets, what the mixing transfers, and how little that is over the Earth."""

import numpy as np
import pytest
from scipy.linalg import solve_banded

from cnub import DomainError
from cnub.grazing import gallery
from cnub.grazing.channels import earth_mixing, partial_shares
from cnub.matter import material

UNITARY = 1e-12
"""Absolute: rounding of sums over 480 waves; measured 2e-14."""
SLOPE = 0.15
"""Of the power of D, over a decade with fringes; measured 0.08."""
STEEP = 0.03
"""Relative, of a rate against its limit of large D, O(1/D) above it; measured 0.025 at 160 and 0.004 at 640."""
LENGTHS = np.linspace(1.0, 4.0, 13)
WELLS = (-1.0, 0.8)


@pytest.mark.parametrize("detuning", [0.0, -7.0, 60.0])
@pytest.mark.parametrize("kappa", [0.02, 3.0])
def test_all_sets_together_leave_no_excess_whatever_mixes(kappa, detuning):
    shares = partial_shares(kappa, WELLS, 0.9, detuning, LENGTHS, 1.7)
    assert shares.sum(axis=1) == pytest.approx([1.0, 1.0], abs=UNITARY)
    assert (shares >= 0.0).all()


def test_without_mixing_each_state_is_complete_by_itself():
    assert partial_shares(0.02, WELLS, 0.0, 5.0, LENGTHS) == pytest.approx(np.eye(2), abs=UNITARY)


def test_degenerate_states_would_mix_in_full():
    assert partial_shares(0.3, WELLS, 0.9, 0.0, LENGTHS)[0, 1] > 0.05


def test_what_is_transferred_falls_as_the_square_of_the_detuning():
    """Seen from the surface half of space mixes by the angle V_12/D: the share is (V_12/D)^2, about."""
    detunings = np.array([10.0, 20.0, 40.0, 80.0, 160.0])
    shares = np.array([partial_shares(0.3, WELLS, 0.9, d, LENGTHS)[0, 1] for d in detunings])
    power, _ = np.polyfit(np.log(detunings), np.log(shares), 1)
    assert power == pytest.approx(-2.0, abs=SLOPE)
    assert (shares < 2 * (0.9 / detunings) ** 2).all() and (shares > 0.3 * (0.9 / detunings) ** 2).all()


def test_it_is_the_square_of_the_coupling():
    weak, weaker = (partial_shares(0.3, WELLS, v, 40.0, LENGTHS)[0, 1] for v in (0.2, 0.02))
    assert weak == pytest.approx(100 * weaker, rel=1e-3)


@pytest.mark.parametrize("detuning", [-160.0, -640.0])
def test_a_trapped_wave_goes_over_into_the_lighter_state_at_a_rate(detuning):
    """It stays, so the share grows with the length: what passes the edge of the matter at wave number sqrt(D)."""
    kappa = 0.1
    (energy, *_), (surface, *_) = gallery.narrow_waves(kappa, 1e3)
    assert _leak(kappa, energy, detuning) * abs(detuning) ** 1.5 / surface == pytest.approx(1.0, rel=STEEP)


def _leak(kappa, energy, detuning):
    """-2 Im <wave| G |wave> in the matter, G of the second state between absorbing walls, unit coupling."""
    cell = 0.12 / abs(detuning) ** 0.5
    z = np.arange(-70.0, 60.0, cell)
    matter = np.clip(0.5 - z / cell, 0.0, 1.0)
    walls = -3j * abs(detuning) ** 0.5 * np.clip(1.0 - np.minimum(z - z[0], z[-1] - z) / 22.0, 0.0, 1.0) ** 3
    source = matter * gallery.gallery_wave(kappa, energy, z)
    bands = np.full((3, z.size), -1.0 / cell**2 + 0j)
    bands[1] = 2.0 / cell**2 - kappa * z + WELLS[1] * matter + detuning - energy + walls
    return 2.0 * cell * float(source @ solve_banded((1, 1), bands, source.astype(complex)).imag)


@pytest.mark.parametrize("lightest", [0.0, 0.1])
def test_over_the_earth_the_detuning_is_enormous(lightest):
    coupling, detuning = earth_mixing(material("crust"), lightest, 5e-4)
    assert 0.1 < coupling < 3.0
    assert (coupling / detuning) ** 2 < 1e-18


def test_refusals():
    with pytest.raises(DomainError, match="kappa"):
        partial_shares(0.0, WELLS, 0.9, 1.0, 1.0)
    with pytest.raises(DomainError, match="momentum"):
        earth_mixing(material("crust"), 0.0, 0.0)
