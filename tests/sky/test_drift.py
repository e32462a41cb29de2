"""The Earth's drift against circles and clocks, the flux it sees against a boost, the Sun's focusing against orbits."""

import math
import sys

import numpy as np
import pytest
from scipy import constants as codata

from cnub import DomainError
from cnub.relic import TEMPERATURE, mean_speed, momentum_density, momentum_moment
from cnub.sky.drift import (
    SUN_KM_S,
    earth_drift,
    earth_place_au,
    earth_velocity,
    slow_share,
    sun_velocity,
    wind_flux_ratio,
)
from cnub.sky.focusing import focusing, focusing_over_the_year, mean_focusing, solar_potential

NEW_YEAR = 2461041.5
CIRCLE = 0.02
"""Relative: the eccentricity of the orbit, 0.0167; measured 0.0167."""
CLOCK = 2e-3
"""Radians: nutation, the equation of the origins and rounding of typed constants; measured 4e-4."""
ROUNDING = 1e-12
"""Relative; measured 4e-14."""
KEPLER = 0.03
"""Relative: second order in v_esc/v and the grid of velocities near the Sun's direction; measured 0.014."""


def test_sun_moves_to_leo():
    """The apex of the dipole in equatorial coordinates by the rotation from galactic ones, J2000, typed."""
    galactic = np.radians([264.021, 48.253])
    unit = np.array(
        [np.cos(galactic[1]) * np.cos(galactic[0]), np.cos(galactic[1]) * np.sin(galactic[0]), np.sin(galactic[1])]
    )
    to_galactic = np.array([
        [-0.0548755604, -0.8734370902, -0.4838350155],
        [0.4941094279, -0.4448296300, 0.7469822445],
        [-0.8676661490, -0.1980763734, 0.4559837762],
    ])  # fmt: skip
    np.testing.assert_allclose(sun_velocity(), SUN_KM_S * unit @ to_galactic, rtol=0, atol=1e-5 * SUN_KM_S)


def test_orbit_against_a_circle():
    """29.8 km/s, a quarter turn ahead of the place, and one turn in a year."""
    dates = NEW_YEAR + np.linspace(0, 365.25, 25)
    place, velocity = earth_place_au(dates), earth_velocity(dates)
    speed = np.linalg.norm(velocity, axis=1)
    assert speed == pytest.approx(np.full(25, 2 * math.pi * 1.495978707e8 / (365.25636 * 86400)), rel=CIRCLE)
    assert np.abs(np.sum(place * velocity, axis=1) / speed / np.linalg.norm(place, axis=1)).max() < CIRCLE
    np.testing.assert_allclose(place[0], place[-1], atol=0.02)  # 365.25 days against 365.2564


def test_year_is_that_of_a_circle_in_a_wind():
    """sqrt(u^2 + w^2 + 2 u w cos(b) cos(phase)): b the angle of the apex from the ecliptic."""
    dates = NEW_YEAR + np.arange(0, 365.25, 0.5)
    speed = earth_drift(dates, 90.0).speed_km_s  # at the pole nothing turns
    axis = np.cross(*earth_place_au(np.array([NEW_YEAR, NEW_YEAR + 90])))
    unit = sun_velocity() / SUN_KM_S
    across = math.sqrt(1 - float(unit @ axis / np.linalg.norm(axis)) ** 2)
    u, w = SUN_KM_S, 29.785
    ends = [math.sqrt(u * u + w * w + 2 * sign * u * w * across) for sign in (-1, 1)]
    assert [speed.min(), speed.max()] == pytest.approx(ends, abs=CIRCLE * w)


def test_day_turns_the_sky_and_adds_the_speed_of_the_ground():
    latitude, day = 45.0, 0.99726957
    dates = NEW_YEAR + np.linspace(0, day, 25)
    here, pole = earth_drift(dates, latitude, 10.0), earth_drift(dates, 90.0)
    ground = here.velocity_km_s - pole.velocity_km_s
    expected = 2 * math.pi / (day * 86400) * 6367.5 * math.cos(math.radians(latitude))
    assert np.linalg.norm(ground, axis=1) == pytest.approx(np.full(25, expected), rel=5e-3)  # the ellipsoid's radius
    np.testing.assert_allclose(ground[0], ground[-1], atol=1e-4 * expected + CLOCK * expected)
    # highest and lowest place of the apex in the sky: 90 - |latitude -+ declination|
    declination = np.degrees(np.arcsin(pole.velocity_km_s[0, 2] / pole.speed_km_s[0]))
    fine = earth_drift(NEW_YEAR + np.linspace(0, day, 2000), latitude)
    assert fine.altitude_deg.max() == pytest.approx(90 - abs(latitude - declination), abs=0.3)
    assert fine.altitude_deg.min() == pytest.approx(abs(latitude + declination) - 90, abs=0.3)


def test_direction_in_the_sky_by_the_hour_angle():
    """Altitude and azimuth from sidereal time, right ascension and declination, without astropy."""
    date, latitude, longitude = NEW_YEAR + 123.4, 31.2, 121.5
    one = earth_drift(date, latitude, longitude)
    x, y, z = one.velocity_km_s[0] / one.speed_km_s[0]
    turns = 0.7790572732640 + 1.00273781191135448 * (date - 2451545.0)
    # the angle of the Earth's rotation, and the axes of date precessed since 2000 by 4612 arcsec per century
    precession = math.radians(4612.16 / 3600) * (date - 2451545.0) / 36525
    tilt = math.radians(2004.19 / 3600) * (date - 2451545.0) / 36525
    right = math.atan2(y, x) + precession + tilt * math.sin(math.atan2(y, x)) * z / math.hypot(x, y)
    declination = math.asin(z) + tilt * math.cos(math.atan2(y, x))
    hour = 2 * math.pi * turns + precession + math.radians(longitude) - right
    lat = math.radians(latitude)
    altitude = math.asin(math.sin(lat) * math.sin(declination) + math.cos(lat) * math.cos(declination) * math.cos(hour))
    azimuth = math.atan2(-math.sin(hour), math.cos(lat) * math.tan(declination) - math.sin(lat) * math.cos(hour))
    assert math.radians(one.altitude_deg[0]) == pytest.approx(altitude, abs=CLOCK)
    assert math.radians(one.azimuth_deg[0]) == pytest.approx(azimuth % (2 * math.pi), abs=CLOCK)


def test_flux_in_the_wind():
    """Massless: gamma. Slow drift: 1 + u^2 <1/v>/(3 <v>). Heavy: gamma times the drift alone."""
    u = 3000.0 / 299792.458
    assert wind_flux_ratio(3000.0, 0.0) == pytest.approx(1 / math.sqrt(1 - u * u), rel=ROUNDING)
    assert wind_flux_ratio(0.0, 0.1) == pytest.approx(1, rel=ROUNDING)
    mass, slow = 0.05, 10.0
    inverse = mass * momentum_moment(-1)
    expected = (slow / 299792.458) ** 2 * inverse / (3 * mean_speed(mass))
    assert wind_flux_ratio(slow, mass) - 1 == pytest.approx(expected, rel=0.02)  # v^2 and what is slower than the drift
    assert wind_flux_ratio(30000.0, 100.0) * mean_speed(100.0) == pytest.approx(
        0.10007 / math.sqrt(1 - 0.10007**2), rel=1e-4
    )


def test_slow_share_is_a_quantile():
    assert slow_share(3e4, 1e-9) < 1e-12 and slow_share(2.0e5, 10.0) == pytest.approx(1, abs=1e-12)


def far_velocity(place, velocity, gm):
    """Velocity of a Kepler orbit long before it came to ``place``: from its energy and its two vectors."""
    r = np.linalg.norm(place)
    square = np.sum(velocity**2, axis=1) - 2 * gm / r
    far = np.sqrt(square)
    radial = velocity @ place / r
    above = square[:, None] * velocity + (far * gm / r)[:, None] * place / r - (far * radial)[:, None] * velocity
    return above / (square + gm / r - far * radial)[:, None]


@pytest.mark.parametrize("cosine", [-1.0, 0.0, 1.0])
def test_focusing_against_kepler_orbits(cosine):
    """Liouville: the density is that of the far-away velocities of all orbits through the place; a Gaussian gas."""
    gm, spread, wind = 1.0, 30.0, 25.0
    unit = np.array([0.0, 0.0, 1.0])
    place = np.array([math.sqrt(1 - cosine**2), 0.0, cosine])
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    grid = np.stack(np.meshgrid(nodes, nodes, nodes, indexing="ij"), axis=-1).reshape(-1, 3) * spread - wind * unit
    product = np.einsum("i,j,k->ijk", weights, weights, weights).ravel() / (2 * math.pi) ** 1.5

    def log_density(v):
        return -np.sum((v + wind * unit) ** 2, axis=1) / (2 * spread**2)

    bound = np.sum(grid**2, axis=1) <= 2 * gm
    moved = far_velocity(place, grid[~bound], gm)
    excess = float(np.sum(product[~bound] * np.expm1(log_density(moved) - log_density(grid[~bound]))))
    v = np.linspace(0, 400, 40001)
    f = np.exp(log_density(np.outer(v, place))) / (2 * math.pi * spread**2) ** 1.5
    first = 4 * math.pi * gm * np.trapezoid(f, v)
    assert excess == pytest.approx(first, rel=KEPLER)


def test_focusing_averages_to_the_isotropic_value():
    nodes, weights = np.polynomial.legendre.leggauss(40)
    mean = float(weights @ focusing(nodes, 0.1, 1e-2, np.ones(40))) / 2
    assert mean == pytest.approx(mean_focusing(0.1), rel=1e-4)  # relativistic tail: the 1 of 1 + m^2 <1/p^2>
    assert solar_potential() == pytest.approx((42.1219 / 299792.458) ** 2 / 2, rel=1e-4)


def test_focusing_by_another_rule():
    mass, u, c = 0.1, SUN_KM_S * 1e3 / codata.c, 0.3
    v = np.linspace(0, 0.15, 400_001)
    p = mass * np.sqrt(v**2 + u**2 + 2 * c * u * v)
    f = momentum_density(p, TEMPERATURE) / (4 * math.pi * p**2) * mass**3
    expected = 4 * math.pi * solar_potential() * np.trapezoid(f, v)
    assert float(focusing(c, mass)) == pytest.approx(expected, rel=1e-6)


def test_over_the_year_it_peaks_where_the_earth_is_in_the_wake():
    dates = NEW_YEAR + np.arange(0.0, 365.0)
    values = focusing_over_the_year(dates, 0.1)
    behind = -(earth_place_au(dates) @ sun_velocity())
    assert abs(int(values.argmax()) - int(behind.argmax())) <= 2  # the distance changes, too
    assert 1.5 < values.max() / values.min() < 4


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: earth_drift(2400000.5), "julian_date"),
        (lambda: earth_drift(NEW_YEAR, 91.0), "latitude_deg"),
        (lambda: earth_drift(NEW_YEAR, 0.0, 200.0), "longitude_deg"),
        (lambda: wind_flux_ratio(3e5, 0.1), "drift_km_s"),
        (lambda: wind_flux_ratio(300.0, -0.1), "mass"),
        (lambda: slow_share(-1.0, 0.1), "drift_km_s"),
        (lambda: focusing(1.1, 0.1), "cosine"),
        (lambda: mean_focusing(0.0), "mass"),
        (lambda: mean_focusing(1.0), "mass"),  # 0.135, no first order
        (lambda: focusing(0.0, 1e-4), "mass"),  # not slow
        (lambda: solar_potential(0.0), "distance_au"),
        (lambda: focusing_over_the_year(0.0, 0.1), "julian_date"),
    ],
)
def test_refusals(call, named):
    with pytest.raises(DomainError, match=f"^{named} must be"):
        call()


def test_without_astropy_one_sentence_says_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "erfa", None)
    with pytest.raises(DomainError, match=r"^julian_date must be given to an installation with the extra 'sky'; "):
        earth_drift(NEW_YEAR)
