"""Masses, end and peak of tritium against published values, and the rate against published matrix elements."""

import math

import pytest
from mpmath import mp, mpf
from scipy.integrate import quad

from cnub import DomainError
from cnub.capture import nucleus
from cnub.constants import ELECTRON_MASS, FINE_STRUCTURE

ATOMIC_DIFFERENCE = 0.2
"""In eV: the masses of the nuclei are known to 0.1 eV; measured 0.06 of 18592.071 (M. Medina Restrepo and E. G. Myers,
Phys. Rev. Lett. 131 (2023) 243002), with 79.005 eV for the two electrons of helium."""
KINEMATICS = 1e-8
"""In eV: doubles of 3e9 eV; measured 2e-10."""
MATRIX_ELEMENTS = 0.03
"""Relative: the published matrix elements give a half-life that is off by that; measured 0.028."""
FERMI_RATIO = 3e-3
"""Relative: relativistic corrections and the size of the nucleus, of order (alpha Z)^2; measured 1.7e-3."""

AS_PRINTED = 1e-3
"""Relative: four digits; measured 4e-4."""
EARLIER_INPUTS = 5e-3
"""Relative: they took the end of the spectrum 27 eV higher, without the ion's state; measured 4.7e-3."""
QUADRATURE = 1e-9
"""Relative: two substitutions; measured 8e-14."""


def test_masses_are_those_of_the_atoms():
    helium = nucleus.HELION + 2 * ELECTRON_MASS - 79.005
    assert nucleus.ATOM - helium == pytest.approx(18592.071, abs=ATOMIC_DIFFERENCE)


@pytest.mark.parametrize("mass", [0.0, 0.05, 0.3, 10.0])
def test_end_and_peak_are_those_of_two_bodies(mass):
    with mp.workdps(40):
        atom, ion, m, electron = map(mpf, (nucleus.ATOM, nucleus.ION, mass, ELECTRON_MASS))
        ion = atom - mpf(nucleus.RELEASED)  # the difference is known better than either
        end = (atom**2 + electron**2 - (ion + m) ** 2) / (2 * atom) - electron
        capture = ((atom + m) ** 2 + electron**2 - ion**2) / (2 * (atom + m)) - electron
        assert nucleus.endpoint(mass) == pytest.approx(float(end), abs=KINEMATICS)
        assert nucleus.peak(mass) == pytest.approx(float(capture), abs=KINEMATICS)


def test_peak_is_two_masses_beyond_the_end():
    gap = nucleus.peak(0.1) - nucleus.endpoint(0.1)
    assert 0.2 * (1 - 1e-3) < gap < 0.2  # the ion takes 2e-4 of it


def test_fermi_function_is_the_relativistic_one_to_its_order():
    energy = nucleus.endpoint() + ELECTRON_MASS
    p = math.sqrt(energy**2 - ELECTRON_MASS**2)
    with mp.workdps(30):
        coupling = 2 * mpf(FINE_STRUCTURE)
        root, turn = mp.sqrt(1 - coupling**2), coupling * energy / p
        size = 2 * p * mpf("2.5e-15") / mpf("1.973269804e-7")
        exact = 2 * (1 + root) * size ** (2 * (root - 1)) * mp.exp(mp.pi * turn)
        exact *= abs(mp.gamma(root + 1j * turn)) ** 2 / mp.gamma(2 * root + 1) ** 2
    assert nucleus.fermi_function(nucleus.endpoint()) == pytest.approx(float(exact), rel=FERMI_RATIO)


def test_rate_from_the_half_life_and_from_matrix_elements():
    by_life, by_matrix = nucleus.cross_section_cm2(), nucleus.cross_section_cm2(from_matrix_elements=True)
    assert by_matrix == pytest.approx(3.834e-45, rel=AS_PRINTED)  # as A. J. Long et al. print it
    assert by_life == pytest.approx(by_matrix, rel=MATRIX_ELEMENTS)
    assert by_life == pytest.approx(
        7.84e-45 / 2, rel=EARLIER_INPUTS
    )  # A. G. Cocco et al., JCAP 06 (2007) 015, both spins


def test_phase_space_by_another_variable():
    found = quad(
        lambda t: nucleus.density_of_states(t) * (nucleus.endpoint() - t) ** 2, 1e-9, nucleus.endpoint(), epsrel=1e-10
    )
    assert nucleus.phase_space() == pytest.approx(found[0], rel=QUADRATURE)


def test_ground_state_of_the_ion_takes_512_of_729():
    overlap = quad(lambda r: 4 * r * r * math.exp(-r) * math.sqrt(8) * math.exp(-2 * r), 0, 60)[0]
    assert nucleus.GROUND_SHARE == pytest.approx(overlap**2, rel=QUADRATURE)


@pytest.mark.parametrize("call", [lambda: nucleus.endpoint(-1.0), lambda: nucleus.peak(math.nan)])
def test_refusals(call):
    with pytest.raises(DomainError, match="mass"):
        call()
