"""Decays after nucleosynthesis: counted, redshifted by another integral, and held against what is published of them."""

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad

from cnub import DomainError
from cnub.relic import age_s, number_density_per_cm3
from cnub.sky.beta import beta_shape
from cnub.sky.nucleosynthesis import age_at, decay_flux, helium_share
from cnub.sky.spectrum import source_flux

STEPS = 3e-3
"""Relative: trapezoids of 20000 steps over the cut at one second; measured 8e-4."""


def test_helium_comes_out():
    """0.245 is observed (PDG); the inputs are round numbers."""
    assert helium_share() == pytest.approx(0.245, abs=0.015)


def test_age_is_that_of_the_gas_with_fewer_degrees():
    assert age_at(1e5) == pytest.approx(age_s(1e5, 3.363), rel=1e-12)
    assert age_at(1e6) == pytest.approx(1.32, rel=0.01)  # 1.32 s (MeV/T)^2


def test_as_many_as_decayed():
    """c n_B (X_frozen - X_bound), both at one second and at 0.07 MeV, and all tritium."""
    e = np.concatenate([[0.0], np.geomspace(1e-7, 10.0, 20_000)])
    life, stop = 878.4, age_at(0.07e6)
    shares = (math.exp(-1 / life) - math.exp(-stop / life)) / 6 + 6e-8
    expected = 2.99792458e10 * 410.7 * 6.1e-10 * shares
    assert np.trapezoid(decay_flux(e), e) == pytest.approx(expected, rel=STEPS)


def test_neutrons_by_an_integral_over_temperature():
    energy, life = 2e-4, 878.4

    def term(t):
        z = t / (2.7255 * 8.617333e-5)
        age = age_at(t)
        return math.exp(-age / life) / 6 / life * float(beta_shape(energy * z, 0.7823e6)) * z * 2 * age / t

    ends = [0.07e6, 0.1e6, 0.3e6, 0.07e6 * math.sqrt(age_at(0.07e6))]
    total = sum(quad(term, low, high, epsabs=0, epsrel=1e-9, limit=200)[0] for low, high in pairwise(ends))
    expected = 2.99792458e10 * 410.7 * 6.1e-10 * total
    assert float(decay_flux(energy)) == pytest.approx(expected, rel=1e-4)  # tritium adds 1e-8


def test_it_exceeds_the_thermal_gas_from_a_hundredth_of_an_electronvolt():
    """arXiv:1809.03349: 'For energy larger than 10^-2 eV' the flux exceeds that of the background."""
    thermal = lambda e: source_flux("relic", e) / 6  # noqa: E731  one kind, as far as that source goes
    assert decay_flux(3e-3) < thermal(3e-3)
    t = 1.945 * 8.617333e-5

    def tail(e):
        return number_density_per_cm3() * 2.99792458e10 * e**2 / (math.exp(e / t) + 1) / (1.80309 * t**3)

    crossing = next(e for e in np.geomspace(3e-3, 3e-2, 400) if decay_flux(e) > tail(e))
    assert 4e-3 < crossing < 1.5e-2


def test_refusal():
    with pytest.raises(DomainError, match=r"^energy must be"):
        decay_flux(-1.0)
