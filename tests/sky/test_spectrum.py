"""Sources: totals, means and ends of their spectra, and each says where it is from."""

import math

import numpy as np
import pytest
from scipy.integrate import quad

from cnub import DomainError
from cnub.oscillation import masses
from cnub.relic import flux_per_cm2_s, number_density_per_cm3
from cnub.sky.beta import beta_shape
from cnub.sky.spectrum import NAMES, SOURCES, relic_flux_of_state, source_flux
from cnub.sky.supernovae import ENERGY_EV, MEAN_EV, burst_flux, diffuse_flux, emitted

STEPS = 1e-3
"""Relative: the trapezoids of 4000 steps; measured 3e-4."""
QUADRATURE = 1e-8
"""Relative: adaptive quadrature; measured 4e-11."""


def total(name, weight=lambda e: 1.0):
    one = SOURCES[NAMES.index(name)]
    e = np.geomspace(one.low, one.high, 4001)
    return np.trapezoid(source_flux(name, e) * weight(e), e)


@pytest.mark.parametrize("name", NAMES)
def test_each_has_a_source_a_standing_and_a_positive_flux(name):
    one = SOURCES[NAMES.index(name)]
    assert one.standing in ("formula", "published", "memory") and len(one.source) > 10 and one.low < one.high
    inside = source_flux(name, np.geomspace(one.low, one.high, 50)[1:-1])
    assert (inside > 0).all() and source_flux(name, [one.low / 2, one.high * 2]).tolist() == [0, 0]


def test_totals_are_those_of_the_sources():
    assert total("relic") == pytest.approx(number_density_per_cm3(6) * 2.99792458e10, rel=STEPS)
    for name, flux in (("solar pp", 5.98e10), ("solar 8B", 5.46e6), ("geo K", 1.2e7)):
        assert total(name) == pytest.approx(flux, rel=STEPS)


@pytest.mark.parametrize("endpoint", [0.4203e6, 1.7317e6, 15.04e6])
def test_beta_shape_against_quadrature(endpoint):
    def plain(e):
        electron = endpoint - e + 510998.95
        return e**2 * electron * math.sqrt(max(electron**2 - 510998.95**2, 0.0))

    area = quad(plain, 0, endpoint, epsabs=0, epsrel=1e-11)[0]
    for share in (0.1, 0.5, 0.97):
        found = float(beta_shape(share * endpoint, endpoint))
        assert found == pytest.approx(plain(share * endpoint) / area, rel=QUADRATURE)
    assert float(beta_shape(1.01 * endpoint, endpoint)) == 0


def test_mean_energy_of_pp_neutrinos():
    """267 keV without the Coulomb factor or 266.8 keV with it (Bahcall, Neutrino Astrophysics)."""
    assert total("solar pp", lambda e: e) / total("solar pp") == pytest.approx(267e3, rel=0.02)


def test_supernova_energy_is_conserved():
    e = np.linspace(0, 40 * MEAN_EV, 400_001)
    assert np.trapezoid(e * emitted(e), e) == pytest.approx(ENERGY_EV / 6, rel=1e-6)
    assert np.trapezoid(e * emitted(e), e) / np.trapezoid(emitted(e), e) == pytest.approx(MEAN_EV, rel=1e-6)
    area = 4 * math.pi * (10 * 3.0857e21) ** 2
    assert np.trapezoid(e * burst_flux(e), e) == pytest.approx(3e53 / 1.602177e-12 / area / 10, rel=1e-3)


def test_past_supernovae_by_another_integral():
    """Over the scale factor in place of the redshift; and the order of the total that is commonly printed."""

    def term(a, energy):
        z = 1 / a - 1
        rate = 1e-4 / 3.15576e7 / (3.0857e24) ** 3 * min(1 + z, 2.0) ** 3.4
        hubble = 67.4e5 / 3.0857e24 * math.sqrt(0.315 * (1 + z) ** 3 + 0.685)
        return 2.99792458e10 * rate / hubble * float(emitted(energy / a)) / a**2

    for energy in (5e6, 20e6):
        pieces = [quad(term, *ends, args=(energy,), epsabs=0, epsrel=1e-10)[0] for ends in ((1 / 6, 0.5), (0.5, 1.0))]
        assert float(diffuse_flux(energy)) == pytest.approx(sum(pieces), rel=1e-3)  # typed constants
    whole = np.trapezoid(diffuse_flux(np.linspace(0, 2e8, 4001)), np.linspace(0, 2e8, 4001))
    assert 3 < whole < 100  # the order of 10 per cm^2 and s that is commonly printed


def test_massive_relics_keep_their_flux():
    ordering, state, light = "NO", 3, 0.02
    mass = masses(ordering, light)[state - 1]
    momenta = np.linspace(0, 2e-2, 400_001)
    energy = np.hypot(momenta, mass)
    flux = np.trapezoid(relic_flux_of_state(energy, ordering, state, light), energy)
    assert flux == pytest.approx(flux_per_cm2_s(mass, states=2), rel=1e-5)


def test_reactor_counts():
    """9.3e19 fissions per s of 3 GW; above 2 MeV each makes about two antineutrinos; 20 m away."""
    per_fission = total("reactor") * 4 * math.pi * 2000.0**2 / (3e9 / (202e6 * 1.602177e-19))
    assert 1.5 < per_fission < 2.5


def test_stopped_pions_make_one_of_each():
    protons = 1e6 / (1e9 * 1.602177e-19)
    expected = 2 * 0.09 * protons / (4 * math.pi * 2000.0**2)
    assert total("stopped pions") == pytest.approx(expected, rel=3e-3)  # cut at 1 and 52.8 MeV


def test_atmosphere_steepens_and_cosmic_sources_take_over():
    slopes = [np.log10(source_flux("atmosphere", 10 * e) / source_flux("atmosphere", e)) for e in (1e10, 9e12)]
    assert -3.0 < slopes[0] < -2.7 and -3.75 < slopes[1] < -3.3
    low, high = (source_flux("cosmic", e) / source_flux("atmosphere", e) for e in (1e14, 1e15))
    assert low < 1 < high


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: source_flux("Moon", 1.0), "name"),
        (lambda: source_flux("solar pp", -1.0), "energy"),
        (lambda: beta_shape(1.0, 0.0), "endpoint"),
        (lambda: emitted(1.0, pinch=0.0), "pinch"),
        (lambda: burst_flux(1.0, 0.0), "distance_kpc"),
        (lambda: burst_flux(1.0, seconds=0.0), "seconds"),
        (lambda: diffuse_flux(1.0, 0.0), "mean"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()
