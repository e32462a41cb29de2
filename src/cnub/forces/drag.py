"""The push of the wind: what a ball that drifts through the gas takes of its momentum, of second order in G_F.

In the frame of the ball the gas has the distribution f(|p - E u|) for a drift u, so that to first order in u the force
is u/3 times the integral of (-f') p^2 sigma_tr(p) over momenta, sigma_tr the transport cross-section.
"""

from __future__ import annotations

import math

import numpy as np

from cnub.coherence.cross_sections import target_cross_section
from cnub.constants import CENTIMETRE, GRAM, METRE
from cnub.domain import one_of, positive, representable, within
from cnub.forces.gradient import CM_PER_S2
from cnub.forces.stodolsky import EARTH_SPEED
from cnub.matter import material
from cnub.oscillation import NATURES
from cnub.quadrature import panels
from cnub.relic import TEMPERATURE

SLOWEST, FASTEST = 0.02, 40.0
"""p/T between which the gas is integrated: below, 1e-5 of the force of Dirac neutrinos for a ball below 1/k."""
PANELS, NODES = 24, 8


@representable
def drag_acceleration(
    radius_m: float = 1e-4,
    mass: float = 0.1,
    nature: str = "dirac",
    body: str = "iron",
    clustering: float = 1.0,
    drift: float = EARTH_SPEED,
) -> float:
    """Acceleration in cm/s^2 of a ball along the wind of one flavour, neutrinos and antineutrinos, to second order.

    ``radius_m`` of the ``body``, a material, ``mass`` in eV, ``clustering`` the density over the cosmic mean (> 0),
    ``drift`` in units of c (0 to 0.01, and small beside the speed of the gas). First Born order; electron flavour,
    whose charge is 3Z - A. Raises :class:`cnub.DomainError` outside these ranges, and for a body too large for that
    order.

    Source: talk, 'How many G_F's for the force?' (powers of the critical angle).

    >>> print(f"{drag_acceleration(radius_m=1e-4, mass=0.1):.0e}")
    1e-33
    """
    one_of("nature", nature, NATURES)
    matter, u = material(body), within("drift", drift, 0.0, 0.01)
    logs, weights = (
        part.ravel() for part in panels(np.linspace(math.log(SLOWEST), math.log(FASTEST), PANELS + 1), NODES)
    )
    x = np.exp(logs)
    slope = 0.25 / np.cosh(x / 2) ** 2 / TEMPERATURE  # -f'
    momenta = x * TEMPERATURE
    sections = np.array([_transport(radius_m, mass, p, nature, matter) for p in momenta])
    integral = float(np.sum(weights * x * slope * momenta**2 * 4 * math.pi * momenta**2 * sections)) * TEMPERATURE
    kinds = 2  # neutrinos and antineutrinos, or both helicities
    force = positive("clustering", clustering) * kinds * u / 3 * integral / (2 * math.pi) ** 3
    ball = 4 / 3 * math.pi * (radius_m * METRE) ** 3 * matter.density_g_per_cm3 * GRAM / CENTIMETRE**3
    return force / ball / CM_PER_S2


def _transport(radius_m, mass, momentum, nature, matter):
    charge = 3 * matter.z_over_a - 1  # 3Z - A per nucleon
    found = target_cross_section("transport", radius_m, mass, momentum, nature, charge, matter.density_g_per_cm3)
    return found.cross_section_m2 * METRE**2
