"""Down-conversion in BBO: published indices and angles, momentum balance, and the size of the cones."""

import math

import pytest

from cnub import DomainError
from cnub.nonlinear_optics import spdc
from cnub.nonlinear_optics.spdc import BBO, BBO_EIMERL

ROUNDING_ABS_12 = 1e-12
"""Absolute: rounding alone; measured 9e-16."""
ROUNDING_15 = 1e-15
"""Relative: rounding alone; exact here."""
ROUNDING_14 = 1e-14
"""Relative: rounding alone; measured 2e-16."""
TYPED = 1.0
"""Absolute: the digits of the expected value, typed or published; measured 0.3."""

TENTH = 0.05
"""Degrees, half a unit of the last digit; measured 0.034 at most."""
TWO_FITS = 0.4
"""Degrees between the two fits of the indices for type II; measured 0.37."""
TYPE_II = 0.15
"""Degrees: the printed angle is that of another fit; measured 0.11."""


@pytest.mark.parametrize(
    ("wavelength", "n_o", "n_e"), [(1.0642, 1.6551, 1.5425), (0.5321, 1.6749, 1.5555), (0.2660, 1.7571, 1.6146)]
)
def test_indices_of_the_manufacturers(wavelength, n_o, n_e):
    # Eimerl's fit is of these measurements (largest difference 4e-4); Kato's of phase-matching angles, so that its n_e
    # is off by 3.3e-3 in the infrared while its angles are good.
    for crystal, slack in ((BBO_EIMERL, 8e-4), (BBO, 4e-3)):
        assert crystal.index(wavelength, "o") == pytest.approx(n_o, abs=slack)
        assert crystal.index(wavelength, "e") == pytest.approx(n_e, abs=slack)


def test_textbook_angles():
    # Type I second harmonic of 1064 nm: 22.8 deg; degenerate pairs from 405 nm: 28.8 deg (type I).
    assert math.degrees(spdc.phase_matching_angle(BBO, 0.532)) == pytest.approx(22.8, abs=TENTH)
    assert math.degrees(spdc.phase_matching_angle(BBO, 0.405)) == pytest.approx(28.8, abs=TENTH)
    two = [math.degrees(spdc.phase_matching_angle(c, 0.405, "II")) for c in (BBO, BBO_EIMERL)]
    assert two[0] == pytest.approx(two[1], abs=TWO_FITS)
    assert two[0] == pytest.approx(41.9, abs=TYPE_II)


def test_angles_beyond_the_half_of_a_right_angle():
    # Fourth harmonic of 1064 nm, type I: 47.6 deg; type II doubling of 800 nm light lies at 41 to 43, of 709 nm at 50.
    assert math.degrees(spdc.phase_matching_angle(BBO, 0.266)) == pytest.approx(47.6, abs=TENTH)
    steep = [math.degrees(spdc.phase_matching_angle(crystal, 0.3547, "II")) for crystal in (BBO, BBO_EIMERL)]
    assert steep[0] == pytest.approx(steep[1], abs=TYPED) and 48 < steep[0] < 52


def test_sellmeier_fits_as_printed():
    # n^2 of the o and e rays, wavelengths in um: Kato 1986 and Eimerl et al. 1987.
    for wavelength in (0.25, 0.4, 1.0):
        x = wavelength**2
        kato = 2.7359 + 0.01878 / (x - 0.01822) - 0.01354 * x, 2.3753 + 0.01224 / (x - 0.01667) - 0.01516 * x
        eimerl = 2.7405 + 0.0184 / (x - 0.0179) - 0.0155 * x, 2.3730 + 0.0128 / (x - 0.0156) - 0.0044 * x
        for crystal, squares in ((BBO, kato), (BBO_EIMERL, eimerl)):
            found = [crystal.index(wavelength, ray) ** 2 for ray in "oe"]
            assert found == pytest.approx(squares, rel=ROUNDING_14)


def test_index_interpolates_between_the_rays():
    assert BBO.index(0.8, "e", 0.0) == pytest.approx(BBO.index(0.8, "o"), rel=ROUNDING_15)
    assert BBO.index(0.8, "e", math.pi / 2) < BBO.index(0.8, "e", 0.7) < BBO.index(0.8, "o")


@pytest.mark.parametrize("kind", ["I", "II"])
def test_collinear_angle_closes_the_triangle(kind):
    angle = spdc.phase_matching_angle(BBO, 0.405, kind)
    assert spdc.wave_mismatch(BBO, 0.405, angle, 0.81, 0.0, 0.0, kind) == pytest.approx(0.0, abs=ROUNDING_ABS_12)


def test_type_one_degenerate_cone_against_the_isosceles_triangle():
    tilt = spdc.phase_matching_angle(BBO, 0.405) + math.radians(0.5)
    inside = math.acos(BBO.index(0.405, "e", tilt) / BBO.index(0.81, "o"))
    for azimuth in (0.0, 1.0, 2.5):
        (polar,) = spdc.emission_angles(BBO, 0.405, tilt, 0.81, azimuth)
        assert polar == pytest.approx(inside, abs=ROUNDING_ABS_12)
    assert math.degrees(spdc.external_angle(BBO, 0.81, inside)) > math.degrees(inside)


def test_type_two_idler_carries_the_rest_and_is_not_centred():
    tilt = spdc.phase_matching_angle(BBO, 0.405, "II") + math.radians(1.5)
    # The ordinary cone leans away from the optic axis; the two azimuths are not symmetric.
    toward = spdc.emission_angles(BBO, 0.405, tilt, 0.81, 0.0, "II")
    away = spdc.emission_angles(BBO, 0.405, tilt, 0.81, math.pi, "II")
    assert len(toward) == len(away) == 1
    assert abs(toward[0] - away[0]) > 0.01


def test_below_the_angle_there_is_no_degenerate_pair():
    tilt = spdc.phase_matching_angle(BBO, 0.405) - math.radians(0.5)
    assert spdc.emission_angles(BBO, 0.405, tilt, 0.81, 0.0) == []


def test_energy_balance():
    assert 1 / 0.7 + 1 / spdc.idler_wavelength(0.405, 0.7) == pytest.approx(1 / 0.405, rel=ROUNDING_14)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: BBO.index(0.1, "o"), "wavelength_um"),
        (lambda: BBO.index(0.8, "x"), "polarization"),
        (lambda: spdc.phase_matching_angle(BBO, 0.21, "II"), "pump_um"),
        (lambda: spdc.phase_matching_angle(BBO, 0.4, "III"), "kind"),
        (lambda: spdc.idler_wavelength(0.405, 0.3), "signal_um"),
        (lambda: spdc.external_angle(BBO, 0.81, 1.2), "internal"),
    ],
)
def test_refusals(call, name):
    with pytest.raises(DomainError, match=rf"^{name} must"):
        call()
