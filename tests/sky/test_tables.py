"""Tabulated fluxes against their points, totals and the formulas that draw the same; the beam counted and by hand."""

import math

import numpy as np
import pytest
from scipy.integrate import quad

from cnub import DomainError
from cnub.sky.beam import FORWARD, MUON, PION, beam_flux
from cnub.sky.nucleosynthesis import decay_flux
from cnub.sky.spectrum import source_flux
from cnub.sky.supernovae import diffuse_flux
from cnub.sky.tables import TABULATED, table_range, tabulated_flux

POINTS = 1e-12
"""Relative: an exponential of a logarithm."""
THINNED = 0.03
"""Relative: points of the whole table that were left out; measured 0.012."""
TYPED = 1e-3
"""Relative: constants of four digits."""


@pytest.mark.parametrize(
    ("name", "energy", "flux"),
    [("solar thermal", 1.122e3, 887.9), ("past supernovae", 1e7, 2.198e-6), ("cosmogenic", 1.259e17, 5.139e-33)],
)
def test_points_are_kept(name, energy, flux):
    assert tabulated_flux(name, energy) == pytest.approx(flux, rel=POINTS, abs=0.0)
    assert source_flux(name, energy) == pytest.approx(flux, rel=POINTS, abs=0.0)


@pytest.mark.parametrize(
    ("name", "energy", "flux"),
    [
        ("solar thermal", 1.0e3, 883.46), ("solar thermal", 10.0, 156.14), ("solar thermal", 3.548e3, 377.24),
        ("cosmogenic", 1.0e17, 7.0227e-33), ("past supernovae", 1.3e7, math.sqrt(1.1349 * 1.1308) * 1e-6),
        ("nucleosynthesis", 1.4e-3, 1.0367e5), ("nucleosynthesis", 5.5e-2, 3.3989e-3 + 2.16e-5),
    ],
)  # fmt: skip
def test_between_points_the_whole_table_is_met(name, energy, flux):
    assert tabulated_flux(name, energy) == pytest.approx(flux, rel=THINNED, abs=0.0)


def test_formulas_draw_the_same_in_outline():
    """One temperature for all stars gives less, and less hard; neutrons bound at once leave the valley empty."""
    assert 0.3 < diffuse_flux(5e6) / tabulated_flux("past supernovae", 5e6) < 0.45
    assert diffuse_flux(3e7) / tabulated_flux("past supernovae", 3e7) < 0.12
    for energy in (5e-4, 1.5e-3, 0.05, 0.1):
        assert 1.4 < decay_flux(energy) / tabulated_flux("nucleosynthesis", energy) < 1.7
    assert decay_flux(5e-3) / tabulated_flux("nucleosynthesis", 5e-3) < 0.02


def test_the_sun_gives_off_little_heat_in_pairs():
    """A few 1e6 per cm^2 and s, against 6e10 of pp; their mean energy is of the order of the Sun's 1.3 keV."""
    e = np.geomspace(*table_range("solar thermal"), 4001)
    total = np.trapezoid(tabulated_flux("solar thermal", e), e)
    assert 2e6 < total < 5e6
    assert 1e3 < np.trapezoid(e * tabulated_flux("solar thermal", e), e) / total < 3e3


def test_forward_neutrinos_have_the_energy_of_the_two_body_decay():
    star = (PION**2 - MUON**2) / (2 * PION)  # in the pion's frame; boosted by gamma (1 + v)
    for gamma in (10.0, 100.0):
        straight = star * gamma * (1 + math.sqrt(1 - gamma**-2))
        assert straight / (gamma * PION) == pytest.approx(FORWARD, rel=1 / gamma**2)


def test_the_beam_by_hand():
    energy, length = 2.5e9, 57400.0
    pion = energy / 0.42683
    gamma = pion / 139.57e6
    decays = 1.2e6 / (120e9 * 1.602177e-19) * math.exp(-pion / 6e9) / 6e9 * (1 - math.exp(-194 / (gamma * 7.8045)))
    expected = decays / 0.42683 * gamma**2 / math.pi / length**2
    assert beam_flux(energy, 1.2, 120e9, 194.0, 574.0) == pytest.approx(expected, rel=TYPED, abs=0.0)
    assert beam_flux(0.43 * 120e9, 1.2, 120e9, 194.0, 574.0) == 0.0


def test_all_directions_hold_one_neutrino_per_decay():
    """gamma^2/pi is the forward value of the boosted isotropic decay, 1/[4 pi gamma^2 (1 - v cos)^2]."""
    gamma = 30.0
    v = math.sqrt(1 - gamma**-2)

    def density(c):
        return 1 / (4 * math.pi * gamma**2 * (1 - v * c) ** 2)

    assert quad(lambda c: 2 * math.pi * density(c), -1, 1, epsrel=1e-10, limit=400)[0] == pytest.approx(1.0, rel=1e-8)
    assert density(1.0) == pytest.approx(gamma**2 / math.pi, rel=1 / gamma**2)


@pytest.mark.parametrize("name", TABULATED)
def test_ranges(name):
    low, high = table_range(name)
    assert low < high and source_flux(name, [low / 2, high * 2]).tolist() == [0, 0]


def test_refusals():
    with pytest.raises(DomainError, match="name"):
        tabulated_flux("Moon", 1.0)
    with pytest.raises(DomainError, match="energy"):
        tabulated_flux("cosmogenic", -1.0)
