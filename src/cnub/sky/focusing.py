"""What the Sun's gravity makes of the density on Earth, to first order in its potential, over the year.

A stream of speed v along n is denser by (1/v^2) Int_0^inf s (nabla^2 Phi)(x - s n) ds, and nabla^2 Phi is the Sun
alone: at x only what flies straight away from the Sun counts. Over f(v), normalised and in the Sun's frame,

    dn/n = (4 pi G M/r) Int_0^inf f(v x/|x|) dv,

which is (G M/r) <1/v^2> for an isotropic one. It holds where v_esc << v; slower ones, a share of order (v_esc/v)^3, are
left out, and so are those that the Galaxy binds.
B. R. Safdi, M. Lisanti, J. Spitz, J. A. Formaggio, Phys. Rev. D 90 (2014) 043001.
"""

from __future__ import annotations

import numpy as np
from scipy import constants as codata

from cnub.domain import finite_array, positive, representable, within
from cnub.quadrature import panels
from cnub.relic import TEMPERATURE, momentum_density, momentum_moment
from cnub.sky.drift import SUN_KM_S, earth_place_au, sun_velocity

SUN_GM_M3_S2 = 1.32712440018e20
"""G times the mass of the Sun; IAU 2015 resolution B3 has 1.3271244e20."""
_C_KM_S = codata.c / 1e3
MASSES = (1e-3, 0.8)
"""In eV. A lighter gas is not slow: 7 % at the end. Of a heavier one the first order exceeds a tenth."""


@representable
def solar_potential(distance_au: float = 1.0) -> float:
    """G M/(r c^2) of the Sun at ``distance_au`` (> 0): 1e-8 at the Earth, half of (v_esc/c)^2."""
    return SUN_GM_M3_S2 / (positive("distance_au", distance_au) * codata.au * codata.c**2)


@representable
def mean_focusing(mass: float, temperature: float = TEMPERATURE) -> float:
    """dn/n at 1 au of an isotropic gas of ``mass`` (eV, 1e-3 to 0.8): (G M/r) <1/v^2>, <1/v^2> = 1 + m^2 <1/p^2>."""
    return solar_potential() * (1 + within("mass", mass, *MASSES) ** 2 * momentum_moment(-2, temperature))


@representable
def focusing(cosine: object, mass: float, drift_km_s: float = SUN_KM_S, distance_au: object = 1.0) -> np.ndarray:
    """dn/n at ``distance_au`` (> 0) where the direction from the Sun has ``cosine`` (-1 to 1) to the Sun's motion.

    The gas of ``mass`` (eV, 1e-3 to 0.8) is isotropic at rest, and blows past the Sun at ``drift_km_s`` (0 < u): the
    Earth lies in the wake at cosine -1. Both arrays have the same shape. Raises :class:`cnub.DomainError` outside these
    ranges.

    >>> bool(focusing(-1.0, mass=0.1) > focusing(1.0, mass=0.1))
    True
    """
    c, r = finite_array("cosine", cosine, -1.0, 1.0), finite_array("distance_au", distance_au, low=1e-6)
    m, u = within("mass", mass, *MASSES), positive("drift_km_s", drift_km_s) / _C_KM_S
    edges = np.geomspace(1e-6, min(60 * TEMPERATURE / m, 1.0) + u, 60)
    v, weights = (part.ravel() for part in panels(np.concatenate([[0.0], edges]), 12))
    # what has v along x in the Sun's frame has v x + u in the gas's; slow ones throughout, p = m v
    momentum = m * np.sqrt(v**2 + u**2 + 2 * np.multiply.outer(c, v) * u)
    density = momentum_density(momentum) / (4 * np.pi * momentum**2) * m**3
    return 4 * np.pi * solar_potential() / r * (density @ weights)


def focusing_over_the_year(julian_date: object, mass: float) -> np.ndarray:
    """dn/n on Earth at each ``julian_date`` (1900 to 2050), shape (N,), ``mass`` in eV (1e-3 to 0.8); needs astropy.

    Raises :class:`cnub.DomainError` outside these ranges.
    """
    place = earth_place_au(np.atleast_1d(finite_array("julian_date", julian_date, 2415020.5, 2469807.5)))
    distance = np.linalg.norm(place, axis=1)
    motion = sun_velocity()
    return focusing(place @ motion / (distance * np.linalg.norm(motion)), mass, distance_au=distance)
