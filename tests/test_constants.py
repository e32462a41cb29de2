"""Constants against the values that CODATA, the IUGG and the IAU print, retyped here with their units."""

import csv
import math
from pathlib import Path

import pytest
from scipy import constants as scipy_constants

from cnub import constants as c

TYPED = 2e-6
"""Relative: the digits of the expected value, typed or published; measured 1e-06."""

CODATA_EDITIONS = 2e-8
"""What the adjustments of 2018 and 2022 differ by in the masses; the worst seen is 8e-10."""

PRINTED = {
    # P. J. Mohr et al., CODATA 2022; exact where the SI defines it.
    "HBAR_EV_S": 6.582119569e-16,
    "HBAR_C_EV_M": 197.3269804e-9,
    "BOLTZMANN_EV_PER_K": 8.617333262e-5,
    "SPEED_OF_LIGHT_M_PER_S": 299792458.0,
    "AVOGADRO": 6.02214076e23,
    "FERMI_CONSTANT": 1.1663787e-23,
    "FINE_STRUCTURE": 1 / 137.0359991,
    "ELECTRON_MASS": 510998.9507,
    "ATOMIC_MASS": 931.4941027e6,
    # Earth: IUGG (GRS 80) R_1, 6371.0087 km. Year: IAU, 365.25 days.
    "JULIAN_YEAR_S": 365.25 * 86400.0,
    # Units: 1/(hbar c), 1/hbar, c^2/e.
    "METRE": 5067730.717,
    "CENTIMETRE": 50677.30717,
    "SECOND": 1.519267448e15,
    "YEAR": 1.519267448e15 * 31557600.0,
    "KELVIN": 8.617333262e-5,
    "KILOGRAM": 5.609588604e35,
    "GRAM": 5.609588604e32,
}


@pytest.mark.parametrize("name", PRINTED)
def test_printed_value(name):
    assert getattr(c, name) == pytest.approx(PRINTED[name], rel=CODATA_EDITIONS, abs=0.0)


def test_radius_of_the_earth():
    assert pytest.approx(6371008.7714, rel=TYPED) == c.EARTH_RADIUS_M


def test_weak_mixing_angle():
    # CODATA: 0.22290(30) in 2018, 0.22305(23) in 2022.
    assert 0.2226 < c.WEAK_MIXING_SIN2 < 0.2233


def test_atomic_units_in_metres_and_tesla():
    # a_0 = 0.52917721 Angstrom; mu_B = 57.88381798 micro-eV/T; e^2/(4 pi) = alpha.
    assert c.BOHR_RADIUS / c.METRE == pytest.approx(0.529177211e-10, rel=CODATA_EDITIONS, abs=0.0)
    assert c.BOHR_MAGNETON * c.TESLA == pytest.approx(5.788381798e-5, rel=CODATA_EDITIONS, abs=0.0)
    assert c.ELECTRON_CHARGE**2 / (4 * math.pi) == pytest.approx(7.297352564e-3, rel=CODATA_EDITIONS)


def test_a_tesla_bends_a_track_as_in_the_laboratory():
    # p = e B r: 1 T bends a charge of 299.792458 MeV on a metre. In natural units e B r, e = sqrt(4 pi alpha).
    assert c.ELECTRON_CHARGE * c.TESLA * c.METRE == pytest.approx(299.792458e6, rel=CODATA_EDITIONS)


def test_the_magneton_is_the_paper_s_moment_halved():
    # e/m_e of the paper is hbar e/m_e = 1.1576763595e-4 eV/T, two magnetons.
    assert c.ELECTRON_CHARGE / c.ELECTRON_MASS * c.TESLA == pytest.approx(1.15767636e-4, rel=CODATA_EDITIONS)


def test_the_table_is_that_of_scipy():
    with Path(c.__file__).with_name("codata.csv").open() as stream:
        rows = {row["quantity"]: (float(row["value"]), row["unit"]) for row in csv.DictReader(stream)}
    assert rows == {name: scipy_constants.physical_constants[name][:2] for name in rows}
    assert c.JULIAN_YEAR_S == scipy_constants.Julian_year and c.HBAR_EV_S == scipy_constants.hbar / scipy_constants.e
