"""The Earth's motion through the rest frame of the background: Sun, orbit and rotation, as a laboratory sees them.

The background of neutrinos is taken to rest where that of photons does. Velocities are added as slow ones.
Planck Collaboration, Astron. Astrophys. 641 (2020) A1; the Astropy Collaboration, Astrophys. J. 935 (2022) 167.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnub.constants import SPEED_OF_LIGHT_M_PER_S
from cnub.domain import DomainError, finite_array, non_negative, positive, representable, within
from cnub.quadrature import panels
from cnub.relic import TEMPERATURE, momentum_cdf, momentum_density

SUN_KM_S = 369.82
GALACTIC_DEG = (264.021, 48.253)
"""Speed of the barycentre of the solar system, and where it moves to, galactic longitude and latitude; Planck 2018 I,
Table 2."""
EARLIEST, LATEST = 2415020.5, 2469807.5
"""Julian dates of 1900 and 2050: where the series of the Earth's place that astropy carries is good."""
_C = SPEED_OF_LIGHT_M_PER_S / 1e3


@dataclass(frozen=True)
class Drift:
    """Velocity of a laboratory through the background, at each ``julian_date``.

    ``velocity_km_s`` of shape (N, 3) along the axes of the ICRS, ``speed_km_s`` of shape (N,); ``altitude_deg`` and
    ``azimuth_deg`` (from north over east) say where in the laboratory's sky the motion points, against the wind.
    """

    julian_date: np.ndarray
    velocity_km_s: np.ndarray
    speed_km_s: np.ndarray
    altitude_deg: np.ndarray
    azimuth_deg: np.ndarray


def earth_drift(julian_date: object, latitude_deg: float = 45.0, longitude_deg: float = 0.0) -> Drift:
    """How a laboratory moves through the background at ``julian_date`` (UT1, one or more, 1900 to 2050).

    ``latitude_deg`` (-90 to 90) and ``longitude_deg`` (-180 to 180, east) on the reference ellipsoid. Needs astropy,
    the extra "sky". Raises :class:`cnub.DomainError` outside these ranges.

    Source: Planck Collaboration, Astron. Astrophys. 641 (2020) A1.

    >>> print(f"{earth_drift(2461041.5).speed_km_s[0]:.0f}")
    398
    """
    dates = np.atleast_1d(finite_array("julian_date", julian_date, EARLIEST, LATEST)).ravel()
    latitude = within("latitude_deg", latitude_deg, -90.0, 90.0)
    longitude = within("longitude_deg", longitude_deg, -180.0, 180.0)
    rotation, up, north = _laboratory(dates, latitude, longitude)
    velocity = sun_velocity() + earth_velocity(dates) + rotation
    speed = np.linalg.norm(velocity, axis=1)
    unit = velocity / speed[:, None]
    east = np.cross(north, up)
    height, along, across = (np.sum(unit * axis, axis=1) for axis in (up, north, east))
    azimuth = np.degrees(np.arctan2(across, along)) % 360
    return Drift(dates, velocity, speed, np.degrees(np.arcsin(np.clip(height, -1, 1))), azimuth)


def sun_velocity() -> np.ndarray:
    """Velocity in km/s of the barycentre of the solar system along the axes of the ICRS; needs astropy."""
    toward = _astropy()[0].SkyCoord(*GALACTIC_DEG, unit="deg", frame="galactic").icrs
    return SUN_KM_S * toward.cartesian.xyz.value


def earth_velocity(julian_date: np.ndarray) -> np.ndarray:
    """Velocity in km/s of the Earth about that barycentre, shape (N, 3), at ``julian_date``; needs astropy."""
    return _ephemeris(julian_date)[1]


def earth_place_au(julian_date: np.ndarray) -> np.ndarray:
    """Place of the Earth from the Sun in astronomical units, shape (N, 3), at ``julian_date``; needs astropy."""
    coordinates, time, _ = _astropy()
    instants = time.Time(julian_date, format="jd", scale="tdb")
    sun = coordinates.get_body_barycentric("sun", instants, ephemeris="builtin")
    return _ephemeris(julian_date)[0] - sun.xyz.to_value("au").T


def _astropy():
    """The parts of astropy that are used, loaded where they are: the package starts without them."""
    try:
        import erfa
        from astropy import coordinates, time
    except ModuleNotFoundError as error:
        raise DomainError(f"julian_date must be given to an installation with the extra 'sky'; {error}") from error
    return coordinates, time, erfa


def _ephemeris(dates):
    coordinates, time, _ = _astropy()
    instants = time.Time(dates, format="jd", scale="tdb")
    place, velocity = coordinates.get_body_barycentric_posvel("earth", instants, ephemeris="builtin")
    return place.xyz.to_value("au").T, velocity.xyz.to_value("km/s").T


def _laboratory(dates, latitude, longitude):
    """Velocity of rotation in km/s, and the unit vectors up and north, along the axes of the ICRS."""
    erfa = _astropy()[2]
    place = erfa.gd2gc(1, np.radians(longitude), np.radians(latitude), 0.0)
    rate = 7.292115e-5  # rad/s, of the Earth against the stars; IERS Conventions (2010)
    # Precession and nutation bring the axis of date to the ICRS; polar motion, 1e-6 rad, is left out.
    matrix = erfa.c2t06a(2400000.5, dates - 2400000.5, 2400000.5, dates - 2400000.5, 0.0, 0.0)
    back = np.swapaxes(matrix, -1, -2)
    lat, lon = np.radians([latitude, longitude])
    vertical = np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    northward = np.array([-np.sin(lat) * np.cos(lon), -np.sin(lat) * np.sin(lon), np.cos(lat)])
    turning = rate * np.array([-place[1], place[0], 0.0]) / 1e3
    return tuple(back @ axis for axis in (turning, vertical, northward))


@representable
def wind_flux_ratio(drift_km_s: float, mass: float, temperature: float = TEMPERATURE) -> float:
    """Flux of the gas through all directions seen at ``drift_km_s`` (0 to 0.9 c) over that at rest, ``mass`` in eV.

    n<v> with v the speed in the moving frame, density and speeds transformed as relativity has it. For drifts far
    below v it grows as 1 + u^2 <1/v>/(3 <v>); the density alone as gamma. ``temperature`` in eV (> 0). Raises
    :class:`cnub.DomainError` outside these ranges.
    """
    u = non_negative("drift_km_s", drift_km_s) / _C
    u = within("drift_km_s", u * _C, 0.0, 0.9 * _C) / _C
    p, weights = _gas(positive("temperature", temperature))
    v = p / np.hypot(p, non_negative("mass", mass))
    cosines, directions = panels(np.array([-1.0, 1.0]), 200)
    head_on = v[:, None] * u * cosines
    moving = np.sqrt(np.clip(1 - (1 - v[:, None] ** 2) * (1 - u**2) / (1 - head_on) ** 2, 0, None))
    flux = (1 - head_on) * moving / np.sqrt(1 - u**2) @ directions.ravel() / 2
    return float(np.sum(weights * flux) / np.sum(weights * v))


def _gas(temperature):
    edges = np.concatenate([[0.0], np.geomspace(1e-4, 60.0, 30)]) * temperature
    p, weights = (part.ravel() for part in panels(edges, 16))
    return p, weights * momentum_density(p, temperature)


def slow_share(drift_km_s: float, mass: float) -> float:
    """Share of the gas of ``mass`` (eV, > 0) that is slower than ``drift_km_s`` (> 0), whose flight the wind reverses.

    >>> print(f"{slow_share(369.82, mass=0.1):.3f}")
    0.027
    """
    v = within("drift_km_s", drift_km_s, 0.0, 0.9 * _C) / _C
    return momentum_cdf(non_negative("mass", mass) * v / np.sqrt(1 - v * v))
